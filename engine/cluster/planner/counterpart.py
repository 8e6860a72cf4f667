"""How many devices of another kind keep up with a rate, on the same training.

What counts is the rate. It rises with the number of devices nearly without steps, for layouts may take a batch nearby
(`engine.cluster.layout.NEARBY`), so that the fewest are found from below in a few simulated steps of training.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HOPELESS = 2  # larger numbers that are no faster, until the search ends
CLOSE = 0.12  # share of a number below it in which smaller ones are tried too: where a batch leaves each replica few
TRIES = 6  # sequences, a number that divides them well keeps up although larger ones do not
FIRST_SHARE = 0.8  # of its peak that a device surely stays below: the search begins with too few


@dataclass(frozen=True)
class Size:
    """A number of devices, and how fast they are [token/s]."""

    n: int
    rate: float


def whole_nodes(node_size: int, most: int) -> list[int]:
    """Return the numbers of devices that somebody would use: parts of one node, or whole nodes.

    Examples
    --------
    >>> whole_nodes(8, 32)
    [1, 2, 3, 4, 5, 6, 7, 8, 16, 24, 32]
    """
    return [*range(1, min(node_size, most + 1)), *range(node_size, most + 1, node_size)]


def fewest(rate: float, counts: Sequence[int], rate_at: Callable[[int], float], most: float) -> Size:
    """Return the fewest devices that are at least as fast, or the fastest found if none are.

    Parameters
    ----------
    rate : float
        To keep up with [token/s].
    counts : sequence of int
        Numbers of devices, rising.
    rate_at : callable
        Rate [token/s] of a number of devices, 0 where the work cannot be divided or held.
    most : float
        What one device surely does not exceed [token/s].

    Returns
    -------
    Size
        `rate` 0 where none of the counts that were tried can do the work.
    """
    tried: dict[int, Size] = {}

    def size(at):
        if at not in tried:
            tried[at] = Size(counts[at], rate_at(counts[at]))
        return tried[at]

    at, low, hopeless = min(bisect_left(counts, rate / most), len(counts) - 1), -1, 0
    while (found := size(at)).rate < rate:
        fastest = max(tried.values(), key=lambda each: each.rate)
        hopeless = hopeless + 1 if found.rate < fastest.rate else 0
        if hopeless == HOPELESS or at == len(counts) - 1:
            return fastest
        low = at
        # One of more devices is no faster than one of fewer: so many are too few still, or just enough.
        wanted = found.n * min(rate / found.rate, 2.0) if found.rate else 1.5 * found.n
        at = min(max(bisect_left(counts, wanted), at + 1), len(counts) - 1)
    while at - low > 1:
        middle = (low + at) // 2
        if size(middle).rate < rate:
            low = middle
        else:
            at = middle
    smaller = at
    while smaller is not None:
        at = smaller
        first = bisect_left(counts, (1 - CLOSE) * counts[at])
        stride = max(1, (at - first) // TRIES)
        smaller = next((i for i in range(first, at, stride) if size(i).rate >= rate), None)
    return size(at)
