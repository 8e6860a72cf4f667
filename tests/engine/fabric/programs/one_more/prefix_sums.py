"""Prefix sums: along a line, every PE gets the sum of its own vector and of all before it.

What it says stands in prefix_sums.ftl, which would be a part of fabric.ftl in each folder of engine/texts.
"""

import numpy as np

from engine.fabric.core.isa import ADD, EAST, RAMP, RECEIVE, SEND, SOUTH, STORE
from engine.fabric.machine.geometry import grid, opposite
from engine.fabric.machine.program import Builder, Op, Program, bit
from engine.fabric.programs import model
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import Parameter, Recipe, Settings
from engine.language import Quantity, message


def prefix_sums(width: int, height: int, words: int, axis: str, seed: int) -> Program:
    """Pass running sums along every row or column: a PE adds what it hears, keeps the sum and passes it on."""
    b = Builder(width, height)
    lines, toward = (grid(width, height), EAST) if axis == "rows" else (grid(width, height).T, SOUTH)
    n = lines.shape[1]
    if n > 1:
        said = {"words": Quantity(words, "word"), "origin": "before", "goal": "next"}
        role = message("fabric_prefix_sums_color")
        colors = [b.color(role, parity) for parity in (message("fabric_even"), message("fabric_odd"))]
        for i in range(n):
            send, hear = colors[i % 2], colors[(i - 1) % 2]
            if i < n - 1:
                b.route(lines[:, i], send, (RAMP, bit(toward)))
            if i > 0:
                b.route(lines[:, i], hear, (opposite(toward), bit(RAMP)))
            if i == 0:
                b.run(lines[:, i], Op(message("fabric_send", **said), SEND, words, send=send))
            elif i < n - 1:
                text, does = message("fabric_add_send", **said), RECEIVE | ADD | STORE | SEND
                b.run(lines[:, i], Op(text, does, words, receive=hear, send=send))
            else:
                text, does = message("fabric_add", **said), RECEIVE | ADD | STORE
                b.run(lines[:, i], Op(text, does, words, receive=hear))
    memory = operands(width * height, words, seed)
    sums = memory.reshape(height, width, words).cumsum(axis=1 if axis == "rows" else 0, dtype=np.float32)
    return b.build(memory, np.arange(width * height), sums.reshape(-1, words))


def _line(settings: Settings) -> int:
    return settings.width if settings.own["axis"] == "rows" else settings.height


RECIPE = Recipe(
    algorithms=("chain",),
    build=lambda s: prefix_sums(s.width, s.height, s.words, s.own["axis"], s.seed),
    title=lambda s: message("fabric_prefix_sums_title", words=s.vector, axis=s.own["axis"], size=s.size),
    note=lambda s: message("fabric_prefix_sums_note"),
    closed_form=lambda s: model.reduce("chain", s.words, _line(s), 1, s.machine),
    hops=lambda s: s.words * s.n_pe,
    parameters={"axis": Parameter(default="rows", choices=("rows", "columns"))},
)
