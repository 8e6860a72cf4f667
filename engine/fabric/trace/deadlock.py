"""Who waits for whom when nothing can move any more."""

import numpy as np

from engine.fabric.core import layout as L
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
    end = L.THREADS + L.THREAD_COLUMNS * tables.n_threads
    threads = state.pe[:, L.THREADS : end].reshape(-1, L.THREAD_COLUMNS)
    for row in np.flatnonzero(threads[:, L.OP] < tables.end[program.kind].ravel()):
        cell = int(row) // tables.n_threads
        op = tables.op[threads[row, L.OP]]
        does, receive, send = (int(op[column]) for column in (L.DOES, L.FROM, L.DEST))
        hears = int(threads[row, L.RECEIVES])
        still = does & RECEIVE and threads[row, L.ELEMENT] < op[L.N]
        if still and hears and state.slots[hears + L.COUNT] == 0:
            found[cell, receive, _beyond(program, tables, state, cell, receive, inputs=True)] = None
        elif does & SEND:
            found[cell, send, _beyond(program, tables, state, cell, send, inputs=False)] = None
        if len(found) == n_most:
            break
    return [list(wait) for wait in found]


def _beyond(program, tables, state, cell, color, inputs):
    """Return the neighbour that a route in force comes from or leads to; the cell itself where it is the CE."""
    before = int(state.pe[cell, L.COLORS]) & ((1 << color) - 1)
    slot = (int(state.pe[cell, L.SLOT]) + before.bit_count()) * tables.stride
    now = int(state.slots[slot + L.NOW])
    ports = [now & 7] if inputs else [port for port in range(RAMP) if now >> (3 + port) & 1]
    return int(next((cell + tables.step[port] for port in ports if port != RAMP), cell))
