"""All-reductions: the sum of one vector per PE ends at every PE."""

import numpy as np

from engine.fabric.core.isa import ADD, EAST, NORTH, RAMP, RECEIVE, SEND, SOUTH, STORE, WEST
from engine.fabric.machine.geometry import grid
from engine.fabric.machine.program import Builder, Op, Program, bit
from engine.fabric.programs import broadcast, model
from engine.fabric.programs.operands import operands, total
from engine.fabric.programs.recipe import Recipe, Settings
from engine.fabric.programs.reduce import (
    closed_form_to,
    group_of,
    grouped,
    hops_to,
    reach,
    reduce_to,
    root_at,
    root_of,
    rooted,
)
from engine.language import Quantity, message


def reduce_broadcast(width: int, height: int, words: int, groups: tuple[int, int], root: str, seed: int) -> Program:
    """Sum at one PE in two phases, then broadcast from there; `root` is "corner" or "centre"."""
    b = Builder(width, height)
    x, y = root_at(root, width), root_at(root, height)
    reduce_to(b, "two_phase", words, groups, x, y)
    b.milestone([y * width + x], "sum_done", message("fabric_sum_done", at=f"({x}, {y})"))
    broadcast.broadcast_from(b, words, x, y)
    memory = operands(width * height, words, seed)
    return b.build(memory, np.arange(width * height), total(memory))


def ring(width: int, height: int, words: int, seed: int) -> Program:
    """All-reduce in rings: every row, then every column.

    The vector is cut into as many blocks as there are PEs in the ring, padded with zeros. In each of n - 1 steps
    every PE sends a block to its neighbour and adds the one it hears; in n - 1 more steps the finished blocks go
    round. Sending and receiving are two threads. The last PE of a line reaches the first one over a color that
    passes all between.
    """
    b = Builder(width, height)
    cells = grid(width, height)
    padded = words
    for axis, lines in (("row", cells), ("column", cells.T)):
        n = lines.shape[1]
        if n > 1:
            block = -(-words // n)
            padded = max(padded, n * block)
            _ring(b, lines, block, axis)
            if axis == "row" and height > 1:
                b.milestone(cells, "rows_done", message("fabric_ring_rows_done"))
    memory = np.zeros((width * height, padded), np.float32)
    memory[:, :words] = operands(width * height, words, seed)
    return b.build(memory, np.arange(width * height), total(memory)[:words])


def _ring(b, lines, block, axis):
    n = lines.shape[1]
    position = np.arange(n)
    toward, behind = (EAST, WEST) if axis == "row" else (SOUTH, NORTH)
    role = message("fabric_ring", axis=axis)
    even, odd = b.color(role, message("fabric_even")), b.color(role, message("fabric_odd"))
    back = b.color(role, message("fabric_ring_back"))
    for color, parity in ((even, 0), (odd, 1)):
        sends = (position % 2 == parity) & (position < n - 1)
        hears = (position % 2 != parity) & (position > 0)
        b.route(lines[:, sends], color, (RAMP, bit(toward)))
        b.route(lines[:, hears], color, (behind, bit(RAMP)))
    b.route(lines[:, 1:-1], back, (toward, bit(behind)))
    b.route(lines[:, -1], back, (RAMP, bit(behind)))
    b.route(lines[:, 0], back, (toward, bit(RAMP)))

    ring = 1 if axis == "row" else 2
    before = b.n_ops(lines)
    for place, send, receive in (
        (position == 0, even, back),
        (position == n - 1, back, (even, odd)[n % 2]),
        ((position % 2 == 0) & (position > 0) & (position < n - 1), even, odd),
        ((position % 2 == 1) & (position < n - 1), odd, even),
    ):
        if not place.any():
            continue
        sends, receives = [], []
        for step in range(2 * n - 2):
            what = {"block": step + 1, "blocks": 2 * n - 2, "axis": axis}
            text = message("fabric_ring_send", **what)
            sends.append(Op(text, SEND, block, send=send, after=before + step, ring=ring, shift=-step))
            adds = step < n - 1
            text = message("fabric_ring_add", **what) if adds else message("fabric_ring_receive", **what)
            does = RECEIVE | STORE | (ADD if adds else 0)
            receives.append(Op(text, does, block, receive=receive, ring=ring, shift=-step - 1))
        b.run(lines[:, place], *receives)
        b.run(lines[:, place], *sends, thread=1)


def _lengths(settings):
    """PEs of the longest line of a row, and of the column, that lead to the root."""
    root = root_of(settings)
    return reach(root, settings.width), reach(root, settings.height)


def _build(settings: Settings) -> Program:
    width, height, words, seed = settings.width, settings.height, settings.words, settings.seed
    if settings.algorithm == "ring":
        return ring(width, height, words, seed)
    groups = tuple(group_of(settings, length) for length in _lengths(settings))
    return reduce_broadcast(width, height, words, groups, root_of(settings), seed)


def _closed_form(settings: Settings) -> model.Terms:
    if settings.algorithm == "ring":
        row, column = (model.ring(settings.words, n, settings.machine) for n in (settings.width, settings.height))
        return row + column
    lengths = _lengths(settings)
    return closed_form_to(settings, "two_phase", lengths) + broadcast.closed_form(settings, sum(lengths) - 2)


def _hops(settings: Settings) -> float:
    width, height = settings.width, settings.height
    if settings.algorithm == "ring":
        sizes = ((width, height), (height, width))
        return sum(4 * (n - 1) ** 2 * -(-settings.words // n) * lines for n, lines in sizes)
    return hops_to(settings, "two_phase", _lengths(settings)) + broadcast.hops(settings)


NOTES = {"reduce_broadcast": message("fabric_all_reduce_broadcast"), "ring": message("fabric_all_reduce_ring")}

RECIPE = Recipe(
    algorithms=("reduce_broadcast", "ring"),
    build=_build,
    title=lambda s: message("fabric_all_reduce_title", vectors=Quantity(s.n_pe, "vector"), words=s.vector),
    note=lambda s: NOTES[s.algorithm],
    closed_form=_closed_form,
    hops=_hops,
    flows=lambda s: s.algorithm != "ring",
    parameters={
        **grouped(lambda s: _lengths(s)[0], "reduce_broadcast"),
        **rooted("reduce_broadcast"),
    },
    place=3,
)
