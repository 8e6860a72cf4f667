"""A training step as tasks on lanes, and when each of them runs.

A task occupies one lane for a known time. A lane is a queue that works through its tasks in the order of their numbers,
as a CUDA stream does; a task starts when its lane is free and all tasks it depends on have ended. Bubbles and exposed
communication are nowhere put in: they are what `accounts` finds in the schedule.

Times are in seconds. Not modelled: tasks that slow each other down while they run together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine._jit import kernel, step

FORWARD, BACKWARD, RECOMPUTE, TP, PP, DP, OPTIMISER, WAIT, WEIGHTS, GRADIENTS, HOST, EXPERT, CONTEXT = range(13)
KINDS = (
    "forward",
    "backward",
    "recompute",
    "tensor",
    "pipeline",
    "data",
    "optimiser",
    "wait",
    "weights",
    "gradients",
    "host",
    "expert",
    "context",
)
EXCHANGES = (TP, EXPERT, CONTEXT)  # what ranks that share a layer send each other
COMPUTE_LANE, TP_LANE, PP_LANE, DP_LANE, HOST_LANE, EXPERT_LANE, CONTEXT_LANE = range(7)
LANES = ("compute", "tensor", "pipeline", "data", "host", "expert", "context")
N_LANES = len(LANES)  # of one stage: lane = stage * N_LANES + which
N_DEPS = 3


@dataclass(frozen=True, eq=False)
class Tasks:
    """The tasks of one step.

    Attributes
    ----------
    lane : (n,) int32 array
        Queue that runs the task: stage × N_LANES + one of the lanes above.
    kind : (n,) uint8 array
        Index into `KINDS`.
    microbatch, layer : (n,) int32 array
        What the task works on; -1 where that has no meaning.
    duration : (n,) float64 array
        Time that the task takes [s].
    deps : (n, 3) int32 array
        Tasks that must have ended before, -1 for none.
    n_stages : int
        Number of pipeline stages (or wafers) drawn.
    """

    lane: NDArray[np.int32]
    kind: NDArray[np.uint8]
    microbatch: NDArray[np.int32]
    layer: NDArray[np.int32]
    duration: NDArray[np.float64]
    deps: NDArray[np.int32]
    n_stages: int


def columns(capacity: int) -> tuple[NDArray, ...]:
    """Return room for tasks: the columns of `Tasks` in order, to be filled with `put`."""
    words = [np.empty(capacity, dtype) for dtype in (np.int32, np.uint8, np.int32, np.int32, np.float64)]
    return *words, np.empty((capacity, N_DEPS), np.int32)


def filled(room: tuple[NDArray, ...], n: int, n_stages: int) -> Tasks:
    """Return the first `n` tasks of what `columns` returned."""
    return Tasks(*(column[:n] for column in room), n_stages)


@step
def put(room, n, lane, kind, microbatch, layer, duration, first, second, third):
    """Write task n, which waits for up to three others (-1 for none), and return its number."""
    room[0][n] = lane
    room[1][n] = kind
    room[2][n] = microbatch
    room[3][n] = layer
    room[4][n] = duration
    room[5][n, 0] = first
    room[5][n, 1] = second
    room[5][n, 2] = third
    return n


@dataclass(frozen=True, eq=False)
class Schedule:
    """When each task runs.

    Attributes
    ----------
    tasks : Tasks
        What was scheduled.
    start, end : (n,) float64 array
        Time [s].
    step_s : float
        End of the last task [s].
    """

    tasks: Tasks
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    step_s: float


@dataclass(frozen=True)
class Accounts:
    """Where the time of the compute lanes goes, as shares of the step, averaged over the stages.

    Attributes
    ----------
    compute : float
        Forward, backward, recomputation and optimiser.
    exposed : float
        Waiting while the communication that is waited for runs.
    bubble : float
        Waiting for another stage's work, or for a wafer to fill and drain.
    host : float
        Waiting for the host.
    """

    compute: float
    exposed: float
    bubble: float
    host: float


def schedule(tasks: Tasks) -> Schedule:
    """Run the tasks.

    Raises
    ------
    ValueError
        If tasks wait for each other in a circle.
    """
    n = tasks.lane.size
    start, end = np.empty(n), np.empty(n)
    n_lanes = int(tasks.lane.max()) + 1 if n else 0
    done = _schedule(tasks.lane, tasks.duration, tasks.deps, n_lanes, start, end)
    if done < n:
        raise ValueError(f"tasks must not wait for each other in a circle, {n - done} of {n} never start")
    return Schedule(tasks, start, end, float(end.max()) if n else 0.0)


def accounts(result: Schedule) -> Accounts:
    """Account for the time of the compute lanes."""
    tasks = result.tasks
    totals = np.zeros(4)
    _account(tasks.lane, tasks.kind, tasks.deps, result.start, result.end, tasks.n_stages, result.step_s, totals)
    shares = totals / (tasks.n_stages * result.step_s)
    return Accounts(*(float(share) for share in shares))


@kernel
def _schedule(lane, duration, deps, n_lanes, start, end):
    """Give every task its start and end; return how many could run.

    Parameters
    ----------
    lane : (n,) int32 array
        Queue of each task.
    duration : (n,) float64 array
        Time of each task [s].
    deps : (n, 3) int32 array
        Tasks to wait for, -1 for none.
    n_lanes : int
        Number of queues.
    start, end : (n,) float64 array
        Overwritten [s]; below 0 the end of a task that never runs.
    """
    n = lane.size
    after = np.full(n, -1, np.int32)  # the next task in the same lane
    head = np.full(n_lanes, -1, np.int32)
    tail = np.full(n_lanes, -1, np.int32)
    for i in range(n):
        q = lane[i]
        end[i] = -1.0
        if tail[q] < 0:
            head[q] = i
        else:
            after[tail[q]] = i
        tail[q] = i
    free = np.zeros(n_lanes)
    missing = np.full(n_lanes, -1, np.int32)  # the task that the head of a lane waits for
    done = 0
    before = -1
    while done > before:
        before = done
        for q in range(n_lanes):
            i = head[q]
            if i < 0 or (missing[q] >= 0 and end[missing[q]] < 0.0):
                continue
            t = free[q]
            while i >= 0:
                begin = t
                missing[q] = -1
                for k in range(N_DEPS):
                    d = deps[i, k]
                    if d >= 0:
                        if end[d] < 0.0:
                            missing[q] = d
                            break
                        begin = max(begin, end[d])
                if missing[q] >= 0:
                    break
                t = begin + duration[i]
                start[i] = begin
                end[i] = t
                i = after[i]
                done += 1
            head[q] = i
            free[q] = t
    return done


@kernel
def _account(lane, kind, deps, start, end, n_stages, step_s, totals):
    """Add up compute, exposed communication, bubble and host time of the compute lanes into `totals` [s]."""
    free = np.zeros(n_stages)
    exchanged = np.zeros(n_stages)
    last = np.full(n_stages, -1, np.int64)
    n = lane.size
    before = np.full(n, -1, np.int64)  # the task ahead in the same lane
    tail_of = np.full(n_stages * N_LANES, -1, np.int64)
    for i in range(n):
        stage = lane[i] // N_LANES
        before[i] = tail_of[lane[i]]
        tail_of[lane[i]] = i
        if lane[i] % N_LANES == COMPUTE_LANE:
            if start[i] > free[stage]:
                # Its ranks may still exchange what it has just computed.
                own = min(max(exchanged[stage], free[stage]), start[i])
                totals[1] += own - free[stage]
                _attribute(i, own, start[i], lane, kind, deps, before, start, end, totals)
            totals[2 if kind[i] == WAIT else 0] += end[i] - start[i]
            free[stage] = end[i]
            continue
        if kind[i] in EXCHANGES:
            exchanged[stage] = end[i]
        if end[i] > free[stage] and (last[stage] < 0 or end[i] >= end[last[stage]]):
            last[stage] = i
    for stage in range(n_stages):
        left = free[stage]
        tail = last[stage]
        if tail >= 0 and end[tail] > left and kind[tail] != HOST:
            from_t = max(left, start[tail])
            totals[1] += end[tail] - from_t
            totals[2] += from_t - left
            left = end[tail]
        totals[2] += step_s - left


@step
def _attribute(i, gap_start, gap_end, lane, kind, deps, before, start, end, totals):
    """Split the wait before task i, backwards through what it waited for, into communication, host and bubble.

    Where another stage still has to do its part, with what it exchanges among its own ranks, that is a bubble.
    """
    left = gap_end
    task = i
    while left > gap_start:
        cause = before[task]
        for j in range(N_DEPS):
            d = deps[task, j]
            if d >= 0 and (cause < 0 or end[d] > end[cause]):
                cause = d
        if cause < 0 or end[cause] <= gap_start:
            break
        k = kind[cause]
        elsewhere = lane[cause] // N_LANES != lane[i] // N_LANES
        if k == FORWARD or k == BACKWARD or k == RECOMPUTE or k == OPTIMISER or (k in EXCHANGES and elsewhere):
            break
        from_t = max(gap_start, start[cause])
        if from_t < left:
            totals[3 if k == HOST else 1] += left - from_t
            left = from_t
        task = cause
    totals[2] += left - gap_start
