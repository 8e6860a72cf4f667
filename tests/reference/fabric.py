"""The fabric of engine/fabric, written for reading: one object per router, PE and queue, every cycle, every PE.

Colors and ports are names, wavelets are objects, queues are deques. Nothing is skipped and nothing sleeps.
"""

import math
import struct
from collections import deque
from ctypes import c_float
from dataclasses import dataclass, field
from itertools import pairwise

SIDES = {"north": (0, -1), "east": (1, 0), "south": (0, 1), "west": (-1, 0)}
BACK = {"north": "south", "east": "west", "south": "north", "west": "east"}


class Collision(Exception):
    """Two wavelets of a color enter a router over two links in one cycle."""


class NoRoute(Exception):
    """A wavelet or an operation meets a color that has no such port."""


def fp32(number):
    """Round a number to single precision."""
    return c_float(number).value


def fp16(number):
    """Round a number to half precision; beyond its range it is infinite."""
    try:
        return struct.unpack("<e", struct.pack("<e", number))[0]
    except OverflowError:
        return math.copysign(math.inf, number)


@dataclass
class Wavelet:
    value: float
    usable: int  # cycle
    control: bool = False


@dataclass
class Queue:
    room: int
    wavelets: deque = field(default_factory=deque)
    head_since: int = 0  # cycle since which the present head is the head

    def head(self, cycle):
        """Return the first wavelet if it can be used in this cycle."""
        return self.wavelets[0] if self.wavelets and self.wavelets[0].usable <= cycle else None


@dataclass
class Route:
    positions: list  # of (input, set of outputs)
    queues: dict  # port name to Queue; "up" leads to the compute element
    position: int = 0
    served: int = -1

    def now(self):
        return self.positions[self.position]


@dataclass
class Thread:
    operations: list  # of dict
    index: int = 0
    element: int = 0
    ready: int = 0
    served: int = -1

    def operation(self):
        return self.operations[self.index] if self.index < len(self.operations) else None


@dataclass
class PE:
    x: int
    y: int
    routes: dict  # color to Route
    threads: list
    memory: list
    cycles: int = 1  # for an element
    busy_until: int = 0
    held_since: int | None = None


def spells(moments, pause, most):
    """Join moments (cycle, until, what) of one PE where what is done is the same and no pause longer than `pause`.

    Where there are more than `most`, the shortest pauses between them are left out, too, the first among equals.
    Returns the spells as (first cycle, until, what is done), and the longest pause left out.
    """
    found = []
    for t0, t1, what in sorted(moments):
        if found and found[-1][2] == {what} and t0 - found[-1][1] <= pause:
            found[-1] = (found[-1][0], max(t1, found[-1][1]), {what})
        else:
            found.append((t0, t1, {what}))
    while len(found) > most:
        pauses = [after[0] - before[1] for before, after in pairwise(found)]
        i = pauses.index(min(pauses))
        pause = max(pause, pauses[i])
        found[i : i + 2] = [(found[i][0], found[i + 1][1], found[i][2] | found[i + 1][2])]
    return found, pause


class Fabric:
    """A rectangle of PEs.

    `routes` maps (x, y, color) to a list of (input, outputs); `threads` maps (x, y) to lists of operations, which are
    dicts of receives, adds, stores, sends, multiplies, n, period, advance, after, of, ring, shift, first, shape, at,
    step.
    `slow` maps (x, y) to the cycles of an element, `long` maps (x, y, port) to the hops of a link, 0 where it is dead.
    """

    def __init__(
        self,
        width,
        height,
        routes,
        threads,
        memory,
        hop_latency,
        ramp_latency,
        queue_depth,
        vector_gap,
        lanes,
        reads,
        writes,
        half,
        pairs=False,
        slow=None,
        long=None,
    ):
        self.width, self.height = width, height
        self.hop_latency, self.ramp_latency, self.gap = hop_latency, ramp_latency, vector_gap
        self.lanes, self.reads, self.writes = lanes, reads, writes
        self.rounded = fp16 if half else fp32
        self.pairs = pairs  # of fp16, in a wavelet
        slow, self.long = slow or {}, long or {}
        self.entries = set()  # (x, y, color, cycle) of wavelets over links
        self.pes = {}
        for y in range(height):
            for x in range(width):
                mine = {}
                for (rx, ry, color), positions in routes.items():
                    if (rx, ry) == (x, y):
                        ports = {source for source, _ in positions}
                        if any("ramp" in outputs for _, outputs in positions):
                            ports.add("up")
                        rooms = {
                            port: queue_depth + (self.latency(x, y, port) - 1 if port in SIDES else ramp_latency)
                            for port in ports
                        }
                        mine[color] = Route(positions, {port: Queue(room) for port, room in rooms.items()})
                work = [Thread(operations) for operations in threads[x, y]]
                self.pes[x, y] = PE(x, y, mine, work, list(memory[x, y]), slow.get((x, y), 1))
        steps = [op["step"] for operations in threads.values() for thread in operations for op in thread]
        self.step_now = min(steps, default=0)  # of the program
        self.cycle = 0
        self.moves = []  # (cycle, x, y, port, color, value)
        self.elements = []  # (cycle, x, y, thread, operation)
        self.work = {place: [] for place in self.pes}  # (cycle, until, "moves" or "computes") of each element
        self.passes = {place: [] for place in self.pes}  # (cycle, until, "passes") of wavelets from link to link
        self.stalled = 0

    def hops(self, x, y, port):
        return self.long.get((x, y, port), 1)

    def latency(self, x, y, port):
        return self.ramp_latency if port == "ramp" else self.hop_latency * self.hops(x, y, port)

    def unfinished(self):
        return any(pe.busy_until > self.cycle for pe in self.pes.values()) or any(
            thread.operation() for pe in self.pes.values() for thread in pe.threads
        )

    def run(self):
        """Run to the end; return "done" or "deadlock"."""
        while self.unfinished():
            moved = self.step()
            if not moved and not self.something_is_on_its_way():
                self.account_for_a_deadlock()
                return "deadlock"
        return "done"

    def something_is_on_its_way(self):
        for pe in self.pes.values():
            for route in pe.routes.values():
                if any(w.usable >= self.cycle for queue in route.queues.values() for w in queue.wavelets):
                    return True
            if pe.busy_until >= self.cycle:
                return True
            if any(thread.operation() and thread.ready >= self.cycle for thread in pe.threads):
                return True
        return False

    def step(self):
        """Advance by one cycle: first decide everywhere, then let everything move."""
        room = {
            id(queue): len(queue.wavelets) < queue.room
            for pe in self.pes.values()
            for route in pe.routes.values()
            for queue in route.queues.values()
        }
        router_moves = [move for pe in self.pes.values() for move in self.router_decides(pe, room)]
        element_moves = [move for pe in self.pes.values() for move in self.compute_element_decides(pe, room)]
        for pe, color, outputs in router_moves:
            for port in outputs - {"ramp"}:
                enters = self.cycle + self.latency(pe.x, pe.y, port)
                entry = (pe.x + SIDES[port][0], pe.y + SIDES[port][1], color, enters)
                if entry in self.entries:
                    raise Collision
                self.entries.add(entry)
        for pe, color, outputs in router_moves:
            self.move_through_router(pe, color, outputs)
        for pe, number in element_moves:
            self.issue(pe, number)
        self.begin_a_step()
        self.cycle += 1
        return bool(router_moves or element_moves)

    def begin_a_step(self):
        """Where all PEs have ended a step of the program, let all begin the next one."""
        left = [thread for pe in self.pes.values() for thread in pe.threads if thread.operation()]
        if left and all(thread.operation()["step"] > self.step_now for thread in left):
            self.step_now = min(thread.operation()["step"] for thread in left)
            ended = max([self.cycle + 1, *(pe.busy_until for pe in self.pes.values())])
            for thread in left:
                if thread.operation()["step"] == self.step_now:
                    thread.ready = ended + self.gap

    def target(self, pe, color, port):
        if port == "ramp":
            return pe.routes[color].queues["up"]
        there = self.pes[pe.x + SIDES[port][0], pe.y + SIDES[port][1]]
        if color not in there.routes or BACK[port] not in there.routes[color].queues:
            raise NoRoute
        return there.routes[color].queues[BACK[port]]

    def router_decides(self, pe, room):
        taken = set()
        for color in sorted(pe.routes, key=lambda color: (pe.routes[color].served, color)):
            route = pe.routes[color]
            source, outputs = route.now()
            wavelet = route.queues[source].head(self.cycle)
            if wavelet is None:
                continue
            if wavelet.control:
                outputs = outputs - {"ramp"}
            if outputs & taken:
                continue
            alive = all(port == "ramp" or self.hops(pe.x, pe.y, port) > 0 for port in outputs)
            if all(room[id(self.target(pe, color, port))] for port in outputs) and alive:
                taken |= outputs
                yield pe, color, outputs

    def move_through_router(self, pe, color, outputs):
        route = pe.routes[color]
        queue = route.queues[route.now()[0]]
        wavelet = queue.wavelets.popleft()
        self.stalled += self.cycle - max(wavelet.usable, queue.head_since)
        queue.head_since = self.cycle + 1
        route.served = self.cycle
        if route.now()[0] in SIDES and outputs and "ramp" not in outputs:
            self.passes[pe.x, pe.y].append((self.cycle, self.cycle + 1, "passes"))
        for port in outputs:
            copy = Wavelet(wavelet.value, self.cycle + self.latency(pe.x, pe.y, port), wavelet.control)
            self.target(pe, color, port).wavelets.append(copy)
            self.moves.append((self.cycle, pe.x, pe.y, port, color, wavelet.value))
        if wavelet.control and route.position + 1 < len(route.positions):
            route.position += 1

    def compute_element_decides(self, pe, room):
        if pe.busy_until > self.cycle:
            return
        held = False
        for number in sorted(range(len(pe.threads)), key=lambda number: (pe.threads[number].served, number)):
            thread = pe.threads[number]
            operation = thread.operation()
            if (
                operation is None
                or operation["step"] > self.step_now
                or thread.ready > self.cycle
                or pe.threads[operation["of"]].index < operation["after"]
            ):
                continue
            if self.hears(thread):
                if self.queue(pe, operation["receives"], "up").head(self.cycle) is None:
                    continue
            if operation["sends"] is not None and not room[id(self.queue(pe, operation["sends"], "ramp"))]:
                held = True
                continue
            if pe.held_since is not None:
                self.stalled += self.cycle - pe.held_since
                pe.held_since = None
            yield pe, number
            return
        if held and pe.held_since is None:
            pe.held_since = self.cycle

    def queue(self, pe, color, port):
        if color not in pe.routes or port not in pe.routes[color].queues:
            raise NoRoute
        return pe.routes[color].queues[port]

    def hears(self, thread):
        """Return whether the next element needs a wavelet; of a multiplication, one at the start of each row."""
        operation = thread.operation()
        control = thread.element == operation["n"]
        goes_on = operation["multiplies"] and thread.element % operation["shape"][2] > 0
        return operation["receives"] is not None and not control and not goes_on

    def pack(self, numbers):
        """Return the value of the wavelet that carries some numbers: one, or two of fp16."""
        return struct.unpack("<f", struct.pack("<ee", *map(fp16, numbers)))[0] if self.pairs else numbers[0]

    def unpack(self, value):
        return list(struct.unpack("<ee", struct.pack("<f", value))) if self.pairs else [value]

    def multiply(self, pe, thread):
        """Do one product of C += A B, or C = A B, of matrices that lie in memory row after row; return the sum."""
        operation = thread.operation()
        (rows, inner, columns), (a, b, c) = operation["shape"], operation["at"]
        place, column = divmod(thread.element, columns)
        if operation["receives"] is not None:
            if column == 0:
                heard = self.queue(pe, operation["receives"], "up").wavelets.popleft().value
                index, data = struct.unpack("<HH", struct.pack("<f", heard))
                pe.memory[a : a + 2] = [struct.unpack("<f", struct.pack("<HH", 0, data))[0], float(index)]
            factor, place = pe.memory[a : a + 2]
        k, row = divmod(int(place), rows)
        if operation["receives"] is None:
            factor = pe.memory[a + row * inner + k]
        value = fp32(factor * pe.memory[b + k * columns + column])
        if operation["adds"]:
            value = fp32(value + pe.memory[c + row * columns + column])
        value = self.rounded(value)
        if operation["stores"]:
            pe.memory[c + row * columns + column] = value
        return value

    def side_by_side(self, thread):
        """Return how many products go in this cycle: in a row or column of the result, as lanes and ports allow."""
        operation = thread.operation()
        if operation["sends"] is not None:
            return 1
        rows, _, columns = operation["shape"]
        line = rows if columns == 1 and operation["receives"] is None else columns
        allowed = [self.lanes, self.reads // (1 + operation["adds"])]
        if operation["stores"]:
            allowed.append(self.writes)
        return max(1, min(*allowed, line - thread.element % line))

    def issue(self, pe, number):
        thread = pe.threads[number]
        operation = thread.operation()
        control = thread.element == operation["n"]
        value = 0.0
        if operation["multiplies"] and not control:
            for others in reversed(range(self.side_by_side(thread))):
                value = self.multiply(pe, thread)
                thread.element += 1 if others else 0
        elif not control:
            word = thread.element % operation["period"]
            if operation["ring"]:
                place, size = (pe.x, self.width) if operation["ring"] == "x" else (pe.y, self.height)
                word += (place + operation["shift"]) % size * operation["n"]
            words = slice(2 * word, 2 * word + 2) if self.pairs else slice(word, word + 1)
            words = slice(words.start + operation["first"], words.stop + operation["first"])
            numbers, rounded = pe.memory[words], fp16 if self.pairs else self.rounded
            if operation["receives"] is not None:
                heard = self.unpack(self.queue(pe, operation["receives"], "up").wavelets.popleft().value)
                adds = operation["adds"]
                numbers = [rounded(fp32(a + b)) for a, b in zip(heard, numbers, strict=True)] if adds else heard
            if operation["stores"]:
                pe.memory[words] = numbers
            value = self.pack(numbers)
        if operation["sends"] is not None:
            wavelet = Wavelet(value, self.cycle + pe.cycles + self.ramp_latency, control)
            self.queue(pe, operation["sends"], "ramp").wavelets.append(wavelet)
            self.moves.append((self.cycle + pe.cycles, pe.x, pe.y, "down", operation["sends"], value))
        self.elements.append((self.cycle, pe.x, pe.y, number, thread.index))
        does = "computes" if operation["adds"] or operation["multiplies"] else "moves"
        self.work[pe.x, pe.y].append((self.cycle, self.cycle + pe.cycles, does))
        pe.busy_until = self.cycle + pe.cycles
        thread.served = self.cycle
        thread.element += 1
        if thread.element == operation["n"] + operation["advance"]:
            thread.index += 1
            thread.element = 0
            thread.ready = self.cycle + pe.cycles + self.gap
            for other in pe.threads:
                waits = other.operation()
                if other is not thread and waits and (waits["of"], waits["after"]) == (number, thread.index):
                    other.ready = max(other.ready, thread.ready)

    def account_for_a_deadlock(self):
        times = [t for t, *_, port, _, _ in self.moves if port in SIDES] + [t for t, *_ in self.elements]
        self.cycle = max(times, default=-1) + 1
        for pe in self.pes.values():
            for route in pe.routes.values():
                for port, queue in route.queues.items():
                    if port != "up" and queue.wavelets:
                        self.stalled += max(0, self.cycle - max(queue.wavelets[0].usable, queue.head_since))
            if pe.held_since is not None:
                self.stalled += max(0, self.cycle - pe.held_since)
