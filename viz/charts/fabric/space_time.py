"""What the PEs of a row or a column do over time, with the critical path."""

from engine.language import message
from engine.run import Run
from viz.charts.chart import Chart


class SpaceTime(Chart):
    """PEs across, cycles down."""

    name, label, place = "space_time", message("fabric_chart_space_time"), 1
    module = "scenes/fabric/space_time_chart.js"

    def show(self, run: Run) -> None:
        """Say how to read it."""
        has_path = "path" in run.trace.tables
        self.say(self.t("fabric_chart_space_time.path" if has_path else "fabric_chart_space_time.said"))


CHART = SpaceTime
