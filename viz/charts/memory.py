"""Charts of the memory scene, one at a time: the rooflines, bandwidth as one reads it, and what fits."""

import panel as pn

from engine.run import Run
from viz.charts.chart_tools import ChartTools
from viz.charts.memory_bandwidth import Bandwidth
from viz.charts.memory_fits import Fits, fits_said
from viz.charts.memory_roofline import Roofline, roofline_said

CHARTS = [["roofline", "Roofline"], ["bandwidth", "Bandwidth"], ["fits", "What fits"]]


class MemoryCharts:
    """The charts of a run, each with a sentence about what it shows.

    Parameters
    ----------
    edit : callable
        Receives the parameters that a drag along the intensity asks for.

    Attributes
    ----------
    panes : dict of str to panel.viewable.Viewable
        By name.
    captions : dict of str to str
        One line for each pane, "" for none.
    """

    captions = {"tools": "", **{name: "" for name, _ in CHARTS}}  # noqa: RUF012

    def __init__(self, edit):
        self._roofline, self._fits = Roofline(edit), Fits()
        self._bandwidth = Bandwidth(lambda said: self._say(bandwidth=said))
        self.tools = ChartTools(charts=CHARTS, chosen=CHARTS[0][0], sizing_mode="stretch_width", margin=0)
        self.panes = {
            "tools": self.tools,
            "roofline": pn.pane.Bokeh(self._roofline.plot, sizing_mode="stretch_both", margin=0),
            "bandwidth": self._bandwidth.pane,
            "fits": self._fits.pane,
        }
        self.paint("light")

    def _say(self, **said):
        self.tools.said = {**self.tools.said, **said}

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the memory scene.
        """
        for chart in (self._roofline, self._bandwidth, self._fits):
            chart.show(run)
        self._say(roofline=roofline_said(run), fits=fits_said(run))

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        for chart in (self._roofline, self._bandwidth, self._fits):
            chart.paint(theme)
