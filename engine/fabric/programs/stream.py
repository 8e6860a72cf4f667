"""Streams of wavelets: latency, bandwidth, sharing a link, and a circle of waits."""

import numpy as np

from engine.fabric.core.isa import EAST, RAMP, RECEIVE, SEND, SOUTH, STORE
from engine.fabric.machine.geometry import Lines, grid, straight
from engine.fabric.machine.program import Builder, FabricError, Op, Program, bit
from engine.fabric.programs import model
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import Recipe, Settings
from engine.language import Message, Quantity, message


def send_along(b: Builder, line: Lines, color: int) -> None:
    """Lay a route from the far end of lines to their roots, past all between."""
    cells, toward, behind = line.cells, line.toward, line.behind
    b.route(cells[:, 1:-1], color, (behind[1:-1], bit(toward[1:-1])))
    b.route(cells[:, -1], color, (RAMP, bit(toward[-1])))
    b.route(cells[:, 0], color, (behind[0], bit(RAMP)))


def _sends(words, color, goal):
    return Op(message("fabric_send", words=Quantity(words, "word"), goal=goal), SEND, words, send=color)


def _receives(words, color, origin, keeps=STORE):
    text = message("fabric_receive", words=Quantity(words, "word"), origin=origin)
    return Op(text, RECEIVE | keeps, words, receive=color)


def _finish(b, words, seed, sources, result):
    memory = operands(b.width * b.height, words, seed)
    expected = memory[sources[0]].copy()
    keep = np.zeros(len(memory), np.bool_)
    keep[sources] = True
    memory[~keep] = 0
    return b.build(memory, [result], expected)


def single(width: int, height: int, words: int, seed: int) -> Program:
    """Send a vector from the west end of the middle row to its east end."""
    b = Builder(width, height)
    row = grid(width, height)[height // 2]
    line = straight(row[None, ::-1], EAST)
    color = b.color(message("fabric_stream", goal="east"))
    send_along(b, line, color)
    b.run(row[:1], _sends(words, color, "east"))
    b.run(row[-1:], _receives(words, color, "west"))
    return _finish(b, words, seed, [row[0]], row[-1])


def crossing(width: int, height: int, words: int, seed: int) -> Program:
    """Send one vector along the middle row and another along the middle column: they cross in one router."""
    b = Builder(width, height)
    cells = grid(width, height)
    row, column = cells[height // 2], cells[:, width // 2]
    for line, way, goal, origin in ((row, EAST, "east", "west"), (column, SOUTH, "south", "north")):
        color = b.color(message("fabric_stream", goal=goal))
        send_along(b, straight(line[None, ::-1], way), color)
        b.run(line[:1], _sends(words, color, goal))
        b.run(line[-1:], _receives(words, color, origin))
    return _finish(b, words, seed, [row[0], column[0]], row[-1])


def merging(width: int, height: int, words: int, seed: int) -> Program:
    """Send two vectors to one PE: from where the second joins the first, two colors share every link."""
    b = Builder(width, height)
    cells = grid(width, height)
    row, column = cells[height // 2], cells[: height // 2 + 1, width // 2]
    first, second = b.color(message("fabric_stream_first")), b.color(message("fabric_stream_second"))
    send_along(b, straight(row[None, ::-1], EAST), first)
    b.run(row[:1], _sends(words, first, "east"))
    path = np.concatenate([column, row[width // 2 + 1 :]])[::-1]
    toward = np.full(path.size, EAST, np.uint32)
    behind = np.full(path.size, 3, np.uint32)
    joined = width - width // 2 - 1  # position of the PE where the column meets the row
    toward[joined + 1 :] = SOUTH
    behind[joined:] = 0
    send_along(b, Lines(path[None, :], toward, behind, "", ""), second)
    b.run(path[-1:], _sends(words, second, "middle"))
    b.run(row[-1:], _receives(words, first, "first"))
    b.run(row[-1:], _receives(words, second, "second", keeps=0), thread=1)
    return _finish(b, words, seed, [row[0], path[-1]], row[-1])


def circular(width: int, height: int, words: int, seed: int) -> Program:
    """Let every PE around the rectangle send to the next one before it receives: a circle of waits.

    What the queues between two PEs hold goes through; with more words than that, nobody gets to receive.
    """
    b = Builder(width, height)
    cells = grid(width, height)
    ring = np.concatenate([cells[0, :-1], cells[:-1, -1], cells[-1, :0:-1], cells[:0:-1, 0]])
    toward = np.repeat(np.arange(4, dtype=np.uint32), [width - 1, height - 1, width - 1, height - 1])
    toward = (toward + EAST) % 4
    behind = (np.roll(toward, 1) + 2) % 4
    # Neighbours alternate between two colors; where the circle closes, an odd one needs a third.
    role = message("fabric_one_step")
    colors = [b.color(role, message("fabric_even")), b.color(role, message("fabric_odd"))]
    sends = np.arange(ring.size) % 2
    for i, color in enumerate(colors):
        senders = np.flatnonzero(sends == i)
        b.route(ring[senders], color, (RAMP, bit(toward[senders])))
        receivers = (senders + 1) % ring.size
        b.route(ring[receivers], color, (behind[receivers], bit(RAMP)))
        b.run(ring[senders], _sends(words, color, "next"))
    for i, color in enumerate(colors):
        b.run(ring[(np.flatnonzero(sends == i) + 1) % ring.size], _receives(words, color, "before"))
    memory = operands(width * height, words, seed)
    expected = memory[ring[-1]].copy()
    return b.build(memory, ring[:1], expected)


ALGORITHMS = {"single": single, "crossing": crossing, "merging": merging, "circular": circular}


def _check(settings: Settings) -> None:
    width, height = settings.width, settings.height
    if settings.algorithm == "circular":
        for name, size in (("width", width), ("height", height)):
            if size < 2:
                raise FabricError(message("fabric_least_circle", name=name, got=size))
    if width < 2:
        raise FabricError(message("fabric_least_stream", got=width))
    if settings.algorithm == "crossing" and height < 2:
        raise FabricError(message("fabric_least_crossing", got=height))


def _closed_form(settings: Settings) -> model.Terms:
    along, words = settings.width - 1, settings.words
    if settings.algorithm == "crossing":
        along = max(along, settings.height - 1)
    if settings.algorithm == "circular":
        along = 1
    if settings.algorithm in ("merging", "circular"):
        words *= 2
    return model.broadcast(words, along, settings.machine)


def _source(settings: Settings) -> Message:
    return message("fabric_stream_source") if settings.algorithm in ("merging", "circular") else model.SOURCE


NOTES = {
    "single": message("fabric_stream_single"),
    "crossing": message("fabric_stream_crossing"),
    "merging": message("fabric_stream_merging"),
    "circular": message("fabric_stream_circular"),
}

RECIPE = Recipe(
    algorithms=tuple(ALGORITHMS),
    rivals=False,
    build=lambda s: ALGORITHMS[s.algorithm](s.width, s.height, s.words, s.seed),
    title=lambda s: message("fabric_stream_title", words=s.vector, size=s.size),
    note=lambda s: NOTES[s.algorithm],
    closed_form=_closed_form,
    source=_source,
    hops=lambda s: 2 * s.words * (s.width + s.height),
    check=_check,
    computes=False,
    place=4,
)
