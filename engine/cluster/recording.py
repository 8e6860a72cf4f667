"""The Trace of a training step.

One tick is a microsecond, of a step of more than an hour a millisecond. Tables:

tasks (span)
    `lane`, index into `meta["lanes"]`; `kind`, index into `meta["kinds"]`; `stage`; `microbatch` and `layer` (65535
    where they have no meaning; with a pipeline `layer` is the chunk of layers on its stage); `t0`, `t1`. Rows of kind
    "wait" fill what a compute lane stands still.
moves (move)
    `from` and `to`, indices into `meta["nodes"]`; `kind`; `t0`, `t1`; `bytes`. Micro-batches go from stage to stage,
    chunks of gradients or weights round the ring of replicas, tokens for experts from each of them to each, keys and
    values to the next, layers from MemoryX through SwarmX to the wafers and
    gradients back.
curve (static)
    `n_devices`; `step_time` [s], `tokens_per_s`, `speedup`, `linear`, `efficiency` and `mfu` of the same scenario on as
    many; `query`, that scenario as in an address.
published (static)
    Published points of the curve: see `published.points`, with `speedup`, `query` as above, and `otherwise`: whether
    layout or recomputation are not those of the run.

`meta` also holds `layout` (name to value), `step_s`, and `shown`: how many stages, replicas or wafers are drawn of
how many.
"""

import numpy as np

from engine.cluster.gpu import Step
from engine.cluster.schedule import (
    BACKWARD,
    COMPUTE_LANE,
    CONTEXT,
    DP,
    EXCHANGES,
    EXPERT,
    EXPERT_LANE,
    FORWARD,
    GRADIENTS,
    KINDS,
    LANES,
    N_LANES,
    OPTIMISER,
    PP,
    WAIT,
    WEIGHTS,
)
from engine.language import message
from engine.trace import Mark, Table, Trace

TICKS = {"µs": 1e-6, "ms": 1e-3}
LONGEST_S = 3600.0  # in microseconds: they are counted in 32 bits
NONE = 65535
MAX_TASKS = 24_000
MAX_MOVES = 12_000
MAX_RING = 8
MAX_WAFERS = 16
WAFER_LANES = ("compute", "weights", "", "gradients", "memory")
AMONG = (EXPERT, CONTEXT)  # exchanges that are drawn among the replicas
OF_WAFERS = ("reduction_begins", "update_begins")  # marks that say something else of wafers


def record(step: Step, layout: dict, n_replicas: int, wafers: bool, message_bytes: dict[int, float]) -> Trace:
    """Record a step.

    Parameters
    ----------
    step : Step
        What the engine simulated.
    layout : dict of str to JSON value
        How the work was divided, as shown.
    n_replicas : int
        Data-parallel ranks, or wafers.
    wafers : bool
        Whether it is a cluster of wafers.
    message_bytes : dict of int to float
        Bytes of a message of each kind [B].

    Returns
    -------
    Trace
        At most some 300 kB packed: of many stages, some are drawn.
    """
    result = step.schedule
    tasks = result.tasks
    stages = _drawn_stages(tasks)
    unit = "µs" if result.step_s <= LONGEST_S else "ms"
    tick_s = TICKS[unit]
    n_phases = _phases(layout)
    drawn = _drawn_wafers(tasks, n_replicas) if wafers else _drawn_replicas(tasks, n_replicas, n_phases)
    names = _wafer_names(drawn) if wafers else _gpu_names(stages, drawn)
    moves = (
        _wafer_moves(result, tick_s, drawn, message_bytes)
        if wafers
        else _gpu_moves(result, tick_s, stages, drawn, n_phases, message_bytes)
    )
    tables = {
        "tasks": Table("span", _task_columns(result, tick_s, stages)),
        "moves": Table("move", moves),
    }
    lanes = WAFER_LANES if wafers else LANES[: _n_lanes(tasks)]
    meta = {
        "lanes": [{"stage": int(stage), "name": name} for stage in stages for name in lanes],
        "kinds": list(KINDS),
        "nodes": names,
        "layout": layout,
        "step_s": result.step_s,
        "shown": {
            "stages": len(stages),
            "of_stages": tasks.n_stages,
            "replicas": drawn,
            "of_replicas": n_replicas,
        },
    }
    return Trace(_tick(result.step_s, tick_s), unit, tick_s, tables, _marks(result, tick_s, wafers), meta)


def _tick(seconds, tick_s):
    return np.rint(np.asarray(seconds) / tick_s).astype(np.uint32)[()]


def _phases(layout):
    """Return how often each chunk moves on round a ring of n: twice n - 1 for an all-reduce, half of it with ZeRO."""
    return 1 if layout.get("zero") else 2


def _drawn_replicas(tasks, n_replicas, n_phases):
    """Return how many replicas are drawn: fewer where there are many collectives."""
    n_collectives = np.count_nonzero((tasks.kind == DP) & (tasks.lane // N_LANES == 0))
    drawn = min(n_replicas, MAX_RING)
    while drawn > 2 and n_collectives * n_phases * (drawn - 1) * drawn > MAX_MOVES:
        drawn -= 1
    return drawn


def _drawn_wafers(tasks, n_wafers):
    """Return how many wafers are drawn: fewer where there are many layers and micro-batches."""
    n_streams = int(np.count_nonzero((tasks.kind == WEIGHTS) | (tasks.kind == GRADIENTS)))
    return max(1, min(n_wafers, MAX_WAFERS, MAX_MOVES // n_streams - 1))


def _drawn_stages(tasks):
    """Return the stages that are drawn: all, or as many as stay within the bound, evenly spread."""
    per_stage = max(1, tasks.lane.size // tasks.n_stages)
    n = max(1, min(tasks.n_stages, MAX_TASKS // per_stage))
    return np.unique(np.linspace(0, tasks.n_stages - 1, n).round().astype(int))


def _n_lanes(tasks):
    """Return how many lanes of a stage are recorded: the last two where experts or contexts are divided."""
    return N_LANES if (tasks.lane % N_LANES >= EXPERT_LANE).any() else EXPERT_LANE


def _task_columns(result, tick_s, stages):
    tasks = result.tasks
    stage = tasks.lane // N_LANES
    position = np.full(tasks.n_stages, -1)
    position[stages] = np.arange(stages.size)
    rows = np.flatnonzero((position[stage] >= 0) & (tasks.duration > 0))[:MAX_TASKS]
    waits = _waits(result, tick_s, stages, rows)
    n_lanes = _n_lanes(tasks)
    lane = np.concatenate([position[stage[rows]] * n_lanes + tasks.lane[rows] % N_LANES, position[waits[0]] * n_lanes])
    order = np.lexsort((np.concatenate([result.start[rows], waits[1]]), lane))
    n_waits = waits[0].size

    def column(values, fill, dtype):
        return np.concatenate([values, np.full(n_waits, fill)])[order].astype(dtype)

    return {
        "lane": lane[order].astype(np.uint16),
        "kind": column(tasks.kind[rows], WAIT, np.uint8),
        "stage": np.concatenate([stage[rows], waits[0]])[order].astype(np.uint16),
        "microbatch": column(np.where(tasks.microbatch[rows] < 0, NONE, tasks.microbatch[rows]), NONE, np.uint16),
        "layer": column(np.where(tasks.layer[rows] < 0, NONE, tasks.layer[rows]), NONE, np.uint16),
        "t0": _tick(np.concatenate([result.start[rows], waits[1]]), tick_s)[order],
        "t1": _tick(np.concatenate([result.end[rows], waits[2]]), tick_s)[order],
    }


def _waits(result, tick_s, stages, rows):
    """Return stage, start and end of the gaps in the compute lanes of the drawn stages."""
    compute = rows[result.tasks.lane[rows] % N_LANES == COMPUTE_LANE]
    stage = result.tasks.lane[compute] // N_LANES
    found = []
    for s in stages:
        mine = compute[stage == s]
        begin = np.concatenate([[0.0], result.end[mine]])
        end = np.concatenate([result.start[mine], [result.step_s]])
        gaps = np.flatnonzero(end - begin >= tick_s)
        found.append((np.full(gaps.size, s), begin[gaps], end[gaps]))
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))


def _gpu_names(stages, drawn):
    names = [{"name": message("scaling_stage", n=int(stage) + 1), "kind": "stage"} for stage in stages]
    return names + [{"name": message("scaling_replica", n=i + 1), "kind": "replica"} for i in range(drawn)]


def _wafer_names(drawn):
    names = [{"name": "MemoryX", "kind": "memory"}, {"name": "SwarmX", "kind": "switch"}]
    return names + [{"name": message("scaling_wafer", n=i + 1), "kind": "wafer"} for i in range(drawn)]


def _gpu_moves(result, tick_s, stages, ring, n_phases, message_bytes):
    tasks = result.tasks
    position = np.full(tasks.n_stages, -1)
    position[stages] = np.arange(stages.size)
    sends = np.flatnonzero(tasks.kind == PP)
    maker = tasks.deps[sends, 0]
    for _ in EXCHANGES:
        maker = np.where(np.isin(tasks.kind[maker], EXCHANGES), tasks.deps[maker, 0], maker)
    source = tasks.lane[sends] // N_LANES
    target = (source + np.where(tasks.kind[maker] == FORWARD, 1, -1)) % tasks.n_stages
    drawn = np.flatnonzero((position[source] >= 0) & (position[target] >= 0))[:MAX_MOVES]
    sends = sends[drawn]
    between_stages = (
        position[source[drawn]], position[target[drawn]], PP, result.start[sends], result.end[sends], message_bytes[PP]
    )  # fmt: skip
    if ring == 1:
        return _move_columns(tick_s, between_stages)
    among = _exchanged(result, stages.size, ring, message_bytes)
    n_steps = n_phases * (ring - 1)
    n_collectives = (2 * MAX_MOVES - drawn.size) // (n_steps * ring) + 1
    collectives = np.flatnonzero((tasks.kind == DP) & (tasks.lane // N_LANES == 0))[:n_collectives]
    begin, end = result.start[collectives, None, None], result.end[collectives, None, None]
    length = (end - begin) / n_steps
    begin = begin + np.arange(n_steps)[:, None] * length
    rank = np.arange(ring)
    around = (stages.size + rank, stages.size + (rank + 1) % ring, DP, begin, begin + length, message_bytes[DP] / ring)
    return _move_columns(tick_s, between_stages, around, *among)


def _exchanged(result, n_stages, drawn, message_bytes):
    """Return what replicas send each other: tokens for experts, each to each; keys and values, round the ring."""
    tasks, rank = result.tasks, np.arange(drawn)
    found = []
    for kind in AMONG:
        each = drawn - 1 if kind == EXPERT else 1
        rows = np.flatnonzero((tasks.kind == kind) & (tasks.lane // N_LANES == 0))[: MAX_MOVES // (drawn * each) // 2]
        away = np.arange(1, each + 1)[:, None]
        begin, end = result.start[rows, None, None], result.end[rows, None, None]
        found.append((n_stages + rank, n_stages + (rank + away) % drawn, kind, begin, end, message_bytes[kind] / drawn))
    return [part for part in found if part[3].size]


def _wafer_moves(result, tick_s, drawn, message_bytes):
    tasks = result.tasks
    streams = np.flatnonzero((tasks.kind == WEIGHTS) | (tasks.kind == GRADIENTS))[: MAX_MOVES // (drawn + 1)]
    kind = tasks.kind[streams, None]
    begin, end = result.start[streams, None], result.end[streams, None]
    middle = (begin + end) / 2
    size = np.where(kind == WEIGHTS, message_bytes[WEIGHTS], message_bytes[GRADIENTS])
    node = np.append(np.arange(2, 2 + drawn), 0)  # the wafers and MemoryX, with SwarmX between them
    leaves = (kind == WEIGHTS) == (node > 0)  # SwarmX, in the second half of the time
    source, target = np.where(leaves, 1, node), np.where(leaves, node, 1)
    return _move_columns(
        tick_s, (source, target, kind, np.where(leaves, middle, begin), np.where(leaves, end, middle), size)
    )


def _move_columns(tick_s, *parts):
    """Join parts of (from, to, kind, begin, end, bytes), each of arrays that broadcast together, in order of time."""
    flat = [[column.ravel() for column in np.broadcast_arrays(*part)] for part in parts]
    source, target, kind, begin, end, size = (np.concatenate(columns) for columns in zip(*flat, strict=True))
    order = np.lexsort((target, source, begin))
    return {
        "from": source[order].astype(np.uint16),
        "to": target[order].astype(np.uint16),
        "kind": kind[order].astype(np.uint8),
        "t0": _tick(begin[order], tick_s),
        "t1": _tick(end[order], tick_s),
        "bytes": size[order].astype(np.float32),
    }


def _marks(result, tick_s, wafers):
    tasks, start, end = result.tasks, result.start, result.end
    last = tasks.lane // N_LANES == tasks.n_stages - 1
    first_forward = (tasks.kind == FORWARD) & last & (tasks.microbatch == 0)
    backward = tasks.kind == BACKWARD
    reducing = tasks.kind == GRADIENTS if wafers else (tasks.kind == DP) & (start > start[backward].min())
    # Name, the tasks that it is about, and whether they begin or are done.
    found = [
        ("pipeline_full", first_forward & (tasks.n_stages > 1), start, np.min),
        ("first_forward_done", first_forward, end, np.max),
        ("backward_begins", backward, start, np.min),
        ("reduction_begins", reducing, start, np.min),
        ("update_begins", tasks.kind == OPTIMISER, start, np.min),
        ("step_done", np.ones_like(last), end, np.max),
    ]
    marks = []
    for name, rows, times, pick in found:
        if rows.any():
            text = f"scaling_mark_{name}" + (".wafers" if wafers and name in OF_WAFERS else "")
            marks.append(Mark(int(_tick(pick(times[rows]), tick_s)), name, message(text)))
    return tuple(sorted(marks, key=lambda mark: mark.t))
