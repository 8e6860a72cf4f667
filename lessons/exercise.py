"""An exercise in the open scene: what a run is to the goal of a lesson's `try`."""

from dataclasses import dataclass

from engine.scenarios import Scenario
from engine.scenarios.scenario import unit_of
from lessons.expressions import conditions
from lessons.lesson import Lesson, Step
from lessons.scope import Scope, Simulate

_RUNS = {"figures", "marks", "run"}


@dataclass(frozen=True)
class Attempt:
    """What a run is to the goal of an exercise.

    Attributes
    ----------
    met : bool
        Whether it reaches the goal.
    value, needed : float
        What it is and what the goal compares it with, in `unit`.
    sign : str
        How: "gt", "gteq", "lt", "lteq", "eq" or "ne".
    unit : str
        Of both, as in a figure.
    astray : tuple of str
        Parameters that the goal holds fast and the scenario has otherwise.
    """

    met: bool
    value: float
    needed: float
    sign: str
    unit: str
    astray: tuple[str, ...]

    @property
    def share(self) -> float:
        """How much of the way is gone: less than 1 until the goal is reached."""
        least, most = (self.needed, self.value) if self.sign in ("lt", "lteq") else (self.value, self.needed)
        share = least / most if least > 0 and most > 0 else 1
        return max(1, share) if self.met else min(0.99, share)


def attempt(lesson: Lesson, step: Step, scenario: Scenario, simulate: Simulate) -> Attempt:
    """Hold the run of a scenario against the exercise of a step.

    The goal is a conjunction. What is measured is its last comparison of numbers that names figures or marks of a run,
    else the last one; what the others name is to stay as they say.

    Parameters
    ----------
    lesson : Lesson
        As read.
    step : Step
        One with an exercise.
    scenario : Scenario
        Of the scene of the step.
    simulate : callable
        Runs a scenario: this one, and those that the goal compares with. What it raises is raised.

    Returns
    -------
    Attempt

    Raises
    ------
    ExpressionError
        Where the goal cannot be evaluated for this scenario.
    """
    scope = Scope(lesson.path, step.exercise.line, step.scene, step.settings, simulate)
    found = conditions(step.exercise.goal.text, scope.names(scenario))
    numbers = [each for each in found if isinstance(each.value, int | float) and isinstance(each.needed, int | float)]
    measured = ([each for each in numbers if each.names & _RUNS] or numbers or found)[-1]
    astray = {name: None for each in found if each is not measured and not each.holds for name in each.names}
    return Attempt(
        met=all(each.holds for each in found),
        value=measured.value,
        needed=measured.needed,
        sign=measured.sign,
        unit=_unit_of(measured.left, scenario, simulate),
        astray=tuple(name for name in scenario.fields() if name in astray),
    )


def _unit_of(left, scenario, simulate):
    kind, _, name = left.rpartition(".")
    if kind in ("figures", "marks"):
        return getattr(simulate(scenario), kind)[name].unit
    return unit_of(scenario.fields()[name]) if name in scenario.fields() else ""
