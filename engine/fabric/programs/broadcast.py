"""Broadcast: one PE sends, every router copies to all of its outputs that lead on."""

import numpy as np

from engine.fabric.geometry import EAST, NORTH, RAMP, SOUTH, WEST, grid
from engine.fabric.program import RECEIVE, SEND, STORE, Builder, Op, Program
from engine.fabric.programs.operands import operands


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
    color = b.color("broadcast")
    source = np.empty((b.height, b.width), np.uint32)
    outputs = np.full((b.height, b.width), 1 << RAMP, np.uint32)
    source[:y], source[y + 1 :] = SOUTH, NORTH
    source[y, :x], source[y, x + 1 :] = EAST, WEST
    source[y, x] = RAMP
    outputs[y, x] = 0
    outputs[1 : y + 1] |= 1 << NORTH
    outputs[y : b.height - 1] |= 1 << SOUTH
    outputs[y, 1 : x + 1] |= 1 << WEST
    outputs[y, x : b.width - 1] |= 1 << EAST
    cells = grid(b.width, b.height)
    b.route(cells, color, (source, outputs))
    root = y * b.width + x
    if cells.size > 1:
        b.run(np.array([root]), Op(f"Send {words} words to everybody.", SEND, words, send=color))
        others = np.delete(cells.ravel(), root)
        b.run(others, Op(f"Receive {words} words from the root.", RECEIVE | STORE, words, receive=color))


def multicast(width: int, height: int, words: int, seed: int) -> Program:
    """Send the vector of PE (0, 0) to all."""
    b = Builder(width, height)
    broadcast_from(b, words, 0, 0)
    memory = operands(width * height, words, seed)
    memory[1:] = 0
    return b.build(memory, np.arange(width * height), memory[0])
