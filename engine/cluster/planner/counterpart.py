"""How many devices of another kind keep up with a rate, on the same training.

What counts is the rate, not a number that happens to divide well: where devices do not divide the batch, they have the
nearest batch that they divide, if it is within `NEARBY` of the same one. So the rate rises with the number of devices
nearly without steps, and the fewest are found from below in a few simulated steps of training.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

NEARBY = 0.05  # share of the batch
HOPELESS = 2  # larger numbers that are no faster, until the search ends
CLOSE = 0.12  # share of a number below it in which smaller ones are tried too: where a batch leaves each replica few
TRIES = 6  # sequences, a number that divides them well keeps up although larger ones do not
FIRST_SHARE = 0.8  # of its peak that a device surely stays below: the search begins with too few


@dataclass(frozen=True)
class Size:
    """A number of devices, the batch that they take [sequence], and how fast they are with it [token/s]."""

    n: int
    batch: int
    rate: float


def nearby_batch(batch: int, n_devices: int) -> int:
    """Return the batch closest to the given one that the most replicas of some devices divide, or the same [sequence].

    Examples
    --------
    >>> nearby_batch(1080, 216), nearby_batch(1080, 192)
    (1080, 1056)
    """
    replicas = n_devices
    while True:
        found = max(1, round(batch / replicas)) * replicas
        if abs(found - batch) <= NEARBY * batch:
            return found
        if replicas % 2:
            return batch
        replicas //= 2  # tensor and pipeline ranks of a replica are mostly powers of two


def whole_nodes(node_size: int, most: int) -> list[int]:
    """Return the numbers of devices that somebody would use: parts of one node, or whole nodes.

    Examples
    --------
    >>> whole_nodes(8, 32)
    [1, 2, 3, 4, 5, 6, 7, 8, 16, 24, 32]
    """
    return [*range(1, min(node_size, most + 1)), *range(node_size, most + 1, node_size)]


def fewest(rate: float, counts: Sequence[int], batch: int, rate_at: Callable[[int, int], float], most: float) -> Size:
    """Return the fewest devices that are at least as fast, or the fastest found if none are.

    Parameters
    ----------
    rate : float
        To keep up with [token/s].
    counts : sequence of int
        Numbers of devices, rising.
    batch : int
        Of the training [sequence].
    rate_at : callable
        Rate [token/s] of a number of devices with a batch, 0 where the work cannot be divided or held.
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
            n = counts[at]
            sizes = [Size(n, batch, rate_at(n, batch))]
            if sizes[0].rate < rate and (other := nearby_batch(batch, n)) != batch:
                sizes.append(Size(n, other, rate_at(n, other)))
            tried[at] = max(sizes, key=lambda each: each.rate)
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
