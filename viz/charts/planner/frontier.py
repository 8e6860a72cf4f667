"""Cost against days of the same plans; what another beats in both is faded."""

import numpy as np

from engine.run import Run
from viz.charts.chart import Host
from viz.charts.planner.plans import Lane, PlanChart

PRICED = {"gpu": ", rented", "cs": ", bought"}


class Frontier(PlanChart):
    """What a training costs in how many days."""

    name, label, place = "frontier", "Cost", 2
    x, y, heights, across = "days", "cost", ("cost",), "days"

    def __init__(self, host: Host):
        super().__init__(host)
        for dots in self._dots:
            dots.glyph.line_alpha = "alpha"

    def up(self, unit: str) -> str:
        """Return what the vertical axis says."""
        return f"cost [{unit}]"

    def sentence(self, lanes: list[Lane], run: Run) -> str:
        """Say what the two costs are."""
        return cost_said(lanes, run.scenario["price"] is not None)

    def named(self, lane: Lane, columns: dict, own: bool, price: float | None) -> tuple[int, str]:
        """Return the dearest plan of the scenario's cluster, or the cheapest of the other, and what its cost is."""
        at = int(np.argmax(columns["cost"]) if own else np.argmin(columns["cost"]))
        return at, lane.noun + (", at your price" if price is not None and own else PRICED[lane.family])


def cost_said(lanes: list[Lane], priced: bool) -> str:
    """Say what the two costs are, and that they are not alike."""
    if priced:
        return f"{lanes[0].noun} at the price you gave: compare along a line, not between the two."
    if len(lanes) == 1:
        return "Days against cost: what another plan beats in both is faded."
    return "Rent of GPUs, purchase of wafers over four years: compare along a line, not between the two."


CHART = Frontier
