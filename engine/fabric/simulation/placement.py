"""Lays a program out for the kernel: operations as tables, PEs as records; what they mean is in core/layout.py."""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from engine.fabric.core import layout as L
from engine.fabric.core import log, placing, tape
from engine.fabric.core.isa import ADD, MULTIPLY, N_POSITIONS, NORTH, RECEIVE, SEND, SOUTH, STORE
from engine.fabric.core.log import Recorder
from engine.fabric.defects.faults import Faults
from engine.fabric.machine.program import Program
from engine.parallel import parallel_map

# What makes a run faster and changes nothing of what comes of it: wavelets that follow each other are moved together
# (core/trains.py), products of a CE are done together (core/products.py), what a steady state repeats is done over
# (periods.py), bands of rows are simulated one after the other (bands.py), and rows that are alike are simulated once
# (rows.py), for which bands are needed.
SHORTCUTS = ("trains", "products", "periods", "bands", "rows")

BAND_CELLS = 4096
RANGE_BANDS = 4  # that are laid out together
BLOCK_WORDS = 256  # of a train at most
SHORTEST_TRAIN = 4  # words
MOST_TRAIN_WORDS = 3 << 25  # of all trains
FEW_BLOCKS = 8  # of a band
LONGEST_WINDOW = 8  # cycles; a run can be cancelled between two windows
_NORTH_OR_SOUTH = np.uint32(sum((1 << NORTH | 1 << SOUTH) << (8 * position + 3) for position in range(N_POSITIONS)))
_COLOR_OF_BIT = np.zeros(37, np.int8)  # the powers of two below 2**36 differ modulo 37
for _color in range(24):
    _COLOR_OF_BIT[(1 << _color) % 37] = _color


def prepare(
    program,
    machine,
    faults: Faults | None = None,
    progress: Callable[[float], None] = lambda share: None,
    in_place: bool = False,
    shortcuts: Collection[str] = SHORTCUTS,
) -> tuple[L.Tables, L.State]:
    """Lay out a program for the kernel.

    Parameters
    ----------
    program : engine.fabric.machine.program.Program
        What to run.
    machine : engine.fabric.machine.constants.Machine
        Where.
    faults : engine.fabric.defects.faults.Faults, optional
        What is wrong there.
    progress : callable
        Called every few milliseconds with 0; what it raises ends the work.
    in_place : bool
        Whether the run works on the program's memory itself, rather than on a copy.
    shortcuts : collection of str
        Which of `SHORTCUTS` it may take.

    Returns
    -------
    tables : Tables
    state : State
        At cycle 0: all tasks have just started.
    """
    n_colors, n_pe = program.routes.shape
    first, ops = _operations(program, machine)
    ends = ends_of_steps(program, first)
    n_threads = first.shape[1]
    rows = max(1, BAND_CELLS // program.width) if "bands" in shortcuts else program.height
    n_bands = -(-program.height // rows)
    ranges = [
        (start, min(n_pe, start + RANGE_BANDS * rows * program.width))
        for start in range(0, n_pe, RANGE_BANDS * rows * program.width)
    ]
    pe = _aligned(n_pe, L.THREADS + L.THREAD_COLUMNS * n_threads)
    most = parallel_map(lambda start, stop: placing._count(start, stop, program.routes, pe), ranges, progress)
    n_links, n_ramps = np.max(most, axis=0).tolist()
    n_slots = int(pe[:n_pe, L.SLOT].sum())
    pe[:n_pe, L.SLOT] = np.cumsum(pe[:n_pe, L.SLOT]) - pe[:n_pe, L.SLOT]
    longest = 0 if faults is None else int(faults.extra[faults.extra < L.CUT].max(initial=0))
    link_words = L.ENTRY + 2 * (machine.queue_depth + machine.hop_latency * (1 + longest) - 1)
    words = L.QUEUES + n_links * link_words
    words += n_ramps * (L.ENTRY + 2 * (machine.queue_depth + machine.ramp_latency))
    slots = _aligned(n_slots, words)
    crossing = [color for color in range(n_colors) if (program.routes[color] & _NORTH_OR_SOUTH).any()]
    longest, per_band = _blocks(program, machine, n_bands, rows * program.width) if "trains" in shortcuts else (0, 1)
    crosses = any(op.does & SEND and op.send in crossing for kind in program.kinds for thread in kind for op in thread)
    tables = L.Tables(
        n_colors=n_colors,
        n_threads=n_threads,
        depth=machine.queue_depth,
        hop=machine.hop_latency,
        link_words=link_words,
        ramp=machine.ramp_latency,
        gap=machine.vector_gap,
        half=machine.half,
        pairs=program.pairs,
        stride=slots.shape[1],
        window=min(machine.vector_gap + machine.ramp_latency + 2, LONGEST_WINDOW),
        crossing=sum(1 << color for color in crossing),
        longest=longest,
        shortest=SHORTEST_TRAIN,
        products="products" in shortcuts,
        periods="periods" in shortcuts,
        symbols=0,
        step=np.array([-program.width, 1, program.width, -1], np.int32),
        color=_COLOR_OF_BIT,
        first=first,
        end=ends[0],
        op=ops,
    )
    # The first blocks of all bands lie together, so that no more memory is touched than is needed.
    few = min(per_band, FEW_BLOCKS)
    home = np.repeat(np.tile(np.arange(n_bands, dtype=np.int32), 2), np.repeat([few, per_band - few], n_bands))
    state = L.State(
        pe=pe,
        slots=slots.reshape(-1),
        values=slots.reshape(-1).view(np.float32),
        memory=program.memory if in_place else np.empty_like(program.memory),
        alarms=np.empty((L.WHEEL, n_bands, rows * program.width), np.int32),
        n_alarms=np.zeros((L.WHEEL, n_bands), np.int32),
        visits=np.empty(n_bands * rows * program.width, np.int32),
        trains=_aligned(n_pe * L.CE_WORDS // L.LINE + 1, L.LINE).reshape(-1),
        blocks=np.empty(n_bands * per_band * longest, np.float32),
        users=np.zeros(n_bands * per_band, np.int32),
        home=home,
        free=np.argsort(home, kind="stable").astype(np.int32).reshape(n_bands, per_band)[:, ::-1].copy(),
        n_free=np.full(n_bands, per_band, np.int32),
        sums=np.empty((0, 2), np.int32),
        n_sums=np.zeros(1, np.int64),
        tape=np.empty((0, tape.WIDTH), np.int32),
        n_tape=np.full(1, tape.OFF, np.int64),
        count=np.zeros(9, np.int64),
    )
    # Without a send that crosses, nothing says that the run, or a step of it, does not end within the window.
    state.count[L.CROSSING] = n_bands == 1 or not crosses or len(ends) > 1
    pe[:n_pe, L.FAULTS] = 0 if faults is None else faults.packed(machine.hop_latency)

    def lay(start, stop):
        if not in_place:
            state.memory[start:stop] = program.memory[start:stop]
        return placing._lay(start, stop, program.routes, program.kind, tables, state)

    state.count[L.UNFINISHED] = sum(parallel_map(lay, ranges, progress))
    return tables, state


def _blocks(program, machine, n_bands, n_cells):
    """Return the words of a block, 0 without trains, and the blocks of a band: for all of its PEs, if they are few.

    There are trains where a queue has room for a wavelet that comes while another leaves.
    """
    far = machine.ramp_latency + machine.vector_gap + machine.queue_depth
    sent = max((op.n for kind in program.kinds for thread in kind for op in thread if op.does & SEND), default=0)
    if machine.queue_depth < 2 or far >= L.WHEEL or sent < SHORTEST_TRAIN:
        return 0, 1
    words = min(sent, BLOCK_WORDS)
    return words, min(n_cells, MOST_TRAIN_WORDS // (n_bands * words)) + 1


def _operations(program, machine):
    """Return the first op of each thread of each kind of PE, and the rows of all ops."""
    n_threads = max(1, *(len(kind) for kind in program.kinds))
    first = np.zeros((len(program.kinds), n_threads), np.int32)
    ops = []
    distinct = {id(op): op for kind in program.kinds for thread in kind for op in thread}  # one stands in many kinds
    place = {key: i for i, key in enumerate(distinct)}
    rows = np.array([_columns(op, machine) for op in distinct.values()], np.int32).reshape(-1, L.OP_COLUMNS)
    for i, kind in enumerate(program.kinds):
        for k in range(n_threads):
            thread = kind[k] if k < len(kind) else ()
            first[i, k] = len(ops)
            ops.extend(place[id(op)] for op in thread)
    return first, rows[np.array(ops, np.intp)]


def ends_of_steps(program, first: NDArray[np.int32]) -> list[NDArray[np.int32]]:
    """Return, for each step of a program, one past the last op that a thread does until its end.

    Parameters
    ----------
    program : engine.fabric.machine.program.Program
        What is run.
    first : (n_kinds, n_threads) int32 array
        First op of each thread of each kind of PE.

    Returns
    -------
    list of (n_kinds, n_threads) int32 array
    """
    steps = sorted({op.step for kind in program.kinds for thread in kind for op in thread}) or [0]
    ends = np.repeat(first[None], len(steps), axis=0)
    for i, kind in enumerate(program.kinds):
        for k, thread in enumerate(kind):
            ends[:, i, k] += np.searchsorted([op.step for op in thread], steps, side="right")
    return list(ends)


def _columns(op, machine):
    does = (op.does, op.n, op.receive, op.send, op.period or op.n, op.advance, op.after, op.ring, op.shift)
    return (*does, op.first, *op.shape, *op.at, op.of, *_pace(op, machine))


def _pace(op, machine):
    """Return how many elements go in a cycle, and in runs of how many."""
    if not op.does & MULTIPLY or op.does & SEND:
        return 1, 1
    rows, _, columns = op.shape
    n_reads = 2 if op.does & ADD else 1  # a factor is kept for the whole run
    rate = machine.rate(n_reads, 1 if op.does & STORE else 0)
    return rate, rows if columns == 1 and not op.does & RECEIVE else columns


def _aligned(n, words):
    """Return n records of int32 that begin at cache lines."""
    words = -(-words // L.LINE) * L.LINE
    memory = np.empty(max(1, n) * words + L.LINE, np.int32)
    start = -(memory.ctypes.data // 4) % L.LINE
    return memory[start : start + max(1, n) * words].reshape(-1, words)


def recorder(record: str, program: Program, cells: NDArray[np.int32] | None = None) -> Recorder:
    """Return an empty recorder.

    Parameters
    ----------
    record : str
        A key of `MODES`.
    program : Program
        What will run.
    cells : (n_listed,) int32 array, optional
        The PEs whose wavelets "wavelets" lists, all by default.

    Returns
    -------
    Recorder
        With room for some thousand cycles.
    """
    mode = log.MODES[record]
    n_colors, n_pe = program.routes.shape
    watched, row = np.zeros(n_pe, np.bool_), np.full(n_pe, -1, np.int32)
    if mode:
        watched.reshape(program.height, program.width)[program.height // 2] = True
    if mode == log.WAVELETS:
        cells = np.arange(n_pe) if cells is None else cells
        watched[cells] = True
        row[cells] = np.arange(len(cells))
    reserve = int(watched.sum()) * (5 * n_colors + 6)
    room = 2 * reserve + 1
    return Recorder(
        mode=mode,
        reserve=reserve,
        watched=watched,
        row=row,
        cycles=np.zeros((4096, 3), np.int32),
        pause=log.PAUSE,
        cells=_cells(n_pe if mode else 1),
        spells=_aligned(n_pe if mode else 1, log.SPELLS + 2 * log.MOST_SPELLS),
        milestone=program.milestone,
        open_move=np.full((row.max() + 1) * n_colors * 6, -1, np.int32),
        moves=np.empty((room, 3), np.int32),
        log_move=np.empty(log.N_VALUES, np.int32),
        log_value=np.empty(log.N_VALUES, np.float32),
        open_work=np.full(n_pe, -1, np.int32),
        work=np.empty((room, 5), np.int32),
        stalls=np.empty((room, 3), np.int32),
        used=np.zeros(4, np.int64),
    )


def _cells(n):
    """Return what is recorded of PEs before anything has happened."""
    cells = np.zeros((n, 4), np.int32)
    cells[:, [log.ENDED, log.PASSED]] = log.NEVER
    return cells
