"""Matrix times vector, y = A x, with a tile of A in every PE."""

from dataclasses import replace

import numpy as np

from engine.fabric.core.isa import RECEIVE, SEND, SOUTH, STORE
from engine.fabric.machine.geometry import grid, rows_to
from engine.fabric.machine.program import Builder, Op, Program, multiply
from engine.fabric.programs import model
from engine.fabric.programs.broadcast import lay_along
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import Recipe, Settings
from engine.fabric.programs.reduce import ALGORITHMS, group_of, grouped, reach, root_at, root_of, rooted, sum_along
from engine.language import Quantity, message


def held(edge: int, pairs: bool) -> int:
    """Return how many words a PE holds: its tile, and its parts of x and y, in whole pairs."""
    return edge * edge + 2 * (edge + edge % 2 if pairs else edge)


def gemv(
    width: int, height: int, algorithm: str, edge: int, group: int, root: str, seed: int, pairs: bool = False
) -> Program:
    """Compute y = A x for a matrix of height × edge rows and width × edge columns.

    The PE in column x and row y has tile (y, x) of A; one row has the parts of the vector. Each part goes along its
    column by multicast, every PE multiplies its tile with it, and the products of a row are added up in one of its PEs.

    Parameters
    ----------
    width, height : int
        The rectangle [PE].
    algorithm : str
        How a row is summed, a key of `reduce.ALGORITHMS`.
    edge : int
        Rows and columns of a tile [word].
    group : int
        PEs of a group of `two_phase` [PE].
    root : str
        Where x begins and y ends: "corner", the first row and the first column, or "centre", those in the middle.
    seed : int
        Of the numbers.
    pairs : bool
        Whether a wavelet carries two numbers of fp16.

    Returns
    -------
    Program
        Whose memory is y, x and the tile, row after row.
    """
    b = Builder(width, height, pairs)
    cells = grid(width, height)
    n = _wavelets(edge, pairs)
    vector = held(edge, pairs) - edge * edge >> 1
    tile = 2 * vector
    first, column = root_at(root, height), root_at(root, width)
    if height > 1:
        words = Quantity(n, "word")
        color = lay_along(b, cells.T, message("fabric_gemv_x"), SOUTH, first)
        b.run(cells[first], Op(message("fabric_gemv_send", words=words), SEND, n, send=color, first=vector))
        text = message("fabric_gemv_receive", words=words)
        others = np.delete(cells, first, axis=0)
        b.run(others, Op(text, RECEIVE | STORE, n, receive=color, first=vector))
    b.run(cells, multiply(message("fabric_gemv_multiply", edge=edge), (edge, edge, 1), (tile, vector, 0)))
    b.milestone(cells, "multiplied", message("fabric_gemv_multiplied"))
    for line in rows_to(width, height, column):
        sum_along(b, line, algorithm, n, group, "fabric_partial_sums")

    memory = np.zeros((width * height, held(edge, pairs)), np.float32)
    memory[:, tile:] = operands(width * height, edge * edge, seed)
    x = 1 - 2 * (operands(width, edge, seed + 1) % 2)  # 1 or -1, so that a sum of thousands is one of fp16, too
    memory[cells[first], vector : vector + edge] = x
    tiles = memory[:, tile:].reshape(height, width, edge, edge)
    expected = np.einsum("yxij,xj->yi", tiles, x, dtype=np.float64)
    return b.build(memory, cells[:, column], expected)


def _wavelets(edge, pairs):
    """Return how many wavelets carry a part of x or of y."""
    return -(-edge // 2) if pairs else edge


def _row(settings):
    """PEs of the longest line of a row that is summed."""
    return reach(root_of(settings), settings.width)


def _lines(settings):
    """Return how many lines of a row lead to its root."""
    return 2 if 0 < root_at(root_of(settings), settings.width) < settings.width - 1 else 1


def _closed_form(settings: Settings) -> model.Terms:
    """Return the products of a tile of b × b, between a broadcast of b words along a column and the sum of a row.

    They are b additions of a scaled column of the tile, each as long as b products take. In the middle of a row, what
    comes from the other side is added in one more operation.
    """
    machine, edge, row = settings.machine, settings.words, _row(settings)
    words, gap, hops = (
        _wavelets(edge, machine.half),
        machine.vector_gap,
        reach(root_of(settings), settings.height) - 1,
    )
    along = model.broadcast(words, hops, machine) + model.Terms(0, 0, 0, 0, gap) if hops else model.NOTHING
    summed = model.reduce(settings.algorithm, words, row, group_of(settings, row), machine)
    if _lines(settings) == 2:
        summed += model.Terms(0, words, 0, 0, gap)
    return along + model.Terms(0, 0, 0, edge * machine.cycles(edge)) + model.after_gap(summed, gap)


def _hops(settings: Settings) -> float:
    words, row = _wavelets(settings.words, settings.machine.half), _row(settings)
    summed = model.hops_of_reduce(settings.algorithm, words, row, group_of(settings, row))
    return words * settings.width * (settings.height - 1) + _lines(settings) * settings.height * summed


NOTES = {"corner": message("fabric_gemv_note"), "centre": message("fabric_gemv_note_centre")}


def _note(settings):
    note = NOTES[root_of(settings)]
    return message("fabric_gemv_pairs", note=note) if settings.machine.half else note


RECIPE = Recipe(
    algorithms=tuple(ALGORITHMS),
    build=lambda s: gemv(
        s.width, s.height, s.algorithm, s.words, group_of(s, _row(s)), root_of(s), s.seed, s.machine.half
    ),
    title=lambda s: message("fabric_gemv_title", rows=s.height * s.words, columns=s.width * s.words, size=s.size),
    note=_note,
    closed_form=_closed_form,
    source=lambda s: message("fabric_gemv_source"),
    hops=_hops,
    products=lambda s: s.n_pe * s.words**2,
    held=lambda s: held(s.words, s.machine.half),
    flows=lambda s: False,
    # All rows are alike, and the one that x reaches last decides.
    part=lambda s: (replace(s, height=1, own={**s.own, "root": root_of(s)}), 1),
    parameters={**grouped(_row), **rooted()},
    place=5,
)
