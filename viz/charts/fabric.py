"""Charts of the fabric scene: one row through time, and what was busy when."""

import numpy as np
import panel as pn
from bokeh.models import ColumnDataSource, LinearColorMapper, Range1d, Span

from engine.run import Run
from viz.charts.fabric_yields import YieldFigure
from viz.charts.paint import paint_figure, plain_figure

IDLE, RECEIVING, COMPUTING, SENDING, STALLED, HATCH = range(6)


class FabricCharts:
    """Space-time diagram of one row, and use of links and PEs, on the clock of the player.

    Parameters
    ----------
    edit, looked : callable
        Unused: nothing in these charts sets a parameter or can be looked at in another way.

    Attributes
    ----------
    panes : dict of str to panel.pane.Bokeh
        By name.
    captions : dict of str to str
        One line for each pane.
    """

    captions = {  # noqa: RUF012
        "space_time": "Middle row, cycles down",
        "utilisation": "At work, %: links —, PEs - -",
        "yields": "",
    }

    def __init__(self, edit, looked=None):
        self._states = ColumnDataSource({"image": [], "dw": [], "dh": []})
        self._mapper = LinearColorMapper(low=IDLE - 0.5, high=HATCH + 0.5, palette=["#fff"] * 6)
        self._space_time = plain_figure(
            height=180, x_range=Range1d(0, 1), y_range=Range1d(1, 0), x_axis_location="above"
        )
        self._space_time.grid.visible = False
        self._space_time.xaxis.ticker.desired_num_ticks = 4
        self._space_time.image(
            image="image", x=0, y=0, dw="dw", dh="dh", source=self._states, color_mapper=self._mapper
        )
        self._use = ColumnDataSource({"t": [], "links": [], "pes": []})
        self._utilisation = plain_figure(height=120, x_range=Range1d(0, 1), y_range=Range1d(0, 100))
        self._utilisation.xgrid.visible = False
        self._utilisation.xaxis.ticker.desired_num_ticks = self._utilisation.yaxis.ticker.desired_num_ticks = 4
        self._links = self._utilisation.step("t", "links", source=self._use, line_width=2, mode="after")
        self._pes = self._utilisation.step("t", "pes", source=self._use, line_width=2, mode="after", line_dash="dashed")
        self._clocks = [
            Span(dimension="width", location=0, line_width=2),
            Span(dimension="height", location=0, line_width=2),
        ]
        for plot, clock in zip((self._space_time, self._utilisation), self._clocks, strict=True):
            clock.name = "clock"
            plot.add_layout(clock)
        self._yields = YieldFigure()
        self.panes = {
            "space_time": pn.pane.Bokeh(self._space_time, sizing_mode="stretch_width"),
            "utilisation": pn.pane.Bokeh(self._utilisation, sizing_mode="stretch_width"),
            "yields": pn.pane.Bokeh(self._yields.plot, sizing_mode="stretch_width", visible=False),
        }
        self.paint("light")

    def look(self, view: dict[str, str]) -> None:
        """Look as an address says: there is one way."""

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the fabric scene.
        """
        states = np.array(run.charts["space_time"]["state"], np.uint8)
        width = states.shape[1]
        # A stalled cell is hatched, so that it is told apart without its hue.
        rows, columns = np.indices(states.shape)
        states[(states == STALLED) & ((rows + columns) % 2 == 1)] = HATCH
        duration = run.trace.duration
        self._states.data = {"image": [states], "dw": [width], "dh": [duration]}
        self._space_time.x_range.update(end=width)
        self._space_time.y_range.update(start=duration)
        use = run.charts["utilisation"]
        self._use.data = {"t": use["t"], "links": 100 * use["links"], "pes": 100 * use["pes"]}
        self._utilisation.x_range.update(end=duration)
        self.panes["yields"].visible = "yields" in run.charts
        if "yields" in run.charts:
            self._yields.show(run)

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        for plot in (self._space_time, self._utilisation):
            paint = paint_figure(plot, theme)
        self._mapper.palette = [
            paint["pe"], paint["fabric"], paint["compute"], paint["fabric"], paint["stall"], paint["card"],
        ]  # fmt: skip
        self._yields.paint(theme)
        self._links.glyph.line_color = paint["fabric"]
        self._pes.glyph.line_color = paint["compute"]
        for clock in self._clocks:
            clock.line_color = paint["linear"]
