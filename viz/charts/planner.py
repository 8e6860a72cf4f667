"""Charts of the planner scene, one at a time: days, cost, context, growth, start and set-up."""

import panel as pn

from engine.run import Run
from engine.scenarios import scenario_class
from viz.charts.planner_context import ContextFigure, context_said
from viz.charts.planner_ladder import Ladder
from viz.charts.planner_plans import FRAME, PlanFigures, cost_said, days_said, lanes_of
from viz.charts.planner_start import StartFigure, start_said
from viz.components.chart_tools import Looked, Switched
from viz.components.configurations import SAID, Configurations, configurations_of


class PlannerCharts(Switched):
    """The charts of a plan; those of plans share their points, and each point opens its plan.

    Parameters
    ----------
    edit : callable
        Receives the parameters that somebody asks for by opening a point.
    looked : callable
        As of `Switched`.
    """

    def __init__(self, edit, looked: Looked = lambda view: None):
        self._edit = edit
        self._scenario: dict = {}
        self._plans = PlanFigures(self._open)
        self._context, self._start = ContextFigure(self._open), StartFigure()
        self._ladder = Ladder(lambda said: self._say(ladder=said), looked)
        self._setup = Configurations(sizing_mode="stretch_both", margin=0)
        days, cost, context = (
            pn.pane.Bokeh(plot, sizing_mode="stretch_both", margin=0)
            for plot in (self._plans.days, self._plans.frontier, self._context.plot)
        )
        charts = {
            "days": ("Days", days),
            "frontier": ("Cost", cost),
            "context": ("Context", context),
            "ladder": ("Growth", self._ladder.pane),
            "start": ("Start", self._start.pane),
            "setup": ("Set-up", self._setup),
        }
        super().__init__(charts, (self._plans, self._context, self._ladder, self._start), looked, FRAME)
        self.tools.on_msg(self._heard)

    def look(self, view: dict[str, str]) -> str:
        """Show the chart and the span of years that an address names; as `Switched.look`."""
        return super().look(view) or self._ladder.look(view.get("years", ""))

    def _heard(self, event):
        name, index = event.data["open"]
        self._open(self.tools.points[name][index]["query"])

    def _open(self, query):
        wanted = scenario_class("planner").read_query(query).values()
        if changes := {name: value for name, value in wanted.items() if value != self._scenario[name]}:
            self._edit(changes)

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the planner scene.
        """
        self._scenario, lanes = run.scenario, lanes_of(run)
        nouns = {lane.family: lane.noun for lane in lanes}
        names = {lane["family"]: lane["name"] for lane in run.trace.meta["lanes"]}
        with pn.io.hold(self._plans.days.document):  # one change of the page, not a change for each source
            self._plans.show(run, lanes)
            self._context.show(run, nouns)
            self._ladder.show(run)
            self._start.show(run, nouns)
            self._setup.texts = configurations_of(run, names)
            self._say(
                days=days_said(lanes[0], run.scenario["n_devices"]),
                frontier=cost_said(lanes, run.scenario["price"] is not None),
                context=context_said(run, nouns),
                start=start_said(run),
                setup=SAID,
            )
            self.tools.points = self._plans.points() | {"context": self._context.points()}
