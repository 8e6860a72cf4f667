"""Reductions: the sum of one vector per PE ends at one PE.

Each is written for `Lines` and so serves rows, columns and the snake. Positions count from the root.
"""

import math
from collections.abc import Callable

import numpy as np

from engine.fabric.core.isa import ADD, RAMP, RECEIVE, SEND, STORE
from engine.fabric.machine.geometry import Lines, column_to, grid, rows_to, snake
from engine.fabric.machine.program import Builder, Op, Program, bit
from engine.fabric.programs import model
from engine.fabric.programs.operands import operands, total
from engine.fabric.programs.recipe import Parameter, Recipe, Settings
from engine.language import Message, Quantity, message
from engine.machines import largest


def _send(line, words, color, advance=False):
    text = message("fabric_send", words=Quantity(words, "word"), goal=line.goal)
    return Op(text, SEND, words, send=color, advance=advance)


def _add(line, words, color, n=0):
    n = n or words
    text = message("fabric_add", words=Quantity(n, "word"), origin=line.origin)
    return Op(text, RECEIVE | ADD | STORE, n, receive=color, period=words)


def _add_send(line, words, receive, send, advance=False):
    text = message("fabric_add_send", words=Quantity(words, "word"), origin=line.origin, goal=line.goal)
    return Op(text, RECEIVE | ADD | SEND, words, receive=receive, send=send, advance=advance)


def star(b: Builder, line: Lines, words: int, group: int, role: Message) -> None:
    """Send every vector to the root, one PE after the other; the root adds all of them.

    A PE sends its own vector, then a SWITCH_ADV opens its router for those behind it.
    """
    if line.length == 1:
        return
    color = b.color(role)
    cells, toward, behind = line.cells, line.toward, line.behind
    b.route(cells[:, 0], color, (behind[0], bit(RAMP)))
    b.route(cells[:, 1:-1], color, (RAMP, bit(toward[1:-1])), (behind[1:-1], bit(toward[1:-1])))
    b.route(cells[:, -1], color, (RAMP, bit(toward[-1])))
    b.run(cells[:, 0], _add(line, words, color, words * (line.length - 1)))
    b.run(cells[:, 1:-1], _send(line, words, color, advance=True))
    b.run(cells[:, -1], _send(line, words, color))


def chain(b: Builder, line: Lines, words: int, group: int, role: Message) -> None:
    """Pass a running sum from the far end to the root: each PE adds to what it hears and passes it on."""
    two_phase(b, line, words, line.length, role)


def tree(b: Builder, line: Lines, words: int, group: int, role: Message) -> None:
    """Add in pairs, then pairs of pairs: at level k, a PE sends to the one 2**k nearer to the root."""
    position = np.arange(line.length)
    levels = int(line.length - 1).bit_length()
    colors = [b.color(role, message("fabric_level", level=level)) for level in range(levels)]
    for level, color in enumerate(colors):
        reach = 1 << level
        place = position % (2 * reach)
        sends = place == reach
        hears = (place == 0) & (position + reach < line.length)
        # The last pair may be cut short: nobody beyond it sends.
        passes = (place > 0) & (place < reach) & (position - place + reach < line.length)
        _lay(b, line, color, sends, hears, passes)
    for level, color in enumerate(colors):
        reach = 1 << level
        place = position % (2 * reach)
        hears = (place == 0) & (position + reach < line.length)
        # The last sum a PE hears before it sends goes straight on.
        next_reach = 2 * reach
        fused = hears & (position % (2 * next_reach) == next_reach)
        b.run(line.cells[:, hears & ~fused], _add(line, words, color))
        if fused.any():
            b.run(line.cells[:, fused], _add_send(line, words, color, colors[level + 1]))
        if level == 0:
            b.run(line.cells[:, place == 1], _send(line, words, color))
        else:
            lone = (place == reach) & (position + reach // 2 >= line.length)
            b.run(line.cells[:, lone], _send(line, words, color))


def _lay(b, line, color, sends, hears, passes):
    b.route(line.cells[:, sends], color, (RAMP, bit(line.toward[sends])))
    b.route(line.cells[:, hears], color, (line.behind[hears], bit(RAMP)))
    b.route(line.cells[:, passes], color, (line.behind[passes], bit(line.toward[passes])))


def two_phase(b: Builder, line: Lines, words: int, group: int, role: Message) -> None:
    """Chain in groups, then chain over the leaders, the PEs whose position is a multiple of the group.

    Two colors alternate. A SWITCH_ADV behind the data of a PE opens the bypass: in its own router on the color it
    sent, in the next router on the color that one heard. A leader other than the last first adds its group to its
    memory, then the leaders behind it to that; the last one does both in one operation.
    """
    length = line.length
    if length == 1:
        return
    colors = (b.color(role, message("fabric_even")), b.color(role, message("fabric_odd")))
    position = np.arange(length)
    place = position % group
    last = (length - 1) // group  # index of the last leader
    leads = place == 0
    # Counted from the last leader, so that it can hear its group on color 1 and send on color 0.
    parity = (last - position // group) % 2
    heads_group = leads & (position + 1 < length) & (group > 1)
    ends_group = ~leads & ((place == group - 1) | (position == length - 1))
    behind_exists = position // group < last  # a leader behind sends through here
    single = last == 0
    toward, behind = bit(line.toward), line.behind
    to_ramp = bit(RAMP)

    for i, color in enumerate(colors):
        hears = (place + 1) % 2 == i
        sends = place % 2 == i
        through = (behind, toward)
        routes = (
            # Members of a group: send, or hear, then let the leaders' sums pass.
            (~leads & sends & behind_exists, (RAMP, toward), through),
            (~leads & sends & ~behind_exists, (RAMP, toward)),
            (~leads & ~ends_group & hears & behind_exists, (behind, to_ramp), through),
            (~leads & ~ends_group & hears & ~behind_exists, (behind, to_ramp)),
            (ends_group & hears & behind_exists, through),
        )
        for where, *positions in routes:
            _route(b, line, color, where, positions)
        for p in (0, 1):
            here = leads & (parity == p)
            own = heads_group if i == 1 else np.zeros(length, np.bool_)  # hears its group on this color
            later_sends = (p == i) & (position > 0)
            later_hears = (p != i) & behind_exists
            _route(b, line, color, here & own & later_sends, [(behind, to_ramp), (RAMP, toward)])
            _route(b, line, color, here & own & ~later_sends, [(behind, to_ramp)])
            _route(b, line, color, here & ~own & later_sends, [(RAMP, toward)])
            _route(b, line, color, here & ~own & ~later_sends & later_hears, [(behind, to_ramp)])

    cells = line.cells
    for p in (0, 1):
        send, receive = colors[p], colors[1 - p]
        member = ~leads & (place % 2 == p)
        # The first member's control wavelet also opens its own router; nothing passes behind the last leader.
        b.run(cells[:, member & ends_group & behind_exists], _send(line, words, send, advance=True))
        b.run(cells[:, member & ends_group & ~behind_exists], _send(line, words, send))
        b.run(cells[:, member & ~ends_group & behind_exists], _add_send(line, words, receive, send, advance=True))
        b.run(cells[:, member & ~ends_group & ~behind_exists], _add_send(line, words, receive, send))
    is_last = leads & (position // group == last)
    b.run(cells[:, heads_group & (~is_last | single)], _add(line, words, colors[1]))
    if not single:
        b.run(cells[:, heads_group & is_last], _add_send(line, words, colors[1], colors[0]))
        b.run(cells[:, ~heads_group & is_last], _send(line, words, colors[0]))
        for p in (0, 1):
            between = leads & ~is_last & (parity == p)
            b.run(cells[:, between & (position > 0)], _add_send(line, words, colors[1 - p], colors[p]))
            b.run(cells[:, between & (position == 0)], _add(line, words, colors[1 - p]))


def _route(b, line, color, where, positions):
    if where.any():
        chosen = [tuple(part[where] if np.ndim(part) else part for part in position) for position in positions]
        b.route(line.cells[:, where], color, *chosen)


ALGORITHMS = {"two_phase": two_phase, "chain": chain, "tree": tree, "star": star}


def sum_along(b: Builder, line: Lines, algorithm: str, words: int, group: int, role: str) -> None:
    """Append a reduction along lines to their roots by one of `ALGORITHMS`; a PE by itself has nothing to do.

    `role` is the name of the message that says what its colors carry, to where.
    """
    if line.length > 1:
        ALGORITHMS[algorithm](b, line, words, min(group, line.length), message(role, goal=line.goal))


def reduce_to(b: Builder, algorithm: str, words: int, groups: tuple[int, int], x: int, y: int) -> None:
    """Append a reduction along every row to column `x`, then along that column to row `y`.

    Parameters
    ----------
    b : Builder
        Overwritten.
    algorithm : str
        A key of `ALGORITHMS`.
    words : int
        Length of the vectors [word].
    groups : (int, int)
        PEs of a group in rows and in the column, for `two_phase` [PE].
    x, y : int
        The root.
    """
    for line in rows_to(b.width, b.height, x):
        sum_along(b, line, algorithm, words, groups[0], "fabric_row_sum")
    if b.width > 1 and b.height > 1:
        b.milestone(grid(b.width, b.height)[:, x], "rows_done", message("fabric_rows_summed", column=x))
    for line in column_to(b.width, b.height, x, y):
        sum_along(b, line, algorithm, words, groups[1], "fabric_column_sum")


def reduce(width: int, height: int, algorithm: str, words: int, groups: tuple[int, int], seed: int) -> Program:
    """Sum a vector of every PE at PE (0, 0): rows first, then the first column; or along one snake."""
    b = Builder(width, height)
    if algorithm == "snake":
        line = snake(width, height)
        if line.length > 1:
            chain(b, line, words, line.length, message("fabric_snake_sum"))
    else:
        reduce_to(b, algorithm, words, groups, 0, 0)
    memory = operands(width * height, words, seed)
    return b.build(memory, [0], total(memory))


def group_of(settings: Settings, length: int) -> int:
    """Return the PEs in a group of a two-phase sum along a line of `length` PEs [PE]."""
    return min(length, settings.own["group"] or _root_of(length))


def _root_of(length):
    return math.isqrt(length - 1) + 1


def grouped(line: Callable[[Settings], int], algorithm: str = "two_phase") -> dict[str, Parameter]:
    """Declare the parameter `group` for a program that sums along lines.

    Parameters
    ----------
    line : (Settings) -> int
        PEs of a line that is summed [PE].
    algorithm : str
        The one that has groups.
    """
    return {
        "group": Parameter(
            default=None,
            unit="PE",
            bounds=(1, largest("height")),
            softbounds=(1, 32),
            when=lambda chosen: chosen == algorithm,
            automatic=lambda settings: _root_of(line(settings)),
            most=line,
            along=True,
        )
    }


def rooted(algorithm: str | None = None) -> dict[str, Parameter]:
    """Declare the parameter `root` for a program that sums at one PE of a line, of `algorithm` only or of all."""
    return {
        "root": Parameter(
            default=None,
            choices=("corner", "centre"),
            when=lambda chosen: algorithm in (None, chosen),
            automatic=root_of,
        )
    }


def root_of(settings: Settings) -> str:
    """Return where sums end: in the middle where the hops that it saves take longer than the sums that it adds.

    Half of a side is saved along each axis. In the middle of a line, what comes from its other side is added in an
    operation of its own.
    """
    if settings.own["root"]:
        return settings.own["root"]
    saved = settings.machine.hop_latency * (settings.width // 2 + settings.height // 2)
    return "centre" if saved > 2 * (settings.words + settings.machine.vector_gap) else "corner"


def root_at(root: str, size: int) -> int:
    """Return the place of a root, "corner" or "centre", along a side of `size` PEs."""
    return size // 2 if root == "centre" else 0


def reach(root: str, size: int) -> int:
    """Return the PEs of the longest line along a side of `size` PEs that leads to the root [PE]."""
    return max(root_at(root, size) + 1, size - root_at(root, size))


def _closed_form(settings: Settings) -> model.Terms:
    if settings.algorithm == "snake":
        return model.reduce("chain", settings.words, settings.n_pe, settings.n_pe, settings.machine)
    return closed_form_to(settings, settings.algorithm, (settings.width, settings.height))


def closed_form_to(settings: Settings, algorithm: str, lengths: tuple[int, int]) -> model.Terms:
    """Return the closed form of sums along rows and then a column, of as many PEs as the longest line has."""
    summed = model.NOTHING
    for length in lengths:
        summed += model.reduce(algorithm, settings.words, length, group_of(settings, length), settings.machine)
    return summed


def _hops(settings: Settings) -> float:
    if settings.algorithm == "snake":
        return settings.words * (settings.n_pe - 1)
    return hops_to(settings, settings.algorithm, (settings.width, settings.height))


def hops_to(settings: Settings, algorithm: str, lengths: tuple[int, int]) -> float:
    """Return about how many hops sums along rows and then a column take."""
    row, column = (
        model.hops_of_reduce(algorithm, settings.words, size, group_of(settings, length))
        for size, length in zip((settings.width, settings.height), lengths, strict=True)
    )
    return row * settings.height + column


def _build(settings: Settings) -> Program:
    groups = (group_of(settings, settings.width), group_of(settings, settings.height))
    return reduce(settings.width, settings.height, settings.algorithm, settings.words, groups, settings.seed)


NOTES = {
    "two_phase": message("fabric_reduce_two_phase"),
    "chain": message("fabric_reduce_chain"),
    "tree": message("fabric_reduce_tree"),
    "star": message("fabric_reduce_star"),
    "snake": message("fabric_reduce_snake"),
}

RECIPE = Recipe(
    algorithms=(*ALGORITHMS, "snake"),
    build=_build,
    title=lambda s: message("fabric_reduce_title", vectors=Quantity(s.n_pe, "vector"), words=s.vector),
    note=lambda s: NOTES[s.algorithm],
    closed_form=_closed_form,
    hops=_hops,
    parameters=grouped(lambda s: s.width),
    place=1,
)
