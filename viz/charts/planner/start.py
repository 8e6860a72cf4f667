"""What comes before the first step, phase by phase, and what fine-tuning saves."""

from html import escape

import numpy as np
from bokeh.models import ColumnDataSource, FactorRange, FixedTicker, HoverTool, Range1d, Whisker

from engine.run import Run
from viz.charts.axes import digits
from viz.charts.chart import Host
from viz.charts.paint import paint_figure, plain_figure, title
from viz.charts.planner.plans import FRAME, PAINTS, TIP, nouns_of
from viz.charts.tabled import OverTable

POINTS = ("y", "minutes", "low", "high", "text")
NAMES_PX = 132  # room for the names of phases
LEAST = 0.1  # minutes, where the axis begins
MINUTES = {0.1: "6 s", 1.0: "1", 10.0: "10", 100.0: "100", 1000.0: "1,000"}


class Start(OverTable):
    """Minutes of each phase with the interval of the published timings, over a table of fine-tuning."""

    name, label, place = "start", "Start", 5

    def __init__(self, host: Host):
        super().__init__(host)
        plot = self.plot = plain_figure(x_axis_type="log", x_range=Range1d(1, 2), y_range=FactorRange())
        plot.update(
            sizing_mode="stretch_both", min_border_left=NAMES_PX, min_border_right=FRAME["right"],
            min_border_top=FRAME["top"], min_border_bottom=24,
        )  # fmt: skip
        plot.ygrid.visible = False
        plot.xaxis.ticker = plot.xgrid.ticker = FixedTicker(ticks=list(MINUTES))
        plot.xaxis.major_label_overrides = MINUTES
        plot.add_layout(title("minutes"), "above")
        self._sources = [ColumnDataSource({name: [] for name in POINTS}) for _ in PAINTS]
        self._dots, self._ends = [], []
        for source, marker in zip(self._sources, ("circle", "square"), strict=True):
            ends = Whisker(base="y", lower="low", upper="high", dimension="width", source=source, line_width=2)
            for head in (ends.upper_head, ends.lower_head):
                head.update(size=9, line_width=2)
            plot.add_layout(ends)
            self._ends.append(ends)
            self._dots.append(plot.scatter("minutes", "y", source=source, size=11, marker=marker, line_width=2))
        plot.add_tools(HoverTool(renderers=self._dots, tooltips=TIP.format("@text")))

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the planner scene.
        """
        nouns = nouns_of(run)
        found = run.columns("startup")
        factors = []
        for i, source in enumerate(self._sources):
            columns = {name: [] for name in POINTS}
            family = list(nouns)[i] if i < len(nouns) else None
            for k in np.flatnonzero(found["cluster"] == family):
                place = f"{nouns[family]}, {found['phase'][k]}"
                minutes, low, high = (float(found[name][k]) for name in ("minutes", "low", "high"))
                text = f"{place}: {digits(minutes)} min, {digits(low)} to {digits(high)} min"
                for name, entry in zip(POINTS, (place, minutes, max(low, LEAST), high, text), strict=True):
                    columns[name].append(entry)
            source.data = columns
            factors += columns["y"]
        self.plot.y_range.factors = factors[::-1]
        self.plot.x_range.update(start=LEAST, end=1.3 * float(found["high"].max()))
        self._table.object = fine_tune_html(run)
        self.say(start_said(run))

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        paint = paint_figure(self.plot, theme)
        self.plot.above[0].text_color = paint["ink2"]
        for role, dots, ends in zip(PAINTS, self._dots, self._ends, strict=True):
            dots.glyph.fill_color = dots.glyph.line_color = paint[role]
            ends.line_color = ends.upper_head.line_color = ends.lower_head.line_color = paint[role]


def start_said(run: Run) -> str:
    """Say how long it takes to the first step, with its interval, and what takes most of it."""
    found, wait = run.columns("startup"), run.figures["time_to_first_step"]
    family = "cs" if run.scenario["cluster"] == "cs" else "gpu"
    mine = [i for i, cluster in enumerate(found["cluster"]) if cluster == family]
    longest = max(mine, key=lambda i: found["minutes"][i])
    return (
        f"{digits(wait.value)} minutes to the first step, {digits(wait.low)} to {digits(wait.high)} in published logs. "
        f"Longest: {found['phase'][longest]}."
    )


def fine_tune_html(run: Run) -> str:
    """Write what fine-tuning takes beside training from scratch, as HTML of escaped values."""
    found = run.columns("fine_tune")
    rows = "".join(
        f'<tr><th scope="row">{escape(what)}</th><td>{_short(n)}</td><td>{_short(tokens)}</td>'
        f"<td><b>{digits(days)}</b></td></tr>"
        for what, n, tokens, days in zip(
            found["what"], found["parameters"], found["tokens"], found["days"], strict=True
        )
    )
    return (
        '<table><thead><tr><td></td><th scope="col">parameters</th><th scope="col">tokens</th>'
        f'<th scope="col">days</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _short(count):
    return f"{digits(count / 1e9)} B" if count < 1e12 else f"{digits(count / 1e12)} T"


CHART = Start
