"""Charts of the planner scene, one at a time: days, cost, context, the ladder of models, and the configuration."""

import panel as pn

from engine.run import Run
from engine.scenarios import scenario_class
from viz.charts.chart_tools import ChartTools
from viz.charts.configurations import SAID, Configurations, configurations_of
from viz.charts.planner_context import ContextFigure, context_said
from viz.charts.planner_ladder import Ladder
from viz.charts.planner_plans import FRAME, PlanFigures, cost_said, days_said, lanes_of

CHARTS = [["days", "Days"], ["frontier", "Cost"], ["context", "Context"], ["ladder", "Growth"], ["setup", "Set-up"]]


class PlannerCharts:
    """The charts of a plan; those of plans share their points, and each point opens its plan.

    Parameters
    ----------
    edit : callable
        Receives the parameters that somebody asks for by opening a point.

    Attributes
    ----------
    panes : dict of str to panel.viewable.Viewable
        By name.
    captions : dict of str to str
        One line for each pane, "" for none.
    """

    captions = {"tools": "", **{name: "" for name, _ in CHARTS}}  # noqa: RUF012

    def __init__(self, edit):
        self._edit = edit
        self._scenario: dict = {}
        self._lanes = []
        self._plans = PlanFigures(self._open)
        self._context = ContextFigure()
        self.tools = ChartTools(charts=CHARTS, chosen=CHARTS[0][0], frame=FRAME, sizing_mode="stretch_width", margin=0)
        self.tools.on_msg(self._heard)
        self._ladder = Ladder(lambda said: self._say(ladder=said))
        self._setup = Configurations(sizing_mode="stretch_both", margin=0)
        plots = {"days": self._plans.days, "frontier": self._plans.frontier, "context": self._context.plot}
        self.panes = {
            "tools": self.tools,
            **{name: pn.pane.Bokeh(plot, sizing_mode="stretch_both", margin=0) for name, plot in plots.items()},
            "ladder": self._ladder.pane,
            "setup": self._setup,
        }
        self.paint("light")

    def _say(self, **said):
        self.tools.said = {**self.tools.said, **said}

    def _heard(self, event):
        name, index = event.data["open"]
        if name in ("days", "frontier"):
            n_own = len(self._lanes[0].rows["query"])
            lane, place = (0, index) if index < n_own else (1, index - n_own)
            self._open(lane, place)

    def _open(self, lane, index):
        wanted = scenario_class("planner").read_query(str(self._lanes[lane].rows["query"][index])).values()
        if changes := {name: value for name, value in wanted.items() if value != self._scenario[name]}:
            self._edit(changes)

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the planner scene.
        """
        self._scenario, self._lanes = run.scenario, lanes_of(run)
        nouns = {lane.family: lane.noun for lane in self._lanes}
        names = {lane["family"]: lane["name"] for lane in run.trace.meta["lanes"]}
        with pn.io.hold(self._plans.days.document):  # one change of the page, not a change for each source
            self._plans.show(run, self._lanes)
            self._context.show(run, nouns)
            self._ladder.show(run)
            self._setup.texts = configurations_of(run, names)
            self._say(
                days=days_said(self._lanes[0], run.scenario["n_devices"]),
                frontier=cost_said(self._lanes, run.scenario["price"] is not None),
                context=context_said(run, nouns),
                setup=SAID,
            )
            self.tools.points = self._plans.points()

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        self._plans.paint(theme)
        self._context.paint(theme)
        self._ladder.paint(theme)
