"""Transpose: every PE of a row has a block for every other one, and all rows exchange them at once."""

from dataclasses import replace

import numpy as np

from engine.fabric.core.isa import EAST, RAMP, RECEIVE, SEND, STORE, WEST
from engine.fabric.machine.geometry import PORT_NAMES, grid, opposite
from engine.fabric.machine.program import Builder, Op, Program, bit
from engine.fabric.programs import model
from engine.fabric.programs.operands import operands
from engine.fabric.programs.recipe import COLOR_EACH, PROGRAM_EACH, Recipe, Settings, check_width
from engine.language import Quantity, message

WIDEST_DIRECT = 23  # PEs of a row: one more than that and the colors do not suffice
WIDEST = 256  # PEs of a row: every one of them runs a program of its own
WIDEST_GROUP = 4  # PEs: a group of n takes 4 n colors between groups, and n + 1 inside


def held(words: int, width: int, algorithm: str) -> int:
    """Return how many words a PE holds: a block from and for every PE of its row, and those on the way."""
    return (2 if algorithm == "direct" else 3) * words * width


def direct(width: int, height: int, words: int, seed: int) -> Program:
    """Let every PE send a block to every other one of its row, past all between.

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
        If the colors do not suffice: with more than `WIDEST_DIRECT` PEs in a row.
    """
    b = Builder(width, height)
    outbox = width * words
    _exchange(b, grid(width, height)[:, None], words, outbox, sends=(2, 3), waits=[0])
    blocks = operands(width * height, outbox, seed).reshape(height, width, width, words)
    memory = np.concatenate([_own(blocks), blocks], axis=2).reshape(width * height, 2 * outbox)
    return b.build(memory, np.arange(width * height), blocks.transpose(0, 2, 1, 3).reshape(width * height, outbox))


def _own(blocks):
    """Return (height, width, width, words) blocks of which only those of a PE for itself are left."""
    n = blocks.shape[1]
    return blocks * np.eye(n, dtype=np.float32)[None, :, :, None]


def two_stage(width: int, height: int, words: int, seed: int) -> Program:
    """Exchange blocks between groups of neighbours first, then inside every group.

    All PEs with the same place in their group form a chain. A PE sends what it has for a whole group to the PE of its
    own place there, which the PEs of the chain between pass on; their routers alone would need a color for each
    source. At the end it has what came to its place, and exchanges that with its group.

    Parameters
    ----------
    width, height, words, seed
        As for `direct`.

    Returns
    -------
    Program
        Whose memory is what came from each PE of the row, by its place and then by its group; what came to its place,
        by the place it is for; and what is for each PE.
    """
    b = Builder(width, height)
    size = group_size(width)
    n_groups = width // size
    cells = grid(width, height)
    waits = [0] * n_groups
    for place in range(size) if n_groups > 1 else ():
        waits = _chain(b, cells, place, EAST, size, words)
        _chain(b, cells, place, WEST, size, words)
    if size > 1:
        # What comes from the east is received, and all is sent, by thread 1: it has done the way west by then.
        _exchange(b, cells.reshape(height, n_groups, size), n_groups * words, width * words, (1, 1), waits)

    blocks = operands(width * height, width * words, seed).reshape(height, n_groups, size, n_groups, size, words)
    memory = np.zeros((3, height, n_groups, size, size, n_groups, words), np.float32)
    for group in range(n_groups):
        memory[1, :, group, :, :, group] = blocks[:, group, :, group]
    for place in range(size):
        memory[0, :, :, place, place] = memory[1, :, :, place, place]
    memory[2] = blocks.reshape(memory[2].shape)
    memory = memory.reshape(3, height * width, -1).transpose(1, 0, 2).reshape(height * width, -1)
    # From source (q, a) to (p, r); the result is in order of a, then q.
    expected = blocks.transpose(0, 3, 4, 2, 1, 5).reshape(height * width, -1)
    return b.build(memory, np.arange(width * height), expected)


def _chain(b, cells, place, toward, size, words):
    """Let the PEs of one place send each other what is for their groups; return how many operations each group does."""
    width = cells.shape[1]
    n, block, outbox = width // size, size * words, 2 * width * words
    ahead, last = (1, n - 1) if toward == EAST else (-1, 0)
    goal = PORT_NAMES[toward]
    colors = [
        b.color(message("fabric_between_groups", goal=goal), message("fabric_place", place=place + 1, parity=parity))
        for parity in (message("fabric_even"), message("fabric_odd"))
    ]
    rounds = [[(abs(n - 1 - last - a), abs(n - 1 - last - z)) for a, z in ways] for ways in _rounds(n)]
    counts = []
    for group in range(n):
        column = group * size + place
        send, hear = colors[group % 2], colors[(group - ahead) % 2]
        if group != last:
            b.route(cells[:, column], send, (RAMP, bit(toward)))
            for between in range(1, size):
                b.route(cells[:, column + ahead * between], send, (opposite(toward), bit(toward)))
            b.route(cells[:, column + ahead * size], send, (opposite(toward), bit(RAMP)))
        ops = []
        passed = 0
        for source, target in [way for ways in rounds for way in ways] + [(group, group)]:
            if min(source, target) < group < max(source, target):
                passed += 1
                continue
            if group not in (source, target):
                continue
            if passed:
                text = message("fabric_pass_on", words=Quantity(passed * block, "word"), goal=goal)
                ops.append(Op(text, RECEIVE | SEND, passed * block, receive=hear, send=send))
                passed = 0
            if group == source != target:
                text = message("fabric_send_group", words=Quantity(block, "word"), goal=goal, group=target + 1)
                ops.append(Op(text, SEND, block, send=send, first=outbox + target * block))
            for other in range(size) if group == target != source else ():
                text = message("fabric_receive_group", words=Quantity(words, "word"), group=source + 1, place=other + 1)
                first = ((0 if other == place else width) + other * n + source) * words
                ops.append(Op(text, RECEIVE | STORE, words, receive=hear, first=first))
        b.run(cells[:, column], *ops, thread=0 if toward == EAST else 1)
        counts.append(len(ops))
    return counts


def _rounds(n):
    """Yield rounds of an all-to-all along a line of `n`, in which no two ways, from one to another ahead, overlap.

    There is one for each way across the middle, so the middle has no more to do than it must. Each has one of these;
    before it, a way inside the first half that ends where it begins, and after it, one inside the second half that
    begins where it ends, as long as there are any. The last way of a round comes first: a PE sends before it hears.
    """
    half = n // 2
    for distance in range(1, n):
        for source in range(max(0, half - distance), min(half, n - distance)):
            goal = source + distance
            ways = [(source, goal)]
            if goal + 1 + source < n:
                ways.insert(0, (goal, goal + 1 + source))
            if goal - half < source:
                ways.append((goal - half, source))
            yield ways


def _exchange(b, groups, words, outbox, sends, waits):
    """Let every PE of a group send a block to every other one: place `i` finds its block at word `i * words`.

    Every source has a color for its way east and one for its way west. It sends the nearest PE its block first; a
    SWITCH_ADV behind the block turns the router there from taking in to passing on, and the next block goes one PE
    further. Sources whose ways do not overlap share a color. A PE receives from the nearest sources first, too: that
    is the order in which blocks come, so nobody waits in a circle.

    Parameters
    ----------
    b : Builder
        Overwritten.
    groups : (height, n_groups, size) int array
        The PEs.
    words : int
        Length of a block [word].
    outbox : int
        Word at which the blocks to send begin.
    sends : (int, int)
        Threads that send east and west; threads 0 and 1 hear what comes from the west and the east.
    waits : (n_groups,) list of int
        Operations of thread 0 after which a PE of a group may send.
    """
    size = groups.shape[2]
    east, west = _colors(b, size)
    lines, said = groups.reshape(-1, size), Quantity(words, "word")
    for source in range(size):
        _lay(b, lines[:, source:], east[source], EAST)
        _lay(b, lines[:, source::-1], west[source], WEST)
    for x in range(size):
        for hears, (colors, step, way, origin) in enumerate(((east, 1, "east", "west"), (west, -1, "west", "east"))):
            places = [x - step * far for far in range(1, size) if 0 <= x - step * far < size]
            receives = [
                Op(
                    message("fabric_receive_place", words=said, place=place + 1, side=origin),
                    RECEIVE | STORE,
                    words,
                    receive=colors[place],
                    first=place * words,
                )
                for place in places
            ]
            b.run(groups[:, :, x], *receives, thread=2 * hears if sends[hears] == 1 else hears)
            places = [x + step * far for far in range(1, size) if 0 <= x + step * far < size]
            for group, after in enumerate(waits):
                ops = [
                    Op(
                        message("fabric_send_place", words=said, place=place + 1, side=way),
                        SEND,
                        words,
                        send=colors[x],
                        first=outbox + place * words,
                        advance=place != places[-1],
                        after=after,
                    )
                    for place in places
                ]
                b.run(groups[:, group, x], *ops, thread=sends[hears])


def _colors(b, size):
    """Claim colors: the way east of place i and the way west of place i - 1 share one, as they do not overlap."""
    colors = []
    for i in range(size + 1):
        east, west = i < size - 1, i > 1
        if east and west:
            which = message("fabric_from_both", east=i + 1, west=i)
        elif east or west:
            which = message("fabric_from_one", place=i + 1 if east else i, goal="east" if east else "west")
        else:
            which = message("fabric_from_nobody")
        colors.append(b.color(message("fabric_block"), which))
    return colors[:-1], colors[1:]


def _lay(b, ways, color, toward):
    """Lay the route from the first PE of each way past all others."""
    if ways.shape[1] == 1:
        return
    takes = (opposite(toward), bit(RAMP))
    b.route(ways[:, 0], color, (RAMP, bit(toward)))
    b.route(ways[:, 1:-1], color, takes, (opposite(toward), bit(toward)))
    b.route(ways[:, -1], color, takes)


def group_size(width: int) -> int:
    """Return how many neighbours form a group: the most, up to `WIDEST_GROUP`, that divide the row."""
    return max(size for size in range(1, WIDEST_GROUP + 1) if width % size == 0)


def _check(settings: Settings) -> None:
    direct = settings.algorithm == "direct"
    check_width(settings, WIDEST_DIRECT if direct else WIDEST, COLOR_EACH if direct else PROGRAM_EACH)


def _part(settings: Settings) -> tuple[Settings, float]:
    """Return one row; of one in two stages that is too wide, the widest with groups as large.

    What it takes beyond its closed form is waits of groups for each other, and grows with their number.
    """
    width = settings.width
    if settings.algorithm == "two_stage" and width > WIDEST:
        width = max(n for n in range(1, WIDEST + 1) if group_size(n) == group_size(width))
    return replace(settings, width=width, height=1), settings.width / width


def _closed_form(settings: Settings) -> model.Terms:
    """Return what an all-to-all of blocks of w words along a row of n PEs cannot do without.

    n² w / 4 words cross the middle link. In two stages with groups of s and m = n / s of them, a PE in the middle of
    its chain handles s w words of m - 1 sources, as many goals, and all those that pass it, each way; and in the
    second stage sends and receives s - 1 blocks of m w words. All of these wait for each other more than this says.
    """
    words, length = settings.words, settings.width
    if length == 1:
        return model.NOTHING
    hop, visit = settings.machine.hop_latency, settings.machine.visit
    crossing = length // 2 * (length - length // 2) * words
    size = group_size(length)
    n = length // size
    if settings.algorithm == "direct" or n == 1:
        return model.Terms(hop, crossing, visit)
    middle = (n - 1) // 2
    handled = 2 * (n - 1 + middle * (n - 1 - middle)) * size * words
    return model.Terms(hop * (length - 1), max(crossing, handled) + 2 * (size - 1) * n * words, 2 * visit)


NOTES = {"direct": message("fabric_transpose_direct"), "two_stage": message("fabric_transpose_two_stage")}
SOURCES = {"direct": message("fabric_middle_link"), "two_stage": message("fabric_middle_link_and_groups")}

RECIPE = Recipe(
    algorithms=("two_stage", "direct"),
    build=lambda s: (direct if s.algorithm == "direct" else two_stage)(s.width, s.height, s.words, s.seed),
    title=lambda s: message("fabric_transpose_title", words=s.vector, size=s.size),
    note=lambda s: NOTES[s.algorithm],
    closed_form=_closed_form,
    source=lambda s: SOURCES[s.algorithm],
    hops=lambda s: s.height * s.words * s.width * (s.width**2 - 1) / 3,
    held=lambda s: held(s.words, s.width, s.algorithm),
    check=_check,
    part=_part,
    computes=False,
    flows=lambda s: False,
    place=7,
)
