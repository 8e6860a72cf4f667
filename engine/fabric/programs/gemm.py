"""Matrix times matrix, C = A B, with tiles of all three in every PE of a square: three ways to bring tiles together.

In each of as many steps as the square is wide, a PE multiplies a tile of A with a tile of B and adds the product to
its tile of C. What differs is how the tiles travel. Communication for the next step runs beside the multiplication,
but both share the compute element, which does one element a cycle. No step waits for all PEs to end the one before: the
long way of a ring that closes across the row is on the path of a tile once, not in every step.
"""

from functools import lru_cache

import numpy as np

from engine.fabric.core.isa import EAST, NORTH, RAMP, RECEIVE, SEND, SOUTH, STORE, WEST
from engine.fabric.machine.geometry import PORT_NAMES, grid, opposite
from engine.fabric.machine.program import Builder, FabricError, Op, Program, bit, multiply
from engine.fabric.programs import model
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import Recipe, Settings
from engine.language import Quantity, message

WIDEST_SUMMA = 64  # every PE runs a program of its own


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


def _multiply(edge, at, after, step, n):
    text = _text("fabric_gemm_multiply", edge=edge, step=step + 1, steps=n)
    op = multiply(text, (edge, edge, edge), (*at, 0))
    return Op(op.text, op.does, op.n, shape=op.shape, at=op.at, after=after, of=int(n > 1))


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
                products.append(_multiply(edge, at, len(passes), step, n))
            b.run(cells[y, x], *products)
            b.run(cells[y, x], *passes, thread=1)
    a, bt, c, memory = _tiles(n, edge, seed, held(edge, "summa"))
    memory[:, tile_a:tile_b] = a.reshape(n * n, words)
    memory[:, tile_b : 3 * words] = bt.reshape(n * n, words)
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


def shifted(n: int, algorithm: str, edge: int, seed: int) -> Program:
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
            works, hears = _shifts(n, edge, columns, rows)
            b.run(cells[who], *works)
            b.run(cells[who], *hears, thread=1)
    a, bt, c, memory = _tiles(n, edge, seed, held(edge, algorithm))
    turn = np.argsort(ring)  # place in the ring by position
    i, j = np.meshgrid(turn, turn, indexing="ij")
    memory[:, words : 2 * words] = a[i, (i + j) % n].reshape(n * n, words)
    memory[:, 2 * words : 3 * words] = bt[(i + j) % n, j].reshape(n * n, words)
    return b.build(memory, cells.ravel(), c[i, j].reshape(n * n, words))


def _shifts(n, edge, along_row, along_column):
    """Return the operations of both threads: pass on, multiply; and receive what the next step needs."""
    words = edge * edge
    works, hears = [], []
    for step in range(n):
        here, there = words + step % 2 * 2 * words, words + (step + 1) % 2 * 2 * words
        if step < n - 1:
            for name, tile, (send, hear) in (("A", 0, along_row), ("B", words, along_column)):
                what = {"words": Quantity(words, "word"), "matrix": name, "step": step + 1, "steps": n}
                text = message("fabric_gemm_send", **what)
                works.append(Op(text, SEND, words, send=send, first=here + tile, after=2 * step, of=1))
                text, keep = message("fabric_gemm_receive", **what), RECEIVE | STORE
                hears.append(Op(text, keep, words, receive=hear, first=there + tile, after=3 * step))
        works.append(_multiply(edge, (here, here + words), len(hears) if step == n - 1 else 2 * step, step, n))
    return works, hears


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
    if settings.algorithm == "summa" and settings.width > WIDEST_SUMMA:
        most = Quantity(WIDEST_SUMMA, "PE")
        raise FabricError(message("fabric_widest", most=most, algorithm=settings.algorithm, got=settings.width))


def _build(settings: Settings) -> Program:
    if settings.algorithm == "summa":
        return summa(settings.width, settings.words, settings.seed)
    return shifted(settings.width, settings.algorithm, settings.words, settings.seed)


def _closed_form(settings: Settings) -> model.Terms:
    """Return what a compute element of a square of n × n PEs does with tiles of b × b, which decides.

    n b³ products, of which a cycle does as many as go side by side, n - 1 times three operations, and the tiles on the
    way: `summa` takes in 2 b² words a step and passes them on at once, after a chain of n PEs; `cannon` and `mesh`
    take in 2 b² and send 2 b² others.
    """
    edge, length, machine = settings.words, settings.width, settings.machine
    steps, products, gap = length - 1, length * edge**2 * machine.cycles(edge), machine.vector_gap
    if settings.algorithm == "summa":
        distance, depth = machine.hop_latency * steps, machine.visit * steps
        return model.Terms(distance, 2 * edge**2 * steps, depth, products, 3 * gap * steps)
    return model.Terms(0, 4 * edge**2 * steps, 0, products, 3 * gap * steps)


NOTES = {
    "mesh": message("fabric_gemm_mesh"),
    "cannon": message("fabric_gemm_cannon"),
    "summa": message("fabric_gemm_summa"),
}

RECIPE = Recipe(
    algorithms=("mesh", "cannon", "summa"),
    build=_build,
    title=lambda s: message("fabric_gemm_title", side=s.width * s.words, size=s.size),
    note=lambda s: NOTES[s.algorithm],
    closed_form=_closed_form,
    source=lambda s: message("fabric_gemm_source"),
    hops=lambda s: (2 if s.algorithm == "summa" else 4) * s.words**2 * s.width**2 * (s.width - 1),
    products=lambda s: s.n_pe * s.width * s.words**3,
    held=lambda s: held(s.words, s.algorithm),
    check=_check,
    square=True,
    flows=lambda s: False,
    place=6,
)
