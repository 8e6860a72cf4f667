"""Shares of links and PEs at work over time, on the clock of the player."""

from engine.run import Run
from viz.charts.chart import Chart


class Activity(Chart):
    """Two steps over the cycles of a run."""

    name, label, place = "activity", "At work", 4
    module = "scenes/fabric/activity_chart.js"

    def show(self, run: Run) -> None:
        """Say how much works at once at most."""
        links, pes = (100 * run.columns("utilisation")[name].max() for name in ("links", "pes"))
        self.say(f"At most {links:.0f}\u00a0% of the links and {pes:.0f}\u00a0% of the PEs work at once.")


CHART = Activity
