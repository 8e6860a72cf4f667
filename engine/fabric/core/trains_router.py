"""What trains do at routers: they run through, until their tails have passed. Part of the kernel, see trains.py."""

from engine._jit import popcount, step
from engine.fabric.core.isa import RAMP, SEND
from engine.fabric.core.layout import (
    ALARMED,
    BLOCK,
    CE_BIT,
    CE_WORDS,
    COUNT,
    DOES,
    ENTRY,
    FED,
    FOREVER,
    HEAD,
    INDEX,
    INPUT,
    LIMIT,
    LINK_PORTS,
    LIVE,
    NO_TRAIN,
    NOW,
    OFFSET,
    OP,
    OUTPUTS,
    POPPED,
    RUNS,
    SERVED,
    SINCE,
    THREAD,
    TO,
    TRAIN,
    UNTIL,
    UP,
    WAITING,
    WHEEL,
    slot_of,
)
from engine.fabric.core.log import REACHED, record_hops, record_moves
from engine.fabric.core.queues import alarm
from engine.fabric.core.trains import feed, left_of, unload
from engine.fabric.core.trains_element import hear


@step
def depart(cell, here, slot, outputs, t, tables, state, rec):
    """Let the train whose head is at a router in cycle `t` run through it, if it can; return whether."""
    slots = state.slots
    own = slot + TRAIN
    left = left_of(slots, own, tables)
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
        if not hear(cell, up, left, t, tables, state):
            return False
        feed(state, state.trains, cell * CE_WORDS, up, t + tables.ramp, offset - tables.ramp, block)
    rest = links
    while rest:
        port = popcount((rest & -rest) - 1)
        rest &= rest - 1
        to = slots[slot + TO + port]
        neighbour = (cell + tables.step[port]) & INDEX
        there = (to - to % tables.stride + TRAIN) & INDEX
        feed(state, slots, there, to, t + 1, offset - 1, block)
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
