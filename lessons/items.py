"""What a program can see of questions that give their answers away."""

import re
from collections.abc import Sequence

from engine.language import Message, language, message
from lessons.lesson import Lesson, Option
from lessons.ready import ReadyCurve, ReadyLesson, ReadyOption

FEW = 3  # questions, with fewer nobody sees a habit

_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"(?<![\w-])\d")  # not that of a name: A100, CS-2


def giveaway(options: Sequence[Option], ready: Sequence[ReadyOption]) -> Message | None:
    """Say by what an answer stands out to somebody who knows nothing of the matter.

    Parameters
    ----------
    options : sequence of Option
        As written.
    ready : sequence of ReadyOption
        The same, with their placeholders filled.

    Returns
    -------
    Message or None
        The rule that is broken, and the answers that break it. Of the answers with a number, all are computed or none
        is; all have a unit or none has; and a number stands in more than the right one.
    """
    shown = [
        (_TAG.sub("", answer.text), "{{" in option.text.text, answer.right)
        for option, answer in zip(options, ready, strict=True)
    ]
    shown = [entry for entry in shown if _NUMBER.search(entry[0])]
    computed = [text for text, filled, _ in shown if filled]
    typed = [text for text, filled, _ in shown if not filled]
    if computed and typed:
        return message("lesson_giveaway_computed", computed=computed[0], typed=typed[0])
    if len(shown) == 1 and computed and shown[0][2]:
        return message("lesson_giveaway_number", answer=computed[0])
    bare = [text for text, *_ in shown if not re.search(r"[^\W\d_]|%", re.split(r"\d(?!.*\d)", text)[-1])]
    if bare and len(bare) < len(shown):
        return message("lesson_giveaway_unit", answer=bare[0])
    return None


def habits(lesson: Lesson, ready: ReadyLesson) -> list[tuple[int, Message]]:
    """Say by which habit of its author the right answers of a lesson can be told.

    A program cannot tell a habit from chance, so this is for an author to look at, and no mistake.

    Parameters
    ----------
    lesson : Lesson
        As read.
    ready : ReadyLesson
        The same, evaluated.

    Returns
    -------
    list of tuple of int and Message
        The line, and what is to be seen there: right answers, or right reasons, that are mostly the longest; and
        questions in which reasons are given by wrong answers only, or by the right one only.
    """
    read = [*(step.question for step in lesson.steps), *lesson.recall]
    shown = [*(step.question for step in ready.steps), *ready.recall]
    asked = [(at.line, of) for at, of in zip(read, shown, strict=True) if of and not isinstance(of, ReadyCurve)]
    found = []
    for name, groups in (
        ("lesson_note_longest", [question.options for _, question in asked]),
        ("lesson_note_longest_reason", [question.why for _, question in asked if question.why]),
    ):
        n = sum(_longest(group).right for group in groups if _longest(group))
        if len(groups) >= FEW and n > len(groups) / 2:
            found.append((1, message(name, n=n, total=len(groups))))
    words = language(lesson.lang)("lesson_reason_words").split(", ")
    gives_reason = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE).search
    for line, question in asked:
        reasoned = [option for option in question.options if gives_reason(_TAG.sub("", option.text))]
        if len({option.right for option in reasoned}) == 1:
            [*_, last], right = reasoned, "yes" if reasoned[0].right else "no"
            found.append((line, message("lesson_note_reasons", right=right, answer=_TAG.sub("", last.text))))
    return found


def _longest(options):
    """Return the option that is longer than every other, None where two are equally long."""
    *_, second, first = sorted(options, key=lambda option: len(_TAG.sub("", option.text)))
    return first if len(_TAG.sub("", first.text)) > len(_TAG.sub("", second.text)) else None
