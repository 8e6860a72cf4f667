"""Bands of rows, advanced side by side on several threads until they send to each other."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from engine import parallel
from engine.fabric.core import kernel, log
from engine.fabric.core import layout as L
from engine.fabric.core.log import Recorder
from engine.fabric.simulation import periods

LEAST_BANDS = 16  # for which several threads are worth it


class Part(NamedTuple):
    """Bands that are advanced by one thread.

    Attributes
    ----------
    first, last : int
        First band and one past the last.
    times : int
        How often what is counted in them counts.
    tables : Tables
    state : State
    """

    first: int
    last: int
    times: int
    tables: L.Tables
    state: L.State


def advance(tables: L.Tables, state: L.State, rec: Recorder, t_stop: int, n_visits: int) -> tuple[int, Recorder]:
    """Call the kernel until it has done its share, with more room for the recorder where it needs it."""
    n_bands = state.n_alarms.shape[1]
    together = n_bands >= LEAST_BANDS and parallel.N_THREADS > 1 and rec.mode != log.WAVELETS
    edges = np.linspace(0, n_bands, parallel.N_THREADS + 1).astype(int).tolist()
    parts = [Part(*edge, 1, tables, state) for edge in pairwise(edges)]
    n_visits += int(state.count[L.VISITS])
    status = L.FULL
    while status == L.FULL:
        status = L.RUNNING
        if together:
            status = advance_apart(parts, state.count, rec, t_stop, n_visits)
        left = n_visits - int(state.count[L.VISITS])
        if status == L.RUNNING and left > 0 and (state.count[L.CROSSING] or not together):
            status = periods.advance(t_stop, left, tables, state, rec)
        if status == L.FULL:
            rec = with_room(rec, tables, state.count)
    return status, rec


def with_room(rec, tables, count):
    """Return a recorder with room for the next two windows, and for the periods that are skipped together."""
    return rec.grown(int(count[L.T]), 2 * tables.window + (periods.ROOM if tables.periods else 0))


def share_done(count, rec, hops):
    """Return the share of the expected hops that have been taken, in [0, 1]; 0 where none are expected."""
    t = int(count[L.T])
    taken = rec.cycles[:t, log.HOPS] @ np.arange(t, 0, -1)  # what is noted are changes from one cycle to the next
    return min(1.0, float(taken) / hops) if hops else 0.0


def advance_apart(parts, count, rec, t_stop, n_visits):
    """Advance parts window by window, until an operation is reached that sends from one to another.

    Every part counts for itself, and what it has counted is added up at the end of a window.

    Parameters
    ----------
    parts : list of Part
        Each with bands of its own.
    count : (n,) int64 array
        `State.count` of all of them together; overwritten.
    rec : Recorder
        Overwritten. Where it lists wavelets, one part is advanced after the other.
    t_stop : int
        Cycle before which to stop.
    n_visits : int
        Count of visits at which to stop.

    Returns
    -------
    int
        As of the kernel; RUNNING also where an operation crosses.
    """
    own = [part.state._replace(count=count.copy()) for part in parts]
    recs = [rec._replace(cycles=np.zeros_like(rec.cycles)) for _ in parts]
    times = np.array([part.times for part in parts])
    window = parts[0].tables.window
    status = L.RUNNING
    with ThreadPoolExecutor(1 if rec.mode == log.WAVELETS else parallel.N_THREADS) as pool:
        while status == L.RUNNING and not count[L.CROSSING] and count[L.T] < t_stop and count[L.VISITS] < n_visits:
            if not log.has_room.py_func(rec, int(count[L.T]), 2 * window):
                status = L.FULL
                break
            stop = min(int(count[L.T]) + window, t_stop)
            before = count.copy()
            for state in own:
                state.count[:] = before
            ends = [
                pool.submit(kernel._advance, stop, n_visits, part.first, part.last, part.tables, *mine)
                for part, *mine in zip(parts, own, recs, strict=True)
            ]
            ends = [end.result() for end in ends]
            counts = np.array([state.count for state in own])
            count += times @ (counts - before)
            count[L.VISITS] = before[L.VISITS] + (counts - before)[:, L.VISITS].sum()
            count[[L.END, L.CROSSING]] = counts[:, [L.END, L.CROSSING]].max(axis=0)
            count[L.T] = stop
            failed = [i for i, end in enumerate(ends) if end in (L.COLLISION, L.NO_ROUTE)]
            if failed:
                i = min(failed, key=lambda i: counts[i, L.T])
                count[:], status = counts[i], ends[i]
            elif all(end == L.DEADLOCK for end in ends):
                status = L.DEADLOCK
    for part, mine in zip(parts, recs, strict=True):
        rec.cycles[:] += part.times * mine.cycles
    return status
