"""Evaluates a lesson: runs its scenarios, fills its placeholders, holds its claims and questions to their answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from engine.cited import DATA, Cited, table
from engine.language import language, message
from engine.machines import clusters, machines
from engine.run import Figure, Run
from engine.scenarios import Scenario, ScenarioError, scenario_class
from engine.scenarios.former import FORMER, items_now, name_now
from lessons.expressions import ExpressionError, fill, value_of
from lessons.glossary import glossary
from lessons.items import giveaway
from lessons.lesson import Choice, Curve, Exercise, Lesson, LessonError, Misconception, Option, Source, Step
from lessons.prose import Html, inline, markdown
from lessons.ready import ReadyChoice, ReadyCurve, ReadyExercise, ReadyLesson, ReadyOption, ReadyStep

MAX_RUNS = 32  # in one step, of different scenarios


@dataclass(frozen=True)
class Outcome:
    """What a lesson needs of a run: a trace would be too large to keep for every step.

    Attributes
    ----------
    figures : dict of str to Figure
        Of the run.
    marks : dict of str to Figure
        When each mark of its trace is passed, in ticks.
    duration : int
        When the run ends [tick].
    """

    figures: dict[str, Figure]
    marks: dict[str, Figure]
    duration: int

    @classmethod
    def of(cls, run: Run) -> "Outcome":
        """Take from a run what a lesson needs."""
        source = message("lesson_mark")
        marks = {mark.name: Figure(mark.t, run.trace.tick_unit, mark.text, source) for mark in run.trace.marks}
        return cls(run.figures, marks, run.trace.duration)


Simulate = Callable[[Scenario], Outcome]


@lru_cache(maxsize=512)
def _outcome(scene, query):
    return Outcome.of(scenario_class(scene).read_query(query).simulate())


def outcome(scenario: Scenario) -> Outcome:
    """Run a scenario, or remember what it gave."""
    return _outcome(scenario.scene, scenario.query())


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
        minutes=lesson.minutes,
        summary=summary(lesson),
        goals=tuple(plain.inline(goal) for goal in lesson.goals),
        leaves_out=plain.inline(lesson.leaves_out),
        steps=tuple(_step(lesson, step, simulate) for step in lesson.steps),
        misconceptions=tuple(_misconception(plain, entry) for entry in lesson.misconceptions),
        discussion=tuple(plain.inline(entry) for entry in lesson.discussion),
        unplugged=lesson.unplugged and plain.inline(lesson.unplugged),
        recall=tuple(_choice(plain, choice, place) for place, choice in enumerate(lesson.recall, 1)),
    )


def summary(lesson: Lesson) -> Html:
    """Return the sentence for the list of lessons; a mistake in it raises a `LessonError`."""
    return _Texts(lesson, {}).inline(lesson.summary)


class _Texts:
    """Turns sources of one scope into text, HTML and values; a mistake becomes a `LessonError` with its line."""

    def __init__(self, lesson, names):
        self.lesson, self.t, self.names = lesson, language(lesson.lang), names
        self.terms = frozenset(glossary(self.t))

    @contextmanager
    def at(self, line: int) -> Iterator[None]:
        try:
            yield
        except (ExpressionError, ScenarioError) as error:
            raise LessonError(self.lesson.path, line, error.said) from error

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
        with self.at(source.line):
            value = value_of(source.text, self.names)
            if not isinstance(value, bool):
                raise ExpressionError(message("lesson_no_truth", expression=source.text, got=repr(value)))
            return value


class _Named:
    """Figures of a run, or the times of its marks, by name as plain values; notes which are quoted."""

    def __init__(self, missing, figures, quoted, **more):
        self._missing, self._figures, self._quoted, self._more = missing, figures, quoted, more

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._more:
            return self._more[name]
        if name not in self._figures:
            raise ExpressionError(message(self._missing, name=name, names=_all(self._figures)))
        figure = self._figures[name]
        self._quoted.setdefault((str(figure.label), figure.unit, figure.value), figure)
        return figure.value


def _results(outcome: Outcome, quoted: dict) -> _Named:
    """Return the figures of a run by name, and under `marks` the times of its marks."""
    marks = _Named("lesson_no_mark", outcome.marks, quoted)
    return _Named("lesson_no_figure", outcome.figures, quoted, marks=marks)


class _Scope:
    """One step: its scenario, its run, and the runs that its expressions ask for."""

    def __init__(self, lesson, step, simulate):
        self.path, self.step, self.simulate = lesson.path, step, simulate
        self.quoted: dict = {}
        self.keys: set[str] = set()
        self.words = items_now(step.scene, {key: _word(value) for key, value in step.settings.items()})
        self.scenario = self._scenario()
        self.outcome = self.run_of(self.scenario)

    def _scenario(self):
        try:
            return scenario_class(self.step.scene).read(self.words)
        except ScenarioError as error:
            line = self.step.title.line
            for key, source in self.step.settings.items():
                if str(error).startswith(f"{key} ") or f"no parameter {key!r}" in str(error):
                    line = (source[0] if isinstance(source, tuple) else source).line
            raise LessonError(self.path, line, error.said) from error

    def run_of(self, scenario):
        self.keys.add(scenario.key())
        if len(self.keys) > MAX_RUNS:
            raise ExpressionError(message("lesson_runs", most=MAX_RUNS))
        return self.simulate(scenario)

    def changed(self, changes):
        return scenario_class(self.step.scene).read(self.words | items_now(self.step.scene, changes))

    def names(self):
        values = self.scenario.values()
        return {
            **{old: values[new] for old, new in FORMER.get(self.step.scene, {}).items() if new in values},
            **values,
            "figures": (results := _results(self.outcome, self.quoted)),
            "marks": results.marks,
            "run": self.run,
            "fact": self.fact,
            "abs": abs,
            "min": min,
            "max": max,
            "round": round,
        }

    def run(self, **changes):
        """Return the figures of the step's scenario with some parameters changed."""
        return _results(self.run_of(self.changed(changes)), self.quoted)

    def fact(self, name):
        """Return a published figure, "machines.wse2.n_pe": file, entry and name under `engine/data`."""
        parts = str(name).split(".")
        registered = {"machines": machines(), "clusters": clusters()}
        files = sorted([*(path.stem for path in DATA.glob("*.toml")), *registered])
        entry = {}
        if len(parts) == 3 and parts[0] in registered:
            found = registered[parts[0]].get(parts[1])
            entry = found.figures if found else {}
        elif len(parts) == 3 and parts[0] in files:
            entry = table(parts[0]).get(parts[1], {})
        cited = entry.get(parts[-1])
        if not isinstance(cited, Cited):
            raise ExpressionError(message("lesson_no_fact", name=str(name), files=files))
        key = f"fact_{parts[2] if parts[0] in registered else '_'.join(parts[1:])}"
        # A teacher may quote what no lesson of the course does.
        label = message(key if key in language("en") else "verbatim", text=parts[2].replace("_", " "))
        if parts[0] in registered:
            label = message("fact_of", what=label, machine=registered[parts[0]][parts[1]].label)
        self.quoted.setdefault(name, Figure(cited.value, cited.unit, label, cited.source, cited.kind))
        return cited.value


def _step(lesson: Lesson, step: Step, simulate: Simulate) -> ReadyStep:
    scope = _Scope(lesson, step, simulate)
    texts = _Texts(lesson, scope.names())
    html = texts.markdown(step.prose)
    for claim in step.claims:
        if not texts.truth(claim):
            raise LessonError(lesson.path, claim.line, message("lesson_false_claim", claim=claim.text))
    if step.run_to and not (step.run_to.text.isdecimal() and 0 < int(step.run_to.text) <= scope.outcome.duration):
        _known(lesson, step.run_to, scope.outcome.marks, "lesson_no_time", ticks=scope.outcome.duration)
    hide = tuple(_parameter(lesson, scope, name) for name in step.hide)
    question = step.question
    if isinstance(question, Curve):
        ready = _curve(lesson, scope, texts, question)
    else:
        ready = question and _choice(texts, question, lesson.steps.index(step))
    return ReadyStep(
        title=texts.plain(step.title),
        html=html,
        scene=step.scene,
        query=scope.scenario.query(),
        run_to=step.run_to.text if step.run_to else "",
        hide=hide,
        question=ready,
        exercise=step.exercise and _exercise(lesson, scope, texts, step.exercise, simulate),
        figures=tuple(scope.quoted.values()),
    )


def _known(lesson, source, names, missing, **values):
    """Refuse a name that is none of those, by the message `missing`."""
    if source.text not in names:
        raise LessonError(lesson.path, source.line, message(missing, name=source.text, names=_all(names), **values))


def _all(names):
    return list(names) or message("lesson_none")


def _parameter(lesson, scope, source):
    """Return what the parameter that a lesson names is called now."""
    name, fields = name_now(scope.step.scene, source.text), scope.scenario.fields()
    if name not in fields:
        _known(lesson, source, fields, "lesson_no_parameter", scene=scope.step.scene)
    return name


def _choice(texts: _Texts, choice: Choice, place: int) -> ReadyChoice:
    options = _options(texts, choice.options, choice.question, "lesson_one_answer")
    why = _options(texts, choice.why, choice.question, "lesson_one_reason") if choice.why else ()
    seed = f"{texts.lesson.slug} {choice.kind} {place} {' '.join(option.right.text for option in choice.options)}"
    return ReadyChoice(
        kind=choice.kind,
        question=texts.inline(choice.question),
        options=_shuffled(options, seed),
        why=_shuffled(why, f"{seed} why"),
        loses=choice.wafer_loses,
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
        found = message("lesson_found", n=len(right), answers=list(map(repr, right))) if right else _all(right)
        raise LessonError(texts.lesson.path, question.line, message(rule, question=question.text, found=found))
    if len({answer.text for answer in ready}) < len(ready):
        raise LessonError(texts.lesson.path, question.line, message("lesson_answers_differ", question=question.text))
    if said := giveaway(options, ready):
        raise LessonError(texts.lesson.path, question.line, said)
    return ready


def _curve(lesson: Lesson, scope: _Scope, texts: _Texts, curve: Curve) -> ReadyCurve:
    parameter = _parameter(lesson, scope, curve.parameter)
    found = scope.outcome.marks if curve.of_mark else scope.outcome.figures
    _known(lesson, curve.figure, found, "lesson_no_mark" if curve.of_mark else "lesson_no_figure")
    x, y, queries = [], [], []
    for value in curve.values:
        with texts.at(value.line):
            scenario = scope.changed({parameter: value.text})
            outcome = scope.run_of(scenario)
            figure = (outcome.marks if curve.of_mark else outcome.figures)[curve.figure.text]
            x.append(_axis(value.text, "lesson_curve_parameter"))
            y.append(_axis(figure.value, "lesson_curve_figure"))
            queries.append(scenario.query())
    if x != sorted(set(x)):
        raise LessonError(lesson.path, curve.values[0].line, message("lesson_values_grow"))
    figure, name = found[curve.figure.text], f"parameter_{scope.step.scene}_{parameter}"
    scope.quoted.setdefault((str(figure.label), figure.unit, figure.value), figure)
    return ReadyCurve(
        kind="draw",
        question=texts.inline(curve.question),
        x_label=message(name) if name in texts.t else scope.scenario.fields()[parameter].label,
        x=tuple(x),
        y_label=texts.plain(curve.label) if curve.label else figure.label,
        unit=figure.unit,
        y=tuple(y),
        queries=tuple(queries),
        feedback={key: texts.inline(source) for key, source in curve.feedback.items()},
        loses=curve.wafer_loses,
    )


def _axis(value, rule):
    with suppress(TypeError, ValueError):
        if 0 < float(value) < float("inf"):
            return float(value)
    raise ExpressionError(message(rule, got=str(value)))


def _exercise(lesson, scope: _Scope, texts: _Texts, exercise: Exercise, simulate) -> ReadyExercise:
    if texts.truth(exercise.goal):
        raise LessonError(lesson.path, exercise.goal.line, message("lesson_goal_reached"))
    with texts.at(exercise.line):
        solved = scope.changed({key: source.text for key, source in exercise.solution.items()})
        results = _results(scope.run_of(solved), scope.quoted)
    names = texts.names | solved.values() | {"figures": results, "marks": results.marks}
    after = _Texts(lesson, names)
    if not after.truth(exercise.goal):
        raise LessonError(lesson.path, exercise.goal.line, message("lesson_goal_missed"))
    return ReadyExercise(
        task=texts.inline(exercise.task),
        solution={key: source.text for key, source in exercise.solution.items()},
        query=solved.query(),
    )


def _misconception(texts: _Texts, entry: Misconception) -> tuple[Html, Html]:
    return texts.inline(entry.thinks), texts.inline(entry.fact)


def _word(value):
    return [entry.text for entry in value] if isinstance(value, tuple) else value.text
