"""Where the kernel keeps what: records of 32-bit words, so that what happens at a PE touches few cache lines.

A PE has one row of `State.pe`: its columns, then a group of columns for each thread.

A slot is what a router keeps for one color that it routes: a header, then one queue for each port that has one. The
slots of a PE lie side by side in the order of their colors. A queue is named by the index of its first word in
`State.slots`; 0 is no queue, because a header comes first.

A set of colors is a mask, one bit a color.

Wavelets that follow each other one a cycle form a train. While a train runs through a router or a compute element,
nothing is done there: what has moved follows from the cycles in which it began and ended. trains.py has the rules. The
values of a train lie in a block, from which each is taken by the cycle in which it can be used.

The rows of the rectangle are divided into bands, each small enough for the cache of a core. As long as nothing can
cross from one band to another, the kernel takes a band through several cycles before it turns to the next.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine._jit import popcount, step
from engine.fabric.core.isa import CE, RAMP

CUT = 31  # instead of the extra hops of a link: it is dead

# Columns of a row of `State.pe`.
LIVE = 0  # colors that are worth a look, and CE_BIT
ALARMED = 1  # for which entries of the wheel of alarms the PE is set
BLOCKED = 2  # cycle since which the CE is held by its output, or -1
KIND = 3
COLORS = 4  # colors that have a slot
SLOT = 5  # its first slot
BAND = 6
FAULTS = 7  # what is wrong with it, packed as in defects/faults.py
RUNS = 8  # colors of which a train runs through the router
SINCE = 9  # cycle in which a train began to run through the CE, or one of the next two
THREADS = 10  # first column of thread 0
NO_TRAIN, WAITING = -1, -2  # WAITING: a train comes to the CE, which may still stop it
# Columns of a thread, from the column on at which it starts.
# READY: from which cycle on it may issue; TURN: when it was served last; the queues it receives from and sends into.
OP, ELEMENT, READY, TURN, RECEIVES, SENDS = range(6)
THREAD_COLUMNS = 6
CE_BIT = 1 << 30

# Words of a slot.
NOW = 0  # position in force: input | outputs << 3 | position << 8 | ports with queues << 10
SERVED = 1  # cycle of the last move
INPUT = 2  # queue of the input in force
UP = 3  # queue from the router to the CE
TO = 4  # to 7: queue at the other end of each link, negative where wavelets of the color may collide
CODE = 8  # route code, see isa.py
TRAIN = 9  # train that feeds the queue in force
QUEUES = 15

# Words of a train that feeds a queue of a router, or that of a CE.
FED = 0  # the queue, 0 where there is no train
HEAD = 1  # cycle from which the first wavelet of it can be used that has not left it
UNTIL = 2  # cycle from which on none comes, FOREVER as long as it is not known
OFFSET = 3  # what is added to the cycle from which a wavelet can be used, to find its value
BLOCK = 4  # with its values
LIMIT = 5  # cycle before which it runs through here at most
FOREVER = (1 << 31) - 1
THREAD = 6  # in the train of a CE: the thread that it runs through
CE_WORDS = 8

# Words of a queue.
COUNT = 0
POPPED = 1  # cycle of the last removal
ENTRY = 2  # of the first wavelet: the cycle from which it can be used, times 2, plus 1 for control; then its value

# Columns of `Tables.op`.
DOES, N, FROM, DEST, PERIOD, ADVANCE, AFTER, RING, SHIFT, FIRST, ROWS, INNER, COLUMNS, A, B, C, OF, RATE, RUN = range(
    19
)
OP_COLUMNS = 19  # RATE: elements in a cycle; RUN: elements that may go together, after which the next ones begin

# Entries of `State.count`.
T, UNFINISHED, STALLED, END, ERROR_CELL, ERROR_COLOR, VISITS, CROSSING, DETOUR = range(9)
# CROSSING: whether bands talk; DETOUR: hops beyond the first that wavelets took over long links.

# How a call of the kernel ends; FULL: the recorder needs more room.
RUNNING, DONE, DEADLOCK, COLLISION, NO_ROUTE, FULL = range(6)

WHEEL = 32  # cycles that an alarm can lie ahead; what is set for a PE in one cycle is one bit
NEVER = -(1 << 30)
INDEX = (1 << 31) - 1  # an index masked with it is not negative: Numba leaves out the code to count from the end
LINE = 16  # words of a cache line


class Tables(NamedTuple):
    """What does not change during a run."""

    n_colors: int
    n_threads: int
    depth: int  # wavelets that wait in a queue, beside those that are on their way to it
    hop: int  # cycles of a hop over a link
    link_words: int  # of a queue behind a link
    ramp: int
    gap: int
    half: bool  # whether sums and products are rounded to fp16
    pairs: bool  # whether a wavelet carries two numbers of fp16
    stride: int  # words of a slot
    window: int  # cycles for which bands can do without each other, from an operation that ends to what it sets off
    crossing: int  # colors that lead north or south anywhere
    longest: int  # words of a train at most, of a block; 0 where there are no trains
    shortest: int  # words of a train at least
    products: bool  # whether products of a CE are done together
    periods: bool  # whether the periods of a steady state are skipped
    symbols: int  # words of a row where the numbers are symbols, see simulation/rows.py; 0 where they are numbers
    step: NDArray[np.int32]  # (4,) difference in cell number to the neighbour at each link
    color: NDArray[np.int8]  # (37,) color of a bit, by the bit modulo 37
    first: NDArray[np.int32]  # (n_kinds, n_threads) first op of each thread
    end: NDArray[np.int32]  # (n_kinds, n_threads) one past its last op
    op: NDArray[np.int32]  # (n_ops, OP_COLUMNS)


class State(NamedTuple):
    """What changes during a run; overwritten by the kernel."""

    pe: NDArray[np.int32]  # (n_pe, columns)
    slots: NDArray[np.int32]  # (n_slots * stride,)
    values: NDArray[np.float32]  # the same memory, for the values of wavelets
    memory: NDArray[np.float32]  # (n_pe, n_words)
    alarms: NDArray[np.int32]  # (WHEEL, n_bands, cells of a band) PEs to visit, by cycle modulo WHEEL
    n_alarms: NDArray[np.int32]  # (WHEEL, n_bands)
    visits: NDArray[np.int32]  # (n_bands * cells of a band,) PEs visited in a cycle, those of each band in its part
    trains: NDArray[np.int32]  # (n_pe * CE_WORDS,) trains of the CEs
    blocks: NDArray[np.float32]  # (n_blocks * longest,) values of trains
    users: NDArray[np.int32]  # (n_blocks,) trains with a value in each block
    home: NDArray[np.int32]  # (n_blocks,) band of each block
    free: NDArray[np.int32]  # (n_bands, blocks of a band) blocks that can be taken by a band
    n_free: NDArray[np.int32]  # (n_bands,)
    sums: NDArray[np.int32]  # (n_sums, 2) the symbols that are added, where the numbers are symbols
    n_sums: NDArray[np.int64]  # (1,) of them so far
    tape: NDArray[np.int32]  # (n, 6) steps of a period, see tape.py
    n_tape: NDArray[np.int64]  # (1,) of them so far; or OFF, or TORN
    count: NDArray[np.int64]  # (9,)


@step
def queue_of(slot, port, tables, state):
    """Return the queue of a port in a slot, by the index of the slot's first word; 0 where it has none."""
    return queue_among(state.slots[slot + NOW] >> 10, slot, port, tables)


@step
def queue_among(ports, slot, port, tables):
    """Return the queue of a port in a slot in which some ports have one; 0 where it has none."""
    if not ports >> port & 1:
        return np.int64(0)
    links = popcount(ports & ((1 << min(port, RAMP)) - 1))
    ramps = 1 if port == CE and ports >> RAMP & 1 else 0
    ramp_words = ENTRY + 2 * (tables.depth + tables.ramp)
    return slot + QUEUES + links * tables.link_words + ramps * ramp_words


@step
def extra_of(faults, port):
    """Return the hops beyond the first of a link, or CUT, from what is wrong with a PE."""
    return (faults >> (5 * port)) & CUT


@step
def cycles_of(faults, port, tables):
    """Return how many cycles a wavelet takes over a link, from what is wrong with a PE."""
    return tables.hop * (1 + extra_of(faults, port))


@step
def room_behind(faults, port, tables):
    """Return how many wavelets the queue behind a link holds, with those that are on their way."""
    return tables.depth + cycles_of(faults, port, tables) - 1


@step
def slot_of(cell, here, tables, state):
    """Return the index of the first word of the slot of a color, given as a bit, that has one."""
    colors = state.pe[cell, COLORS]
    return (state.pe[cell, SLOT] + popcount(colors & (here - 1))) * np.int64(tables.stride) & INDEX


@step
def aim(cell, thread, tables, state):
    """Look up the queues of the operation that a thread is at, and whether it sends to another band."""
    op = state.pe[cell, thread + OP] & INDEX
    color = tables.op[op, FROM]
    receives = np.int64(0)
    if color >= 0 and state.pe[cell, COLORS] >> color & 1:
        receives = np.int64(state.slots[slot_of(cell, 1 << color, tables, state) + UP])
    state.pe[cell, thread + RECEIVES] = receives
    color = tables.op[op, DEST]
    sends = np.int64(0)
    if color >= 0 and state.pe[cell, COLORS] >> color & 1:
        sends = queue_of(slot_of(cell, 1 << color, tables, state), RAMP, tables, state)
        if tables.crossing >> color & 1:
            state.count[CROSSING] = 1
    state.pe[cell, thread + SENDS] = sends
