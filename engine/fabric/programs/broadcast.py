"""Broadcast: one PE sends, every router copies to all of its outputs that lead on."""

import numpy as np

from engine.fabric.core.isa import EAST, NORTH, RAMP, RECEIVE, SEND, SOUTH, STORE, WEST
from engine.fabric.machine.geometry import grid, opposite
from engine.fabric.machine.program import Builder, Op, Program, bit
from engine.fabric.programs import model
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import Recipe, Settings
from engine.language import Message, Quantity, message


def broadcast_from(b: Builder, words: int, x: int, y: int) -> None:
    """Append a multicast from PE (x, y) along its row and from there along every column.

    Parameters
    ----------
    b : Builder
        Overwritten.
    words : int
        Length of the vector [word].
    x, y : int
        The root.
    """
    color = b.color(message("fabric_broadcast"))
    source = np.empty((b.height, b.width), np.uint32)
    outputs = np.full((b.height, b.width), bit(RAMP), np.uint32)
    source[:y], source[y + 1 :] = SOUTH, NORTH
    source[y, :x], source[y, x + 1 :] = EAST, WEST
    source[y, x] = RAMP
    outputs[y, x] = 0
    outputs[1 : y + 1] |= bit(NORTH)
    outputs[y : b.height - 1] |= bit(SOUTH)
    outputs[y, 1 : x + 1] |= bit(WEST)
    outputs[y, x : b.width - 1] |= bit(EAST)
    cells = grid(b.width, b.height)
    b.route(cells, color, (source, outputs))
    root = y * b.width + x
    if cells.size > 1:
        text = message("fabric_send", words=Quantity(words, "word"), goal="all")
        b.run(np.array([root]), Op(text, SEND, words, send=color))
        text = message("fabric_receive", words=Quantity(words, "word"), origin="root")
        b.run(np.delete(cells.ravel(), root), Op(text, RECEIVE | STORE, words, receive=color))


def lay_along(b: Builder, lines, role: Message, toward: int, at: int = 0) -> int:
    """Lay routes from one PE of each line past all others, each of which takes a copy.

    Parameters
    ----------
    b : Builder
        Overwritten.
    lines : (n_lines, length) int array
        Cells, at least two in a line.
    role : Message
        Of the color.
    toward : int
        Port that leads on along a line.
    at : int
        Which PE of a line sends.

    Returns
    -------
    int
        The color.
    """
    color, behind, place = b.color(role), opposite(toward), np.arange(lines.shape[1])
    source = np.select([place > at, place < at], [behind, toward], RAMP)
    onward = bit(toward) * ((place >= at) & (place < place[-1])) | bit(behind) * ((place <= at) & (place > 0))
    b.route(lines, color, (source, onward | bit(RAMP) * (place != at)))
    return color


def multicast(width: int, height: int, words: int, seed: int) -> Program:
    """Send the vector of PE (0, 0) to all."""
    b = Builder(width, height)
    broadcast_from(b, words, 0, 0)
    memory = operands(width * height, words, seed)
    memory[1:] = 0
    return b.build(memory, np.arange(width * height), memory[0])


def closed_form(settings: Settings, reach: int) -> model.Terms:
    """Return the closed form of a broadcast to PEs at most `reach` hops away."""
    if settings.n_pe == 1:
        return model.NOTHING
    return model.broadcast(settings.words, reach, settings.machine)


def hops(settings: Settings) -> int:
    """Return how many hops a broadcast takes: every PE but the root hears every word over one link."""
    return settings.words * (settings.n_pe - 1)


RECIPE = Recipe(
    algorithms=("multicast",),
    build=lambda s: multicast(s.width, s.height, s.words, s.seed),
    title=lambda s: message("fabric_broadcast_title", words=s.vector, size=s.size),
    note=lambda s: message("fabric_broadcast_note"),
    closed_form=lambda s: closed_form(s, s.width + s.height - 2),
    hops=hops,
    computes=False,
    place=2,
)
