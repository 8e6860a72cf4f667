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

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.fabric.geometry import RAMP, opposite
from engine.fabric.layout import CE, FAULTS, RATE, RUN, extra_of
from engine.fabric.program import MULTIPLY, N_POSITIONS, RECEIVE, SEND
from engine.fabric.recorder import (
    MOVE_N,
    MOVE_PLACE,
    MOVE_T0,
    WAVELETS,
    WORK_CELL,
    WORK_T1,
)
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
    result : engine.fabric.simulate.Result
        Recorded as "wavelets".

    Returns
    -------
    CriticalPath or None
        None where not every wavelet was recorded, or where nothing was completed.
    """
    if result.recorder.mode != WAVELETS or result.window or result.deadlock or result.cycles == 0:
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


class _Moves:
    """The recorded wavelets, by the place they leave from and their number there."""

    def __init__(self, result):
        moves = result.recorder.listed_moves
        rows = moves[np.argsort(moves[:, MOVE_PLACE], kind="stable")]
        self._n_colors = len(result.program.colors)
        self._place, self._t0, self._n = (rows[:, column].tolist() for column in (MOVE_PLACE, MOVE_T0, MOVE_N))
        self._before = (np.cumsum(rows[:, MOVE_N]) - rows[:, MOVE_N]).tolist()

    def _rows(self, cell, color, port):
        place = (cell * self._n_colors + color) * 6 + port
        low = bisect_right(self._place, place - 1)
        return low, bisect_right(self._place, place, low)

    def at(self, cell, color, port, t):
        """Return number and first cycle of the uninterrupted run of a wavelet that leaves in cycle `t`, or None."""
        low, high = self._rows(cell, color, port)
        i = bisect_right(self._t0, t, low, high) - 1
        if i < low or t >= self._t0[i] + self._n[i]:
            return None
        return self._before[i] - self._before[low] + t - self._t0[i], self._t0[i]

    def time(self, cell, color, port, number):
        """Return the cycle in which a wavelet leaves, or None."""
        low, high = self._rows(cell, color, port)
        if number < 0 or low == high:
            return None
        i = bisect_right(self._before, self._before[low] + number, low, high) - 1
        place = self._before[low] + number - self._before[i]
        return self._t0[i] + place if place < self._n[i] else None


class _Routers:
    """Which wavelet that enters a router is which one that leaves it.

    In each switch position the wavelets of one input leave in the order in which they came, until a control wavelet
    moves the switch.
    """

    def __init__(self, program, elements):
        self._program, self._elements = program, elements
        self._step = (-program.width, 1, program.width, -1)
        self._advanced = {op.send for kind in program.kinds for thread in kind for op in thread if op.advance}
        self._known = {}

    def behind(self, cell, port):
        """Return from which cell and port wavelets come that enter at a port."""
        return (cell, CE) if port == RAMP else (cell + self._step[port], opposite(port))

    def ahead(self, cell, port):
        """Return the cell and the port of it to which a link leads."""
        return cell + self._step[port], opposite(port)

    def segments(self, cell, color):
        """Return a list of (input, first, end, outputs, {output: number of the first one there}, controls)."""
        ahead, met = [cell], {cell}
        while ahead and (cell, color) not in self._known:
            # Where the control wavelets of a color are is known once it is known for the routers behind. A color that
            # leads in a circle has none.
            behind = [self.behind(ahead[-1], port)[0] for port, _ in self._positions(ahead[-1], color) if port != RAMP]
            behind = [other for other in behind if other not in met and (other, color) not in self._known]
            if behind and color in self._advanced:
                met.update(behind)
                ahead += behind
            else:
                self._known[ahead[-1], color] = self._segments(ahead[-1], color)
                ahead.pop()
        return self._known[cell, color]

    def _positions(self, cell, color):
        code = int(self._program.routes[cell, color])
        positions = [(code >> 8 * i & 7, code >> 8 * i + 3 & 31) for i in range(N_POSITIONS)]
        return [position for position in positions if position[1]]

    def _segments(self, cell, color):
        positions = self._positions(cell, color)
        heard, left, found = {}, {}, []
        for i, (port, outputs) in enumerate(positions):
            first, end = heard.get(port, 0), 1 << 60
            controls = [number for number in self._controls(*self.behind(cell, port), color) if number >= first]
            if i + 1 < len(positions) and controls:
                end, controls = controls[0] + 1, controls[:1]
            heard[port] = end
            found.append((port, first, end, outputs, dict(left), controls))
            for output in range(RAMP + 1):
                if outputs >> output & 1:
                    left[output] = left.get(output, 0) + end - first - (len(controls) if output == RAMP else 0)
            if end == 1 << 60:
                break
        return found

    def _controls(self, cell, port, color):
        """Return the numbers of the control wavelets among those that leave a port, in order."""
        if color not in self._advanced:
            return []
        if port == CE:
            return self._elements.controls(cell, color)
        return [
            left.get(port, 0) + control - first
            for _, first, _, outputs, left, controls in self._known.get((cell, color), [])
            if outputs >> port & 1
            for control in controls
        ]

    def origin(self, cell, color, port, number):
        """Return input, number there, and outputs with the number at each, of a wavelet that leaves by a port."""
        for source, first, end, outputs, left, controls in self.segments(cell, color):
            place = number - left.get(port, 0)
            if not outputs >> port & 1 or place < 0:
                continue
            arrival = first + place
            if port == RAMP:  # which drops controls
                arrival += sum(control <= arrival for control in controls)
            if arrival < end:
                offset = arrival - first
                passed = sum(control < arrival for control in controls)
                numbers = {
                    output: left.get(output, 0) + offset - (passed if output == RAMP else 0)
                    for output in range(RAMP + 1)
                    if outputs >> output & 1
                }
                return source, arrival, numbers
        return None

    def departure(self, cell, color, source, arrival):
        """Return output and number there of a wavelet that entered by an input; None where it was dropped."""
        for port, first, end, outputs, left, controls in self.segments(cell, color):
            if port != source or not first <= arrival < end:
                continue
            link = next((output for output in range(RAMP) if outputs >> output & 1), None)
            if link is not None:
                return link, left.get(link, 0) + arrival - first
            if arrival in controls:
                return None
            return RAMP, left.get(RAMP, 0) + arrival - first - sum(control < arrival for control in controls)
        return None


@dataclass(frozen=True)
class _Row:
    """A run of elements of one operation: elements `first` … on at t0 … t1 - 1.

    `sent` and `heard` are how many wavelets of its colors the PE has sent and heard before; `ends` is whether it ends
    with a control wavelet, which is then number `last`.
    """

    op: object
    thread: int
    place: int  # of the operation in its thread
    t0: int
    t1: int
    first: int
    sent: int
    heard: int
    ends: bool
    last: int

    @property
    def part(self):
        return COMPUTE if self.op.does & MULTIPLY else CONTENTION

    def hears(self, element):
        op = self.op
        return bool(op.does & RECEIVE) and element < op.n and not (op.does & MULTIPLY and element % op.shape[2])


class _Elements:
    """The recorded runs of elements of each PE."""

    def __init__(self, result):
        work = result.recorder.listed_work
        self._program, self._tables = result.program, result.tables
        self._cycles = ((result.state.pe[:, FAULTS] >> 20) + 1).tolist()  # that a CE takes for an element
        self._work = work[np.argsort(work[:, WORK_CELL], kind="stable")]
        self._starts = np.searchsorted(self._work[:, WORK_CELL], np.arange(len(result.program.kind) + 1)).tolist()
        self.of = cache(self._of)
        self._ended = cache(lambda cell: {(row.thread, row.place): i for i, row in enumerate(self.of(cell))})

    def last(self, cycles):
        """Return the first cell that ends an element in the last cycle, and the place of that run."""
        cell = int(self._work[self._work[:, WORK_T1] == cycles, WORK_CELL].min())
        return cell, next(i for i, row in enumerate(self.of(cell)) if row.t1 == cycles)

    def _of(self, cell):
        threads = self._program.kinds[self._program.kind[cell]]
        ops = [(op, k, i) for k, thread in enumerate(threads) for i, op in enumerate(thread)]
        done, sent, heard, rows = {}, {}, {}, []
        kinds = self._tables.op[self._tables.first[self._program.kind[cell], 0] :]
        for _, _, number, t0, t1 in self._work[self._starts[cell] : self._starts[cell + 1]].tolist():
            op, thread, place = ops[number]
            first, n_issued = done.get(number, 0), (t1 - t0) // self._cycles[cell]
            before = (sent.get(op.send, 0), heard.get(op.receive, 0))
            done[number], n_heard = _issued(op, first, n_issued, int(kinds[number, RATE]), int(kinds[number, RUN]))
            ends = bool(op.advance) and done[number] > op.n
            rows.append(_Row(op, thread, place, t0, t1, first, *before, ends, before[0] + n_issued - 1))
            if op.does & SEND:
                sent[op.send] = before[0] + n_issued
            if op.does & RECEIVE:
                heard[op.receive] = before[1] + n_heard
        return rows

    def at(self, cell, t):
        """Return the place of the run that a PE is at in cycle `t`, or None."""
        rows = self.of(cell)
        place = bisect_right(rows, t, key=lambda row: row.t0) - 1
        return place if place >= 0 and t < rows[place].t1 else None

    def controls(self, cell, color):
        """Return the numbers of the control wavelets among those that a PE sends on a color."""
        return [row.last for row in self.of(cell) if row.ends and row.op.send == color]

    def ended(self, cell, thread, place):
        """Return the place of the last run of an operation of a thread, or None."""
        return self._ended(cell).get((thread, place))


def _issued(op, first, n_issued, rate, run):
    """Return the element after some that are issued from `first` on, and how many wavelets they hear."""
    if not op.does & MULTIPLY:
        end = first + n_issued
        return end, min(end, op.n) - min(first, op.n)
    heard = 0
    for _ in range(n_issued):
        heard += first < op.n and first % op.shape[2] == 0
        first = first + 1 if first == op.n else min(first + rate, first - first % run + run)
    return first, heard


class _Walk:
    """The walk itself; `steps` holds (t0, t1, source, cell, part), the last one first."""

    def __init__(self, result):
        machine = result.machine
        self._ramp, self._depth, self._gap = machine.ramp_latency, machine.queue_depth, machine.vector_gap
        self._n_colors = len(result.program.colors)
        self._faults = result.state.pe[:, FAULTS].tolist()
        self._moves = _Moves(result)
        self._elements = _Elements(result)
        self._routers = _Routers(result.program, self._elements)
        self.steps = []
        self.n_unexplained = 0

    def run(self, cycles):
        """Walk from the end to cycle 0."""
        cell, place = self._elements.last(cycles)
        row = self._elements.of(cell)[place]
        self.steps.append((cycles - 1, cycles, cell, cell, row.part))
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
            return self._go(row.t0, t, cell, cell, row.part, ("element", cell, place, row.t0))
        if t == 0:
            return None
        earlier = []  # what let it happen before cycle t: (from when on, where to)
        for before, gap in self._before(cell, row, place):
            end = rows[before].t1
            back = ("element", cell, before, end - 1)
            if end + gap == t:
                self.steps.append((end, t, cell, cell, STARTUP))
                return self._go(end - 1, end, cell, cell, rows[before].part, back)
            earlier.append((end, back))
        if row.hears(row.first):
            left = self._moves.time(cell, row.op.receive, RAMP, row.heard)
            if left is not None and left + self._ramp == t:
                return self._go(left, t, cell, cell, DEPTH, ("move", cell, row.op.receive, RAMP, row.heard, left))
            if left is not None and left < t:
                earlier.append((left, ("move", cell, row.op.receive, RAMP, row.heard, left)))
        if row.op.does & SEND:
            room = self._left(cell, row.op.send, RAMP, row.sent - self._depth - self._ramp, t - 1)
            if room:
                return self._go(t - 1, t, cell, cell, CONTENTION, room)
        other = self._elements.at(cell, t - 1)
        if other is not None:
            return self._go(t - 1, t, cell, cell, rows[other].part, ("element", cell, other, t - 1))
        self.n_unexplained += 1
        start, back = max(earlier, key=lambda entry: entry[0], default=(0, None))
        return self._go(start - 1 if back and back[0] == "element" else start, t, cell, cell, CONTENTION, back)

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
            arrived = left + 1 + extra_of.py_func(self._faults[from_cell], from_port)
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
                room = self._depth + extra_of.py_func(self._faults[cell], port)
                beyond, entry = self._routers.ahead(cell, port)
                found = self._left(beyond, color, entry, number - room, t)
                if found:
                    return found
        return None
