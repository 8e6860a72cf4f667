"""Days against systems, with the band of the step's error."""

import numpy as np
from bokeh.models import ColumnDataSource

from engine.run import Run
from viz.charts.axes import digits
from viz.charts.chart import Host
from viz.charts.planner.plans import PAINTS, Lane, PlanChart


class Days(PlanChart):
    """How long a training takes on how many systems."""

    name, label, place = "days", "Days", 1
    x, y, heights, across = "n_devices", "days", ("days", "days_low", "days_high"), "systems"

    def __init__(self, host: Host):
        self._bands = []
        super().__init__(host)

    def draw_under(self, source: ColumnDataSource) -> None:
        """Add the band of a lane."""
        band = self.plot.varea("n_devices", "days_low", "days_high", source=source, fill_alpha=0.16)
        self._bands.append(band)

    def up(self, unit: str) -> str:
        """Return what the vertical axis says."""
        return "days, from start to end"

    def sentence(self, lanes: list[Lane], run: Run) -> str:
        """Say how much faster twice the systems are."""
        return days_said(lanes[0], run.scenario["n_devices"])

    def named(self, lane: Lane, columns: dict, own: bool, price: float | None) -> tuple[int, str]:
        """Return the plan that takes longest, and what a device is called."""
        return int(np.argmax(columns["days"])), lane.noun

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        super().paint(theme)
        for band, role in zip(self._bands, PAINTS, strict=True):
            band.glyph.fill_color = self._paint[role]


def days_said(lane: Lane, n_devices: int) -> str:
    """Say how much faster twice the systems are.

    Parameters
    ----------
    lane : Lane
        Of the scenario.
    n_devices : int
        Of the scenario.
    """
    counts, days = list(lane.rows["n_devices"]), lane.rows["days"]
    here = counts.index(n_devices)
    if 2 * n_devices in counts:
        factor = days[here] / days[counts.index(2 * n_devices)]
        return f"Twice as many {lane.noun} are {digits(factor)} times as fast. The band is the error of the step."
    if here > 0 and counts[here - 1] * 2 == n_devices:
        factor = days[here] / days[here - 1]
        return f"Half as many {lane.noun} take {digits(1 / factor)} times as long. The band is the error of the step."
    return f"{n_devices:,} {lane.noun} take {digits(days[here])} days. The band is the error of the step."


CHART = Days
