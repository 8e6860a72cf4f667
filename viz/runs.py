"""Runs that somebody asked for: computed once, kept while there is room."""

import hashlib
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.run import Run
from engine.scenarios import Cancelled, Progress, Scenario

ENGINE = Path(__file__).parents[1] / "engine"
KEPT_BYTES = 256e6


@dataclass(frozen=True, eq=False)
class Packed:
    """A run and the file that a browser receives.

    Attributes
    ----------
    run : Run
        With its charts.
    data : bytes
        `run.packed()`.
    """

    run: Run
    data: bytes


@cache
def engine_version() -> str:
    """Return a short hash of the engine's sources and data: in the address of a run, against stale caches."""
    digest = hashlib.sha256()
    for path in sorted(path for path in ENGINE.rglob("*") if path.suffix in (".py", ".toml", ".csv")):
        digest.update(path.relative_to(ENGINE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class RunStore:
    """Computes runs on threads of its own and keeps the most recent ones.

    Parameters
    ----------
    n_threads : int
        Runs computed at the same time.
    kept_bytes : float
        Size of the packed runs that are kept [B].
    """

    def __init__(self, n_threads: int = 2, kept_bytes: float = KEPT_BYTES):
        self._pool = ThreadPoolExecutor(n_threads, thread_name_prefix="engine")
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[str, Packed] = OrderedDict()
        self._wanted: dict[str, _Job] = {}
        self._lock = threading.Lock()

    def ask(self, scenario: Scenario, progress: Progress | None = None) -> "Ticket":
        """Ask for the run of a checked scenario; equal scenarios in work are computed once.

        Parameters
        ----------
        scenario : Scenario
            What to run.
        progress : callable, optional
            Receives the finished share in [0, 1], on the thread that computes.

        Returns
        -------
        Ticket
            Its `future` gives a `Packed`; `cancel` takes the question back.
        """
        key = scenario.key()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                future = Future()
                future.set_result(self._kept[key])
                return Ticket(future, lambda: None)
            job = self._wanted.get(key)
            if job is None or job.abandoned:
                job = self._wanted[key] = _Job()
                job.future = self._pool.submit(self._compute, key, scenario, job)
            listener = progress or (lambda share: None)
            job.listeners.append(listener)
        return Ticket(job.future, lambda: self._leave(job, listener))

    def _compute(self, key, scenario, job):
        try:
            run = scenario.simulate(job.report)
            packed = Packed(run, run.packed())
        finally:
            with self._lock:
                if self._wanted.get(key) is job:
                    del self._wanted[key]
        with self._lock:
            self._kept[key] = packed
            while sum(len(kept.data) for kept in self._kept.values()) > self._kept_bytes and len(self._kept) > 1:
                self._kept.popitem(last=False)
        return packed

    def _leave(self, job, listener):
        with self._lock:
            job.listeners.remove(listener)
            job.abandoned = not job.listeners


@dataclass(frozen=True)
class Ticket:
    """A question that waits for its run.

    Attributes
    ----------
    future : concurrent.futures.Future
        Gives a `Packed`, or raises `engine.scenarios.Cancelled` when everybody who asked has cancelled.
    cancel : callable
        Takes the question back; call it at most once.
    """

    future: Future
    cancel: object


class _Job:
    """A run in work, and those who wait for it."""

    def __init__(self):
        self.future = None
        self.listeners = []
        self.abandoned = False

    def report(self, share):
        if self.abandoned:
            raise Cancelled
        for listener in tuple(self.listeners):
            listener(share)


RUNS = RunStore()
