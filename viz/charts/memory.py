"""Charts of the memory scene, one at a time: the rooflines, bandwidth as one reads it, and what fits."""

import panel as pn

from engine.run import Run
from viz.charts.memory_bandwidth import Bandwidth
from viz.charts.memory_fits import Fits, fits_said
from viz.charts.memory_roofline import Roofline, roofline_said
from viz.components.chart_tools import Looked, Switched


class MemoryCharts(Switched):
    """The charts of a run.

    Parameters
    ----------
    edit : callable
        Receives the parameters that a drag along the intensity asks for.
    looked : callable
        As of `Switched`.
    """

    def __init__(self, edit, looked: Looked = lambda view: None):
        self._roofline, self._fits = Roofline(edit), Fits()
        self._bandwidth = Bandwidth(lambda said: self._say(bandwidth=said))
        roofline = pn.pane.Bokeh(self._roofline.plot, sizing_mode="stretch_both", margin=0)
        charts = {
            "roofline": ("Roofline", roofline),
            "bandwidth": ("Bandwidth", self._bandwidth.pane),
            "fits": ("What fits", self._fits.pane),
        }
        super().__init__(charts, (self._roofline, self._bandwidth, self._fits), looked)

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
