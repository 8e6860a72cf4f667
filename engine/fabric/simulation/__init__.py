"""A program is laid out for the kernel, run to its end, and what it gave is compared with NumPy."""
