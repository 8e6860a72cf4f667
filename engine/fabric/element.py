"""The compute element (CE): what it does with wavelets and memory. Part of the kernel, see kernel.py."""

import numpy as np

from engine._jit import step
from engine.fabric.layout import (
    ADVANCE,
    AFTER,
    BLOCKED,
    CE,
    CE_BIT,
    COUNT,
    DEST,
    DOES,
    ELEMENT,
    END,
    ENTRY,
    ERROR_CELL,
    ERROR_COLOR,
    FROM,
    HEARS,
    INDEX,
    KIND,
    LIVE,
    NO_ROUTE,
    OP,
    PERIOD,
    READY,
    RING,
    SENDS,
    SHIFT,
    THREAD_COLUMNS,
    THREADS,
    TURN,
    UNFINISHED,
    N,
    aim,
)
from engine.fabric.program import ADD, RECEIVE, SEND, STORE
from engine.fabric.queues import FREE, FREE_NEXT, alarm, pop, push, room_in
from engine.fabric.recorder import ENDED, PASSED, WAVELETS, place_of, record_element, record_move, record_stall


@step
def take(cell, queue, t, value, tables, state, rec):
    """Let the CE use a wavelet that reaches it in cycle `t`, now, if it is certain to do so then; return whether.

    That is so where its only thread does nothing but receive from this color and has nothing waiting. It saves the
    visit at `t`.
    """
    if tables.n_threads > 1 or state.slots[queue + COUNT] > 0 or state.pe[cell, THREADS + HEARS] != queue:
        return False
    op = state.pe[cell, THREADS + OP] & INDEX
    if op >= tables.end[state.pe[cell, KIND], 0] or state.pe[cell, THREADS + READY] > t:
        return False
    does = tables.op[op, DOES]
    if does & SEND or not does & RECEIVE:
        return False
    i = state.pe[cell, THREADS + ELEMENT] & INDEX
    _use(cell, op, i, value, tables, state)
    _count_element(cell, op, does, t, tables, state, rec)
    state.pe[cell, THREADS + ELEMENT] = i + 1
    if i + 1 == tables.op[op, N]:
        _end_op(cell, 0, t, tables, state, rec)
    return True


@step
def _use(cell, op, i, value, tables, state):
    """Do what an operation does with element `i`; return the element it sends on."""
    does = tables.op[op, DOES]
    period = tables.op[op, PERIOD]
    word = i if i < period else i % period
    if tables.op[op, RING]:
        width = tables.step[2]
        along = cell % width if tables.op[op, RING] == 1 else cell // width
        ranks = width if tables.op[op, RING] == 1 else state.pe.shape[0] // width
        word += (along + tables.op[op, SHIFT]) % ranks * tables.op[op, N]
    word &= INDEX
    if not does & RECEIVE:
        value = state.memory[cell, word]
    elif does & ADD:
        value += state.memory[cell, word]
    if does & STORE:
        state.memory[cell, word] = value
    return value


@step
def _count_element(cell, op, does, t, tables, state, rec):
    kind = 3 if not does & RECEIVE else (2 if does & ADD else 1)
    record_element(rec, cell, kind, op - tables.first[state.pe[cell, KIND], 0], t)


@step
def compute(cell, t, tables, state, rec):
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
        if state.pe[cell, THREADS + OP] - tables.first[kind, 0] < tables.op[op, AFTER]:
            continue
        does = tables.op[op, DOES]
        i = state.pe[cell, thread + ELEMENT] & INDEX
        n = tables.op[op, N]
        control = i == n
        receives = does & RECEIVE and not control
        heard = state.pe[cell, thread + HEARS] & INDEX
        value = np.float32(0)
        if receives:
            if heard == 0:
                state.count[ERROR_CELL] = cell
                state.count[ERROR_COLOR] = tables.op[op, FROM]
                return NO_ROUTE
            if state.slots[heard + COUNT] == 0:
                continue
            if state.slots[heard + ENTRY] >> 1 > t:
                later = True
                continue
            value = state.values[heard + ENTRY + 1]
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

        if receives and pop(state, heard, room, t):
            state.pe[cell, LIVE] |= 1 << tables.op[op, FROM]
            alarm(state, cell, t + 1)
        if not control:
            value = _use(cell, op, i, value, tables, state)
        if does & SEND:
            here = 1 << tables.op[op, DEST]
            push(state, sent, (t + 1 + tables.ramp) << 1 | control, value)
            state.pe[cell, LIVE] |= here
            alarm(state, cell, t + 1 + tables.ramp)
            if rec.mode == WAVELETS:
                record_move(rec, place_of(cell, here, CE, tables), t + 1, value)
        if state.pe[cell, BLOCKED] >= 0:
            record_stall(state, rec, cell, state.pe[cell, BLOCKED], t)
            state.pe[cell, BLOCKED] = -1
        _count_element(cell, op, does, t, tables, state, rec)
        state.pe[cell, thread + TURN] = t
        state.pe[cell, thread + ELEMENT] = i + 1
        if i + 1 == n + tables.op[op, ADVANCE]:
            _end_op(cell, k, t, tables, state, rec)
        state.pe[cell, LIVE] |= CE_BIT
        alarm(state, cell, t + 1)
        return 0
    if held and state.pe[cell, BLOCKED] < 0:
        state.pe[cell, BLOCKED] = t
    if not later:
        state.pe[cell, LIVE] &= ~CE_BIT
    return 0


@step
def _end_op(cell, k, t, tables, state, rec):
    """Go on to the next operation of a thread, and let those go that waited for this one."""
    kind = state.pe[cell, KIND]
    thread = (THREADS + THREAD_COLUMNS * k) & INDEX
    ready = t + 1 + tables.gap
    state.pe[cell, LIVE] |= CE_BIT
    if rec.mode:
        rec.cells[cell, ENDED] = t + 1
    op = state.pe[cell, thread + OP] + 1
    state.pe[cell, thread + OP] = op
    state.pe[cell, thread + ELEMENT] = 0
    if op == tables.end[kind, k]:
        state.count[UNFINISHED] -= 1
        state.count[END] = max(state.count[END], t + 1)
    else:
        state.pe[cell, thread + READY] = ready
        aim(cell, thread, tables, state)
        alarm(state, cell, ready)
    if k == 0:
        done = op - tables.first[kind, 0]
        if rec.mode and rec.milestone[cell, 1] == done:
            rec.cells[cell, PASSED] = t + 1
        for other in range(1, tables.n_threads):
            thread = (THREADS + THREAD_COLUMNS * other) & INDEX
            waits = state.pe[cell, thread + OP]
            if waits < tables.end[kind, other] and tables.op[waits, AFTER] == done:
                state.pe[cell, thread + READY] = max(state.pe[cell, thread + READY], ready)
                alarm(state, cell, ready)
