"""The course: the lessons that come with Waferscope, and those of a teacher's own folder.

A file is read once, and again after it has changed. One with a mistake is left out, and `broken` says why: the other
lessons go on.
"""

import threading
from pathlib import Path

from engine.language import Language, Message, language, message
from lessons.glossary import glossary
from lessons.lesson import Choice, Curve, Lesson, LessonError
from lessons.reading import read_lesson, slug_of
from lessons.terms import unlinked
from lessons.timing import alone

COURSE = Path(__file__).parent / "course"
TEMPLATE = Path(__file__).parent / "template.md"

# Ways through a part of the course, for a class: the message `path_NAME` says what they are about.
PATHS = {
    "architecture": ("one-clock-cycle-away", "a-wavelets-journey", "adding-up"),
    "ml_systems": ("adding-gpus-stops-helping", "one-wafer-then-sixteen", "two-cases-read-critically"),
    "parallel": ("a-wavelets-journey", "adding-up", "multiplying-matrices-without-a-cache", "the-layer-that-streams"),
    "chip": ("what-is-on-the-wafer", "one-clock-cycle-away", "a-chip-with-defects"),
    "training": ("a-thousand-times-in-two-years", "adding-gpus-stops-helping", "half-a-day-to-fifty-days"),
    "claims": ("one-clock-cycle-away", "fifty-thousand-tokens", "two-cases-read-critically"),
}

MAX_MINUTES = 20  # of one person: a class takes more than twice as long
MAX_WORDS = 60  # of prose in a step: more is not read beside a picture that moves

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


def titled(lesson: Lesson, t: Language) -> str:
    """Return the title of a lesson, and its language where that is not the one of a page."""
    if lesson.lang == t.code:
        return lesson.title
    known = f"in_{lesson.lang}"
    return t("titled_in", title=lesson.title, language=t(known) if known in t else lesson.lang.upper())


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
        return [LessonError(folder, 1, message("lesson_folder"))]
    entries, named = [], {}
    for path in sorted(path for path in folder.glob("[!.]*") if path.suffix.lower() == ".md"):
        entry = _file(path)
        if isinstance(entry, Lesson):
            first = named.setdefault((entry.slug, entry.lang), path)
            if first != path:
                entry = LessonError(path, 1, message("lesson_named_twice", slug=entry.slug, file=first.name))
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
                entry = LessonError(path, error.line, error.said)  # without the frames it was raised in
            kept = _read[path] = (stamp, entry)
    return kept[1]


def notes(lesson: Lesson) -> list[tuple[int, Message]]:
    """Say what a lesson of the course would have and this one has not.

    Parameters
    ----------
    lesson : Lesson
        As read.

    Returns
    -------
    list of tuple of int and Message
        The line, and what is missing there; empty for a lesson in the full form.
    """
    questions = [step.question for step in lesson.steps]
    predictions = [q for q in questions if isinstance(q, Curve) or (isinstance(q, Choice) and q.kind == "ask")]
    rules = [
        (6 <= len(lesson.steps) <= 9, message("lesson_note_steps", n=len(lesson.steps))),
        (alone(lesson) <= MAX_MINUTES, message("lesson_note_minutes", n=alone(lesson), most=MAX_MINUTES)),
        (len(predictions) >= 2, message("lesson_note_predictions", n=len(predictions))),
        (any(q and q.wafer_loses for q in questions), message("lesson_note_loses")),
        (any(step.exercise for step in lesson.steps), message("lesson_note_try")),
        (any(getattr(q, "kind", "") == "transfer" for q in questions), message("lesson_note_transfer")),
        (bool(lesson.misconceptions), message("lesson_note_misconceptions")),
        (bool(lesson.discussion), message("lesson_note_discussion")),
        (bool(lesson.opening), message("lesson_note_opening")),
        (bool(lesson.audience and lesson.needs), message("lesson_note_audience")),
        (bool(lesson.plan), message("lesson_note_plan")),
        (bool(lesson.splits), message("lesson_note_splits")),
    ]
    said = [(1, note) for kept, note in rules if not kept]
    for step in lesson.steps:
        n_words = len(step.prose.text.split())
        if n_words > MAX_WORDS:
            note = message("lesson_note_words", title=step.title.text, n=n_words, most=MAX_WORDS)
            said.append((step.title.line, note))
        if isinstance(step.question, Choice) and step.question.kind == "ask" and not step.question.why:
            said.append((step.question.line, message("lesson_note_why")))
    terms = glossary(language(lesson.lang)) | lesson.terms
    said += [
        (line, message("lesson_note_term", term=terms[name].name, name=name)) for line, name in unlinked(lesson, terms)
    ]
    return said
