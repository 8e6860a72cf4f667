"""A figure over a table: what several charts beside a player are made of."""

import panel as pn
from bokeh.plotting import figure

from viz.client import source

STYLE = source("components/table.css")


def tabled(plot: figure, *above: pn.viewable.Viewable) -> tuple[pn.Column, pn.pane.HTML]:
    """Stack a figure, which takes the room there is, over a table.

    Parameters
    ----------
    plot : bokeh.plotting.figure
        The figure.
    *above : panel.viewable.Viewable
        What stands over it.

    Returns
    -------
    column : panel.Column
        All of it.
    table : panel.pane.HTML
        Whose `object` is the table, as escaped HTML.
    """
    table = pn.pane.HTML("", sizing_mode="stretch_width", margin=0, stylesheets=[STYLE])
    middle = pn.pane.Bokeh(plot, sizing_mode="stretch_both", margin=0)
    return pn.Column(*above, middle, table, sizing_mode="stretch_both", margin=0), table
