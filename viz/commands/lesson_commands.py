"""`waferscope lesson`: check a lesson's file, list what it may name, start a new one, pack one for a platform."""

import sys
from pathlib import Path
from typing import Annotated

import param
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.language import language, message
from lessons.catalogue import TEMPLATE, course, mistake_in, notes
from lessons.evaluation import evaluate
from lessons.items import habits
from lessons.lesson import LessonError
from lessons.reading import read_lesson
from lessons.scope import Scope, facts, outcome

PIPED = 200  # columns of a table that no terminal shows

app = typer.Typer(
    no_args_is_help=True, help="Write lessons: check a file, list what it may name, start a new one, pack one."
)


@app.command()
def check(files: Annotated[list[Path], typer.Argument(help="Lessons, as Markdown files.")]):
    """Read lessons, run their scenarios, and say what is wrong with them."""
    n_wrong = 0
    for file in files:
        try:
            lesson = read_lesson(file)
            ready = evaluate(lesson)
        except LessonError as error:
            n_wrong += 1
            print(error, file=sys.stderr)  # noqa: T201
            continue
        questions = [step.question for step in lesson.steps if step.question]
        claims = [claim for step in lesson.steps for claim in step.claims]
        counts = {"step": lesson.steps, "question": questions, "claim": claims}
        counted = (f"{len(found)} {name}{'s' if len(found) != 1 else ''}" for name, found in counts.items())
        typer.echo(f"{file}: OK: {', '.join(counted)}")
        for line, note in notes(lesson) + habits(lesson, ready):
            typer.echo(f"{file}:{line}: {note}")
    if n_wrong:
        sys.exit(2)


@app.command()
def names(
    file: Annotated[Path, typer.Argument(help="A lesson, as a Markdown file.")],
    step: Annotated[int, typer.Option(min=1, help="Number of the step.")] = 1,
):
    """List what the expressions of a step may name, with its value: parameters and their choices, figures and marks."""
    lesson = read_lesson(file)
    if step > len(lesson.steps):
        raise typer.BadParameter(f"--step must be at most {len(lesson.steps)}, got {step}")
    shown = lesson.steps[step - 1]
    scope = Scope(lesson.path, shown.title.line, shown.scene, shown.settings, outcome)
    t, scenario = language("en"), scope.scenario

    def told(name):
        parameter = scenario.param[name]
        offered = scenario.choices(name) if isinstance(parameter, param.Selector) else []
        words = ", ".join(str(choice) for choice in offered if choice is not None)
        return f"{parameter.doc} Offered: {words}." if words else parameter.doc

    rows = [(name, "auto" if value is None else str(value), told(name)) for name, value in scenario.values().items()]
    for kind, figures in (("figures", scope.outcome.figures), ("marks", scope.outcome.marks)):
        rows += [(f"{kind}.{name}", figure.words(t), t.said(figure.label)) for name, figure in figures.items()]
    _print(rows)


@app.command("facts")
def list_facts(word: Annotated[str, typer.Argument(help="Part of a name, as in wse2.")] = ""):
    """List the published figures that a lesson may quote by fact("NAME"), with their sources."""
    t = language("en")
    _print(
        (name, t.quantity(cited.value, cited.unit), f"{cited.source} ({cited.kind})")
        for name, cited in facts().items()
        if word in name
    )


def _print(rows):
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    for row in rows:
        grid.add_row(*map(escape, row))
    Console(width=None if sys.stdout.isatty() else PIPED).print(grid)


@app.command()
def new(file: Annotated[Path, typer.Argument(help="Where to write it, as in my-lesson.md.")]):
    """Write a small lesson that works, as a start for your own."""
    if file.exists():
        raise LessonError(file, 1, message("lesson_exists"))
    try:
        file.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        raise LessonError(file, 1, message("lesson_unwritten", why=error.strerror)) from error
    typer.echo(f"{file}: written; change it, then run: waferscope lesson check {file}")


@app.command()
def scorm(
    slug: Annotated[str, typer.Argument(help="Name of a lesson, as in its address /course/NAME.")],
    to: Annotated[Path, typer.Option(help="The package, a file ending in .zip.")],
    lang: Annotated[str, typer.Option(help="Language of the page, and of the lesson if it has one.")] = "en",
    lessons: Annotated[
        Path | None, typer.Option(help="A folder with lessons of your own.", exists=True, file_okay=False)
    ] = None,
    site: Annotated[
        str, typer.Option(envvar="WAFERSCOPE_SITE", help="Address of a Waferscope that learners can reach, for links.")
    ] = "",
):
    """Pack a lesson as SCORM 1.2 for a learning platform, which records its score."""
    from viz.documents.export.scorm import scorm_package  # brings the pages, which `check` does not need

    known = {lesson.slug: lesson for lesson in course(lessons, lang)}
    if slug not in known:
        if mistake := mistake_in(slug, lessons):
            raise mistake
        raise typer.BadParameter(f"there is no lesson {slug!r}; there are {', '.join(known)}")
    texts = language(lang)
    ready = evaluate(known[slug])
    try:
        to.write_bytes(scorm_package(ready, texts, site))
    except OSError as error:
        raise typer.BadParameter(f"{to} cannot be written: {error.strerror}") from error
    typer.echo(f"{to}  {to.stat().st_size / 1e3:.0f} kB")
