"""A layer Y = W X in weight-streaming execution: activations stay, weights come in at the edge, zeros are not sent."""

import numpy as np

from engine.fabric.geometry import EAST, NORTH, RAMP, WEST, grid, straight
from engine.fabric.program import ADD, MULTIPLY, RECEIVE, SEND, STORE, Builder, Op, Program, sparse
from engine.fabric.programs.operands import operands
from engine.fabric.programs.reduce import ALGORITHMS


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

    color = b.color("weights east")
    b.route(cells[:, 0], color, (RAMP, 1 << EAST))
    b.route(cells[:, 1:-1], color, (WEST, 1 << EAST | 1 << RAMP))
    b.route(cells[:, -1], color, (WEST, 1 << RAMP))
    streams = []
    for y in range(height):
        # Column by column of W: all weights of one input feature, then those of the next.
        feature, out = np.nonzero(weights[:, y * edge : (y + 1) * edge].T)
        streams.append(sparse(weights[out, y * edge + feature], feature * features + out))
        n = feature.size
        if n:
            b.run(cells[y, 0], Op(f"Send the {n} weights of the row that are not zero.", SEND, n, send=color))
            text = f"Receive {n} weights; multiply each with {edge} tokens and add."
            does = RECEIVE | MULTIPLY | ADD | STORE
            shape, at = (features, edge, edge), (weight_at, x_at, 0)
            b.run(cells[y, 1:], Op(text, does, n * edge, receive=color, shape=shape, at=at))
    workers = cells[:, 1:]
    b.milestone(workers, "multiplied", "Every weight has met every token; now each column adds up its sums.")
    if height > 1:
        line = straight(workers.T, NORTH)
        ALGORITHMS[algorithm](b, line, features * edge, min(group, height), "partial sums north")

    memory = np.zeros((width * height, max(held(edge, height), *(stream.size for stream in streams))), np.float32)
    tiles = activations.reshape(height, edge, width - 1, edge).transpose(0, 2, 1, 3)
    memory[workers, x_at:weight_at] = tiles.reshape(height, width - 1, edge * edge)
    for cell, stream in zip(cells[:, 0], streams, strict=True):
        memory[cell, : stream.size] = stream
    y = weights.astype(np.float64) @ activations
    expected = y.reshape(features, width - 1, edge).transpose(1, 0, 2).reshape(width - 1, features * edge)
    return b.build(memory, workers[0], expected)
