"""Stencils: every PE keeps a column of cells and needs those of its neighbours in every step; 5 points or 25."""

from dataclasses import replace

import numpy as np

from engine.fabric.core.isa import ADD, RAMP, RECEIVE, SEND, STORE
from engine.fabric.machine.geometry import LINKS, PORT_NAMES, grid, n_links
from engine.fabric.machine.program import Builder, Op, Program, bit, multiply
from engine.fabric.programs import model, wave
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import Recipe, Settings
from engine.language import Quantity, message

STEPS = 4
ALIKE = 2 * wave.GROUPS  # PEs of a side from which on a larger rectangle takes no longer: all do the same
N_COLORS = 5  # a PE and its four neighbours all differ in (x + 2 y) modulo 5
OWN, OTHERS = 0.5, 0.125  # factors of a cell and of the sum of its neighbours; exact in fp32


def held(words: int) -> int:
    """Return how many words a PE holds: its cells, the sum of its neighbours' and two factors."""
    return 2 * words + 2


def stencil(width: int, height: int, words: int, seed: int) -> Program:
    """Do `STEPS` steps of u = u / 2 + (north + east + south + west) / 8; beyond the rectangle there are zeros.

    A PE multicasts its cells to its four neighbours on the color of its group, (x + 2 y) modulo 5: no neighbour, and
    no other neighbour of theirs, is of that group. All go through the colors in the same order, so nobody waits in a
    circle.

    Parameters
    ----------
    width, height : int
        The rectangle [PE].
    words : int
        Cells of a PE [word].
    seed : int
        Of the numbers.

    Returns
    -------
    Program
        Whose memory is the cells, the sum of the neighbours' and the factors.
    """
    b = Builder(width, height)
    cells = grid(width, height)
    y, x = np.divmod(cells, width)
    own = (x + 2 * y) % N_COLORS
    inside = {0: y > 0, 1: x < width - 1, 2: y < height - 1, 3: x > 0}
    comes_from = {port: (own + step) % N_COLORS for port, step in zip(LINKS, (-2, 1, 2, -1), strict=True)}
    if cells.size > 1:
        for color in range(N_COLORS):
            b.color(message("fabric_cells", group=color))
            outputs = sum(bit(port) * inside[port] for port in LINKS)
            here = own == color
            b.route(cells[here], color, (RAMP, outputs[here]))
            for port in LINKS:
                here = inside[port] & (comes_from[port] == color)
                b.route(cells[here], color, (port, bit(RAMP)))
    for step in range(STEPS):
        heard = np.zeros_like(own)
        now = {"cells": Quantity(words, "cell"), "step": step + 1, "steps": STEPS}
        for color in range(N_COLORS) if cells.size > 1 else ():
            b.run(cells[own == color], Op(message("fabric_stencil_send", **now), SEND, words, send=color))
            for port in LINKS:
                here, origin = inside[port] & (comes_from[port] == color), PORT_NAMES[port]
                first, more = heard == 0, heard > 0
                text, does = message("fabric_stencil_receive", **now, origin=origin), RECEIVE | STORE
                b.run(cells[here & first], Op(text, does, words, receive=color, first=words))
                text = message("fabric_stencil_add", **now, origin=origin)
                b.run(cells[here & more], Op(text, does | ADD, words, receive=color, first=words))
                heard += here
        scale = multiply(message("fabric_stencil_halve", **now), (1, 1, words), (2 * words, 0, 0), add=False)
        add = multiply(message("fabric_stencil_eighth", **now), (1, 1, words), (2 * words + 1, words, 0))
        b.run(cells, scale)
        b.run(cells[heard > 0], add)
        if step == 0:
            b.milestone(cells, "first_step", message("fabric_first_step", steps=STEPS))
    memory = np.zeros((width * height, held(words)), np.float32)
    memory[:, :words] = operands(width * height, words, seed)
    memory[:, 2 * words :] = OWN, OTHERS
    u = np.pad(memory[:, :words].astype(np.float64).reshape(height, width, words), ((1, 1), (1, 1), (0, 0)))
    for _ in range(STEPS):
        around = u[:-2, 1:-1] + u[2:, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:]
        u[1:-1, 1:-1] = OWN * u[1:-1, 1:-1] + OTHERS * around
    return b.build(memory, cells.ravel(), u[1:-1, 1:-1].reshape(-1, words))


def _closed_form(settings: Settings) -> model.Terms:
    """Return steps (5 (z + T_H + 2 T_R + 1) + 2 z + 7 G) for z cells: five exchanges and two operations, G apart."""
    cells, machine = settings.words, settings.machine
    return model.Terms(
        5 * machine.hop_latency * STEPS,
        5 * cells * STEPS,
        5 * machine.visit * STEPS,
        (machine.cycles(cells, 1) + machine.cycles(cells)) * STEPS,
        7 * machine.vector_gap * STEPS,
    )


def _hops(settings: Settings) -> int:
    return STEPS * settings.words * n_links(settings.width, settings.height)


def _choose(five_point, star_25):
    """Return a function of the settings that takes one of two by their algorithm."""
    return lambda settings: (five_point if settings.algorithm == "five_point" else star_25)(settings)


RECIPE = Recipe(
    algorithms=("five_point", "star_25"),
    rivals=False,
    build=_choose(
        lambda s: stencil(s.width, s.height, s.words, s.seed), lambda s: wave.wave(s.width, s.height, s.words, s.seed)
    ),
    title=_choose(
        lambda s: message("fabric_stencil_title", steps=STEPS, size=s.size, cells=Quantity(s.words, "cell")),
        lambda s: message("fabric_wave_title", steps=wave.STEPS, size=s.size, cells=Quantity(s.words, "cell")),
    ),
    note=_choose(lambda s: message("fabric_stencil_note"), lambda s: message("fabric_wave_note")),
    closed_form=_choose(_closed_form, wave.closed_form),
    source=_choose(lambda s: message("fabric_stencil_source"), lambda s: message("fabric_wave_source")),
    hops=_choose(_hops, wave.hops),
    products=_choose(lambda s: s.n_pe * STEPS * 2 * s.words, wave.products),
    held=_choose(lambda s: held(s.words), lambda s: wave.held(s.words)),
    flows=lambda s: False,
    part=lambda s: (replace(s, width=min(s.width, ALIKE), height=min(s.height, ALIKE)), 1),
    place=9,
)
