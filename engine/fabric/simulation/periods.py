"""Looks for a steady state of the fabric from time to time, and skips the periods of it; see core/periods.py."""

from math import gcd

import numpy as np

from engine.fabric.core import kernel, log, periods, tape
from engine.fabric.core import layout as L

LONGEST = 4  # cycles of a period
LEAST_WAIT = 16_384  # visits from one look to the next
WAIT, LONGEST_WAIT = 16, 64  # the same, for each PE: what a look costs is soon saved, or little
_MOST_LATER = 256  # cycles that are skipped together
ROOM = LONGEST + _MOST_LATER  # of the recorder, in cycles
_MOST_STEPS = 4_000_000
_STEPS = 12  # of a PE in a cycle, at most that are written down


def advance(t_stop, n_visits, tables, state, rec):
    """Call the kernel for all bands together, and skip what repeats itself; the rest as of `kernel._advance`.

    Returns
    -------
    status : int
        As of the kernel; FULL also where periods need more room.
    """
    n_pe, n_bands = state.pe.shape[0], state.n_alarms.shape[1]
    if not tables.periods or not state.count[L.CROSSING] or rec.mode == log.WAVELETS:
        return kernel._advance(t_stop, n_visits, 0, n_bands, tables, state, rec)
    status, least = L.RUNNING, max(LEAST_WAIT, WAIT * n_pe)
    n_visits += int(state.count[L.VISITS])
    wait = least
    while status == L.RUNNING and state.count[L.VISITS] < n_visits and state.count[L.T] < t_stop:
        share = min(wait, n_visits - int(state.count[L.VISITS]))
        status = kernel._advance(t_stop, share, 0, n_bands, tables, state, rec)
        if status == L.RUNNING and share == wait:
            status, skipped = _skip(t_stop, tables, state, rec)
            wait = 0 if skipped else min(max(least, 2 * wait), max(least, LONGEST_WAIT * n_pe))
    return status


def _skip(t_stop, tables, state, rec):
    """Write down what a few cycles do, and do it over where they are a period; return the status and whether it was."""
    n_pe, n_bands = state.pe.shape[0], state.n_alarms.shape[1]
    if not log.has_room.py_func(rec, int(state.count[L.T]), ROOM):
        return L.FULL, False
    before = state.pe.copy(), state.slots.copy()
    steps = np.empty((n_pe * _STEPS * LONGEST, tape.WIDTH), np.int32)
    writing = state._replace(tape=steps, n_tape=np.zeros(1, np.int64))
    for period in range(1, LONGEST + 1):
        t = int(state.count[L.T]) + 1
        if t >= t_stop:
            return L.RUNNING, False
        status = kernel._advance(t, 1 << 40, 0, n_bands, tables, writing, rec)
        n_steps = int(writing.n_tape[0])
        if status != L.RUNNING or n_steps > len(steps):
            return status, False
        most = min(_MOST_LATER, t_stop - t) // period
        n = min(most, periods._periods(period, tables, state, *before), _MOST_STEPS // max(1, n_steps))
        n -= n % (L.WHEEL // gcd(L.WHEEL, period))  # so that the wheel of alarms is as it is
        if n > 0:
            periods._repeat(n, period, tables, writing, rec, *before)
            return L.RUNNING, True
    return L.RUNNING, False


def warm_up(tables, state, rec):
    """Compile the kernels, or load them from the cache; nothing is changed."""
    before = state.pe[:0], state.slots
    periods._periods(1, tables, state, *before)
    count = state.count.copy()
    periods._repeat(0, 1, tables, state._replace(n_tape=np.zeros(1, np.int64), count=count), rec, *before)
