"""The one place where Numba compilation flags are chosen."""

from numba import njit

# cache: a process does not recompile what has not changed.
# nogil: the server runs callbacks on a thread pool; a kernel must not stall other sessions.
# fastmath stays off: results must match the reference in tests/reference bit for bit.
kernel = njit(cache=True, nogil=True)

# For a kernel that works on many arrays at once, and the steps it is made of. It allocates nothing, so it needs no
# counting of references, which would cost more than the work.
lean_kernel = njit(cache=True, nogil=True, _nrt=False)
step = njit(cache=True, nogil=True, _nrt=False, forceinline=True)
