"""Trains at compute elements, which take them in and send them. Part of the kernel, see trains.py."""

from engine._jit import step
from engine.fabric.core import layout as L
from engine.fabric.core import log
from engine.fabric.core.isa import ADD, CE, MULTIPLY, RECEIVE, SEND, STORE
from engine.fabric.core.operation import count_elements, end_op, keep, load, plus, room_for, stride, word_of
from engine.fabric.core.queues import alarm
from engine.fabric.core.trains import feed, most_left, unload


@step
def _only_thread(cell, tables, state):
    """Return the first column of the only thread of a sound CE that has work; -1 if others do, or it never will."""
    kind = state.pe[cell, L.KIND]
    found = -1
    if state.pe[cell, L.FAULTS]:
        return -1
    for k in range(tables.n_threads):
        thread = L.THREADS + L.THREAD_COLUMNS * k
        op = state.pe[cell, thread + L.OP]
        if op < tables.end[kind, k]:
            of = tables.op[op, L.OF]
            done = state.pe[cell, (L.THREADS + L.THREAD_COLUMNS * of + L.OP) & L.INDEX] - tables.first[kind, of]
            if found >= 0 or done < tables.op[op, L.AFTER]:
                return -1
            found = thread
    return found


@step
def accept(cell, up, left, t, tables, state):
    """Let a CE accept a train whose head leaves its router in cycle `t` for the queue `up`; return whether it does.

    It does where it is certain to take a wavelet in every cycle. A train that it only receives runs through it from the
    cycle of its arrival on; one that it also sends on waits for it, and so does one behind which others are waiting.
    """
    thread = _only_thread(cell, tables, state)
    if state.pe[cell, L.SINCE] != L.NO_TRAIN or thread < 0 or state.pe[cell, thread + L.RECEIVES] != up:
        return False
    op = state.pe[cell, thread + L.OP] & L.INDEX
    does = tables.op[op, L.DOES]
    if does & MULTIPLY or not does & RECEIVE:
        return False
    arrives = t + tables.ramp
    count = state.slots[up + L.COUNT]
    if count:  # the CE is behind, but takes one a cycle
        if (
            not state.pe[cell, L.LIVE] & L.CE_BIT
            or state.pe[cell, thread + L.READY] > t
            or count >= tables.depth + tables.ramp
        ):
            return False
    elif state.pe[cell, thread + L.READY] > arrives:
        return False
    state.pe[cell, L.LIVE] |= L.CE_BIT
    if count or does & SEND:
        state.pe[cell, L.SINCE] = L.WAITING
        alarm(state, cell, arrives)
    else:
        _receive(cell, thread, op, arrives, left, t, tables, state)
    return True


@step
def _receive(cell, thread, op, since, left, t, tables, state):
    """Have a CE receive a train of at most `left` wavelets from cycle `since` on, and send nothing."""
    n = room_for(op, state.pe[cell, thread + L.ELEMENT] & L.INDEX, tables)
    limit = since + n if n < left else L.FOREVER
    state.pe[cell, L.SINCE] = since
    state.trains[cell * L.CE_WORDS + L.THREAD] = thread
    state.trains[cell * L.CE_WORDS + L.LIMIT] = limit
    if limit < L.FOREVER:
        alarm(state, cell, min(limit - 1, t + L.WHEEL - 1))


@step
def wait(cell, t, tables, state):
    """Have a CE be visited again as long as a train waits for it; refuse one that it could not take in cycle `t`."""
    if state.pe[cell, L.SINCE] == L.WAITING:
        at = cell * L.CE_WORDS
        queue = state.trains[at + L.FED] & L.INDEX
        waits = state.slots[queue + L.COUNT] > 0 and state.slots[queue + L.ENTRY] >> 1 <= t
        if (waits or state.trains[at + L.HEAD] <= t) and state.slots[queue + L.POPPED] != t:
            refuse(cell, t, tables, state)
        state.pe[cell, L.LIVE] |= L.CE_BIT
        alarm(state, cell, t + 1)


@step
def refuse(cell, t, tables, state):
    """Put what has come of the train that waits for a CE into its queue, and tell the router to stop."""
    at = cell * L.CE_WORDS
    queue = state.trains[at + L.FED] & L.INDEX
    unload(state, state.trains, at, t + 1, state.slots[queue + L.COUNT], cell, L.CE_BIT, t)
    limit = queue - queue % tables.stride + L.TRAIN + L.LIMIT
    state.slots[limit] = min(state.slots[limit], t + 1)
    state.pe[cell, L.LIVE] |= L.CE_BIT
    alarm(state, cell, t + 1)


@step
def waits_for(cell, up, t, state):
    """Return whether the head of a train waits for a CE in cycle `t`, as the next wavelet of the queue `up`."""
    at = cell * L.CE_WORDS
    return state.pe[cell, L.SINCE] == L.WAITING and state.trains[at + L.HEAD] <= t and state.trains[at + L.FED] == up


@step
def start(cell, thread, op, i, waits, down, t, tables, state, rec):
    """Let a train run through a CE from element `i` and cycle `t` on, if it can; return whether it does.

    Either the one that waits for the CE, or one that the CE makes of its own memory. What it sends goes into the queue
    `down`.
    """
    at = cell * L.CE_WORDS
    does = tables.op[op, L.DOES]
    if tables.longest == 0 or does & MULTIPLY or (does & RECEIVE and not waits) or not (waits or does & SEND):
        return False
    if (not waits and state.pe[cell, L.SINCE] == L.WAITING) or _only_thread(cell, tables, state) != thread:
        return False
    n = room_for(op, i, tables)
    left = L.FOREVER
    if waits:
        left = most_left(state.trains, at, tables)
        if not does & SEND:
            if n < 2:
                return False
            _receive(cell, thread, op, t, left, t, tables, state)
            return True
        n = min(n, left)
    slots = state.slots
    here = 1 << tables.op[op, L.DEST]
    slot = L.slot_of(cell, here, tables, state)
    n = min(n, tables.longest)
    if n < tables.shortest or state.n_free[state.pe[cell, L.BAND]] == 0:
        return False
    if slots[slot + L.TRAIN + L.FED] or slots[slot + L.INPUT] != down:
        return False
    if slots[down + L.COUNT] and slots[down + L.ENTRY] >> 1 <= t:
        return False  # the router is behind
    _send(cell, op, i, n, waits, slot, down, t, tables, state)
    state.pe[cell, L.LIVE] |= here | L.CE_BIT
    alarm(state, cell, t + 1 + tables.ramp)
    state.pe[cell, L.SINCE] = t
    state.trains[at + L.THREAD] = thread
    state.trains[at + L.LIMIT] = L.FOREVER
    if n < left:
        state.trains[at + L.LIMIT] = t + n
        alarm(state, cell, min(t + n - 1, t + L.WHEEL - 1))
    if state.pe[cell, L.BLOCKED] >= 0:
        log.stall(state, rec, cell, state.pe[cell, L.BLOCKED], t)
        state.pe[cell, L.BLOCKED] = -1
    return True


@step
def _send(cell, op, i, n, waits, slot, down, t, tables, state):
    """Compute the `n` values of a train that a CE sends, and have it feed the queue `down`."""
    band = state.pe[cell, L.BAND]
    state.n_free[band] -= 1
    block = state.free[band, state.n_free[band]]
    value = ((block + 1) * tables.longest - n) & L.INDEX
    word, far = word_of(cell, op, i, tables, state), stride(tables)
    if not waits:
        for j in range(n):
            state.blocks[value + j] = load(cell, word + far * j, tables, state)
    else:
        at = cell * L.CE_WORDS
        first = (state.trains[at + L.HEAD] + state.trains[at + L.OFFSET]) & L.INDEX
        if tables.op[op, L.DOES] & ADD:
            for j in range(n):
                own = load(cell, word + far * j, tables, state)
                state.blocks[value + j] = plus(state.blocks[first + j], own, tables, state)
        else:
            for j in range(n):
                state.blocks[value + j] = state.blocks[first + j]
    leaves = t + 1 + tables.ramp
    feed(state, state.slots, slot + L.TRAIN, down, leaves, value - leaves, block)
    state.slots[slot + L.TRAIN + L.LIMIT] = L.FOREVER


@step
def run_on(cell, t, tables, state, rec):
    """Return whether a train keeps a CE busy in cycle `t`; end its run where this is its last cycle."""
    if state.pe[cell, L.SINCE] < 0:
        return False
    at = cell * L.CE_WORDS
    thread = state.trains[at + L.THREAD] & L.INDEX
    op = state.pe[cell, thread + L.OP] & L.INDEX
    end = state.trains[at + L.LIMIT]
    certain = False  # that the CE takes all of it, so that its run can end before it has
    if state.trains[at + L.FED] and state.trains[at + L.UNTIL] < L.FOREVER:
        end = min(end, state.trains[at + L.UNTIL] + state.pe[cell, L.SINCE] - state.trains[at + L.HEAD])
        certain = not tables.op[op, L.DOES] & SEND
    if end <= t + 1 or certain:
        _finish(cell, thread, op, end, t, tables, state, rec)
    elif state.trains[at + L.LIMIT] < L.FOREVER:
        alarm(state, cell, min(state.trains[at + L.LIMIT] - 1, t + L.WHEEL - 1))
    return end > t


@step
def _finish(cell, thread, op, end, t, tables, state, rec):
    """Do what a CE did with a train until before cycle `end`, and end its run."""
    slots = state.slots
    at = cell * L.CE_WORDS
    since = state.pe[cell, L.SINCE]
    n = end - since
    i = state.pe[cell, thread + L.ELEMENT] & L.INDEX
    does = tables.op[op, L.DOES]
    count_elements(cell, op, does, since, n, end, tables, state, rec)
    word, far = word_of(cell, op, i, tables, state), stride(tables)
    value = (state.trains[at + L.HEAD] + state.trains[at + L.OFFSET]) & L.INDEX
    if does & SEND:
        here = 1 << tables.op[op, L.DEST]
        own = (L.slot_of(cell, here, tables, state) + L.TRAIN) & L.INDEX
        until = end + 1 + tables.ramp
        value = (since + 1 + tables.ramp + slots[own + L.OFFSET]) & L.INDEX
        log.moves(rec, cell, here, CE, since + 1, n, state.blocks, value, tables)
        slots[own + L.UNTIL] = until
        if state.pe[cell, L.RUNS] & here:
            alarm(state, cell, until)
        else:
            unload(state, slots, own, until, slots[(slots[own + L.FED] & L.INDEX) + L.COUNT], cell, here, t)
    if does & RECEIVE and does & STORE:
        if does & ADD and not does & SEND:
            for j in range(n):
                own = load(cell, word + far * j, tables, state)
                keep(cell, word + far * j, plus(state.blocks[value + j], own, tables, state), tables, state)
        else:
            for j in range(n):
                keep(cell, word + far * j, state.blocks[value + j], tables, state)
    state.pe[cell, L.SINCE] = L.NO_TRAIN
    if state.trains[at + L.FED]:
        slots[(state.trains[at + L.FED] & L.INDEX) + L.POPPED] = end - 1
        state.trains[at + L.HEAD] += n
        if state.trains[at + L.UNTIL] < L.FOREVER:
            unload(state, state.trains, at, state.trains[at + L.UNTIL], 0, cell, L.CE_BIT, t)
        else:
            state.pe[cell, L.SINCE] = L.WAITING
    state.pe[cell, thread + L.TURN] = end - 1
    state.pe[cell, thread + L.ELEMENT] = i + n
    state.pe[cell, L.LIVE] |= L.CE_BIT
    if i + n == tables.op[op, L.N] + tables.op[op, L.ADVANCE]:
        end_op(cell, (thread - L.THREADS) // L.THREAD_COLUMNS, end, tables, state, rec)
    else:
        state.pe[cell, thread + L.READY] = max(state.pe[cell, thread + L.READY], end)
        if end > t:
            alarm(state, cell, end)
