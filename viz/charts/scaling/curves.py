"""Curves of the scaling scene as columns to draw: readings of the same runs, and runs put together."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from engine.run import Run
from engine.scenarios import ScenarioError, scenario_class
from viz.charts.axes import digits

SUBJECT = ("model", "layers", "hidden", "heads", "vocab", "sequence_length")
COLUMNS = ("n_devices", "step_time", "tokens_per_s", "speedup", "linear", "efficiency")


@dataclass(frozen=True)
class Reading:
    """One way to read the runs of a curve.

    Attributes
    ----------
    label : str
        As on its button.
    axis : str
        What the vertical axis says.
    """

    label: str
    axis: str


READINGS = {
    "speedup": Reading("Speed-up", "times as fast as the fewest"),
    "tokens_per_s": Reading("Tokens/s", "tokens a second"),
    "efficiency": Reading("Efficiency", "share of the line"),
    "step_time": Reading("Step time", "time of a step"),
}
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
    def noun(self) -> str:
        """What a device is called, in the plural."""
        return "wafers" if self.scenario["cluster"] == "cs" else "GPUs"

    @property
    def way(self) -> tuple:
        """What two curves differ in that are worth comparing."""
        layout = self.layout
        return self.scenario["cluster"], layout.get("zero") == 3, layout.get("pp", 1) > 1, self.scenario["mode"]

    @property
    def label(self) -> str:
        """The way in a few words, as beside the curve."""
        cluster, sharded, staged, mode = self.way
        method = (
            "wafers" if cluster == "cs" else "GPUs, ZeRO-3" if sharded else "GPUs, TP × PP × DP" if staged else "GPUs"
        )
        return f"{method}, growing batch" if mode == "weak" else method

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

    def texts(self, reading: str) -> list[str]:
        """Return what each point says in a reading."""
        values = zip(self.n_devices, self.values(reading), strict=True)
        return [f"{n:,} {self.noun}: {written(value, reading)}" for n, value in values]

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


def written(value: float, reading: str) -> str:
    """Write a value of a reading for people.

    Examples
    --------
    >>> written(14.7, "speedup"), written(0.916, "efficiency")
    ('14.7×', '91.6 %')
    >>> written(2.07e-3, "step_time"), written(152023, "tokens_per_s")
    ('2.07 ms', '152 k')
    """
    if reading == "speedup":
        return f"{digits(value)}×"
    if reading == "efficiency":
        return f"{digits(100 * value)} %"
    prefixes = (
        ((1e9, "G"), (1e6, "M"), (1e3, "k")) if reading == "tokens_per_s" else ((1, "s"), (1e-3, "ms"), (1e-6, "µs"))
    )
    size, unit = next((pair for pair in prefixes if value >= 0.9995 * pair[0]), (1, ""))
    return f"{digits(value / size)} {unit}".strip()
