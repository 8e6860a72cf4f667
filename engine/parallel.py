"""Work on ranges of rows, side by side on all cores."""

import os
from concurrent.futures import ThreadPoolExecutor

N_THREADS = len(os.sched_getaffinity(0))


def parallel_map(work, ranges, progress=lambda share: None):
    """Call `work(start, stop)` for every range, on as many threads as there are cores.

    Parameters
    ----------
    work : callable
        Lets go of Python's lock, and touches what belongs to its range only.
    ranges : list of (int, int)
        First row, and one past the last.
    progress : callable, optional
        Called after each range; what it raises ends the work.

    Returns
    -------
    list
        What `work` returned for each range.
    """
    if len(ranges) == 1:
        return [work(*ranges[0])]
    done = []
    pool = ThreadPoolExecutor(N_THREADS)
    try:
        for future in [pool.submit(work, *bounds) for bounds in ranges]:
            done.append(future.result())
            progress(0.0)
    finally:
        pool.shutdown(cancel_futures=True)
    return done
