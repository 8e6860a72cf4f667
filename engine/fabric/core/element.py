"""The compute element (CE): what it does with wavelets and memory. Part of the kernel, see kernel.py."""

import numpy as np

from engine._jit import step
from engine.fabric.core import layout as L
from engine.fabric.core import log, products, tape
from engine.fabric.core import trains_at_element as trains
from engine.fabric.core.isa import CE, MULTIPLY, RECEIVE, SEND
from engine.fabric.core.operation import count_elements, end_op, multiply, use
from engine.fabric.core.queues import FREE, FREE_NEXT, alarm, pop, push, room_in

# What a thread says in a cycle: it issues an element, and that one takes the first wavelet of a train that waits; or
# it cannot, but may in the next cycle, or for want of room on the ramp.
ISSUES, TAKES_TRAIN, LATER, NO_ROOM = 1, 2, 4, 8


@step
def take(cell, queue, t, value, tables, state, rec):
    """Let the CE use a wavelet that reaches it in cycle `t`, now, if it is certain to do so then; return whether.

    That is so where its only thread does nothing but receive from this color and has nothing waiting. It saves the
    visit at `t`.
    """
    if tables.n_threads > 1 or state.pe[cell, L.FAULTS] or state.pe[cell, L.SINCE] != L.NO_TRAIN:
        return False
    if state.slots[queue + L.COUNT] > 0 or state.pe[cell, L.THREADS + L.RECEIVES] != queue:
        return False
    op = state.pe[cell, L.THREADS + L.OP] & L.INDEX
    if op >= tables.end[state.pe[cell, L.KIND], 0] or state.pe[cell, L.THREADS + L.READY] > t:
        return False
    does = tables.op[op, L.DOES]
    if does & (SEND | MULTIPLY) or not does & RECEIVE:
        return False
    i = state.pe[cell, L.THREADS + L.ELEMENT] & L.INDEX
    tape.note(state, tape.KEEP, cell, op, i, 0, 0)
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
    if products.are_under_way(cell, tables, state):
        thread = state.trains[cell * L.CE_WORDS + L.THREAD]
        if not _another_goes(cell, thread, t, tables, state):
            products.go_on(cell, t, tables, state, rec)
            return 0
        products.stop(cell, t, t, tables, state, rec)
    if not trains.run_on(cell, t, tables, state, rec):
        error = _issue(cell, t, tables, state, rec)
    trains.wait(cell, t, tables, state)
    return error


@step
def _issue(cell, t, tables, state, rec):
    """Issue one element of the thread served longest ago among those that can go; return 0 or the code of an error."""
    tried = 0
    said = 0
    for _ in range(tables.n_threads):
        k = _served_longest_ago(cell, tried, tables, state)
        if k < 0:
            break
        tried |= 1 << k
        thread = (L.THREADS + L.THREAD_COLUMNS * k) & L.INDEX
        says = _ask(cell, thread, t, tables, state)
        if says < 0:
            return -says
        if says & ISSUES:
            _issue_element(cell, k, thread, says & TAKES_TRAIN, t, tables, state, rec)
            return 0
        said |= says
    if said & NO_ROOM and state.pe[cell, L.BLOCKED] < 0:
        state.pe[cell, L.BLOCKED] = t
    if not said & LATER:
        state.pe[cell, L.LIVE] &= ~L.CE_BIT
    return 0


@step
def _served_longest_ago(cell, tried, tables, state):
    """Return the thread with work left that was served longest ago, but for those in the mask `tried`; -1 for none."""
    kind = state.pe[cell, L.KIND]
    found = -1
    turn = 1 << 30
    for k in range(tables.n_threads):
        thread = (L.THREADS + L.THREAD_COLUMNS * k) & L.INDEX
        if not tried >> k & 1 and state.pe[cell, thread + L.OP] < tables.end[kind, k]:
            if state.pe[cell, thread + L.TURN] < turn:
                turn = state.pe[cell, thread + L.TURN]
                found = k
    return found


@step
def _receives(op, i, tables):
    """Return whether element `i` of an operation needs a wavelet: a factor serves for a whole row of products."""
    does = tables.op[op, L.DOES]
    if does & MULTIPLY and i % tables.op[op, L.COLUMNS]:
        return False
    return does & RECEIVE != 0 and i != tables.op[op, L.N]


@step
def _ask(cell, thread, t, tables, state):
    """Return what a thread says in cycle `t`; negative: minus the code of an error."""
    if state.pe[cell, thread + L.READY] > t:
        return LATER
    op = state.pe[cell, thread + L.OP] & L.INDEX
    of = tables.op[op, L.OF] & L.INDEX
    done = state.pe[cell, (L.THREADS + L.THREAD_COLUMNS * of + L.OP) & L.INDEX]
    if done - tables.first[state.pe[cell, L.KIND], of] < tables.op[op, L.AFTER]:
        return 0
    says = ISSUES
    if _receives(op, state.pe[cell, thread + L.ELEMENT] & L.INDEX, tables):
        up = state.pe[cell, thread + L.RECEIVES] & L.INDEX
        if up == 0:
            state.count[L.ERROR_CELL] = cell
            state.count[L.ERROR_COLOR] = tables.op[op, L.FROM]
            return -L.NO_ROUTE
        if state.slots[up + L.COUNT] == 0:
            if not trains.waits_for(cell, up, t, state):
                return 0
            says |= TAKES_TRAIN
        elif state.slots[up + L.ENTRY] >> 1 > t:
            return LATER
    if tables.op[op, L.DOES] & SEND:
        down = state.pe[cell, thread + L.SENDS] & L.INDEX
        if down == 0:
            state.count[L.ERROR_CELL] = cell
            state.count[L.ERROR_COLOR] = tables.op[op, L.DEST]
            return -L.NO_ROUTE
        status = room_in(state, down, tables.depth + tables.ramp, t)
        if status == FREE_NEXT:
            alarm(state, cell, t + 1)
            return NO_ROOM | LATER
        if status != FREE:
            return NO_ROOM
    return says


@step
def _another_goes(cell, thread, t, tables, state):
    """Return whether a thread other than the one at a column can issue an element in cycle `t`, or meets an error."""
    for k in range(tables.n_threads):
        other = (L.THREADS + L.THREAD_COLUMNS * k) & L.INDEX
        if other != thread and state.pe[cell, other + L.OP] < tables.end[state.pe[cell, L.KIND], k]:
            says = _ask(cell, other, t, tables, state)
            if says < 0 or says & ISSUES:
                return True
    return False


@step
def _issue_element(cell, k, thread, takes_train, t, tables, state, rec):
    """Issue the element that a thread is at, and those that go together with it; or let a train run through."""
    op = state.pe[cell, thread + L.OP] & L.INDEX
    does = tables.op[op, L.DOES]
    i = state.pe[cell, thread + L.ELEMENT] & L.INDEX
    down = state.pe[cell, thread + L.SENDS] & L.INDEX
    control = i == tables.op[op, L.N]
    if not control and trains.start(cell, thread, op, i, takes_train, down, t, tables, state, rec):
        return
    if products.can_be_together(cell, op, tables, state) and not _another_goes(cell, thread, t, tables, state):
        if products.start(cell, thread, op, i, t, tables, state, rec):
            return
    if takes_train:
        trains.refuse(cell, t, tables, state)
    until = t + (state.pe[cell, L.FAULTS] >> 20) + 1
    value = np.float32(0)
    if _receives(op, i, tables):
        up = state.pe[cell, thread + L.RECEIVES] & L.INDEX
        value = state.values[up + L.ENTRY + 1]
        if pop(state, up, tables.depth + tables.ramp, t):
            state.pe[cell, L.LIVE] |= 1 << tables.op[op, L.FROM]
            alarm(state, cell, t + 1)
    last = i
    if not control:
        tape.note(state, tape.USE, cell, op, i, 0, 0)
        value = use(cell, op, i, value, tables, state)
        rate = tables.op[op, L.RATE]
        if rate > 1:
            run = tables.op[op, L.RUN]
            last = min(i + rate, i - i % run + run) - 1
            for together in range(i + 1, last + 1):
                multiply(cell, op, together, value, tables, state)
    if does & SEND:
        here = 1 << tables.op[op, L.DEST]
        push(state, down, (until + tables.ramp) << 1 | control, value)
        state.pe[cell, L.LIVE] |= here
        alarm(state, cell, until + tables.ramp)
        log.move(rec, cell, here, CE, until, value, tables)
    if state.pe[cell, L.BLOCKED] >= 0:
        log.stall(state, rec, cell, state.pe[cell, L.BLOCKED], t)
        state.pe[cell, L.BLOCKED] = -1
    count_elements(cell, op, does, t, 1, until, tables, state, rec)
    state.pe[cell, thread + L.TURN] = t
    state.pe[cell, thread + L.ELEMENT] = last + 1
    if last + 1 == tables.op[op, L.N] + tables.op[op, L.ADVANCE]:
        end_op(cell, k, until, tables, state, rec)
    if until > t + 1:
        for other in range(tables.n_threads):
            ready = (L.THREADS + L.THREAD_COLUMNS * other + L.READY) & L.INDEX
            state.pe[cell, ready] = max(state.pe[cell, ready], until)
    state.pe[cell, L.LIVE] |= L.CE_BIT
    alarm(state, cell, until)
