"""The trace of a memory scenario: what the shown units of each machine ask for, wait for and compute.

One clock for all machines; a tick is a picosecond. Tables:

requests (move)
    `machine`, `unit`, `level` (index into the machine's levels in meta: where the data come from), `t0` (leaves),
    `tp` (reaches the front of the pipe), `t1` (data back), `bytes`, `n`: how many requests in a row the row stands
    for; then `t0` and `tp` are of the first, `t1` of the last and `bytes` their sum.
compute (span)
    `machine`, `unit`, `kind` (2 computing, 4 stalled: nothing to compute has arrived), `t0`, `t1`. Requests are
    bundled as in `requests`; the compute of a bundle stands at its end, so that the sums are exact.
pipe (series)
    `machine`, `t`, `busy` (share of the home pipe in use since the sample before), `computing` (share of the units'
    time spent computing), `in_flight` (requests of the shown units under way).
fits (static)
    `model`, `machine`; `weights_bytes`, `optimiser_bytes` and `activation_bytes` of its training, `capacity_bytes` of
    the machine, and what `leaves` it: see capacity.py.

Sorted by machine, then unit, then time. The recording ends after some trips to the farthest memory, or when the last
machine has finished; `meta.machines` says how long each takes for the whole kernel.
"""

import numpy as np

from engine.language import Quantity, message
from engine.memory.hierarchy import short_names
from engine.memory.measure import Measured
from engine.memory.simulate import SHOWN
from engine.quantities import FIGURE
from engine.trace import Mark, Table, Trace

TICK_S = 1e-12
COMPUTING, STALLED = 2, 4

PLAY_S = 20.0  # the player takes this long at its usual pace: that is the slow-down
_TRIPS = 6  # length of the recording in trips to the farthest memory in use
_PATIENCE = 40  # and up to this many, if a machine finishes within them
_ROWS = 3600  # rows of requests for each machine, at most about
_SAMPLES = 120
_FULL = 0.9  # a pipe that carries this share of its width has no room left


def window_s(results: list[Measured]) -> float:
    """Return how much time is recorded [s].

    Parameters
    ----------
    results : list of Measured
        One for each machine.

    Returns
    -------
    float
        Some trips to the farthest memory; longer to see the first step or the first machine finish, never past what was
        simulated.
    """
    farthest = max(result.machine.level(result.work.home).latency_s for result in results)
    window = _TRIPS * farthest
    # Of dependent steps the first is seen with its wait, where that much was simulated.
    steps = [(1.5 * each.time_s / each.work.n_steps, each) for each in results if each.work.n_steps > 1]
    window = max([window, *sorted(step for step, each in steps if step <= each.simulation.horizon_s)[:1]])
    first = min(result.time_s for result in results)
    if first <= _PATIENCE * farthest:
        window = max(window, 1.15 * first)
    for result in results:
        if not result.simulation.is_complete:
            window = min(window, result.simulation.horizon_s)
    return min(window, 1.02 * max(result.time_s for result in results))


def record(results: list[Measured]) -> Trace:
    """Make the trace of one kernel on up to a few machines.

    Parameters
    ----------
    results : list of Measured
        One for each machine, in the order of the screen.

    Returns
    -------
    Trace
        Tables as described at the top of this module.
    """
    window = window_s(results)
    parts = [_machine(index, result, window) for index, result in enumerate(results)]
    tables = {
        name: Table(group, _joined([part[name] for part in parts]))
        for name, group in (("requests", "move"), ("compute", "span"), ("pipe", "series"))
    }
    short = short_names([result.machine for result in results])
    machines = [
        _described(result, name, part["per_row"]) for result, name, part in zip(results, short, parts, strict=True)
    ]
    return Trace(
        duration=_tick(window),
        tick_unit="ps",
        tick_s=TICK_S,
        tables=tables,
        marks=_marks(results, window),
        meta={"slow_down": PLAY_S / window, "step": _step(window), "n_shown": SHOWN, "machines": machines},
    )


def _machine(index, result, window):
    sim = result.simulation
    n_used = int(np.searchsorted(sim.leave.min(axis=0), window)) or 1
    per_row = max(1, -(-SHOWN * n_used // _ROWS))
    first = np.arange(0, n_used, per_row)
    last = np.minimum(first + per_row, n_used) - 1
    rows = SHOWN * first.size
    unit = np.repeat(np.arange(SHOWN, dtype=np.uint8), first.size)
    level = [level.name for level in result.machine.levels].index(result.work.home)
    count = np.tile(last - first + 1, SHOWN)
    requests = {
        "machine": np.full(rows, index, np.uint8),
        "unit": unit,
        "level": np.full(rows, level, np.uint8),
        "t0": _ticks(sim.leave[:, first].ravel()),
        "tp": _ticks(sim.served[:, first].ravel()),
        "t1": _ticks(sim.back[:, last].ravel()),
        "bytes": (count * sim.request_bytes).astype(np.uint32),
        "n": count.astype(np.uint16),
    }
    seen = requests["t0"] <= _tick(window)
    return {
        "per_row": per_row,
        "requests": {name: column[seen] for name, column in requests.items()},
        "compute": _spans(index, result, last, count[: first.size], window),
        "pipe": _series(index, sim, n_used, window),
    }


def _spans(index, result, last, count, window):
    """Stalled, computing, stalled, … of each shown unit, until the kernel or the recording ends."""
    sim = result.simulation
    end = sim.done[:, last]
    begin = end - count * sim.compute_s
    edges = np.stack([begin, end], axis=2).reshape(SHOWN, -1)
    t0 = np.concatenate([np.zeros((SHOWN, 1)), edges], axis=1)
    t1 = np.concatenate([edges, np.full((SHOWN, 1), result.time_s)], axis=1)
    kind = np.tile(np.array([STALLED, COMPUTING], np.uint8), t0.shape[1] // 2 + 1)[: t0.shape[1]]
    columns = {
        "machine": np.full(t0.size, index, np.uint8),
        "unit": np.repeat(np.arange(SHOWN, dtype=np.uint8), t0.shape[1]),
        "kind": np.tile(kind, SHOWN),
        "t0": _ticks(np.clip(t0, 0, window).ravel()),
        "t1": _ticks(np.clip(t1, 0, window).ravel()),
    }
    seen = columns["t1"] > columns["t0"]
    return {name: column[seen] for name, column in columns.items()}


def _series(index, sim, n_used, window):
    """Sample the first `n_used` requests of each unit: all others leave after the recording."""
    edges = np.linspace(0.0, window, _SAMPLES + 1)
    width = edges[1]
    leave, served, back = (np.sort(times[:, :n_used], axis=None) for times in (sim.leave, sim.served, sim.back))
    # Requests occupy the pipe one after another, so the busy time up to an edge is a piecewise linear function.
    busy = np.interp(edges, *_steps(served, sim.pipe_share))
    computed = sum(np.interp(edges, *_steps(row, sim.compute_s)) for row in sim.start[:, :n_used]) / SHOWN
    in_flight = np.searchsorted(leave, edges[1:], side="right") - np.searchsorted(back, edges[1:], side="right")
    return {
        "machine": np.full(_SAMPLES, index, np.uint8),
        "t": _ticks(edges[1:]),
        "busy": np.clip(np.diff(busy) / width, 0, 1).astype(np.float32),
        "computing": np.clip(np.diff(computed) / width, 0, 1).astype(np.float32),
        "in_flight": in_flight.astype(np.uint16),
    }


def _steps(start, each):
    """Corner points of the time spent, for work that begins at `start` and takes `each`."""
    done = each * np.arange(1, start.size + 1)
    times = np.stack([start, start + each], axis=1).ravel()
    return np.maximum.accumulate(times), np.stack([done - each, done], axis=1).ravel()


def _marks(results, window):
    found = [(0.0, "start", message("memory_start"))]
    for result in results:
        machine, sim = result.machine, result.simulation
        home = machine.level(result.work.home)
        first = float(sim.back[:, 0].min())
        words = {"machine": machine.label, "level": home.label, "unit": _unit(result)}
        text = message("memory_first_data", **words, time=_figure(first, "s"))
        found.append((first, f"first_data_{machine.name}", text))
        share = result.achieved_bytes_per_s / home.bandwidth_bytes_per_s
        if home.is_shared and share >= _FULL:
            text = message("memory_pipe_full", **words, bandwidth=_figure(home.bandwidth_bytes_per_s, "B/s"))
            found.append((float(sim.served[:, 0].min()) + sim.service_s, f"pipe_full_{machine.name}", text))
        elif result.bound == "compute":
            text = message("memory_computing", **words)
            found.append((first + sim.compute_s, f"computing_{machine.name}", text))
        elif sim.is_waiting:
            text = message("memory_waiting", **words, idle=Quantity(1 - share, "share"))
            found.append((first + sim.compute_s, f"waiting_{machine.name}", text))
        if result.work.n_steps > 1:
            last = -(-sim.n_requests // result.work.n_steps) - 1
            wait_s = result.work.exchange_s / result.work.n_steps
            text = message("memory_step", **words, n=result.work.n_steps, time=_figure(wait_s, "s"))
            if last < sim.n_simulated:
                found.append((float(sim.done[:, last].max()), f"step_{machine.name}", text))
        if result.time_s <= window:
            text = message("memory_done", **words, time=_figure(result.time_s, "s"))
            found.append((result.time_s, f"done_{machine.name}", text))
    times = [message("memory_takes", machine=each.machine.label, time=_figure(each.time_s, "s")) for each in results]
    found.append((window, "end", message("memory_end", times=times)))
    kept = sorted((entry for entry in found if entry[0] <= window), key=lambda entry: entry[0])
    return tuple(Mark(_tick(t), name, text) for t, name, text in kept)


def _figure(value, unit):
    """Return a quantity with the digits that the picture shows too."""
    return Quantity(value, unit, FIGURE)


def _unit(result):
    """Return what asks for data: a compute unit, or a column of them."""
    machine = result.machine
    return machine.unit if machine.units_served(result.work.home) == machine.n_units else "PE_column"


def _described(result, short, per_row):
    machine, sim = result.machine, result.simulation
    return {
        "name": machine.name,
        "label": machine.label,
        "short": short,
        "family": machine.family,
        "unit": _unit(result),
        "n_units": machine.units_served(result.work.home),
        "local_bytes": machine.local_bytes,
        "home": result.work.home,
        "request_bytes": sim.request_bytes,
        "requests_per_row": per_row,
        "bound": result.bound,
        "time_s": result.time_s,
        "exchange_s": result.work.exchange_s / result.work.n_steps,
        "travel_s": sim.travel_s,
        "n_requests": sim.n_requests,
        "flop": result.work.flop,
        "fits": result.work.fits,
        "reached_flop_per_s": result.reached_flop_per_s,
        "levels": [
            {
                "name": level.name,
                "label": level.label,
                "latency_s": level.latency_s,
                "latency_assumed": level.is_assumed,
                "bandwidth_bytes_per_s": level.bandwidth_bytes_per_s,
                "sheet_bytes_per_s": level.sheet_bytes_per_s,
                "capacity_bytes": level.capacity_bytes if np.isfinite(level.capacity_bytes) else None,
                "bytes": result.work.level_bytes.get(level.name, 0.0),
            }
            for level in machine.levels
        ],
    }


def _joined(parts):
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _step(window):
    """Return a round number of ticks for one step by hand, some 400 of them in a recording [tick]."""
    least = window / TICK_S / 400
    power = 10 ** np.floor(np.log10(least))
    return int(max(1, next(k * power for k in (1, 2, 5, 10) if k * power >= least)))


def _tick(seconds):
    return round(seconds / TICK_S)


def _ticks(seconds):
    return np.rint(np.minimum(seconds / TICK_S, np.iinfo(np.uint32).max)).astype(np.uint32)
