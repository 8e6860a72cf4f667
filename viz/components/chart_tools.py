"""One chart at a time: what chooses it, what it says, and the points on it that keys can reach."""

from collections.abc import Callable

import param
from panel.viewable import Viewable

from viz.components.component import Component

Looked = Callable[[dict[str, str]], None]
"""Receives what somebody changed about the look of a page: name to word as in its address, "" for the usual."""


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

    group = param.String(default="Plans", doc="What the points are, together.")

    action = param.String(default="Open this plan", doc="What opening a point does.")

    frame = param.Dict(default={}, doc="Room around the frame of such a chart: left, right, top, bottom [px].")


class Switched:
    """Charts of a scene of which one is seen at a time, each with a sentence about what it shows.

    Parameters
    ----------
    charts : dict of str to (str, panel.viewable.Viewable or None)
        Label and pane by name, the first seen at first; None is drawn by the page.
    painted : sequence
        Whatever has a method `paint`.
    looked : callable
        Told of another chart as `{"chart": name}`.
    frame : dict
        As of `ChartTools`.

    Attributes
    ----------
    panes : dict of str to panel.viewable.Viewable
        By name.
    drawn : tuple of str
        Names of the charts that the page draws.
    captions : dict of str to str
        One line for each pane, "" for none.
    """

    def __init__(
        self, charts: dict[str, tuple[str, Viewable | None]], painted, looked: Looked, frame: dict | None = None
    ):
        self._painted = painted
        self._usual = next(iter(charts))
        self.tools = ChartTools(
            charts=[[name, label] for name, (label, _) in charts.items()], chosen=self._usual, frame=frame or {},
            sizing_mode="stretch_width", margin=0,
        )  # fmt: skip
        self.tools.param.watch(lambda event: looked({"chart": self._spelled()}), "chosen")
        self.panes = {"tools": self.tools, **{name: pane for name, (_, pane) in charts.items() if pane is not None}}
        self.drawn = tuple(name for name, (_, pane) in charts.items() if pane is None)
        self.captions = {"tools": "", **dict.fromkeys(charts, "")}
        self.paint("light")

    def _spelled(self):
        return "" if self.tools.chosen == self._usual else self.tools.chosen

    def _say(self, **said):
        self.tools.said = {**self.tools.said, **said}

    def look(self, view: dict[str, str]) -> str:
        """Show the chart that an address names; unknown ones are the first.

        Parameters
        ----------
        view : dict of str to str
            How the page is looked at, as in its address.

        Returns
        -------
        str
            What is refused, as a sentence; "" when all is well.
        """
        chosen = view.get("chart", self._usual)
        self.tools.chosen = chosen if chosen in self.captions and chosen != "tools" else self._usual
        return ""

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        for chart in self._painted:
            chart.paint(theme)
