"""Figures over tables and between other panes: what several charts beside a player are made of."""

import panel as pn
from bokeh.models import Div
from bokeh.plotting import figure

from viz.charts.chart import Chart, Host
from viz.client import source

STYLE = source("components/table.css")


def written(style: str = STYLE) -> Div:
    """Return a part whose `text` is a table or notes, as escaped HTML.

    Panel's own pane of HTML would load MathJax into every page, 1.8 MB.
    """
    return Div(disable_math=True, sizing_mode="stretch_width", margin=0, stylesheets=[style])


def stacked(*parts: figure | Div | pn.viewable.Viewable) -> pn.Column:
    """Stack a figure, which takes the room there is, and what stands over and under it."""
    panes = [
        pn.pane.Bokeh(part, sizing_mode="stretch_both", margin=0) if isinstance(part, figure) else part
        for part in parts
    ]
    return pn.Column(*panes, sizing_mode="stretch_both", margin=0)


class OverTable(Chart):
    """A chart whose figure stands over a table."""

    def __init__(self, host: Host):
        super().__init__(host)
        self._table = written()

    def panes(self) -> dict[str, pn.viewable.Viewable]:
        """Return the figure over the table."""
        return {self.name: stacked(self.plot, self._table)}
