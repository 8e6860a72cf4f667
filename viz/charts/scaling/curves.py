"""Curves of the scaling scene as columns to draw: readings of the same runs, and runs put together."""

import json
import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.language import Language, Message, Quantity, message
from engine.machines import machine_of, program, program_of
from engine.run import Run
from engine.scenarios import ScenarioError, scenario_class
from engine.scenarios.scaling import ERAS, SHAPE
from viz.charts.identity import Identity, identity

Scaling = scenario_class("scaling")
STARTS = tuple(sorted(part * 2**k for part in (1, 3) for k in range(11)))  # devices that a curve may begin with
KEPT, SEARCHES = 32, 256  # curves that stand beside others, and searches for where they begin
SUBJECT = ("model", *SHAPE, "sequence_length")
SET_UP = ("tp", "pp", "dp", "micro_batch", "interleave", "zero", "recompute", "overlap")
COLUMNS = ("n_devices", "step_time", "tokens_per_s", "speedup", "linear", "efficiency")


READINGS = {"speedup": "×", "tokens_per_s": "token/s", "efficiency": "share", "step_time": "s"}  # with their units
SPREAD = ("step_time",)  # of which all values but the first lie together on linear axes
RELATIVE = ("speedup", "efficiency")  # to the fewest devices of the curve
ALIKE = 0.25  # rates that differ by a smaller power of e
NEAR = 0.4  # as much, numbers of devices: less than from a point to the next


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
    layouts : list of dict
        How the work of each point is divided: what `engine.cluster.plan.Plan.words` says of it.
    published : dict of str to column
        Published points that belong to it, with the names of `columns`, `source`, `kind` and `row`.
    stands : tuple of int
        So many of its devices stand for so many of the curve that it is drawn beside; (1, 1) by itself.
    """

    scenario: dict
    columns: dict[str, np.ndarray]
    queries: list[str]
    layouts: list[dict]
    published: dict
    stands: tuple[int, int] = (1, 1)

    @property
    def n_devices(self) -> list[int]:
        """The numbers of devices."""
        return [int(n) for n in self.columns["n_devices"]]

    @property
    def unit(self) -> str:
        """What a device is called, as the unit of a quantity."""
        return "wafer" if self.scenario["cluster"] == "cs" else "GPU"

    @property
    def device(self) -> str:
        """What a device is, a key of `engine.machines.clusters`."""
        chosen = {name: self.scenario[name] for name in ("cluster", "device")}
        return chosen["device"] or Scaling(**chosen).automatic("device")

    @property
    def look(self) -> Identity:
        """How its devices look."""
        return identity(self.device)

    @property
    def layout(self) -> dict:
        """How the work of the run that was asked for is divided."""
        return self.layouts[self.n_devices.index(self.scenario["n_devices"])]

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
    def training(self) -> tuple:
        """The scenario without what changes along the curve, and without how its work is set up."""
        own = {name: value for name, value in self.scenario.items() if name not in SET_UP}
        n, batch = own.pop("n_devices"), own.pop("global_batch")
        return batch / n if own["mode"] == "weak" else batch, *own.items()

    @property
    def set_up(self) -> tuple:
        """How its work was asked to be set up, but for what changes along the curve."""
        return tuple(self.scenario[name] for name in SET_UP if name not in ("dp", "micro_batch"))

    @property
    def family(self) -> tuple:
        """Equal for runs whose points lie on one curve."""
        return self.n_devices[0], *self.set_up, *self.training

    def beside(self, own: "Curve") -> "Curve":
        """Return this curve as it is drawn beside another.

        Devices of the same kind stand for themselves. Of another kind as many stand for some of the other as do the
        same work in the same time, at the fewest of which that can be said. Its speed-up is its share of linear on the
        line of the other, so that both are held against one line.
        """
        stands = (1, 1) if self.unit == own.unit else _as_fast(self, own)
        slope = stands[1] / stands[0] * own.columns["linear"][0] / own.columns["n_devices"][0]
        columns, published = (
            {**found, "speedup": slope * np.asarray(found["efficiency"]) * np.asarray(found["n_devices"])}
            for found in (self.columns, self.published)
        )
        return replace(self, columns=columns, published=published, stands=stands)

    def part(self, fewest: float, most: float) -> "Curve":
        """Return the points within two numbers of devices; what is relative stays so to the same."""
        within = [
            np.flatnonzero((np.asarray(n) >= fewest) & (np.asarray(n) <= most))
            for n in (self.columns["n_devices"], self.published["n_devices"])
        ]
        columns = {name: values[within[0]] for name, values in self.columns.items()}
        published = {name: [values[i] for i in within[1]] for name, values in self.published.items()}
        queries, layouts = ([own[i] for i in within[0]] for own in (self.queries, self.layouts))
        return replace(self, columns=columns, queries=queries, layouts=layouts, published=published)

    def values(self, reading: str) -> np.ndarray:
        """Return the height of each point in a reading."""
        return self.columns[reading]

    def opposite(self, n_devices: int) -> tuple[int, dict] | None:
        """Return the number of devices that stands for some of the other curve, and how their work is divided.

        None where the curve does not reach so far, or begins later.
        """
        across = self.across(self.columns["n_devices"])
        at = int(np.abs(across - n_devices).argmin())
        if apart(across[at], n_devices) > NEAR:
            return None
        return self.n_devices[at], self.layouts[at]

    def rate(self, n_devices: int) -> float:
        """Return the tokens per second on as many devices as a point has."""
        return float(self.columns["tokens_per_s"][self.n_devices.index(n_devices)])

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

    def across(self, n_devices: np.ndarray) -> np.ndarray:
        """Return the numbers of devices of the other curve that some of these stand for."""
        return np.asarray(n_devices, float) * self.stands[1] / self.stands[0]

    def changes(self, index: int) -> dict:
        """Return the parameters of a point that differ from those of the run that was asked for."""
        values = Scaling.read_query(self.queries[index]).values()
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
    layouts = [json.loads(words) for words in found["layout"]]
    return Curve(run.scenario, columns, list(found["query"]), layouts, run.columns("published"))


def other_kind(curve: Curve) -> Curve | None:
    """Return the same training on the other kind of cluster, of about the same year; None where none can do it.

    It begins with the devices that are about as fast as the fewest of the curve, or as the fewest that any are as fast
    as.
    """
    kind = "gpu" if curve.scenario["cluster"] == "cs" else "cs"
    device = Scaling(cluster=kind).nearest_in_time(machine_of(curve.device).year)
    items = {name: curve.scenario[name] for name in (*SUBJECT, "mode", "seed")}
    items |= {"cluster": kind, "device": device, "era": _era(curve, Scaling(cluster=kind, device=device))}
    found, starts = None, STARTS
    for query, wanted in zip(curve.queries, curve.columns["tokens_per_s"], strict=True):
        items["global_batch"] = Scaling.read_query(query).global_batch
        rates = _rates(tuple(items.items()), float(wanted), starts)
        if rates:
            start = min(rates, key=lambda n: apart(rates[n], wanted))
            alike, starts = apart(rates[start], wanted) < ALIKE, starts[starts.index(min(rates)) :]
            if alike or found is None:
                found = Scaling(**items, n_devices=start)
            if alike:
                break
    return found and _curve(found.query()).part(found.n_devices, math.inf).beside(curve)


@lru_cache(maxsize=SEARCHES)
def _rates(items, wanted, starts):
    """Return the tokens per second of a scenario by its number of devices, up to the first that is as fast as wanted.

    Numbers that cannot divide or hold the work are not among them.
    """
    found = {}
    for n in starts:
        try:
            plan = Scaling(**dict(items), n_devices=n).plan()
        except ScenarioError:
            continue
        found[n] = plan.job.global_batch * plan.job.sequence_length / plan.step(dict(items)["seed"]).step_s
        if found[n] >= wanted:
            break
    return found


def _era(curve, other):
    """Return the era of which another scenario is, so that its program is of about the year of a curve's."""
    era, software = curve.scenario["era"], curve.scenario["software"]
    if era is None and software is not None:
        years = [year for year in ERAS if program_of(other.automatic("device"), year)]
        era = min(years, key=lambda year: (abs(year - program(software)["year"]), year))
    return era


def _as_fast(curve, own):
    """Return numbers of devices of a curve and of another that are about as fast: the fewest, else the nearest."""
    points = list(zip(curve.n_devices, curve.columns["tokens_per_s"], strict=True))
    pairs = []
    for m, rate in zip(own.n_devices, own.columns["tokens_per_s"], strict=True):
        far, n = min((apart(other, rate), n) for n, other in points)
        if far < ALIKE:
            return n, m
        pairs.append((far, (n, m)))
    return min(pairs)[1]


def apart(one: float, other: float) -> float:
    """Return the power of e by which two numbers differ."""
    return abs(math.log(one / other))


def many(now: Curve, other: Curve, n: int, m: int) -> dict[str, Message]:
    """Return so many devices of two curves, to be said."""
    return {
        name: message("scaling_many", n=number, device=machine_of(curve.device).device)
        for name, number, curve in (("own", n, now), ("other", m, other))
    }


def shared(own: Curve, other: Curve | None) -> tuple[Curve, Curve | None]:
    """Return two curves up to where the shorter ends, or the first up to the run that was asked for."""
    if other is None:
        return own, None
    ends = float(other.across(other.n_devices[-1]))
    most = max(min(ends, own.n_devices[-1]), own.scenario["n_devices"])
    return own.part(0, most), other.part(0, max(other.n_devices[0], most * other.stands[0] / other.stands[1]))


def curve_beside(curve: Curve, query: str) -> Curve | None:
    """Return the curve of a query that is worth comparing with another, None where it is not or cannot be run."""
    try:
        other = query and Scaling.read_query(query)
    except ScenarioError:
        return None
    if not other or subject(other.values()) != subject(curve.scenario):
        return None
    found = _curve(query)
    return None if found.way == curve.way else found.beside(curve)


@lru_cache(maxsize=KEPT)
def _curve(query):
    return curve_of(Scaling.read_query(query).simulate())


def subject(items: dict) -> tuple:
    """Return what two scenarios must share to be compared."""
    return tuple(items.get(name) for name in SUBJECT)
