"""The router: which wavelets move in a cycle. Part of the kernel, see kernel.py."""

from engine._jit import popcount, step
from engine.fabric.core import layout as L
from engine.fabric.core import log
from engine.fabric.core.element import take
from engine.fabric.core.isa import LINK_PORTS, OUTPUTS, RAMP
from engine.fabric.core.queues import FREE, FREE_NEXT, FULL_QUEUE, alarm, pop, push, room_in
from engine.fabric.core.trains import unload
from engine.fabric.core.trains_router import depart, pass_tail, stop_feeder


@step
def _collides(queue, time, tables, state):
    """Return whether a wavelet enters the router of a queue behind a link at `time` over another link, too."""
    slot = queue - queue % tables.stride
    for i in range(popcount((state.slots[slot + L.NOW] >> 10) & LINK_PORTS)):
        other = (slot + L.QUEUES + i * tables.link_words) & L.INDEX
        if other != queue:
            for j in range(state.slots[other + L.COUNT]):
                if state.slots[(other + L.ENTRY + 2 * j) & L.INDEX] >> 1 == time:
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
    slot = L.slot_of(cell, here, tables, state)
    queue = slots[slot + L.INPUT] & L.INDEX
    now = slots[slot + L.NOW]
    train = slot + L.TRAIN
    fed = slots[train + L.FED] & L.INDEX
    if fed and slots[train + L.HEAD] <= t:
        outputs = (now >> 3) & OUTPUTS
        if fed == queue and slots[queue + L.COUNT] == 0 and not outputs & busy:
            if not faults and depart(cell, here, slot, outputs, t, tables, state, rec):
                return busy | outputs
        unload(state, slots, train, t + 1, slots[fed + L.COUNT], cell, here, t)
        if fed == queue:
            stop_feeder(cell, here, slot, t, tables, state)
        alarm(state, cell, t + 1)
    if slots[queue + L.COUNT] == 0:
        if not fed:
            state.pe[cell, L.LIVE] &= ~here
        return busy
    time = slots[queue + L.ENTRY]
    if time >> 1 > t:
        return busy
    control = time & 1
    outputs = (now >> 3) & (LINK_PORTS if control else OUTPUTS)
    status = FREE
    up = slots[slot + L.UP] & L.INDEX
    if outputs & busy:
        status = FREE_NEXT
    elif outputs >> RAMP:
        status = room_in(state, up, tables.depth + tables.ramp, t)
    links = outputs & LINK_PORTS
    rest = links
    while rest and status == FREE:
        port = popcount((rest & -rest) - 1)
        rest &= rest - 1
        to = abs(slots[slot + L.TO + port])
        if to == 0:
            state.count[L.ERROR_CELL] = cell + tables.step[port]
            state.count[L.ERROR_COLOR] = tables.color[here % 37]
            return -L.NO_ROUTE
        status = room_in(state, to, tables.depth + L.extra_of(faults, port), t)
        if L.extra_of(faults, port) == L.CUT:
            status = FULL_QUEUE
    if fed and (status != FREE or control):
        if fed == queue:
            stop_feeder(cell, here, slot, t, tables, state)
        alarm(state, cell, t + 1)
    if status != FREE:
        if status == FREE_NEXT:
            alarm(state, cell, t + 1)
        elif not fed:
            state.pe[cell, L.LIVE] &= ~here
        return busy

    value = state.values[queue + L.ENTRY + 1]
    since = max(time >> 1, slots[queue + L.POPPED] + 1)
    if t > since:
        log.stall(state, rec, cell, since, t)
    if rec.mode and time >> 1 < rec.cells[cell, log.REACHED]:
        rec.cells[cell, log.REACHED] = time >> 1
    source = now & 7
    room = tables.depth + (tables.ramp if source == RAMP else L.extra_of(faults, source))
    if pop(state, queue, room, t):
        feeder = cell
        if source == RAMP:
            state.pe[cell, L.LIVE] |= L.CE_BIT
        else:
            feeder = (cell + tables.step[source]) & L.INDEX
            state.pe[feeder, L.LIVE] |= here
        alarm(state, feeder, t + 1)
    slots[slot + L.SERVED] = t
    if outputs >> RAMP:
        log.move(rec, cell, here, RAMP, t, value, tables)
        if not take(cell, up, t + tables.ramp, value, tables, state, rec):
            push(state, up, (t + tables.ramp) << 1, value)
            state.pe[cell, L.LIVE] |= L.CE_BIT
            alarm(state, cell, t + tables.ramp)
    if links:
        log.hops(rec, popcount(links), t, t + 1)
    while links:
        port = popcount((links & -links) - 1)
        links &= links - 1
        neighbour = (cell + tables.step[port]) & L.INDEX
        extra = L.extra_of(faults, port)
        to = slots[slot + L.TO + port]
        if to < 0:
            to = -to
            if _collides(to, t + 1 + extra, tables, state):
                state.count[L.ERROR_CELL] = neighbour
                state.count[L.ERROR_COLOR] = tables.color[here % 37]
                return -L.COLLISION
        push(state, to & L.INDEX, (t + 1 + extra) << 1 | control, value)
        state.pe[neighbour, L.LIVE] |= here
        alarm(state, neighbour, t + 1 + extra)
        if extra:
            state.count[L.DETOUR] += extra
        log.move(rec, cell, here, port, t, value, tables)
    if (control and _advance_switch(slot, tables, state)) or slots[queue + L.COUNT] > 0:
        state.pe[cell, L.LIVE] |= here
        alarm(state, cell, t + 1)
    elif not fed:
        state.pe[cell, L.LIVE] &= ~here
    return busy | outputs


@step
def _advance_switch(slot, tables, state):
    """Move a switch to its next position; return whether there is one."""
    now = state.slots[slot + L.NOW]
    position = ((now >> 8) & 3) + 1
    code = (state.slots[slot + L.CODE] >> (8 * position)) & 255
    if position == 4 or code >> 3 == 0:
        return False
    state.slots[slot + L.NOW] = code | position << 8 | now >> 10 << 10
    state.slots[slot + L.INPUT] = L.queue_of(slot, code & 7, tables, state)
    return True


@step
def _let_run(cell, t, tables, state, rec):
    """End the trains that end, or that another color is in the way of; return the outputs of the others."""
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
            pass_tail(cell, here, slot, t, tables, state, rec)
        else:
            busy |= outputs
    return busy


@step
def route(cell, t, tables, state, rec):
    """Give every color that may move at a router its turn; return 0 or the code of an error."""
    faults = state.pe[cell, L.FAULTS]
    busy = 0
    if state.pe[cell, L.RUNS]:
        busy = _let_run(cell, t, tables, state, rec)
    waiting = state.pe[cell, L.LIVE] & (L.CE_BIT - 1) & ~state.pe[cell, L.RUNS]
    while waiting:
        here = waiting & -waiting
        rest = waiting ^ here
        if rest:
            served = state.slots[L.slot_of(cell, here, tables, state) + L.SERVED]
            while rest:
                bit = rest & -rest
                rest ^= bit
                other = state.slots[L.slot_of(cell, bit, tables, state) + L.SERVED]
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
