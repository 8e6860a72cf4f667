"""Matrix times matrix, C = A B, with tiles of all three in every PE of a square: three ways to bring tiles together.

In each of as many steps as the square is wide, a PE multiplies a tile of A with a tile of B and adds the product to
its tile of C. What differs is how the tiles travel. Communication for the next step runs beside the multiplication,
but both share the compute element, which does one element a cycle.

Where the exchange is asynchronous, no step waits for all PEs to end the one before: the long way of a ring that closes
across the row is on the path of a tile once, not in every step. In lockstep it is in every step. Published programs
are analysed so [1]_, and the vendor's example of SUMMA [2]_ is written so.

References
----------
.. [1] C. He et al., "WaferLLM: Large Language Model Inference at Wafer Scale", OSDI'25, arXiv:2502.04563, sec. 5.
.. [2] Cerebras csl-examples, benchmarks/gemm-collectives_2d.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from engine.fabric.core.isa import EAST, N_COLORS, NORTH, RAMP, RECEIVE, SEND, SOUTH, STORE, WEST
from engine.fabric.machine.geometry import PORT_NAMES, grid, opposite
from engine.fabric.machine.program import Builder, Op, Program, bit, multiply
from engine.fabric.programs import model
from engine.fabric.programs.broadcast import lay_along
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import COLOR_EACH, PROGRAM_EACH, Parameter, Recipe, Settings, check_width
from engine.language import Quantity, message

WIDEST_SUMMA = 64  # PEs of a side: every PE has a program of its own
ALIKE = N_COLORS // 2  # PEs of a side, of a square that stands for a larger one; as many as have two colors each


def held(edge: int, algorithm: str) -> int:
    """Return how many words a PE holds: tiles of A, B and C, and those on the way."""
    return edge * edge * (7 if algorithm == "summa" else 5)


def _tiles(n, edge, seed, n_words):
    """Return A and B as (row, column, edge, edge) tiles, memory for the PEs, and the tiles of C."""
    a = operands(n * n, edge * edge, seed).reshape(n, n, edge, edge)
    b = operands(n * n, edge * edge, seed + 1).reshape(n, n, edge, edge)
    c = np.einsum("ikrs,kjst->ijrt", a, b, dtype=np.float64, optimize=True)
    return a, b, c, np.zeros((n * n, n_words), np.float32)


@lru_cache(maxsize=1024)
def _text(name, **values):
    """Return a message that many PEs share: every one of them runs a program of its own."""
    return message(name, **values)


@lru_cache(maxsize=1024)
def _multiply(edge, at, k, n, **more):
    """Return the product of the k-th of n steps, which many PEs share, too."""
    text = _text("fabric_gemm_multiply", edge=edge, step=k + 1, steps=n)
    return replace(multiply(text, (edge, edge, edge), (*at, 0)), **more)


def summa(n: int, edge: int, seed: int) -> Program:
    """Multiply by SUMMA: in step k, column k of A goes along the rows and row k of B along the columns.

    A tile is passed on from PE to PE, each of which keeps a copy.

    Parameters
    ----------
    n : int
        Width and height of the square [PE].
    edge : int
        Rows and columns of a tile [word].
    seed : int
        Of the numbers.

    Returns
    -------
    Program
        Whose memory is the tiles of C, A and B, then two of A and two of B on the way.
    """
    b = Builder(n, n)
    cells = grid(n, n)
    words = edge * edge
    tile_a, tile_b = words, 2 * words
    ways = {}
    for name, lines, ports in (("A", cells, (EAST, WEST)), ("B", cells.T, (SOUTH, NORTH))):
        for port in ports if n > 1 else ():
            role = message("fabric_gemm_way", matrix=name, goal=PORT_NAMES[port])
            colors = [b.color(role, parity) for parity in (message("fabric_even"), message("fabric_odd"))]
            ahead = port in (EAST, SOUTH)
            for i, color in enumerate(colors):
                sends = np.arange(i, n - 1, 2) if ahead else np.arange(i or 2, n, 2)
                b.route(lines[:, sends], color, (RAMP, bit(port)))
                b.route(lines[:, sends + (1 if ahead else -1)], color, (opposite(port), bit(RAMP)))
            ways[name, 1 if ahead else -1] = colors
    for x in range(n):
        for y in range(n):
            passes, products = [], []
            for step in range(n):
                # The tiles on the way change places, so the ones before the last must have been multiplied.
                after = max(0, step - 1)
                place = 3 * words + step % 2 * 2 * words
                passes += _pass("A", x, step, n, words, tile_a, place, ways, after)
                passes += _pass("B", y, step, n, words, tile_b, place + words, ways, after)
                at = (tile_a if x == step else place, tile_b if y == step else place + words)
                products.append(_multiply(edge, at, step, n, after=len(passes), of=int(n > 1)))
            b.run(cells[y, x], *products)
            b.run(cells[y, x], *passes, thread=1)
    a, bt, c, memory = _tiles(n, edge, seed, held(edge, "summa"))
    memory[:, tile_a:tile_b] = a.reshape(n * n, words)
    memory[:, tile_b : 3 * words] = bt.reshape(n * n, words)
    return b.build(memory, cells.ravel(), c.reshape(n * n, words))


def summa_in_step(n: int, edge: int, seed: int) -> Program:
    """Multiply by SUMMA as the vendor's example does: routers copy a tile to its whole row or column, then all go on.

    Nobody multiplies before all have both tiles, nor sends before all have multiplied. Each sender has a color of its
    own. Real programs lay routes anew between two steps instead, which is not modelled.

    Parameters
    ----------
    n, edge, seed
        As for `summa`.

    Returns
    -------
    Program
        Whose memory is the tiles of C, A and B, then one of A and one of B on the way.
    """
    b = Builder(n, n)
    cells = grid(n, n)
    words = edge * edge
    axes = (("A", cells, EAST, "fabric_gemm_row"), ("B", cells.T, SOUTH, "fabric_gemm_column"))
    for k in range(n):
        for i, (name, lines, port, role) in enumerate(axes) if n > 1 else ():
            color = lay_along(b, lines, message(role), port, k)
            what = {"words": Quantity(words, "word"), "matrix": name, "step": k + 1, "steps": n}
            text = message("fabric_gemm_send", **what)
            b.run(lines[:, k], Op(text, SEND, words, send=color, first=(1 + i) * words, step=2 * k))
            text, place = message("fabric_gemm_receive", **what), (3 + i) * words
            hear = Op(text, RECEIVE | STORE, words, receive=color, first=place, step=2 * k)
            b.run(np.delete(lines, k, axis=1), hear, thread=1 + i)
        y, x = np.divmod(cells, n)
        for at_a, columns in ((words, x == k), (3 * words, x != k)):
            for at_b, rows in ((2 * words, y == k), (4 * words, y != k)):
                b.run(cells[columns & rows], _multiply(edge, (at_a, at_b), k, n, step=2 * k + 1))
    a, bt, c, memory = _tiles(n, edge, seed, 5 * words)
    memory[:, words : 2 * words] = a.reshape(n * n, words)
    memory[:, 2 * words : 3 * words] = bt.reshape(n * n, words)
    return b.build(memory, cells.ravel(), c.reshape(n * n, words))


def _pass(name, position, step, n, words, tile, place, ways, after):
    """Yield what the PE at a position of its row or column does with the tile that all need in a step."""
    what = {"words": Quantity(words, "word"), "matrix": name, "step": step + 1, "steps": n}
    if position == step:
        for way, beyond in ((1, position < n - 1), (-1, position > 0)):
            if beyond:
                color = ways[name, way][position % 2]
                yield Op(_text("fabric_gemm_send", **what), SEND, words, send=color, first=tile, after=after)
        return
    way = 1 if position > step else -1
    hears = ways[name, way][(position - way) % 2]
    if 0 <= position + way < n:
        color = ways[name, way][position % 2]
        does, text = RECEIVE | STORE | SEND, _text("fabric_gemm_pass", **what)
        yield Op(text, does, words, receive=hears, send=color, first=place, after=after)
    else:
        text = _text("fabric_gemm_receive", **what)
        yield Op(text, RECEIVE | STORE, words, receive=hears, first=place, after=after)


def shifted(n: int, algorithm: str, edge: int, exchange: str, seed: int) -> Program:
    """Multiply by shifting: rows of A and columns of B are rings that move on by one PE in each step.

    The tiles lie skewed at the start, so that those that meet belong together.

    Parameters
    ----------
    n : int
        Width and height of the square [PE].
    algorithm : str
        "cannon": the ring is the line, and its last PE sends across all others to the first one; "mesh": the ring
        goes out over every second PE and back over those between, so no neighbours in it are more than 2 hops apart.
    edge : int
        Rows and columns of a tile [word].
    exchange : str
        "asynchronous": a PE begins a step when it has its own tiles; "lockstep": when all PEs have theirs.
    seed : int
        Of the numbers.

    Returns
    -------
    Program
        Whose memory is the tiles of C, A, B, then those of A and B that change places with them.
    """
    b = Builder(n, n)
    cells = grid(n, n)
    words = edge * edge
    ring = np.arange(n) if algorithm == "cannon" else np.concatenate([np.arange(0, n, 2), np.arange(1, n, 2)[::-1]])
    along_rows = _ring(b, cells, ring, (EAST, WEST), message("fabric_gemm_row"))
    along_columns = _ring(b, cells.T, ring, (SOUTH, NORTH), message("fabric_gemm_column"))
    for rows in dict.fromkeys(along_columns):
        for columns in dict.fromkeys(along_rows):
            who = np.ix_([way == rows for way in along_columns], [way == columns for way in along_rows])
            for thread, ops in enumerate(_shifts(n, edge, columns, rows, exchange == "lockstep")):
                b.run(cells[who], *ops, thread=thread)
    a, bt, c, memory = _tiles(n, edge, seed, held(edge, algorithm))
    turn = np.argsort(ring)  # place in the ring by position
    i, j = np.meshgrid(turn, turn, indexing="ij")
    memory[:, words : 2 * words] = a[i, (i + j) % n].reshape(n * n, words)
    memory[:, 2 * words : 3 * words] = bt[(i + j) % n, j].reshape(n * n, words)
    return b.build(memory, cells.ravel(), c[i, j].reshape(n * n, words))


def _shifts(n, edge, along_row, along_column, lockstep):
    """Return the operations of three threads: pass on and multiply; receive A; receive B for the next step."""
    words = edge * edge
    works, hears = [], ([], [])
    for step in range(n):
        here, there = words + step % 2 * 2 * words, words + (step + 1) % 2 * 2 * words
        now = step if lockstep else 0
        for i, (send, hear) in enumerate((along_row, along_column)) if step < n - 1 else ():
            what = {"words": Quantity(words, "word"), "matrix": "AB"[i], "step": step + 1, "steps": n}
            tile, text = i * words, _text("fabric_gemm_send", **what)
            works.append(Op(text, SEND, words, send=send, first=here + tile, after=step, of=1 + i, step=now))
            # An operation waits for one thread: the last product for the last tile of B, and that for the one of A.
            after, of = (n - 1, 1) if i and step == n - 2 and not lockstep else (3 * step, 0)
            text, keep = _text("fabric_gemm_receive", **what), RECEIVE | STORE
            hears[i].append(Op(text, keep, words, receive=hear, first=there + tile, after=after, of=of, step=now))
        at, of = (here, here + words), 2 if n > 1 else 0
        works.append(_multiply(edge, at, step, n, after=step, of=of, step=now))
    return works, *hears


def _ring(b, lines, ring, ports, role):
    """Lay routes from each member of a ring to the one before it; return what each position sends and hears on."""
    n = ring.size
    if n == 1:
        return [(-1, -1)]
    steps = [(int(ring[i]), int(ring[i - 1])) for i in range(n)]
    used = [set() for _ in range(n)]
    colors = []
    sends, hears = [0] * n, [0] * n
    for source, goal in sorted(steps, key=min):
        way = range(min(source, goal), max(source, goal) + 1)
        i = next(i for i in range(n + 1) if all(i not in used[position] for position in way))
        if i == len(colors):
            colors.append(b.color(role, str(i + 1)))
        for position in way:
            used[position].add(i)
        toward = ports[0] if goal > source else ports[1]
        b.route(lines[:, source], colors[i], (RAMP, bit(toward)))
        b.route(lines[:, way[1:-1]], colors[i], (opposite(toward), bit(toward)))
        b.route(lines[:, goal], colors[i], (opposite(toward), bit(RAMP)))
        sends[source], hears[goal] = colors[i], colors[i]
    return list(zip(sends, hears, strict=True))


def _check(settings: Settings) -> None:
    if settings.algorithm == "summa":
        check_width(settings, *((ALIKE, COLOR_EACH) if _in_step(settings) else (WIDEST_SUMMA, PROGRAM_EACH)))


def _part(settings: Settings) -> tuple[Settings, float]:
    """Return a small square with the same tiles; in lockstep closed forms are exact, otherwise each step differs."""
    side = min(settings.width, ALIKE)
    times = 0 if _in_step(settings) else (settings.width - 1) / max(1, side - 1)
    return replace(settings, width=side, height=side), times


def _in_step(settings):
    return settings.own["exchange"] == "lockstep"


def _build(settings: Settings) -> Program:
    if settings.algorithm == "summa":
        built = summa_in_step if _in_step(settings) else summa
        return built(settings.width, settings.words, settings.seed)
    return shifted(settings.width, settings.algorithm, settings.words, settings.own["exchange"], settings.seed)


def _closed_form(settings: Settings) -> model.Terms:
    """Return what a compute element of a square of n × n PEs does with tiles of b × b, which decides.

    n b³ products, of which a cycle does as many as go side by side, n - 1 times three operations, and the tiles on the
    way: `summa` takes in 2 b² words a step and passes them on at once, after a chain of n PEs; `cannon` and `mesh`
    take in 2 b² and send 2 b² others.
    """
    if _in_step(settings):
        return (_summa_in_step if settings.algorithm == "summa" else _shifted_in_step)(settings)
    edge, length, machine = settings.words, settings.width, settings.machine
    steps, products, gap = length - 1, length * edge**2 * machine.cycles(edge), machine.vector_gap
    if settings.algorithm == "summa":
        distance, depth = machine.hop_latency * steps, machine.visit * steps
        return model.Terms(distance, 2 * edge**2 * steps, depth, products, 3 * gap * steps)
    return model.Terms(0, 4 * edge**2 * steps, 0, products, 3 * gap * steps)


def _shifted_in_step(settings):
    """Return the steps of `mesh` and `cannon` in lockstep, each as long as at the PE that is last.

    Where its way back is longer than a PE is busy, that is the one at the end of Cannon's ring.
    """
    machine, words, ways = settings.machine, settings.words**2, settings.width - 1
    product, gap = model.Terms(0, 0, 0, words * machine.cycles(settings.words)), machine.vector_gap
    shift = model.shift((words, words), machine)
    step = shift + product
    if settings.algorithm == "cannon":
        way_back = model.Terms(machine.hop_latency * ways, shift.contention, machine.visit, 0, 2 * gap)
        step = max(step, way_back, key=lambda terms: terms.cycles)
    return step * ways + product


def _summa_in_step(settings):
    """Return the steps of `summa` in lockstep: the way of both tiles to the farthest PE, then the products.

    A PE beside the sender of one tile sends the other and hears the first in every other cycle; what it has not sent
    when the queues on the way are full comes later.
    """
    machine, words, length = settings.machine, settings.words**2, settings.width
    product, gap = model.Terms(0, 0, 0, words * machine.cycles(settings.words)), machine.vector_gap
    if length == 1:
        return product
    hops = sum(max(k, length - 1 - k) for k in range(length))
    late = max(0, words - machine.hop_latency - machine.visit - 3 * machine.queue_depth)
    step = model.Terms(0, 2 * words + late, machine.visit, 0, 3 * gap) + product
    return step * length + model.Terms(machine.hop_latency * hops, 0, 0, 0, -gap)


NOTES = {
    "mesh": message("fabric_gemm_mesh"),
    "cannon": message("fabric_gemm_cannon"),
    "summa": message("fabric_gemm_summa"),
}


def _note(settings):
    if not _in_step(settings):
        return NOTES[settings.algorithm]
    if settings.algorithm == "summa":
        return message("fabric_gemm_summa_lockstep")
    return message("fabric_gemm_lockstep", note=NOTES[settings.algorithm])


RECIPE = Recipe(
    algorithms=("mesh", "cannon", "summa"),
    build=_build,
    title=lambda s: message("fabric_gemm_title", side=s.width * s.words, size=s.size),
    note=_note,
    closed_form=_closed_form,
    source=lambda s: message("fabric_gemm_lockstep_source" if _in_step(s) else "fabric_gemm_source"),
    hops=lambda s: (2 if s.algorithm == "summa" else 4) * s.words**2 * s.width**2 * (s.width - 1),
    products=lambda s: s.n_pe * s.width * s.words**3,
    held=lambda s: held(s.words, s.algorithm),
    check=_check,
    part=_part,
    square=True,
    flows=lambda s: False,
    parameters={
        "exchange": Parameter(
            default="asynchronous",
            choices=("asynchronous", "lockstep"),
        )
    },
    place=6,
)
