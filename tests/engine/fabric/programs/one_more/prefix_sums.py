"""Prefix sums: along a line, every PE gets the sum of its own vector and of all before it."""

import numpy as np

from engine.fabric.core.isa import ADD, EAST, RAMP, RECEIVE, SEND, SOUTH, STORE
from engine.fabric.machine.geometry import grid, opposite
from engine.fabric.machine.program import Builder, Op, Program, bit
from engine.fabric.programs import model
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import Parameter, Recipe, Settings


def prefix_sums(width: int, height: int, words: int, axis: str, seed: int) -> Program:
    """Pass running sums along every row or column: a PE adds what it hears, keeps the sum and passes it on."""
    b = Builder(width, height)
    lines, toward = (grid(width, height), EAST) if axis == "rows" else (grid(width, height).T, SOUTH)
    n = lines.shape[1]
    if n > 1:
        colors = [b.color(f"running sum, {parity}") for parity in ("even", "odd")]
        for i in range(n):
            send, hear = colors[i % 2], colors[(i - 1) % 2]
            if i < n - 1:
                b.route(lines[:, i], send, (RAMP, bit(toward)))
            if i > 0:
                b.route(lines[:, i], hear, (opposite(toward), bit(RAMP)))
            if i == 0:
                b.run(lines[:, i], Op(f"Send {words} words on.", SEND, words, send=send))
            elif i < n - 1:
                does = RECEIVE | ADD | STORE | SEND
                b.run(lines[:, i], Op(f"Receive {words} words, add, pass on.", does, words, receive=hear, send=send))
            else:
                b.run(lines[:, i], Op(f"Receive {words} words, add.", RECEIVE | ADD | STORE, words, receive=hear))
    memory = operands(width * height, words, seed)
    sums = memory.reshape(height, width, words).cumsum(axis=1 if axis == "rows" else 0, dtype=np.float32)
    return b.build(memory, np.arange(width * height), sums.reshape(-1, words))


def _line(settings: Settings) -> int:
    return settings.width if settings.own["axis"] == "rows" else settings.height


RECIPE = Recipe(
    algorithms=("chain",),
    build=lambda s: prefix_sums(s.width, s.height, s.words, s.own["axis"], s.seed),
    title=lambda s: f"Prefix sums of {s.vector} along {s.own['axis']} of {s.size}",
    note=lambda s: "Each PE adds the vector it hears to its own, keeps the sum and passes it on.",
    closed_form=lambda s: model.reduce("chain", s.words, _line(s), 1, s.machine.ramp_latency),
    hops=lambda s: s.words * s.n_pe,
    parameters={
        "axis": Parameter(label="Along", doc="Which lines are summed.", default="rows", choices=("rows", "columns"))
    },
)
