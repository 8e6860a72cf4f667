"""Charts of the fabric scene, one at a time: space-time, the critical path, the curve of cycles, and what was busy.

Space-time and path are drawn by fabric.js from the run that the player has, without this process.
"""

import panel as pn
from bokeh.models import ColumnDataSource, Range1d, Span

from engine.run import Run
from viz.charts.chart_tools import ChartTools
from viz.charts.fabric_curve import CHOICE_PX, FRAME, CyclesCurve
from viz.charts.paint import paint_figure, paint_legend, plain_figure

CHARTS = [["space_time", "Space–time"], ["path", "Path"], ["curve", "Curve"], ["activity", "At work"]]
PARTS = {
    "distance": "distance",
    "contention": "contention",
    "depth": "depth",
    "compute": "products",
    "startup": "start-up and gaps",
}


class FabricCharts:
    """The charts of a run, each with a sentence about what it shows.

    Parameters
    ----------
    edit : callable
        Receives the parameter that somebody asks for by opening a point of the curve.

    Attributes
    ----------
    panes : dict of str to panel.viewable.Viewable
        By name.
    captions : dict of str to str
        One line for each chart, "" for none; those without a pane are drawn by the page.
    """

    captions = {"tools": "", **{name: "" for name, _ in CHARTS}}  # noqa: RUF012

    def __init__(self, edit):
        self._use = ColumnDataSource({"t": [], "links": [], "pes": []})
        plot = self._activity = plain_figure(x_range=Range1d(0, 1), y_range=Range1d(0, 100))
        plot.update(sizing_mode="stretch_both", min_border_top=10)
        plot.xgrid.visible = False
        plot.xaxis.ticker.desired_num_ticks = plot.yaxis.ticker.desired_num_ticks = 5
        plot.xaxis.axis_label, plot.yaxis.axis_label = "cycle", "%"
        self._links = plot.step("t", "links", source=self._use, line_width=2, mode="after", legend_label="links")
        self._pes = plot.step(
            "t", "pes", source=self._use, line_width=2, mode="after", line_dash="dashed", legend_label="PEs"
        )
        self._clock = Span(dimension="height", location=0, line_width=2, name="clock")
        plot.add_layout(self._clock)
        self.tools = ChartTools(
            charts=CHARTS, chosen=CHARTS[0][0], frame=FRAME | {"top": FRAME["top"] + CHOICE_PX},
            group="Runs", action="Watch this run", sizing_mode="stretch_width", margin=0,
        )  # fmt: skip
        self._curve = CyclesCurve(edit, self._curve_says)
        self.tools.on_msg(lambda event: self._curve.open(event.data["open"][1]))
        self.tools.param.watch(lambda event: self._curve.watch(event.new == "curve"), "chosen")
        self.panes = {
            "tools": self.tools,
            "curve": self._curve.pane,
            "activity": pn.pane.Bokeh(plot, sizing_mode="stretch_both", margin=0),
        }
        self.paint("light")

    def _curve_says(self, sentence, points):
        self._say(curve=sentence)
        self.tools.points = {"curve": points}

    def _say(self, **said):
        self.tools.said = {**self.tools.said, **said}

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the fabric scene.
        """
        use = run.charts["utilisation"]
        links, pes = 100 * use["links"], 100 * use["pes"]
        self._use.data = {"t": use["t"], "links": links, "pes": pes}
        self._activity.x_range.update(end=run.trace.duration)
        self._say(
            space_time=space_time_said(run),
            path=path_said(run),
            activity=f"At most {links.max():.0f} % of the links and {pes.max():.0f} % of the PEs work at once.",
        )
        self._curve.show(run)

    def stop(self) -> None:
        """Stop what still runs in the background: nobody is there any more."""
        self._curve.stop()

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        paint = paint_figure(self._activity, theme)
        self._links.glyph.line_color = paint["fabric"]
        self._pes.glyph.line_color = paint["compute"]
        self._clock.line_color = paint["linear"]
        paint_legend(self._activity, paint)
        self._curve.paint(theme)


def space_time_said(run: Run) -> str:
    """Say how to read the space-time diagram of a run."""
    if "path" in run.trace.tables:
        return "PEs across, cycles down. The line is the critical path."
    return "PEs across, cycles down."


def path_said(run: Run) -> str:
    """Say which part of the critical path is the longest, and what of it the closed form leaves out."""
    if "path" not in run.trace.tables:
        if run.figures["deadlock"].value:
            return "Nothing was completed, so no path led to it."
        return "Only runs that record every wavelet have a path: up to 64 × 64 PEs."
    cycles = run.figures["cycles"].value
    parts = {name: run.figures[f"path_{name}"].value for name in PARTS}
    longest = max(parts, key=parts.get)
    return f"What the end waited for: of {cycles:,} cycles {100 * parts[longest] / cycles:.0f}\u00a0% are {PARTS[longest]}."
