"""The 25-point star of Jacquelin et al.: a wave equation, eighth order in space, in columns of cells.

References
----------
.. [1] M. Jacquelin, M. Araya-Polo, J. Meng, "Massively scalable stencil algorithm", SC22, arXiv:2204.03775.
"""

import numpy as np

from engine.fabric.core.isa import EAST, NORTH, RAMP, RECEIVE, SEND, SOUTH, STORE, WEST
from engine.fabric.machine.geometry import PORT_NAMES, grid, opposite
from engine.fabric.machine.program import Builder, Op, Program, bit, multiply
from engine.fabric.programs import model
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import Settings
from engine.language import Quantity, message

STEPS = 2
REACH = 4  # neighbours on each side, along each of three axes
GROUPS = REACH + 1  # of which one sends at a time
# Factors of the neighbours at distances 1 to 4, and of the cell itself: those of the scheme, in steps of 1/256, with
# which all sums are exact in fp32.
NEAR = (1 / 4, -1 / 32, 1 / 256, -1 / 256)
FACTORS = (*NEAR, 2 - 6 * sum(NEAR), 1.0, -1.0)
SELF, ONE, MINUS = range(REACH, REACH + 3)


def held(words: int) -> int:
    """Return how many words a PE holds: cells now and before, what it hears, and the factors."""
    return 3 * words + len(FACTORS)


def wave(width: int, height: int, words: int, seed: int) -> Program:
    """Do `STEPS` steps of u = 2 u - u before + c² ∇² u in every PE's column; beyond the rectangle there are zeros.

    A PE sends its column to four neighbours in each direction by multicast. The PEs of a line form five groups that
    take turns, each on a color of its own: who sends is heard by the four behind it. A PE multiplies what it hears by
    a factor and adds it to its sum before it listens again; in its own turn it does two of the eight neighbours in its
    column instead. So all have the same work between two turns.

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
        Whose memory is the cells, those of the step before, what is heard, and the factors.
    """
    b = Builder(width, height)
    cells = grid(width, height)
    turns = [turn for port in (EAST, WEST, SOUTH, NORTH) for turn in _turns(b, cells, port)]
    heard, factors = 2 * words, 3 * words

    def scaled(text, factor, source, target, n=words, add=False):
        return multiply(text, (1, 1, n), (factors + factor, source, target), add)

    for step in range(STEPS):
        present, before = (0, words) if step % 2 == 0 else (words, 0)
        now = {"step": step + 1, "steps": STEPS}
        b.run(cells, scaled(message("fabric_wave_start", **now), MINUS, before, before))
        for i, (port, color, group, senders, hearers) in enumerate(turns):
            text = message("fabric_wave_send", cells=Quantity(words, "cell"), goal=PORT_NAMES[port], **now)
            b.run(senders, Op(text, SEND, words, send=color, first=present))
            far = i // GROUPS + 1
            for up in (True, False):
                n = max(0, words - far)
                source, target = (present + far, before) if up else (present, before + far)
                if n:
                    text = message("fabric_wave_above" if up else "fabric_wave_below", far=far, **now)
                    b.run(group, scaled(text, far - 1, source, target, n, add=True))
            for distance, others in enumerate(hearers):
                whose = {"far": Quantity(distance + 1, "PE"), "side": PORT_NAMES[opposite(port)], **now}
                text = message("fabric_wave_receive", cells=Quantity(words, "cell"), **whose)
                b.run(
                    others,
                    Op(text, RECEIVE | STORE, words, receive=color, first=heard),
                    scaled(message("fabric_wave_multiply", **whose), distance, heard, heard),
                    scaled(message("fabric_wave_add", **whose), ONE, heard, before, add=True),
                )
        b.run(
            cells,
            scaled(message("fabric_wave_multiply_own", **now), SELF, present, heard),
            scaled(message("fabric_wave_add_own", **now), ONE, heard, before, add=True),
        )
        if step == 0:
            b.milestone(cells, "first_step", message("fabric_first_step", steps=STEPS))
    memory = np.zeros((width * height, held(words)), np.float32)
    memory[:, :words] = operands(width * height, words, seed)
    memory[:, words:heard] = operands(width * height, words, seed + 1)
    memory[:, factors:] = FACTORS
    return b.build(memory, cells.ravel(), _expected(memory[:, :heard].reshape(height, width, 2, words)))


def _turns(b, cells, port):
    """Lay the routes of one direction; yield its port, and of each turn its color, group, senders and hearers.

    Who hears is given by distance. Groups are counted so that the first one to send is next to the last one of the
    direction before.
    """
    lines = cells if port in (EAST, WEST) else cells.T
    n = lines.shape[1]
    ahead = port in (EAST, SOUTH)
    place = np.arange(n) if ahead else np.arange(n)[::-1]  # hops from the end where the data come from
    group = np.arange(n) % GROUPS if ahead else -np.arange(n) % GROUPS
    for turn in range(GROUPS):
        sends = group == turn
        if n == 1:
            yield port, -1, lines[:, sends], lines[:, :0], []
            continue
        color = b.color(message("fabric_wave_way", goal=PORT_NAMES[port]), message("fabric_group", group=turn + 1))
        hearers = []
        for distance in range(1, GROUPS):
            hears = ((group - turn) % GROUPS == distance) & (place >= distance)
            onward = bit(port) if distance < REACH else 0
            ends = hears & (place == n - 1)
            b.route(lines[:, hears & ~ends], color, (opposite(port), bit(RAMP) | onward))
            b.route(lines[:, ends], color, (opposite(port), bit(RAMP)))
            hearers.append(lines[:, hears])
        senders = lines[:, sends & (place < n - 1)]
        b.route(senders, color, (RAMP, bit(port)))
        yield port, color, lines[:, sends], senders, hearers


def _expected(cells):
    """Return the cells after all steps by NumPy, from (height, width, 2, words) cells now and before."""
    pad = [(REACH, REACH)] * 3
    now, before = (np.pad(cells[:, :, i].astype(np.float64), pad) for i in (0, 1))
    inner = (slice(REACH, -REACH),) * 3
    for _ in range(STEPS):
        after = np.zeros_like(now)
        after[inner] = FACTORS[SELF] * now[inner] - before[inner]
        for far, factor in enumerate(NEAR, 1):
            for axis in range(3):
                after[inner] += factor * (np.roll(now, far, axis)[inner] + np.roll(now, -far, axis)[inner])
        now, before = after, now
    return now[inner].reshape(-1, cells.shape[-1])


def closed_form(settings: Settings) -> model.Terms:
    """Return the closed form: 43 instructions for a cell as published, 16 columns in and 4 out, and 20 turns a step.

    Nobody can send before it has heard the neighbour whose turn it was before, a hop away: T_H + 2 T_R + 1
    cycles a turn. After each of the 63 operations of a step there is a gap.

    Examples
    --------
    >>> from engine.fabric.machine.constants import Machine
    >>> machine = Machine(1, 2, 2, 0, 0, lanes=1, reads=4, writes=2, half=False)
    >>> form = closed_form(Settings(machine, "star_25", 40, 40, 1000))
    >>> form.compute / STEPS / 1000, form.contention / STEPS / 1000
    (43.0, 20.0)
    """
    cells, machine = settings.words, settings.machine
    n_columns = 4 * REACH
    n_turns = 4 * GROUPS
    # Multiplications of what is heard and of the cell itself, additions of both, the column itself, and the start.
    arithmetic = 2 * (n_columns + 1) + 2 * REACH + 1
    scale, add = machine.cycles(cells, 1), machine.cycles(cells)
    products = (n_columns + 2) * scale + (n_columns + 1 + 2 * REACH) * add
    gaps = (n_turns + arithmetic) * machine.vector_gap
    distance, depth = n_turns * machine.hop_latency, n_turns * machine.visit
    return model.Terms(*(STEPS * part for part in (distance, n_turns * cells, depth, products, gaps)))


def hops(settings: Settings) -> int:
    """Return how many hops the columns take, each to four neighbours in every direction or to the border."""
    width, height = settings.width, settings.height
    across, down = (sum(max(0, size - far) for far in range(1, GROUPS)) for size in (width, height))
    return STEPS * settings.words * 2 * (across * height + down * width)


def products(settings: Settings) -> int:
    """Return about how many elements the compute elements do that are not sent or received."""
    return settings.n_pe * STEPS * (2 * (4 * REACH + 1) + 2 * REACH + 1) * settings.words
