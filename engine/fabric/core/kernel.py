"""The kernel of the fabric simulation: it advances arrays; the rules are at the head of `engine.fabric.machine`.

Indices are masked with INDEX where they are made: Numba then knows that they are not negative, and leaves out the
code that lets an index count from the end.

The rest of it is in the modules beside it: the state in layout.py, what is written down in log.py.
"""

from engine._jit import lean_kernel, popcount, prefetch, step
from engine.fabric.core import layout as L
from engine.fabric.core import log, trains_at_router
from engine.fabric.core.element import compute
from engine.fabric.core.isa import CE, LINK_PORTS
from engine.fabric.core.router import route

# Visits ahead for which the row of a PE, then its first slot, then what that leads to, are fetched into the cache.
_FAR, _NEAR, _NEXT = 12, 6, 3


@step
def _colors_at_work(cell, state):
    return (state.pe[cell, L.LIVE] & (L.CE_BIT - 1)) | state.pe[cell, L.RUNS]


@step
def _fetch_ahead(at, end, tables, state, rec):
    """Fetch what later visits of this cycle will look at, since cells are visited in no order."""
    if at + _FAR < end:
        cell = state.visits[at + _FAR] & L.INDEX
        prefetch(state.pe, cell * state.pe.shape[1])
    if at + _NEAR < end:
        cell = state.visits[at + _NEAR] & L.INDEX
        prefetch(state.memory, cell * state.memory.shape[1])
        if rec.mode:
            prefetch(rec.cells, cell * rec.cells.shape[1])
            prefetch(rec.spells, cell * rec.spells.shape[1])
        live = _colors_at_work(cell, state)
        slot = L.slot_of(cell, live & -live, tables, state)
        prefetch(state.slots, slot)
        prefetch(state.slots, slot + L.LINE)
        prefetch(state.trains, cell * L.CE_WORDS)
    if at + _NEXT < end:
        cell = state.visits[at + _NEXT] & L.INDEX
        live = _colors_at_work(cell, state)
        if live:
            slot = L.slot_of(cell, live & -live, tables, state)
            links = (state.slots[slot + L.NOW] >> 3) & LINK_PORTS
            while links:
                port = popcount((links & -links) - 1)
                links &= links - 1
                there = state.slots[slot + L.TO + port] & L.INDEX
                prefetch(state.slots, there)
                there -= there % tables.stride
                prefetch(state.slots, there)
                prefetch(state.pe, ((cell + tables.step[port]) & L.INDEX) * state.pe.shape[1])


@step
def _gather(i, first, last, state):
    """List the PEs of some bands that are visited in a cycle; return where in `State.visits` they begin and end."""
    start = first * state.alarms.shape[2]
    end = start
    for band in range(first, last):
        for j in range(state.n_alarms[i, band]):
            state.visits[end] = state.alarms[i, band, j]
            end += 1
        state.n_alarms[i, band] = 0
    return start, end


@step
def _ahead(t, first, last, state):
    """Return in how many cycles the next alarm of some bands is set; WHEEL if there is none."""
    for ahead in range(1, L.WHEEL):
        for band in range(first, last):
            if state.n_alarms[(t + ahead) & (L.WHEEL - 1), band]:
                return ahead
    return L.WHEEL


@lean_kernel
def _advance(t_stop, n_visits, first, last, tables, state, rec):
    """Simulate some bands until cycle `t_stop`, the end, an error, or about `n_visits` visits of a PE.

    Parameters
    ----------
    t_stop : int
        Cycle before which to stop.
    n_visits : int
        Bound of the work in this call.
    first, last : int
        First band and one past the last; all of them, where bands talk.
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
    t = state.count[L.T]
    visits = 0
    status = L.RUNNING
    while status == L.RUNNING:
        if state.count[L.UNFINISHED] == 0 and t >= state.count[L.END]:
            status = L.DONE
            break
        if t >= t_stop or visits >= n_visits:
            break
        n_cycles = 1 if state.count[L.CROSSING] else min(tables.window, t_stop - t)
        if not log.has_room(rec, t, n_cycles):
            status = L.FULL
            break
        stop = t + n_cycles
        before = visits
        n_together = last - first if state.count[L.CROSSING] else 1
        for band in range(first, last, n_together):
            now = t
            while now < stop:
                i = now & (L.WHEEL - 1)
                start, end = _gather(i, band, band + n_together, state)
                visits += end - start
                keep = ~(1 << i)
                error = 0
                for at in range(start, end):
                    _fetch_ahead(at, end, tables, state, rec)
                    cell = state.visits[at] & L.INDEX
                    state.pe[cell, L.ALARMED] &= keep
                    if _colors_at_work(cell, state):
                        error = route(cell, now, tables, state, rec)
                    if error == 0 and state.pe[cell, L.LIVE] & L.CE_BIT:
                        error = compute(cell, now, tables, state, rec)
                    if error:
                        # What other bands do up to this cycle may be wrong too, and come first.
                        status = error
                        stop = now
                        break
                now += 1
        t = stop
        if visits == before and status == L.RUNNING:
            ahead = _ahead(t - 1, first, last, state)
            if ahead == L.WHEEL:
                status = L.DEADLOCK if state.count[L.UNFINISHED] else L.DONE
                break
            t = min(t - 1 + ahead, t_stop)
    state.count[L.T] = t
    state.count[L.VISITS] += visits
    return status


@lean_kernel
def _settle(t, tables, state, rec):
    """Account for the trains that still run when a run ends, and for what still waits in a deadlock."""
    for cell in range(state.pe.shape[0]):
        trains_at_router.record_rest(cell, t, tables, state, rec)
    if state.count[L.UNFINISHED] == 0:
        return
    for cell in range(state.pe.shape[0]):
        for color in range(tables.n_colors):
            if state.pe[cell, L.COLORS] >> color & 1:
                slot = L.slot_of(cell, 1 << color, tables, state)
                for port in range(CE):
                    queue = L.queue_of(slot, port, tables, state)
                    if queue and state.slots[queue + L.COUNT] > 0:
                        since = max(state.slots[queue + L.ENTRY] >> 1, state.slots[queue + L.POPPED] + 1)
                        if since < t:
                            log.stall(state, rec, cell, since, t)
    for cell in range(state.pe.shape[0]):
        if 0 <= state.pe[cell, L.BLOCKED] < t:
            log.stall(state, rec, cell, state.pe[cell, L.BLOCKED], t)
