r"""What comes before the first step, from published timings.

Each part is a straight line through the rows of `data/startup.csv`: the initialisation of a GPU cluster against the
number of GPUs, compiling for a wafer against layers, programming a wafer and loading weights, and writing a checkpoint,
against parameters. Its interval is the line times the smallest and the largest ratio of a row to it.

Not modelled: getting the data ready, installing software, the first attempts that fail.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from engine.cluster.published import rows

MINUTE_S = 60.0


@dataclass(frozen=True)
class Estimate:
    """A value with an interval."""

    value: float
    low: float
    high: float

    def __add__(self, other: "Estimate") -> "Estimate":
        """Add ends to ends: the interval of a sum whose parts may all be low or all be high."""
        return Estimate(self.value + other.value, self.low + other.low, self.high + other.high)


NOTHING = Estimate(0.0, 0.0, 0.0)


@cache
def _line(what, against):
    """Return intercept [s], slope, and the ratios of the rows to the line, smallest and largest."""
    points = [(float(row[against]), MINUTE_S * float(row["minutes"])) for row in rows("startup") if row["what"] == what]
    x, y = np.array(points).T
    slope, intercept = np.polyfit(x, y, 1)
    ratio = y / (intercept + slope * x)
    return float(intercept), float(slope), float(ratio.min()), float(ratio.max())


def _on_line(what, against, x):
    intercept, slope, low, high = _line(what, against)
    value = max(intercept + slope * x, 0.0)
    return Estimate(value, low * value, high * value)


def queue() -> Estimate:
    """Return the wait for free machines [s]: the median of the logs, from the shortest to the longest."""
    minutes = [MINUTE_S * float(row["minutes"]) for row in rows("startup") if row["what"] == "queue"]
    return Estimate(float(np.median(minutes)), min(minutes), max(minutes))


def initialisation(n_gpus: int) -> Estimate:
    """Return the time from launch to the first step of a cluster of GPUs [s]."""
    return _on_line("initialisation", "n_devices", n_gpus)


def compilation(layers: int) -> Estimate:
    """Return the time to compile a model for wafers [s]."""
    return _on_line("compile", "layers", layers)


def programming(parameters: float) -> Estimate:
    """Return the time to program wafers and to send them the first weights [s]."""
    return _on_line("weights", "parameters", parameters)


def wafer_checkpoint(parameters: float) -> Estimate:
    """Return the time to write a checkpoint of a cluster of wafers [s].

    Timings are published up to 6 billion parameters. Beyond, MemoryX is assumed to grow with the model and each part of
    it to write its share, so that the time stays; the high end is one writer, however large the model.
    """
    largest = max(float(row["parameters"]) for row in rows("startup") if row["what"] == "checkpoint")
    shared = _on_line("checkpoint", "parameters", min(parameters, largest))
    return Estimate(shared.value, shared.low, _on_line("checkpoint", "parameters", parameters).high)
