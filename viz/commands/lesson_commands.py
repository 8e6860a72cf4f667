"""`waferscope lesson`: check a lesson's file, start a new one, pack one for a learning platform."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from engine.language import language, message
from lessons.catalogue import TEMPLATE, course, mistake_in, notes
from lessons.evaluation import evaluate
from lessons.lesson import LessonError
from lessons.reading import read_lesson

app = typer.Typer(no_args_is_help=True, help="Write lessons: check a file, start a new one, pack one.")


@app.command()
def check(files: Annotated[list[Path], typer.Argument(help="Lessons, as Markdown files.")]):
    """Read lessons, run their scenarios, and say what is wrong with them."""
    n_wrong = 0
    for file in files:
        try:
            lesson = read_lesson(file)
            evaluate(lesson)
        except LessonError as error:
            n_wrong += 1
            print(error, file=sys.stderr)  # noqa: T201
            continue
        questions = [step.question for step in lesson.steps if step.question]
        claims = [claim for step in lesson.steps for claim in step.claims]
        counts = {"step": lesson.steps, "question": questions, "claim": claims}
        counted = (f"{len(found)} {name}{'s' if len(found) != 1 else ''}" for name, found in counts.items())
        typer.echo(f"{file}: OK: {', '.join(counted)}")
        for line, note in notes(lesson):
            typer.echo(f"{file}:{line}: {note}")
    if n_wrong:
        sys.exit(2)


@app.command()
def new(file: Annotated[Path, typer.Argument(help="Where to write it, as in my-lesson.md.")]):
    """Write a small lesson that works, to be changed."""
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
    lang: Annotated[str, typer.Option(help="Language of the page, and of the lesson where it has that.")] = "en",
    lessons: Annotated[
        Path | None, typer.Option(help="A folder with lessons of your own.", exists=True, file_okay=False)
    ] = None,
    site: Annotated[
        str, typer.Option(envvar="WAFERSCOPE_SITE", help="Address of a Waferscope that learners can reach, for links.")
    ] = "",
):
    """Pack a lesson as SCORM 1.2 for a learning platform, which notes its score."""
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
