"""The charts of a scene on one page, of which one is seen at a time."""

import panel as pn
from panel.viewable import Viewable

from engine.language import Language
from engine.run import Run
from viz.charts import charts_of
from viz.charts.chart import Chart, Host
from viz.components.chart_tools import ChartTools


class SceneCharts:
    """The charts of a scene for one visitor; where there are several, with buttons that choose which is seen.

    Parameters
    ----------
    scene : str
        A key of `engine.scenarios.SCENES`.
    edit, looked : callable
        As of `Host`; `looked` is also told of another chart, as `{"chart": name}`.
    t : Language
        Of the page.

    Attributes
    ----------
    charts : dict of str to Chart
        By name, in their order.
    tools : ChartTools
        What the buttons and the headline show; not on the page where there is one chart.
    panes : dict of str to panel.viewable.Viewable
        What Panel places, by name of the element.
    controls : tuple of str
        Parameters that the charts have controls for.
    places : dict of str to list of str
        "centre", above the player, and "right", beside it: names of the elements there, in order.
    """

    def __init__(self, scene: str, edit, looked, t: Language):
        self._t = t
        host = Host(edit, looked, self._told, t)
        self.charts: dict[str, Chart] = {name: make(host) for name, make in charts_of(scene).items()}
        self.controls = tuple(name for chart in self.charts.values() for name in chart.controls)
        self._usual = next(iter(self.charts), "")
        self.tools = ChartTools(
            charts=self._labels(chart for chart in self.charts.values() if not chart.needs),
            chosen=self._usual,
            reach={
                name: {"group": t(reach.group), "action": t(reach.action), "frame": reach.frame}
                for name, chart in self.charts.items()
                if (reach := chart.reach)
            },
            sizing_mode="stretch_width", margin=0,
        )  # fmt: skip
        self.tools.param.watch(lambda event: self._chosen(event.new, looked), "chosen")
        self.tools.on_msg(lambda event: self._open(*event.data["open"]))
        self.panes: dict[str, Viewable] = {"tools": self.tools} if len(self.charts) > 1 else {}
        self.places: dict[str, list[str]] = {"centre": [], "right": list(self.panes)}
        for chart in self.charts.values():
            panes = chart.panes()
            self.panes |= panes
            for name in panes or (chart.name,):
                self.places["centre" if name in chart.centre else "right"].append(name)
        self.paint("light")

    def _labels(self, charts):
        return [[chart.name, self._t(chart.label)] for chart in charts]

    def _told(self, chart):
        hint = self._t(chart.hint) if chart.hint else ""
        self.tools.said = {**self.tools.said, chart.name: f"{chart.said} {hint}".rstrip()}
        if chart.reach:
            self.tools.points = {**self.tools.points, chart.name: chart.points}

    def _chosen(self, chosen, looked):
        looked({"chart": "" if chosen == self._usual else chosen})
        for chart in self.charts.values():
            chart.watch(chart.name == chosen)

    def _open(self, name, index):
        self.charts[name].open(index)

    def show(self, run: Run) -> None:
        """Draw the charts that a run has; where the one that is seen is not among them, the first is seen.

        Parameters
        ----------
        run : Run
            Of the scene.
        """
        there = [chart for chart in self.charts.values() if chart.is_in(run)]
        document = next((chart.plot.document for chart in there if chart.plot is not None), None)
        with pn.io.hold(document):  # one change of the page, not a change for each source
            self.tools.charts = self._labels(there)
            if all(chart.name != self.tools.chosen for chart in there):
                self.tools.chosen = self._usual
            for chart in there:
                chart.show(run)

    def look(self, view: dict[str, str]) -> str:
        """Take the look that an address says: which chart is seen, the first for one that there is not, and how.

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
        self.tools.chosen = chosen if chosen in self.charts else self._usual
        refused = [chart.look(view) for chart in self.charts.values()]
        return next(filter(None, refused), "")

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        for chart in self.charts.values():
            chart.paint(theme)

    def stop(self) -> None:
        """End what runs in the background: nobody is there any more."""
        for chart in self.charts.values():
            chart.stop()
