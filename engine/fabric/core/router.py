"""The router: which wavelets move in a cycle. Part of the kernel, see kernel.py."""

from engine._jit import popcount, step
from engine.fabric.core import layout as L
from engine.fabric.core import log, tape
from engine.fabric.core import trains_at_router as trains
from engine.fabric.core.element import take
from engine.fabric.core.isa import LINK_PORTS, OUTPUTS, RAMP, first_port
from engine.fabric.core.queues import FREE, FREE_NEXT, FULL_QUEUE, alarm, pop, push, room_in


@step
def route(cell, t, tables, state, rec):
    """Give every color that may move at a router its turn; return 0 or the code of an error."""
    faults = state.pe[cell, L.FAULTS]
    busy = trains.run_on(cell, t, tables, state, rec)
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
    fed = slots[slot + L.TRAIN + L.FED] != 0
    if fed and trains.arrive(cell, here, slot, busy, faults, t, tables, state, rec):
        return busy | ((now >> 3) & OUTPUTS)
    if slots[queue + L.COUNT] == 0:
        if not fed:
            state.pe[cell, L.LIVE] &= ~here
        return busy
    time = slots[queue + L.ENTRY]
    if time >> 1 > t:
        return busy
    control = time & 1
    outputs = (now >> 3) & (LINK_PORTS if control else OUTPUTS)
    status = _room_behind(cell, here, slot, outputs, busy, faults, t, tables, state)
    if status < 0:
        return status
    if fed and (status != FREE or control):
        trains.hold_back(cell, here, slot, t, tables, state)
    if status != FREE:
        if status == FREE_NEXT:
            alarm(state, cell, t + 1)
        elif not fed:
            state.pe[cell, L.LIVE] &= ~here
        return busy

    value = state.values[queue + L.ENTRY + 1]
    source = now & 7
    _leave(cell, here, queue, source, faults, t, tables, state, rec)
    slots[slot + L.SERVED] = t
    passes = rec.mode != 0 and source != RAMP and 0 < outputs < 1 << RAMP
    if passes:
        log.passed(rec, cell, t, t + 1)
    error = _enter(cell, here, slot, outputs, control, value, passes, faults, t, tables, state, rec)
    if error:
        return -error
    if (control and _advance_switch(slot, tables, state)) or slots[queue + L.COUNT] > 0:
        state.pe[cell, L.LIVE] |= here
        alarm(state, cell, t + 1)
    elif not fed:
        state.pe[cell, L.LIVE] &= ~here
    return busy | outputs


@step
def _room_behind(cell, here, slot, outputs, busy, faults, t, tables, state):
    """Return FREE if a wavelet can leave by all its outputs, otherwise what is in its way; negative: as `_forward`."""
    if outputs & busy:
        return FREE_NEXT
    status = FREE
    if outputs >> RAMP:
        status = room_in(state, state.slots[slot + L.UP] & L.INDEX, tables.depth + tables.ramp, t)
    rest = outputs & LINK_PORTS
    while rest and status == FREE:
        port = first_port(rest)
        rest &= rest - 1
        to = abs(state.slots[slot + L.TO + port])
        if to == 0:
            state.count[L.ERROR_CELL] = cell + tables.step[port]
            state.count[L.ERROR_COLOR] = tables.color[here % 37]
            return -L.NO_ROUTE
        status = room_in(state, to, L.room_behind(faults, port, tables), t)
        if L.extra_of(faults, port) == L.CUT:
            status = FULL_QUEUE
    return status


@step
def _leave(cell, here, queue, source, faults, t, tables, state, rec):
    """Take the head out of a queue behind an input, and wake what has waited for that room."""
    time = state.slots[queue + L.ENTRY]
    since = max(time >> 1, state.slots[queue + L.POPPED] + 1)
    if t > since:
        log.stall(state, rec, cell, since, t)
    room = tables.depth + tables.ramp if source == RAMP else L.room_behind(faults, source, tables)
    if pop(state, queue, room, t):
        feeder = cell
        if source == RAMP:
            state.pe[cell, L.LIVE] |= L.CE_BIT
        else:
            feeder = (cell + tables.step[source]) & L.INDEX
            state.pe[feeder, L.LIVE] |= here
        alarm(state, feeder, t + 1)


@step
def _enter(cell, here, slot, outputs, control, value, passes, faults, t, tables, state, rec):
    """Put a wavelet into the queues behind its outputs; return 0 or the code of an error."""
    slots = state.slots
    if outputs >> RAMP:
        up = slots[slot + L.UP] & L.INDEX
        log.move(rec, cell, here, RAMP, t, value, tables)
        if not take(cell, up, t + tables.ramp, value, tables, state, rec):
            push(state, up, (t + tables.ramp) << 1, value)
            state.pe[cell, L.LIVE] |= L.CE_BIT
            alarm(state, cell, t + tables.ramp)
    links = outputs & LINK_PORTS
    if links:
        log.hops(rec, popcount(links), t, t + 1)
        tape.note(state, tape.HOPS, popcount(links), t, 0, cell if passes else -1, 0)
    while links:
        port = first_port(links)
        links &= links - 1
        neighbour = (cell + tables.step[port]) & L.INDEX
        enters = t + L.cycles_of(faults, port, tables)
        to = slots[slot + L.TO + port]
        if to < 0:
            to = -to
            if _collides(to, enters, tables, state):
                state.count[L.ERROR_CELL] = neighbour
                state.count[L.ERROR_COLOR] = tables.color[here % 37]
                return L.COLLISION
        push(state, to & L.INDEX, enters << 1 | control, value)
        state.pe[neighbour, L.LIVE] |= here
        alarm(state, neighbour, enters)
        if faults:
            state.count[L.DETOUR] += L.extra_of(faults, port)
            tape.note(state, tape.HOPS, 0, t, L.extra_of(faults, port), -1, 0)
        log.move(rec, cell, here, port, t, value, tables)
    return 0


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
