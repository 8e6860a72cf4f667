"""What a run of the fabric writes down, and the trace made of it.

The tick is one cycle, counted from the moment the tasks have started. A `cell` is y * width + x; ports are 0 NORTH,
1 EAST, 2 SOUTH, 3 WEST, 4 RAMP (router to CE), 5 (CE to router).

meta
    width, height [PE]; hop_latency, ramp_latency, start (cycles of start-up before tick 0) [cycle]; words; recorded,
    "wavelets" or "field"; colors, a list of {id, role, name}, where what one carries, its role, is said without what
    tells it from others of that role; operations, a list of sentences; programs, the operations of each kind of PE as
    indices into these; deadlock, a list of [cell, color, cell it waits for], empty where the run ended well.
    pause, of a field: cycles up to which pauses are left out.
    window, where a field has one: x, y, across, down of the rectangle that was asked for; west, north, columns, rows of
    what is recorded: that and the PEs next to it, so that everything that enters it is there.
    chip, where that of the machine is known: die, width and height of a die [PE]; width, height of all its PEs [PE];
    area [mm2]; wafer, across the round slice of silicon that it is cut from [mm]; gpu, a die to compare it with: name,
    area [mm2], source.
wavelets (move)
    cell, port, color; t0, n: n wavelets leave by the port at t0, t0 + 1, …; value: row in `values` of the first one's
    number, the others follow it, 0xFFFFFFFF where it is not recorded. Over a link they take hop_latency ticks, over
    the ramp ramp_latency ticks. Sorted by t0.
values (static)
    value, where there are at most 65,536.
activity (span)
    cell, kind (1 receiving, 2 computing, 3 sending, 4 stalled), op (index into the cell's program), t0, t1. Sorted by
    t0; the spans of a cell do not overlap. Stalled: neither does the CE issue an element nor could one that it has, or
    a wavelet at its router, move.
routes (static)
    cell, color, position, input (port), outputs (mask of 1 << port).
memory (static)
    cell, word, before, after: the first words of each PE, at most 8.
programs (static)
    program, one row a cell: index into meta.programs.
path (span)
    t0, t1, source, cell, part, where "wavelets" are recorded and the run ended well: the critical path, see
    critical_path.py; part is 0 distance, 1 contention, 2 depth, 3 compute, 4 startup.
cells (field)
    instead of all the above, one row a cell: done (end of its last operation, 0xFFFFFFFF for never), and how many
    spells and passes it has. With a window beside the above, whose cells then count within the recorded rectangle:
    (y - north) * columns + x - west.
spells (span)
    t0, length, does: when CEs were at work: the first spell of every cell that has one, then the second, and so on.
    does is 1 where it moved wavelets (received or sent), 2 where it computed, 3 where it did both. A spell ends where
    the CE does the other of both, or pauses for more than meta.pause cycles.
passes (span)
    t0, length: when routers passed wavelets from link to link, in the same order.
yields, yields_drawn (static)
    where PEs are defective by chance: see defects/yields.py.
utilisation (series)
    t, links, pes, stalled: in equal windows that start at t, the shares of links and CEs at work, and of PEs with
    a stalled wavelet.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.fabric.core import log, spans
from engine.fabric.core.isa import MULTIPLY, N_POSITIONS
from engine.fabric.machine.geometry import n_links
from engine.fabric.trace.deadlock import waits
from engine.language import Message, Quantity, message
from engine.trace import Mark, Table, Trace


def trace_of(result, tick_s: float, words: int, chip: dict | None = None, notes: Sequence[Message] = ()) -> Trace:
    """Make the trace of a run.

    Parameters
    ----------
    result : engine.fabric.simulation.simulate.Result
        Recorded as "field" or "wavelets".
    tick_s : float
        Length of a cycle [s].
    words : int
        Length of the vectors, for the meta [word].
    chip : dict, optional
        What is known of the chip, for the meta.
    notes : sequence of Message
        What each PE does, and what is assumed of it, said at the start.

    Returns
    -------
    Trace
        With the tables described at the top of this module.
    """
    program, rec = result.program, result.recorder
    field = rec.mode == log.FIELD or result.window is not None
    tables, operations, programs = {}, {}, []
    if rec.mode == log.WAVELETS:
        listed = np.flatnonzero(rec.row >= 0)
        tables |= _wavelets(rec, len(program.colors), program.pairs)
        tables["activity"] = _activity(rec)
        tables["routes"] = _routes(program.routes[:, listed])
        tables["memory"] = _memory(result.before[:, :words], result.memory, listed)
        kinds, row_kind = np.unique(program.kind[listed], return_inverse=True)
        programs = [
            [operations.setdefault(op.text, len(operations)) for thread in program.kinds[kind] for op in thread]
            for kind in kinds
        ]
        tables["programs"] = Table("static", {"program": row_kind.ravel().astype(np.uint16)})
    if field:
        tables |= spells(rec, result.cycles)
    tables["utilisation"] = Table("series", utilisation(result))
    meta = {
        "width": program.width,
        "height": program.height,
        "hop_latency": result.machine.hop_latency,
        "ramp_latency": result.machine.ramp_latency,
        "start": result.machine.task_startup,
        "words": words,
        "recorded": "field" if field else "wavelets",
        "colors": [{"id": i, "role": role, "name": name} for i, (role, name) in enumerate(program.colors)],
        "operations": list(operations),
        "programs": programs,
        "deadlock": waits(result) if result.deadlock else [],
    }
    if field:
        meta["pause"] = max(rec.pause, int(rec.cells[:, log.JOINED].max()))
    if result.window:
        meta["window"] = _window(result.window, program)
    if chip:
        meta["chip"] = chip
    return Trace(result.cycles, "cycle", tick_s, tables, _marks(result, notes), meta)


def spells(rec: log.Recorder, cycles: int) -> dict[str, Table]:
    """Return the tables of a field.

    Parameters
    ----------
    rec : Recorder
        What the kernel wrote down.
    cycles : int
        Of the run.

    Returns
    -------
    dict of str to Table
        cells, spells, passes, as at the top of this module.
    """
    done = rec.cells[:, log.ENDED]
    cells = {"done": np.where(done == log.NEVER, np.uint32(2**32 - 1), done.view(np.uint32))}
    tables = {"cells": None}
    for name, bit, rows in (
        ("spells", 0, rec.spells[: len(done), log.SPELLS :]),
        ("passes", log.N_PASSES, rec.spells[: len(done), : log.SPELLS]),
    ):
        counted = np.arange(rows.shape[1] // 2)[:, None] < rec.cells[:, log.COUNTS] >> bit & 255
        counted &= rows[:, ::2].T >> 4 < cycles  # what nobody waits for may move on after the end
        cells[name] = counted.sum(axis=0, dtype=np.uint8)
        first, end = rows[:, ::2].T[counted], rows[:, 1::2].T[counted]
        t0 = first >> 4
        length = np.minimum(end, cycles) - t0
        columns = {"t0": _short(t0), "length": _short(length)}
        tables[name] = Table("span", columns | ({"does": (first & 3).astype(np.uint8)} if name == "spells" else {}))
    tables["cells"] = Table("field", cells)
    return tables


def _short(column):
    """Return numbers that are not negative as uint16 where all fit, otherwise as uint32."""
    return column.astype(np.uint16 if column.max(initial=0) < 2**16 else np.uint32)


def _window(window, program):
    rows, columns = window.recorded(program.width, program.height)
    return {
        "x": window.x,
        "y": window.y,
        "across": min(window.size, program.width - window.x),
        "down": min(window.size, program.height - window.y),
        "west": columns.start,
        "north": rows.start,
        "columns": columns.stop - columns.start,
        "rows": rows.stop - rows.start,
    }


def _wavelets(rec, n_colors, pairs):
    moves, n_seen = rec.listed_moves, int(rec.used[log.N_SEEN])
    n = moves[:, log.MOVE_N]
    value = np.full(len(moves), 2**32 - 1, np.uint32)
    tables = {}
    if n_seen <= log.N_VALUES:
        by_move = np.argsort(rec.log_move[:n_seen], kind="stable")
        values = rec.log_value[:n_seen][by_move]
        if pairs:  # the first of both
            values = values.view(np.uint32).astype(np.uint16).view(np.float16).astype(np.float32)
        tables["values"] = Table("static", {"value": values})
        value[:] = np.cumsum(n) - n
    order = _order(moves[:, log.MOVE_T0])
    place = moves[order, log.MOVE_PLACE]
    columns = {
        "cell": (place // (6 * n_colors)).astype(np.uint32),
        "port": (place % 6).astype(np.uint8),
        "color": (place // 6 % n_colors).astype(np.uint8),
        "t0": moves[order, log.MOVE_T0].astype(np.uint32),
        "n": n[order].astype(np.uint32),
        "value": value[order],
    }
    return {"wavelets": Table("move", columns), **tables}


def _order(keys):
    """Return the stable order of numbers that are not negative, by radix where they fit into 16 bits."""
    fits = keys.max(initial=0) < 2**16
    return np.argsort(keys.astype(np.uint16) if fits else keys, kind="stable")


def _spans(work, stalls):
    """Return cell, kind, op, t0, t1 of work, and of stalls where the PE does not work."""
    # A CE works in the order of time, so that its rows of work are already in that order.
    cell, kind, op, t0, t1 = np.ascontiguousarray(work[_order(work[:, log.WORK_CELL])].T)
    stalls = stalls[_order(stalls[:, log.STALL_T0])]
    sorted_stalls = np.ascontiguousarray(stalls[_order(stalls[:, log.STALL_CELL])].T)
    out = np.empty((4, len(work) + len(stalls)), np.int32)
    n = spans._uncovered(*sorted_stalls, cell, op, t0, t1, out)
    stalled = (out[0, :n], np.full(n, 4, np.int32), *out[1:, :n])
    return [np.concatenate(pair) for pair in zip((cell, kind, op, t0, t1), stalled, strict=True)]


def _activity(rec):
    work, stalls = rec.listed_work, rec.listed_stalls
    work = work[rec.row[work[:, log.WORK_CELL]] >= 0]
    stalls = stalls[rec.row[stalls[:, log.STALL_CELL]] >= 0]
    cell, kind, op, t0, t1 = _spans(work, stalls)
    cell, order = rec.row[cell], _order(t0)
    columns = {
        "cell": cell[order].astype(np.uint32),
        "kind": kind[order].astype(np.uint8),
        "op": op[order].astype(np.uint16),
        "t0": t0[order].astype(np.uint32),
        "t1": t1[order].astype(np.uint32),
    }
    return Table("span", columns)


def _routes(routes):
    n_colors = len(routes)
    rows = []
    for position in range(N_POSITIONS):
        codes = (routes.T.ravel() >> np.uint32(8 * position)) & np.uint32(255)
        used = np.flatnonzero(codes >> 3)
        rows.append((used, np.full(used.size, position), codes[used] & 7, codes[used] >> 3))
    place, position, source, outputs = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.argsort(place, kind="stable")
    columns = {
        "cell": (place // n_colors).astype(np.uint32),
        "color": (place % n_colors).astype(np.uint8),
        "position": position.astype(np.uint8),
        "input": source.astype(np.uint8),
        "outputs": outputs.astype(np.uint8),
    }
    return Table("static", {name: column[order] for name, column in columns.items()})


def _memory(before, after, listed):
    n_pe, n_words = before.shape
    columns = {
        "cell": np.repeat(np.arange(n_pe, dtype=np.uint32), n_words),
        "word": np.tile(np.arange(n_words, dtype=np.uint8), n_pe),
        "before": before.ravel(),
        "after": after[listed, :n_words].ravel(),
    }
    return Table("static", columns)


def utilisation(result, n_windows: int = 150) -> dict[str, NDArray]:
    """Return the shares of links and CEs at work, and of PEs that hold a stalled wavelet, over time.

    Parameters
    ----------
    result : engine.fabric.simulation.simulate.Result
        A run.
    n_windows : int
        About how many windows.

    Returns
    -------
    dict of str to (n,) array
        t (uint32, start of each window), links, pes, stalled (float32, in [0, 1]).
    """
    program, cycles = result.program, max(1, result.cycles)
    counted = result.recorder.counted(cycles)
    window = -(-cycles // n_windows)
    start = np.arange(0, cycles, window)
    length = np.diff(np.append(start, cycles))
    n_pe = program.width * program.height
    counts = {
        "links": (counted[:, log.HOPS], max(1, n_links(program.width, program.height))),
        "pes": (counted[:, log.ELEMENTS], n_pe),
        "stalled": (counted[:, log.STALLS], n_pe),
    }
    shares = {
        name: np.minimum(1, np.add.reduceat(count, start, dtype=np.int64) / (length * all_of)).astype(np.float32)
        for name, (count, all_of) in counts.items()
    }
    return {"t": start.astype(np.uint32), **shares}


def _marks(result, notes):
    program, rec = result.program, result.recorder
    start = message("fabric_started", startup=Quantity(result.machine.task_startup, "cycle"))
    for note in notes:
        start = message("sentences", first=start, then=note)
    marks = [Mark(0, "start", start)]
    moved = np.flatnonzero(rec.counted(result.cycles)[:, log.HOPS])
    if moved.size:
        marks.append(Mark(int(moved[0]), "first_wavelet", message("fabric_first_wavelet")))
    work = rec.listed_work[rec.listed_work[:, log.WORK_KIND] == 2]
    if result.window:  # which looks on: a run has the same marks with it and without
        work = work[work[:, log.WORK_CELL] // program.width == program.height // 2]
    if len(work):
        cell, op, t = work[work[:, log.WORK_T0].argmin()][[log.WORK_CELL, log.WORK_OP, log.WORK_T0]]
        does = [op.does for thread in program.kinds[program.kind[cell]] for op in thread][op]
        if does & MULTIPLY:
            marks.append(Mark(int(t), "first_product", message("fabric_first_product")))
        else:
            marks.append(Mark(int(t), "first_sum", message("fabric_first_sum")))
    for i, (name, text) in enumerate(program.milestones):
        passed = rec.cells[program.milestone[:, 0] == i, log.PASSED]
        if passed.size and passed.max() < log.NEVER:
            marks.append(Mark(int(passed.max()), name, text))
    if result.deadlock:
        marks.append(Mark(result.cycles, "deadlock", message("fabric_waits_in_circle")))
    else:
        marks.append(Mark(result.cycles, "all_done", message("fabric_all_done")))
    return tuple(sorted(marks, key=lambda mark: mark.t))
