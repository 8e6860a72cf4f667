"""What the PEs of a wafer tell each other: sums and broadcasts along lines, and the rectangle that a kernel fills.

A line is summed in two phases, groups first, from both ends to its middle, and the sum goes back from there: so do the
published systems (He et al., WaferLLM, OSDI'25, MeshGEMV). Times are the closed forms that the fabric's programs stand
beside, with a gap before each vector operation that depends on another. On a GPU a length of 0 or 1 costs nothing.

Matrices are multiplied on a square of PEs by shifting tiles in lockstep (MeshGEMM).
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


def shifts_s(machine: Machine, side: int, shape: tuple[float, float, float], size: int) -> float:
    """Return what a product of matrices takes beside the products: shifting tiles, and starting vector operations.

    Parameters
    ----------
    machine : Machine
        A wafer.
    side : int
        Of the square [PE].
    shape : tuple of float
        Rows and columns of the first matrix and columns of the second.
    size : int
        Of a number [B].

    Notes
    -----
    A vector operation adds a multiple of a column of the first tile, or of a row of the second, to one of the product,
    and begins where the one before has ended; vectors lie along the longer side of the product's tile. So does the
    published program (github.com/MeshInfra/WaferLLM, MeshGEMM/WSE-2/src/meshgemm.csl).
    """
    rows, depth, columns = (math.ceil(each / side) for each in shape)
    words = math.ceil(rows * depth * size / WORD_BYTES), math.ceil(depth * columns * size / WORD_BYTES)
    starts = side * depth * min(rows, columns) * machine.fabric.vector_gap
    return ((side - 1) * model.shift(words, machine.fabric).cycles + starts) * machine.cycle_s


def _seconds(machine, form):
    return model.after_gap(form, machine.fabric.vector_gap).cycles * machine.cycle_s
