"""What the PEs of a row or a column do over time, with the critical path."""

from engine.run import Run
from viz.charts.chart import Chart


class SpaceTime(Chart):
    """PEs across, cycles down."""

    name, label, place = "space_time", "Space–time", 1
    module = "scenes/fabric/space_time_chart.js"

    def show(self, run: Run) -> None:
        """Say how to read it."""
        path = " The line is the critical path." if "path" in run.trace.tables else ""
        self.say(f"PEs across, cycles down.{path}")


CHART = SpaceTime
