"""The compute element (CE): what it does with wavelets and memory. Part of the kernel, see kernel.py."""

import numpy as np

from engine._jit import step
from engine.fabric.core import layout as L
from engine.fabric.core import log
from engine.fabric.core.isa import CE, MULTIPLY, RECEIVE, SEND
from engine.fabric.core.operation import count_elements, end_op, multiply, use
from engine.fabric.core.queues import FREE, FREE_NEXT, alarm, pop, push, room_in
from engine.fabric.core.trains_element import board, ride, turn_away


@step
def take(cell, queue, t, value, tables, state, rec):
    """Let the CE use a wavelet that reaches it in cycle `t`, now, if it is certain to do so then; return whether.

    That is so where its only thread does nothing but receive from this color and has nothing waiting. It saves the
    visit at `t`.
    """
    if tables.n_threads > 1 or state.pe[cell, L.FAULTS] or state.pe[cell, L.SINCE] != L.NO_TRAIN:
        return False
    if state.slots[queue + L.COUNT] > 0 or state.pe[cell, L.THREADS + L.HEARS] != queue:
        return False
    op = state.pe[cell, L.THREADS + L.OP] & L.INDEX
    if op >= tables.end[state.pe[cell, L.KIND], 0] or state.pe[cell, L.THREADS + L.READY] > t:
        return False
    does = tables.op[op, L.DOES]
    if does & (SEND | MULTIPLY) or not does & RECEIVE:
        return False
    i = state.pe[cell, L.THREADS + L.ELEMENT] & L.INDEX
    use(cell, op, i, value, tables, state)
    count_elements(cell, op, does, t, 1, t + 1, tables, state, rec)
    state.pe[cell, L.THREADS + L.ELEMENT] = i + 1
    if i + 1 == tables.op[op, L.N]:
        end_op(cell, 0, t + 1, tables, state, rec)
    return True


@step
def compute(cell, t, tables, state, rec):
    """Give a CE its turn in a cycle; return 0 or the code of an error."""
    error = 0
    if state.pe[cell, L.SINCE] < 0 or not ride(cell, t, tables, state, rec):
        error = _issue(cell, t, tables, state, rec)
    if state.pe[cell, L.SINCE] == L.WAITING:
        at = cell * L.CE_WORDS
        queue = state.trains[at + L.FED] & L.INDEX
        waits = state.slots[queue + L.COUNT] > 0 and state.slots[queue + L.ENTRY] >> 1 <= t
        if (waits or state.trains[at + L.HEAD] <= t) and state.slots[queue + L.POPPED] != t:
            turn_away(cell, t, tables, state)
        state.pe[cell, L.LIVE] |= L.CE_BIT
        alarm(state, cell, t + 1)
    return error


@step
def _issue(cell, t, tables, state, rec):
    """Issue one element of the thread served longest ago among those that can go; return 0 or the code of an error."""
    kind = state.pe[cell, L.KIND]
    tried = 0
    later = False
    held = False
    room = tables.depth + tables.ramp
    for _ in range(tables.n_threads):
        k = -1
        turn = 1 << 30
        for other in range(tables.n_threads):
            thread = (L.THREADS + L.THREAD_COLUMNS * other) & L.INDEX
            if not tried >> other & 1 and state.pe[cell, thread + L.OP] < tables.end[kind, other]:
                if state.pe[cell, thread + L.TURN] < turn:
                    turn = state.pe[cell, thread + L.TURN]
                    k = other
        if k < 0:
            break
        tried |= 1 << k
        thread = (L.THREADS + L.THREAD_COLUMNS * k) & L.INDEX
        if state.pe[cell, thread + L.READY] > t:
            later = True
            continue
        op = state.pe[cell, thread + L.OP] & L.INDEX
        of = tables.op[op, L.OF] & L.INDEX
        done = state.pe[cell, (L.THREADS + L.THREAD_COLUMNS * of + L.OP) & L.INDEX] - tables.first[kind, of]
        if done < tables.op[op, L.AFTER]:
            continue
        does = tables.op[op, L.DOES]
        i = state.pe[cell, thread + L.ELEMENT] & L.INDEX
        n = tables.op[op, L.N]
        control = i == n
        receives = does & RECEIVE and not control
        if does & MULTIPLY and i % tables.op[op, L.COLUMNS]:
            receives = False  # it goes on with what it has heard
        heard = state.pe[cell, thread + L.HEARS] & L.INDEX
        value = np.float32(0)
        comes = False  # its wavelet is the first of a train
        if receives:
            if heard == 0:
                state.count[L.ERROR_CELL] = cell
                state.count[L.ERROR_COLOR] = tables.op[op, L.FROM]
                return L.NO_ROUTE
            if state.slots[heard + L.COUNT] == 0:
                if state.pe[cell, L.SINCE] != L.WAITING or state.trains[cell * L.CE_WORDS + L.HEAD] > t:
                    continue
                comes = state.trains[cell * L.CE_WORDS + L.FED] == heard
                if not comes:
                    continue
            elif state.slots[heard + L.ENTRY] >> 1 > t:
                later = True
                continue
        sent = state.pe[cell, thread + L.SENDS] & L.INDEX
        if does & SEND:
            if sent == 0:
                state.count[L.ERROR_CELL] = cell
                state.count[L.ERROR_COLOR] = tables.op[op, L.DEST]
                return L.NO_ROUTE
            status = room_in(state, sent, room, t)
            if status != FREE:
                held = True
                if status == FREE_NEXT:
                    later = True
                    alarm(state, cell, t + 1)
                continue

        if not control and board(cell, thread, op, i, comes, sent, t, tables, state, rec):
            return 0
        if comes:
            turn_away(cell, t, tables, state)
        if receives:
            value = state.values[heard + L.ENTRY + 1]
        until = t + (state.pe[cell, L.FAULTS] >> 20) + 1
        if receives and pop(state, heard, room, t):
            state.pe[cell, L.LIVE] |= 1 << tables.op[op, L.FROM]
            alarm(state, cell, t + 1)
        last = i
        if not control:
            value = use(cell, op, i, value, tables, state)
            rate = tables.op[op, L.RATE]
            if rate > 1:
                run = tables.op[op, L.RUN]
                last = min(i + rate, i - i % run + run) - 1
                for together in range(i + 1, last + 1):
                    multiply(cell, op, together, value, tables, state)
        if does & SEND:
            here = 1 << tables.op[op, L.DEST]
            push(state, sent, (until + tables.ramp) << 1 | control, value)
            state.pe[cell, L.LIVE] |= here
            alarm(state, cell, until + tables.ramp)
            log.move(rec, cell, here, CE, until, value, tables)
        if state.pe[cell, L.BLOCKED] >= 0:
            log.stall(state, rec, cell, state.pe[cell, L.BLOCKED], t)
            state.pe[cell, L.BLOCKED] = -1
        count_elements(cell, op, does, t, 1, until, tables, state, rec)
        state.pe[cell, thread + L.TURN] = t
        state.pe[cell, thread + L.ELEMENT] = last + 1
        if last + 1 == n + tables.op[op, L.ADVANCE]:
            end_op(cell, k, until, tables, state, rec)
        if until > t + 1:
            for other in range(tables.n_threads):
                ready = (L.THREADS + L.THREAD_COLUMNS * other + L.READY) & L.INDEX
                state.pe[cell, ready] = max(state.pe[cell, ready], until)
        state.pe[cell, L.LIVE] |= L.CE_BIT
        alarm(state, cell, until)
        return 0
    if held and state.pe[cell, L.BLOCKED] < 0:
        state.pe[cell, L.BLOCKED] = t
    if not later:
        state.pe[cell, L.LIVE] &= ~L.CE_BIT
    return 0
