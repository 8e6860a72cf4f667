"""The lessons of the course hold: every claim is true, every question has one right answer, the form is complete."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from lessons.catalogue import COURSE, TEMPLATE, notes
from lessons.evaluation import evaluate
from lessons.items import habits
from lessons.reading import read_lesson

pytestmark = pytest.mark.slow

FILES = sorted(COURSE.glob("*.md"))
DOCS = Path(__file__).parents[2] / "docs" / "write-a-lesson.md"


@cache
def ready(path):
    lesson = read_lesson(path)
    return evaluate(lesson)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_claim_is_true_and_every_question_has_one_right_answer(path):
    assert notes(read_lesson(path)) == []
    assert ready(path).steps


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_habit_gives_the_answers_away(path):
    assert habits(read_lesson(path), ready(path)) == []


def test_who_always_takes_the_same_place_is_mostly_wrong():
    questions = [step.question for path in FILES for step in ready(path).steps]
    rights = [[option.right for option in question.options] for question in questions if hasattr(question, "options")]
    places = Counter(right.index(True) for right in rights if len(right) == 3)
    assert max(places.values()) < 0.5 * places.total(), places


def numbers(html):
    """Return the numbers of a text as they are written."""
    text = re.sub(r"<[^>]*>", "", html)
    return {
        found.strip(" .,\u00a0\u202f") for found in re.findall(r"\d[\d.,\u00a0\u202f]*(?:\s×\s10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", text)
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_value_that_decides_a_prediction_is_drawn_on_the_stage(path):
    asked = [step for step in ready(path).steps if getattr(step.question, "kind", "") == "ask"]
    assert asked
    for step in asked:
        evidence, right = step.evidence, next(option for option in step.question.options if option.right)
        bars = evidence.bars.bars if evidence.bars else ()
        drawn = numbers(" | ".join(f"{bar.label} | {bar.said} | {bar.times}" for bar in bars))
        told = numbers(f"{right.text} | {right.feedback}")
        assert drawn & told or not told, f"{path.name}, {step.title}: of {told} the bars show none, but {drawn}"
        assert bars or evidence.beside or evidence.chart or evidence.run_to, f"{path.name}, {step.title}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.slow
def test_no_result_is_typed_by_hand(path):
    for step in read_lesson(path).steps:
        prose = re.sub(r"\{\{.*?\}\}|`.*?`|\b20[12]\d\b", "", step.prose.text)  # years are dates
        typed = re.findall(r"(?<![\w.])\d[\d\s.,]*\d(?![\w)])", prose)
        settings = {source.text for source in step.settings.values() if not isinstance(source, tuple)}
        assert set(typed) <= settings, f"{path.name}:{step.title.line}"


def test_the_lesson_that_new_writes_holds(tmp_path):
    path = tmp_path / "my-lesson.md"
    path.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    evaluate(read_lesson(path))


def test_the_lesson_in_the_docs_holds(tmp_path):
    example = re.search(r"```markdown\n(.*?)\n```\n", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "01-my-first.md"
    path.write_text(example[1], encoding="utf-8")
    lesson = evaluate(read_lesson(path))
    assert [step.title for step in lesson.steps] == ["Straight ahead", "Around the corner", "Your turn"]
    assert lesson.steps[-1].exercise
