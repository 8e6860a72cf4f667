"""Products of a compute element (CE) that need no wavelet are done together. A shortcut of the kernel.

A CE that multiplies what lies in its memory issues products in every cycle, until the operation ends or another of its
threads can go. So it need not be visited in between: only when a wavelet comes, room is made on the ramp, or another
thread has waited long enough, each of which sets an alarm. What has been done meanwhile follows from the cycles.

While this is so, `SINCE` is the cycle in which it began, as for a train, and the words THREAD and LIMIT beside those of
a train say which thread multiplies, and before which cycle it ends.
"""

from engine._jit import step
from engine.fabric.core import layout as L
from engine.fabric.core import log, tape
from engine.fabric.core.isa import ADD, MULTIPLY, RECEIVE, SEND, STORE
from engine.fabric.core.operation import count_elements, end_op, half
from engine.fabric.core.queues import alarm

_AHEAD = L.WHEEL - 1  # cycles after which the CE is visited again, while it has not ended


@step
def are_under_way(cell, tables, state):
    """Return whether a CE multiplies without being visited."""
    if state.pe[cell, L.SINCE] < 0:
        return False
    thread = state.trains[cell * L.CE_WORDS + L.THREAD] & L.INDEX
    return tables.op[state.pe[cell, thread + L.OP] & L.INDEX, L.DOES] & MULTIPLY != 0


@step
def can_be_together(cell, op, tables, state):
    """Return whether products of an operation can be done together: none is heard or sent, and the CE is sound."""
    return (
        tables.products
        and tables.op[op, L.DOES] & (MULTIPLY | RECEIVE | SEND) == MULTIPLY
        and state.pe[cell, L.FAULTS] >> 20 == 0
        and state.pe[cell, L.SINCE] == L.NO_TRAIN
    )


@step
def start(cell, thread, op, i, t, tables, state, rec):
    """Let a CE multiply from element `i` and cycle `t` on, where more than this cycle is left; return whether it is."""
    rate, run = tables.op[op, L.RATE], tables.op[op, L.RUN]
    whole = (tables.op[op, L.N] - i - 1) // run
    end = t + whole * ((run + rate - 1) // rate) + (run - i % run + rate - 1) // rate
    if end < t + 2:
        return False
    tape.tear(state)
    at = cell * L.CE_WORDS
    state.pe[cell, L.SINCE] = t
    state.trains[at + L.THREAD] = thread
    state.trains[at + L.LIMIT] = end
    state.pe[cell, L.LIVE] |= L.CE_BIT
    alarm(state, cell, min(end - 1, t + _AHEAD))
    if state.pe[cell, L.BLOCKED] >= 0:
        log.stall(state, rec, cell, state.pe[cell, L.BLOCKED], t)
        state.pe[cell, L.BLOCKED] = -1
    return True


@step
def go_on(cell, t, tables, state, rec):
    """Let a CE multiply in cycle `t`, too, and end the operation where this is its last one."""
    end = state.trains[cell * L.CE_WORDS + L.LIMIT]
    if end <= t + 1:
        stop(cell, end, t, tables, state, rec)
    elif (t - state.pe[cell, L.SINCE]) % _AHEAD == 0:
        alarm(state, cell, min(end - 1, t + _AHEAD))


@step
def stop(cell, end, t, tables, state, rec):
    """Do the products that a CE has issued until before cycle `end`."""
    thread = state.trains[cell * L.CE_WORDS + L.THREAD] & L.INDEX
    op = state.pe[cell, thread + L.OP] & L.INDEX
    since = state.pe[cell, L.SINCE]
    i = state.pe[cell, thread + L.ELEMENT] & L.INDEX
    after = _after(op, i, end - since, tables)
    count_elements(cell, op, tables.op[op, L.DOES], since, end - since, end, tables, state, rec)
    _multiply(cell, op, i, after, tables, state)
    state.pe[cell, L.SINCE] = L.NO_TRAIN
    state.pe[cell, thread + L.TURN] = end - 1
    state.pe[cell, thread + L.ELEMENT] = after
    if after == tables.op[op, L.N]:
        end_op(cell, (thread - L.THREADS) // L.THREAD_COLUMNS, end, tables, state, rec)
    if end > t:
        alarm(state, cell, end)


@step
def _after(op, i, n, tables):
    """Return the element at which an operation is that has gone on for `n` cycles from element `i`."""
    rate, run = tables.op[op, L.RATE], tables.op[op, L.RUN]
    cycles = (run + rate - 1) // rate
    first = (run - i % run + rate - 1) // rate  # cycles until the next run begins
    if n < first:
        return i + n * rate
    runs = (n - first) // cycles
    return i - i % run + (1 + runs) * run + (n - first - runs * cycles) * rate


@step
def _multiply(cell, op, i, end, tables, state):
    """Do the elements `i` to before `end` of C = A B or C += A B."""
    rows, inner, columns = tables.op[op, L.ROWS], tables.op[op, L.INNER], tables.op[op, L.COLUMNS]
    a, b, c = tables.op[op, L.A] & L.INDEX, tables.op[op, L.B] & L.INDEX, tables.op[op, L.C] & L.INDEX
    does = tables.op[op, L.DOES]
    while i < end:
        place = i // columns
        k = place // rows
        row = place - k * rows
        first = i - place * columns
        n = min(end - i, columns - first)
        factor = state.memory[cell, (a + row * inner + k) & L.INDEX]
        to = (c + row * columns + first) & L.INDEX
        of = (b + k * columns + first) & L.INDEX
        for j in range(n):
            result = factor * state.memory[cell, of + j]
            if does & ADD:
                result += state.memory[cell, to + j]
            if tables.half:
                result = half(result)
            if does & STORE:
                state.memory[cell, to + j] = result
        i += n
