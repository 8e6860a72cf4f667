"""The numbers that programs work on: whole numbers as fp32, so that every order of summation gives the same sum."""

import numpy as np
from numpy.typing import NDArray

from engine.parallel import parallel_map

# 1,168,000 PEs with at most 8 each stay below 2**24: all partial sums are exact in fp32.
_THREE_BITS = 7
_DRAWN_TOGETHER = 1 << 12  # PEs whose numbers are drawn, and added up, together: another size draws other numbers


def operands(n_pe: int, words: int, seed: int) -> NDArray[np.float32]:
    """Return whole numbers from 1 to 8.

    Parameters
    ----------
    n_pe : int
        Rows [PE].
    words : int
        Columns [word].
    seed : int
        Seed of the generator.

    Returns
    -------
    (n_pe, words) float32 array
    """
    memory = np.empty((n_pe, words), np.float32)

    def draw(start, stop):
        part = memory[start:stop]
        drawn = np.random.default_rng([seed, start]).integers(0, 2**64, -(-part.size // 8), np.uint64)
        part[:] = ((drawn.view(np.uint8)[: part.size] & _THREE_BITS) + 1).reshape(part.shape)

    parallel_map(draw, _ranges(n_pe))
    return memory


def total(memory: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the sum of operands over all PEs, by NumPy; fp32 is exact.

    Examples
    --------
    >>> total(np.ones((3, 2), np.float32))
    array([3., 3.], dtype=float32)
    """
    sums = parallel_map(lambda start, stop: memory[start:stop].sum(axis=0), _ranges(len(memory)))
    return np.sum(sums, axis=0)


def _ranges(n_pe):
    return [(start, min(n_pe, start + _DRAWN_TOGETHER)) for start in range(0, n_pe, _DRAWN_TOGETHER)]
