"""The router: which wavelets move in a cycle. Part of the kernel, see kernel.py."""

from engine._jit import popcount, step
from engine.fabric.core.element import take
from engine.fabric.core.isa import RAMP
from engine.fabric.core.layout import (
    CE_BIT,
    CODE,
    COLLISION,
    COUNT,
    CUT,
    DETOUR,
    ENTRY,
    ERROR_CELL,
    ERROR_COLOR,
    FAULTS,
    FED,
    HEAD,
    INDEX,
    INPUT,
    LIMIT,
    LINK_PORTS,
    LIVE,
    NO_ROUTE,
    NOW,
    OUTPUTS,
    POPPED,
    QUEUES,
    RUNS,
    SERVED,
    TO,
    TRAIN,
    UNTIL,
    UP,
    extra_of,
    queue_of,
    slot_of,
)
from engine.fabric.core.log import REACHED, record_hops, record_move, record_stall
from engine.fabric.core.queues import FREE, FREE_NEXT, FULL_QUEUE, alarm, pop, push, room_in
from engine.fabric.core.trains import unload
from engine.fabric.core.trains_router import depart, pass_tail, stop_feeder


@step
def _collides(queue, time, tables, state):
    """Return whether a wavelet enters the router of a queue behind a link at `time` over another link, too."""
    slot = queue - queue % tables.stride
    for i in range(popcount((state.slots[slot + NOW] >> 10) & LINK_PORTS)):
        other = (slot + QUEUES + i * tables.link_words) & INDEX
        if other != queue:
            for j in range(state.slots[other + COUNT]):
                if state.slots[(other + ENTRY + 2 * j) & INDEX] >> 1 == time:
                    return True
    return False


@step
def _forward(cell, here, busy, faults, t, tables, state, rec):
    """Move the head wavelet of one color, given as a bit, through one router, if it can.

    `faults` is what is wrong with the PE. Where the caller writes 0, what faults need is left out of the code.

    Returns
    -------
    int
        Mask of the outputs that are taken in this cycle; negative: minus the code of an error.
    """
    slots = state.slots
    slot = slot_of(cell, here, tables, state)
    queue = slots[slot + INPUT] & INDEX
    now = slots[slot + NOW]
    train = slot + TRAIN
    fed = slots[train + FED] & INDEX
    if fed and slots[train + HEAD] <= t:
        outputs = (now >> 3) & OUTPUTS
        if fed == queue and slots[queue + COUNT] == 0 and not outputs & busy:
            if not faults and depart(cell, here, slot, outputs, t, tables, state, rec):
                return busy | outputs
        unload(state, slots, train, t + 1, slots[fed + COUNT], cell, here, t)
        if fed == queue:
            stop_feeder(cell, here, slot, t, tables, state)
        alarm(state, cell, t + 1)
    if slots[queue + COUNT] == 0:
        if not fed:
            state.pe[cell, LIVE] &= ~here
        return busy
    time = slots[queue + ENTRY]
    if time >> 1 > t:
        return busy
    control = time & 1
    outputs = (now >> 3) & (LINK_PORTS if control else OUTPUTS)
    status = FREE
    up = slots[slot + UP] & INDEX
    if outputs & busy:
        status = FREE_NEXT
    elif outputs >> RAMP:
        status = room_in(state, up, tables.depth + tables.ramp, t)
    links = outputs & LINK_PORTS
    rest = links
    while rest and status == FREE:
        port = popcount((rest & -rest) - 1)
        rest &= rest - 1
        to = abs(slots[slot + TO + port])
        if to == 0:
            state.count[ERROR_CELL] = cell + tables.step[port]
            state.count[ERROR_COLOR] = tables.color[here % 37]
            return -NO_ROUTE
        status = room_in(state, to, tables.depth + extra_of(faults, port), t)
        if extra_of(faults, port) == CUT:
            status = FULL_QUEUE
    if fed and (status != FREE or control):
        if fed == queue:
            stop_feeder(cell, here, slot, t, tables, state)
        alarm(state, cell, t + 1)
    if status != FREE:
        if status == FREE_NEXT:
            alarm(state, cell, t + 1)
        elif not fed:
            state.pe[cell, LIVE] &= ~here
        return busy

    value = state.values[queue + ENTRY + 1]
    since = max(time >> 1, slots[queue + POPPED] + 1)
    if t > since:
        record_stall(state, rec, cell, since, t)
    if rec.mode and time >> 1 < rec.cells[cell, REACHED]:
        rec.cells[cell, REACHED] = time >> 1
    source = now & 7
    room = tables.depth + (tables.ramp if source == RAMP else extra_of(faults, source))
    if pop(state, queue, room, t):
        feeder = cell
        if source == RAMP:
            state.pe[cell, LIVE] |= CE_BIT
        else:
            feeder = (cell + tables.step[source]) & INDEX
            state.pe[feeder, LIVE] |= here
        alarm(state, feeder, t + 1)
    slots[slot + SERVED] = t
    if outputs >> RAMP:
        record_move(rec, cell, here, RAMP, t, value, tables)
        if not take(cell, up, t + tables.ramp, value, tables, state, rec):
            push(state, up, (t + tables.ramp) << 1, value)
            state.pe[cell, LIVE] |= CE_BIT
            alarm(state, cell, t + tables.ramp)
    if links:
        record_hops(rec, popcount(links), t, t + 1)
    while links:
        port = popcount((links & -links) - 1)
        links &= links - 1
        neighbour = (cell + tables.step[port]) & INDEX
        extra = extra_of(faults, port)
        to = slots[slot + TO + port]
        if to < 0:
            to = -to
            if _collides(to, t + 1 + extra, tables, state):
                state.count[ERROR_CELL] = neighbour
                state.count[ERROR_COLOR] = tables.color[here % 37]
                return -COLLISION
        push(state, to & INDEX, (t + 1 + extra) << 1 | control, value)
        state.pe[neighbour, LIVE] |= here
        alarm(state, neighbour, t + 1 + extra)
        if extra:
            state.count[DETOUR] += extra
        record_move(rec, cell, here, port, t, value, tables)
    if (control and _advance_switch(slot, tables, state)) or slots[queue + COUNT] > 0:
        state.pe[cell, LIVE] |= here
        alarm(state, cell, t + 1)
    elif not fed:
        state.pe[cell, LIVE] &= ~here
    return busy | outputs


@step
def _advance_switch(slot, tables, state):
    """Move a switch to its next position; return whether there is one."""
    now = state.slots[slot + NOW]
    position = ((now >> 8) & 3) + 1
    code = (state.slots[slot + CODE] >> (8 * position)) & 255
    if position == 4 or code >> 3 == 0:
        return False
    state.slots[slot + NOW] = code | position << 8 | now >> 10 << 10
    state.slots[slot + INPUT] = queue_of(slot, code & 7, tables, state)
    return True


@step
def _let_run(cell, t, tables, state, rec):
    """End the trains that end, or that another color is in the way of; return the outputs of the others."""
    wanted = 0
    rest = state.pe[cell, LIVE] & (CE_BIT - 1) & ~state.pe[cell, RUNS]
    while rest:
        slot = slot_of(cell, rest & -rest, tables, state)
        rest &= rest - 1
        queue = state.slots[slot + INPUT] & INDEX
        waits = state.slots[queue + COUNT] > 0 and state.slots[queue + ENTRY] >> 1 <= t
        comes = state.slots[slot + TRAIN + FED] and state.slots[slot + TRAIN + HEAD] <= t
        if waits or comes:
            wanted |= (state.slots[slot + NOW] >> 3) & OUTPUTS
    busy = 0
    rest = state.pe[cell, RUNS]
    while rest:
        here = rest & -rest
        rest ^= here
        slot = slot_of(cell, here, tables, state)
        outputs = (state.slots[slot + NOW] >> 3) & OUTPUTS
        limit = state.slots[slot + TRAIN + LIMIT]
        if outputs & wanted or limit <= t or state.slots[slot + TRAIN + UNTIL] <= t:
            pass_tail(cell, here, slot, t, tables, state, rec)
        else:
            busy |= outputs
    return busy


@step
def route(cell, t, tables, state, rec):
    """Give every color that may move at a router its turn; return 0 or the code of an error."""
    faults = state.pe[cell, FAULTS]
    busy = 0
    if state.pe[cell, RUNS]:
        busy = _let_run(cell, t, tables, state, rec)
    waiting = state.pe[cell, LIVE] & (CE_BIT - 1) & ~state.pe[cell, RUNS]
    while waiting:
        here = waiting & -waiting
        rest = waiting ^ here
        if rest:
            served = state.slots[slot_of(cell, here, tables, state) + SERVED]
            while rest:
                bit = rest & -rest
                rest ^= bit
                other = state.slots[slot_of(cell, bit, tables, state) + SERVED]
                if other < served:
                    served = other
                    here = bit
        waiting ^= here
        if faults:
            busy = _forward(cell, here, busy, faults, t, tables, state, rec)
        else:
            busy = _forward(cell, here, busy, 0, t, tables, state, rec)
        if busy < 0:
            return -busy
    return 0
