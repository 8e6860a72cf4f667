"""Rows that are alike: until they send to each other, one of them is simulated and the others repeat its sums.

When a wavelet moves does not depend on the number that it carries. Rows with the same routes and operations therefore
do the same in the same cycles, as long as nothing comes to them from the north or the south. One of them is simulated
with symbols in the place of numbers: word i of its memory holds the symbol i, and each sum gives the next symbol, with
a note of the two that were added. When an operation is reached that sends north or south, these notes are a list of
sums without branches. Every row then adds its own numbers by that list, in the same order, so that its results are the
same bit for bit, and copies the rest of the state.

This is not tried where the program multiplies. Where wavelets are under way within these rows when it comes to copying,
or an error has been met, it is given up, and every row is simulated by itself from the start.

A row that is like no other is always simulated by itself, on numbers, and so is one with PEs that are watched.
"""

import numpy as np

from engine.fabric.core import layout as L
from engine.fabric.core import replay
from engine.fabric.core.isa import ADD, MULTIPLY, N_POSITIONS, RAMP, RECEIVE, SEND
from engine.fabric.simulation.bands import Part, advance_apart, share_done, with_room
from engine.parallel import parallel_map

_UP = np.uint32(sum(1 << (8 * position + 3 + RAMP) for position in range(N_POSITIONS)))  # outputs to the CE
_MOST_SYMBOLS = 1 << 26
_SUMS = 4  # times those that count, since a train that stops on its way has added up what never leaves
_SLICE_VISITS = 400_000
_RANGE_ROWS = 32  # at least, that repeat another one together


def advance_alike(program, tables, state, rec, hops, progress):
    """Simulate a program from its start until rows begin to talk, where some are alike; otherwise do nothing.

    Parameters
    ----------
    program : engine.fabric.machine.program.Program
        What is run.
    tables : Tables
    state : State
        At cycle 0; overwritten.
    rec : Recorder
        Empty; overwritten.
    hops : float
        Expected number of wavelet hops, for the share reported to `progress`.
    progress : callable
        Receives the finished share in [0, 1] every 50 ms or so; what it raises ends the run.

    Returns
    -------
    usable : bool
        Whether the run can go on from `state`. Otherwise that and the recorder are spoilt, but for the memory.
    rec : Recorder
        With more room, if it was short of it.
    """
    like = _find_alike(program, tables, state, rec)
    return (True, rec) if like is None else _run_once(like, program, tables, state, rec, hops, progress)


def _find_alike(program, tables, state, rec):
    """Return, for each row, the row that is simulated in its place; -1 where it is simulated on numbers.

    None where no row repeats another.
    """
    if state.count[L.CROSSING] or any(op.does & MULTIPLY for kind in program.kinds for thread in kind for op in thread):
        return None
    if _n_symbols(program) > _MOST_SYMBOLS or _is_cut_off(program, tables.crossing):
        return None
    band = np.arange(program.height) // _rows_of_band(program, state)
    keys = _keys(program, tables, state)
    numbers = rec.watched.reshape(program.height, program.width).any(axis=1) | (np.bincount(keys)[keys] == 1)
    taken = np.zeros(state.n_alarms.shape[1], np.bool_)
    taken[band[numbers]] = True
    first = {}  # row simulated for each key, alone in its band, so that each counts for itself
    for y, key in enumerate(keys.tolist()):
        if key not in first and not taken[band[y]]:
            first[key] = y
            taken[band[y]] = True
    like = np.array([first.get(key, -1) for key in keys.tolist()], np.int32)
    like[numbers] = -1
    chosen = list(first.values())
    if np.isin(band[like < 0], band[chosen]).any() or (like >= 0).sum() == len(chosen):
        return None
    return like


def _rows_of_band(program, state):
    return state.alarms.shape[2] // program.width


def _keys(program, tables, state):
    """Return a number for each row, the same for rows that are alike until an operation sends from one to another."""
    crosses = (tables.crossing >> np.arange(tables.n_colors) & 1).astype(np.bool_)
    does = {}
    kinds = [does.setdefault(_until_crossing(kind, tables.crossing), len(does)) for kind in program.kinds]
    parts = (
        np.array(kinds, np.int32)[program.kind],
        *program.routes[~crosses],
        state.pe[: program.kind.size, L.FAULTS],
        program.milestone,
    )
    parts = [np.ascontiguousarray(part).reshape(program.height, -1) for part in parts]
    found = {}
    rows = (b"".join(part[y] for part in parts) for y in range(program.height))
    return np.array([found.setdefault(row, len(found)) for row in rows])


def _is_cut_off(program, crossing):
    """Return whether an operation receives from a color that leads north or south, but not to its CE: an error."""
    for color in np.flatnonzero(crossing >> np.arange(len(program.routes)) & 1).tolist():
        receives = [
            any(op.does & RECEIVE and op.receive == color for thread in kind for op in thread) for kind in program.kinds
        ]
        if (np.array(receives)[program.kind] & (program.routes[color] & _UP == 0)).any():
            return True
    return False


def _until_crossing(kind, crossing):
    """Return what threads do until an operation whose color leads north or south, and what a CE sees of that one."""
    threads = []
    for thread in kind:
        ops = []
        for op in thread:
            sends = bool(op.does & SEND and crossing >> op.send & 1)
            if sends or (op.does & RECEIVE and crossing >> op.receive & 1):
                ops.append((op.does, sends, op.after, op.of))
                break
            ops.append(op)
        threads.append(tuple(ops))
    return tuple(threads)


def _n_symbols(program):
    """Return for how many words and sums of a row there is room."""
    sums = [sum(op.n for thread in kind for op in thread if op.does & ADD) for kind in program.kinds]
    sums = np.array(sums, np.int64)[program.kind].reshape(program.height, -1).sum(axis=1).max()
    return _SUMS * int(sums) + program.width * program.memory.shape[1]


def _run_once(like, program, tables, state, rec, hops, progress):
    """Simulate until rows begin to talk, each row that others are like once, and let those repeat it.

    `like` is what `_find_alike` returns; the rest and what is returned as of `advance_alike`.
    """
    width, rows_of_band = program.width, _rows_of_band(program, state)
    n_words = width * program.memory.shape[1]
    memory = state.memory.reshape(program.height, n_words)
    chosen = np.unique(like[like >= 0])
    simulated = (like < 0) | (like == np.arange(like.size))
    numbers = memory[simulated]
    memory.view(np.int32)[chosen] = np.arange(n_words)
    _silence(np.repeat(simulated, width), state)
    n_sums = _n_symbols(program) - n_words
    numbered = tables._replace(window=min(tables.window, tables.gap + 1))  # no operation that crosses starts in it
    parts = []
    for row in chosen.tolist():
        symbols = state._replace(sums=np.empty((n_sums, 2), np.int32), n_sums=np.zeros(1, np.int64))
        band = row // rows_of_band
        times = int((like == row).sum())
        parts.append(Part(band, band + 1, times, numbered._replace(symbols=n_words), symbols))
    for band in np.unique(np.flatnonzero(like < 0) // rows_of_band).tolist():
        parts.append(Part(band, band + 1, 1, numbered, state))
    status = L.RUNNING
    while status in (L.RUNNING, L.FULL) and not state.count[L.CROSSING]:
        status = advance_apart(parts, state.count, rec, 1 << 30, int(state.count[L.VISITS]) + _SLICE_VISITS)
        if status == L.FULL:
            rec = with_room(rec, tables, state.count)
        progress(share_done(state.count, rec, hops))
    share = share_done(state.count, rec, hops)
    done = status == L.RUNNING and all(part.state.n_sums[0] <= n_sums for part in parts)
    done = done and all(replay._is_quiet(row * width, (row + 1) * width, tables, state) for row in chosen.tolist())
    if done:
        found = memory.view(np.int32)[chosen]
        memory[chosen] = numbers[like[simulated] >= 0]
        _repeat_all(like, chosen, found, parts, tables, state, rec, lambda _: progress(share))
    else:
        memory[simulated] = numbers
    return done, rec


def warm_up(tables, state, rec):
    """Compile the kernels, or load them from the cache; nothing is changed."""
    replay._is_quiet(0, 0, tables, state)
    lists = (np.empty((0, n), np.int32) for n in (4, 3, 3))
    replay._repeat(
        0, 0, np.empty(0, np.int32), *lists, np.empty(0, np.float32), state.memory.reshape(-1), tables, state, rec
    )


def _silence(simulated, state):
    """Leave the alarms of the PEs that are simulated only."""
    for band in range(state.n_alarms.shape[1]):
        cells = state.alarms[0, band, : state.n_alarms[0, band]]
        left = cells[simulated[cells]]
        state.alarms[0, band, : left.size] = left
        state.n_alarms[0, band] = left.size


def _repeat_all(like, chosen, found, parts, tables, state, rec, progress):
    """Have each row run the sums of the one that it is like, and take over its state."""
    n_words = found.shape[1]
    ranges = np.zeros((like.size, 4), np.int32)  # of runs, and of words that have changed
    runs, changed = [np.empty((0, 3), np.int32)], [np.empty((0, 3), np.int32)]
    for row, symbols, part in zip(chosen.tolist(), found, parts, strict=False):
        word = np.flatnonzero(symbols != np.arange(n_words)).astype(np.int32)
        for i, lists, new in (
            (0, runs, _runs(part.state.sums[: part.state.n_sums[0]])),
            (2, changed, _runs(np.stack([word, symbols[word]], axis=1))),
        ):
            ranges[row, i] = sum(map(len, lists))
            ranges[row, i + 1] = ranges[row, i] + len(new)
            lists.append(new)
    lists = ranges, np.concatenate(runs), np.concatenate(changed)
    most = n_words + max(int(part.state.n_sums[0]) for part in parts)

    def repeat(start, stop):
        pool = np.empty(most, np.float32)
        replay._repeat(start, stop, like, *lists, pool, state.memory.reshape(-1), tables, state, rec)

    rows_of_band = state.alarms.shape[2] // int(tables.step[2])
    rows = -(-_RANGE_ROWS // rows_of_band) * rows_of_band
    parallel_map(repeat, [(y, min(like.size, y + rows)) for y in range(0, like.size, rows)], progress)


def _runs(pairs):
    """Return first pairs and number of pairs of which both numbers follow each other, (n_runs, 3) int32."""
    first, second = (np.diff(column) != 1 for column in pairs.T)
    breaks = np.flatnonzero(first | second) + 1
    start = np.concatenate([np.zeros(min(1, len(pairs)), np.int64), breaks])
    n = np.diff(np.append(start, len(pairs)))
    return np.column_stack([pairs[start], n]).astype(np.int32)
