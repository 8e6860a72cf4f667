"""What expressions of a text may name: a scenario, the figures of its run and of others, published figures."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from engine.cited import DATA, Cited, table
from engine.language import Message, language, message
from engine.machines import clusters, machines
from engine.run import Figure, Run
from engine.scenarios import Scenario, ScenarioError, scenario_class
from engine.scenarios.former import FORMER, items_now
from lessons.expressions import ExpressionError, refuted, value_of
from lessons.lesson import LessonError, Source

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


class _Named:
    """Figures of a run, or the times of its marks, by name as plain values; notes which are quoted."""

    def __init__(self, missing, figures, quoted, **more):
        self._missing, self._figures, self._quoted, self._more = missing, figures, quoted, more

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._more:
            return self._more[name]
        figures = self._figures()
        if name not in figures:
            raise ExpressionError(message(self._missing, name=name, names=named(figures)))
        figure = figures[name]
        self._quoted.setdefault((str(figure.label), figure.unit, figure.value), figure)
        return figure.value


def results(outcome: Callable[[], Outcome], quoted: dict) -> _Named:
    """Return the figures of a run by name, and under `marks` the times of its marks; it is asked for with the first."""
    marks = _Named("lesson_no_mark", lambda: outcome().marks, quoted)
    return _Named("lesson_no_figure", lambda: outcome().figures, quoted, marks=marks)


def facts() -> dict[str, Cited]:
    """Return the published figures that a text may quote, by their names "file.entry.name"."""
    entries = {(path.stem, name): entry for path in DATA.glob("*.toml") for name, entry in table(path.stem).items()}
    for file, registered in (("machines", machines()), ("clusters", clusters())):
        entries |= {(file, name): entry.figures for name, entry in registered.items()}
    return {
        f"{file}.{entry}.{name}": value
        for (file, entry), values in sorted(entries.items())
        for name, value in values.items()
        if isinstance(value, Cited)
    }


class Scope:
    """What the expressions of one text may name, and what of it they did.

    Parameters
    ----------
    path : Path
        File of the text, for errors.
    line : int
        Of the text, for errors.
    scene : str
        Whose scenario it is; "" for none, where an expression may name published figures only.
    settings : mapping of str to Source or tuple of Source
        Parameters as words.
    simulate : callable
        Runs a scenario.

    Attributes
    ----------
    scenario : Scenario or None
        Checked.
    quoted : dict
        Figures that were named, in that order.
    """

    def __init__(
        self,
        path: Path,
        line: int,
        scene: str,
        settings: Mapping[str, Source | tuple[Source, ...]],
        simulate: Simulate,
    ):
        self.scene, self.simulate = scene, simulate
        self.quoted: dict = {}
        self.keys: set[str] = set()
        self.words = items_now(scene, {key: _word(value) for key, value in settings.items()})
        self.scenario = self._scenario(path, line, settings) if scene else None

    def _scenario(self, path, line, settings):
        try:
            return scenario_class(self.scene).read(self.words)
        except ScenarioError as error:
            for key, source in settings.items():
                if str(error).startswith(f"{key} ") or f"no parameter {key!r}" in str(error):
                    line = (source[0] if isinstance(source, tuple) else source).line
            raise LessonError(path, line, error.said) from error

    @cached_property
    def outcome(self) -> Outcome | None:
        """What its run gave; a scenario whose run nothing is said of is not run."""
        return self.scenario and self.run_of(self.scenario)

    def run_of(self, scenario: Scenario) -> Outcome:
        """Return what a scenario's run gave; of so many different ones that a text stays quick."""
        self.keys.add(scenario.key())
        if len(self.keys) > MAX_RUNS:
            raise ExpressionError(message("lesson_runs", most=MAX_RUNS))
        return self.simulate(scenario)

    def changed(self, changes: Mapping[str, object]) -> Scenario:
        """Return the scenario with some parameters changed."""
        return scenario_class(self.scene).read(self.words | items_now(self.scene, changes))

    def names(self, scenario: Scenario | None = None) -> dict[str, object]:
        """Return what an expression may name: of the scenario, or of another one of its scene."""
        scenario = scenario or self.scenario
        plain = {"fact": self.fact, "abs": abs, "min": min, "max": max, "round": round}
        if not scenario:
            return plain
        values = scenario.values()
        found = results(lambda: self.run_of(scenario), self.quoted)
        return {
            **{old: values[new] for old, new in FORMER.get(self.scene, {}).items() if new in values},
            **values,
            **plain,
            "figures": found,
            "marks": found.marks,
            "run": self.run,
        }

    def value_of(self, expression: str) -> tuple[object, list[Figure]]:
        """Return the value of an expression, and the figures from which it was computed."""
        before, self.quoted = self.quoted, {}
        try:
            return value_of(expression, self.names()), list(self.quoted.values())
        finally:
            for key, figure in self.quoted.items():
                before.setdefault(key, figure)
            self.quoted = before

    def run(self, **changes):
        """Return the figures of the scenario with some parameters changed."""
        outcome = self.run_of(self.changed(changes))
        return results(lambda: outcome, self.quoted)

    def fact(self, name):
        """Return a published figure, "machines.wse2.n_pe": file, entry and name under `engine/data`."""
        known = facts()
        if name not in known:
            files = sorted({each.partition(".")[0] for each in known})
            raise ExpressionError(message("lesson_no_fact", name=str(name), files=files))
        cited = known[name]
        (file, _, rest), (_, _, what) = name.partition("."), name.rpartition(".")
        entry = rest.removesuffix(f".{what}")
        registered = {"machines": machines, "clusters": clusters}.get(file)
        key = f"fact_{what}" if registered else f"fact_{entry}_{what}"
        # A teacher may quote what no lesson of the course does.
        label = message(key if key in language("en") else "verbatim", text=what.replace("_", " "))
        if registered:
            label = message("fact_of", what=label, machine=registered()[entry].label)
        self.quoted.setdefault(name, Figure(cited.value, cited.unit, label, cited.source, cited.kind))
        return cited.value


@contextmanager
def mistakes_at(path: Path, line: int) -> Iterator[None]:
    """Make a `LessonError` of what is wrong with an expression or a scenario on a line."""
    try:
        yield
    except (ExpressionError, ScenarioError) as error:
        raise LessonError(path, line, error.said) from error


def truth(path: Path, source: Source, names: Mapping[str, object]) -> bool:
    """Return whether an expression is true; one that says neither is refused."""
    with mistakes_at(path, source.line):
        value = value_of(source.text, names)
        if not isinstance(value, bool):
            raise ExpressionError(message("lesson_no_truth", expression=source.text, got=repr(value)))
        return value


def hold(path: Path, claims: Iterable[Source], names: Mapping[str, object]) -> None:
    """Refuse claims of which one is false."""
    for claim in claims:
        if not truth(path, claim, names):
            raise LessonError(
                path, claim.line, message("lesson_false_claim", claim=claim.text, got=refuted(claim.text, names))
            )


def named(names) -> list[str] | Message:
    """Return names for an error; where there are none, it says so."""
    return list(names) or message("lesson_none")


def _word(value):
    return [entry.text for entry in value] if isinstance(value, tuple) else value.text
