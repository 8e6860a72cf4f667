"""What the PEs of a wafer tell each other: sums and broadcasts along lines, and the rectangle that a kernel fills.

A line is summed in two phases, groups first, from both ends to its middle, and the sum goes back from there: so do the
published systems (He et al., WaferLLM, OSDI'25, MeshGEMV). Times are the closed forms that the fabric's programs stand
beside, with a gap before each vector operation that depends on another. On a GPU a length of 0 or 1 costs nothing.
"""

import math

from engine.fabric.programs import model
from engine.memory.hierarchy import Machine

WORD_BYTES = 4  # of a wavelet, which carries two numbers of 16 bit


def grid(machine: Machine, columns: float, rows: float) -> tuple[int, int]:
    """Return width and height of the PEs that have work: as many as there are columns and rows, at most all [PE]."""
    return min(machine.width, math.ceil(columns)), min(machine.height, math.ceil(rows))


def sum_s(machine: Machine, length: int, n_bytes: float) -> float:
    """Return the time of a sum along a line to its middle.

    Parameters
    ----------
    machine : Machine
        A wafer.
    length : int
        Of the line [PE].
    n_bytes : float
        What each PE of it adds [B].
    """
    half = length // 2
    if not half:
        return 0.0
    words = math.ceil(n_bytes / WORD_BYTES)
    return _seconds(machine, model.reduce("two_phase", words, half + 1, math.isqrt(half) + 1, machine.fabric))


def all_reduce_s(machine: Machine, length: int, n_bytes: float) -> float:
    """Return the time after which all PEs of a line have its sum; arguments as in `sum_s`."""
    half = length // 2
    if not half:
        return 0.0
    words = math.ceil(n_bytes / WORD_BYTES)
    return sum_s(machine, length, n_bytes) + _seconds(machine, model.broadcast(words, half, machine.fabric))


def _seconds(machine, form):
    return model.after_gap(form, machine.fabric.vector_gap).cycles * machine.cycle_s
