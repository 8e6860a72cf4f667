"""The course: the lessons that come with Waferscope, and those of a teacher's own folder."""

from pathlib import Path

from lessons.lesson import Choice, Curve, Lesson, LessonError
from lessons.reading import read_lesson

COURSE = Path(__file__).parent / "course"
TEMPLATE = Path(__file__).parent / "template.md"

MAX_WORDS = 40  # of prose in a step: more is not read beside a picture that moves


def course(extra_dir: Path | None = None, lang: str = "en") -> list[Lesson]:
    """Read the lessons.

    Parameters
    ----------
    extra_dir : Path, optional
        A teacher's folder: its lessons come after those of the course, or replace those with the same name.
    lang : str
        Language wanted; a lesson that lacks it comes in English, or else as it is.

    Returns
    -------
    list of Lesson
        In the order of their file names, the course first.

    Raises
    ------
    LessonError
        For the first mistake in any of them, and for a folder that is none.
    """
    lessons: dict[str, Lesson] = {}
    for folder in (COURSE, extra_dir):
        if folder is None:
            continue
        if not Path(folder).is_dir():
            raise LessonError(Path(folder), 1, "a folder of lessons is needed")
        found: dict[str, Lesson] = {}
        for path in sorted(Path(folder).glob("[0-9a-z]*.md")):
            lesson = read_lesson(path)
            kept = found.get(lesson.slug)
            if kept is None or lesson.lang == lang or (lesson.lang == "en" and kept.lang != lang):
                found[lesson.slug] = lesson
        lessons |= found
    return list(lessons.values())


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
