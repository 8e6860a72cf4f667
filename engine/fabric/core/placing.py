"""Lays the PEs of a program out as at the start of a run. Part of the kernel, see kernel.py."""

import numpy as np

from engine._jit import lean_kernel, popcount, step
from engine.fabric.core import layout as L
from engine.fabric.core.isa import CE, LINK_PORTS, RAMP, ports_with_queues
from engine.fabric.core.queues import alarm


@lean_kernel
def _count(start, stop, routes, pe):
    """Find the colors of PEs, and how many; return the most queues behind links and behind ramps in a slot."""
    n_links = 0
    n_ramps = 0
    for cell in range(start, stop):
        colors = 0
        for color in range(routes.shape[0]):
            ports = ports_with_queues(np.int64(routes[color, cell]))
            if ports:
                colors |= 1 << color
                n_links = max(n_links, popcount(ports & LINK_PORTS))
                n_ramps = max(n_ramps, popcount(ports >> RAMP))
        pe[cell, L.COLORS] = colors
        pe[cell, L.SLOT] = popcount(colors)
    return n_links, n_ramps


@lean_kernel
def _lay(start, stop, routes, kind, tables, state):
    """Fill the slots of PEs as at the start of a run, and start the threads; return how many have work."""
    unfinished = 0
    for cell in range(start, stop):
        for color in range(routes.shape[0]):
            if state.pe[cell, L.COLORS] >> color & 1:
                _lay_slot(cell, color, routes, tables, state)
        work = False
        state.pe[cell, L.LIVE] = 0
        state.pe[cell, L.ALARMED] = 0
        state.pe[cell, L.BLOCKED] = -1
        state.pe[cell, L.RUNS] = 0
        state.pe[cell, L.SINCE] = L.NO_TRAIN
        state.trains[cell * L.CE_WORDS + L.FED] = 0
        state.pe[cell, L.KIND] = kind[cell]
        band = cell // state.alarms.shape[2]
        state.pe[cell, L.BAND] = band
        for k in range(tables.n_threads):
            thread = L.THREADS + L.THREAD_COLUMNS * k
            state.pe[cell, thread + L.OP] = tables.first[kind[cell], k]
            state.pe[cell, thread + L.ELEMENT] = 0
            state.pe[cell, thread + L.READY] = 0
            state.pe[cell, thread + L.TURN] = L.NEVER
            if tables.first[kind[cell], k] < tables.end[kind[cell], k]:
                L.aim(cell, thread, tables, state)
                unfinished += 1
                work = True
        if work:
            state.pe[cell, L.LIVE] = L.CE_BIT
            state.pe[cell, L.ALARMED] = 1
            state.alarms[0, band, state.n_alarms[0, band]] = cell
            state.n_alarms[0, band] += 1
    return unfinished


@lean_kernel
def _begin_step(t, tables, state):
    """Let the threads go on in cycle `t` that have operations in the step that begins; return how many."""
    unfinished = 0
    for cell in range(state.memory.shape[0]):
        kind = state.pe[cell, L.KIND]
        work = False
        for k in range(tables.n_threads):
            thread = L.THREADS + L.THREAD_COLUMNS * k
            if state.pe[cell, thread + L.OP] < tables.end[kind, k]:
                state.pe[cell, thread + L.READY] = t
                L.aim(cell, thread, tables, state)
                unfinished += 1
                work = True
        if work:
            state.pe[cell, L.LIVE] |= L.CE_BIT
            alarm(state, cell, t)
    return unfinished


@step
def _lay_slot(cell, color, routes, tables, state):
    """Fill a slot; its links lead to queues of the neighbours, whose slots need not be filled yet."""
    slots = state.slots
    code = np.int64(routes[color, cell])
    ports = ports_with_queues(code)
    slot = L.slot_of(cell, 1 << color, tables, state)
    slots[slot + L.NOW] = (code & 255) | ports << 10
    slots[slot + L.SERVED] = L.NEVER
    slots[slot + L.CODE] = np.int32(code)
    slots[slot + L.TRAIN + L.FED] = 0
    slots[slot + L.INPUT] = L.queue_among(ports, slot, code & 7, tables)
    slots[slot + L.UP] = L.queue_among(ports, slot, CE, tables)
    for port in range(CE + 1):
        queue = L.queue_among(ports, slot, port, tables)
        if queue:
            slots[queue + L.COUNT] = 0
            slots[queue + L.POPPED] = L.NEVER
    leads = ((code | code >> 8 | code >> 16 | code >> 24) >> 3) & LINK_PORTS
    for port in range(4):
        queue = np.int64(0)
        if leads >> port & 1:
            neighbour = (cell + tables.step[port]) & L.INDEX
            if state.pe[neighbour, L.COLORS] >> color & 1:
                theirs = ports_with_queues(np.int64(routes[color, neighbour]))
                queue = L.queue_among(theirs, L.slot_of(neighbour, 1 << color, tables, state), (port + 2) & 3, tables)
                if popcount(theirs & LINK_PORTS) > 1:
                    queue = -queue
        slots[slot + L.TO + port] = queue
