"""What trains do at compute elements, which take them in and send them. Part of the kernel, see trains.py."""

from engine._jit import step
from engine.fabric.core.isa import ADD, MULTIPLY, RECEIVE, SEND, STORE
from engine.fabric.core.layout import (
    ADVANCE,
    AFTER,
    BAND,
    BLOCKED,
    CE,
    CE_BIT,
    CE_WORDS,
    COUNT,
    DEST,
    DOES,
    ELEMENT,
    ENTRY,
    FAULTS,
    FED,
    FOREVER,
    HEAD,
    HEARS,
    INDEX,
    INPUT,
    KIND,
    LIMIT,
    LIVE,
    NO_TRAIN,
    OF,
    OFFSET,
    OP,
    POPPED,
    READY,
    RUNS,
    SINCE,
    THREAD,
    THREAD_COLUMNS,
    THREADS,
    TRAIN,
    TURN,
    UNTIL,
    WAITING,
    WHEEL,
    N,
    slot_of,
)
from engine.fabric.core.log import record_moves, record_stall
from engine.fabric.core.operation import count_elements, end_op, plus, room_for, word_of
from engine.fabric.core.queues import alarm
from engine.fabric.core.trains import feed, left_of, unload


@step
def _only_thread(cell, tables, state):
    """Return the first column of the only thread of a sound CE that has work; -1 if others do, or it never will."""
    kind = state.pe[cell, KIND]
    found = -1
    if state.pe[cell, FAULTS]:
        return -1
    for k in range(tables.n_threads):
        thread = THREADS + THREAD_COLUMNS * k
        op = state.pe[cell, thread + OP]
        if op < tables.end[kind, k]:
            of = tables.op[op, OF]
            done = state.pe[cell, (THREADS + THREAD_COLUMNS * of + OP) & INDEX] - tables.first[kind, of]
            if found >= 0 or done < tables.op[op, AFTER]:
                return -1
            found = thread
    return found


@step
def hear(cell, up, left, t, tables, state):
    """Let a CE hear a train whose head leaves its router in cycle `t`, if it is certain to take it; return whether."""
    thread = _only_thread(cell, tables, state)
    if state.pe[cell, SINCE] != NO_TRAIN or thread < 0 or state.pe[cell, thread + HEARS] != up:
        return False
    op = state.pe[cell, thread + OP] & INDEX
    does = tables.op[op, DOES]
    if does & MULTIPLY or not does & RECEIVE:
        return False
    arrives = t + tables.ramp
    count = state.slots[up + COUNT]
    if count:  # a CE that is behind, but takes one a cycle
        if (
            not state.pe[cell, LIVE] & CE_BIT
            or state.pe[cell, thread + READY] > t
            or count >= tables.depth + tables.ramp
        ):
            return False
    elif state.pe[cell, thread + READY] > arrives:
        return False
    state.pe[cell, LIVE] |= CE_BIT
    if count or does & SEND:
        state.pe[cell, SINCE] = WAITING
        alarm(state, cell, arrives)
    else:
        _ride(cell, thread, op, arrives, left, t, tables, state)
    return True


@step
def _ride(cell, thread, op, since, left, t, tables, state):
    """Have a CE take a train of at most `left` wavelets that it only hears."""
    n = room_for(op, state.pe[cell, thread + ELEMENT] & INDEX, tables)
    limit = since + n if n < left else FOREVER
    state.pe[cell, SINCE] = since
    state.trains[cell * CE_WORDS + THREAD] = thread
    state.trains[cell * CE_WORDS + LIMIT] = limit
    if limit < FOREVER:
        alarm(state, cell, min(limit - 1, t + WHEEL - 1))


@step
def turn_away(cell, t, tables, state):
    """Put what has come of the train that waits at a CE into its queue, and tell the router to stop."""
    at = cell * CE_WORDS
    queue = state.trains[at + FED] & INDEX
    unload(state, state.trains, at, t + 1, state.slots[queue + COUNT], cell, CE_BIT, t)
    limit = queue - queue % tables.stride + TRAIN + LIMIT
    state.slots[limit] = min(state.slots[limit], t + 1)
    state.pe[cell, LIVE] |= CE_BIT
    alarm(state, cell, t + 1)


@step
def board(cell, thread, op, i, heard, sent, t, tables, state, rec):
    """Let a CE go on with a train in cycle `t`: one that waits for it, as `heard` says, or its own; return whether."""
    at = cell * CE_WORDS
    does = tables.op[op, DOES]
    if tables.longest == 0 or does & MULTIPLY or (does & RECEIVE and not heard) or not (heard or does & SEND):
        return False
    if (not heard and state.pe[cell, SINCE] == WAITING) or _only_thread(cell, tables, state) != thread:
        return False
    n = room_for(op, i, tables)
    left = FOREVER
    if heard:
        left = left_of(state.trains, at, tables)
        if not does & SEND:
            if n < 2:
                return False
            _ride(cell, thread, op, t, left, t, tables, state)
            return True
        n = min(n, left)
    slots = state.slots
    here = 1 << tables.op[op, DEST]
    slot = slot_of(cell, here, tables, state)
    band = state.pe[cell, BAND]
    n = min(n, tables.longest)
    if n < tables.shortest or state.n_free[band] == 0 or slots[slot + TRAIN + FED] or slots[slot + INPUT] != sent:
        return False
    if slots[sent + COUNT] and slots[sent + ENTRY] >> 1 <= t:
        return False  # the router is behind
    state.n_free[band] -= 1
    block = state.free[band, state.n_free[band]]
    value = ((block + 1) * tables.longest - n) & INDEX
    word = word_of(cell, op, i, tables, state)
    if not heard:
        for j in range(n):
            state.blocks[value + j] = state.memory[cell, word + j]
    else:
        first = (state.trains[at + HEAD] + state.trains[at + OFFSET]) & INDEX
        if does & ADD:
            for j in range(n):
                own = state.memory[cell, word + j]
                state.blocks[value + j] = plus(state.blocks[first + j], own, tables, state)
        else:
            for j in range(n):
                state.blocks[value + j] = state.blocks[first + j]
    leaves = t + 1 + tables.ramp
    feed(state, slots, slot + TRAIN, sent, leaves, value - leaves, block)
    slots[slot + TRAIN + LIMIT] = FOREVER
    state.pe[cell, LIVE] |= here | CE_BIT
    alarm(state, cell, leaves)
    state.pe[cell, SINCE] = t
    state.trains[at + THREAD] = thread
    state.trains[at + LIMIT] = FOREVER
    if n < left:
        state.trains[at + LIMIT] = t + n
        alarm(state, cell, min(t + n - 1, t + WHEEL - 1))
    if state.pe[cell, BLOCKED] >= 0:
        record_stall(state, rec, cell, state.pe[cell, BLOCKED], t)
        state.pe[cell, BLOCKED] = -1
    return True


@step
def ride(cell, t, tables, state, rec):
    """Return whether a train keeps a CE busy in cycle `t`; end its run where this is its last cycle."""
    at = cell * CE_WORDS
    thread = state.trains[at + THREAD] & INDEX
    op = state.pe[cell, thread + OP] & INDEX
    end = state.trains[at + LIMIT]
    certain = False  # how much of it the CE takes, before it has
    if state.trains[at + FED] and state.trains[at + UNTIL] < FOREVER:
        end = min(end, state.trains[at + UNTIL] + state.pe[cell, SINCE] - state.trains[at + HEAD])
        certain = not tables.op[op, DOES] & SEND
    if end <= t + 1 or certain:
        _alight(cell, thread, op, end, t, tables, state, rec)
    elif state.trains[at + LIMIT] < FOREVER:
        alarm(state, cell, min(state.trains[at + LIMIT] - 1, t + WHEEL - 1))
    return end > t


@step
def _alight(cell, thread, op, end, t, tables, state, rec):
    """Do what a CE did with a train until before cycle `end`, and end its run."""
    slots = state.slots
    at = cell * CE_WORDS
    since = state.pe[cell, SINCE]
    n = end - since
    i = state.pe[cell, thread + ELEMENT] & INDEX
    does = tables.op[op, DOES]
    count_elements(cell, op, does, since, n, end, tables, state, rec)
    word = word_of(cell, op, i, tables, state)
    value = (state.trains[at + HEAD] + state.trains[at + OFFSET]) & INDEX
    if does & SEND:
        here = 1 << tables.op[op, DEST]
        own = (slot_of(cell, here, tables, state) + TRAIN) & INDEX
        until = end + 1 + tables.ramp
        value = (since + 1 + tables.ramp + slots[own + OFFSET]) & INDEX
        record_moves(rec, cell, here, CE, since + 1, n, state.blocks, value, tables)
        slots[own + UNTIL] = until
        if state.pe[cell, RUNS] & here:
            alarm(state, cell, until)
        else:
            unload(state, slots, own, until, slots[(slots[own + FED] & INDEX) + COUNT], cell, here, t)
    if does & RECEIVE and does & STORE:
        if does & ADD and not does & SEND:
            for j in range(n):
                own = state.memory[cell, word + j]
                state.memory[cell, word + j] = plus(state.blocks[value + j], own, tables, state)
        else:
            for j in range(n):
                state.memory[cell, word + j] = state.blocks[value + j]
    state.pe[cell, SINCE] = NO_TRAIN
    if state.trains[at + FED]:
        slots[(state.trains[at + FED] & INDEX) + POPPED] = end - 1
        state.trains[at + HEAD] += n
        if state.trains[at + UNTIL] < FOREVER:
            unload(state, state.trains, at, state.trains[at + UNTIL], 0, cell, CE_BIT, t)
        else:
            state.pe[cell, SINCE] = WAITING
    state.pe[cell, thread + TURN] = end - 1
    state.pe[cell, thread + ELEMENT] = i + n
    state.pe[cell, LIVE] |= CE_BIT
    if i + n == tables.op[op, N] + tables.op[op, ADVANCE]:
        end_op(cell, (thread - THREADS) // THREAD_COLUMNS, end, tables, state, rec)
    else:
        state.pe[cell, thread + READY] = max(state.pe[cell, thread + READY], end)
        if end > t:
            alarm(state, cell, end)
