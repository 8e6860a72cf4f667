"""Looks up what a recorded run did: which wavelet left a port when, and which elements a PE issued.

The critical path walks back over it.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

import numpy as np

from engine.fabric.core import layout as L
from engine.fabric.core import log
from engine.fabric.core.isa import CE, MULTIPLY, N_POSITIONS, RAMP, RECEIVE, SEND
from engine.fabric.machine.geometry import opposite


class Moves:
    """The recorded wavelets, by the place they leave from and their number there."""

    def __init__(self, result):
        moves = result.recorder.listed_moves
        rows = moves[np.argsort(moves[:, log.MOVE_PLACE], kind="stable")]
        self._n_colors = len(result.program.colors)
        self._place, self._t0, self._n = (
            rows[:, column].tolist() for column in (log.MOVE_PLACE, log.MOVE_T0, log.MOVE_N)
        )
        self._before = (np.cumsum(rows[:, log.MOVE_N]) - rows[:, log.MOVE_N]).tolist()

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


class Routers:
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
        code = int(self._program.routes[color, cell])
        positions = [(code >> 8 * i & 7, code >> 8 * i + 3 & 31) for i in range(N_POSITIONS)]
        return [position for position in positions if position[1]]

    def _segments(self, cell, color):
        positions = self._positions(cell, color)
        received, left, found = {}, {}, []
        for i, (port, outputs) in enumerate(positions):
            first, end = received.get(port, 0), 1 << 60
            controls = [number for number in self._controls(*self.behind(cell, port), color) if number >= first]
            if i + 1 < len(positions) and controls:
                end, controls = controls[0] + 1, controls[:1]
            received[port] = end
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
class Row:
    """A run of elements of one operation: elements `first` … on at t0 … t1 - 1.

    `sent` and `received` are how many wavelets of its colors the PE has sent and received before; `ends` is whether it
    ends with a control wavelet, which is then number `last`.
    """

    op: object
    thread: int
    place: int  # of the operation in its thread
    t0: int
    t1: int
    first: int
    sent: int
    received: int
    ends: bool
    last: int

    def receives(self, element):
        """Return whether an element needs a wavelet."""
        op = self.op
        return bool(op.does & RECEIVE) and element < op.n and not (op.does & MULTIPLY and element % op.shape[2])


class Elements:
    """The recorded runs of elements of each PE."""

    def __init__(self, result):
        work = result.recorder.listed_work
        self._program, self._tables = result.program, result.tables
        self._cycles = ((result.state.pe[:, L.FAULTS] >> 20) + 1).tolist()  # that a CE takes for an element
        self._work = work[np.argsort(work[:, log.WORK_CELL], kind="stable")]
        self._starts = np.searchsorted(self._work[:, log.WORK_CELL], np.arange(len(result.program.kind) + 1)).tolist()
        self.of = cache(self._of)
        self._ended = cache(lambda cell: {(row.thread, row.place): i for i, row in enumerate(self.of(cell))})

    def last(self, cycles):
        """Return the first cell that ends an element in the last cycle, and the place of that run."""
        cell = int(self._work[self._work[:, log.WORK_T1] == cycles, log.WORK_CELL].min())
        return cell, next(i for i, row in enumerate(self.of(cell)) if row.t1 == cycles)

    def _of(self, cell):
        threads = self._program.kinds[self._program.kind[cell]]
        ops = [(op, k, i) for k, thread in enumerate(threads) for i, op in enumerate(thread)]
        done, sent, received, rows = {}, {}, {}, []
        kinds = self._tables.op[self._tables.first[self._program.kind[cell], 0] :]
        for _, _, number, t0, t1 in self._work[self._starts[cell] : self._starts[cell + 1]].tolist():
            op, thread, place = ops[number]
            first, n_issued = done.get(number, 0), (t1 - t0) // self._cycles[cell]
            before = (sent.get(op.send, 0), received.get(op.receive, 0))
            done[number], n_received = _issued(
                op, first, n_issued, int(kinds[number, L.RATE]), int(kinds[number, L.RUN])
            )
            ends = bool(op.advance) and done[number] > op.n
            rows.append(Row(op, thread, place, t0, t1, first, *before, ends, before[0] + n_issued - 1))
            if op.does & SEND:
                sent[op.send] = before[0] + n_issued
            if op.does & RECEIVE:
                received[op.receive] = before[1] + n_received
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
    """Return the element after some that are issued from `first` on, and how many wavelets they receive."""
    if not op.does & MULTIPLY:
        end = first + n_issued
        return end, min(end, op.n) - min(first, op.n)
    received = 0
    for _ in range(n_issued):
        received += first < op.n and first % op.shape[2] == 0
        first = first + 1 if first == op.n else min(first + rate, first - first % run + run)
    return first, received
