"""The one place where Numba compilation flags are chosen."""

from numba import njit

# cache: a process does not recompile what has not changed.
# nogil: the server runs callbacks on a thread pool; a kernel must not stall other sessions.
# fastmath stays off: results must match the reference in tests/reference bit for bit.
kernel = njit(cache=True, nogil=True)
# The same for a step of a kernel, merged into it: passing tuples of arrays to a call costs more than the step.
step = njit(cache=True, nogil=True, forceinline=True)
