"""Transpose: every PE of a row has a block for every other one, and all rows exchange them at once."""

import numpy as np

from engine.fabric import model
from engine.fabric.geometry import EAST, RAMP, WEST, grid
from engine.fabric.program import RECEIVE, SEND, STORE, Builder, FabricError, Op, Program
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import Recipe, Settings

WIDEST = 23  # PEs of a row: one more than that and the colors do not suffice


def held(words: int, width: int) -> int:
    """Return how many words a PE holds: a block from and a block for every PE of its row."""
    return 2 * words * width


def transpose(width: int, height: int, words: int, seed: int) -> Program:
    """Let every PE send a block to every other one of its row.

    Every source has a color for its way east and one for its way west. It sends the nearest PE its block first; a
    SWITCH_ADV behind the block turns the router there from taking in to passing on, and the next block goes one PE
    further. Sources whose ways do not overlap share a color. A PE receives from the nearest sources first, too: that
    is the order in which blocks come, so nobody waits in a circle.

    Parameters
    ----------
    width, height : int
        The rectangle [PE].
    words : int
        Length of a block [word].
    seed : int
        Of the numbers.

    Returns
    -------
    Program
        Whose memory is what came from each PE of the row, then what is for each.

    Raises
    ------
    FabricError
        If the colors do not suffice: with more than `WIDEST` PEs in a row.
    """
    b = Builder(width, height)
    cells = grid(width, height)
    east, west = _colors(b)
    for source in range(width):
        _lay(b, cells[:, source:], east[source], EAST)
        _lay(b, cells[:, source::-1], west[source], WEST)
    outbox = width * words
    for x in range(width):
        for thread, (colors, step, way, origin) in enumerate(((east, 1, "east", "west"), (west, -1, "west", "east"))):
            others = [x - step * far for far in range(1, width) if 0 <= x - step * far < width]
            receives = [
                Op(
                    f"Receive {words} words from column {other} in the {origin}.",
                    RECEIVE | STORE,
                    words,
                    receive=colors[other],
                    first=other * words,
                )
                for other in others
            ]
            others = [x + step * far for far in range(1, width) if 0 <= x + step * far < width]
            sends = [
                Op(
                    f"Send {words} words to column {other} in the {way}.",
                    SEND,
                    words,
                    send=colors[x],
                    first=outbox + other * words,
                    advance=other != others[-1],
                )
                for other in others
            ]
            b.run(cells[:, x], *receives, thread=thread)
            b.run(cells[:, x], *sends, thread=2 + thread)
    memory = np.zeros((width * height, held(words, width)), np.float32)
    memory[:, outbox:] = operands(width * height, outbox, seed)
    blocks = memory[:, outbox:].reshape(height, width, width, words)
    own = memory[:, :outbox].reshape(height, width, width, words)
    np.einsum("yxxw->yxw", own)[:] = np.einsum("yxxw->yxw", blocks)
    return b.build(memory, cells.ravel(), blocks.transpose(0, 2, 1, 3).reshape(width * height, outbox))


def _colors(b):
    """Claim colors: the way east of column i and the way west of column i - 1 share one, as they do not overlap."""
    roles = []
    for i in range(b.width + 1):
        ways = [f"{i} east"] * (i < b.width - 1) + [f"{i - 1} west"] * (i > 1)
        roles.append(f"from {' or '.join(ways)}" if ways else "none")
    colors = [b.color(role) for role in roles]
    return colors[:-1], colors[1:]


def _lay(b, ways, color, toward):
    """Lay the route from the first PE of each way past all others."""
    if ways.shape[1] == 1:
        return
    enters = (RAMP, 1 << toward)
    takes = ((toward + 2) % 4, 1 << RAMP)
    passes = ((toward + 2) % 4, 1 << toward)
    b.route(ways[:, 0], color, enters)
    b.route(ways[:, 1:-1], color, takes, passes)
    b.route(ways[:, -1], color, takes)


def _check(settings: Settings) -> None:
    if settings.width > WIDEST:
        raise FabricError(f"width must be at most {WIDEST} PE for transpose, got {settings.width}")


def _closed_form(settings: Settings) -> model.Terms:
    """Return the bound of an all-to-all of blocks of w words along a row of n PEs: n² w / 4 cross the middle link."""
    words, length = settings.words, settings.width
    if length == 1:
        return model.NOTHING
    visit = 2 * settings.machine.ramp_latency + 1
    return model.Terms(1, length // 2 * (length - length // 2) * words, visit)


RECIPE = Recipe(
    algorithms=("direct",),
    build=lambda s: transpose(s.width, s.height, s.words, s.seed),
    title=lambda s: f"Every PE of a row sends {s.vector} to every other one: {s.size}",
    closed_form=_closed_form,
    source=lambda s: "n² w / 4: what crosses the middle link of a row",
    hops=lambda s: s.height * s.words * s.width * (s.width**2 - 1) / 3,
    held=lambda s: held(s.words, s.width),
    check=_check,
    computes=False,
    flows=False,
)
