"""Trains: wavelets that follow each other one a cycle, advanced by their heads and tails. Part of the kernel.

A compute element that issues an element every cycle sends a train. Its values are known when it starts, and are put
into a block. Where its head reaches a router or a compute element that is free to let a wavelet through every cycle,
the train runs through it from then on: nothing is done there until the train ends, or something comes in its way.
What moved in between follows from the cycles.

Feeding. A train that runs through a router feeds the queues its outputs lead to: wavelets come to them one a cycle,
until the one upstream says when they end. Where a train feeds a queue but does not run on from there, its wavelets are
put into the queue as they come, and the one upstream is told to stop: it learns that a cycle later, as from a full one.
From then on every wavelet moves by itself. The same happens where another color wants the link.

Nothing of this changes what moves when: a train runs only where each of its wavelets would move in the cycle in which
it comes.
"""

from engine._jit import popcount, step
from engine.fabric.geometry import RAMP
from engine.fabric.layout import (
    ADVANCE,
    AFTER,
    ALARMED,
    BAND,
    BLOCK,
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
    LINK_PORTS,
    LIVE,
    NO_TRAIN,
    NOW,
    OF,
    OFFSET,
    OP,
    OUTPUTS,
    POPPED,
    READY,
    RUNS,
    SERVED,
    SINCE,
    THREAD,
    THREAD_COLUMNS,
    THREADS,
    TO,
    TRAIN,
    TURN,
    UNTIL,
    UP,
    WAITING,
    WHEEL,
    N,
    slot_of,
)
from engine.fabric.operation import count_elements, end_op, plus, room_for, word_of
from engine.fabric.program import ADD, MULTIPLY, RECEIVE, SEND, STORE
from engine.fabric.queues import alarm
from engine.fabric.recorder import REACHED, record_hops, record_moves, record_stall


@step
def _feed(state, words, at, queue, first, offset, block):
    """Have a train feed a queue from cycle `first` on; `words[at:]` are what is kept of it there."""
    words[at + FED] = queue
    words[at + HEAD] = first
    words[at + UNTIL] = FOREVER
    words[at + OFFSET] = offset
    words[at + BLOCK] = block
    state.users[block] += 1


@step
def unload(state, words, at, stop, older, cell, here, t):
    """Put the wavelets that can be used before `stop` into the queue, behind `older` ones; forget a train that ends."""
    queue = words[at + FED] & INDEX
    first = words[at + HEAD]
    n = stop - first
    if n > 0:
        count = state.slots[queue + COUNT]
        for j in range(count - 1, older - 1, -1):
            entry = (queue + ENTRY + 2 * j) & INDEX
            state.slots[entry + 2 * n] = state.slots[entry]
            state.slots[entry + 2 * n + 1] = state.slots[entry + 1]
        entry = (queue + ENTRY + 2 * older) & INDEX
        offset = words[at + OFFSET]
        for time in range(first, stop):
            state.slots[entry] = time << 1
            state.values[entry + 1] = state.blocks[(time + offset) & INDEX]
            entry += 2
            if time > t:
                alarm(state, cell, time)
        state.slots[queue + COUNT] = count + n
        words[at + HEAD] = stop
        state.pe[cell, LIVE] |= here
    if words[at + HEAD] >= words[at + UNTIL]:
        words[at + FED] = 0
        block = words[at + BLOCK]
        state.users[block] -= 1
        if state.users[block] == 0:
            band = state.home[block]
            state.free[band, state.n_free[band]] = block
            state.n_free[band] += 1


@step
def stop_feeder(cell, here, slot, t, tables, state):
    """Tell the one that feeds the queue in force of a slot, if it still does, to stop from the next cycle on."""
    if state.slots[slot + TRAIN + UNTIL] == FOREVER:
        source = state.slots[slot + NOW] & 7
        if source == RAMP:
            at = cell * CE_WORDS + LIMIT
            state.trains[at] = min(state.trains[at], t + 1)
            state.pe[cell, LIVE] |= CE_BIT
            alarm(state, cell, t + 1)
        else:
            feeder = (cell + tables.step[source]) & INDEX
            at = slot_of(feeder, here, tables, state) + TRAIN + LIMIT
            state.slots[at] = min(state.slots[at], t + 1)
            alarm(state, feeder, t + 1)


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
def _left(words, at, tables):
    """Return how many wavelets a train can have at most from its head on."""
    return (words[at + BLOCK] + 1) * tables.longest - (words[at + HEAD] + words[at + OFFSET])


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
def _board(cell, up, left, t, tables, state):
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
def depart(cell, here, slot, outputs, t, tables, state, rec):
    """Let the train whose head is at a router in cycle `t` run through it, if it can; return whether."""
    slots = state.slots
    own = slot + TRAIN
    left = _left(slots, own, tables)
    if left < 2:
        return False
    links = outputs & LINK_PORTS
    rest = links
    while rest:
        port = popcount((rest & -rest) - 1)
        rest &= rest - 1
        to = slots[slot + TO + port]
        if to <= 0:
            return False
        there = (to - to % tables.stride) & INDEX
        if slots[there + TRAIN + FED] or slots[there + INPUT] != to:
            return False
        if slots[to + COUNT]:
            # It leaves in this cycle, or its router stops this train.
            neighbour = (cell + tables.step[port]) & INDEX
            due = state.pe[neighbour, ALARMED] >> (t & (WHEEL - 1)) & 1 and state.pe[neighbour, LIVE] & here
            if slots[to + COUNT] > 1 or slots[to + ENTRY] >> 1 != t or not due:
                return False
    offset = slots[own + OFFSET]
    block = slots[own + BLOCK]
    if outputs >> RAMP:
        up = slots[slot + UP] & INDEX
        if state.pe[cell, SINCE] != NO_TRAIN:
            return False
        if not _board(cell, up, left, t, tables, state):
            return False
        _feed(state, state.trains, cell * CE_WORDS, up, t + tables.ramp, offset - tables.ramp, block)
    rest = links
    while rest:
        port = popcount((rest & -rest) - 1)
        rest &= rest - 1
        to = slots[slot + TO + port]
        neighbour = (cell + tables.step[port]) & INDEX
        there = (to - to % tables.stride + TRAIN) & INDEX
        _feed(state, slots, there, to, t + 1, offset - 1, block)
        slots[there + LIMIT] = FOREVER
        state.pe[neighbour, LIVE] |= here
        alarm(state, neighbour, t + 1)
    state.pe[cell, RUNS] |= here
    state.pe[cell, LIVE] &= ~here
    if rec.mode and t < rec.cells[cell, REACHED]:
        rec.cells[cell, REACHED] = t
    return True


@step
def record_train(cell, here, slot, t, tables, state, rec):
    """Record what has moved, until before cycle `t`, of the train that runs through a router."""
    first = state.slots[slot + TRAIN + HEAD]
    outputs = (state.slots[slot + NOW] >> 3) & OUTPUTS
    record_hops(rec, popcount(outputs & LINK_PORTS), first, t)
    while outputs:
        port = popcount((outputs & -outputs) - 1)
        outputs &= outputs - 1
        value = first + state.slots[slot + TRAIN + OFFSET]
        record_moves(rec, cell, here, port, first, t - first, state.blocks, value, tables)


@step
def pass_tail(cell, here, slot, t, tables, state, rec):
    """End the run of a train through a router: nothing moves in cycle `t` that has not come by itself."""
    record_train(cell, here, slot, t, tables, state, rec)
    slots = state.slots
    own = slot + TRAIN
    outputs = (slots[slot + NOW] >> 3) & OUTPUTS
    state.pe[cell, RUNS] &= ~here
    state.pe[cell, LIVE] |= here
    slots[slot + SERVED] = t - 1
    slots[(slots[own + FED] & INDEX) + POPPED] = t - 1
    rest = outputs & LINK_PORTS
    while rest:
        port = popcount((rest & -rest) - 1)
        rest &= rest - 1
        to = slots[slot + TO + port]
        there = (to - to % tables.stride + TRAIN) & INDEX
        neighbour = (cell + tables.step[port]) & INDEX
        slots[there + UNTIL] = t + 1
        if state.pe[neighbour, RUNS] & here:
            alarm(state, neighbour, t + 1)
        else:
            unload(state, slots, there, t + 1, slots[to + COUNT], neighbour, here, t)
    if outputs >> RAMP:
        at = cell * CE_WORDS
        until = t + tables.ramp
        state.trains[at + UNTIL] = until
        state.pe[cell, LIVE] |= CE_BIT
        if state.pe[cell, SINCE] == WAITING:
            up = slots[slot + UP] & INDEX
            unload(state, state.trains, at, until, slots[up + COUNT], cell, CE_BIT, t)
            state.pe[cell, SINCE] = NO_TRAIN
        else:
            op = state.pe[cell, (state.trains[at + THREAD] & INDEX) + OP] & INDEX
            last = until + state.pe[cell, SINCE] - state.trains[at + HEAD] - 1
            if last > t and tables.op[op, DOES] & SEND:  # otherwise the end is certain, and taken care of now
                alarm(state, cell, last)
    slots[own + HEAD] = t
    if slots[own + UNTIL] < FOREVER:
        unload(state, slots, own, slots[own + UNTIL], 0, cell, here, t)


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
        left = _left(state.trains, at, tables)
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
    _feed(state, slots, slot + TRAIN, sent, leaves, value - leaves, block)
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
