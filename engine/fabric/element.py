"""The compute element (CE): what it does with wavelets and memory. Part of the kernel, see kernel.py."""

import numpy as np

from engine._jit import step
from engine.fabric.layout import (
    ADVANCE,
    AFTER,
    BLOCKED,
    CE,
    CE_BIT,
    COLUMNS,
    COUNT,
    DEST,
    DOES,
    ELEMENT,
    END,
    ENTRY,
    ERROR_CELL,
    ERROR_COLOR,
    FAULTS,
    FIRST,
    FROM,
    HEARS,
    INDEX,
    INNER,
    KIND,
    LIVE,
    NO_ROUTE,
    OF,
    OP,
    PERIOD,
    RATE,
    READY,
    RING,
    ROWS,
    RUN,
    SENDS,
    SHIFT,
    THREAD_COLUMNS,
    THREADS,
    TURN,
    UNFINISHED,
    A,
    B,
    C,
    N,
    aim,
)
from engine.fabric.program import ADD, MULTIPLY, RECEIVE, SEND, STORE
from engine.fabric.queues import FREE, FREE_NEXT, alarm, pop, push, room_in
from engine.fabric.recorder import ENDED, PASSED, record_element, record_move, record_stall

# Bits of fp32 numbers: the smallest normal number of fp16, what rounds up beyond its largest, and infinity.
_SMALLEST_NORMAL, _TOO_LARGE, _INFINITY = 0x38800000, 0x47800000, 0x7F800000


@step
def _cycles(cell, state):
    """Return how many cycles a CE takes for an element."""
    return (state.pe[cell, FAULTS] >> 20) + 1


@step
def take(cell, queue, t, value, tables, state, rec):
    """Let the CE use a wavelet that reaches it in cycle `t`, now, if it is certain to do so then; return whether.

    That is so where its only thread does nothing but receive from this color and has nothing waiting. It saves the
    visit at `t`.
    """
    if (
        tables.n_threads > 1
        or _cycles(cell, state) > 1
        or state.slots[queue + COUNT] > 0
        or state.pe[cell, THREADS + HEARS] != queue
    ):
        return False
    op = state.pe[cell, THREADS + OP] & INDEX
    if op >= tables.end[state.pe[cell, KIND], 0] or state.pe[cell, THREADS + READY] > t:
        return False
    does = tables.op[op, DOES]
    if does & (SEND | MULTIPLY) or not does & RECEIVE:
        return False
    i = state.pe[cell, THREADS + ELEMENT] & INDEX
    _use(cell, op, i, value, tables, state)
    _count_element(cell, op, does, t, t + 1, tables, state, rec)
    state.pe[cell, THREADS + ELEMENT] = i + 1
    if i + 1 == tables.op[op, N]:
        _end_op(cell, 0, t + 1, tables, state, rec)
    return True


@step
def _half(value):
    """Round to fp16, to the nearest, ties to even."""
    bits = np.float32(value).view(np.int32)
    size = bits & 0x7FFFFFFF
    if size < _SMALLEST_NORMAL:
        grid = np.float32(0.75)  # numbers next to it in fp32 lie as far apart as the smallest ones of fp16
        rounded = np.float32(np.float32(abs(value)) + grid) - grid
        return np.float32(-rounded) if bits < 0 else np.float32(rounded)
    size = (size + 0xFFF + ((size >> 13) & 1)) & ~0x1FFF
    if size >= _TOO_LARGE:
        size = _INFINITY
    return np.int32(size | (bits & ~0x7FFFFFFF)).view(np.float32)


@step
def _multiply(cell, op, i, value, tables, state):
    """Do element `i` of C = A B or C += A B; return the new element of C."""
    does = tables.op[op, DOES]
    columns = tables.op[op, COLUMNS]
    rows = tables.op[op, ROWS]
    a = tables.op[op, A] & INDEX
    place = i // columns
    column = i - place * columns
    if does & RECEIVE:
        if column == 0:
            bits = np.float32(value).view(np.int32)
            state.memory[cell, a] = np.int32(bits & ~0xFFFF).view(np.float32)
            state.memory[cell, a + 1] = bits & 0xFFFF
        factor = state.memory[cell, a]
        place = np.int64(state.memory[cell, a + 1])
    k = place // rows
    row = place - k * rows
    if not does & RECEIVE:
        factor = state.memory[cell, (a + row * tables.op[op, INNER] + k) & INDEX]
    word = (tables.op[op, C] + row * columns + column) & INDEX
    result = factor * state.memory[cell, (tables.op[op, B] + k * columns + column) & INDEX]
    if does & ADD:
        result += state.memory[cell, word]
    if tables.half:
        result = _half(result)
    if does & STORE:
        state.memory[cell, word] = result
    return result


@step
def _use(cell, op, i, value, tables, state):
    """Do what an operation does with element `i`; return the element it sends on."""
    does = tables.op[op, DOES]
    if does & MULTIPLY:
        return _multiply(cell, op, i, value, tables, state)
    period = tables.op[op, PERIOD]
    word = i if i < period else i % period
    if tables.op[op, RING]:
        width = tables.step[2]
        along = cell % width if tables.op[op, RING] == 1 else cell // width
        ranks = width if tables.op[op, RING] == 1 else state.pe.shape[0] // width
        word += (along + tables.op[op, SHIFT]) % ranks * tables.op[op, N]
    word = (word + tables.op[op, FIRST]) & INDEX
    if not does & RECEIVE:
        value = state.memory[cell, word]
    elif does & ADD:
        value += state.memory[cell, word]
        if tables.half:
            value = _half(value)
    if does & STORE:
        state.memory[cell, word] = value
    return value


@step
def _count_element(cell, op, does, t, until, tables, state, rec):
    kind = 2 if does & (ADD | MULTIPLY) else (1 if does & RECEIVE else 3)
    record_element(rec, cell, kind, op - tables.first[state.pe[cell, KIND], 0], t, until)


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

        until = t + _cycles(cell, state)
        if receives and pop(state, heard, room, t):
            state.pe[cell, LIVE] |= 1 << tables.op[op, FROM]
            alarm(state, cell, t + 1)
        last = i
        if not control:
            value = _use(cell, op, i, value, tables, state)
            rate = tables.op[op, RATE]
            if rate > 1:
                run = tables.op[op, RUN]
                last = min(i + rate, i - i % run + run) - 1
                for together in range(i + 1, last + 1):
                    _multiply(cell, op, together, value, tables, state)
        if does & SEND:
            here = 1 << tables.op[op, DEST]
            push(state, sent, (until + tables.ramp) << 1 | control, value)
            state.pe[cell, LIVE] |= here
            alarm(state, cell, until + tables.ramp)
            record_move(rec, cell, here, CE, until, value, tables)
        if state.pe[cell, BLOCKED] >= 0:
            record_stall(state, rec, cell, state.pe[cell, BLOCKED], t)
            state.pe[cell, BLOCKED] = -1
        _count_element(cell, op, does, t, until, tables, state, rec)
        state.pe[cell, thread + TURN] = t
        state.pe[cell, thread + ELEMENT] = last + 1
        if last + 1 == n + tables.op[op, ADVANCE]:
            _end_op(cell, k, until, tables, state, rec)
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


@step
def _end_op(cell, k, end, tables, state, rec):
    """Go on to the next operation of a thread at `end` of one, and let those go that waited for it."""
    kind = state.pe[cell, KIND]
    thread = (THREADS + THREAD_COLUMNS * k) & INDEX
    ready = end + tables.gap
    state.pe[cell, LIVE] |= CE_BIT
    if rec.mode:
        rec.cells[cell, ENDED] = end
    op = state.pe[cell, thread + OP] + 1
    state.pe[cell, thread + OP] = op
    state.pe[cell, thread + ELEMENT] = 0
    if op == tables.end[kind, k]:
        state.count[UNFINISHED] -= 1
        state.count[END] = max(state.count[END], end)
    else:
        state.pe[cell, thread + READY] = ready
        aim(cell, thread, tables, state)
        alarm(state, cell, ready)
    done = op - tables.first[kind, k]
    if k == 0 and rec.mode and rec.milestone[cell, 1] == done:
        rec.cells[cell, PASSED] = end
    for other in range(tables.n_threads):
        thread = (THREADS + THREAD_COLUMNS * other) & INDEX
        waits = state.pe[cell, thread + OP]
        if other != k and waits < tables.end[kind, other]:
            if tables.op[waits, AFTER] == done and tables.op[waits, OF] == k:
                state.pe[cell, thread + READY] = max(state.pe[cell, thread + READY], ready)
                alarm(state, cell, ready)
