"""A lesson in another language is the English one in all but its words."""

import pytest

from lessons.catalogue import COURSE
from lessons.lesson import Choice, Curve, Lesson, Source
from lessons.reading import read_lesson

TRANSLATIONS = sorted(COURSE.glob("*.*.md"))  # the language is part of the name


def plain(value):
    """Return a value without the lines on which it stands."""
    if isinstance(value, Source):
        return value.text
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


def asked(question):
    """Return what a question asks, without its words."""
    if isinstance(question, Choice):
        return {
            "question": question.kind,
            "options": [option.right.text for option in question.options],
            "reasons": [option.right.text for option in question.why],
            "evidence": shown(question.evidence),
            "wafer_loses": question.wafer_loses,
        }
    if isinstance(question, Curve):
        return {
            "question": "draw",
            "curve": plain((question.parameter, question.values, question.figure, question.of_mark)),
            "feedback": list(question.feedback),
            "wafer_loses": question.wafer_loses,
        }
    return {"question": None}


def shown(evidence):
    """Return what stands on the stage as evidence, without its words."""
    if evidence is None:
        return None
    values = evidence.bars and (evidence.bars.unit.text, [source.text for source in evidence.bars.values.values()])
    return plain((evidence.run_to, evidence.beside, evidence.chart)), values


def held(step):
    """Return what a step shows, asks and claims, by what an author calls it."""
    exercise = step.exercise
    return {
        "run": plain((step.scene, step.settings, step.hide)),
        **asked(step.question),
        "try": exercise and plain((exercise.goal, exercise.solution)),
        "claims": plain(step.claims),
    }


def behind(lesson: Lesson, english: Lesson) -> list[str]:
    """Say where a translation differs from the English lesson: file, line, step and what."""

    def said(line, where, ours, theirs):
        return [
            f"{lesson.path.name}:{line}: {where}: {name} is {ours.get(name)!r}, in English {theirs.get(name)!r}"
            for name in {**theirs, **ours}
            if ours.get(name) != theirs.get(name)
        ]

    def whole(lesson):
        counted = ("steps", "goals", "needs", "misconceptions", "discussion", "recall")
        titles = [step.title.text for step in lesson.steps]
        return {
            "opening": lesson.opening is not None,
            **{name: len(getattr(lesson, name)) for name in counted},
            "plan": [phase.minutes for phase in lesson.plan],
            "splits": [titles.index(split.step.text) for split in lesson.splits],
        }

    found = said(1, "the lesson", whole(lesson), whole(english))
    for n, (step, original) in enumerate(zip(lesson.steps, english.steps, strict=False), 1):
        found += said(step.title.line, f"step {n}, {step.title.text}", held(step), held(original))
    for n, (question, original) in enumerate(zip(lesson.recall, english.recall, strict=False), 1):
        found += said(question.line, f"recall {n}", asked(question), asked(original))
    return found


def english_of(path):
    return read_lesson(path.with_name(path.name.replace(f".{read_lesson(path).lang}.md", ".md")))


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_a_translation_has_the_steps_questions_claims_and_runs_of_the_english_lesson(path):
    assert behind(read_lesson(path), english_of(path)) == []


def test_what_is_behind_is_named_with_file_line_step_and_what_differs(write):
    english = read_lesson(write())
    german = write(
        ("minutes: 30", "minutes: 40"),
        ("minutes: 15", "minutes: 5"),
        ("## One word", "## Ein Wort"),
        ("figures.cycles == hops\n```", "figures.cycles >= hops\n```"),
        name="a-line.de.md",
    )
    first, second = behind(read_lesson(german), english)
    assert first == "a-line.de.md:1: the lesson: plan is [40, 5], in English [30, 15]"
    line = next(i for i, row in enumerate(german.read_text().split("\n"), 1) if row == "## Ein Wort")
    assert second.startswith(f"a-line.de.md:{line}: step 1, Ein Wort: claims is ")
