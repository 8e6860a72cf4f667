"""A layer Y = W X in weight-streaming execution: activations stay, weights come in at the edge, zeros are not sent."""

import numpy as np

from engine.fabric.core.isa import ADD, EAST, MULTIPLY, NORTH, RECEIVE, SEND, STORE
from engine.fabric.machine.geometry import grid, straight
from engine.fabric.machine.program import Builder, FabricError, Op, Program, sparse
from engine.fabric.programs import model
from engine.fabric.programs.broadcast import lay_along
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import Parameter, Recipe, Settings
from engine.fabric.programs.reduce import ALGORITHMS, group_of, grouped, sum_along
from engine.language import Message, Quantity, message


def held(edge: int, height: int) -> int:
    """Return how many words a PE holds: its sums, its activations, and the last weight it heard with its place."""
    return edge * edge * (height + 1) + 2


def weight_stream(
    width: int, height: int, algorithm: str, edge: int, group: int, sparsity: float, seed: int
) -> Program:
    """Stream the weights of a square layer of height × edge features over the activations of (width - 1) × edge tokens.

    The first column stands for the edge of the wafer, where weights come in. The PE in column x and row y keeps edge
    features of edge tokens. A weight comes along the row of its input feature as one wavelet, 16 bits of data and 16
    of index, and every PE adds its product with the tokens to the sums of its output feature: an AXPY. At the end the
    sums of a column are added up in its first PE.

    Parameters
    ----------
    width, height : int
        The rectangle [PE].
    algorithm : str
        How a column is summed, a key of `reduce.ALGORITHMS`.
    edge : int
        Features and tokens of a PE [word].
    group : int
        PEs of a group of `two_phase` [PE].
    sparsity : float
        Share of the weights that are zero, anywhere, in [0, 1).
    seed : int
        Of the numbers and the zeros.

    Returns
    -------
    Program
        Whose memory is the sums, feature after feature, the activations likewise, and the last weight.
    """
    b = Builder(width, height)
    cells = grid(width, height)
    features = height * edge
    x_at, weight_at = features * edge, (features + edge) * edge
    weights = operands(features, features, seed)
    weights[np.random.default_rng(seed + 1).random(weights.shape) < sparsity] = 0
    activations = operands(features, (width - 1) * edge, seed + 2)

    color = lay_along(b, cells, message("fabric_weights"), EAST)
    streams = []
    for y in range(height):
        # Column by column of W: all weights of one input feature, then those of the next.
        feature, out = np.nonzero(weights[:, y * edge : (y + 1) * edge].T)
        streams.append(sparse(weights[out, y * edge + feature], feature * features + out))
        n = feature.size
        if n:
            b.run(cells[y, 0], Op(message("fabric_weights_send", n=n), SEND, n, send=color))
            tokens = Quantity(edge, "token")
            text = message("fabric_weights_receive", weights=Quantity(n, "weight"), tokens=tokens)
            does = RECEIVE | MULTIPLY | ADD | STORE
            shape, at = (features, edge, edge), (weight_at, x_at, 0)
            b.run(cells[y, 1:], Op(text, does, n * edge, receive=color, shape=shape, at=at))
    workers = cells[:, 1:]
    b.milestone(workers, "multiplied", message("fabric_weights_multiplied"))
    sum_along(b, straight(workers.T, NORTH), algorithm, features * edge, group, "fabric_partial_sums")

    memory = np.zeros((width * height, max(held(edge, height), *(stream.size for stream in streams))), np.float32)
    tiles = activations.reshape(height, edge, width - 1, edge).transpose(0, 2, 1, 3)
    memory[workers, x_at:weight_at] = tiles.reshape(height, width - 1, edge * edge)
    for cell, stream in zip(cells[:, 0], streams, strict=True):
        memory[cell, : stream.size] = stream
    y = weights.astype(np.float64) @ activations
    expected = y.reshape(features, width - 1, edge).transpose(1, 0, 2).reshape(width - 1, features * edge)
    return b.build(memory, workers[0], expected)


def _check(settings: Settings) -> None:
    if settings.width < 2:
        raise FabricError(message("fabric_least_weights", got=settings.width))


def _weights(settings):
    """About how many weights of a row of PEs are not zero."""
    return (1 - settings.own["sparsity"]) * settings.words**2 * settings.height


def _closed_form(settings: Settings) -> model.Terms:
    """Return an AXPY over b tokens for each weight of a row that is not zero, then the sum of a column."""
    edge, width, height, machine = settings.words, settings.width, settings.height, settings.machine
    summed = model.reduce(settings.algorithm, edge**2 * height, height, group_of(settings, height), machine)
    far, products = machine.hop_latency * (width - 1), _weights(settings) * machine.cycles(edge)
    return model.Terms(far, 0, machine.visit, products) + model.after_gap(summed, machine.vector_gap)


def _hops(settings: Settings) -> float:
    height, group = settings.height, group_of(settings, settings.height)
    summed = model.hops_of_reduce(settings.algorithm, settings.words**2 * height, height, group)
    return (settings.width - 1) * (height * _weights(settings) + summed)


def _build(settings: Settings) -> Program:
    group = group_of(settings, settings.height)
    size, words = (settings.width, settings.height), settings.words
    return weight_stream(*size, settings.algorithm, words, group, settings.own["sparsity"], settings.seed)


def _title(settings: Settings) -> Message:
    features = Quantity(settings.height * settings.words, "feature")
    zero = Quantity(settings.own["sparsity"], "share")
    return message("fabric_weights_title", features=features, zero=zero, size=settings.size)


RECIPE = Recipe(
    algorithms=("chain", *(name for name in ALGORITHMS if name != "chain")),
    build=_build,
    title=_title,
    note=lambda s: message("fabric_weights_note"),
    closed_form=_closed_form,
    source=lambda s: message("fabric_weights_source"),
    hops=_hops,
    products=lambda s: s.n_pe * _weights(s) * s.words,
    held=lambda s: held(s.words, s.height),
    check=_check,
    parameters={
        "sparsity": Parameter(
            default=0.0,
            bounds=(0.0, 0.95),
        ),
        **grouped(lambda s: s.height),
    },
    flows=lambda s: False,
    place=8,
)
