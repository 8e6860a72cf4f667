"""Days against devices, with the interval of each plan, and the pair that the verdict compares."""

from bokeh.models import ColumnDataSource

from engine.language import Quantity, message
from engine.run import Run
from viz.charts.chart import Host
from viz.charts.planner.plans import Lane, PlanChart


class Days(PlanChart):
    """How long a training takes on how many devices."""

    name, label, place = "days", message("planner_chart_days"), 1
    x, y, heights = "n_devices", "days", ("days", "days_low", "days_high")
    across = message("planner_chart_days.across")

    def __init__(self, host: Host):
        self._bands = []
        super().__init__(host)

    def draw_under(self, source: ColumnDataSource) -> None:
        """Add the band of a lane."""
        band = self.plot.varea("n_devices", "days_low", "days_high", source=source, fill_alpha=0.16)
        self._bands.append(band)

    def up(self, counted: str) -> str:
        """Return what the vertical axis says."""
        return self.t("planner_chart_days.up")

    def sentence(self, lanes: list[Lane], run: Run) -> str:
        """Say how much faster twice the devices are, and what the bands are."""
        return f"{self._doubled(lanes[0])} {self.t('planner_bands')}"

    def _doubled(self, lane):
        here, n_devices = lane.here, lane.n_devices
        counts, days = list(lane.rows["n_devices"]), lane.rows["days"]
        if 2 * n_devices in counts:
            factor = days[here] / days[counts.index(2 * n_devices)]
            return self.t("planner_twice", device=lane.noun, factor=Quantity(factor, "", digits=3))
        if here > 0 and counts[here - 1] * 2 == n_devices:
            factor = days[here - 1] / days[here]
            return self.t("planner_half", device=lane.noun, factor=Quantity(factor, "", digits=3))
        days_here = Quantity(days[here], "day", digits=3)
        return self.t("planner_no_double", devices=Quantity(n_devices, lane.noun), days=days_here)

    def named(self, lane: Lane, columns: dict, own: bool, price: float | None) -> tuple[int, str]:
        """Return the plan that the verdict compares, and on how many devices it is."""
        return lane.here, self.t.quantity(lane.n_devices, lane.noun)

    def beside(self, far: float) -> tuple[str, int, int]:
        """Return the place of a name: the curves fall, so there is room above on the right, or below on the left."""
        return ("right", -12, -18) if far > 0.7 else ("center", 34, 8) if far > 0.4 else ("left", 12, 0)

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        super().paint(theme)
        self._tint()

    def show(self, run: Run) -> None:
        """Draw the plans of a run."""
        super().show(run)
        self._tint()

    def _tint(self):
        for band, look in zip(self._bands, self.looks(), strict=False):
            band.glyph.fill_color = look.colour(self._paint)


CHART = Days
