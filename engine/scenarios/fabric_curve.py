"""Curves of the scene Dataflow: which runs lie on one, and the closed form between them. Nothing is simulated here."""

from dataclasses import dataclass

from engine.fabric.programs import OWN
from engine.scenarios.fabric import FabricScenario

# Parameters that a curve can be drawn along.
ALONG = ("words", "width", *(name for name, own in OWN.items() if own.along))
MOST_WORK = 2_000_000  # wavelet hops and products of a run on a curve, so that all of them take a few seconds


@dataclass(frozen=True, eq=False)
class FabricCurve:
    """Runs that differ in one parameter.

    Attributes
    ----------
    along : str
        One of `ALONG`.
    scenarios : tuple of FabricScenario
        Checked, by rising value: what to simulate for the points.
    values : tuple of int
        The parameter of each.
    form : tuple of (int, float)
        Parameter and closed form, without start-up [cycle], at more values than there are points.
    """

    along: str
    scenarios: tuple[FabricScenario, ...]
    values: tuple[int, ...]
    form: tuple[tuple[int, float], ...]


def offered(scenario: FabricScenario) -> list[str]:
    """Return along what a curve of a scenario can be drawn."""
    return [name for name in ALONG if name in scenario.relevant()]


def curve(scenario: FabricScenario, along: str) -> FabricCurve:
    """Return the runs of a curve through a scenario, as many as a few seconds allow.

    Parameters
    ----------
    scenario : FabricScenario
        One of the runs on it, whatever its work.
    along : str
        One of `offered(scenario)`.

    Returns
    -------
    FabricCurve
        Its points are powers of two, the scenario itself and, of a parameter of the program's own, the most that makes
        a difference.

    Examples
    --------
    >>> curve(FabricScenario.read({"width": 9, "height": 1}), "group").values
    (1, 2, 3, 4, 8, 9)
    """
    here = getattr(scenario, along) or scenario.automatic(along)
    own = scenario.recipe().parameters.get(along)
    last = own.most(scenario.settings()) if own else scenario.fields()[along].bounds[1]
    wanted = {here, *(2**k for k in range(14) if 2**k <= last), *((last,) if own else ())}
    tried = {value: scenario if value == here else _changed(scenario, along, value) for value in sorted(wanted)}
    found = {value: other for value, other in tried.items() if other is not None}
    values = tuple(found)
    between = sorted({round(values[0] * (values[-1] / values[0]) ** (k / 60)) for k in range(61)} - set(found))
    found |= {value: other for value in between if (other := _changed(scenario, along, value)) is not None}
    form = tuple((value, found[value].closed_form().cycles) for value in sorted(found))
    return FabricCurve(along, tuple(found[value] for value in values), values, form)


def _changed(scenario, along, value):
    """Return the scenario with another value, None where it breaks a rule or is too much work for a point."""
    try:
        other = FabricScenario(**scenario.values() | {along: value})
        other.check()
    except ValueError:  # of Param, or a `ScenarioError`
        return None
    return other if other.work() <= MOST_WORK else None
