"""The critical path of a run: what the last completion waited for, back to the start, and what that was.

The walk goes from the last element of the run to what let it happen in that cycle and not earlier: a wavelet goes back
to its hop before, a wait to what was in its way, an element to the element before it or to the wavelet it needed. Each
step is one of five parts, which are the terms of the closed form (see model.py), so that both can be compared:

distance
    a wavelet crosses a link, with its detour where it has one;
contention
    something waits for what it shares: a compute element or a color of a router that takes one word a cycle, a link
    that another color has, a queue that is full;
depth
    from a compute element to its router and back, the ramp;
compute
    products;
startup
    the start of the tasks, and the gap in front of each vector operation.

Where two things let an event happen in the same cycle, the walk follows the one that is shared: a compute element that
was busy throughout is the reason, and not the words that it could take at once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.fabric.core import layout as L
from engine.fabric.core import log
from engine.fabric.core.isa import MULTIPLY, RAMP, SEND
from engine.fabric.trace.lookup import Elements, Moves, Routers
from engine.trace import Table

PARTS = ("distance", "contention", "depth", "compute", "startup")
DISTANCE, CONTENTION, DEPTH, COMPUTE, STARTUP = range(5)


@dataclass(frozen=True, eq=False)
class CriticalPath:
    """The chain of waits that decides how long a run takes, in order of time.

    Attributes
    ----------
    t0, t1 : (n,) uint32 array
        Begin and end of each step; a step begins where the one before it ends [cycle].
    source, cell : (n,) uint32 array
        PE at the begin and at the end of the step: neighbours where a link is crossed or a full queue in the way.
    part : (n,) uint8 array
        Index into `PARTS`.
    n_unexplained : int
        Waits of which the recording does not show the reason; they count as contention.
    """

    t0: NDArray[np.uint32]
    t1: NDArray[np.uint32]
    source: NDArray[np.uint32]
    cell: NDArray[np.uint32]
    part: NDArray[np.uint8]
    n_unexplained: int

    def cycles(self, startup: int) -> dict[str, int]:
        """Return the cycles of each of `PARTS`, which add up to the run's; `startup` is that of the tasks."""
        lengths = np.bincount(self.part, self.t1 - self.t0, len(PARTS)).astype(int).tolist()
        return dict(zip(PARTS, lengths, strict=True)) | {"startup": lengths[STARTUP] + startup}

    def table(self) -> Table:
        """Return the path as a table of a trace."""
        return Table("span", {name: getattr(self, name) for name in ("t0", "t1", "source", "cell", "part")})


def critical_path(result) -> CriticalPath | None:
    """Walk back from the last completion of a run.

    Parameters
    ----------
    result : engine.fabric.simulation.simulate.Result
        Recorded as "wavelets".

    Returns
    -------
    CriticalPath or None
        None where not every wavelet was recorded, or where nothing was completed.
    """
    if result.recorder.mode != log.WAVELETS or result.window or result.deadlock or result.cycles == 0:
        return None
    walk = _Walk(result)
    walk.run(result.cycles)
    rows = _joined(reversed(walk.steps))
    t0, t1, source, cell, part = np.array(rows, np.int64).T
    times = (column.astype(np.uint32) for column in (t0, t1, source, cell))
    return CriticalPath(*times, part.astype(np.uint8), walk.n_unexplained)


def _joined(steps):
    """Join neighbouring steps of one part that stay at a PE."""
    rows = []
    for t0, t1, source, cell, part in steps:
        if rows and part != DISTANCE and source == cell and rows[-1][2:] == [cell, cell, part]:
            rows[-1][1] = t1
        elif t1 > t0:
            rows.append([t0, t1, source, cell, part])
    return rows


def _part_of(row):
    return COMPUTE if row.op.does & MULTIPLY else CONTENTION


class _Walk:
    """The walk itself; `steps` holds (t0, t1, source, cell, part), the last one first."""

    def __init__(self, result):
        machine = result.machine
        self._ramp, self._depth, self._gap = machine.ramp_latency, machine.queue_depth, machine.vector_gap
        self._hop = machine.hop_latency
        self._n_colors = len(result.program.colors)
        self._begins = frozenset(result.begins)
        self._faults = result.state.pe[:, L.FAULTS].tolist()
        self._moves = Moves(result)
        self._elements = Elements(result)
        self._routers = Routers(result.program, self._elements)
        self.steps = []
        self.n_unexplained = 0

    def run(self, cycles):
        """Walk from the end to cycle 0."""
        cell, place = self._elements.last(cycles)
        row = self._elements.of(cell)[place]
        self.steps.append((cycles - 1, cycles, cell, cell, _part_of(row)))
        at = ("element", cell, place, cycles - 1)
        while at is not None:
            at = self._element(*at[1:]) if at[0] == "element" else self._move(*at[1:])

    def _go(self, t0, t1, source, cell, part, to):
        self.steps.append((t0, t1, source, cell, part))
        return to

    def _element(self, cell, place, t):
        """Take one step back from an element that was issued in cycle `t`."""
        rows = self._elements.of(cell)
        row = rows[place]
        if t > row.t0:
            return self._go(row.t0, t, cell, cell, _part_of(row), ("element", cell, place, row.t0))
        if t == 0:
            return None
        if t in self._begins and not row.first:
            slowest, before = self._elements.last(t - self._gap)
            self.steps.append((t - self._gap, t, cell, cell, STARTUP))
            end, part = t - self._gap, _part_of(self._elements.of(slowest)[before])
            return self._go(end - 1, end, slowest, cell, part, ("element", slowest, before, end - 1))
        earlier = []  # what let it happen before cycle t: (from when on, where to)
        for before, gap in self._before(cell, row, place):
            end = rows[before].t1
            back = ("element", cell, before, end - 1)
            if end + gap == t:
                self.steps.append((end, t, cell, cell, STARTUP))
                return self._go(end - 1, end, cell, cell, _part_of(rows[before]), back)
            earlier.append((end, back))
        if row.receives(row.first):
            left = self._moves.time(cell, row.op.receive, RAMP, row.received)
            if left is not None and left + self._ramp == t:
                return self._go(left, t, cell, cell, DEPTH, ("move", cell, row.op.receive, RAMP, row.received, left))
            if left is not None and left < t:
                earlier.append((left, ("move", cell, row.op.receive, RAMP, row.received, left)))
        if row.op.does & SEND:
            room = self._left(cell, row.op.send, RAMP, row.sent - self._depth - self._ramp, t - 1)
            if room:
                return self._go(t - 1, t, cell, cell, CONTENTION, room)
        other = self._elements.at(cell, t - 1)
        if other is not None:
            return self._go(t - 1, t, cell, cell, _part_of(rows[other]), ("element", cell, other, t - 1))
        self.n_unexplained += 1
        start, back = max(earlier, key=lambda entry: entry[0], default=(0, None))
        return self._go(start - 1 if back and back[0] == "element" else start, t, cell, cell, CONTENTION, back)

    def _link(self, cell, port):
        """Return how many cycles a wavelet takes over a link."""
        return self._hop * (1 + L.extra_of.py_func(self._faults[cell], port))

    def _before(self, cell, row, place):
        """Return the runs of elements that had to end first, each with the gap that follows."""
        rows = self._elements.of(cell)
        if row.first:
            before = next(i for i in range(place - 1, -1, -1) if rows[i].op is row.op and rows[i].thread == row.thread)
            yield before, 0
        elif row.place:
            yield self._elements.ended(cell, row.thread, row.place - 1), self._gap
        if row.op.after and not row.first:
            awaited = self._elements.ended(cell, row.op.of, row.op.after - 1)
            if awaited is not None and rows[awaited].t1 <= row.t0:
                yield awaited, self._gap

    def _left(self, cell, color, source, arrival, t):
        """Return the wavelet that entered a router as number `arrival` of an input, if it left in cycle `t`."""
        if arrival < 0:
            return None
        found = self._routers.departure(cell, color, source, arrival)
        if found is None or self._moves.time(cell, color, *found) != t:
            return None
        return ("move", cell, color, *found, t)

    def _move(self, cell, color, port, number, t):
        """Take one step back from a wavelet that left a router in cycle `t`."""
        start = self._moves.at(cell, color, port, t)[1]
        if start < t:
            return self._go(start, t, cell, cell, CONTENTION, ("move", cell, color, port, number - (t - start), start))
        for other in range(RAMP + 1):  # before a switch moved, the color may have left by another port
            if found := self._moves.at(cell, color, other, t - 1):
                return self._go(t - 1, t, cell, cell, CONTENTION, ("move", cell, color, other, found[0], t - 1))
        source, arrival, numbers = self._routers.origin(cell, color, port, number)
        from_cell, from_port = self._routers.behind(cell, source)
        left = self._moves.time(from_cell, color, from_port, arrival)
        if source == RAMP:
            arrived, back = left + self._ramp, self._issued(cell, left - 1)
        else:
            arrived = left + self._link(from_cell, from_port)
            back = ("move", from_cell, color, from_port, arrival, left)
        if arrived < t:
            blocker = self._blocker(cell, color, numbers, t - 1)
            if blocker:
                return self._go(t - 1, t, blocker[1], cell, CONTENTION, blocker)
            self.n_unexplained += 1
            self.steps.append((arrived, t, cell, cell, CONTENTION))
        if source == RAMP:
            return self._go(left - 1, arrived, cell, cell, DEPTH, back)
        return self._go(left, arrived, from_cell, cell, DISTANCE, back)

    def _issued(self, cell, t):
        return ("element", cell, self._elements.at(cell, t), t)

    def _blocker(self, cell, color, numbers, t):
        """Return what kept a wavelet from leaving in cycle `t`: a link that was taken, or a queue that was full."""
        for port in numbers:
            for other in range(self._n_colors):
                if other != color and (found := self._moves.at(cell, other, port, t)):
                    return ("move", cell, other, port, found[0], t)
        for port, number in numbers.items():
            if port == RAMP:
                place = self._elements.at(cell, t)
                if place is not None and self._elements.of(cell)[place].op.receive == color:
                    return ("element", cell, place, t)
            else:
                room = self._depth + self._link(cell, port) - 1
                beyond, entry = self._routers.ahead(cell, port)
                found = self._left(beyond, color, entry, number - room, t)
                if found:
                    return found
        return None
