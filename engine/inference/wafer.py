"""A pass of a model through wafers: a chain of steps along lines of PEs, layer after layer.

As WaferLLM does it (He et al., OSDI'25; github.com/MeshInfra/WaferLLM). A layer lies on a square of PEs, each of which
has a tile of every matrix and a part of the cached keys and values. In decoding, products alternate between columns and
rows, so that the result of one lies as the next needs it, and each ends in a sum along lines that all of them hear of:
towards the middle in two phases, and back. Those are the closed forms that the programs of the fabric stand beside
(`engine.fabric.programs.model`); a test holds them to the simulation, cycle by cycle, on lines as long as the published
ones. A prompt is multiplied by shifting tiles (MeshGEMM), which goes on beside the products.

A wafer holds several squares, each with layers of its own. Small squares have short lines and large tiles, so there is
a fastest one. What a pass takes is divided as the critical path of a run is (`engine.fabric.trace.critical_path`), and
by two more parts: `scalar`, what PEs compute number by number, and `wafers`, the way from one wafer to the next.

Not modelled: code and buffers in the memory of PEs, layers of unequal length, the embedding of a token, sampling.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from engine.cited import table
from engine.fabric.machine.constants import Machine as Constants
from engine.fabric.programs import model as form
from engine.fabric.programs.model import NOTHING, Terms
from engine.machines import machines
from engine.memory.exchange import WORD_BYTES
from engine.models import Model
from engine.transformer import layer_parameters, parameters

VECTORS = 39  # operations of a layer beside its products: github.com/MeshInfra/WaferLLM, Decode/WSE-2/src/decode.csl
STEPS = ("norms", "projections", "attention", "output", "feed_forward", "words", "hand_over")
PARTS = ("distance", "contention", "depth", "compute", "startup", "scalar", "wafers")


@dataclass(frozen=True)
class Wafer:
    """What of a wafer decides how long a pass takes.

    Attributes
    ----------
    fabric : engine.fabric.machine.constants.Machine
        Constants of routers and PEs; weights in fewer than 16 bits are computed on in fp16.
    width, height : int
        PEs that a program gets.
    cycle_s : float
        One cycle [s].
    pe_bytes : float
        Memory of a PE [B].
    io_bytes_per_s, io_s : float
        Bandwidth of all links of a wafer [B/s], and the way through them [s].
    """

    fabric: Constants
    width: int
    height: int
    cycle_s: float
    pe_bytes: float
    io_bytes_per_s: float
    io_s: float


@dataclass(frozen=True)
class Squares:
    """Where a model lies.

    Attributes
    ----------
    side : int
        Of a square [PE].
    layers : int
        That a square holds.
    n, n_wafers : int
        Squares with layers, and wafers with squares.
    """

    side: int
    layers: int
    n: int
    n_wafers: int


@cache
def wafer(name: str, dtype: str = "fp16") -> Wafer:
    """Return a wafer of `engine.machines`, at its highest clock, for activations in fp16 or fp32."""
    figures = machines()[name].figures
    fact = {key: figure.value for key, figure in figures.items()}
    return Wafer(
        Constants.of(figures, dtype),
        int(fact["width"]),
        int(fact["height"]),
        1 / fact.get("clock_max", fact["clock"]),
        fact["sram"] / fact["n_pe"],
        fact["io_bandwidth"],
        fact["io_latency"],
    )


def _words(fabric, numbers):
    """Return how many wavelets carry so many numbers."""
    return math.ceil(numbers * (0.5 if fabric.half else 1))


def all_reduce(fabric: Constants, length: int, numbers: float) -> Terms:
    """Return the cycles after which all PEs of a line have its sum: from both ends to the middle, and back.

    Parameters
    ----------
    fabric : engine.fabric.machine.constants.Machine
        Constants of the wafer.
    length : int
        Of the line [PE].
    numbers : float
        That each PE adds.
    """
    half = length // 2
    if not half:
        return NOTHING
    words = _words(fabric, numbers)
    summed = form.reduce("two_phase", words, half + 1, math.isqrt(half) + 1, fabric)
    return form.after_gap(summed, fabric.vector_gap) + form.after_gap(
        form.broadcast(words, half, fabric), fabric.vector_gap
    )


def product(fabric: Constants, vectors: int, length: int) -> Terms:
    """Return the cycles of a tile's product: so many vectors, each added in multiples after the one before."""
    return Terms(0, 0, 0, vectors * fabric.cycles(length), vectors * fabric.vector_gap)


def shifted(fabric: Constants, side: int, rows: int, depth: int, columns: int) -> Terms:
    """Return the cycles of a product of matrices on a square: as many steps as it has PEs a side.

    In each, tiles shift while their product is computed, in multiples of vectors as long as the longer side of its
    tile; what is slower decides.
    """
    tile_rows, tile_depth, tile_columns = (math.ceil(each / side) for each in (rows, depth, columns))
    computed = product(fabric, tile_depth * min(tile_rows, tile_columns), max(tile_rows, tile_columns))
    tiles = (_words(fabric, tile_depth * each) for each in (tile_rows, tile_columns))
    waiting = max(0.0, form.shift(tuple(tiles), fabric).cycles - computed.cycles)
    return (computed + Terms(0, waiting, 0)) * side


def decoding(fabric: Constants, model: Model, side: int, batch: int, context: int) -> dict[str, Terms]:
    """Return what each step of a layer takes in which users decode a token each.

    Parameters
    ----------
    fabric : engine.fabric.machine.constants.Machine
        Constants of the wafer.
    model : Model
        Whose layer.
    side : int
        Of its square [PE].
    batch, context : int
        Users, and tokens that each of them has cached.

    Returns
    -------
    dict of str to Terms
        By `STEPS`.
    """
    parts, width = model.feed_forward()
    hidden, wide, narrow, ffn, cached, choices = (
        math.ceil(each / side)
        for each in (model.hidden, model.attention_width, model.kv_width, width, context, model.experts)
    )
    # PEs in a row that share a head of keys and values, and the heads of queries that ask it.
    group, asking = math.ceil(side / model.kv_heads), model.heads // model.kv_heads
    up = parts * (2 if model.gated else 1)

    def sums(numbers, length=side):
        return all_reduce(fabric, length, batch * numbers)

    def products(vectors, length):
        return product(fabric, batch * vectors, length)

    scores = products(wide, cached) + sums(asking * cached, group)
    choice = products(hidden, choices) + sums(choices) if model.experts else NOTHING
    inner = products(up * hidden, ffn) + sums(up * ffn) + products(parts * ffn, hidden) + sums(hidden)
    return {
        "norms": sums(1) * 2 + products(VECTORS, 1),
        "projections": products(hidden, wide) + products(2 * hidden, narrow) + sums(wide + 2 * narrow),
        "attention": scores + sums(asking) * 2 + products(asking * cached, narrow) + sums(wide),
        "output": products(wide, hidden) + sums(hidden),
        "feed_forward": choice + inner,
    }


def reading(fabric: Constants, model: Model, side: int, tokens: int) -> dict[str, Terms]:
    """Return what each step of a layer takes in which a prompt is read; arguments and result as in `decoding`."""
    rows = math.ceil(tokens / side)

    def products(depth, *columns):
        return sum((shifted(fabric, side, tokens, depth, each) for each in columns), NOTHING)

    def sums(numbers):
        return all_reduce(fabric, side, rows * numbers)

    parts, width = model.feed_forward()  # a token's experts, which other tokens need as often
    up = [model.experts] * (model.experts > 0) + [width] * parts * (2 if model.gated else 1)
    wide, narrow = model.attention_width, model.kv_width
    return {
        "norms": sums(1) * 2 + product(fabric, rows * VECTORS, 1),
        "projections": products(model.hidden, wide, narrow, narrow),
        "attention": products(wide, tokens) + sums(1) * 2 + products(tokens, wide),
        "output": products(wide, model.hidden),
        "feed_forward": products(model.hidden, *up) + products(width, model.hidden) * parts,
    }


def spread(where: Wafer, model: Model, side: int, n_wafers: int, weight_bytes: float, cached_bytes: float) -> Squares:
    """Return how a model lies on squares of a side, as evenly as it can.

    Parameters
    ----------
    where : Wafer
        Each of the wafers.
    model : Model
        What lies there.
    side : int
        Of a square [PE].
    n_wafers : int
        That there are.
    weight_bytes, cached_bytes : float
        Of a weight, and of what is cached of all users in a layer [B].

    Returns
    -------
    Squares
        `layers` is 0 where it does not fit.
    """
    on_wafer = (where.width // side) * (where.height // side)
    layer_bytes = layer_parameters(model) * weight_bytes + cached_bytes
    tables_bytes = parameters(model, model.sequence_length) * weight_bytes - model.layers * (layer_bytes - cached_bytes)
    # The tables of words take the room of so many layers.
    total = model.layers + math.ceil(tables_bytes / layer_bytes)
    layers = math.ceil(total / (on_wafer * n_wafers))
    if layers * layer_bytes > side**2 * where.pe_bytes:
        return Squares(side, 0, 0, 0)
    n = math.ceil(total / layers)
    return Squares(side, layers, n, math.ceil(n / on_wafer))


def sides(where: Wafer) -> Iterator[int]:
    """Return the sides of squares to choose from: those of which one more would not stand beside the others."""
    return (where.width // n for n in range(1, where.width // 64 + 1))


@lru_cache(maxsize=4096)  # a prompt takes as long for however many users
def passing(where: Wafer, model: Model, squares: Squares, batch: int, context: int, fresh: bool) -> dict:
    """Return what a pass through all layers takes.

    Parameters
    ----------
    where : Wafer
        Each of the wafers.
    model : Model
        What is passed.
    squares : Squares
        Where it lies.
    batch : int
        Tokens: of so many users one each, or of the prompt of one user.
    context : int
        Tokens that each user has cached.
    fresh : bool
        Whether they are a prompt.

    Returns
    -------
    dict of (step, part) to float
        Steps of `STEPS` and parts of `PARTS` [s].
    """
    fabric, side = where.fabric, squares.side
    users = 1 if fresh else batch
    layer = decoding(fabric, model, side, batch, context)
    if fresh:
        layer = min(layer, reading(fabric, model, side, batch), key=_cycles)
    hidden, vocab = math.ceil(model.hidden / side), math.ceil(model.vocab / side)
    steps = {name: terms * model.layers for name, terms in layer.items()}
    steps["words"] = all_reduce(fabric, side, users) * 2 + product(fabric, users * hidden, vocab)
    steps["words"] += all_reduce(fabric, side, users * vocab)
    passed_on = form.after_gap(form.broadcast(_words(fabric, batch * hidden), side, fabric), fabric.vector_gap)
    steps["hand_over"] = passed_on * (squares.n - squares.n_wafers)
    found = {
        (step, part): cycles * where.cycle_s
        for step, terms in steps.items()
        for part, cycles in terms._asdict().items()
    }
    scalar = table("inference")["wafer"]["scalar"].value * where.cycle_s
    rows = math.ceil(batch / side) if fresh else batch
    found["norms", "scalar"] = model.layers * rows * scalar
    if squares.n_wafers > 1:  # the last one tells the first which token comes next
        one = where.io_s + _words(fabric, batch * model.hidden) * WORD_BYTES / where.io_bytes_per_s
        found["hand_over", "wafers"] = squares.n_wafers * one
    return {key: seconds for key, seconds in found.items() if seconds}


def _cycles(layer):
    return sum(terms.cycles for terms in layer.values())
