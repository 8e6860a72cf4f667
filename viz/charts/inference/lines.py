"""Charts with a line for each system of a run, and its scenario as a larger mark on it."""

from typing import ClassVar

import numpy as np
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, FixedTicker, LabelSet, Range1d

from engine.language import Quantity
from engine.run import Run
from viz.charts.chart import Chart, Host
from viz.charts.identity import Identity, identity, wear
from viz.charts.paint import paint_named, plain_figure, title

MOST = 2  # systems
DECADES = [10.0**k for k in range(-5, 8)]
NAMED = ("x", "y", "text", "paint")


class SystemLines(Chart):
    """A line for each system, on logarithmic axes.

    Attributes
    ----------
    columns : str
        Table of the trace.
    x, y : str
        Columns of it, and figures of the scenario.
    name_at : int
        Index of the point that a line is named at.
    """

    columns: ClassVar[str]
    x: ClassVar[str]
    y: ClassVar[str]
    name_at: ClassVar[int] = -1

    def __init__(self, host: Host):
        super().__init__(host)
        plot = self.plot = plain_figure(
            x_axis_type="log", y_axis_type="log", x_range=Range1d(10, 1e4), y_range=Range1d(10, 1e5)
        )
        plot.update(sizing_mode="stretch_both", min_border_left=56, min_border_right=14, min_border_bottom=44)
        plot.add_layout(title(self.t(f"{self.label.id}.up")), "above")
        plot.xaxis.axis_label = self.t(f"{self.label.id}.across")
        for axis, grid, word in ((plot.xaxis, plot.xgrid, self.across), (plot.yaxis, plot.ygrid, self.up)):
            axis.ticker = grid.ticker = FixedTicker(ticks=DECADES)
            axis.major_label_overrides = {mark: word(mark) for mark in DECADES}
        self._lines = []
        for _ in range(MOST):
            points, now = (ColumnDataSource({"x": [], "y": []}) for _ in range(2))
            line = plot.line("x", "y", source=points, line_width=2.5)
            dots = plot.scatter("x", "y", source=points, size=6)
            here = plot.scatter("x", "y", source=now, size=14, line_width=2.5)
            self._lines.append((points, now, line, dots, here))
        self._names = ColumnDataSource({part: [] for part in NAMED})
        self._labels = LabelSet(
            x="x", y="y", text="text", text_color="paint", source=self._names, x_offset=8, y_offset=4,
            text_font=value("Inter"), text_font_size="12.5px", text_font_style="bold", background_fill_alpha=0.85,
        )  # fmt: skip
        plot.add_layout(self._labels)
        self._looks: list[Identity] = []

    def across(self, mark: float) -> str:
        """Write a mark of the horizontal axis."""
        return self.t.number(mark)

    def up(self, mark: float) -> str:
        """Write a mark of the vertical axis."""
        return self.t.number(mark)

    def now(self, run: Run, prefix: str) -> tuple[float, float]:
        """Return where the scenario is; figures of the second system begin with `prefix`."""
        raise NotImplementedError

    def sentence(self, devices: Quantity, table: dict, mine: np.ndarray) -> str:
        """Say what the line of a system shows, whose rows of the table are `mine`."""
        raise NotImplementedError

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the inference scene.
        """
        table, systems = run.columns(self.columns), run.trace.meta["systems"]
        self._looks = [identity(system["name"]) for system in systems]
        names = {part: [] for part in NAMED}
        said = []
        for i, (points, now, *_) in enumerate(self._lines):
            mine = np.flatnonzero(table["system"] == i)
            x, y = table[self.x][mine], table[self.y][mine]
            points.data = {"x": x, "y": y}
            if i >= len(systems):
                now.data = {"x": [], "y": []}
                continue
            here = self.now(run, "other_" if i else "")
            now.data = {"x": [here[0]], "y": [here[1]]}
            n, device = systems[i]["n"], systems[i]["device"]
            entry = (x[self.name_at], y[self.name_at], self.t.quantity(n, device), "")
            for part, item in zip(NAMED, entry, strict=True):
                names[part].append(item)
            said.append(self.sentence(Quantity(n, device, 12), table, mine))
        for axis, column in ((self.plot.x_range, self.x), (self.plot.y_range, self.y)):
            axis.update(start=0.6 * float(table[column].min()), end=2.2 * float(table[column].max()))
        self._names.data = names
        self._dress()
        self.say(" ".join(said))

    def _dress(self):
        for look, (_, _, line, dots, here) in zip(self._looks, self._lines, strict=False):
            wear(look, self._paint, line, dots)
            wear(look, self._paint, dots=here, filled=True)
        self._names.data = {**self._names.data, "paint": [look.colour(self._paint) for look in self._looks]}

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        self._paint = paint_named(self.plot, self._labels, theme)
        self._dress()
