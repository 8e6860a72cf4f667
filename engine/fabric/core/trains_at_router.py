"""Trains at routers: how one begins to run through, and how that ends. Part of the kernel, see trains.py."""

from engine._jit import popcount, step
from engine.fabric.core import layout as L
from engine.fabric.core import log, trains_at_element
from engine.fabric.core.isa import LINK_PORTS, OUTPUTS, RAMP, SEND, first_port
from engine.fabric.core.queues import alarm
from engine.fabric.core.trains import feed, most_left, unload


@step
def arrive(cell, here, slot, busy, faults, t, tables, state, rec):
    """Let the train that feeds a slot run through from cycle `t` on, and return whether it does; otherwise unload it.

    `busy` is the mask of the outputs that are taken in this cycle. Nothing runs through a PE with faults.
    """
    slots = state.slots
    train = slot + L.TRAIN
    if slots[train + L.HEAD] > t:
        return False
    fed = slots[train + L.FED] & L.INDEX
    if fed == slots[slot + L.INPUT] and slots[fed + L.COUNT] == 0 and not faults:
        outputs = (slots[slot + L.NOW] >> 3) & OUTPUTS
        if not outputs & busy and _start(cell, here, slot, outputs, t, tables, state, rec):
            return True
    unload(state, slots, train, t + 1, slots[fed + L.COUNT], cell, here, t)
    hold_back(cell, here, slot, t, tables, state)
    return False


@step
def _start(cell, here, slot, outputs, t, tables, state, rec):
    """Let a train run through a router from cycle `t` on, if all that is behind it can take it; return whether."""
    slots = state.slots
    own = slot + L.TRAIN
    left = most_left(slots, own, tables)
    if left < 2:
        return False
    links = outputs & LINK_PORTS
    rest = links
    while rest:
        port = first_port(rest)
        rest &= rest - 1
        to = slots[slot + L.TO + port]
        if to <= 0:
            return False
        there = (to - to % tables.stride) & L.INDEX
        if slots[there + L.TRAIN + L.FED] or slots[there + L.INPUT] != to:
            return False
        if slots[to + L.COUNT]:
            # What is there leaves as soon as it can be used, or its router stops this train.
            neighbour = (cell + tables.step[port]) & L.INDEX
            due = state.pe[neighbour, L.ALARMED] >> (t & (L.WHEEL - 1)) & 1 and state.pe[neighbour, L.LIVE] & here
            usable = slots[to + L.ENTRY] >> 1
            if usable < t or (usable == t and not due):
                return False
    offset = slots[own + L.OFFSET]
    block = slots[own + L.BLOCK]
    if outputs >> RAMP:
        up = slots[slot + L.UP] & L.INDEX
        if not trains_at_element.accept(cell, up, left, t, tables, state):
            return False
        feed(state, state.trains, cell * L.CE_WORDS, up, t + tables.ramp, offset - tables.ramp, block)
    rest = links
    while rest:
        port = first_port(rest)
        rest &= rest - 1
        to = slots[slot + L.TO + port]
        neighbour = (cell + tables.step[port]) & L.INDEX
        there = (to - to % tables.stride + L.TRAIN) & L.INDEX
        feed(state, slots, there, to, t + tables.hop, offset - tables.hop, block)
        slots[there + L.LIMIT] = L.FOREVER
        state.pe[neighbour, L.LIVE] |= here
        alarm(state, neighbour, t + tables.hop)
    state.pe[cell, L.RUNS] |= here
    state.pe[cell, L.LIVE] &= ~here
    if _passes(slot, outputs, state, rec):
        log.train_passes(rec, cell, t)
    return True


@step
def _passes(slot, outputs, state, rec):
    """Return whether it is to be recorded that what a slot moves comes from a link and goes over links only."""
    return rec.mode != 0 and state.slots[slot + L.NOW] & 7 != RAMP and 0 < outputs < 1 << RAMP


@step
def run_on(cell, t, tables, state, rec):
    """Let the trains that run through a router go on, but for those that end; return the outputs that they take.

    A train ends here in cycle `t` where nothing comes any more, where it has been told to stop, and where a wavelet of
    another color wants one of its outputs.
    """
    if not state.pe[cell, L.RUNS]:
        return 0
    wanted = 0
    rest = state.pe[cell, L.LIVE] & (L.CE_BIT - 1) & ~state.pe[cell, L.RUNS]
    while rest:
        slot = L.slot_of(cell, rest & -rest, tables, state)
        rest &= rest - 1
        queue = state.slots[slot + L.INPUT] & L.INDEX
        waits = state.slots[queue + L.COUNT] > 0 and state.slots[queue + L.ENTRY] >> 1 <= t
        comes = state.slots[slot + L.TRAIN + L.FED] and state.slots[slot + L.TRAIN + L.HEAD] <= t
        if waits or comes:
            wanted |= (state.slots[slot + L.NOW] >> 3) & OUTPUTS
    busy = 0
    rest = state.pe[cell, L.RUNS]
    while rest:
        here = rest & -rest
        rest ^= here
        slot = L.slot_of(cell, here, tables, state)
        outputs = (state.slots[slot + L.NOW] >> 3) & OUTPUTS
        limit = state.slots[slot + L.TRAIN + L.LIMIT]
        if outputs & wanted or limit <= t or state.slots[slot + L.TRAIN + L.UNTIL] <= t:
            _finish(cell, here, slot, t, tables, state, rec)
        else:
            busy |= outputs
    return busy


@step
def _finish(cell, here, slot, t, tables, state, rec):
    """End the run of a train through a router: what moves from cycle `t` on moves by itself."""
    record(cell, here, slot, t, tables, state, rec)
    slots = state.slots
    own = slot + L.TRAIN
    outputs = (slots[slot + L.NOW] >> 3) & OUTPUTS
    state.pe[cell, L.RUNS] &= ~here
    state.pe[cell, L.LIVE] |= here
    slots[slot + L.SERVED] = t - 1
    slots[(slots[own + L.FED] & L.INDEX) + L.POPPED] = t - 1
    rest = outputs & LINK_PORTS
    while rest:
        port = first_port(rest)
        rest &= rest - 1
        to = slots[slot + L.TO + port]
        there = (to - to % tables.stride + L.TRAIN) & L.INDEX
        neighbour = (cell + tables.step[port]) & L.INDEX
        until = t + tables.hop
        slots[there + L.UNTIL] = until
        if state.pe[neighbour, L.RUNS] & here:
            alarm(state, neighbour, until)
        else:
            unload(state, slots, there, until, slots[to + L.COUNT], neighbour, here, t)
    if outputs >> RAMP:
        at = cell * L.CE_WORDS
        until = t + tables.ramp
        state.trains[at + L.UNTIL] = until
        state.pe[cell, L.LIVE] |= L.CE_BIT
        if state.pe[cell, L.SINCE] == L.WAITING:
            up = slots[slot + L.UP] & L.INDEX
            unload(state, state.trains, at, until, slots[up + L.COUNT], cell, L.CE_BIT, t)
            state.pe[cell, L.SINCE] = L.NO_TRAIN
        else:
            op = state.pe[cell, (state.trains[at + L.THREAD] & L.INDEX) + L.OP] & L.INDEX
            last = until + state.pe[cell, L.SINCE] - state.trains[at + L.HEAD] - 1
            if last > t and tables.op[op, L.DOES] & SEND:  # otherwise the end is certain, and taken care of now
                alarm(state, cell, last)
    slots[own + L.HEAD] = t
    if slots[own + L.UNTIL] < L.FOREVER:
        unload(state, slots, own, slots[own + L.UNTIL], 0, cell, here, t)


@step
def record(cell, here, slot, t, tables, state, rec):
    """Record what has moved, until before cycle `t`, of the train that runs through a router."""
    first = state.slots[slot + L.TRAIN + L.HEAD]
    outputs = (state.slots[slot + L.NOW] >> 3) & OUTPUTS
    log.hops(rec, popcount(outputs & LINK_PORTS), first, t)
    if _passes(slot, outputs, state, rec):
        log.train_passed(rec, cell, first, t)
    while outputs:
        port = first_port(outputs)
        outputs &= outputs - 1
        value = first + state.slots[slot + L.TRAIN + L.OFFSET]
        log.moves(rec, cell, here, port, first, t - first, state.blocks, value, tables)


@step
def record_rest(cell, t, tables, state, rec):
    """Record what has moved of the trains that still run through a router when a run ends, before cycle `t`."""
    rest = state.pe[cell, L.RUNS]
    while rest:
        here = rest & -rest
        rest ^= here
        slot = L.slot_of(cell, here, tables, state)
        end = min(t, state.slots[slot + L.TRAIN + L.UNTIL], state.slots[slot + L.TRAIN + L.LIMIT])
        record(cell, here, slot, end, tables, state, rec)


@step
def hold_back(cell, here, slot, t, tables, state):
    """Have a train that feeds a slot, but does not run through it, stop from the next cycle on, if it has not ended."""
    train = slot + L.TRAIN
    if state.slots[train + L.FED] == state.slots[slot + L.INPUT] and state.slots[train + L.UNTIL] == L.FOREVER:
        source = state.slots[slot + L.NOW] & 7
        if source == RAMP:
            at = cell * L.CE_WORDS + L.LIMIT
            state.trains[at] = min(state.trains[at], t + 1)
            state.pe[cell, L.LIVE] |= L.CE_BIT
        else:
            feeder = (cell + tables.step[source]) & L.INDEX
            at = L.slot_of(feeder, here, tables, state) + L.TRAIN + L.LIMIT
            state.slots[at] = min(state.slots[at], t + 1)
            alarm(state, feeder, t + 1)
    alarm(state, cell, t + 1)
