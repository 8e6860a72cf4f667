"""The kernel of the fabric simulation: it advances arrays; the rules are those at the top of simulate.py.

Indices are masked with `_INDEX` where they are made: Numba then knows that they are not negative, and leaves out
the code that lets an index count from the end.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine._jit import lean_kernel, step

RUNNING, DONE, DEADLOCK, COLLISION, NO_ROUTE, FULL = range(6)

# Codes of the kernel; see geometry.py and program.py.
_RAMP, _CE = 4, 5
_RECEIVE, _ADD, _STORE, _SEND = 1, 2, 4, 8
_CODE, _STATE, _BASE, _SERVED = range(4)  # columns of `slot`
_HEAD, _COUNT, _POPPED, _ENTRY = range(4)  # columns of `queue`; from _ENTRY on, time and value of each wavelet
_LIVE, _ALARMED, _BLOCKED, _KIND = range(4)  # columns of `pe`, and four more for each thread:
_OP, _I, _READY, _TURN = range(4, 8)
_DOES, _N, _FROM, _TO, _PERIOD, _ADVANCE, _AFTER, _RING, _SHIFT = range(9)  # columns of `op`
_T, _UNFINISHED, _STALLED, _END, _WHERE, _VISITS = range(6)  # entries of `count`
WHEEL = 32  # cycles that an alarm can lie ahead; what is set for a PE in one cycle is one bit
_CE_BIT = 1 << 30  # in `live`, beside one bit a color
NEVER = -(1 << 30)
_INDEX = (1 << 31) - 1
_FREE, _FREE_NEXT, _FULL_QUEUE = range(3)  # what a queue says to a wavelet

PORT_OF_QUEUE = np.array(
    [[bin(mask & ((1 << port) - 1)).count("1") if mask >> port & 1 else -1 for port in range(6)] for mask in range(64)],
    np.int8,
)
COLOR_OF_BIT = np.zeros(37, np.int8)  # the powers of two below 2**36 differ modulo 37
for _color in range(24):
    COLOR_OF_BIT[(1 << _color) % 37] = _color


class Tables(NamedTuple):
    """What does not change during a run, as the kernel wants it."""

    n_colors: int
    n_threads: int
    depth: int
    ramp: int
    gap: int
    step: NDArray[np.int32]  # (4,) difference in cell number to the neighbour at each link
    rank: NDArray[np.int8]  # (64, 6) place of a port's queue among those of a slot, by the mask of its ports
    color: NDArray[np.int8]  # (37,) color of a bit, by the bit modulo 37
    first: NDArray[np.int32]  # (n_kinds, n_threads) first op of each thread
    end: NDArray[np.int32]  # (n_kinds, n_threads) one past its last op
    op: NDArray[np.int32]  # (n_ops, 9)


class State(NamedTuple):
    """What changes during a run; overwritten by the kernel."""

    slot: NDArray[
        np.int32
    ]  # (n_pe * n_colors, 4) route code; ports with queues | position << 8; first queue; last moved
    arrived: NDArray[np.int32]  # (n_pe * n_colors,) cycle of the last arrival over a link
    pe: NDArray[
        np.int32
    ]  # (n_pe, 4 + 4 * n_threads) colors, and the CE, worth a look; alarms set; cycle since which the
    # CE is held by its output or -1; kind; for each thread: op, element, ready from, last served
    queue: NDArray[
        np.int32
    ]  # (n_queues, 3 + 2 * room) head, count, cycle of the last removal; for each wavelet the cycle
    # from which it can be used, times 2, plus 1 for control, and its value
    value: NDArray[np.float32]  # the same memory, for the values
    memory: NDArray[np.float32]  # (n_pe, n_words)
    alarms: NDArray[np.int32]  # (WHEEL, n_pe) PEs to visit, by cycle modulo WHEEL
    n_alarms: NDArray[np.int32]  # (WHEEL,)
    target: NDArray[np.int32]  # (5,) scratch
    count: NDArray[np.int64]  # (6,) cycle, unfinished threads, stalled, end, where an error is, visits


@step
def _alarm(state, cell, t):
    i = t & (WHEEL - 1)
    flag = 1 << i
    if state.pe[cell, _ALARMED] & flag == 0:
        state.pe[cell, _ALARMED] |= flag
        n = state.n_alarms[i] & _INDEX
        state.alarms[i, n] = cell
        state.n_alarms[i] = n + 1


@step
def _push(state, q, room, time, value):
    count = state.queue[q, _COUNT]
    i = state.queue[q, _HEAD] + count
    if i >= room:
        i -= room
    i &= _INDEX
    state.queue[q, _ENTRY + 2 * i] = time
    state.value[q, _ENTRY + 2 * i + 1] = value
    state.queue[q, _COUNT] = count + 1


@step
def _pop(state, q, room, t):
    """Remove the head; return whether the queue was full, so that its feeder may be asleep."""
    head = state.queue[q, _HEAD] + 1
    state.queue[q, _HEAD] = 0 if head == room else head
    count = state.queue[q, _COUNT]
    state.queue[q, _COUNT] = count - 1
    state.queue[q, _POPPED] = t
    return count >= room


@step
def _record_stall(state, rec, cell, since, t):
    state.count[_STALLED] += t - since
    rec.stalled[since] += 1
    rec.stalled[t] -= 1
    if rec.watched[cell]:
        i = rec.used[2]
        rec.stall_cell[i] = cell
        rec.stall_t0[i] = since
        rec.stall_t1[i] = t
        rec.used[2] = i + 1


@step
def _record_move(rec, slot, port, t, value):
    """Append a wavelet to the run of wavelets that leave this port one a cycle, or start a run."""
    place = slot * 6 + port
    i = rec.open_move[place]
    if i >= 0 and rec.move_t0[i] + rec.move_n[i] == t:
        rec.move_n[i] += 1
    else:
        i = np.int32(rec.used[0])
        rec.move_place[i] = place
        rec.move_t0[i] = t
        rec.move_n[i] = 1
        rec.open_move[place] = i
        rec.used[0] = i + 1
    n = rec.used[3]
    if n < rec.log_value.size:
        rec.log_move[n] = i
        rec.log_value[n] = value
    rec.used[3] = n + 1


@step
def _record_work(rec, cell, kind, op, t):
    i = rec.open_work[cell]
    if i >= 0 and rec.work_t1[i] == t and rec.work_op[i] == op:
        rec.work_t1[i] = t + 1
        return
    i = np.int32(rec.used[1])
    rec.work_cell[i] = cell
    rec.work_kind[i] = kind
    rec.work_op[i] = op
    rec.work_t0[i] = t
    rec.work_t1[i] = t + 1
    rec.open_work[cell] = i
    rec.used[1] = i + 1


@step
def _forward(cell, color, busy, t, tables, state, rec):
    """Move the head wavelet of one color through one router, if it can.

    Returns
    -------
    int
        Mask of the outputs that are taken in this cycle; negative: minus the code of an error.
    """
    slot = (cell * tables.n_colors + color) & _INDEX
    here = 1 << color
    ports = state.slot[slot, _STATE]
    position = (ports >> 8) & 3
    ports &= 63
    code = state.slot[slot, _CODE] >> (8 * position)
    source = code & 7
    base = state.slot[slot, _BASE]
    q = (base + tables.rank[ports, source]) & _INDEX
    if state.queue[q, _COUNT] == 0:
        state.pe[cell, _LIVE] &= ~here
        return busy
    head = state.queue[q, _HEAD] & _INDEX
    time = state.queue[q, _ENTRY + 2 * head]
    if time >> 1 > t:
        return busy
    control = time & 1
    outputs = (code >> 3) & (15 if control else 31)
    if outputs & busy:
        _alarm(state, cell, t + 1)
        return busy

    links = outputs & 15
    up = 0
    if outputs >> _RAMP:
        up = (base + tables.rank[ports, _CE]) & _INDEX
        status = _room(state, up, tables.depth + tables.ramp, t)
        if status != _FREE:
            _hold(state, cell, here, status, t)
            return busy
    rest = links
    while rest:
        low = rest & -rest
        rest ^= low
        port = (low >> 1) - (low >> 3)
        next_slot = (slot + tables.step[port] * tables.n_colors) & _INDEX
        rank = tables.rank[state.slot[next_slot, _STATE] & 63, (port + 2) & 3]
        if rank < 0:
            state.count[_WHERE] = next_slot
            return -NO_ROUTE
        other = (state.slot[next_slot, _BASE] + rank) & _INDEX
        status = _room(state, other, tables.depth, t)
        if status != _FREE:
            _hold(state, cell, here, status, t)
            return busy
        state.target[port] = other

    value = state.value[q, _ENTRY + 2 * head + 1]
    since = max(time >> 1, state.queue[q, _POPPED] + 1)
    if t > since:
        _record_stall(state, rec, cell, since, t)
    if rec.mode and time >> 1 < rec.reached[cell]:
        rec.reached[cell] = time >> 1
    if _pop(state, q, tables.depth + tables.ramp if source == _RAMP else tables.depth, t):
        feeder = cell
        if source == _RAMP:
            state.pe[cell, _LIVE] |= _CE_BIT
        else:
            feeder = (cell + tables.step[source]) & _INDEX
            state.pe[feeder, _LIVE] |= here
        _alarm(state, feeder, t + 1)
    state.slot[slot, _SERVED] = t
    if outputs >> _RAMP:
        if rec.mode == 2:
            _record_move(rec, slot, _RAMP, t, value)
        if not _take(cell, color, up, t + tables.ramp, value, tables, state, rec):
            _push(state, up, tables.depth + tables.ramp, (t + tables.ramp) << 1, value)
            state.pe[cell, _LIVE] |= _CE_BIT
            _alarm(state, cell, t + tables.ramp)
    while links:
        low = links & -links
        links ^= low
        port = (low >> 1) - (low >> 3)
        neighbour = (cell + tables.step[port]) & _INDEX
        next_slot = (neighbour * tables.n_colors + color) & _INDEX
        _push(state, state.target[port] & _INDEX, tables.depth, (t + 1) << 1 | control, value)
        state.pe[neighbour, _LIVE] |= here
        _alarm(state, neighbour, t + 1)
        entered = state.slot[next_slot, _STATE] & 15
        if entered & (entered - 1):
            if state.arrived[next_slot] == t:
                state.count[_WHERE] = next_slot
                return -COLLISION
            state.arrived[next_slot] = t
        rec.links[t] += 1
        if rec.mode == 2:
            _record_move(rec, slot, port, t, value)
    moved_switch = False
    if control and position < 3 and (code >> 11) & 31:
        state.slot[slot, _STATE] += 1 << 8
        moved_switch = True
    if moved_switch or state.queue[q, _COUNT] > 0:
        state.pe[cell, _LIVE] |= here
        _alarm(state, cell, t + 1)
    else:
        state.pe[cell, _LIVE] &= ~here
    return busy | outputs


@step
def _room(state, q, room, t):
    """Return whether a queue can take a wavelet, by its state at the start of the cycle."""
    count = state.queue[q, _COUNT]
    if count + (state.queue[q, _POPPED] == t) < room:
        return _FREE
    return _FREE_NEXT if count < room else _FULL_QUEUE


@step
def _hold(state, cell, here, status, t):
    """Keep a color waiting: until the next cycle, or asleep until the queue in front of it wakes it."""
    if status == _FREE_NEXT:
        _alarm(state, cell, t + 1)
    else:
        state.pe[cell, _LIVE] &= ~here


@step
def _take(cell, color, q, t, value, tables, state, rec):
    """Let the CE use a wavelet that reaches it in cycle `t`, now, if it is certain to do so then; return whether.

    That is so where its only thread does nothing but receive from this color and has nothing waiting. It saves the
    visit at `t`.
    """
    if tables.n_threads > 1 or state.queue[q, _COUNT] > 0:
        return False
    kind = state.pe[cell, _KIND]
    op = state.pe[cell, _OP] & _INDEX
    if op >= tables.end[kind, 0] or state.pe[cell, _READY] > t:
        return False
    does = tables.op[op, _DOES]
    if does & _SEND or not does & _RECEIVE or tables.op[op, _FROM] != color:
        return False
    i = state.pe[cell, _I] & _INDEX
    _use(cell, op, i, value, tables, state)
    _count_element(cell, op, does, t, tables, state, rec)
    state.pe[cell, _I] = i + 1
    if i + 1 == tables.op[op, _N]:
        _end_op(cell, 0, t, tables, state, rec)
    return True


@step
def _use(cell, op, i, value, tables, state):
    """Do what an operation does with element `i`; return the element it sends on."""
    does = tables.op[op, _DOES]
    period = tables.op[op, _PERIOD]
    word = i if i < period else i % period
    if tables.op[op, _RING]:
        width = tables.step[2]
        along = cell % width if tables.op[op, _RING] == 1 else cell // width
        ranks = width if tables.op[op, _RING] == 1 else state.pe.shape[0] // width
        word += (along + tables.op[op, _SHIFT]) % ranks * tables.op[op, _N]
    word &= _INDEX
    if not does & _RECEIVE:
        value = state.memory[cell, word]
    elif does & _ADD:
        value += state.memory[cell, word]
    if does & _STORE:
        state.memory[cell, word] = value
    return value


@step
def _count_element(cell, op, does, t, tables, state, rec):
    rec.elements[t] += 1
    if rec.mode:
        if rec.started[cell] > t:
            rec.started[cell] = t
        if rec.watched[cell]:
            work = 3 if not does & _RECEIVE else (2 if does & _ADD else 1)
            _record_work(rec, cell, work, op - tables.first[state.pe[cell, _KIND], 0], t)


@step
def _route(cell, t, tables, state, rec):
    """Give every color that may move at a router its turn; return 0 or the code of an error."""
    waiting = state.pe[cell, _LIVE] & (_CE_BIT - 1)
    busy = 0
    while waiting:
        low = waiting & -waiting
        color = np.int64(tables.color[low % 37])
        rest = waiting ^ low
        served = state.slot[cell * tables.n_colors + color, _SERVED]
        while rest:
            bit = rest & -rest
            rest ^= bit
            other = np.int64(tables.color[bit % 37])
            if state.slot[cell * tables.n_colors + other, _SERVED] < served:
                served = state.slot[cell * tables.n_colors + other, _SERVED]
                color = other
        waiting &= ~(1 << color)
        busy = _forward(cell, color, busy, t, tables, state, rec)
        if busy < 0:
            return -busy
    return 0


@step
def _compute(cell, t, tables, state, rec):
    """Issue one element of the thread served longest ago among those that can go; return 0 or the code of an error."""
    kind = state.pe[cell, _KIND]
    tried = 0
    later = False
    held = False
    room = tables.depth + tables.ramp
    for _ in range(tables.n_threads):
        k = -1
        turn = 1 << 30
        for other in range(tables.n_threads):
            row = 4 * other & _INDEX
            if not tried >> other & 1 and state.pe[cell, _OP + row] < tables.end[kind, other]:
                if state.pe[cell, _TURN + row] < turn:
                    turn = state.pe[cell, _TURN + row]
                    k = other
        if k < 0:
            break
        tried |= 1 << k
        row = 4 * k & _INDEX
        if state.pe[cell, _READY + row] > t:
            later = True
            continue
        op = state.pe[cell, _OP + row] & _INDEX
        if state.pe[cell, _OP] - tables.first[kind, 0] < tables.op[op, _AFTER]:
            continue
        does = tables.op[op, _DOES]
        i = state.pe[cell, _I + row] & _INDEX
        n = tables.op[op, _N]
        control = i == n
        receives = does & _RECEIVE and not control
        q = 0
        value = np.float32(0)
        if receives:
            slot = (cell * tables.n_colors + tables.op[op, _FROM]) & _INDEX
            rank = tables.rank[state.slot[slot, _STATE] & 63, _CE]
            if rank < 0:
                state.count[_WHERE] = slot
                return NO_ROUTE
            q = (state.slot[slot, _BASE] + rank) & _INDEX
            if state.queue[q, _COUNT] == 0:
                continue
            head = state.queue[q, _HEAD] & _INDEX
            if state.queue[q, _ENTRY + 2 * head] >> 1 > t:
                later = True
                continue
            value = state.value[q, _ENTRY + 2 * head + 1]
        if does & _SEND:
            slot = (cell * tables.n_colors + tables.op[op, _TO]) & _INDEX
            rank = tables.rank[state.slot[slot, _STATE] & 63, _RAMP]
            if rank < 0:
                state.count[_WHERE] = slot
                return NO_ROUTE
            out = (state.slot[slot, _BASE] + rank) & _INDEX
            status = _room(state, out, room, t)
            if status != _FREE:
                held = True
                if status == _FREE_NEXT:
                    later = True
                    _alarm(state, cell, t + 1)
                continue

        if receives and _pop(state, q, room, t):
            state.pe[cell, _LIVE] |= 1 << tables.op[op, _FROM]
            _alarm(state, cell, t + 1)
        if not control:
            value = _use(cell, op, i, value, tables, state)
        if does & _SEND:
            _push(state, out, room, (t + 1 + tables.ramp) << 1 | control, value)
            state.pe[cell, _LIVE] |= 1 << tables.op[op, _TO]
            _alarm(state, cell, t + 1 + tables.ramp)
            if rec.mode == 2:
                _record_move(rec, slot, _CE, t + 1, value)
        if state.pe[cell, _BLOCKED] >= 0:
            _record_stall(state, rec, cell, state.pe[cell, _BLOCKED], t)
            state.pe[cell, _BLOCKED] = -1
        _count_element(cell, op, does, t, tables, state, rec)
        state.pe[cell, _TURN + row] = t
        state.pe[cell, _I + row] = i + 1
        if i + 1 == n + tables.op[op, _ADVANCE]:
            _end_op(cell, k, t, tables, state, rec)
        state.pe[cell, _LIVE] |= _CE_BIT
        _alarm(state, cell, t + 1)
        return 0
    if held and state.pe[cell, _BLOCKED] < 0:
        state.pe[cell, _BLOCKED] = t
    if not later:
        state.pe[cell, _LIVE] &= ~_CE_BIT
    return 0


@step
def _end_op(cell, k, t, tables, state, rec):
    """Go on to the next operation of a thread, and let those go that waited for this one."""
    kind = state.pe[cell, _KIND]
    row = 4 * k & _INDEX
    ready = t + 1 + tables.gap
    state.pe[cell, _LIVE] |= _CE_BIT
    if rec.mode:
        rec.done[cell] = t + 1
    op = state.pe[cell, _OP + row] + 1
    state.pe[cell, _OP + row] = op
    state.pe[cell, _I + row] = 0
    if op == tables.end[kind, k]:
        state.count[_UNFINISHED] -= 1
        state.count[_END] = max(state.count[_END], t + 1)
    else:
        state.pe[cell, _READY + row] = ready
        _alarm(state, cell, ready)
    if k == 0:
        if rec.mode and rec.milestone[cell, 1] == op - tables.first[kind, 0]:
            rec.passed[cell] = t + 1
        for other in range(1, tables.n_threads):
            row = 4 * other & _INDEX
            waits = state.pe[cell, _OP + row]
            if waits < tables.end[kind, other] and tables.op[waits, _AFTER] == op - tables.first[kind, 0]:
                state.pe[cell, _READY + row] = max(state.pe[cell, _READY + row], ready)
                _alarm(state, cell, ready)


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
    t = state.count[_T]
    visits = 0
    status = RUNNING
    while status == RUNNING:
        if state.count[_UNFINISHED] == 0 and t >= state.count[_END]:
            status = DONE
            break
        if t >= t_stop or visits >= n_visits:
            break
        if (
            t + 2 * WHEEL > rec.links.size
            or max(rec.used[0], rec.used[1], rec.used[2]) + rec.reserve > rec.move_t0.size
        ):
            status = FULL
            break
        i = t & (WHEEL - 1)
        n = state.n_alarms[i]
        if n == 0:
            ahead = 1
            while ahead < WHEEL and state.n_alarms[(t + ahead) & (WHEEL - 1)] == 0:
                ahead += 1
            if ahead == WHEEL:
                status = DEADLOCK if state.count[_UNFINISHED] else DONE
                break
            t = min(t + ahead, t_stop)
            continue
        state.n_alarms[i] = 0
        keep = ~(1 << i)
        for j in range(n):
            cell = state.alarms[i, j] & _INDEX
            state.pe[cell, _ALARMED] &= keep
            if state.pe[cell, _LIVE] & (_CE_BIT - 1):
                error = _route(cell, t, tables, state, rec)
                if error:
                    status = error
                    break
            if state.pe[cell, _LIVE] & _CE_BIT:
                error = _compute(cell, t, tables, state, rec)
                if error:
                    status = error
                    break
        visits += n
        if status == RUNNING:
            t += 1
    state.count[_T] = t
    state.count[_VISITS] += visits
    return status


@step
def _ports_with_queues(code):
    ports = 0
    for position in range(4):
        here = code >> (8 * position)
        outputs = (here >> 3) & 31
        if outputs:
            ports |= 1 << (here & 7)
            if outputs >> _RAMP & 1:
                ports |= 1 << _CE
    return ports


@lean_kernel
def _lay(routes, kind, first, end, slot, pe, alarms, n_alarms):
    """Fill slots and threads at the start of a run; return how many queues and unfinished threads there are."""
    n_queues = 0
    n_colors = routes.shape[1]
    for cell in range(routes.shape[0]):
        for color in range(n_colors):
            code = routes[cell, color]
            ports = _ports_with_queues(np.int64(code))
            i = cell * n_colors + color
            slot[i, _CODE] = np.int32(code)
            slot[i, _STATE] = ports
            slot[i, _BASE] = n_queues
            slot[i, _SERVED] = NEVER
            while ports:
                n_queues += ports & 1
                ports >>= 1
    unfinished = 0
    n_threads = first.shape[1]
    for cell in range(kind.size):
        work = False
        pe[cell, _LIVE] = 0
        pe[cell, _ALARMED] = 0
        pe[cell, _BLOCKED] = -1
        pe[cell, _KIND] = kind[cell]
        for k in range(n_threads):
            pe[cell, _OP + 4 * k] = first[kind[cell], k]
            pe[cell, _I + 4 * k] = 0
            pe[cell, _READY + 4 * k] = 0
            pe[cell, _TURN + 4 * k] = NEVER
            if first[kind[cell], k] < end[kind[cell], k]:
                unfinished += 1
                work = True
        if work:
            pe[cell, _LIVE] = _CE_BIT
            pe[cell, _ALARMED] = 1
            alarms[0, n_alarms[0]] = cell
            n_alarms[0] += 1
    return n_queues, unfinished


@lean_kernel
def _settle(t, tables, state, rec):
    """Account for what still waits when a run ends in a deadlock."""
    for slot in range(state.slot.shape[0]):
        ports = state.slot[slot, _STATE] & 63
        for port in range(5):
            if ports >> port & 1:
                q = state.slot[slot, _BASE] + tables.rank[ports, port]
                if state.queue[q, _COUNT] > 0:
                    since = max(state.queue[q, _ENTRY + 2 * state.queue[q, _HEAD]] >> 1, state.queue[q, _POPPED] + 1)
                    if since < t:
                        _record_stall(state, rec, slot // tables.n_colors, since, t)
    for cell in range(state.pe.shape[0]):
        if 0 <= state.pe[cell, _BLOCKED] < t:
            _record_stall(state, rec, cell, state.pe[cell, _BLOCKED], t)
