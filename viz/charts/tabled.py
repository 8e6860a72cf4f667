"""Figures over tables and between other panes: what several charts beside a player are made of."""

import panel as pn
from bokeh.plotting import figure

from viz.charts.chart import Chart, Host
from viz.client import source

STYLE = source("components/table.css")


def table() -> pn.pane.HTML:
    """Return a pane whose `object` is a table, as escaped HTML."""
    return pn.pane.HTML("", sizing_mode="stretch_width", margin=0, stylesheets=[STYLE])


def stacked(*parts: figure | pn.viewable.Viewable) -> pn.Column:
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
        self._table = table()

    def panes(self) -> dict[str, pn.viewable.Viewable]:
        """Return the figure over the table."""
        return {self.name: stacked(self.plot, self._table)}
