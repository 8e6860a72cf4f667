"""The memory of a process that runs one simulation after the other."""

import ctypes
import os

# Options of glibc's mallopt, from its malloc.h.
_TRIM_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -4, -8


def keep_memory() -> None:
    """Keep what a run has freed for the next one, where the C library is glibc.

    A run of the full wafer takes 0.7 to 1.5 GB. To ask a virtual machine's host for them again, page by page, costs a
    second.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt:
        for option, value in ((_ARENA_MAX, 1), (_MMAP_MAX, 0), (_TRIM_THRESHOLD, -1)):
            mallopt(option, value)
