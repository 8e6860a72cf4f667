"""The Trace of a whole training, on this cluster and on one of the other kind that is about as fast.

One tick is a minute. A lane is a cluster: 0 the one asked for, 1 the other (absent where none can do the work). Of
the seeded futures the first is the one that plays. Tables:

phases (span)
    `lane`; `kind`, index into `meta["kinds"]`; `t0`, `t1`. They follow each other without gaps from 0 to the end of the
    lane: what comes before the first step, then training with its checkpoints, work that a failure destroys
    ("lost_work"), the time until the failure is noticed ("unnoticed") and "restart".
checkpoints (span)
    `lane`; `t0`, `t1` of writing one. At most `MAX_CHECKPOINTS` a lane: beyond, every
    `meta["lanes"][i]["checkpoint_stride"]`-th.
failures (span)
    `lane`; `t0` of the failure; `t1`, when it trains again; `lost`, the work destroyed [h].
progress (series)
    `t`; `this`, `other`: share of the work done in the future that plays, unsaved work included, in [0, 1].
band (series)
    `t` over all futures, so perhaps beyond the end of the trace; `low`, `median`, `high`: shares that 5, 50 and 95 %
    of the futures stay below; `other_low`, `other_median`, `other_high` (all 0 without another cluster).
futures (static)
    `lane`; `days`, `interruptions` of each of `meta["n_futures"]` futures; the first row of a lane is the one that
    plays.
frontier, startup, fine_tune (static)
    See columns.py; `query` is the plan of a row, as in an address.
context (static)
    See context.py, with `query`.
configuration (static)
    `cluster`; `text`, a program that starts the training; `decisions`, how many there are.

`meta["lanes"]` holds for each lane `device`, what a device is called, `family` ("gpu" or "cs"), `n_devices`,
`price_year`, of which its price is, `days_low` and `days_high`, the interval of its days, `checkpoint_hours` and
`checkpoint_stride`; `meta["no_other"]` says why there is only one, None where there are two.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.cluster import failures
from engine.cluster.failures import Futures
from engine.cluster.planner.training import DAY_S, HOUR_S, Planned, Spread, spread
from engine.language import Message, Quantity, message
from engine.trace import Mark, Table, Trace

TICK_S = 60.0
N_SHOWN = 50
MAX_CHECKPOINTS = 8000
N_PROGRESS = 800
N_BAND = 160
KINDS = (
    "queue", "compile", "first_checkpoint", "initialisation", "weights",
    "training", "lost_work", "unnoticed", "restart",
)  # fmt: skip
TRAINING, LOST, UNNOTICED, RESTART = (KINDS.index(k) for k in ("training", "lost_work", "unnoticed", "restart"))


@dataclass(frozen=True, eq=False)
class Lane:
    """A training on one cluster, with its futures; `device` is what a device is called."""

    device: str
    planned: Planned
    futures: Futures

    @property
    def devices(self) -> Quantity:
        """How many devices it has, to be said."""
        return Quantity(self.planned.devices.n, self.device)

    @cached_property
    def spread(self) -> Spread:
        """Its intervals."""
        return spread(self.planned, self.futures)


def record(lane: Lane, other: Lane | None, no_other: Message | None = None) -> Trace:
    """Record one or two lanes.

    Parameters
    ----------
    lane : Lane
        The cluster asked for.
    other : Lane or None
        One of the other kind.
    no_other : Message or None
        Why there is none.

    Returns
    -------
    Trace
        See the top of this module; at most some 300 kB packed.
    """
    lanes = [lane] if other is None else [lane, other]
    phases = [_phases(lane) for lane in lanes]
    checkpoints = [_checkpoints(lane) for lane in lanes]
    duration = max(int(_tick(lane.futures.finish_s[0])) for lane in lanes)
    times = np.linspace(0, duration, N_PROGRESS).round() * TICK_S
    progress = [failures.progress(lane.planned.training, lane.futures.first(1), times)[0] for lane in lanes]
    progress.append(np.zeros(N_PROGRESS))
    tables = {
        "phases": _stacked("span", phases, {"kind": np.uint8}),
        "checkpoints": _stacked("span", [rows for rows, _ in checkpoints], {}),
        "failures": _stacked("span", [_failures(lane) for lane in lanes], {"lost": np.float32}),
        "progress": Table(
            "series",
            {"t": _tick(times)} | {n: p.astype(np.float32) for n, p in zip(("this", "other"), progress, strict=False)},
        ),
        "band": _band(lanes),
        "futures": _stacked(
            "static", [_futures(lane) for lane in lanes], {"days": np.float32, "interruptions": np.uint32}
        ),
    }
    meta = {
        "kinds": list(KINDS),
        "n_futures": N_SHOWN,
        "no_other": no_other,
        "lanes": [
            {
                "device": lane.device,
                "family": lane.planned.devices.family,
                "n_devices": lane.planned.devices.n,
                "price_year": lane.planned.devices.price_year,
                "days_low": lane.spread.days.low,
                "days_high": lane.spread.days.high,
                "checkpoint_hours": lane.planned.training.interval_s / HOUR_S,
                "checkpoint_stride": stride,
            }
            for lane, (_, stride) in zip(lanes, checkpoints, strict=True)
        ],
    }
    return Trace(duration, "min", TICK_S, tables, _marks(lanes), meta)


def _tick(seconds):
    return np.rint(np.asarray(seconds, float) / TICK_S).astype(np.uint32)


def _stacked(group, parts, dtypes):
    """Join the columns of the lanes under a column `lane`; times are ticks."""
    lane = np.concatenate([np.full(len(next(iter(part.values()))), i, np.uint8) for i, part in enumerate(parts)])
    columns = {"lane": lane}
    for name in parts[0]:
        joined = np.concatenate([np.asarray(part[name], float) for part in parts])
        columns[name] = joined.astype(dtypes[name]) if name in dtypes else _tick(joined)
    return Table(group, columns)


def _attempts(lane):
    """Return begin, end of saved work, end and notice of the attempts that play [s]."""
    futures, training = lane.futures, lane.planned.training
    n = int(futures.n_attempts[0])
    begin, end, saved = futures.begin[0, :n], futures.end[0, :n], futures.saved[0, :n]
    kept = np.append(np.diff(saved), 0) * (training.interval_s + training.checkpoint_s)
    return begin, np.append((begin + kept)[:-1], end[-1]), end, futures.notice_s[0, :n]


def _phases(lane):
    rows, now = [], 0.0
    for name, estimate in lane.planned.phases:
        rows.append((KINDS.index(name), now, now + estimate.value))
        now += estimate.value
    for begin, kept, end, notice in zip(*_attempts(lane), strict=True):
        rows.append((TRAINING, begin, kept))
        if kept < end:
            back = end + notice
            rows += [(LOST, kept, end), (UNNOTICED, end, back), (RESTART, back, back + lane.planned.training.restart_s)]
    kind, t0, t1 = np.array(rows).T
    return {"kind": kind, "t0": t0, "t1": t1}


def _checkpoints(lane):
    """Return the checkpoints written in the future that plays, perhaps every stride-th, and the stride."""
    training = lane.planned.training
    begin, kept, _, _ = _attempts(lane)
    period = training.interval_s + training.checkpoint_s
    ends = [np.arange(1, round((k - b) / period) + 1) * period + b for b, k in zip(begin, kept, strict=True)]
    ends = np.concatenate([*ends[:-1], np.minimum(ends[-1], kept[-1])])
    stride = -(-ends.size // MAX_CHECKPOINTS) or 1
    ends = ends[stride - 1 :: stride]
    return {"t0": ends - training.checkpoint_s, "t1": ends}, stride


def _failures(lane):
    training = lane.planned.training
    begin, kept, end, _ = (column[:-1] for column in _attempts(lane))
    again = np.append(lane.futures.begin[0, 1 : begin.size + 1], [])
    return {"t0": end, "t1": again, "lost": np.minimum(end - kept, training.interval_s) / HOUR_S}


def _futures(lane):
    return {"days": lane.futures.finish_s[:N_SHOWN] / DAY_S, "interruptions": lane.futures.n_failures[:N_SHOWN]}


def _band(lanes):
    # As far as the fifty, and as far as the low end of all needs to reach the end.
    last = max(
        max(float(lane.futures.finish_s[:N_SHOWN].max()), float(np.quantile(lane.futures.finish_s, 0.96)))
        for lane in lanes
    )
    times = np.linspace(0, last, N_BAND)
    columns = {"t": _tick(times)}
    for i, prefix in enumerate(("", "other_")):
        shares = np.zeros((3, N_BAND))
        if i < len(lanes):
            reached = failures.progress(lanes[i].planned.training, lanes[i].futures, times)
            shares = np.quantile(reached, [0.05, 0.5, 0.95], axis=0)
        columns |= {
            prefix + name: share.astype(np.float32)
            for name, share in zip(("low", "median", "high"), shares, strict=True)
        }
    return Table("series", columns)


def _marks(lanes):
    marks = []
    for i, lane in enumerate(lanes):
        training, futures = lane.planned.training, lane.futures
        begin, kept, end, notice = _attempts(lane)

        def mark(seconds, name, lane=lane, prefix="other_" if i else "", **values):
            text = message(f"planner_mark_{name}", devices=lane.devices, **values)
            marks.append(Mark(int(_tick(seconds)), prefix + name, text))

        mark(training.start_s, "first_step", parts=[
            message("planner_takes", phase=message(f"planner_phase_{name}"), time=Quantity(estimate.value, "s"))
            for name, estimate in lane.planned.phases
        ])  # fmt: skip
        if begin.size > 1:
            lost, back = min(end[0] - kept[0], training.interval_s), notice[0] + training.restart_s
            mark(end[0], "first_failure", lost=Quantity(float(lost), "s"), back=Quantity(float(back), "s"))
        times = np.linspace(0, futures.finish_s[0], 2000)
        share = failures.progress(training, futures.first(1), times)[0]
        half = float(times[np.flatnonzero(share < 0.5)[-1]])
        mark(half, "half_way", time=Quantity(half, "s"))
        finish = float(futures.finish_s[0])
        mark(finish, "done", time=Quantity(finish, "s"), n=int(futures.n_failures[0]))
    return tuple(sorted(marks, key=lambda m: (m.t, m.name)))
