"""The parts of the critical path beside those of the closed form."""

from engine.fabric.trace.critical_path import PARTS
from engine.language import Message, Quantity, message
from engine.run import Run
from viz.charts.chart import Chart


class PathParts(Chart):
    """Two bars and a table."""

    name, label, place = "path", message("fabric_chart_path"), 2
    module = "scenes/fabric/path_chart.js"

    def show(self, run: Run) -> None:
        """Say which part is the longest."""
        self.say(self.t(path_said(run)))


def path_said(run: Run) -> Message:
    """Say which part of the critical path is the longest, and what of it the closed form leaves out."""
    if "path" not in run.trace.tables:
        if run.figures["deadlock"].value:
            return message("fabric_chart_path.deadlock")
        return message("fabric_chart_path.none")
    cycles = run.figures["cycles"].value
    parts = {name: run.figures[f"path_{name}"].value for name in PARTS}
    longest = max(parts, key=parts.get)
    share = Quantity(parts[longest] / cycles, "share")
    return message("fabric_chart_path.said", cycles=cycles, share=share, part=message(f"fabric_stage_{longest}"))


CHART = PathParts
