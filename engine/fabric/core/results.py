"""Compares the results of a run with what is expected."""

import numpy as np

from engine._jit import lean_kernel
from engine.fabric.core import layout as L


@lean_kernel
def _largest_bits(start, stop, results, expected, memory):
    """Return the largest difference from what is expected, as bits: they are in the order of the numbers."""
    largest = np.int32(0)
    for i in range(start, stop):
        row = i if expected.shape[0] > 1 else 0
        for word in range(expected.shape[1]):
            difference = np.float32(memory[results[i] & L.INDEX, word] - expected[row, word])
            largest = max(largest, difference.view(np.int32) & 0x7FFFFFFF)
    return largest
