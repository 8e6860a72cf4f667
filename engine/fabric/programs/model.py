r"""Closed forms for collectives on the fabric, by Luczynski et al., in which distance, contention and depth add up.

.. math:: T = \max(C, E / N + T_H L) + (2 T_R + 1) D

C is the most wavelets through one PE, E the hops of all wavelets, N the number of links, L the longest distance
in hops of T_H cycles and D the longest chain of visits to a compute element. The start-up of a task and the gap between
vector operations are not part of the model.

References
----------
.. [1] P. Luczynski et al., "Near-Optimal Wafer-Scale Reduce", HPDC'24, arXiv:2404.15888.
"""

from typing import NamedTuple

from engine.fabric.machine.constants import Machine
from engine.language import message

SOURCE = message("fabric_closed_form")


class Terms(NamedTuple):
    """The parts of a closed form, which add up to it.

    Attributes
    ----------
    distance, contention, depth, compute, startup : float
        Hops on the way, waiting for what is shared, visits to compute elements one after the other, products, and
        gaps between operations where the form counts them [cycle].
    """

    distance: float
    contention: float
    depth: float
    compute: float = 0
    startup: float = 0

    @property
    def cycles(self) -> float:
        """The closed form [cycle]."""
        return sum(self)

    def __add__(self, other):
        return Terms(*(a + b for a, b in zip(self, other, strict=True)))

    def __mul__(self, times: float):
        return Terms(*(times * part for part in self))


NOTHING = Terms(0, 0, 0)


def _terms(contention, energy, hops, depth, machine):
    """Split max(C, E/N + T_H L) + (2 T_R + 1) D into what decides it; `energy` is E/N, `hops` is L."""
    distance = machine.hop_latency * hops
    if contention >= energy + distance:
        return Terms(0, contention, machine.visit * depth)
    return Terms(distance, energy, machine.visit * depth)


def broadcast(words: int, hops: int, machine: Machine) -> Terms:
    """Return B + T_H L + 2 T_R + 1 for a multicast over at most `hops` hops, and for a stream over as many.

    Examples
    --------
    >>> broadcast(16, 23, Machine(1, 2, 2, 15, 56, 1, 4, 2, False)).cycles == 16 + 24 + 2 * 2
    True
    """
    return Terms(machine.hop_latency * hops, words, machine.visit)


def reduce(algorithm: str, words: int, length: int, group: int, machine: Machine) -> Terms:
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
    machine : Machine
        T_H and T_R.

    Returns
    -------
    Terms

    Examples
    --------
    >>> machine = Machine(1, 2, 2, 15, 56, 1, 4, 2, False)
    >>> reduce("chain", 4096, 512, 512, machine).cycles
    7162
    >>> round(reduce("two_phase", 4096, 512, 32, machine).cycles)
    8564
    """
    if length == 1:
        return NOTHING
    if algorithm == "star":
        return Terms(0, words * (length - 1), machine.visit)
    if algorithm == "chain":
        return Terms(machine.hop_latency * (length - 1), words, machine.visit * (length - 1))
    if algorithm == "tree":
        levels = (length - 1).bit_length()
        # Half of the PEs send over 1 hop, a quarter over 2, and so on: P / 2 hops a level.
        energy = words * length / 2 * levels / (length - 1)
        return _terms(words * levels, energy, length - 1, levels, machine)
    leaders = -(-length // group)
    if leaders == 1:
        return reduce("chain", words, length, group, machine)
    energy = words * (2 * length - leaders - group) / (length - 1)
    return _terms(2 * words, energy, length - 1, group - 1 + leaders - 1, machine)


def shift(words: tuple[int, int], machine: Machine) -> Terms:
    """Return what a step costs in which a PE passes on two tiles of so many words, takes in two, and waits for all.

    That is one that hears its neighbour after T_H + 2 T_R + 1 cycles, and from then on sends in every other cycle.

    Examples
    --------
    >>> shift((4, 9), Machine(1, 2, 2, 15, 56, 1, 4, 2, False)).contention
    16
    """
    sent = sum(each + max(0, each - machine.hop_latency - machine.visit) for each in words)
    return Terms(0, sent, 0, 0, 3 * machine.vector_gap)


def ring(words: int, length: int, machine: Machine) -> Terms:
    """Return 2 (P - 1) B / P + (4 P - 6) T_H + 2 (P - 1) (2 T_R + 1) for a ring all-reduce over a line of P PEs."""
    if length == 1:
        return NOTHING
    hops, turns = 4 * length - 6, 2 * (length - 1)
    return Terms(machine.hop_latency * hops, turns * words / length, machine.visit * turns)


def after_gap(form: Terms, gap: int) -> Terms:
    """Return a closed form with the gap before it, or nothing where there is nothing to do."""
    return form if form == NOTHING else Terms(0, 0, 0, 0, gap) + form


def hops_of_reduce(algorithm: str, words: int, length: int, group: int) -> float:
    """Return about how many wavelet hops a reduction along a line takes."""
    if algorithm == "star":
        return words * length * (length - 1) / 2
    if algorithm == "tree":
        return words * length / 2 * (length - 1).bit_length()
    if algorithm == "two_phase" and group < length:
        return words * (2 * length - length / group - group)
    return words * (length - 1)
