"""The corpus: every address that tests, lessons, documents and presets use, and what the engine gives for it.

Whoever changes the engine without meaning to change its results compares it with the commit before::

    PYTHONPATH=/path/to/old/checkout python tests/corpus.py write old.json
    python tests/corpus.py write new.json old.json
    python tests/corpus.py compare old.json new.json

`write` takes a second file to run its addresses too, as they were spelled then. `compare` names each difference;
figures must be equal bit for bit. What is on one side only is counted, and is no difference.

A part of it is kept in results.json, and a test holds the engine to that. Who means to change results raises `RESULTS`
in `engine/run.py` and renews it: `python tests/corpus.py renew`.
"""

import ast
import hashlib
import json
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np

from engine import run as engine_run
from engine.fabric.programs import PROGRAMS
from engine.run import Run
from engine.scenarios import SCENES, Scenario, ScenarioError
from engine.scenarios.fabric_curve import curve, offered
from lessons.catalogue import course
from lessons.evaluation import evaluate
from lessons.scope import outcome

ROOT = Path(__file__).parents[1]
RESULTS_FILE = Path(__file__).with_name("results.json")
LITERALS = ("tests", "docs")  # Python files whose dicts and keywords may be scenarios
TEXTS = ("README.md", "CONTRIBUTING.md", "docs", "lessons", "tests", "viz")
ADDRESS = re.compile(rf"\b({'|'.join(SCENES)})\?([A-Za-z0-9_=&;%.,:+-]+)")
COMMAND = re.compile(rf"waferscope (?:run|export) ({'|'.join(SCENES)})((?: [a-z_]+=[A-Za-z0-9_.,]+)+)")
INNER = ("beside", "against")  # view words that hold the query of another run of the same scene

# Programs are run with each of their algorithms in these: alone, recorded as a field, and with something wrong.
SETTINGS = (
    {"width": 9, "height": 6, "words": 5},
    {"width": 9, "height": 6, "words": 5, "dtype": "fp16", "ramp_latency": 3, "seed": 3},
    {"width": 66, "height": 65, "words": 2},
    {"width": 12, "height": 7, "words": 6, "defects": 0.03},
    {"width": 8, "height": 5, "words": 4, "slow_factor": 3, "dead_link": "east"},
)

DOUBLINGS = (-3, -2, -1, 1, 2, 3)  # of the devices


def main(command: str, *files: str) -> None:
    """Write the corpus of the engine on the path, or compare two."""
    if command == "write":
        scenarios = dict(addresses())
        for file in files[1:]:
            for address in json.loads(Path(file).read_text()):
                scene, _, query = address.partition("?")
                scenarios[address] = SCENES[scene].read_query(query)
        entries = {}
        for i, address in enumerate(sorted(scenarios)):
            print(f"\r{i + 1} of {len(scenarios)}  {address[:100]:100}", end="", file=sys.stderr)
            entries[address] = entry(scenarios[address])
        Path(files[0]).write_text(json.dumps(entries, indent=1, sort_keys=True))
        print(f"\n{len(entries)} addresses in {files[0]}")
    elif command == "compare":
        differences, counts = compare(*(json.loads(Path(file).read_text()) for file in files))
        print("\n".join([*differences, counts]))
        sys.exit(bool(differences))
    elif command == "renew":
        renew()
    else:
        sys.exit(__doc__)


def kept_results() -> dict[str, dict[str, object]]:
    """Return the figures that the engine gives now for what results.json keeps.

    Returns
    -------
    dict
        Address to figures: the defaults, the presets but those of whole wafers, and each algorithm of each program.
    """
    scenarios = [scene() for scene in SCENES.values()]
    scenarios += [scene.read(preset) for scene in SCENES.values() for preset in scene.presets.values()]
    scenarios += [
        SCENES["fabric"].read({"program": program, "algorithm": algorithm, **SETTINGS[0]})
        for program, recipe in PROGRAMS.items()
        for algorithm in recipe.algorithms
    ]
    small = {f"{each.scene}?{each.query()}": each for each in scenarios if getattr(each, "width", 0) < 100}
    return {address: entry(scenario)["figures"] for address, scenario in small.items()}


def renew() -> None:
    """Write results.json, unless results have changed under the version that it has."""
    kept, now, version = json.loads(RESULTS_FILE.read_text(encoding="utf-8")), kept_results(), engine_run.RESULTS
    if kept["version"] == version and (changed := changes(kept["figures"], now)):
        sys.exit("\n".join([*changed, f"raise RESULTS in engine/run.py, which is {version}"]))
    lines = [f"{json.dumps(address)}: {json.dumps(figures)}" for address, figures in sorted(now.items())]
    body = ",\n".join(lines)
    RESULTS_FILE.write_text(f'{{"version": {version}, "figures": {{\n{body}\n}}}}\n', encoding="utf-8")


def changes(kept: dict, now: dict) -> list[str]:
    """Return a sentence for each kept figure that is another now.

    Parameters
    ----------
    kept, now : dict
        Address to figures. Numbers are equal up to 1e-9, for processors do not agree on the last digits.
    """
    return [
        f"{address}: {name} was {was!r}, is {now[address].get(name)!r}"
        for address, figures in kept.items()
        if address in now
        for name, was in figures.items()
        if not _close(was, now[address].get(name))
    ]


def _close(was, now):
    if isinstance(was, float) and isinstance(now, float | int):
        return math.isclose(was, now, rel_tol=1e-9)
    return was == now


def addresses() -> Iterator[tuple[str, Scenario]]:
    """Give every address with its scenario; an address may come more than once."""
    for scenario in _scenarios():
        yield f"{scenario.scene}?{scenario.query()}", scenario


def _scenarios():
    chosen = [scene() for scene in SCENES.values()]
    chosen += [scene.read(preset) for scene in SCENES.values() for preset in scene.presets.values()]
    for program, recipe in PROGRAMS.items():
        chosen += _read("fabric", {"program": program})
        for algorithm in recipe.algorithms:
            for settings in SETTINGS:
                yield from _read("fabric", {"program": program, "algorithm": algorithm, **settings})
    yield from chosen
    for scenario in chosen:
        yield from _curves(scenario)
    for lesson in {lesson.path: lesson for lang in ("en", "de") for lesson in course(lang=lang)}.values():
        yield from _of_lesson(lesson)
    for path in _files(LITERALS, ".py"):
        for items in _literals(ast.parse(path.read_text(encoding="utf-8"))):
            for scene in SCENES:
                yield from _read(scene, items)
    for path in _files(TEXTS, ".md", ".py", ".mjs", ".js", ".html", ".ipynb"):
        text = path.read_text(encoding="utf-8")
        for scene, query in ADDRESS.findall(text):
            yield from _linked(scene, dict(parse_qsl(query)))
        for scene, words in COMMAND.findall(text):
            yield from _linked(scene, dict(word.split("=") for word in words.split()))


def _curves(scenario):
    """Return the points of the curves that a page draws through a scenario."""
    if scenario.scene == "fabric":
        return [point for along in offered(scenario) for point in curve(scenario, along).scenarios]
    if "n_devices" in scenario.fields():
        return [
            point
            for doubling in DOUBLINGS
            for point in _read(scenario.scene, scenario.values() | {"n_devices": scenario.n_devices * 2.0**doubling})
        ]
    return []


def _files(places, *endings):
    for place in (ROOT / name for name in places):
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        own = (path for path in found if not {"__pycache__", "node_modules"} & set(path.parts))
        yield from (path for path in own if path.suffix in endings)


def _read(scene, items):
    """Return the scenario, or none where one of a test's was meant to be refused."""
    try:
        return [SCENES[scene].read(items)]
    except (ScenarioError, TypeError):
        return []


def _linked(scene, items):
    """Return what an address shows, without the words that only say how."""
    for name in INNER:
        if name in items:
            yield from _linked(scene, dict(parse_qsl(items[name])))
    yield from _read(scene, {name: value for name, value in items.items() if name in SCENES[scene].fields()})


def _literals(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            pairs = [(key.value, value) for key, value in zip(node.keys, node.values, strict=True) if _is_word(key)]
        elif isinstance(node, ast.Call):
            pairs = [(keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg]
        else:
            continue
        items = {}
        for name, value in pairs:
            try:
                items[name] = ast.literal_eval(value)
            except ValueError:
                continue
        if items:
            yield items


def _is_word(key):
    return isinstance(key, ast.Constant) and isinstance(key.value, str)


def _of_lesson(lesson):
    asked = []

    def simulate(scenario):
        asked.append(scenario)
        return outcome(scenario)

    evaluate(lesson, simulate)
    return asked


def entry(scenario: Scenario) -> dict[str, object]:
    """Return what is compared of a scenario: figures exactly, the title, and a hash of each column.

    Parameters
    ----------
    scenario : Scenario
        It is run.

    Returns
    -------
    dict
        JSON values: `title`; `figures`, name to value; `columns`, "table.column" to hash. Of a run that is refused
        while it runs: `refused`, the sentence.
    """
    try:
        run = scenario.simulate()
    except ScenarioError as error:
        return {"refused": str(error)}
    figures = {name: _plain(figure.value) for name, figure in run.figures.items()}
    return {"title": str(run.title), "figures": figures, "columns": _columns(run)}


def _plain(value):
    return value.item() if isinstance(value, np.generic) else value


def _columns(run: Run):
    found = {
        "trace.duration": _hash(run.trace.duration),
        "trace.marks": _hash([f"{mark.t} {mark.name}" for mark in run.trace.marks]),
    }
    tables = {name: table.columns for name, table in run.trace.tables.items()}
    charts = getattr(run, "charts", {})  # where runs once had what charts draw, beside the trace
    for name, columns in (tables | charts).items():
        for key, column in columns.items():
            found[f"{name}.{key}"] = _hash(column)
    return found


def _hash(values):
    """Hash numbers by their values, whatever holds them, and words as they are."""
    array = np.asarray(values)
    if array.dtype.kind in "buif" or (array.dtype == object and None in array.tolist()):
        return hashlib.sha256(array.astype(np.float64).tobytes()).hexdigest()[:12]
    return hashlib.sha256(json.dumps(array.tolist()).encode()).hexdigest()[:12]


def compare(old: dict, new: dict) -> tuple[list[str], str]:
    """Compare two corpora.

    Parameters
    ----------
    old, new : dict
        Address to `entry`.

    Returns
    -------
    differences : list of str
        One sentence each.
    counts : str
        How much was compared, and what is on one side only.
    """
    differences, n_compared, alone = [], 0, {}
    for address in sorted(old.keys() & new.keys()):
        before, after = old[address], new[address]
        if ("refused" in before) != ("refused" in after):
            differences.append(f"{address}: refused on one side: {before.get('refused') or after.get('refused')}")
            continue
        for kind in ("figures", "columns"):
            for name in before.get(kind, {}).keys() ^ after.get(kind, {}).keys():
                side = "old" if name in before[kind] else "new"
                alone[f"{kind[:-1]} {name}, {side}"] = alone.get(f"{kind[:-1]} {name}, {side}", 0) + 1
        for name, (was, now) in _pairs(before, after).items():
            n_compared += 1
            if repr(was) != repr(now):
                differences.append(f"{address}: {name} was {was!r}, is {now!r}")
    only = (
        f"{len(old.keys() - new.keys())} addresses in the old one only, {len(new.keys() - old.keys())} in the new one"
    )
    counts = (
        f"{n_compared:,} values of {len(old.keys() & new.keys())} addresses compared, {len(differences)} differ; {only}"
    )
    return differences, "\n".join([counts, *(f"{n} × {name} one only" for name, n in sorted(alone.items()))])


def _pairs(before, after):
    found = {name: (before[name], after[name]) for name in ("refused", "title") if name in before}
    for kind in ("figures", "columns"):
        names = before.get(kind, {}).keys() & after.get(kind, {}).keys()
        found |= {f"{kind[:-1]} {name}": (before[kind][name], after[kind][name]) for name in sorted(names)}
    return found


if __name__ == "__main__":
    main(*sys.argv[1:] or [""])
