"""What trains do at routers: they run through, until their tails have passed. Part of the kernel, see trains.py."""

from engine._jit import popcount, step
from engine.fabric.core import layout as L
from engine.fabric.core import log
from engine.fabric.core.isa import LINK_PORTS, OUTPUTS, RAMP, SEND
from engine.fabric.core.queues import alarm
from engine.fabric.core.trains import feed, left_of, unload
from engine.fabric.core.trains_element import hear


@step
def depart(cell, here, slot, outputs, t, tables, state, rec):
    """Let the train whose head is at a router in cycle `t` run through it, if it can; return whether."""
    slots = state.slots
    own = slot + L.TRAIN
    left = left_of(slots, own, tables)
    if left < 2:
        return False
    links = outputs & LINK_PORTS
    rest = links
    while rest:
        port = popcount((rest & -rest) - 1)
        rest &= rest - 1
        to = slots[slot + L.TO + port]
        if to <= 0:
            return False
        there = (to - to % tables.stride) & L.INDEX
        if slots[there + L.TRAIN + L.FED] or slots[there + L.INPUT] != to:
            return False
        if slots[to + L.COUNT]:
            # It leaves in this cycle, or its router stops this train.
            neighbour = (cell + tables.step[port]) & L.INDEX
            due = state.pe[neighbour, L.ALARMED] >> (t & (L.WHEEL - 1)) & 1 and state.pe[neighbour, L.LIVE] & here
            if slots[to + L.COUNT] > 1 or slots[to + L.ENTRY] >> 1 != t or not due:
                return False
    offset = slots[own + L.OFFSET]
    block = slots[own + L.BLOCK]
    if outputs >> RAMP:
        up = slots[slot + L.UP] & L.INDEX
        if state.pe[cell, L.SINCE] != L.NO_TRAIN:
            return False
        if not hear(cell, up, left, t, tables, state):
            return False
        feed(state, state.trains, cell * L.CE_WORDS, up, t + tables.ramp, offset - tables.ramp, block)
    rest = links
    while rest:
        port = popcount((rest & -rest) - 1)
        rest &= rest - 1
        to = slots[slot + L.TO + port]
        neighbour = (cell + tables.step[port]) & L.INDEX
        there = (to - to % tables.stride + L.TRAIN) & L.INDEX
        feed(state, slots, there, to, t + 1, offset - 1, block)
        slots[there + L.LIMIT] = L.FOREVER
        state.pe[neighbour, L.LIVE] |= here
        alarm(state, neighbour, t + 1)
    state.pe[cell, L.RUNS] |= here
    state.pe[cell, L.LIVE] &= ~here
    if rec.mode and t < rec.cells[cell, log.REACHED]:
        rec.cells[cell, log.REACHED] = t
    return True


@step
def record_train(cell, here, slot, t, tables, state, rec):
    """Record what has moved, until before cycle `t`, of the train that runs through a router."""
    first = state.slots[slot + L.TRAIN + L.HEAD]
    outputs = (state.slots[slot + L.NOW] >> 3) & OUTPUTS
    log.hops(rec, popcount(outputs & LINK_PORTS), first, t)
    while outputs:
        port = popcount((outputs & -outputs) - 1)
        outputs &= outputs - 1
        value = first + state.slots[slot + L.TRAIN + L.OFFSET]
        log.moves(rec, cell, here, port, first, t - first, state.blocks, value, tables)


@step
def pass_tail(cell, here, slot, t, tables, state, rec):
    """End the run of a train through a router: nothing moves in cycle `t` that has not come by itself."""
    record_train(cell, here, slot, t, tables, state, rec)
    slots = state.slots
    own = slot + L.TRAIN
    outputs = (slots[slot + L.NOW] >> 3) & OUTPUTS
    state.pe[cell, L.RUNS] &= ~here
    state.pe[cell, L.LIVE] |= here
    slots[slot + L.SERVED] = t - 1
    slots[(slots[own + L.FED] & L.INDEX) + L.POPPED] = t - 1
    rest = outputs & LINK_PORTS
    while rest:
        port = popcount((rest & -rest) - 1)
        rest &= rest - 1
        to = slots[slot + L.TO + port]
        there = (to - to % tables.stride + L.TRAIN) & L.INDEX
        neighbour = (cell + tables.step[port]) & L.INDEX
        slots[there + L.UNTIL] = t + 1
        if state.pe[neighbour, L.RUNS] & here:
            alarm(state, neighbour, t + 1)
        else:
            unload(state, slots, there, t + 1, slots[to + L.COUNT], neighbour, here, t)
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
def stop_feeder(cell, here, slot, t, tables, state):
    """Tell the one that feeds the queue in force of a slot, if it still does, to stop from the next cycle on."""
    if state.slots[slot + L.TRAIN + L.UNTIL] == L.FOREVER:
        source = state.slots[slot + L.NOW] & 7
        if source == RAMP:
            at = cell * L.CE_WORDS + L.LIMIT
            state.trains[at] = min(state.trains[at], t + 1)
            state.pe[cell, L.LIVE] |= L.CE_BIT
            alarm(state, cell, t + 1)
        else:
            feeder = (cell + tables.step[source]) & L.INDEX
            at = L.slot_of(feeder, here, tables, state) + L.TRAIN + L.LIMIT
            state.slots[at] = min(state.slots[at], t + 1)
            alarm(state, feeder, t + 1)
