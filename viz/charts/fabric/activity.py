"""Shares of links and PEs at work over time, on the clock of the player."""

from engine.language import Quantity, message
from engine.run import Run
from viz.charts.chart import Chart


class Activity(Chart):
    """Two steps over the cycles of a run."""

    name, label, place = "activity", message("fabric_chart_activity"), 4
    module = "scenes/fabric/activity_chart.js"

    def show(self, run: Run) -> None:
        """Say how much works at once at most."""
        busy = run.columns("utilisation")
        most = {name: Quantity(float(busy[name].max()), "share") for name in ("links", "pes")}
        self.say(self.t("fabric_chart_activity.said", **most))


CHART = Activity
