r"""What failures do to a training: closed forms, and a Monte-Carlo of whole trainings.

A training computes, writes a checkpoint after every interval of work, and fails at random: the time to the next
failure of the cluster is exponential with mean :math:`M`, whatever it does. A failure takes it back to the last
checkpoint that is complete; then it stands until somebody or something notices, anything from nothing to the longest
time given, each as likely, and starts again.

Times in seconds. Not modelled: failures while it is down or starting, devices that become slow, losses that diverge,
and repairs that wait for parts.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine._jit import kernel

MAX_INTERRUPTIONS = 5000.0  # expected, of one training
MARGIN = 8.0  # standard deviations for which random numbers are drawn at first


@dataclass(frozen=True)
class Training:
    """A training as failures see it.

    Attributes
    ----------
    start_s : float
        From the decision to the first step [s].
    work_s : float
        Steps alone, without a failure or a checkpoint [s].
    interval_s : float
        Work between checkpoints [s].
    checkpoint_s : float
        Writing a checkpoint, during which nothing is computed [s].
    mtbf_s : float
        Mean time between failures of the whole cluster, :math:`M` [s].
    detection_s : float
        Longest time until a failure is noticed [s].
    restart_s : float
        From there to computing again [s].
    """

    start_s: float
    work_s: float
    interval_s: float
    checkpoint_s: float
    mtbf_s: float
    detection_s: float
    restart_s: float

    @property
    def n_checkpoints(self) -> int:
        """Checkpoints of an undisturbed training, the last one at its end."""
        return max(1, math.ceil(self.work_s / self.interval_s - 1e-9))

    @property
    def undisturbed_s(self) -> float:
        """From the decision to the end if nothing fails [s]."""
        return self.start_s + self.work_s + self.n_checkpoints * self.checkpoint_s


@dataclass(frozen=True, eq=False)
class Futures:
    """Seeded trainings. A row is a future, a column an attempt: from a start or restart to a failure or the end.

    Attributes
    ----------
    begin, end : (n_futures, n_draws) float64 array
        Of each attempt [s]; only the first `n_attempts` hold.
    saved : (n_futures, n_draws) int32 array
        Checkpoints complete when the attempt begins.
    notice_s : (n_futures, n_draws) float64 array
        After the attempt until its failure is noticed [s].
    n_attempts : (n_futures,) int32 array
        Attempts; failures are one fewer.
    """

    begin: NDArray
    end: NDArray
    saved: NDArray
    notice_s: NDArray
    n_attempts: NDArray

    def first(self, n: int) -> "Futures":
        """Return the first `n` futures."""
        columns = (self.begin, self.end, self.saved, self.notice_s, self.n_attempts)
        return Futures(*(column[:n] for column in columns))

    @property
    def finish_s(self) -> NDArray:
        """End of each future [s], (n_futures,) float64."""
        return self.end[np.arange(self.n_attempts.size), self.n_attempts - 1]

    @property
    def n_failures(self) -> NDArray:
        """Failures of each future, (n_futures,) int32."""
        return self.n_attempts - 1


def young_interval_s(checkpoint_s: float, mtbf_s: float) -> float:
    r"""Return the work between checkpoints that loses least time [s].

    .. math:: \tau = \sqrt{2 C M} \left(1 + \frac{1}{3} \sqrt{\frac{C}{2 M}} + \frac{1}{9} \frac{C}{2 M}\right) - C

    for :math:`C < 2 M`, else :math:`M`.

    References
    ----------
    .. [1] Young, "A first order approximation to the optimum checkpoint interval", CACM 17(9), 1974.
    .. [2] Daly, "A higher order estimate of the optimum checkpoint interval for restart dumps", FGCS 22, 2006, eq. 37.

    Examples
    --------
    >>> round(young_interval_s(30.0, 3.1 * 3600) / 60, 1)
    13.3
    """
    if checkpoint_s >= 2 * mtbf_s:
        return mtbf_s
    share = checkpoint_s / (2 * mtbf_s)
    first = math.sqrt(2 * checkpoint_s * mtbf_s)
    return first * (1 + math.sqrt(share) / 3 + share / 9) - checkpoint_s


def expected_interruptions(training: Training) -> float:
    r"""Return the mean number of failures, :math:`\sum_i (e^{x_i / M} - 1)` over the stretches between checkpoints.

    A stretch of length :math:`x` (work and its checkpoint) is tried until one attempt outlives it, so the number of
    failed attempts is geometric. Infinite where the exponential overflows.
    """
    n = training.n_checkpoints
    last = training.work_s - (n - 1) * training.interval_s
    try:
        whole = math.expm1((training.interval_s + training.checkpoint_s) / training.mtbf_s)
        return (n - 1) * whole + math.expm1((last + training.checkpoint_s) / training.mtbf_s)
    except OverflowError:
        return math.inf


def expected_s(training: Training) -> float:
    r"""Return the mean time from the decision to the end [s].

    .. math:: T = S + (M + D) \sum_i (e^{x_i / M} - 1)

    exact for exponential failures that do not strike while the training is down for :math:`D` (Daly 2006, eq. 13, with
    restarts taken out of the exponential).
    """
    down = training.detection_s / 2 + training.restart_s
    return training.start_s + (training.mtbf_s + down) * expected_interruptions(training)


def futures(training: Training, n_futures: int, seed: int) -> Futures:
    """Simulate whole trainings.

    Parameters
    ----------
    training : Training
        What is trained; at most `MAX_INTERRUPTIONS` expected failures.
    n_futures : int
        How many.
    seed : int
        Of the random numbers.

    Returns
    -------
    Futures
        All attempts of all futures.

    Raises
    ------
    ValueError
        If the training would fail too often.
    """
    expected = expected_interruptions(training)
    if expected > MAX_INTERRUPTIONS:
        raise ValueError(f"a training may fail {MAX_INTERRUPTIONS:,.0f} times on average, got {expected:,.0f}")
    generator = np.random.default_rng(seed)
    gaps = notices = np.empty((n_futures, 0))
    # Failures of a stretch are geometric, so their spread is wider than that of a Poisson count.
    block = math.ceil(expected + MARGIN * math.sqrt(expected * (expected + 1) / training.n_checkpoints + expected)) + 8
    while True:
        gaps = np.hstack([gaps, generator.standard_exponential((n_futures, block))])
        notices = np.hstack([notices, generator.random((n_futures, block))])
        shape = gaps.shape
        result = Futures(
            np.zeros(shape), np.zeros(shape), np.zeros(shape, np.int32), notices * training.detection_s,
            np.empty(n_futures, np.int32),
        )  # fmt: skip
        done = _attempts(
            gaps * training.mtbf_s, result.notice_s, training.start_s, training.work_s, training.interval_s,
            training.checkpoint_s, training.restart_s, training.n_checkpoints,
            result.begin, result.end, result.saved, result.n_attempts,
        )  # fmt: skip
        if done:
            return result


def progress(training: Training, result: Futures, times_s: NDArray) -> NDArray:
    """Return the share of the work done at given times, unsaved work included.

    Parameters
    ----------
    training : Training
        As simulated.
    result : Futures
        What `futures` returned.
    times_s : (n_times,) float64 array
        Ascending [s].

    Returns
    -------
    (n_futures, n_times) float64 array
        Shares in [0, 1]; a failure takes a future back to its last checkpoint.
    """
    share = np.empty((result.n_attempts.size, times_s.size))
    _progress(
        result.begin, result.end, result.saved, result.n_attempts, np.ascontiguousarray(times_s, np.float64),
        training.work_s, training.interval_s, training.checkpoint_s, share,
    )  # fmt: skip
    return share


def warm_up() -> None:
    """Compile the kernels."""
    training = Training(1.0, 10.0, 2.0, 0.1, 20.0, 1.0, 1.0)
    progress(training, futures(training, 1, 0), np.array([0.0, 5.0]))


@kernel
def _attempts(
    gaps, notices, start_s, work_s, interval_s, checkpoint_s, restart_s, n_checkpoints, begin, end, saved, n_attempts
):
    """Fill begin, end, saved and n_attempts (overwritten); False if a future needs more random numbers."""
    n_futures, n_draws = gaps.shape
    period = interval_s + checkpoint_s
    for i in range(n_futures):
        now, done, k, running = start_s, 0, 0, True
        while running:
            if k == n_draws:
                return False
            begin[i, k] = now
            saved[i, k] = done
            need = work_s - done * interval_s + (n_checkpoints - done) * checkpoint_s
            gap = gaps[i, k]
            if gap >= need:
                end[i, k] = now + need
                running = False
            else:
                done = min(done + int(gap // period), n_checkpoints - 1)
                end[i, k] = now + gap
                now += gap + notices[i, k] + restart_s
            k += 1
        n_attempts[i] = k
    return True


@kernel
def _progress(begin, end, saved, n_attempts, times, work_s, interval_s, checkpoint_s, share):
    """Fill share (overwritten)."""
    period = interval_s + checkpoint_s
    for i in range(n_attempts.size):
        k = 0
        for j in range(times.size):
            while k + 1 < n_attempts[i] and times[j] >= begin[i, k + 1]:
                k += 1
            now = times[j]
            if now <= begin[i, k]:
                done = saved[i, k] * interval_s
            elif now >= end[i, k]:
                # Down, or at the end: what the next attempt begins with.
                done = saved[i, k + 1] * interval_s if k + 1 < n_attempts[i] else work_s
            else:
                whole = (now - begin[i, k]) // period
                rest = now - begin[i, k] - whole * period
                done = (saved[i, k] + whole) * interval_s + min(rest, interval_s)
            share[i, j] = min(done / work_s, 1.0)
