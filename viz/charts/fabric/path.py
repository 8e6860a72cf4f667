"""The parts of the critical path beside those of the closed form."""

from engine.fabric.trace.critical_path import PARTS
from engine.run import Run
from viz.charts.chart import Chart


class PathParts(Chart):
    """Two bars and a table."""

    name, label, place = "path", "Path", 2
    module = "scenes/fabric/path_chart.js"

    def show(self, run: Run) -> None:
        """Say which part is the longest."""
        self.say(path_said(run))


def path_said(run: Run) -> str:
    """Say which part of the critical path is the longest, and what of it the closed form leaves out."""
    if "path" not in run.trace.tables:
        if run.figures["deadlock"].value:
            return "Nothing was completed, so no path led to it."
        return "Only runs that record every wavelet have a path: up to 64 × 64 PEs."
    cycles = run.figures["cycles"].value
    parts = {name: run.figures[f"path_{name}"].value for name in PARTS}
    longest = max(parts, key=parts.get)
    share = f"{100 * parts[longest] / cycles:.0f}\u00a0%"
    return f"What the end waited for: of {cycles:,} cycles {share} are {PARTS[longest]}."


CHART = PathParts
