"""Runs that somebody asked for: computed once, kept while there is room."""

import hashlib
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.caches import user_cache
from engine.machines import files as machine_files
from engine.scenarios import Cancelled, Progress, Scenario
from viz.cache import ByteCache, FileCache

ENGINE = Path(__file__).parents[1] / "engine"
KEPT_BYTES = 64e6
FILE_BYTES = 1e9


@cache
def engine_version() -> str:
    """Return a short hash of the engine's sources and data: in the address of a run, against stale caches."""
    digest = hashlib.sha256()
    sources = sorted(path for path in ENGINE.rglob("*") if path.suffix in (".py", ".toml", ".csv"))
    files = {path.relative_to(ENGINE).as_posix(): path for path in sources}
    files |= {path.name: path for path in machine_files() if ENGINE not in path.parents}
    for name, path in files.items():
        digest.update(name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def run_files() -> FileCache:
    """Return the packed runs on this machine's disk: in the folder `WAFERSCOPE_CACHE`, by default in `user_cache()`."""
    folder = Path(os.environ.get("WAFERSCOPE_CACHE") or user_cache())
    return FileCache(folder / "runs", engine_version(), FILE_BYTES)


class Missing(Exception):
    """A run that somebody needs is still being computed: `args` says which."""


class RunStore:
    """Computes runs on threads of its own and keeps the recent ones as packed bytes, in memory and in files.

    Parameters
    ----------
    files : FileCache
        Where they outlast the process.
    n_threads : int
        Runs computed at the same time.
    kept_bytes : float
        Size of those in memory [B].
    """

    def __init__(self, files: FileCache, n_threads: int = 2, kept_bytes: float = KEPT_BYTES):
        self._pool = ThreadPoolExecutor(n_threads, thread_name_prefix="engine")
        self._memory, self._files = ByteCache(kept_bytes), files
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
            Its `future` gives `Run.packed()`; `cancel` takes the question back, also before its turn has come.
        """
        key = scenario.key()
        with self._lock:
            kept = self._kept(key)
            if kept is not None:
                job = _Job()
                job.begin()
                job.finish(kept)
            else:
                job = self._wanted.get(key)
                if job is None or job.abandoned:
                    job = self._wanted[key] = _Job()
                    self._pool.submit(self._compute, key, scenario, job)
            ticket = Ticket(job.future, job.begun, lambda: self._leave(job, ticket))
            job.listeners[ticket] = progress or (lambda share: None)
        return ticket

    def _kept(self, key):
        kept = self._memory.get(key)
        if kept is not None:
            self._files.touch(key)
        elif (kept := self._files.get(key)) is not None:
            self._memory.put(key, kept)
        return kept

    def _compute(self, key, scenario, job):
        with self._lock:
            if job.abandoned:
                return
            job.begin()
        try:
            answer = scenario.simulate(job.report).packed()
        except Cancelled:
            answer = Cancelled()  # the one that was raised would hold what has been computed
        except BaseException as error:
            answer = error
        with self._lock:
            if self._wanted.get(key) is job:
                del self._wanted[key]
            if isinstance(answer, bytes):
                self._memory.put(key, answer)
        job.finish(answer)
        if isinstance(answer, bytes):
            self._files.put(key, answer)

    def _leave(self, job, ticket):
        with self._lock:
            if job.listeners.pop(ticket, None) is None or job.listeners:
                return
            job.abandoned = True
            never_begun = not job.begun.done()
        if never_begun:
            job.finish(Cancelled())


@dataclass(frozen=True, eq=False)
class Ticket:
    """A question that waits for its run.

    Attributes
    ----------
    future : concurrent.futures.Future
        Gives `Run.packed()`, or raises `engine.scenarios.Cancelled` when everybody who asked has cancelled.
    begun : concurrent.futures.Future
        Gives the time at which its computing began, on the clock of `time.monotonic` [s].
    cancel : callable
        Takes the question back: what nobody waits for is stopped, or not even begun.
    """

    future: Future
    begun: Future
    cancel: Callable[[], None]


class _Job:
    """A run that is wanted, and those who wait for it."""

    def __init__(self):
        self.future, self.begun = Future(), Future()
        for future in (self.future, self.begun):
            future.set_running_or_notify_cancel()  # so that one who waits does not cancel it for the others
        self.listeners: dict[Ticket, Progress] = {}
        self.abandoned = False

    def begin(self):
        self.begun.set_result(time.monotonic())

    def finish(self, answer):
        if isinstance(answer, BaseException):
            self.future.set_exception(answer)
        else:
            self.future.set_result(answer)

    def report(self, share):
        if self.abandoned:
            raise Cancelled
        for listener in tuple(self.listeners.values()):
            listener(share)


RUNS = RunStore(run_files())
