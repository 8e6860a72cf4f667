"""How long a lesson takes: reading, predicting, films, exercises and, in a class, what is said about them."""

import re

from lessons.lesson import Choice, Curve, Lesson, Source, Step

WORDS_PER_SECOND = 3  # of prose beside a picture that is looked at too
FILM = 10  # of a prediction, until the run has shown its answer [s]
THINK = {"ask": 25, "draw": 45, "transfer": 25, "recall": 10}  # before somebody decides [s]
EXERCISE = 150  # in the open scene [s]
VOTE = 60  # of a class: until everybody has answered, and what is said about the result [s]
DISCUSSION = 180  # of a class, for each of its questions [s]

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def step_seconds(step: Step) -> float:
    """Return about how long one person takes for a step [s]."""
    exercise = _read(step.exercise.task) + EXERCISE if step.exercise else 0
    return _read(step.prose) + question_seconds(step.question) + exercise


def question_seconds(question: Choice | Curve | None) -> float:
    """Return about how long one person takes for a question and what is said to it [s]."""
    if question is None:
        return 0
    if isinstance(question, Curve):
        return _read(question.question, *question.feedback.values()) / 2 + THINK["draw"]
    options = [*question.options, *question.why]
    asked = _read(question.question, *(option.text for option in options))
    told = 2 * _read(*(option.feedback for option in options)) / len(options)  # of two: one's own and the right one
    return asked + told + THINK[question.kind] + (FILM if question.kind == "ask" else 0)


def alone(lesson: Lesson) -> int:
    """Return how many minutes one person takes for a lesson [min]."""
    return round(_seconds(lesson) / 60)


def in_class(lesson: Lesson) -> int:
    """Return how many minutes a class takes for a lesson, with votes and discussion [min]."""
    votes = sum(step.question is not None for step in lesson.steps) + len(lesson.recall)
    return round((_seconds(lesson) + votes * VOTE + len(lesson.discussion) * DISCUSSION) / 60)


def _seconds(lesson):
    return sum(map(step_seconds, lesson.steps)) + sum(map(question_seconds, lesson.recall))


def _read(*sources: Source) -> float:
    return sum(len(_PLACEHOLDER.sub("0", source.text).split()) for source in sources) / WORDS_PER_SECOND
