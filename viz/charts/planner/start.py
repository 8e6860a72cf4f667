"""What comes before the first step, phase by phase, and what fine-tuning saves."""

from html import escape

import numpy as np
from bokeh.models import ColumnDataSource, FactorRange, FixedTicker, HoverTool, Range1d, Whisker

from engine.language import Language, Quantity, message
from engine.run import Run
from viz.charts.chart import Host
from viz.charts.identity import Identity, identity, wear
from viz.charts.paint import paint_figure, plain_figure, title
from viz.charts.planner.plans import FRAME, LANES, TIP, nouns_of
from viz.charts.tabled import OverTable

POINTS = ("y", "minutes", "low", "high", "text")
NAMES_PX = 132  # room for the names of phases
LEAST = 0.1  # minutes, where the axis begins
MINUTES = (0.1, 1, 10, 100, 1000)


class Start(OverTable):
    """Minutes of each phase with the interval of the published timings, over a table of fine-tuning."""

    name, label, place = "start", message("planner_chart_start"), 6

    def __init__(self, host: Host):
        super().__init__(host)
        plot = self.plot = plain_figure(x_axis_type="log", x_range=Range1d(1, 2), y_range=FactorRange())
        plot.update(
            sizing_mode="stretch_both", min_border_left=NAMES_PX, min_border_right=FRAME["right"],
            min_border_top=FRAME["top"], min_border_bottom=24,
        )  # fmt: skip
        plot.ygrid.visible = False
        plot.xaxis.ticker = plot.xgrid.ticker = FixedTicker(ticks=list(MINUTES))
        plot.xaxis.major_label_overrides = {minutes: self.t.number(minutes) for minutes in MINUTES}
        plot.add_layout(title(self.t("planner_chart_start.up")), "above")
        self._sources = [ColumnDataSource({name: [] for name in POINTS}) for _ in range(LANES)]
        self._dots, self._ends = [], []
        self._looks: list[Identity] = []
        for source in self._sources:
            ends = Whisker(base="y", lower="low", upper="high", dimension="width", source=source, line_width=2)
            for head in (ends.upper_head, ends.lower_head):
                head.update(size=9, line_width=2)
            plot.add_layout(ends)
            self._ends.append(ends)
            self._dots.append(plot.scatter("minutes", "y", source=source, size=11, line_width=2))
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
                names = {"device": nouns[family], "phase": message(f"planner_phase_{found['phase'][k]}")}
                place = self.t("planner_phase_on", **names)
                minutes, low, high = (float(found[name][k]) for name in ("minutes", "low", "high"))
                text = self.t("planner_phase_time", **names, **_spent(minutes, low, high, self.t))
                for name, entry in zip(POINTS, (place, minutes, max(low, LEAST), high, text), strict=True):
                    columns[name].append(entry)
            source.data = columns
            factors += columns["y"]
        self.plot.y_range.factors = factors[::-1]
        self.plot.x_range.update(start=LEAST, end=1.3 * float(found["high"].max()))
        self._looks = [identity(noun) for noun in nouns.values()]
        self._dress()
        self._table.text = fine_tune_html(run, self.t)
        self.say(start_said(run, self.t))

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        self._paint = paint_figure(self.plot, theme)
        self.plot.above[0].text_color = self._paint["ink2"]
        self._dress()

    def _dress(self):
        for look, dots, ends in zip(self._looks, self._dots, self._ends, strict=False):
            wear(look, self._paint, dots=dots, filled=True)
            for part in (ends, ends.upper_head, ends.lower_head):
                part.line_color = look.colour(self._paint)


def _spent(minutes, low, high, t: Language):
    """Return the values of a message on so many minutes: `time`, and `interval` of what is published."""
    return {
        "time": Quantity(minutes, "min", digits=3),
        "interval": t.between(low, high, "min"),
    }


def start_said(run: Run, t: Language) -> str:
    """Say how long it takes to the first step, with its interval, and what takes most of it."""
    found, wait = run.columns("startup"), run.figures["time_to_first_step"]
    family = "cs" if run.scenario["cluster"] == "cs" else "gpu"
    mine = [i for i, cluster in enumerate(found["cluster"]) if cluster == family]
    longest = max(mine, key=lambda i: found["minutes"][i])
    phase = message(f"planner_phase_{found['phase'][longest]}")
    return t("planner_start", phase=phase, **_spent(wait.value, wait.low, wait.high, t))


def fine_tune_html(run: Run, t: Language) -> str:
    """Write what fine-tuning takes beside training from scratch, as HTML of escaped values."""
    found = run.columns("fine_tune")
    factor = Quantity(found["parameters"][-1] / found["parameters"][0], "")
    rows = "".join(
        f'<tr><th scope="row">{escape(t(f"planner_fine_tune.{what}", factor=factor))}</th>'
        f"<td>{t.number(n)}</td><td>{t.number(tokens)}</td><td><b>{t.number(days)}</b></td></tr>"
        for what, n, tokens, days in zip(
            *(found[name].tolist() for name in ("what", "parameters", "tokens", "days")), strict=True
        )
    )
    heads = "".join(
        f'<th scope="col">{escape(t(f"planner_fine_tune.{name}"))}</th>' for name in ("parameters", "tokens", "days")
    )
    return f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"


CHART = Start
