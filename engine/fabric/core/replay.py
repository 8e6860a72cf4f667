"""Has rows do what another row did. Part of the kernel, see simulation/rows.py."""

from engine._jit import lean_kernel, popcount
from engine.fabric.core.layout import (
    ALARMED,
    CE,
    COLORS,
    COUNT,
    ELEMENT,
    FED,
    INDEX,
    INPUT,
    KIND,
    LIVE,
    NO_TRAIN,
    NOW,
    OP,
    POPPED,
    READY,
    RUNS,
    SERVED,
    SINCE,
    THREAD_COLUMNS,
    THREADS,
    TRAIN,
    TURN,
    WHEEL,
    T,
    aim,
    queue_of,
    slot_of,
)
from engine.fabric.core.operation import half
from engine.fabric.core.queues import alarm


@lean_kernel
def _is_quiet(start, stop, tables, state):
    """Return whether no wavelet is under way in some PEs."""
    for cell in range(start, stop):
        if state.pe[cell, RUNS] or state.pe[cell, SINCE] != NO_TRAIN:
            return False
        colors = state.pe[cell, COLORS]
        while colors:
            slot = slot_of(cell, colors & -colors, tables, state)
            colors &= colors - 1
            if state.slots[slot + TRAIN + FED]:
                return False
            for port in range(CE + 1):
                queue = queue_of(slot, port, tables, state)
                if queue and state.slots[queue + COUNT]:
                    return False
    return True


@lean_kernel
def _repeat(start, stop, like, ranges, runs, changed, pool, memory, tables, state, rec):
    """Have some rows do what the row did that each is like; `pool` has room for the number of every symbol."""
    width = tables.step[2]
    n_words = width * state.memory.shape[1]
    for y in range(start, stop):
        row = like[y]
        if row < 0:
            continue
        words = (y * n_words) & INDEX
        for i in range(n_words):
            pool[i] = memory[words + i]
        to = n_words & INDEX
        for i in range(ranges[row, 0], ranges[row, 1]):
            a = runs[i, 0] & INDEX
            b = runs[i, 1] & INDEX
            n = runs[i, 2]
            if tables.half:
                for j in range(n):
                    pool[to + j] = half(pool[a + j] + pool[b + j])
            else:
                for j in range(n):
                    pool[to + j] = pool[a + j] + pool[b + j]
            to = (to + n) & INDEX
        for i in range(ranges[row, 2], ranges[row, 3]):
            word = words + (changed[i, 0] & INDEX)
            a = changed[i, 1] & INDEX
            for j in range(changed[i, 2]):
                memory[word + j] = pool[a + j]
        if row != y:
            for x in range(width):
                _copy(y * width + x, row * width + x, tables, state)
                if rec.mode:
                    for column in range(rec.cells.shape[1]):
                        rec.cells[y * width + x, column] = rec.cells[row * width + x, column]


@lean_kernel
def _copy(cell, source, tables, state):
    """Take over the state of another PE in which no wavelet is under way."""
    t = state.count[T]
    kind = state.pe[cell, KIND]
    like = state.pe[source, KIND]
    state.pe[cell, LIVE] = state.pe[source, LIVE]
    state.pe[cell, ALARMED] = 0
    for ahead in range(WHEEL):
        if state.pe[source, ALARMED] >> ((t + ahead) & (WHEEL - 1)) & 1:
            alarm(state, cell, t + ahead)
    for k in range(tables.n_threads):
        thread = THREADS + THREAD_COLUMNS * k
        op = state.pe[source, thread + OP] - tables.first[like, k] + tables.first[kind, k]
        state.pe[cell, thread + OP] = op
        state.pe[cell, thread + ELEMENT] = state.pe[source, thread + ELEMENT]
        state.pe[cell, thread + READY] = state.pe[source, thread + READY]
        state.pe[cell, thread + TURN] = state.pe[source, thread + TURN]
        if op < tables.end[kind, k]:
            aim(cell, thread, tables, state)
    colors = state.pe[cell, COLORS] & ~tables.crossing
    while colors:
        here = colors & -colors
        colors ^= here
        slot = slot_of(cell, here, tables, state)
        other = slot_of(source, here, tables, state)
        state.slots[slot + NOW] = state.slots[other + NOW]
        state.slots[slot + SERVED] = state.slots[other + SERVED]
        if state.slots[other + INPUT]:
            state.slots[slot + INPUT] = state.slots[other + INPUT] - other + slot
        ports = state.slots[other + NOW] >> 10
        while ports:
            queue = queue_of(other, popcount((ports & -ports) - 1), tables, state)
            ports &= ports - 1
            state.slots[queue - other + slot + POPPED] = state.slots[queue + POPPED]
