"""`waferscope lesson`: check a lesson's file, start a new one."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from lessons.catalogue import TEMPLATE, notes
from lessons.evaluation import evaluate
from lessons.lesson import LessonError
from lessons.reading import read_lesson

app = typer.Typer(no_args_is_help=True, help="Write lessons: check a file, start a new one.")


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
        n_questions = sum(step.question is not None for step in lesson.steps)
        n_claims = sum(len(step.claims) for step in lesson.steps)
        typer.echo(f"{file}: {len(lesson.steps)} steps, {n_questions} questions, {n_claims} claims, all true")
        for note in notes(lesson):
            typer.echo(f"{file}:{note}")
    if n_wrong:
        sys.exit(2)


@app.command()
def new(file: Annotated[Path, typer.Argument(help="Where to write it, as in my-lesson.md.")]):
    """Write a small lesson that works, to be changed."""
    if file.exists():
        raise LessonError(file, 1, "the file exists already and is left as it is")
    try:
        file.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        raise LessonError(file, 1, f"the file cannot be written: {error.strerror}") from error
    typer.echo(f"{file}: written; change it, then run: waferscope lesson check {file}")
