"""Has rows do what another row did. Part of the kernel, see simulation/rows.py."""

from engine._jit import lean_kernel, popcount
from engine.fabric.core import layout as L
from engine.fabric.core.isa import CE
from engine.fabric.core.operation import half
from engine.fabric.core.queues import alarm


@lean_kernel
def _is_quiet(start, stop, tables, state):
    """Return whether no wavelet is under way in some PEs."""
    for cell in range(start, stop):
        if state.pe[cell, L.RUNS] or state.pe[cell, L.SINCE] != L.NO_TRAIN:
            return False
        colors = state.pe[cell, L.COLORS]
        while colors:
            slot = L.slot_of(cell, colors & -colors, tables, state)
            colors &= colors - 1
            if state.slots[slot + L.TRAIN + L.FED]:
                return False
            for port in range(CE + 1):
                queue = L.queue_of(slot, port, tables, state)
                if queue and state.slots[queue + L.COUNT]:
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
        words = (y * n_words) & L.INDEX
        for i in range(n_words):
            pool[i] = memory[words + i]
        to = n_words & L.INDEX
        for i in range(ranges[row, 0], ranges[row, 1]):
            a = runs[i, 0] & L.INDEX
            b = runs[i, 1] & L.INDEX
            n = runs[i, 2]
            if tables.half:
                for j in range(n):
                    pool[to + j] = half(pool[a + j] + pool[b + j])
            else:
                for j in range(n):
                    pool[to + j] = pool[a + j] + pool[b + j]
            to = (to + n) & L.INDEX
        for i in range(ranges[row, 2], ranges[row, 3]):
            word = words + (changed[i, 0] & L.INDEX)
            a = changed[i, 1] & L.INDEX
            for j in range(changed[i, 2]):
                memory[word + j] = pool[a + j]
        if row != y:
            for x in range(width):
                _copy(y * width + x, row * width + x, tables, state)
                if rec.mode:
                    for column in range(rec.cells.shape[1]):
                        rec.cells[y * width + x, column] = rec.cells[row * width + x, column]
                    for column in range(rec.spells.shape[1]):
                        rec.spells[y * width + x, column] = rec.spells[row * width + x, column]


@lean_kernel
def _copy(cell, source, tables, state):
    """Take over the state of another PE in which no wavelet is under way."""
    t = state.count[L.T]
    kind = state.pe[cell, L.KIND]
    like = state.pe[source, L.KIND]
    state.pe[cell, L.LIVE] = state.pe[source, L.LIVE]
    state.pe[cell, L.ALARMED] = 0
    for ahead in range(L.WHEEL):
        if state.pe[source, L.ALARMED] >> ((t + ahead) & (L.WHEEL - 1)) & 1:
            alarm(state, cell, t + ahead)
    for k in range(tables.n_threads):
        thread = L.THREADS + L.THREAD_COLUMNS * k
        op = state.pe[source, thread + L.OP] - tables.first[like, k] + tables.first[kind, k]
        state.pe[cell, thread + L.OP] = op
        state.pe[cell, thread + L.ELEMENT] = state.pe[source, thread + L.ELEMENT]
        state.pe[cell, thread + L.READY] = state.pe[source, thread + L.READY]
        state.pe[cell, thread + L.TURN] = state.pe[source, thread + L.TURN]
        if op < tables.end[kind, k]:
            L.aim(cell, thread, tables, state)
    colors = state.pe[cell, L.COLORS] & ~tables.crossing
    while colors:
        here = colors & -colors
        colors ^= here
        slot = L.slot_of(cell, here, tables, state)
        other = L.slot_of(source, here, tables, state)
        state.slots[slot + L.NOW] = state.slots[other + L.NOW]
        state.slots[slot + L.SERVED] = state.slots[other + L.SERVED]
        if state.slots[other + L.INPUT]:
            state.slots[slot + L.INPUT] = state.slots[other + L.INPUT] - other + slot
        ports = state.slots[other + L.NOW] >> 10
        while ports:
            queue = L.queue_of(other, popcount((ports & -ports) - 1), tables, state)
            ports &= ports - 1
            state.slots[queue - other + slot + L.POPPED] = state.slots[queue + L.POPPED]
