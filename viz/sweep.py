"""Many scenarios at once: from a file or from ranges, one row of results a scenario.

The file of results is written again and again while the sweep runs, so that it can be stopped at any time; started
anew, it goes on with the scenarios that are missing. A scenario that is refused has its reason in the column `error`.
"""

import csv
import itertools
import math
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path

import param

from engine.scenarios import ScenarioError, scenario_class

MAX_SCENARIOS = 1_000_000
WRITE_EVERY_S = 2.0
ERROR = "error"


def from_file(path: Path) -> list[dict[str, str]]:
    """Return the scenarios of a CSV file: a column a parameter, a row a scenario, an empty cell the default."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: value for key, value in row.items() if key and value} for row in csv.DictReader(file)]


def from_ranges(scene: str, ranges: Mapping[str, str]) -> list[dict[str, str]]:
    """Return all combinations of values.

    Parameters
    ----------
    scene : str
        Name of the scene.
    ranges : mapping of str to str
        Parameter name to a value, to several with commas between (`8,16,32`), to a range with a step (`8..64+8`) or
        with a factor (`8..1024*2`).

    Returns
    -------
    list of dict of str to str
        The last parameter varies fastest.

    Raises
    ------
    ScenarioError
        Where a name is unknown, a range cannot be read, or the combinations are too many.
    """
    fields = scenario_class(scene).fields()
    for name in ranges:
        if name not in fields:
            raise ScenarioError(f"{scene} has no parameter {name!r}; it has {', '.join(fields)}")
    values = [list(_values(name, text, fields[name])) for name, text in ranges.items()]
    n = math.prod(map(len, values))
    if n > MAX_SCENARIOS:
        raise ScenarioError(f"a sweep may have at most {MAX_SCENARIOS:,} scenarios, got {n:,}")
    return [dict(zip(ranges, chosen, strict=True)) for chosen in itertools.product(*values)]


def _values(name: str, text: str, parameter: param.Parameter) -> Iterator[str]:
    found = re.fullmatch(r"(-?[\d.]+)\.\.(-?[\d.]+)([+*])([\d.]+)", text)
    if not found:
        # A list is one value of a parameter that takes lists.
        yield from [text] if isinstance(parameter, param.ListSelector) else text.split(",")
        return
    try:
        value, last, by = float(found[1]), float(found[2]), float(found[4])
    except ValueError as error:
        raise ScenarioError(f"{name} must be a range such as 8..64+8 or 8..1024*2, got {text!r}") from error
    if by <= (1 if found[3] == "*" else 0) or (found[3] == "*" and value <= 0):
        raise ScenarioError(f"{name} must be a range that grows, got {text!r}")
    for _ in range(MAX_SCENARIOS):
        if value > last * (1 + 1e-9):
            return
        yield f"{value:.12g}"
        value = value * by if found[3] == "*" else value + by


def sweep(
    scene: str,
    scenarios: list[dict[str, str]],
    path: Path,
    n_processes: int | None = None,
    progress: Callable[[int, int], None] = lambda done, n_failed: None,
) -> tuple[int, int]:
    """Run scenarios on all cores and write a row for each.

    Parameters
    ----------
    scene : str
        Name of the scene.
    scenarios : list of dict of str to str
        Settings of each.
    path : Path
        CSV file of results: the settings, the figures, and `error`. Rows it already holds are kept.
    n_processes : int or None
        Processes to use, as many as there are cores by default.
    progress : callable
        Receives the number of finished and of refused scenarios, several times a second.

    Returns
    -------
    (int, int)
        Finished and refused scenarios, those of an earlier start included.
    """
    # Scenarios that are spelled alike are one scenario.
    each = {_key(items): items for items in scenarios}
    results = dict.fromkeys(each)
    if path.exists():
        names = {name for items in scenarios for name in items}
        for row in from_file(path):
            key = _key({name: row[name] for name in row if name in names})
            if key in results:
                results[key] = row
    missing = iter([each[key] for key, row in results.items() if row is None])
    written = time.monotonic()
    workers = n_processes or os.cpu_count() or 1
    try:
        # Spawned, not forked: threads of the parent, such as those of the progress bar, must not be copied.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            running = {pool.submit(_figures, scene, items): items for items in itertools.islice(missing, 4 * workers)}
            progress(*_count(results))
            while running:
                finished, _ = wait(running, timeout=0.25, return_when=FIRST_COMPLETED)
                for future in finished:
                    items = running.pop(future)
                    results[_key(items)] = items | future.result()
                    for following in itertools.islice(missing, 1):
                        running[pool.submit(_figures, scene, following)] = following
                progress(*_count(results))
                if time.monotonic() - written > WRITE_EVERY_S:
                    _write(path, results)
                    written = time.monotonic()
    finally:
        _write(path, results)
    return _count(results)


def _key(items):
    return tuple(sorted(items.items()))


def _count(results):
    done = [row for row in results.values() if row is not None]
    return len(done), sum(bool(row.get(ERROR)) for row in done)


def _figures(scene: str, items: dict[str, str]) -> dict[str, object]:
    """Run one scenario in a process of its own."""
    try:
        run = scenario_class(scene).read(items).simulate()
    except ScenarioError as error:
        return {ERROR: str(error)}
    return {name: figure.value for name, figure in run.figures.items()}


def _write(path, results):
    """Replace the file by the rows there are, in the order of the scenarios: whole, or not at all."""
    rows = [row for row in results.values() if row is not None]
    columns = [*dict.fromkeys(name for row in rows for name in row if name != ERROR), ERROR]
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=path.name, delete=False
    ) as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(file.name, path)
