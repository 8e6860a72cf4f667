"""One chart at a time: what chooses it, what it says, and the points on it that keys can reach."""

import param

from viz.components.component import Component


class ChartTools(Component):
    """Buttons that choose which chart of the page is seen, and its headline.

    A tap on a point of a chart does not come through here; its keyboard twin arrives as a message `{"open": [chart,
    index]}`.
    """

    charts = param.List(
        default=[], doc="Pairs of name and label of those there are, in order; a chart is the page's `chart-{name}`."
    )

    chosen = param.String(default="", doc="Name of the chart that is seen.")

    said = param.Dict(default={}, doc="For each chart what it shows, as a sentence.")

    points = param.Dict(default={}, doc="For some charts points with `text`, and `x` and `y` as shares of the frame.")

    reach = param.Dict(
        default={}, doc="For those charts what the points are together, `group`, what opening one does, `action`, and "
        "`frame`, the room around the frame of the figure: left, right, top, bottom [px]."
    )  # fmt: skip
