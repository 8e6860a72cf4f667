"""The kernel of the fabric simulation: it advances arrays; the rules are those at the top of simulate.py.

Indices are masked with INDEX where they are made: Numba then knows that they are not negative, and leaves out the
code that lets an index count from the end.
"""

import numpy as np

from engine._jit import lean_kernel, popcount, prefetch, step
from engine.fabric.geometry import RAMP
from engine.fabric.layout import (
    ADVANCE,
    AFTER,
    ALARMED,
    ARRIVED,
    BAND,
    BLOCKED,
    CE,
    CE_BIT,
    CODE,
    COLORS,
    COLUMNS,
    COUNT,
    CROSSING,
    DEST,
    DOES,
    ELEMENT,
    END,
    ENTRY,
    ERROR_CELL,
    ERROR_COLOR,
    FIRST,
    FROM,
    HEARS,
    INDEX,
    INNER,
    INPUT,
    KIND,
    LINE,
    LINK_PORTS,
    LIVE,
    NOW,
    OF,
    OP,
    OUTPUTS,
    PERIOD,
    POPPED,
    READY,
    RING,
    ROWS,
    SENDS,
    SERVED,
    SHIFT,
    THREAD_COLUMNS,
    THREADS,
    TO,
    TURN,
    UNFINISHED,
    UP,
    VISITS,
    WHEEL,
    A,
    B,
    C,
    N,
    T,
    aim,
    queue_of,
    slot_of,
)
from engine.fabric.program import ADD, MULTIPLY, RECEIVE, SEND, STORE
from engine.fabric.recorder import (
    DONE as DONE_AT,
)
from engine.fabric.recorder import (
    HOPS,
    PASSED,
    REACHED,
    WAVELETS,
    has_room,
    record_element,
    record_move,
    record_stall,
)

RUNNING, DONE, DEADLOCK, COLLISION, NO_ROUTE, FULL = range(6)

_FREE, _FREE_NEXT, _FULL_QUEUE = range(3)  # what a queue says to a wavelet
_FAR, _NEAR = 12, 6  # visits ahead for which the row of a PE, and then its slots, are fetched into the cache


@step
def _alarm(state, cell, t):
    i = t & (WHEEL - 1)
    flag = 1 << i
    if state.pe[cell, ALARMED] & flag == 0:
        state.pe[cell, ALARMED] |= flag
        band = state.pe[cell, BAND] & INDEX
        n = state.n_alarms[i, band] & INDEX
        state.alarms[i, band, n] = cell
        state.n_alarms[i, band] = n + 1


@step
def _push(state, queue, time, value):
    entry = queue + ENTRY + 2 * (state.slots[queue + COUNT] & INDEX)
    state.slots[entry] = time
    state.values[entry + 1] = value
    state.slots[queue + COUNT] += 1


@step
def _pop(state, queue, room, t):
    """Remove the head; return whether the queue was full, so that its feeder may be asleep."""
    count = state.slots[queue + COUNT]
    for i in range(1, count):
        entry = (queue + ENTRY + 2 * i) & INDEX
        state.slots[entry - 2] = state.slots[entry]
        state.slots[entry - 1] = state.slots[entry + 1]
    state.slots[queue + COUNT] = count - 1
    state.slots[queue + POPPED] = t
    return count >= room


@step
def _room(state, queue, room, t):
    """Return whether a queue can take a wavelet, by its state at the start of the cycle."""
    count = state.slots[queue + COUNT]
    if count + (state.slots[queue + POPPED] == t) < room:
        return _FREE
    return _FREE_NEXT if count < room else _FULL_QUEUE


@step
def _hold(state, cell, here, status, t):
    """Keep a color waiting: until the next cycle, or asleep until the queue in front of it wakes it."""
    if status == _FREE_NEXT:
        _alarm(state, cell, t + 1)
    else:
        state.pe[cell, LIVE] &= ~here


@step
def _place(cell, here, port, tables):
    """Return the number by which a recorder knows a port of a color, given as a bit."""
    return (cell * tables.n_colors + tables.color[here % 37]) * 6 + port


@step
def _forward(cell, here, busy, t, tables, state, rec):
    """Move the head wavelet of one color, given as a bit, through one router, if it can.

    Returns
    -------
    int
        Mask of the outputs that are taken in this cycle; negative: minus the code of an error.
    """
    slots = state.slots
    slot = slot_of(cell, here, tables, state)
    queue = slots[slot + INPUT] & INDEX
    if slots[queue + COUNT] == 0:
        state.pe[cell, LIVE] &= ~here
        return busy
    time = slots[queue + ENTRY]
    if time >> 1 > t:
        return busy
    control = time & 1
    now = slots[slot + NOW]
    outputs = (now >> 3) & (LINK_PORTS if control else OUTPUTS)
    if outputs & busy:
        _alarm(state, cell, t + 1)
        return busy

    up = slots[slot + UP] & INDEX
    if outputs >> RAMP:
        status = _room(state, up, tables.depth + tables.ramp, t)
        if status != _FREE:
            _hold(state, cell, here, status, t)
            return busy
    links = outputs & LINK_PORTS
    rest = links
    while rest:
        port = popcount((rest & -rest) - 1)
        rest &= rest - 1
        to = abs(slots[slot + TO + port])
        if to == 0:
            state.count[ERROR_CELL] = cell + tables.step[port]
            state.count[ERROR_COLOR] = tables.color[here % 37]
            return -NO_ROUTE
        status = _room(state, to, tables.depth, t)
        if status != _FREE:
            _hold(state, cell, here, status, t)
            return busy

    value = state.values[queue + ENTRY + 1]
    since = max(time >> 1, slots[queue + POPPED] + 1)
    if t > since:
        record_stall(state, rec, cell, since, t)
    if rec.mode and time >> 1 < rec.cells[cell, REACHED]:
        rec.cells[cell, REACHED] = time >> 1
    source = now & 7
    if _pop(state, queue, tables.depth + tables.ramp if source == RAMP else tables.depth, t):
        feeder = cell
        if source == RAMP:
            state.pe[cell, LIVE] |= CE_BIT
        else:
            feeder = (cell + tables.step[source]) & INDEX
            state.pe[feeder, LIVE] |= here
        _alarm(state, feeder, t + 1)
    slots[slot + SERVED] = t
    if outputs >> RAMP:
        if rec.mode == WAVELETS:
            record_move(rec, _place(cell, here, RAMP, tables), t, value)
        if not _take(cell, up, t + tables.ramp, value, tables, state, rec):
            _push(state, up, (t + tables.ramp) << 1, value)
            state.pe[cell, LIVE] |= CE_BIT
            _alarm(state, cell, t + tables.ramp)
    while links:
        port = popcount((links & -links) - 1)
        links &= links - 1
        neighbour = (cell + tables.step[port]) & INDEX
        to = slots[slot + TO + port]
        if to < 0:
            to = -to
            arrived = to - to % tables.stride + ARRIVED
            if slots[arrived] == t:
                state.count[ERROR_CELL] = neighbour
                state.count[ERROR_COLOR] = tables.color[here % 37]
                return -COLLISION
            slots[arrived] = t
        _push(state, to & INDEX, (t + 1) << 1 | control, value)
        state.pe[neighbour, LIVE] |= here
        _alarm(state, neighbour, t + 1)
        rec.cycles[t, HOPS] += 1
        if rec.mode == WAVELETS:
            record_move(rec, _place(cell, here, port, tables), t, value)
    if (control and _advance_switch(slot, tables, state)) or slots[queue + COUNT] > 0:
        state.pe[cell, LIVE] |= here
        _alarm(state, cell, t + 1)
    else:
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
def _take(cell, queue, t, value, tables, state, rec):
    """Let the CE use a wavelet that reaches it in cycle `t`, now, if it is certain to do so then; return whether.

    That is so where its only thread does nothing but receive from this color and has nothing waiting. It saves the
    visit at `t`.
    """
    if tables.n_threads > 1 or state.slots[queue + COUNT] > 0 or state.pe[cell, THREADS + HEARS] != queue:
        return False
    op = state.pe[cell, THREADS + OP] & INDEX
    if op >= tables.end[state.pe[cell, KIND], 0] or state.pe[cell, THREADS + READY] > t:
        return False
    does = tables.op[op, DOES]
    if does & (SEND | MULTIPLY) or not does & RECEIVE:
        return False
    i = state.pe[cell, THREADS + ELEMENT] & INDEX
    _use(cell, op, i, value, tables, state)
    _count_element(cell, op, does, t, tables, state, rec)
    state.pe[cell, THREADS + ELEMENT] = i + 1
    if i + 1 == tables.op[op, N]:
        _end_op(cell, 0, t, tables, state, rec)
    return True


@step
def _multiply(cell, op, i, value, tables, state):
    """Do element `i` of C = A B or C += A B; return the new element of C."""
    does = tables.op[op, DOES]
    columns = tables.op[op, COLUMNS]
    rows = tables.op[op, ROWS]
    a = tables.op[op, A] & INDEX
    place = i // columns
    column = i - place * columns
    if does & RECEIVE:
        if column == 0:
            bits = np.float32(value).view(np.int32)
            state.memory[cell, a] = np.int32(bits & ~0xFFFF).view(np.float32)
            state.memory[cell, a + 1] = bits & 0xFFFF
        factor = state.memory[cell, a]
        place = np.int64(state.memory[cell, a + 1])
    k = place // rows
    row = place - k * rows
    if not does & RECEIVE:
        factor = state.memory[cell, (a + row * tables.op[op, INNER] + k) & INDEX]
    word = (tables.op[op, C] + row * columns + column) & INDEX
    result = factor * state.memory[cell, (tables.op[op, B] + k * columns + column) & INDEX]
    if does & ADD:
        result += state.memory[cell, word]
    if does & STORE:
        state.memory[cell, word] = result
    return result


@step
def _use(cell, op, i, value, tables, state):
    """Do what an operation does with element `i`; return the element it sends on."""
    does = tables.op[op, DOES]
    if does & MULTIPLY:
        return _multiply(cell, op, i, value, tables, state)
    period = tables.op[op, PERIOD]
    word = i if i < period else i % period
    if tables.op[op, RING]:
        width = tables.step[2]
        along = cell % width if tables.op[op, RING] == 1 else cell // width
        ranks = width if tables.op[op, RING] == 1 else state.pe.shape[0] // width
        word += (along + tables.op[op, SHIFT]) % ranks * tables.op[op, N]
    word = (word + tables.op[op, FIRST]) & INDEX
    if not does & RECEIVE:
        value = state.memory[cell, word]
    elif does & ADD:
        value += state.memory[cell, word]
    if does & STORE:
        state.memory[cell, word] = value
    return value


@step
def _count_element(cell, op, does, t, tables, state, rec):
    kind = 2 if does & (ADD | MULTIPLY) else (1 if does & RECEIVE else 3)
    record_element(rec, cell, kind, op - tables.first[state.pe[cell, KIND], 0], t)


@step
def _route(cell, t, tables, state, rec):
    """Give every color that may move at a router its turn; return 0 or the code of an error."""
    waiting = state.pe[cell, LIVE] & (CE_BIT - 1)
    busy = 0
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
        busy = _forward(cell, here, busy, t, tables, state, rec)
        if busy < 0:
            return -busy
    return 0


@step
def _compute(cell, t, tables, state, rec):
    """Issue one element of the thread served longest ago among those that can go; return 0 or the code of an error."""
    kind = state.pe[cell, KIND]
    tried = 0
    later = False
    held = False
    room = tables.depth + tables.ramp
    for _ in range(tables.n_threads):
        k = -1
        turn = 1 << 30
        for other in range(tables.n_threads):
            thread = (THREADS + THREAD_COLUMNS * other) & INDEX
            if not tried >> other & 1 and state.pe[cell, thread + OP] < tables.end[kind, other]:
                if state.pe[cell, thread + TURN] < turn:
                    turn = state.pe[cell, thread + TURN]
                    k = other
        if k < 0:
            break
        tried |= 1 << k
        thread = (THREADS + THREAD_COLUMNS * k) & INDEX
        if state.pe[cell, thread + READY] > t:
            later = True
            continue
        op = state.pe[cell, thread + OP] & INDEX
        of = tables.op[op, OF] & INDEX
        if state.pe[cell, (THREADS + THREAD_COLUMNS * of + OP) & INDEX] - tables.first[kind, of] < tables.op[op, AFTER]:
            continue
        does = tables.op[op, DOES]
        i = state.pe[cell, thread + ELEMENT] & INDEX
        n = tables.op[op, N]
        control = i == n
        receives = does & RECEIVE and not control
        if does & MULTIPLY and i % tables.op[op, COLUMNS]:
            receives = False  # it goes on with what it has heard
        heard = state.pe[cell, thread + HEARS] & INDEX
        value = np.float32(0)
        if receives:
            if heard == 0:
                state.count[ERROR_CELL] = cell
                state.count[ERROR_COLOR] = tables.op[op, FROM]
                return NO_ROUTE
            if state.slots[heard + COUNT] == 0:
                continue
            if state.slots[heard + ENTRY] >> 1 > t:
                later = True
                continue
            value = state.values[heard + ENTRY + 1]
        sent = state.pe[cell, thread + SENDS] & INDEX
        if does & SEND:
            if sent == 0:
                state.count[ERROR_CELL] = cell
                state.count[ERROR_COLOR] = tables.op[op, DEST]
                return NO_ROUTE
            status = _room(state, sent, room, t)
            if status != _FREE:
                held = True
                if status == _FREE_NEXT:
                    later = True
                    _alarm(state, cell, t + 1)
                continue

        if receives and _pop(state, heard, room, t):
            state.pe[cell, LIVE] |= 1 << tables.op[op, FROM]
            _alarm(state, cell, t + 1)
        if not control:
            value = _use(cell, op, i, value, tables, state)
        if does & SEND:
            here = 1 << tables.op[op, DEST]
            _push(state, sent, (t + 1 + tables.ramp) << 1 | control, value)
            state.pe[cell, LIVE] |= here
            _alarm(state, cell, t + 1 + tables.ramp)
            if rec.mode == WAVELETS:
                record_move(rec, _place(cell, here, CE, tables), t + 1, value)
        if state.pe[cell, BLOCKED] >= 0:
            record_stall(state, rec, cell, state.pe[cell, BLOCKED], t)
            state.pe[cell, BLOCKED] = -1
        _count_element(cell, op, does, t, tables, state, rec)
        state.pe[cell, thread + TURN] = t
        state.pe[cell, thread + ELEMENT] = i + 1
        if i + 1 == n + tables.op[op, ADVANCE]:
            _end_op(cell, k, t, tables, state, rec)
        state.pe[cell, LIVE] |= CE_BIT
        _alarm(state, cell, t + 1)
        return 0
    if held and state.pe[cell, BLOCKED] < 0:
        state.pe[cell, BLOCKED] = t
    if not later:
        state.pe[cell, LIVE] &= ~CE_BIT
    return 0


@step
def _end_op(cell, k, t, tables, state, rec):
    """Go on to the next operation of a thread, and let those go that waited for this one."""
    kind = state.pe[cell, KIND]
    thread = (THREADS + THREAD_COLUMNS * k) & INDEX
    ready = t + 1 + tables.gap
    state.pe[cell, LIVE] |= CE_BIT
    if rec.mode:
        rec.cells[cell, DONE_AT] = t + 1
    op = state.pe[cell, thread + OP] + 1
    state.pe[cell, thread + OP] = op
    state.pe[cell, thread + ELEMENT] = 0
    if op == tables.end[kind, k]:
        state.count[UNFINISHED] -= 1
        state.count[END] = max(state.count[END], t + 1)
    else:
        state.pe[cell, thread + READY] = ready
        aim(cell, thread, tables, state)
        _alarm(state, cell, ready)
    done = op - tables.first[kind, k]
    if k == 0 and rec.mode and rec.milestone[cell, 1] == done:
        rec.cells[cell, PASSED] = t + 1
    for other in range(tables.n_threads):
        thread = (THREADS + THREAD_COLUMNS * other) & INDEX
        waits = state.pe[cell, thread + OP]
        if other != k and waits < tables.end[kind, other]:
            if tables.op[waits, AFTER] == done and tables.op[waits, OF] == k:
                state.pe[cell, thread + READY] = max(state.pe[cell, thread + READY], ready)
                _alarm(state, cell, ready)


@step
def _fetch_ahead(i, band, j, n, tables, state):
    """Fetch what later visits of this cycle will look at, since cells are visited in no order."""
    if j + _FAR < n:
        cell = state.alarms[i, band, j + _FAR] & INDEX
        prefetch(state.pe, cell * state.pe.shape[1])
    if j + _NEAR < n:
        cell = state.alarms[i, band, j + _NEAR] & INDEX
        prefetch(state.memory, cell * state.memory.shape[1])
        live = state.pe[cell, LIVE] & (CE_BIT - 1)
        slot = slot_of(cell, live & -live, tables, state)
        prefetch(state.slots, slot)
        prefetch(state.slots, slot + LINE)


@step
def _ahead(t, state):
    """Return in how many cycles the next alarm is set; WHEEL if there is none."""
    for ahead in range(1, WHEEL):
        for band in range(state.n_alarms.shape[1]):
            if state.n_alarms[(t + ahead) & (WHEEL - 1), band]:
                return ahead
    return WHEEL


@lean_kernel
def _advance(t_stop, n_visits, tables, state, rec):
    """Simulate until cycle `t_stop`, the end, an error, or about `n_visits` visits of a PE.

    Parameters
    ----------
    t_stop : int
        Cycle before which to stop.
    n_visits : int
        Bound of the work in this call.
    tables : Tables
        The program and the machine.
    state : State
        Overwritten.
    rec : Recorder
        Overwritten.

    Returns
    -------
    int
        RUNNING, DONE, DEADLOCK, FULL (the recorder needs more room) or the code of an error.
    """
    t = state.count[T]
    visits = 0
    status = RUNNING
    while status == RUNNING:
        if state.count[UNFINISHED] == 0 and t >= state.count[END]:
            status = DONE
            break
        if t >= t_stop or visits >= n_visits:
            break
        n_cycles = 1 if state.count[CROSSING] else min(tables.window, t_stop - t)
        if not has_room(rec, t, n_cycles):
            status = FULL
            break
        stop = t + n_cycles
        before = visits
        for band in range(state.n_alarms.shape[1]):
            now = t
            while now < stop:
                i = now & (WHEEL - 1)
                n = state.n_alarms[i, band]
                state.n_alarms[i, band] = 0
                visits += n
                keep = ~(1 << i)
                error = 0
                for j in range(n):
                    _fetch_ahead(i, band, j, n, tables, state)
                    cell = state.alarms[i, band, j] & INDEX
                    state.pe[cell, ALARMED] &= keep
                    if state.pe[cell, LIVE] & (CE_BIT - 1):
                        error = _route(cell, now, tables, state, rec)
                    if error == 0 and state.pe[cell, LIVE] & CE_BIT:
                        error = _compute(cell, now, tables, state, rec)
                    if error:
                        # What other bands do up to this cycle may be wrong too, and come first.
                        status = error
                        stop = now
                        break
                now += 1
        t = stop
        if visits == before and status == RUNNING:
            ahead = _ahead(t - 1, state)
            if ahead == WHEEL:
                status = DEADLOCK if state.count[UNFINISHED] else DONE
                break
            t = min(t - 1 + ahead, t_stop)
    state.count[T] = t
    state.count[VISITS] += visits
    return status


@lean_kernel
def _settle(t, tables, state, rec):
    """Account for what still waits when a run ends in a deadlock."""
    for cell in range(state.pe.shape[0]):
        for color in range(tables.n_colors):
            if state.pe[cell, COLORS] >> color & 1:
                slot = slot_of(cell, 1 << color, tables, state)
                for port in range(CE):
                    queue = queue_of(slot, port, tables, state)
                    if queue and state.slots[queue + COUNT] > 0:
                        since = max(state.slots[queue + ENTRY] >> 1, state.slots[queue + POPPED] + 1)
                        if since < t:
                            record_stall(state, rec, cell, since, t)
    for cell in range(state.pe.shape[0]):
        if 0 <= state.pe[cell, BLOCKED] < t:
            record_stall(state, rec, cell, state.pe[cell, BLOCKED], t)
