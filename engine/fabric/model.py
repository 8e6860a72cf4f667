r"""Closed forms for collectives on the fabric, by Luczynski et al., in which distance, contention and depth add up.

.. math:: T = \max(C, E / N + L) + (2 T_R + 1) D

C is the most wavelets through one PE, E the hops of all wavelets, N the number of links, L the longest distance
in hops and D the longest chain of visits to a compute element. The start-up of a task and the gap between vector
operations are not part of the model.

References
----------
.. [1] P. Luczynski et al., "Near-Optimal Wafer-Scale Reduce", HPDC'24, arXiv:2404.15888.
"""

from dataclasses import astuple, dataclass

SOURCE = "closed form of Luczynski et al., HPDC'24, arXiv:2404.15888"


@dataclass(frozen=True)
class Terms:
    """The parts of a closed form, which add up to it.

    Attributes
    ----------
    distance, contention, depth, compute : float
        Hops on the way, waiting for what is shared, visits to compute elements one after the other, and products
        [cycle].
    """

    distance: float
    contention: float
    depth: float
    compute: float = 0

    @property
    def cycles(self) -> float:
        """The closed form [cycle]."""
        return self.distance + self.contention + self.depth + self.compute

    def __add__(self, other):
        return Terms(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


NOTHING = Terms(0, 0, 0)


def _terms(contention, energy, distance, depth, ramp):
    """Split max(C, E/N + L) + (2 T_R + 1) D into what decides it; `energy` is E/N."""
    if contention >= energy + distance:
        return Terms(0, contention, (2 * ramp + 1) * depth)
    return Terms(distance, energy, (2 * ramp + 1) * depth)


def broadcast(words: int, hops: int, ramp: int) -> Terms:
    """Return B + L + 2 T_R + 1 for a multicast over at most `hops` hops, and for a stream over as many.

    Examples
    --------
    >>> broadcast(16, 23, 2).cycles == 16 + 24 + 2 * 2
    True
    """
    return Terms(hops, words, 2 * ramp + 1)


def reduce(algorithm: str, words: int, length: int, group: int, ramp: int) -> Terms:
    """Return the closed form of a reduction along a line.

    Parameters
    ----------
    algorithm : str
        star, chain, tree or two_phase.
    words : int
        B [word].
    length : int
        P [PE].
    group : int
        S of `two_phase` [PE].
    ramp : int
        T_R [cycle].

    Returns
    -------
    Terms

    Examples
    --------
    >>> reduce("chain", 4096, 512, 512, 2).cycles
    7162
    >>> round(reduce("two_phase", 4096, 512, 32, 2).cycles)
    8564
    """
    if length == 1:
        return NOTHING
    if algorithm == "star":
        return Terms(0, words * (length - 1), 2 * ramp + 1)
    if algorithm == "chain":
        return Terms(length - 1, words, (2 * ramp + 1) * (length - 1))
    if algorithm == "tree":
        levels = (length - 1).bit_length()
        # Half of the PEs send over 1 hop, a quarter over 2, and so on: P / 2 hops a level.
        energy = words * length / 2 * levels / (length - 1)
        return _terms(words * levels, energy, length - 1, levels, ramp)
    leaders = -(-length // group)
    if leaders == 1:
        return reduce("chain", words, length, group, ramp)
    energy = words * (2 * length - leaders - group) / (length - 1)
    return _terms(2 * words, energy, length - 1, group - 1 + leaders - 1, ramp)


def ring(words: int, length: int, ramp: int) -> Terms:
    """Return 2 (P - 1) B / P + 4 P - 6 + 2 (P - 1) (2 T_R + 1) for a ring all-reduce over a line of P PEs."""
    if length == 1:
        return NOTHING
    return Terms(4 * length - 6, 2 * (length - 1) * words / length, 2 * (length - 1) * (2 * ramp + 1))


def transpose(words: int, length: int, ramp: int) -> Terms:
    """Return the bound of an all-to-all of blocks of w words along a row of n PEs: n² w / 4 cross the middle link.

    Examples
    --------
    >>> transpose(2, 512, 2).contention
    131072
    """
    if length == 1:
        return NOTHING
    return Terms(1, length // 2 * (length - length // 2) * words, 2 * ramp + 1)


def gemv(edge: int, height: int, reduced: Terms, ramp: int, gap: int) -> Terms:
    """Return b² products for a tile of b × b, between a broadcast of b words down a column and the sum of a row."""
    down = broadcast(edge, height - 1, ramp) + Terms(0, 0, gap) if height > 1 else NOTHING
    after = Terms(0, 0, gap) if reduced != NOTHING else NOTHING
    return down + Terms(0, 0, 0, edge**2) + after + reduced


def gemm(algorithm: str, edge: int, length: int, ramp: int, gap: int) -> Terms:
    """Return what a compute element of a square of n × n PEs does with tiles of b × b, which decides.

    n b³ products, n - 1 times three operations, and the tiles on the way: `summa` takes in 2 b² words a step and
    passes them on at once, after a chain of n PEs; `cannon` and `mesh` take in 2 b² and send 2 b² others.
    """
    steps = length - 1
    if algorithm == "summa":
        return Terms(steps, 2 * edge**2 * steps, ((2 * ramp + 1) + 3 * gap) * steps, length * edge**3)
    return Terms(0, 4 * edge**2 * steps, 3 * gap * steps, length * edge**3)


def weight_stream(edge: int, width: int, weights: float, reduced: Terms, ramp: int, gap: int) -> Terms:
    """Return an AXPY over b tokens for each weight of a row that is not zero, then the sum of a column."""
    after = Terms(0, 0, gap) if reduced != NOTHING else NOTHING
    return Terms(width - 1, 0, 2 * ramp + 1, weights * edge) + after + reduced


def stencil(words: int, steps: int, ramp: int, gap: int) -> Terms:
    """Return steps (7 z + 5 (2 T_R + 2) + 7 G) for z cells in each PE: five exchanges and two operations, G apart."""
    return Terms(5 * steps, 5 * words * steps, (5 * (2 * ramp + 1) + 7 * gap) * steps, 2 * words * steps)


def hops_of_reduce(algorithm: str, words: int, length: int, group: int) -> float:
    """Return about how many wavelet hops a reduction along a line takes."""
    if algorithm == "star":
        return words * length * (length - 1) / 2
    if algorithm == "tree":
        return words * length / 2 * (length - 1).bit_length()
    if algorithm == "two_phase" and group < length:
        return words * (2 * length - length / group - group)
    return words * (length - 1)
