"""Curves of the scaling scene as columns to draw: readings of the same runs, and runs put together."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from engine.language import Language, Message, Quantity, message
from engine.run import Run
from engine.scenarios import ScenarioError, scenario_class
from engine.scenarios.scaling import SHAPE
from viz.charts.identity import Identity, identity

SUBJECT = ("model", *SHAPE, "sequence_length")
COLUMNS = ("n_devices", "step_time", "tokens_per_s", "speedup", "linear", "efficiency")


READINGS = {"speedup": "×", "tokens_per_s": "token/s", "efficiency": "share", "step_time": "s"}  # with their units
RELATIVE = ("speedup", "efficiency")  # to the fewest devices of the curve


@dataclass(frozen=True, eq=False)
class Curve:
    """The steps of one scenario on some numbers of devices.

    Attributes
    ----------
    scenario : dict
        Parameter name to JSON value, of the run that was asked for.
    columns : dict of str to (n,) float64 array
        The `COLUMNS` of the engine's curve, by rising number of devices.
    queries : list of str
        Scenario of each point, as in an address.
    layout : dict
        How the work of the run that was asked for is divided.
    visited : frozenset of int
        Numbers of devices that were asked for on this curve.
    published : dict of str to column
        Published points that belong to it, with the names of `columns`, `source`, `kind` and `row`.
    """

    scenario: dict
    columns: dict[str, np.ndarray]
    queries: list[str]
    layout: dict
    visited: frozenset[int]
    published: dict

    @property
    def n_devices(self) -> list[int]:
        """The numbers of devices."""
        return [int(n) for n in self.columns["n_devices"]]

    @property
    def unit(self) -> str:
        """What a device is called, as the unit of a quantity."""
        return "wafer" if self.scenario["cluster"] == "cs" else "GPU"

    @property
    def look(self) -> Identity:
        """How its devices look."""
        chosen = {name: self.scenario[name] for name in ("cluster", "device")}
        return identity(chosen["device"] or scenario_class("scaling")(**chosen).automatic("device"))

    @property
    def way(self) -> tuple:
        """What two curves differ in that are worth comparing."""
        layout = self.layout
        return self.scenario["cluster"], layout.get("zero") == 3, layout.get("pp", 1) > 1, self.scenario["mode"]

    @property
    def words(self) -> list[Message]:
        """The way in a few words, as beside the curve: what the devices are, and what is special about it."""
        cluster, sharded, staged, mode = self.way
        special = {"zero_3": sharded, "pipeline": staged, "weak": mode == "weak"}
        said = [cluster, *(word for word, holds in special.items() if holds)]
        return [message(f"scaling_way_{word}") for word in said]

    @property
    def family(self) -> tuple:
        """The scenario without what changes along the curve: equal for runs whose points lie on one curve."""
        own = dict(self.scenario)
        n, batch = own.pop("n_devices"), own.pop("global_batch")
        for name in ("dp", "micro_batch") if own["cluster"] == "gpu" else ():
            own.pop(name)
        return batch / n if own["mode"] == "weak" else batch, self.n_devices[0], *own.items()

    def after(self, before: "Curve") -> "Curve":
        """Return this curve with the points that were asked for on an earlier one of the same family."""
        rows = {n: (before, i) for i, n in enumerate(before.n_devices) if n in before.visited}
        rows |= {n: (self, i) for i, n in enumerate(self.n_devices)}
        chosen = [rows[n] for n in sorted(rows)]
        columns = {name: np.array([curve.columns[name][i] for curve, i in chosen]) for name in COLUMNS}
        queries = [curve.queries[i] for curve, i in chosen]
        return replace(self, columns=columns, queries=queries, visited=self.visited | before.visited)

    def values(self, reading: str) -> np.ndarray:
        """Return the height of each point in a reading."""
        return self.columns[reading]

    def texts(self, reading: str, t: Language) -> list[str]:
        """Return what each point says in a reading, in a language."""
        values = zip(self.n_devices, self.values(reading), strict=True)
        return [
            t("scaling_point", devices=Quantity(n, self.unit), value=Quantity(value, READINGS[reading], digits=3))
            for n, value in values
        ]

    def line(self, reading: str) -> np.ndarray:
        """Return the height at which each point would lie on the linear line."""
        columns = self.columns
        return {
            "speedup": columns["linear"],
            "tokens_per_s": columns["tokens_per_s"] / columns["efficiency"],
            "efficiency": np.ones_like(columns["efficiency"]),
            "step_time": columns["step_time"] * columns["efficiency"],
        }[reading]

    def across(self, n_devices: np.ndarray, other: "Curve", reading: str) -> np.ndarray:
        """Return where numbers of devices of this curve lie on the axis of another.

        What is relative to the fewest devices lies at equal multiples of the fewest, what is absolute at its number.
        """
        return n_devices * other.n_devices[0] / self.n_devices[0] if reading in RELATIVE else n_devices

    def changes(self, index: int) -> dict:
        """Return the parameters of a point that differ from those of the run that was asked for."""
        values = scenario_class("scaling").read_query(self.queries[index]).values()
        return {name: value for name, value in values.items() if value != self.scenario[name]}


def curve_of(run: Run) -> Curve:
    """Return the curve of a run of the scaling scene.

    Parameters
    ----------
    run : Run
        Of the scaling scene.

    Returns
    -------
    Curve
        With the points that the engine computed.
    """
    found = run.columns("curve")
    columns = {name: np.asarray(found[name], float) for name in COLUMNS}
    visited = frozenset({run.scenario["n_devices"]})
    layout, published = dict(run.trace.meta["layout"]), run.columns("published")
    return Curve(run.scenario, columns, list(found["query"]), layout, visited, published)


def counterparts(curve: Curve) -> list[Curve]:
    """Return the curves of presets that train the same model in another way."""
    presets = scenario_class("scaling").presets
    alike = [label for label, items in presets.items() if subject(items) == subject(curve.scenario)]
    return [other for other in map(_preset_curve, alike) if other.way != curve.way]


def curve_beside(curve: Curve, query: str) -> Curve | None:
    """Return the curve of a query that is worth comparing with another, None where it is not or cannot be run."""
    try:
        other = query and scenario_class("scaling").read_query(query)
    except ScenarioError:
        return None
    if not other or subject(other.values()) != subject(curve.scenario):
        return None
    found = curve_of(other.simulate())
    return None if found.way == curve.way else found


@cache
def _preset_curve(label):
    scenario = scenario_class("scaling")
    return curve_of(scenario.read(scenario.presets[label]).simulate())


def subject(items: dict) -> tuple:
    """Return what two scenarios must share to be compared."""
    return tuple(items.get(name) for name in SUBJECT)
