"""Charts of the fabric scene, one at a time: space-time, the critical path, the curve of cycles, and what was busy.

Space-time and path are drawn by fabric.js from the run that the player has, without this process.
"""

import panel as pn
from bokeh.models import ColumnDataSource, Range1d, Span

from engine.run import Run
from viz.charts.fabric_curve import CHOICE_PX, FRAME, CyclesCurve
from viz.charts.fabric_yields import YieldFigure
from viz.charts.paint import paint_figure, paint_legend, plain_figure
from viz.components.chart_tools import Looked, Switched

PARTS = {
    "distance": "distance",
    "contention": "contention",
    "depth": "depth",
    "compute": "products",
    "startup": "start-up and gaps",
}


class FabricCharts(Switched):
    """The charts of a run, each with a sentence about what it shows.

    Parameters
    ----------
    edit : callable
        Receives the parameter that somebody asks for by opening a point of the curve.
    looked : callable
        As of `Switched`.
    """

    running = ("curve",)  # simulates while somebody looks at it, so a page without a session cannot hold it

    def __init__(self, edit, looked: Looked = lambda view: None):
        self._curve, self._activity, self._yields = CyclesCurve(edit, self._curve_says), Activity(), YieldFigure()
        self._yields.plot.sizing_mode = "stretch_both"
        activity, yields = (
            pn.pane.Bokeh(plot, sizing_mode="stretch_both", margin=0)
            for plot in (self._activity.plot, self._yields.plot)
        )
        charts = {
            "space_time": ("Space–time", None),
            "path": ("Path", None),
            "curve": ("Curve", self._curve.pane),
            "activity": ("At work", activity),
            "yields": ("Yield", yields),
        }
        painted = (self._curve, self._activity, self._yields)
        super().__init__(charts, painted, looked, FRAME | {"top": FRAME["top"] + CHOICE_PX})
        self._all = self.tools.charts
        self.panes["yields"].visible = False  # only runs with defects have it
        self.tools.param.update(charts=self._all[:-1], group="Runs", action="Watch this run")
        self.tools.on_msg(lambda event: self._curve.open(event.data["open"][1]))
        self.tools.param.watch(lambda event: self._curve.watch(event.new == "curve"), "chosen")

    def _curve_says(self, sentence, points):
        self._say(curve=sentence)
        self.tools.points = {"curve": points}

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the fabric scene.
        """
        with_yields = self.panes["yields"].visible = "yields" in run.trace.tables
        self.tools.charts = self._all if with_yields else self._all[:-1]
        if with_yields:
            self._say(yields=self._yields.show(run))
        elif self.tools.chosen == "yields":
            self.tools.chosen = self._usual
        self._say(space_time=space_time_said(run), path=path_said(run), activity=self._activity.show(run))
        self._curve.show(run)

    def stop(self) -> None:
        """Stop what still runs in the background: nobody is there any more."""
        self._curve.stop()


class Activity:
    """Shares of links and PEs at work over time, on the clock of the player.

    Attributes
    ----------
    plot : bokeh.plotting.figure
        To be placed.
    """

    def __init__(self):
        self._use = ColumnDataSource({"t": [], "links": [], "pes": []})
        plot = self.plot = plain_figure(x_range=Range1d(0, 1), y_range=Range1d(0, 100))
        plot.update(sizing_mode="stretch_both", min_border_top=10)
        plot.xgrid.visible = False
        plot.xaxis.ticker.desired_num_ticks = plot.yaxis.ticker.desired_num_ticks = 5
        plot.xaxis.axis_label, plot.yaxis.axis_label = "cycle", "%"
        step = {"source": self._use, "line_width": 2, "mode": "after"}
        self._links = plot.step("t", "links", legend_label="links", **step)
        self._pes = plot.step("t", "pes", legend_label="PEs", line_dash="dashed", **step)
        self._clock = Span(dimension="height", location=0, line_width=2, name="clock")
        plot.add_layout(self._clock)

    def show(self, run: Run) -> str:
        """Draw the columns of a run, and say what they show."""
        use = run.columns("utilisation")
        links, pes = 100 * use["links"], 100 * use["pes"]
        self._use.data = {"t": use["t"], "links": links, "pes": pes}
        self.plot.x_range.update(end=run.trace.duration)
        return f"At most {links.max():.0f}\u00a0% of the links and {pes.max():.0f}\u00a0% of the PEs work at once."

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        paint = paint_figure(self.plot, theme)
        self._links.glyph.line_color = paint["fabric"]
        self._pes.glyph.line_color = paint["compute"]
        self._clock.line_color = paint["linear"]
        paint_legend(self.plot, paint)


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
    share = f"{100 * parts[longest] / cycles:.0f}\u00a0%"
    return f"What the end waited for: of {cycles:,} cycles {share} are {PARTS[longest]}."
