"""One chart at a time: what chooses it, what it says, and the points on it that keys can reach."""

from pathlib import Path
from typing import ClassVar

import param
from panel.custom import JSComponent


class ChartTools(JSComponent):
    """Buttons that choose which chart of the page is seen, and its headline.

    A tap on a point of a chart does not come through here; its keyboard twin arrives as a message `{"open": [chart,
    index]}`.
    """

    charts = param.List(default=[], doc="Pairs of name and label, in order; the chart is the page's `chart-{name}`.")

    chosen = param.String(default="", doc="Name of the chart that is seen.")

    said = param.Dict(default={}, doc="For each chart what it shows, as a sentence.")

    points = param.Dict(default={}, doc="For some charts points with `text`, and `x` and `y` as shares of the frame.")

    group = param.String(default="Plans", doc="What the points are, together.")

    action = param.String(default="Open this plan", doc="What opening a point does.")

    frame = param.Dict(default={}, doc="Room around the frame of such a chart: left, right, top, bottom [px].")

    _esm = Path(__file__).with_suffix(".js")

    _stylesheets: ClassVar[list[str]] = [Path(__file__).with_suffix(".css").read_text(encoding="utf-8")]
