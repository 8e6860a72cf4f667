"""Work on many PEs, piece by piece, on all cores."""

import os
from concurrent.futures import ThreadPoolExecutor

N_THREADS = len(os.sched_getaffinity(0))


def in_pieces(work, pieces, progress=lambda share: None):
    """Call `work(start, stop)` for pieces of the PEs, on as many threads as there are cores.

    Parameters
    ----------
    work : callable
        Lets go of Python's lock, and touches what belongs to its piece only.
    pieces : list of (int, int)
        First cell, and one past the last.
    progress : callable, optional
        Called after each piece; what it raises ends the work.

    Returns
    -------
    list
        What `work` returned for each piece.
    """
    if len(pieces) == 1:
        return [work(*pieces[0])]
    done = []
    pool = ThreadPoolExecutor(N_THREADS)
    try:
        for future in [pool.submit(work, *piece) for piece in pieces]:
            done.append(future.result())
            progress(0.0)
    finally:
        pool.shutdown(cancel_futures=True)
    return done
