"""Who waits for whom when nothing can move any more."""

import numpy as np

from engine.fabric.core import layout
from engine.fabric.core.isa import RAMP, RECEIVE, SEND


def waits(result, n_most: int = 256) -> list[list[int]]:
    """Return who waits for whom at the end of a deadlock.

    Parameters
    ----------
    result : engine.fabric.simulation.simulate.Result
        A run that ended in a deadlock.
    n_most : int
        Bound of the length of the list.

    Returns
    -------
    list of [cell, color, cell it waits for]
        A CE that waits for a wavelet waits for the PE its route comes from; one that waits for room, or a wavelet in
        a router, for the PE its route leads to.
    """
    program, tables, state = result.program, result.tables, result.state
    found = {}
    end = layout.THREADS + layout.THREAD_COLUMNS * tables.n_threads
    threads = state.pe[:, layout.THREADS : end].reshape(-1, layout.THREAD_COLUMNS)
    for row in np.flatnonzero(threads[:, layout.OP] < tables.end[program.kind].ravel()):
        cell = int(row) // tables.n_threads
        op = tables.op[threads[row, layout.OP]]
        does, receive, send = (int(op[column]) for column in (layout.DOES, layout.FROM, layout.DEST))
        hears = int(threads[row, layout.HEARS])
        still = does & RECEIVE and threads[row, layout.ELEMENT] < op[layout.N]
        if still and hears and state.slots[hears + layout.COUNT] == 0:
            found[cell, receive, _beyond(program, tables, state, cell, receive, inputs=True)] = None
        elif does & SEND:
            found[cell, send, _beyond(program, tables, state, cell, send, inputs=False)] = None
        if len(found) == n_most:
            break
    return [list(wait) for wait in found]


def _beyond(program, tables, state, cell, color, inputs):
    """Return the neighbour that a route in force comes from or leads to; the cell itself where it is the CE."""
    before = int(state.pe[cell, layout.COLORS]) & ((1 << color) - 1)
    slot = (int(state.pe[cell, layout.SLOT]) + before.bit_count()) * tables.stride
    now = int(state.slots[slot + layout.NOW])
    ports = [now & 7] if inputs else [port for port in range(RAMP) if now >> (3 + port) & 1]
    return int(next((cell + tables.step[port] for port in ports if port != RAMP), cell))
