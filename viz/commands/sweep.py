"""Many scenarios at once: from a file or from ranges, one row of results a scenario.

The file of results is written again and again while the sweep runs, so that it can be stopped at any time; started
anew, it goes on with the scenarios that are missing. A scenario that is refused has its reason in the column `error`.
"""

import csv
import itertools
import logging
import math
import os
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import param

from engine.scenarios import ScenarioError, scenario_class
from engine.scenarios.former import name_now
from engine.scenarios.scenario import VERSION

MAX_SCENARIOS = 1_000_000
WRITE_EVERY_S = 2.0
WRITE_SHARE = 0.05  # of the time, at most
QUEUED = 4  # scenarios handed out per worker
CONNECT_S = 10
WORKERS_S = 30
SCENE, ERROR = "scene", "error"
PART = ".part"  # ends the name of a file that is being written


def from_file(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column, without the empty cells.

    Parameters
    ----------
    path : Path
        A table of scenarios: a column a parameter, a row a scenario, an empty cell the default.

    Raises
    ------
    ScenarioError
        Where the file is no such table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", strict=True)
            rows = [{name: value for name, value in row.items() if value} for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ScenarioError(f"{path} must be a CSV file in UTF-8: {error}") from error
    names = reader.fieldnames or []
    if "" in names or len(set(names)) < len(names):
        raise ScenarioError(f"{path} must name each column once in its first line, got {','.join(names)!r}")
    for row in rows:
        if "" in row:
            raise ScenarioError(f"{path} must have {len(names)} cells a row, got {','.join(row[''])!r} beyond them")
    return rows


def from_ranges(scene: str, ranges: Mapping[str, str], rows: list[dict[str, str]] | None = None) -> list[dict]:
    """Return all combinations of values.

    Parameters
    ----------
    scene : str
        Name of the scene.
    ranges : mapping of str to str
        Parameter name to values with commas between (`8,16,32`), each a value, a range with a step (`8..64+8`) or one
        with a factor (`8..1024*2`).
    rows : list of dict of str to str, optional
        Settings that go with every combination; they take precedence.

    Returns
    -------
    list of dict of str to str
        Row by row; the last parameter varies fastest.

    Raises
    ------
    ScenarioError
        Where a name is unknown, a range cannot be read, or the combinations are too many.
    """
    fields = scenario_class(scene).fields()
    ranges = {name_now(scene, name): text for name, text in ranges.items()}
    for name in ranges:
        if name not in fields:
            raise ScenarioError(f"{scene} has no parameter {name!r}; it has {', '.join(fields)}")
    values = [list(_values(name, text, fields[name])) for name, text in ranges.items()]
    rows = [{}] if rows is None else rows
    n = math.prod(map(len, values)) * len(rows)
    if n > MAX_SCENARIOS:
        raise ScenarioError(f"a sweep may have at most {MAX_SCENARIOS:,} scenarios, got {n:,}")
    return [dict(zip(ranges, chosen, strict=True)) | row for row in rows for chosen in itertools.product(*values)]


def _values(name: str, text: str, parameter: param.Parameter) -> Iterator[str]:
    # A list is one value of a parameter that takes lists.
    for part in [text] if isinstance(parameter, param.ListSelector) else text.split(","):
        if not part:
            raise ScenarioError(f"{name} must have a value between commas, got {text!r}")
        yield from _range(name, part) if ".." in part else [part]


def _range(name, text):
    found = re.fullmatch(r"(-?[\d.]+)\.\.(-?[\d.]+)([+*])([\d.]+)", text)
    try:
        value, last, by = float(found[1]), float(found[2]), float(found[4])
    except (TypeError, ValueError) as error:
        raise ScenarioError(f"{name} must be a range such as 8..64+8 or 8..1024*2, got {text!r}") from error
    if by <= (1 if found[3] == "*" else 0) or (found[3] == "*" and value <= 0) or last < value:
        raise ScenarioError(f"{name} must be a range that grows, got {text!r}")
    for _ in range(MAX_SCENARIOS + 1):
        if value > last + 1e-9 * abs(last):
            return
        yield f"{value:.12g}"
        value = value * by if found[3] == "*" else value + by


@dataclass(frozen=True)
class Pool:
    """Where scenarios run.

    Attributes
    ----------
    executor : Executor
        Takes scenarios.
    n_workers : callable
        Returns how many it works on at once; workers may come and go.
    fatal : tuple of exception types
        What a scenario that ends its worker again and again fails with.
    """

    executor: Executor
    n_workers: Callable[[], int]
    fatal: tuple[type[Exception], ...] = ()


@contextmanager
def processes(n: int | None = None) -> Iterator[Pool]:
    """Offer processes of this machine: `n`, or as many as there are cores."""
    n = n or os.cpu_count() or 1
    # Spawned, not forked: threads of the parent, such as those of the progress bar, must not be copied. Ctrl-C stops
    # the parent alone, which then lets its processes finish.
    ignore = (signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(n, mp_context=get_context("spawn"), initializer=signal.signal, initargs=ignore)
    try:
        yield Pool(pool, lambda: n)
    except BrokenExecutor as error:
        raise ScenarioError(
            "a process of the sweep was ended from outside; started again, the sweep goes on with what is missing"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def cluster(address: str) -> Iterator[Pool]:
    """Offer the workers of a running Dask cluster.

    Parameters
    ----------
    address : str
        Of the scheduler, such as `tcp://127.0.0.1:8786`.

    Raises
    ------
    ScenarioError
        Where the optional packages are missing, the scheduler does not answer, or its workers cannot do the work.
    """
    try:
        from distributed import Client, KilledWorker
        from distributed.comm import parse_address
        from distributed.comm.registry import get_backend
    except ImportError as error:
        raise ScenarioError("--scheduler needs the optional packages of waferscope[dask], which are missing") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is said below, in a sentence
    try:
        get_backend(parse_address(address)[0])  # refuses at once what `Client` would leave half open
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ScenarioError(
            f"--scheduler must be the address of a Dask scheduler that answers within {CONNECT_S} s, got {address!r}"
        ) from error
    try:
        with client:
            _inspect(client, address)
            # A worker that is lost gives its scenarios to the others.
            yield Pool(client.get_executor(), lambda: max(1, sum(client.nthreads().values())), (KilledWorker,))
    except (CancelledError, OSError) as error:
        if isinstance(error, OSError) and error.filename:
            raise  # about a file
        raise ScenarioError(
            f"the scheduler {address} does not answer any more; started again, the sweep goes on with what is missing"
        ) from error


def _inspect(client, address):
    try:
        client.wait_for_workers(1, timeout=WORKERS_S)
    except TimeoutError as error:
        raise ScenarioError(f"the scheduler {address} must have workers, none came within {WORKERS_S} s") from error
    answers = client.run(_version, on_error="return").values()
    if wrong := [answer for answer in answers if answer != VERSION]:
        raise ScenarioError(
            f"every worker of {address} must have the waferscope of this machine, {VERSION!r}, got {wrong[0]!r}"
        )


def _version():
    return VERSION


def sweep(
    scene: str,
    scenarios: list[dict[str, str]],
    path: Path,
    pool: Pool,
    progress: Callable[[int, int, int], None] = lambda done, n_failed, n: None,
) -> tuple[int, int]:
    """Run scenarios and write a row for each, in their order.

    Parameters
    ----------
    scene : str
        Name of the scene.
    scenarios : list of dict of str to str
        Settings of each; those that are spelled alike are one scenario.
    path : Path
        CSV file of results: the scene, the settings, the figures, and `error`. Rows that it already holds are kept,
        those that belong to no scenario at its end. A figure named like a parameter has `_used` behind its name.
    pool : Pool
        Where they run.
    progress : callable
        Receives the number of finished, of refused and of all scenarios, several times a second.

    Returns
    -------
    (int, int)
        Finished and refused scenarios, those of an earlier start included.

    Raises
    ------
    ScenarioError
        Where the file holds something else than results.
    """
    names = scenario_class(scene).fields()
    each = {_key(items): items for items in ({SCENE: scene} | items for items in scenarios)}
    results = dict.fromkeys(each)
    for row in _earlier(path):
        # What was refused has no figures: all its cells are settings, among them names that no scene knows.
        own = row.keys() - {ERROR} if ERROR in row or row[SCENE] != scene else row.keys() & {SCENE, *names}
        results[_key({name: row[name] for name in own})] = row
    done = [results[key] for key in each if results[key]]
    n_done, n_failed = len(done), sum(ERROR in row for row in done)
    missing = iter([items for key, items in each.items() if results[key] is None])
    running = {}
    _write(path, results)
    written = time.monotonic()
    pause = WRITE_EVERY_S
    try:
        while True:
            for items in itertools.islice(missing, max(0, QUEUED * pool.n_workers() - len(running))):
                running[pool.executor.submit(_figures, items)] = items
            progress(n_done, n_failed, len(each))
            if not running:
                return n_done, n_failed
            for future in wait(running, timeout=0.25, return_when=FIRST_COMPLETED).done:
                try:
                    figures = future.result()
                except pool.fatal as error:
                    figures = {ERROR: f"{type(error).__name__}: {error}"}
                items = running.pop(future)
                results[_key(items)] = items | {
                    f"{name}_used" if name in names else name: value for name, value in figures.items()
                }
                n_done += 1
                n_failed += ERROR in figures
            if time.monotonic() - written > pause:
                pause = max(WRITE_EVERY_S, _write(path, results) / WRITE_SHARE)
                written = time.monotonic()
    finally:
        _write(path, results)
        progress(sum(results[key] is not None for key in each), n_failed, len(each))


def _key(items):
    return tuple(sorted(items.items()))


def _figures(items: dict[str, str]) -> dict[str, object]:
    """Run one scenario in a process of its own."""
    settings = {name: value for name, value in items.items() if name != SCENE}
    try:
        run = scenario_class(items[SCENE]).read(settings).simulate()
    except ScenarioError as error:
        return {ERROR: str(error)}
    except Exception as error:  # a mistake of ours in one scenario must not cost the others
        return {ERROR: f"{type(error).__name__}: {error}"}
    return {name: figure.value for name, figure in run.figures.items()}


def _earlier(path):
    """Return the rows of an earlier start."""
    if not path.exists() or path.stat().st_size == 0:
        return []
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        header = file.readline().strip().split(",")
    if header[0] != SCENE or header[-1] != ERROR:
        raise ScenarioError(f"--to must be a new file or one of results, got {str(path)!r}, which holds something else")
    return from_file(path)


def _write(path, results):
    """Replace the file by the rows there are, whole or not at all, and return the time it took [s]."""
    start = time.monotonic()
    rows = [row for row in results.values() if row is not None]
    columns = [SCENE, *dict.fromkeys(name for row in rows for name in row if name not in (SCENE, ERROR)), ERROR]
    part = path.with_name(path.name + PART)
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(part, path)
    return time.monotonic() - start
