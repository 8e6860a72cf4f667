"""Requests, pipes and compute units: bandwidth as what is left when everybody has waited for their turn.

A compute unit issues requests in order, one a cycle, at most `outstanding` of them under way, and as many again
arrived and not yet used. A request travels out, queues at the pipe of the level that holds its data, passes every
nearer pipe, and travels back; then the unit computes what the data allow. Nothing assumes a bandwidth: with few
requests a pipe stands idle between them, and Little's law (in flight = rate × latency) is what comes out. A pipe that
reaches a share of its data sheet lets a request through at the rate of the sheet, and the next one in later.

What is scaled. A slice of a machine is simulated: `SHOWN` units, with a pipe that all units share narrowed by the same
factor. Each unit makes at most `SIMULATED` requests; if its share of the kernel is longer, the rest is added at the
interval of the second half of what was simulated, which is periodic by then.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine._jit import kernel
from engine.memory.hierarchy import Machine
from engine.memory.workload import Workload

SHOWN = 4
SIMULATED = 4096


@dataclass(frozen=True, eq=False)
class Simulation:
    """Times of the requests of a slice.

    Attributes
    ----------
    leave, served, back, start, done : (SHOWN, n_simulated) float64 array
        When request i of a unit leaves, reaches the front of the home pipe, has come back; when its compute starts
        and ends [s].
    request_bytes : int
        What one brings [B].
    n_requests : int
        Requests of one unit for the whole kernel.
    travel_s, service_s, compute_s : float
        Mean way out without waiting, time of one request in the home pipe of the slice, and of what it allows to
        compute [s].
    pipe_share : float
        Time that one request occupies the slice's home pipe, per unit served: service_s if shared, else over SHOWN.
    is_waiting : bool
        Whether a unit would need more requests under way than it may have to keep a pipe or its compute busy.
    time_s : float
        When the last unit of the machine has used its last request [s].
    """

    leave: NDArray[np.float64]
    served: NDArray[np.float64]
    back: NDArray[np.float64]
    start: NDArray[np.float64]
    done: NDArray[np.float64]
    request_bytes: int
    n_requests: int
    travel_s: float
    service_s: float
    compute_s: float
    pipe_share: float
    is_waiting: bool
    time_s: float

    @property
    def n_simulated(self) -> int:
        """Requests of one unit that were simulated."""
        return self.leave.shape[1]

    @property
    def horizon_s(self) -> float:
        """Time up to which every shown unit was simulated [s]."""
        return float(self.done[:, -1].min())

    @property
    def is_complete(self) -> bool:
        """Whether the whole share of the shown units was simulated."""
        return self.n_simulated == self.n_requests


def simulate(machine: Machine, work: Workload, flop_per_s: float, outstanding: int, spread: float, seed: int):
    """Run a slice of a machine on its share of a kernel.

    Parameters
    ----------
    machine : Machine
        Its levels become pipes.
    work : Workload
        What crosses them.
    flop_per_s : float
        What the whole machine computes at most [FLOP/s].
    outstanding : int
        Requests a unit may have under way, at least 1.
    spread : float
        Largest relative deviation of a trip beyond the chip, in [0, 1].
    seed : int
        Of these deviations.

    Returns
    -------
    Simulation
        Of `SHOWN` units.
    """
    if outstanding < 1:
        raise ValueError(f"outstanding must be at least 1, got {outstanding}")
    home = machine.level(work.home)
    n_units, n_all = work.n_units, machine.units_served(work.home)
    size = machine.request_bytes[work.home]
    n_machine = max(1.0, work.moved_bytes / size)
    n_requests = max(1, int(np.ceil(n_machine / n_units)))
    n_simulated = min(n_requests, SIMULATED)

    # From the home pipe inward; what a nearer level serves again for reuse rides on the request that brought it.
    inward = [
        home,
        *(level for level in reversed(machine.levels) if level is not home and level.name in work.level_bytes),
    ]
    shared = np.array([level.is_shared for level in inward])
    served_alone = np.array(
        [work.level_bytes[level.name] / n_machine / level.bandwidth_bytes_per_s for level in inward]
    )
    service_s = served_alone * np.where(shared, n_units / SHOWN, n_all)
    through_s = service_s * np.array([level.bandwidth_bytes_per_s / level.sheet_bytes_per_s for level in inward])
    compute_s = work.flop / n_machine / (flop_per_s / n_all)

    travel_s = max(0.0, home.latency_s - float(through_s.sum()))
    out_s = np.full((SHOWN, n_simulated), travel_s / 2)
    if home.is_shared:
        out_s *= 1 + spread * np.random.default_rng(seed).uniform(-1, 1, out_s.shape)
    leave, served, back, start, done = (np.empty_like(out_s) for _ in range(5))
    issue_s = machine.cycle_s
    times = (leave, served, back, start, done)
    _simulate(out_s, travel_s / 2, service_s, through_s, shared, compute_s, issue_s, outstanding, *times)

    limit_s = max(float((service_s * np.where(shared, SHOWN, 1)).max()), compute_s)
    time_s = float(done[:, -1].max())
    if n_requests > n_simulated:
        half = n_simulated // 2
        interval_s = float((done[:, -1] - done[:, half]).mean()) / (n_simulated - 1 - half)
        time_s += (n_requests - n_simulated) * max(interval_s, limit_s)
    return Simulation(
        leave, served, back, start, done, size, n_requests, travel_s / 2, float(service_s[0]), compute_s,
        float(service_s[0]) if home.is_shared else float(service_s[0]) / SHOWN,
        outstanding * limit_s < max(home.latency_s, float(service_s.sum())), time_s,
    )  # fmt: skip


@kernel
def _simulate(
    out_s, back_s, service_s, through_s, shared, compute_s, issue_s, outstanding, leave, served, back, start, done
):
    """Overwrite the five arrays of times; requests are taken in the order in which they reach the home pipe."""
    n_units, n_requests = out_s.shape
    n_pipes = service_s.size
    free = np.zeros((n_pipes, n_units))
    following = np.zeros(n_units, np.int64)
    leave[:, 0] = 0.0
    arrival = out_s[:, 0].copy()
    for _ in range(n_units * n_requests):
        unit = -1
        for candidate in range(n_units):
            if following[candidate] < n_requests and (unit < 0 or arrival[candidate] < arrival[unit]):
                unit = candidate
        i = following[unit]
        t = arrival[unit]
        for pipe in range(n_pipes):
            lane = 0 if shared[pipe] else unit
            t = max(t, free[pipe, lane])
            if pipe == 0:
                served[unit, i] = t
            free[pipe, lane] = t + service_s[pipe]
            t += through_s[pipe]
        back[unit, i] = t + back_s
        start[unit, i] = max(back[unit, i], done[unit, i - 1]) if i else back[unit, i]
        done[unit, i] = start[unit, i] + compute_s
        i += 1
        following[unit] = i
        if i < n_requests:
            t = leave[unit, i - 1] + issue_s
            if i >= outstanding:
                t = max(t, back[unit, i - outstanding])
            if i >= 2 * outstanding:
                t = max(t, start[unit, i - 2 * outstanding])
            leave[unit, i] = t
            arrival[unit] = max(arrival[unit], t + out_s[unit, i])  # requests of one unit do not overtake


def warm_up() -> None:
    """Compile the kernel of this module."""
    times = [np.zeros((SHOWN, 1)) for _ in range(6)]
    _simulate(times[0], 0.0, np.ones(1), np.ones(1), np.ones(1, np.bool_), 0.0, 0.0, 1, *times[1:])
