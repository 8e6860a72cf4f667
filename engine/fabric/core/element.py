"""The compute element (CE): what it does with wavelets and memory. Part of the kernel, see kernel.py."""

import numpy as np

from engine._jit import step
from engine.fabric.core.isa import MULTIPLY, RECEIVE, SEND
from engine.fabric.core.layout import (
    ADVANCE,
    AFTER,
    BLOCKED,
    CE,
    CE_BIT,
    CE_WORDS,
    COLUMNS,
    COUNT,
    DEST,
    DOES,
    ELEMENT,
    ENTRY,
    ERROR_CELL,
    ERROR_COLOR,
    FAULTS,
    FED,
    FROM,
    HEAD,
    HEARS,
    INDEX,
    KIND,
    LIVE,
    NO_ROUTE,
    NO_TRAIN,
    OF,
    OP,
    POPPED,
    RATE,
    READY,
    RUN,
    SENDS,
    SINCE,
    THREAD_COLUMNS,
    THREADS,
    TURN,
    WAITING,
    N,
)
from engine.fabric.core.log import record_move, record_stall
from engine.fabric.core.operation import count_elements, end_op, multiply, use
from engine.fabric.core.queues import FREE, FREE_NEXT, alarm, pop, push, room_in
from engine.fabric.core.trains_element import board, ride, turn_away


@step
def take(cell, queue, t, value, tables, state, rec):
    """Let the CE use a wavelet that reaches it in cycle `t`, now, if it is certain to do so then; return whether.

    That is so where its only thread does nothing but receive from this color and has nothing waiting. It saves the
    visit at `t`.
    """
    if tables.n_threads > 1 or state.pe[cell, FAULTS] or state.pe[cell, SINCE] != NO_TRAIN:
        return False
    if state.slots[queue + COUNT] > 0 or state.pe[cell, THREADS + HEARS] != queue:
        return False
    op = state.pe[cell, THREADS + OP] & INDEX
    if op >= tables.end[state.pe[cell, KIND], 0] or state.pe[cell, THREADS + READY] > t:
        return False
    does = tables.op[op, DOES]
    if does & (SEND | MULTIPLY) or not does & RECEIVE:
        return False
    i = state.pe[cell, THREADS + ELEMENT] & INDEX
    use(cell, op, i, value, tables, state)
    count_elements(cell, op, does, t, 1, t + 1, tables, state, rec)
    state.pe[cell, THREADS + ELEMENT] = i + 1
    if i + 1 == tables.op[op, N]:
        end_op(cell, 0, t + 1, tables, state, rec)
    return True


@step
def compute(cell, t, tables, state, rec):
    """Give a CE its turn in a cycle; return 0 or the code of an error."""
    error = 0
    if state.pe[cell, SINCE] < 0 or not ride(cell, t, tables, state, rec):
        error = _issue(cell, t, tables, state, rec)
    if state.pe[cell, SINCE] == WAITING:
        at = cell * CE_WORDS
        queue = state.trains[at + FED] & INDEX
        waits = state.slots[queue + COUNT] > 0 and state.slots[queue + ENTRY] >> 1 <= t
        if (waits or state.trains[at + HEAD] <= t) and state.slots[queue + POPPED] != t:
            turn_away(cell, t, tables, state)
        state.pe[cell, LIVE] |= CE_BIT
        alarm(state, cell, t + 1)
    return error


@step
def _issue(cell, t, tables, state, rec):
    """Issue one element of the thread served longest ago among those that can go; return 0 or the code of an error."""
    kind = state.pe[cell, KIND]
    tried = 0
    later = False
    held = False
    room = tables.depth + tables.ramp
    for _ in range(tables.n_threads):
        k = -1
        turn = 1 << 30
        for other in range(tables.n_threads):
            thread = (THREADS + THREAD_COLUMNS * other) & INDEX
            if not tried >> other & 1 and state.pe[cell, thread + OP] < tables.end[kind, other]:
                if state.pe[cell, thread + TURN] < turn:
                    turn = state.pe[cell, thread + TURN]
                    k = other
        if k < 0:
            break
        tried |= 1 << k
        thread = (THREADS + THREAD_COLUMNS * k) & INDEX
        if state.pe[cell, thread + READY] > t:
            later = True
            continue
        op = state.pe[cell, thread + OP] & INDEX
        of = tables.op[op, OF] & INDEX
        if state.pe[cell, (THREADS + THREAD_COLUMNS * of + OP) & INDEX] - tables.first[kind, of] < tables.op[op, AFTER]:
            continue
        does = tables.op[op, DOES]
        i = state.pe[cell, thread + ELEMENT] & INDEX
        n = tables.op[op, N]
        control = i == n
        receives = does & RECEIVE and not control
        if does & MULTIPLY and i % tables.op[op, COLUMNS]:
            receives = False  # it goes on with what it has heard
        heard = state.pe[cell, thread + HEARS] & INDEX
        value = np.float32(0)
        comes = False  # its wavelet is the first of a train
        if receives:
            if heard == 0:
                state.count[ERROR_CELL] = cell
                state.count[ERROR_COLOR] = tables.op[op, FROM]
                return NO_ROUTE
            if state.slots[heard + COUNT] == 0:
                if state.pe[cell, SINCE] != WAITING or state.trains[cell * CE_WORDS + HEAD] > t:
                    continue
                comes = state.trains[cell * CE_WORDS + FED] == heard
                if not comes:
                    continue
            elif state.slots[heard + ENTRY] >> 1 > t:
                later = True
                continue
        sent = state.pe[cell, thread + SENDS] & INDEX
        if does & SEND:
            if sent == 0:
                state.count[ERROR_CELL] = cell
                state.count[ERROR_COLOR] = tables.op[op, DEST]
                return NO_ROUTE
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
            value = state.values[heard + ENTRY + 1]
        until = t + (state.pe[cell, FAULTS] >> 20) + 1
        if receives and pop(state, heard, room, t):
            state.pe[cell, LIVE] |= 1 << tables.op[op, FROM]
            alarm(state, cell, t + 1)
        last = i
        if not control:
            value = use(cell, op, i, value, tables, state)
            rate = tables.op[op, RATE]
            if rate > 1:
                run = tables.op[op, RUN]
                last = min(i + rate, i - i % run + run) - 1
                for together in range(i + 1, last + 1):
                    multiply(cell, op, together, value, tables, state)
        if does & SEND:
            here = 1 << tables.op[op, DEST]
            push(state, sent, (until + tables.ramp) << 1 | control, value)
            state.pe[cell, LIVE] |= here
            alarm(state, cell, until + tables.ramp)
            record_move(rec, cell, here, CE, until, value, tables)
        if state.pe[cell, BLOCKED] >= 0:
            record_stall(state, rec, cell, state.pe[cell, BLOCKED], t)
            state.pe[cell, BLOCKED] = -1
        count_elements(cell, op, does, t, 1, until, tables, state, rec)
        state.pe[cell, thread + TURN] = t
        state.pe[cell, thread + ELEMENT] = last + 1
        if last + 1 == n + tables.op[op, ADVANCE]:
            end_op(cell, k, until, tables, state, rec)
        if until > t + 1:
            for other in range(tables.n_threads):
                ready = (THREADS + THREAD_COLUMNS * other + READY) & INDEX
                state.pe[cell, ready] = max(state.pe[cell, ready], until)
        state.pe[cell, LIVE] |= CE_BIT
        alarm(state, cell, until)
        return 0
    if held and state.pe[cell, BLOCKED] < 0:
        state.pe[cell, BLOCKED] = t
    if not later:
        state.pe[cell, LIVE] &= ~CE_BIT
    return 0
