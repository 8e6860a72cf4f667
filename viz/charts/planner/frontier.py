"""Cost against days of the same plans; what another beats in both is faded."""

import numpy as np

from engine.language import message
from engine.run import Run
from viz.charts.chart import Host
from viz.charts.planner.plans import Lane, PlanChart


class Frontier(PlanChart):
    """What a training costs in how many days."""

    name, label, place = "frontier", message("planner_chart_frontier"), 2
    x, y, heights = "days", "cost", ("cost",)
    across = message("planner_chart_frontier.across")

    def __init__(self, host: Host):
        super().__init__(host)
        for dots in self._dots:
            dots.glyph.line_alpha = "alpha"

    def up(self, counted: str) -> str:
        """Return what the vertical axis says."""
        return self.t(f"planner_chart_frontier.{counted}")

    def sentence(self, lanes: list[Lane], run: Run) -> str:
        """Say what the costs are, and where they are not alike."""
        if run.scenario["price"] is not None and len(lanes) == 2:
            return self.t("planner_costs.given", device=lanes[0].noun)
        return self.t("planner_costs.alone" if len(lanes) == 1 else "planner_costs")

    def named(self, lane: Lane, columns: dict, own: bool, price: float | None) -> tuple[int, str]:
        """Return the dearest plan of the scenario's cluster, or the cheapest of the other, and its price in words."""
        at = int(np.argmax(columns["cost"]) if own else np.argmin(columns["cost"]))
        name = "planner_priced" if price is not None and own else "planner_priced.year"
        return at, self.t(name, device=lane.noun, year=str(lane.price_year))


CHART = Frontier
