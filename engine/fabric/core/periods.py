"""Periods: where the fabric is in a steady state, what one period of it moves is done many times. A shortcut.

When a wavelet moves does not depend on the number that it carries. So if all that decides it is, after a few cycles, as
it was before, but for times that are later by as much and operations that are some elements further on, the same
happens again and again until an operation comes to its end or to the end of its memory. What happens in one such period
is written down (tape.py), and done over with the numbers that are due: nothing is decided, and no PE is visited.

A time may also be what it was before, where it is so long past that it is earlier than all that are compared with it.
"""

from engine._jit import lean_kernel, step
from engine.fabric.core import layout as L
from engine.fabric.core import log
from engine.fabric.core.isa import CE, MULTIPLY
from engine.fabric.core.operation import room_for, use
from engine.fabric.core.tape import ELEMENT, ENTER, HOPS, KEEP, LEAVE, OFF, USE


@step
def _later(now, before, t, period, unit):
    """Return whether a time is later by a period, or too long past to matter; it is told in `unit` to a cycle."""
    return now == before + unit * period or (now == before and before < unit * (t - 2 * period))


@lean_kernel
def _periods(period, tables, state, pe, slots):
    """Return how many more times the last `period` cycles will repeat for certain; 0 where they are no period.

    `pe` and `slots` are those of the state before them.
    """
    t = state.count[L.T]
    n_bits = L.WHEEL
    whole = (1 << n_bits) - 1
    most = 1 << 30
    moves = False
    for cell in range(pe.shape[0]):
        alarms = pe[cell, L.ALARMED] & whole
        if (alarms << period | alarms >> (n_bits - period)) & whole != state.pe[cell, L.ALARMED] & whole:
            return 0
        if state.pe[cell, L.LIVE] != pe[cell, L.LIVE] or state.pe[cell, L.RUNS] != 0 or pe[cell, L.RUNS] != 0:
            return 0
        if state.pe[cell, L.SINCE] != L.NO_TRAIN or pe[cell, L.SINCE] != L.NO_TRAIN:
            return 0
        if not _later(state.pe[cell, L.BLOCKED], pe[cell, L.BLOCKED], t, period, 1):
            return 0
        for k in range(tables.n_threads):
            thread = L.THREADS + L.THREAD_COLUMNS * k
            if state.pe[cell, thread + L.OP] != pe[cell, thread + L.OP]:
                return 0
            for column in (L.READY, L.TURN):
                if not _later(state.pe[cell, thread + column], pe[cell, thread + column], t, period, 1):
                    return 0
            i = state.pe[cell, thread + L.ELEMENT]
            step_by = i - pe[cell, thread + L.ELEMENT]
            if step_by:
                op = state.pe[cell, thread + L.OP] & L.INDEX
                if tables.op[op, L.DOES] & MULTIPLY:
                    return 0
                moves = True
                most = min(most, (room_for(op, i, tables) - 1) // step_by)
        if not _queues_alike(cell, t, period, tables, state, slots):
            return 0
    return most if moves else 0


@step
def _queues_alike(cell, t, period, tables, state, slots):
    """Return whether the slots of a PE are as they were, a period later."""
    colors = state.pe[cell, L.COLORS]
    while colors:
        here = colors & -colors
        colors ^= here
        slot = L.slot_of(cell, here, tables, state)
        if state.slots[slot + L.NOW] != slots[slot + L.NOW]:
            return False
        if state.slots[slot + L.TRAIN + L.FED] or slots[slot + L.TRAIN + L.FED]:
            return False
        if not _later(state.slots[slot + L.SERVED], slots[slot + L.SERVED], t, period, 1):
            return False
        for port in range(CE + 1):
            queue = L.queue_of(slot, port, tables, state)
            if queue:
                if state.slots[queue + L.COUNT] != slots[queue + L.COUNT]:
                    return False
                if not _later(state.slots[queue + L.POPPED], slots[queue + L.POPPED], t, period, 1):
                    return False
                for i in range(state.slots[queue + L.COUNT]):
                    entry = queue + L.ENTRY + 2 * i
                    if not _later(state.slots[entry], slots[entry], t, period, 2):
                        return False
    return True


@lean_kernel
def _repeat(n, period, tables, state, rec, pe, slots):
    """Do over what is on the tape `n` times, and put the state as many periods later; the rest as of `_periods`."""
    rows = state.n_tape[0]
    state.n_tape[0] = OFF
    for row in range(rows):
        if state.tape[row, 0] in (KEEP, USE):  # by how many elements it is further on in each period
            cell = state.tape[row, 1]
            for k in range(tables.n_threads):
                thread = L.THREADS + L.THREAD_COLUMNS * k
                if state.pe[cell, thread + L.OP] == state.tape[row, 2]:
                    state.tape[row, 4] = state.pe[cell, thread + L.ELEMENT] - pe[cell, thread + L.ELEMENT]
    for j in range(1, n + 1):
        _play(rows, j, j * period, tables, state, rec)
    later = n * period
    for cell in range(pe.shape[0]):
        if state.pe[cell, L.BLOCKED] != pe[cell, L.BLOCKED]:
            state.pe[cell, L.BLOCKED] += later
        for k in range(tables.n_threads):
            thread = L.THREADS + L.THREAD_COLUMNS * k
            for column in (L.READY, L.TURN):
                if state.pe[cell, thread + column] != pe[cell, thread + column]:
                    state.pe[cell, thread + column] += later
            i = thread + L.ELEMENT
            state.pe[cell, i] += n * (state.pe[cell, i] - pe[cell, i])
        colors = state.pe[cell, L.COLORS]
        while colors:
            here = colors & -colors
            colors ^= here
            slot = L.slot_of(cell, here, tables, state)
            if state.slots[slot + L.SERVED] != slots[slot + L.SERVED]:
                state.slots[slot + L.SERVED] += later
            for port in range(CE + 1):
                queue = L.queue_of(slot, port, tables, state)
                if queue:
                    if state.slots[queue + L.POPPED] != slots[queue + L.POPPED]:
                        state.slots[queue + L.POPPED] += later
                    for i in range(state.slots[queue + L.COUNT]):
                        entry = queue + L.ENTRY + 2 * i
                        if state.slots[entry] != slots[entry]:
                            state.slots[entry] += 2 * later
    state.count[L.T] += later


@step
def _play(rows, j, later, tables, state, rec):
    """Do over what is on the tape, as in period `j` after that which it was written in."""
    tape, values = state.tape, state.values
    hand = values[0] * 0
    for row in range(rows):
        what, a, b, c = tape[row, 0], tape[row, 1] & L.INDEX, tape[row, 2] & L.INDEX, tape[row, 3]
        if what == LEAVE:
            first = a + L.ENTRY + 1
            hand = values[first]
            for i in range(1, b):
                values[first + 2 * i - 2] = values[first + 2 * i]
        elif what == ENTER:
            values[a] = hand
        elif what == USE:
            hand = use(a, b, c + j * tape[row, 4], hand, tables, state)
        elif what == KEEP:
            use(a, b, c + j * tape[row, 4], hand, tables, state)
        elif what == HOPS:
            log.hops(rec, a, b + later, b + later + 1)
            state.count[L.DETOUR] += c
            if tape[row, 4] >= 0:
                log.passed(rec, tape[row, 4] & L.INDEX, b + later, b + later + 1)
        elif what == ELEMENT:
            log.elements(rec, a, b, c, tape[row, 4] + later, 1, tape[row, 5] + later)
        else:
            log.stall(state, rec, a, b + later, c + later)
