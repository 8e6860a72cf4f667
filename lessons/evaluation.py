"""Evaluates a lesson: runs its scenarios, fills its placeholders, holds its claims and questions to their answers."""

from contextlib import suppress
from hashlib import sha256

from engine.language import language, message
from engine.quantities import PROSE
from engine.scenarios.former import name_now
from engine.scenarios.scenario import unit_of
from lessons.expressions import ExpressionError, fill, refuted
from lessons.glossary import glossary
from lessons.items import giveaway
from lessons.lesson import (
    Bars,
    Choice,
    Curve,
    Evidence,
    Exercise,
    Lesson,
    LessonError,
    Misconception,
    Option,
    Source,
    Split,
    Step,
)
from lessons.prose import Html, inline, markdown
from lessons.ready import (
    ReadyBar,
    ReadyBars,
    ReadyChoice,
    ReadyCurve,
    ReadyEvidence,
    ReadyExercise,
    ReadyLesson,
    ReadyOption,
    ReadyStep,
)
from lessons.scope import Scope, Simulate, hold, mistakes_at, named, outcome, truth
from lessons.timing import alone, in_class, step_seconds

LONGER = 1.05  # times as long as the first bar, from where on it is worth saying
CHARTS = {"fabric": ("space_time", "path", "activity")}
"""Charts that replay a run on the clock of its player, by scene."""
SPEED_UP = "speedup"  # a figure that has a straight line beside it
DECADE = 10  # of values, from which on an axis is logarithmic


def evaluate(lesson: Lesson, simulate: Simulate = outcome) -> ReadyLesson:
    """Evaluate a lesson.

    Parameters
    ----------
    lesson : Lesson
        As read.
    simulate : callable
        Runs a scenario; a server passes one that knows its cache.

    Returns
    -------
    ReadyLesson
        What a page shows.

    Raises
    ------
    LessonError
        For the first mistake: an unknown parameter, figure, mark or term of the glossary, a claim that is false, a
        question without exactly one right answer or with one that gives itself away, an exercise that is solved
        already or not solved by its solution.
    """
    plain = _Texts(lesson, {})
    return ReadyLesson(
        slug=lesson.slug,
        lang=lesson.lang,
        title=lesson.title,
        alone=alone(lesson),
        in_class=in_class(lesson),
        opening=lesson.opening and plain.inline(lesson.opening),
        audience=lesson.audience and plain.inline(lesson.audience),
        needs=tuple(plain.inline(entry) for entry in lesson.needs),
        summary=front(lesson, lesson.summary),
        goals=tuple(plain.inline(goal) for goal in lesson.goals),
        leaves_out=plain.inline(lesson.leaves_out),
        steps=tuple(_step(lesson, step, simulate) for step in lesson.steps),
        misconceptions=tuple(_misconception(plain, entry) for entry in lesson.misconceptions),
        discussion=tuple((plain.inline(entry.question), plain.inline(entry.answer)) for entry in lesson.discussion),
        plan=tuple((phase.minutes, plain.inline(phase.what)) for phase in lesson.plan),
        splits=tuple(_split(plain, split) for split in lesson.splits),
        unplugged=lesson.unplugged and plain.inline(lesson.unplugged),
        recall=tuple(_choice(plain, choice, place) for place, choice in enumerate(lesson.recall, 1)),
        terms=lesson.terms,
    )


def front(lesson: Lesson, source: Source) -> Html:
    """Return a text of the front matter as it is shown; a mistake in it raises a `LessonError`."""
    return _Texts(lesson, {}).inline(source)


class _Texts:
    """Turns sources of one scope into text, HTML and values; a mistake becomes a `LessonError` with its line."""

    def __init__(self, lesson, names):
        self.lesson, self.t, self.names = lesson, language(lesson.lang), names
        places = dict.fromkeys(glossary(self.t), "") | dict.fromkeys(lesson.terms, f"?lesson={lesson.slug}")
        self.terms = {name: f"/course/glossary{query}#{name}" for name, query in places.items()}

    def at(self, line: int):
        return mistakes_at(self.lesson.path, line)

    def plain(self, source: Source) -> str:
        with self.at(source.line):
            return fill(source.text, self.names, self.t)

    def inline(self, source: Source) -> Html:
        with self.at(source.line):
            return inline(fill(source.text, self.names, self.t), self.terms)

    def markdown(self, source: Source) -> Html:
        # One paragraph at a time, so that an error names the line it stands on.
        filled, line = [], source.line
        for paragraph in source.text.split("\n"):
            with self.at(line):
                filled.append(fill(paragraph, self.names, self.t))
            line += 1
        with self.at(source.line):
            return markdown("\n".join(filled), self.terms)

    def truth(self, source: Source) -> bool:
        return truth(self.lesson.path, source, self.names)


def _step(lesson: Lesson, step: Step, simulate: Simulate) -> ReadyStep:
    scope = Scope(lesson.path, step.title.line, step.scene, step.settings, simulate)
    texts = _Texts(lesson, scope.names())
    html = texts.markdown(step.prose)
    hold(lesson.path, step.claims, texts.names)
    _ = scope.outcome  # also where nothing is said of it: the player will ask for the run
    hide = tuple(_parameter(lesson, scope, name) for name in step.hide)
    question = step.question
    if isinstance(question, Curve):
        ready = _curve(lesson, scope, texts, question)
    else:
        evidence = question and question.evidence and _evidence(lesson, scope, texts, question.evidence)
        ready = question and _choice(texts, question, lesson.steps.index(step), evidence)
    return ReadyStep(
        title=texts.plain(step.title),
        html=html,
        scene=step.scene,
        query=scope.scenario.query(),
        hide=hide,
        question=ready,
        exercise=step.exercise and _exercise(lesson, scope, texts, step.exercise),
        figures=tuple(scope.quoted.values()),
        seconds=round(step_seconds(step)),
    )


def _known(lesson, source, names, missing, **values):
    """Refuse a name that is none of those, by the message `missing`."""
    if source.text not in names:
        raise LessonError(lesson.path, source.line, message(missing, name=source.text, names=named(names), **values))


def _parameter(lesson, scope, source):
    """Return what the parameter that a lesson names is called now."""
    name, fields = name_now(scope.scene, source.text), scope.scenario.fields()
    if name not in fields:
        _known(lesson, source, fields, "lesson_no_parameter", scene=scope.scene)
    return name


def _evidence(lesson: Lesson, scope: Scope, texts: _Texts, evidence: Evidence) -> ReadyEvidence:
    shown, run_to, beside = scope.outcome, evidence.run_to, None
    if run_to and not (run_to.text.isdecimal() and 0 < int(run_to.text) <= shown.duration):
        _known(lesson, run_to, shown.marks, "lesson_no_time", ticks=shown.duration)
    if evidence.beside:
        with texts.at(evidence.line):
            other = scope.changed({key: source.text for key, source in evidence.beside.items()})
            if other.key() == scope.scenario.key():
                raise ExpressionError(message("lesson_beside_same"))
            scope.run_of(other)
            beside = other.query()
    if evidence.chart:
        _known(lesson, evidence.chart, CHARTS.get(scope.scene, ()), "lesson_no_chart", scene=scope.scene)
    return ReadyEvidence(
        run_to=run_to.text if run_to else "",
        beside=beside,
        chart=evidence.chart.text if evidence.chart else "",
        bars=evidence.bars and _bars(scope, texts, evidence.bars),
    )


def _bars(scope: Scope, texts: _Texts, bars: Bars) -> ReadyBars:
    unit, found = bars.unit.text, []
    for label, source in bars.values.items():
        with texts.at(source.line):
            value, quoted = scope.value_of(source.text)
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
                raise ExpressionError(message("lesson_bar_number", label=label, got=str(value)))
        kinds = {figure.kind for figure in quoted}
        # One bar is as sure as the least sure figure in it.
        kind = next((kind for kind in ("modelled", "claimed", "measured") if kind in kinds), "")
        found.append((Source(label, source.line), float(value), kind))
    values = [value for _, value, _ in found]
    if not any(values):
        raise LessonError(texts.lesson.path, bars.title.line, message("lesson_bars_nothing"))
    counts = values[0] and unit != "share" and (unit, values[0]) != ("", 1)  # a factor says itself how many times
    drawn = []
    for (label, value, kind), said in zip(found, texts.t.quantities(values, unit, PROSE), strict=True):
        times = value / values[0] if counts else 0
        more = texts.t("lesson_bar_times", n=times) if times > LONGER else ""
        drawn.append(ReadyBar(label=texts.plain(label), value=value, said=said, times=more, kind=kind))
    return ReadyBars(texts.inline(bars.title), tuple(drawn))


def _choice(texts: _Texts, choice: Choice, place: int, evidence: ReadyEvidence | None = None) -> ReadyChoice:
    options = _options(texts, choice.options, choice.question, "lesson_one_answer")
    why = _options(texts, choice.why, choice.question, "lesson_one_reason") if choice.why else ()
    seed = f"{texts.lesson.slug} {choice.kind} {place} {' '.join(option.right.text for option in choice.options)}"
    return ReadyChoice(
        kind=choice.kind,
        question=texts.inline(choice.question),
        options=_shuffled(options, seed),
        why=_shuffled(why, f"{seed} why"),
        loses=choice.wafer_loses,
        evidence=evidence,
    )


def _shuffled(options, seed):
    """Shuffle what authors write in an order that tells; alike in all languages, as a room needs."""
    key = {option: sha256(f"{seed} {i}".encode()).digest() for i, option in enumerate(options)}
    return tuple(sorted(options, key=key.get))


def _options(texts: _Texts, options: tuple[Option, ...], question: Source, rule: str) -> tuple[ReadyOption, ...]:
    ready = tuple(
        ReadyOption(texts.inline(option.text), texts.truth(option.right), texts.inline(option.feedback))
        for option in options
    )
    right = [option.text.text for option, answer in zip(options, ready, strict=True) if answer.right]
    if len(right) != 1:
        found = message("lesson_found", n=len(right), answers=list(map(repr, right))) if right else named(right)
        raise LessonError(texts.lesson.path, question.line, message(rule, question=question.text, found=found))
    if len({answer.text for answer in ready}) < len(ready):
        raise LessonError(texts.lesson.path, question.line, message("lesson_answers_differ", question=question.text))
    if said := giveaway(options, ready):
        raise LessonError(texts.lesson.path, question.line, said)
    return ready


def _curve(lesson: Lesson, scope: Scope, texts: _Texts, curve: Curve) -> ReadyCurve:
    parameter = _parameter(lesson, scope, curve.parameter)
    found = scope.outcome.marks if curve.of_mark else scope.outcome.figures
    _known(lesson, curve.figure, found, "lesson_no_mark" if curve.of_mark else "lesson_no_figure")
    x, y, line, queries = [], [], [], []
    for value in curve.values:
        with texts.at(value.line):
            scenario = scope.changed({parameter: value.text})
            outcome = scope.run_of(scenario)
            figure = (outcome.marks if curve.of_mark else outcome.figures)[curve.figure.text]
            x.append(_axis(value.text, "lesson_curve_parameter"))
            y.append(_axis(figure.value, "lesson_curve_figure"))
            if curve.figure.text == SPEED_UP:
                line.append(figure.value / outcome.figures["efficiency"].value)
            queries.append(scenario.query())
    if x != sorted(set(x)):
        raise LessonError(lesson.path, curve.values[0].line, message("lesson_values_grow"))
    figure, name = found[curve.figure.text], f"parameter_{scope.scene}_{parameter}"
    field = scope.scenario.fields()[parameter]
    usual = (False, False) if line else (x[-1] / x[0] >= DECADE, True)
    scope.quoted.setdefault((str(figure.label), figure.unit, figure.value), figure)
    return ReadyCurve(
        kind="draw",
        question=texts.inline(curve.question),
        x_label=texts.plain(curve.x_label) if curve.x_label else message(name) if name in texts.t else field.label,
        x_unit="" if curve.x_label else unit_of(field),
        x=tuple(x),
        y_label=texts.plain(curve.label) if curve.label else figure.label,
        unit=figure.unit,
        y=tuple(y),
        line=tuple(line),
        log=tuple(axis.text == "log" for axis in curve.axes) or usual,
        queries=tuple(queries),
        feedback={key: texts.inline(source) for key, source in curve.feedback.items()},
        loses=curve.wafer_loses,
    )


def _axis(value, rule):
    with suppress(TypeError, ValueError):
        if 0 < float(value) < float("inf"):
            return float(value)
    raise ExpressionError(message(rule, got=str(value)))


def _exercise(lesson, scope: Scope, texts: _Texts, exercise: Exercise) -> ReadyExercise:
    if texts.truth(exercise.goal):
        raise LessonError(lesson.path, exercise.goal.line, message("lesson_goal_reached"))
    with texts.at(exercise.line):
        solved = scope.changed({key: source.text for key, source in exercise.solution.items()})
        scope.run_of(solved)
    after = _Texts(lesson, scope.names(solved))
    if not after.truth(exercise.goal):
        got = refuted(exercise.goal.text, after.names)
        raise LessonError(lesson.path, exercise.goal.line, message("lesson_goal_missed", got=got))
    return ReadyExercise(
        task=texts.inline(exercise.task),
        hints=tuple(texts.inline(hint) for hint in exercise.hints),
        solution={key: source.text for key, source in exercise.solution.items()},
        query=solved.query(),
    )


def _split(texts: _Texts, split: Split) -> tuple[int, Html]:
    """Return the place of the step, from 1, and what to ask."""
    asking = [step.title.text for step in texts.lesson.steps if step.question]
    _known(texts.lesson, split.step, asking, "lesson_no_step")
    titles = [step.title.text for step in texts.lesson.steps]
    return titles.index(split.step.text) + 1, texts.inline(split.ask)


def _misconception(texts: _Texts, entry: Misconception) -> tuple[Html, Html]:
    return texts.inline(entry.thinks), texts.inline(entry.fact)
