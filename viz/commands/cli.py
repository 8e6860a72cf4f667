"""The command `waferscope`: serve, run, sweep, bench, check, lesson."""

import json
import math
import sys
from importlib import import_module
from pathlib import Path
from statistics import mean, median
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from typer.exceptions import TyperException

from engine.cluster.planner.accuracy import FAMILIES
from engine.language import language
from engine.published import Comparison
from engine.scenarios import SCENES, ScenarioError, scenario_class
from lessons.catalogue import broken
from lessons.lesson import LessonError
from viz.commands import lesson_commands
from viz.commands import sweep as sweeps
from viz.heap import keep_memory

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(lesson_commands.app, name="lesson")
console = Console()
ENGLISH = language("en")

PARTS = tuple(scene.part for scene in SCENES.values())

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


class Refused(Exception):
    """Bad input: becomes one sentence on standard error and exit code 2."""


@app.command()
def run(
    scene: Annotated[str, typer.Argument(help=f"One of {', '.join(SCENES)}.")],
    settings: Annotated[list[str] | None, typer.Argument(help="Parameters as key=value.")] = None,
    as_json: AsJson = False,
    trace: Annotated[Path | None, typer.Option(help="Write the packed run to this file.")] = None,
):
    """Run one scenario and print its figures."""
    scenario = scenario_class(scene).read(_pairs(settings or []))
    with _progress() as bar:
        task = bar.add_task(scene, total=1.0)
        result = scenario.simulate(lambda share: bar.update(task, completed=share))
    if trace:
        try:
            trace.write_bytes(result.packed())
        except OSError as error:
            raise Refused(f"trace must be a file that can be written, got {str(trace)!r}: {error.strerror}") from error
    if as_json:
        figures = {
            name: {"value": figure.value, "unit": figure.unit, "kind": figure.kind}
            for name, figure in result.figures.items()
        }
        _print_json({"scene": scene, "scenario": result.scenario, "figures": figures})
        return
    grid = Table("figure", "value", "unit", "kind", "from", title=str(result.title), title_justify="left")
    for name, figure in result.figures.items():
        grid.add_row(name, *figure.parts(ENGLISH), figure.kind, str(figure.source))
    console.print(grid)


@app.command()
def sweep(
    scene: Annotated[str, typer.Argument(help=f"One of {', '.join(SCENES)}.")],
    ranges: Annotated[
        list[str] | None, typer.Argument(help="Parameters as key=value, key=1,2,4, key=8..64+8 or key=8..1024*2.")
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--from", help="CSV file of scenarios, one column per parameter.")
    ] = None,
    target: Annotated[Path, typer.Option("--to", help="CSV file of results; rows already in it are kept.")] = Path(
        "results.csv"
    ),
    processes: Annotated[int | None, typer.Option(min=1, help="Number of processes; by default one per core.")] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Run on a Dask cluster instead, such as tcp://host:8786.")
    ] = None,
):
    """Run many scenarios and write one row of results for each.

    All combinations of the given values run on all cores. If a scenario is refused, the column error says why.
    Stop with Ctrl-C when you like: the same command continues where it stopped.

    waferscope sweep scaling model=gpt3-175b n_devices=64..4096*2 global_batch=1536 --to curve.csv

    waferscope sweep memory --from chips.csv batch=1,8,64
    """
    if scheduler and processes:
        raise Refused("--processes must not be given with --scheduler, whose workers are as many as they are")
    n_done, n_failed = 0, 0

    def told(finished, failed, total):
        nonlocal n_done, n_failed
        n_done, n_failed = finished, failed
        bar.update(task, completed=finished, total=total, failed=f"{failed:,} refused" if failed else "")

    try:
        scenarios = sweeps.from_ranges(scene, _pairs(ranges or []), sweeps.from_file(source) if source else None)
        with (
            _progress(MofNCompleteColumn(), TextColumn("{task.fields[failed]}")) as bar,
            sweeps.cluster(scheduler) if scheduler else sweeps.processes(processes) as pool,
        ):
            task = bar.add_task(scene, total=len(scenarios), failed="")
            sweeps.sweep(scene, scenarios, target, pool, told)
    except OSError as error:
        name = str(error.filename).removesuffix(sweeps.PART)
        raise Refused(f"--from and --to must be files, got {name!r}: {error.strerror}") from error
    except KeyboardInterrupt:
        print(f"waferscope: stopped with {n_done:,} scenarios in {target}; the same command continues", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    console.print(f"{n_done:,} scenarios in {target}, {n_failed:,} of them refused with a reason in the column error")


@app.command()
def export(
    scene: Annotated[str, typer.Argument(help=f"One of {', '.join(SCENES)}.")],
    to: Annotated[
        Path,
        typer.Option(
            help="A file ending in .html .json .csv .pftrace .log .png .svg .gif .mp4 .pptx, or a folder for all."
        ),
    ],
    settings: Annotated[list[str] | None, typer.Argument(help="Parameters and view settings as key=value.")] = None,
    site: Annotated[
        str, typer.Option(envvar="WAFERSCOPE_SITE", help="Address of a Waferscope that people can reach, for links.")
    ] = "",
):
    """Write one scenario as a page, a picture, a film, a slide, figures, a trace or a log."""
    from viz.documents.embed import RULES  # brings the pages, which `run` does not need
    from viz.documents.export import ExportError
    from viz.documents.export import export as write

    pairs = _pairs(settings or [])
    view = {name: pairs.pop(name) for name in RULES if name in pairs}
    scenario = scenario_class(scene).read(pairs)
    with _progress() as bar:
        tasks = {"simulating": bar.add_task("simulating", total=1.0)}
        result = scenario.simulate(lambda share: bar.update(tasks["simulating"], completed=share))

        def told(name, share):
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=1.0)
            bar.update(tasks[name], completed=share)

        try:
            files = write(scenario, result, view, to, site=site, told=told)
        except ExportError as error:
            raise Refused(str(error)) from error
    for file in files:
        print(f"{file}  {file.stat().st_size / 1e3:.0f} kB")  # noqa: T201


@app.command()
def check(
    as_json: AsJson = False,
    summary: Annotated[
        bool, typer.Option("--summary", help="Print the tables of README.md and docs/accuracy.md instead.")
    ] = False,
):
    """Compare the engine with published figures: its error with their set-up, and with one that it chooses itself."""
    by_scene = comparisons()
    rows = [row for scene in by_scene.values() for row in scene]
    if summary:
        print("\n".join([*overview_lines(by_scene), "", *summary_lines(rows)]))  # noqa: T201
        return
    if as_json:
        derived = ("error", "auto_error", "inside", "is_verification")
        _print_json([vars(row) | {name: getattr(row, name) for name in derived} for row in rows])
        return
    for heading, some in _parts(rows).items():
        console.rule(heading, align="left")
        for name in dict.fromkeys(row.set_name for row in some):
            console.print(_comparison_table(name, [row for row in some if row.set_name == name]))
    for part in PARTS:
        if missing := getattr(import_module(f"{part}.published"), "NOT_COMPARED", ""):
            console.print(f"Not compared: {missing}")


def comparisons() -> dict[str, list[Comparison]]:
    """Return the rows of every scene, by its name."""
    return {name: list(import_module(f"{scene.part}.published").comparisons()) for name, scene in SCENES.items()}


def overview_lines(by_scene: dict[str, list[Comparison]]) -> list[str]:
    """Return a Markdown table with one line for each subject: how far the engine is from what was published.

    Parameters
    ----------
    by_scene : dict of str to list of Comparison
        As `comparisons` returns them.

    Returns
    -------
    list of str
        Lines; the errors are absolute, over published rows that were not used to calibrate.
    """
    subjects: dict[str, list[float]] = {}
    for scene, rows in by_scene.items():
        for row in rows:
            if row.used == "test" and not row.is_verification:
                subjects.setdefault(_subject(scene, row.set_name), []).append(abs(row.error))
    lines = ["| scene | published rows | median error | nine of ten rows are within |", "|---|---|---|---|"]
    for subject, errors in subjects.items():
        within = sorted(errors)[math.ceil(0.9 * len(errors)) - 1]
        lines.append(f"| {subject} | {len(errors)} | {median(errors):.1%} | {within:.0%} |")
    return lines


def _subject(scene, set_name):
    """Name what a set is about: its scene, and in Scaling also what was measured."""
    name = ENGLISH(f"scene_{scene}")
    if scene != "scaling":
        return name
    if set_name.startswith("All-reduce"):
        return f"{name}: sums between GPUs"
    return f"{name}: steps on {'CS systems' if FAMILIES['cs'](set_name) else 'GPUs'}"


def summary_lines(rows: list[Comparison]) -> list[str]:
    """Return Markdown tables with the errors of each set: those of published rows, then those of verification.

    Parameters
    ----------
    rows : list of Comparison
        In the order of their sets.

    Returns
    -------
    list of str
        Lines; the errors are absolute, over the rows that were not used to calibrate where there are any. On auto, the
        engine is told only what was trained, on which devices and in which year.
    """
    lines = []
    for heading, part in _parts(rows).items():
        columns = (heading, "rows", "mean error", "median error", "mean error on auto", "inside the interval")
        lines += ["", f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
        for name in dict.fromkeys(row.set_name for row in part):
            mine = [row for row in part if row.set_name == name]
            tested = [row for row in mine if row.used == "test"]
            errors = [abs(row.error) for row in tested or mine]
            used = f"{len(errors)} tested" if tested else f"{len(errors)} calibrated"
            cells = (
                name, f"{used} of {len(mine)}", f"{mean(errors):.1%}", f"{median(errors):.1%}",
                _on_auto(tested or mine), _covered(mine),
            )  # fmt: skip
            lines.append(f"| {' | '.join(cells)} |")
    return lines[1:]


def _parts(rows):
    """Return what was published and what only verifies, each with its rows."""
    return {
        "published set": [row for row in rows if not row.is_verification],
        "verification: the engine against formulas and arithmetic": [row for row in rows if row.is_verification],
    }


def _on_auto(rows):
    """Return the mean error where the engine chooses program and layout, of all rows of trainings that it takes."""
    errors = [abs(row.auto_error) for row in rows if row.auto is not None]
    return f"{mean(errors):.1%}" if errors else ""


def _covered(rows):
    """Say how many published values lie in the engine's interval, where it gives one."""
    given = [row.inside for row in rows if row.inside is not None]
    return f"{sum(given)} of {len(given)}" if given else ""


def _comparison_table(name: str, rows: list[Comparison]) -> Table:
    errors = [abs(row.error) for row in rows]
    covered = _covered(rows)
    auto = _on_auto(rows)
    optional = [*(["interval"] if covered else []), "unit", "error", *(["on auto"] if auto else [])]
    columns = ("set-up", "published", "engine", *optional, "kind", "used to")
    grid = Table(*columns, title=name, title_justify="left")
    for row in rows:
        grid.add_row(
            row.row,
            ENGLISH.number(row.published),
            ENGLISH.number(row.engine),
            *([] if not covered else [""] if row.inside is None else [ENGLISH.between(row.low, row.high, "")]),
            row.unit,
            f"{row.error:+.1%}",
            *([] if not auto else [""] if row.auto is None else [f"{row.auto_error:+.1%}"]),
            row.kind,
            row.used,
        )
    inside = f", {covered} published values inside the interval" if covered else ""
    by_itself = f", on auto {auto}" if auto else ""
    grid.caption = f"mean |error| {mean(errors):.1%}, median {median(errors):.1%}{by_itself}{inside} · {rows[0].source}"
    grid.caption_justify = "left"
    return grid


@app.command()
def bench(as_json: AsJson = False):
    """Compare speeds and sizes with their budgets, measured in a process that keeps its memory like a server."""
    keep_memory()
    modules = [f"{part}.bench" for part in (*PARTS, "viz.commands")] + ["viz.commands.bench_page"]
    rows = [row for name in modules for row in import_module(name).measurements()]
    if as_json:
        _print_json([{**vars(row), "kept": row.kept} for row in rows])
        return
    grid = Table("what", "measured", "unit", "budget", "kept")
    for row in rows:
        bound = "" if row.budget is None else f"{'≥' if row.at_least else '≤'} {ENGLISH.number(row.budget)}"
        grid.add_row(row.name, ENGLISH.number(row.value), row.unit, bound, "yes" if row.kept else "NO")
    console.print(grid)


@app.command()
def serve(
    port: Annotated[int, typer.Option(envvar="PORT", min=0, max=65535, help="Port to listen on.")] = 5006,
    lessons: Annotated[
        Path | None, typer.Option(help="A folder with lessons of your own.", exists=True, file_okay=False)
    ] = None,
):
    """Serve the app and print its address."""
    for mistake in broken(lessons):  # said now, not to the first reader; the other lessons are served
        print(mistake, file=sys.stderr)  # noqa: T201
    from viz.web.app import serve as serve_app  # Panel takes a second to import, and `run` does not need it

    serve_app(port, lessons)


def main():
    """Run the command line; bad input gives one sentence and exit code 2."""
    try:
        app(standalone_mode=False)
    except (ScenarioError, LessonError, Refused) as error:
        _refuse(str(error))
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except typer.Abort:
        sys.exit(130)
    except TyperException as error:
        _refuse(error.format_message())


def _progress(*columns):
    errors = Console(stderr=True)
    return Progress(
        *Progress.get_default_columns(), *columns, console=errors, transient=True, disable=not errors.is_terminal
    )


def _refuse(sentence):
    print(f"waferscope: {sentence}", file=sys.stderr)  # noqa: T201
    sys.exit(2)


def _pairs(settings):
    pairs = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals:
            raise Refused(f"a parameter must be given as key=value, got {setting!r}")
        if key in pairs:
            raise Refused(f"{key} must be given once, got it twice")
        pairs[key] = value
    return pairs


def _print_json(value):
    print(json.dumps(value, indent=2, allow_nan=False))  # noqa: T201
