"""The course: the lessons that come with Waferscope, and those of a teacher's own folder.

A file is read once, and again after it has changed. One with a mistake is left out, and `broken` says why: the other
lessons go on.
"""

import threading
from pathlib import Path

from lessons.lesson import Choice, Curve, Lesson, LessonError
from lessons.reading import read_lesson, slug_of

COURSE = Path(__file__).parent / "course"
TEMPLATE = Path(__file__).parent / "template.md"

MAX_WORDS = 40  # of prose in a step: more is not read beside a picture that moves

_read: dict[Path, tuple[tuple[int, int], Lesson | LessonError]] = {}  # by file: time and size, and what was in it
_reading = threading.Lock()  # a class that opens the course reads it once


def course(extra_dir: Path | None = None, lang: str = "en") -> list[Lesson]:
    """Return the lessons.

    Parameters
    ----------
    extra_dir : Path, optional
        A teacher's folder: its lessons come after those of the course, or replace those with the same name.
    lang : str
        Language wanted; a lesson that lacks it comes in English, or else as it is.

    Returns
    -------
    list of Lesson
        In the order of their file names, the course first. Those that `broken` names are left out.
    """
    lessons: dict[str, Lesson] = {}
    for entries in _folders(extra_dir):
        found: dict[str, Lesson] = {}
        for lesson in entries:
            if isinstance(lesson, LessonError):
                continue
            kept = found.get(lesson.slug)
            if kept is None or lesson.lang == lang or (lesson.lang == "en" and kept.lang != lang):
                found[lesson.slug] = lesson
        lessons |= found
    return list(lessons.values())


def broken(extra_dir: Path | None = None) -> list[LessonError]:
    """Return the first mistake of each file that is no lesson, in the order of the files.

    Parameters
    ----------
    extra_dir : Path, optional
        A teacher's folder; one that cannot be found is a mistake itself.

    Returns
    -------
    list of LessonError
        Empty where every file is a lesson.
    """
    return [entry for entries in _folders(extra_dir) for entry in entries if isinstance(entry, LessonError)]


def mistake_in(slug: str, extra_dir: Path | None = None) -> LessonError | None:
    """Return why the lesson of that name is left out; None where no file has the name."""
    return next((error for error in broken(extra_dir) if slug_of(error.path) == slug), None)


def _folders(extra_dir):
    return [_folder(Path(folder)) for folder in (COURSE, extra_dir) if folder is not None]


def _folder(folder):
    """Return what each file of a folder holds: a lesson or a mistake."""
    if not folder.is_dir():
        return [LessonError(folder, 1, "a folder of lessons is needed")]
    entries, named = [], {}
    for path in sorted(path for path in folder.glob("[!.]*") if path.suffix.lower() == ".md"):
        entry = _file(path)
        if isinstance(entry, Lesson):
            first = named.setdefault((entry.slug, entry.lang), path)
            if first != path:
                entry = LessonError(path, 1, f"the lesson {entry.slug!r} is in {first.name} already")
        entries.append(entry)
    return entries


def _file(path):
    try:
        about = path.stat()
        stamp = about.st_mtime_ns, about.st_size
    except OSError:
        stamp = None  # `read_lesson` says why
    with _reading:
        kept = _read.get(path)
        if kept is None or kept[0] != stamp:
            try:
                entry = read_lesson(path)
            except LessonError as error:
                entry = LessonError(path, error.line, error.sentence)  # without the frames it was raised in
            kept = _read[path] = (stamp, entry)
    return kept[1]


def notes(lesson: Lesson) -> list[str]:
    """Say what a lesson of the course would have and this one has not.

    Parameters
    ----------
    lesson : Lesson
        As read.

    Returns
    -------
    list of str
        Sentences with the line first; empty for a lesson in the full form.
    """
    questions = [step.question for step in lesson.steps]
    predictions = [q for q in questions if isinstance(q, Curve) or (isinstance(q, Choice) and q.kind == "ask")]
    rules = [
        (6 <= len(lesson.steps) <= 9, f"a lesson has from 6 to 9 steps, this one has {len(lesson.steps)}"),
        (6 <= lesson.minutes <= 10, f"a lesson takes from 6 to 10 minutes, this one {lesson.minutes}"),
        (len(predictions) >= 2, f"a lesson has at least two predictions (ask, draw), this one has {len(predictions)}"),
        (any(q and q.wafer_loses for q in questions), "one question is one that the wafer loses (wafer_loses: true)"),
        (any(step.exercise for step in lesson.steps), "one step has an exercise in the open scene (try)"),
        (any(getattr(q, "kind", "") == "transfer" for q in questions), "one step asks a transfer question"),
        (bool(lesson.misconceptions), "the teacher's page wants misconceptions"),
        (bool(lesson.discussion), "the teacher's page wants questions for discussion"),
    ]
    said = [f"1: {sentence}" for kept, sentence in rules if not kept]
    for step in lesson.steps:
        n_words = len(step.prose.text.split())
        if n_words > MAX_WORDS:
            said.append(f"{step.title.line}: {step.title.text!r} has {n_words} words, at most {MAX_WORDS} are read")
        if isinstance(step.question, Choice) and step.question.kind == "ask" and not step.question.why:
            said.append(f"{step.question.line}: after the result, a prediction asks for the reason (why)")
    return said
