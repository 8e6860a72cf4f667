"""A goal: what is asked of the run of a scene, and how near a run is to it."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.run import Run
from engine.scenarios import Scenario
from lessons.expressions import value_of


@dataclass(frozen=True)
class Goal:
    """What is asked of a run.

    Expressions are those of lessons: they name the scenario's parameters, `figures`, `marks` and `run`.

    Attributes
    ----------
    value : str
        Expression: the number that counts.
    needed : float
        What it must be at least.
    unit : str
        Of both, as in a figure.
    at_most : bool
        Whether `needed` is instead the most that it may be.
    where : str
        Expression: true for scenarios whose runs count.
    """

    value: str
    needed: float
    unit: str
    at_most: bool = False
    where: str = "true"

    def counts(self, scenario: Scenario) -> bool:
        """Return whether the run of a scenario counts."""
        return bool(value_of(self.where, scenario.values()))


@dataclass(frozen=True)
class Standing:
    """How near a run is to a goal.

    Attributes
    ----------
    value : float
        In the unit of the goal.
    met : bool
        Whether the goal is reached.
    share : float
        Of the way: 1 where the goal is just reached, more beyond.
    """

    value: float
    met: bool
    share: float


def judge(goal: Goal, scenario: Scenario, simulate: Callable[[Scenario], Run]) -> Standing | None:
    """Say how near the run of a scenario is to a goal.

    Parameters
    ----------
    goal : Goal
        What is asked.
    scenario : Scenario
        Whose run is judged.
    simulate : callable
        Returns the run of a scenario: of this one and of those that the goal compares with. What it raises is raised.

    Returns
    -------
    Standing or None
        None where runs of this scenario do not count.

    Raises
    ------
    ExpressionError
        Where an expression names what there is not.
    """
    if not goal.counts(scenario):
        return None
    values = scenario.values()

    def results(words):
        run = simulate(type(scenario).read(words))
        figures = {name: figure.value for name, figure in run.figures.items()}
        return {"figures": figures, "marks": {mark.name: mark.t for mark in run.trace.marks}}

    names = values | results(values) | {"run": lambda **changes: results(values | changes)}
    value = float(value_of(goal.value, names))
    share = goal.needed / value if goal.at_most else value / goal.needed
    return Standing(value, share >= 1, share)
