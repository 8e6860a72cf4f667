"""The numbers that programs work on: whole numbers as fp32, so that every order of summation gives the same sum."""

import numpy as np
from numpy.typing import NDArray

# 1,168,000 PEs with at most 9 each stay below 2**24: all partial sums are exact in fp32.
_LARGEST = 9


def operands(n_pe: int, words: int, seed: int) -> NDArray[np.float32]:
    """Return whole numbers from 1 to 9.

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
    drawn = np.random.default_rng(seed).integers(1, _LARGEST + 1, (n_pe, words), np.int8)
    return drawn.astype(np.float32)


def total(memory: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the sum over all PEs, by NumPy in float64.

    Examples
    --------
    >>> total(np.ones((3, 2), np.float32))
    array([3., 3.], dtype=float32)
    """
    return memory.sum(axis=0, dtype=np.float64).astype(np.float32)
