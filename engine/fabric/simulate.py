"""The cycle-level simulation of the fabric: one kernel that advances, and the wrapper that runs a program.

The rules. Everything below is decided on the state at the start of a cycle; what moves is seen in the next one.

Router. A route gives, for a router and a color, one input port and any set of outputs; up to four such switch positions
exist, of which one is in force. Every input of a color has a queue of `queue_depth` wavelets. The wavelet at the head
of the queue of the input in force moves if every output is free: its link has not been taken in this cycle by another
color, and the queue at the other end has room. It moves to all outputs at once (multicast) or to none. Over a link it
is in the next router's queue one cycle later. Wavelets at inputs that are not in force wait.

Links are shared. In each router the color that moved longest ago goes first, the lower color first among equals (a
least-recently-served arbiter). A color that cannot move is passed over and blocks no other.

Ramp. A link like the others, with a latency of T_R cycles each way and a queue of T_R + `queue_depth` wavelets per color:
the pipeline and what waits at its end. A wavelet that leaves the router in cycle t can be used by the compute element
in cycle t + T_R. An element that is issued in cycle t is at the router T_R + 1 cycles later: one cycle of the compute
element and the ramp. A chain hop is therefore 1 + T_R + 1 + T_R cycles.

Compute element (CE). Each of its threads runs vector operations in order, an element at a time; the CE issues at most
one element a cycle, of the thread served longest ago among those that can go. An element needs its wavelet at the CE
and room on the ramp. After the last element of an operation the next one of the thread starts `vector_gap` cycles later,
and so does an operation of another thread that waited for it. All tasks start together after `task_startup` cycles, from
which the cycles of the kernel and of the trace are counted.

Control wavelets. A SWITCH_ADV travels in order behind the data and moves the switch of every router it crosses to its
next position, where there is one, for what follows it. The ramp of a destination drops it.

Errors. Two wavelets of one color that enter a router over two links in one cycle, or a wavelet at a router whose color
has no such input, end the run with `FabricError`. If nothing can move and work remains, the run ends as a deadlock.

Cost. Only PEs where something may happen are visited: a blocked queue sleeps until the queue in front of it gives way,
an idle PE costs nothing.

Not modelled: bank conflicts of the memory, task scheduling by the hardware, TEARDOWN and ring mode of switches.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine._jit import lean_kernel, step
from engine.fabric.program import FabricError, Program
from engine.fabric.recording import Recorder, recorder

RUNNING, DONE, DEADLOCK, COLLISION, NO_ROUTE, FULL = range(6)

# Codes of the kernel; see geometry.py and program.py.
_RAMP, _CE = 4, 5
_RECEIVE, _ADD, _STORE, _SEND = 1, 2, 4, 8
_CODE, _STATE, _BASE, _SERVED = range(4)  # columns of `slot`
_HEAD, _COUNT, _POPPED = range(3)  # columns of `queue`
_OP, _I, _READY, _TURN = range(4)  # columns of `thread`
_DOES, _N, _FROM, _TO, _PERIOD, _ADVANCE, _AFTER, _RING, _SHIFT = range(9)  # columns of `op`
_T, _UNFINISHED, _HOPS, _ELEMENTS, _STALLED, _END, _WHERE, _VISITS = range(8)  # entries of `count`
_WHEEL = 32  # cycles that an alarm can lie ahead; what is set for a PE in one cycle is one bit
_CE_BIT = 1 << 30  # in `live`, beside one bit a color
_NEVER = -(1 << 30)

_PORT_OF_QUEUE = np.array(
    [[bin(mask & ((1 << port) - 1)).count("1") if mask >> port & 1 else -1 for port in range(6)] for mask in range(64)],
    np.int8,
)
_COLOR_OF_BIT = np.zeros(37, np.int8)  # the powers of two below 2**36 differ modulo 37
for _color in range(24):
    _COLOR_OF_BIT[(1 << _color) % 37] = _color


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
    kind: NDArray[np.int32]  # (n_pe,)
    first: NDArray[np.int32]  # (n_kinds, n_threads) first op of each thread
    end: NDArray[np.int32]  # (n_kinds, n_threads) one past its last op
    op: NDArray[np.int32]  # (n_ops, 9)


class State(NamedTuple):
    """What changes during a run; overwritten by the kernel."""

    slot: NDArray[np.int32]  # (n_pe * n_colors, 4) route code; ports with queues | position << 8; first queue; last moved
    arrived: NDArray[np.int32]  # (n_pe * n_colors,) cycle of the last arrival over a link
    queue: NDArray[np.int32]  # (n_queues, 3) head, count, cycle of the last removal
    time: NDArray[np.int32]  # (n_queues, room) cycle from which a wavelet can be used, times 2, plus 1 for control
    value: NDArray[np.float32]  # (n_queues, room)
    thread: NDArray[np.int32]  # (n_pe * n_threads, 4) op, element, ready from, last served
    memory: NDArray[np.float32]  # (n_pe, n_words)
    live: NDArray[np.int32]  # (n_pe,) colors, and the CE, that are worth a look
    blocked: NDArray[np.int32]  # (n_pe,) cycle since which the CE is held by its output, -1 if it is not
    alarms: NDArray[np.int32]  # (_WHEEL, n_pe) PEs to visit, by cycle modulo _WHEEL
    n_alarms: NDArray[np.int32]  # (_WHEEL,)
    alarmed: NDArray[np.int32]  # (n_pe,) bit per entry of the wheel
    target: NDArray[np.int32]  # (5,) scratch
    count: NDArray[np.int64]  # (8,) cycle, unfinished threads, hops, elements, stalled, end, where an error is, visits


@step
def _alarm(state, cell, t):
    i = t & (_WHEEL - 1)
    flag = np.int32(1 << i)
    if state.alarmed[cell] & flag == 0:
        state.alarmed[cell] |= flag
        state.alarms[i, state.n_alarms[i]] = cell
        state.n_alarms[i] += 1


@step
def _push(state, q, room, time, value):
    count = state.queue[q, _COUNT]
    i = state.queue[q, _HEAD] + count
    if i >= room:
        i -= room
    state.time[q, i] = time
    state.value[q, i] = value
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
def _wait(state, rec, q, time, t, cell):
    """Account for the cycles in which the head of a router's queue could not move."""
    since = max(time, state.queue[q, _POPPED] + 1)
    if t > since:
        _record_stall(state, rec, cell, since, t)


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
    slot = cell * tables.n_colors + color
    ports = state.slot[slot, _STATE]
    position = ports >> 8
    ports &= 63
    code = state.slot[slot, _CODE] >> (8 * position)
    source = code & 7
    outputs = (code >> 3) & 31
    q = state.slot[slot, _BASE] + tables.rank[ports, source]
    here = 1 << color
    if state.queue[q, _COUNT] == 0:
        state.live[cell] &= ~here
        return busy
    head = state.queue[q, _HEAD]
    time = state.time[q, head]
    if time >> 1 > t:
        return busy
    control = time & 1
    if control:
        outputs &= 15
    if outputs & busy:
        _alarm(state, cell, t + 1)
        return busy
    room_ramp = tables.depth + tables.ramp
    for port in range(5):
        if outputs >> port & 1:
            if port == _RAMP:
                other = state.slot[slot, _BASE] + tables.rank[ports, _CE]
                room = room_ramp
            else:
                next_slot = slot + tables.step[port] * tables.n_colors
                rank = tables.rank[state.slot[next_slot, _STATE] & 63, (port + 2) & 3]
                if rank < 0:
                    state.count[_WHERE] = next_slot
                    return -NO_ROUTE
                other = state.slot[next_slot, _BASE] + rank
                room = tables.depth
            count = state.queue[other, _COUNT]
            popped = state.queue[other, _POPPED] == t
            if count + popped >= room:
                if count < room:
                    _alarm(state, cell, t + 1)
                else:
                    state.live[cell] &= ~here
                return busy
            state.target[port] = other

    value = state.value[q, head]
    _wait(state, rec, q, time >> 1, t, cell)
    if rec.mode:
        rec.reached[cell] = min(rec.reached[cell], time >> 1)
    if _pop(state, q, room_ramp if source == _RAMP else tables.depth, t):
        if source == _RAMP:
            state.live[cell] |= _CE_BIT
            _alarm(state, cell, t + 1)
        else:
            feeder = cell + tables.step[source]
            state.live[feeder] |= here
            _alarm(state, feeder, t + 1)
    state.slot[slot, _SERVED] = t
    for port in range(5):
        if outputs >> port & 1:
            if port == _RAMP:
                _push(state, state.target[port], room_ramp, (t + tables.ramp) << 1, value)
                state.live[cell] |= _CE_BIT
                _alarm(state, cell, t + tables.ramp)
            else:
                _push(state, state.target[port], tables.depth, (t + 1) << 1 | control, value)
                neighbour = cell + tables.step[port]
                next_slot = slot + tables.step[port] * tables.n_colors
                state.live[neighbour] |= here
                _alarm(state, neighbour, t + 1)
                entered = state.slot[next_slot, _STATE] & 15
                if entered & (entered - 1):
                    if state.arrived[next_slot] == t:
                        state.count[_WHERE] = next_slot
                        return -COLLISION
                    state.arrived[next_slot] = t
                state.count[_HOPS] += 1
                rec.links[t] += 1
            if rec.mode == 2:
                _record_move(rec, slot, port, t, value)
    moved_switch = False
    if control and position < 3 and (code >> 11) & 31:
        state.slot[slot, _STATE] += 1 << 8
        moved_switch = True
    if moved_switch or state.queue[q, _COUNT] > 0:
        state.live[cell] |= here
        _alarm(state, cell, t + 1)
    else:
        state.live[cell] &= ~here
    return busy | outputs


@step
def _route(cell, t, tables, state, rec):
    """Give every color that may move at a router its turn; return 0 or the code of an error."""
    waiting = state.live[cell] & (_CE_BIT - 1)
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
    """Issue one element of the thread that was served longest ago among those that can go, if any."""
    kind = tables.kind[cell]
    tried = 0
    later = False
    held = False
    room = tables.depth + tables.ramp
    for _ in range(tables.n_threads):
        k = -1
        turn = 1 << 30
        for other in range(tables.n_threads):
            row = cell * tables.n_threads + other
            if not tried >> other & 1 and state.thread[row, _OP] < tables.end[kind, other]:
                if state.thread[row, _TURN] < turn:
                    turn = state.thread[row, _TURN]
                    k = other
        if k < 0:
            break
        tried |= 1 << k
        row = cell * tables.n_threads + k
        if state.thread[row, _READY] > t:
            later = True
            continue
        op = state.thread[row, _OP]
        if state.thread[cell * tables.n_threads, _OP] - tables.first[kind, 0] < tables.op[op, _AFTER]:
            continue
        does = tables.op[op, _DOES]
        i = state.thread[row, _I]
        n = tables.op[op, _N]
        control = i == n
        receives = does & _RECEIVE and not control
        q = 0
        value = np.float32(0)
        if receives:
            slot = cell * tables.n_colors + tables.op[op, _FROM]
            q = state.slot[slot, _BASE] + tables.rank[state.slot[slot, _STATE] & 63, _CE]
            if state.queue[q, _COUNT] == 0:
                continue
            head = state.queue[q, _HEAD]
            if state.time[q, head] >> 1 > t:
                later = True
                continue
            value = state.value[q, head]
        if does & _SEND:
            slot = cell * tables.n_colors + tables.op[op, _TO]
            out = state.slot[slot, _BASE] + tables.rank[state.slot[slot, _STATE] & 63, _RAMP]
            count = state.queue[out, _COUNT]
            if count + (state.queue[out, _POPPED] == t) >= room:
                held = True
                if count < room:
                    later = True
                    _alarm(state, cell, t + 1)
                continue

        if receives and _pop(state, q, room, t):
            state.live[cell] |= 1 << tables.op[op, _FROM]
            _alarm(state, cell, t + 1)
        if not control:
            period = tables.op[op, _PERIOD]
            word = i if i < period else i % period
            if tables.op[op, _RING]:
                width = tables.step[2]
                along = cell % width if tables.op[op, _RING] == 1 else cell // width
                ranks = width if tables.op[op, _RING] == 1 else tables.kind.size // width
                word += (along + tables.op[op, _SHIFT]) % ranks * n
            if not does & _RECEIVE:
                value = state.memory[cell, word]
            elif does & _ADD:
                value += state.memory[cell, word]
            if does & _STORE:
                state.memory[cell, word] = value
        if does & _SEND:
            _push(state, out, room, (t + 1 + tables.ramp) << 1 | control, value)
            state.live[cell] |= 1 << tables.op[op, _TO]
            _alarm(state, cell, t + 1 + tables.ramp)
            if rec.mode == 2:
                _record_move(rec, slot, _CE, t + 1, value)
        state.count[_ELEMENTS] += 1
        rec.elements[t] += 1
        if state.blocked[cell] >= 0:
            _record_stall(state, rec, cell, state.blocked[cell], t)
            state.blocked[cell] = -1
        if rec.watched[cell]:
            work = 3 if not does & _RECEIVE else (2 if does & _ADD else 1)
            _record_work(rec, cell, work, op - tables.first[kind, 0], t)
        if rec.mode and rec.started[cell] > t:
            rec.started[cell] = t
        state.thread[row, _TURN] = t
        state.thread[row, _I] = i + 1
        if i + 1 == n + tables.op[op, _ADVANCE]:
            _end_op(cell, k, t, tables, state, rec)
        state.live[cell] |= _CE_BIT
        _alarm(state, cell, t + 1)
        return
    if held and state.blocked[cell] < 0:
        state.blocked[cell] = t
    if not later:
        state.live[cell] &= ~_CE_BIT


@step
def _end_op(cell, k, t, tables, state, rec):
    """Go on to the next operation of a thread, and let those go that waited for this one."""
    kind = tables.kind[cell]
    row = cell * tables.n_threads + k
    ready = t + 1 + tables.gap
    if rec.mode:
        rec.done[cell] = t + 1
    op = state.thread[row, _OP] + 1
    state.thread[row, _OP] = op
    state.thread[row, _I] = 0
    if op == tables.end[kind, k]:
        state.count[_UNFINISHED] -= 1
        state.count[_END] = max(state.count[_END], t + 1)
    else:
        state.thread[row, _READY] = ready
        _alarm(state, cell, ready)
    if k == 0:
        if rec.mode and rec.milestone[cell, 1] == op - tables.first[kind, 0]:
            rec.passed[cell] = t + 1
        for other in range(1, tables.n_threads):
            row = cell * tables.n_threads + other
            waits = state.thread[row, _OP]
            if waits < tables.end[kind, other] and tables.op[waits, _AFTER] == op - tables.first[kind, 0]:
                state.thread[row, _READY] = max(state.thread[row, _READY], ready)
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
        if state.count[_UNFINISHED] == 0:
            status = DONE
            break
        if t >= t_stop or visits >= n_visits:
            break
        if t + 2 * _WHEEL > rec.links.size or max(rec.used[0], rec.used[1], rec.used[2]) + rec.reserve > rec.move_t0.size:
            status = FULL
            break
        i = t & (_WHEEL - 1)
        n = state.n_alarms[i]
        if n == 0:
            ahead = 1
            while ahead < _WHEEL and state.n_alarms[(t + ahead) & (_WHEEL - 1)] == 0:
                ahead += 1
            if ahead == _WHEEL:
                status = DEADLOCK
                break
            t = min(t + ahead, t_stop)
            continue
        state.n_alarms[i] = 0
        keep = ~np.int32(1 << i)
        for j in range(n):
            cell = state.alarms[i, j]
            state.alarmed[cell] &= keep
            if state.live[cell] & (_CE_BIT - 1):
                error = _route(cell, t, tables, state, rec)
                if error:
                    status = error
                    break
            if state.live[cell] & _CE_BIT:
                _compute(cell, t, tables, state, rec)
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
def _lay(routes, slot, threads, first, kind, end, live, alarms, alarmed, n_alarms):
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
            slot[i, _SERVED] = _NEVER
            while ports:
                n_queues += ports & 1
                ports >>= 1
    unfinished = 0
    n_threads = first.shape[1]
    for cell in range(kind.size):
        work = False
        for k in range(n_threads):
            i = cell * n_threads + k
            threads[i, _OP] = first[kind[cell], k]
            threads[i, _I] = 0
            threads[i, _READY] = 0
            threads[i, _TURN] = _NEVER
            if first[kind[cell], k] < end[kind[cell], k]:
                unfinished += 1
                work = True
        if work:
            live[cell] = _CE_BIT
            alarms[0, n_alarms[0]] = cell
            n_alarms[0] += 1
            alarmed[cell] = 1
    return n_queues, unfinished


@dataclass(frozen=True)
class Machine:
    """The constants of the fabric that the simulation needs.

    Attributes
    ----------
    ramp_latency : int
        T_R, each way [cycle].
    queue_depth : int
        Wavelets per color and input.
    vector_gap : int
        From the end of a vector operation to the start of one that depends on it [cycle].
    task_startup : int
        From the start of the program to the first element of a task [cycle].
    """

    ramp_latency: int
    queue_depth: int
    vector_gap: int
    task_startup: int


@dataclass(frozen=True, eq=False)
class Result:
    """What a simulation gives. Cycles are counted from the moment the tasks have started.

    Attributes
    ----------
    program : Program
        What ran.
    machine : Machine
        Where.
    cycles : int
        Until the last operation ended, or nothing could move any more [cycle].
    deadlock : bool
        Whether it ended with work undone.
    hops : int
        Wavelets over links, each link counted.
    elements : int
        Elements issued by compute elements.
    stalled : int
        Cycles for which a head of a router's queue, or a CE with something to send, could not move, summed.
    visits : int
        Visits of a PE that the simulation took: its cost.
    memory : (n_pe, n_words) float32 array
        Contents at the end.
    max_error : float
        Largest difference between the result and NumPy's.
    tables, state, recorder
        What the kernel worked on.
    """

    program: Program
    machine: Machine
    cycles: int
    deadlock: bool
    hops: int
    elements: int
    stalled: int
    visits: int
    memory: NDArray[np.float32]
    max_error: float
    tables: Tables
    state: State
    recorder: Recorder


def prepare(program: Program, machine: Machine) -> tuple[Tables, State]:
    """Lay out a program for the kernel.

    Parameters
    ----------
    program : Program
        What to run.
    machine : Machine
        Where.

    Returns
    -------
    tables : Tables
    state : State
        At cycle 0: all tasks have just started.
    """
    n_pe, n_colors = program.routes.shape
    n_threads = max(1, *(len(kind) for kind in program.kinds))
    first = np.zeros((len(program.kinds), n_threads), np.int32)
    end = np.zeros_like(first)
    ops = []
    for i, kind in enumerate(program.kinds):
        for k in range(n_threads):
            thread = kind[k] if k < len(kind) else ()
            first[i, k] = len(ops)
            ops.extend(
                (op.does, op.n, op.receive, op.send, op.period or op.n, op.advance, op.after, op.ring, op.shift)
                for op in thread
            )
            end[i, k] = len(ops)
    tables = Tables(
        n_colors=n_colors,
        n_threads=n_threads,
        depth=machine.queue_depth,
        ramp=machine.ramp_latency,
        gap=machine.vector_gap,
        step=np.array([-program.width, 1, program.width, -1], np.int32),
        rank=_PORT_OF_QUEUE,
        color=_COLOR_OF_BIT,
        kind=program.kind,
        first=first,
        end=end,
        op=np.array(ops, np.int32).reshape(-1, 9),
    )
    slot = np.empty((n_pe * n_colors, 4), np.int32)
    thread = np.empty((n_pe * n_threads, 4), np.int32)
    live, alarmed = np.zeros(n_pe, np.int32), np.zeros(n_pe, np.int32)
    alarms, n_alarms = np.empty((_WHEEL, n_pe), np.int32), np.zeros(_WHEEL, np.int32)
    n_queues, unfinished = _lay(
        program.routes, slot, thread, first, program.kind, end, live, alarms, alarmed, n_alarms
    )
    room = machine.queue_depth + machine.ramp_latency
    queue = np.zeros((n_queues, 3), np.int32)
    queue[:, _POPPED] = _NEVER
    count = np.zeros(8, np.int64)
    count[_UNFINISHED] = unfinished
    state = State(
        slot=slot,
        arrived=np.full(n_pe * n_colors, _NEVER, np.int32),
        queue=queue,
        time=np.empty((n_queues, room), np.int32),
        value=np.empty((n_queues, room), np.float32),
        thread=thread,
        memory=program.memory.copy(),
        live=live,
        blocked=np.full(n_pe, -1, np.int32),
        alarms=alarms,
        n_alarms=n_alarms,
        alarmed=alarmed,
        target=np.zeros(5, np.int32),
        count=count,
    )
    return tables, state


def advance(tables: Tables, state: State, rec: Recorder, t_stop: int, n_visits: int) -> tuple[int, Recorder]:
    """Call the kernel until it has done its share, with more room for the recorder where it needs it."""
    status = FULL
    while status == FULL:
        status = _advance(t_stop, n_visits, tables, state, rec)
        if status == FULL:
            rec = rec.grown(int(state.count[_T]) + 2 * _WHEEL)
    return status, rec


def simulate(
    program: Program,
    machine: Machine,
    record: str = "none",
    hops: float = 0,
    progress: Callable[[float], None] = lambda share: None,
) -> Result:
    """Run a program to its end.

    Parameters
    ----------
    program : Program
        What to run.
    machine : Machine
        Where.
    record : str
        "none", "field" (event times of each cell) or "wavelets" (everything).
    hops : float
        Expected number of wavelet hops, for the share reported to `progress`.
    progress : callable
        Receives the finished share in [0, 1] every 50 ms or so; what it raises ends the run.

    Returns
    -------
    Result

    Raises
    ------
    FabricError
        Names the rule, the PE, the color and the cycle.
    """
    tables, state = prepare(program, machine)
    rec = recorder(record, program)
    n_visits = 50_000
    while True:
        before = perf_counter()
        status, rec = advance(tables, state, rec, 1 << 30, n_visits)
        if status != RUNNING:
            break
        n_visits = int(n_visits * min(4.0, max(0.25, 0.05 / max(perf_counter() - before, 1e-6))))
        progress(min(1.0, float(state.count[_HOPS]) / hops) if hops else 0.0)
    if status in (COLLISION, NO_ROUTE):
        raise _error(status, program, machine, state)
    cycles = int(state.count[_T] if status == DEADLOCK else state.count[_END])
    if status == DEADLOCK:
        _settle(cycles, tables, state, rec)
    found = state.memory[program.results, : program.expected.size]
    return Result(
        program=program,
        machine=machine,
        cycles=cycles,
        deadlock=status == DEADLOCK,
        hops=int(state.count[_HOPS]),
        elements=int(state.count[_ELEMENTS]),
        stalled=int(state.count[_STALLED]),
        visits=int(state.count[_VISITS]),
        memory=state.memory,
        max_error=float(np.abs(found - program.expected).max(initial=0)),
        tables=tables,
        state=state,
        recorder=rec,
    )


@lean_kernel
def _settle(t, tables, state, rec):
    """Account for what still waits when a run ends in a deadlock."""
    for slot in range(state.slot.shape[0]):
        ports = state.slot[slot, _STATE] & 63
        for port in range(5):
            if ports >> port & 1:
                q = state.slot[slot, _BASE] + tables.rank[ports, port]
                if state.queue[q, _COUNT] > 0 and state.time[q, state.queue[q, _HEAD]] >> 1 < t:
                    _wait(state, rec, q, state.time[q, state.queue[q, _HEAD]] >> 1, t, slot // tables.n_colors)
    for cell in range(state.blocked.size):
        if 0 <= state.blocked[cell] < t:
            _record_stall(state, rec, cell, state.blocked[cell], t)


def _error(status, program, machine, state):
    cell, color = divmod(int(state.count[_WHERE]), len(program.colors))
    y, x = divmod(cell, program.width)
    where = f"PE ({x}, {y}), color {color} ({program.colors[color]}), cycle {int(state.count[_T]) + machine.task_startup}"
    if status == COLLISION:
        return FabricError(f"a color may enter a router over one link in a cycle, got two at {where}")
    return FabricError(f"a wavelet must meet a route that takes it, got none at {where}")


def warm_up() -> None:
    """Compile the kernels, or load them from the cache."""
    from engine.fabric.programs.stream import single

    simulate(single(2, 1, 1, 0), Machine(1, 1, 0, 0))
