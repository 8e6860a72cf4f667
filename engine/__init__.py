"""Computes. No screen, no server: arrays, floats in SI units, and Numba kernels."""
