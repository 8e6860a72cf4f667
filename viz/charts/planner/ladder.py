"""The ladder of language models: parameters by year, and the growth over a span that can be brushed."""

import re
from dataclasses import dataclass

import numpy as np
from bokeh.core.properties import value
from bokeh.models import BoxAnnotation, ColumnDataSource, FixedTicker, HoverTool, LabelSet, Range1d
from panel.viewable import Viewable

from engine.cluster.planner.growth import ladder
from engine.language import Language, Quantity, message
from engine.run import Run
from viz.charts.chart import Chart, Host
from viz.charts.paint import paint_figure, plain_figure, title
from viz.charts.planner.plans import FRAME, TIP
from viz.charts.tabled import stacked
from viz.components.year_span import FIRST_SPAN, YearSpan

POWERS = [10.0**k for k in range(8, 13)]
SMALL, LARGE = 0.25, 1.0  # opacity outside and inside the span


@dataclass(frozen=True)
class Growth:
    """From the smallest model of a span's first year to the largest of the span.

    Attributes
    ----------
    first, last : int
        Rows of the ladder.
    parameters, flop : float
        How many times as many.
    years : int
        Between the two.
    """

    first: int
    last: int
    parameters: float
    flop: float
    years: int


def growth(models: dict, span: tuple[int, int]) -> Growth:
    """Return the growth over a span of years.

    Parameters
    ----------
    models : dict of str to list
        What `engine.cluster.planner.growth.ladder` returns.
    span : (int, int)
        First and last year; the first year with a model in it counts.

    Returns
    -------
    Growth
        By the number of parameters.

    Examples
    --------
    >>> round(growth(ladder(), (2018, 2020)).parameters)
    1602
    """
    year, size = np.asarray(models["year"]), np.asarray(models["parameters"], float)
    inside = np.flatnonzero((year >= span[0]) & (year <= span[1]))
    if not inside.size:
        raise ValueError(f"span must hold a model, got {span}")
    early = inside[year[inside] == year[inside].min()]
    first, last = int(early[size[early].argmin()]), int(inside[size[inside].argmax()])
    flop = models["flop"]
    return Growth(first, last, size[last] / size[first], flop[last] / flop[first], int(year[last] - year[first]))


def growth_said(models: dict, span: tuple[int, int], t: Language) -> str:
    """Say the growth over a span: from which model to which, parameters and FLOP of training."""
    found, names = growth(models, span), models["model"]
    return t(
        "planner_growth" if found.years else "planner_growth_at_once",
        n=found.years,
        parameters=Quantity(found.parameters, "", digits=3),
        flop=Quantity(found.flop, "", digits=3),
        first=names[found.first],
        last=names[found.last],
    )


class Ladder(Chart):
    """Models by year on a log axis; a span of years is brushed on the figure, set with sliders or in the address."""

    name, label, place = "ladder", message("planner_chart_ladder"), 5

    def __init__(self, host: Host):
        super().__init__(host)
        self._ladder = ladder()
        plot = self.plot = plain_figure(y_axis_type="log", x_range=Range1d(2017.4, 2024.6), y_range=Range1d(1e7, 2e12))
        plot.update(sizing_mode="stretch_both", **{f"min_border_{side}": room for side, room in FRAME.items()})
        plot.min_border_bottom = 24
        plot.add_layout(title(self.t("planner_chart_ladder.up")), "above")
        plot.xgrid.visible = False
        plot.yaxis.ticker = plot.ygrid.ticker = FixedTicker(ticks=POWERS)
        plot.yaxis.major_label_overrides = {power: self.t.number(power / 1e9) for power in POWERS}
        self._box = BoxAnnotation(
            left=FIRST_SPAN[0] - 0.5, right=FIRST_SPAN[1] + 0.5, editable=True, resizable="x", movable="x",
            line_width=1.5, line_alpha=0.5, fill_alpha=0.12,
        )  # fmt: skip
        self._box.handles.all.update(line_alpha=0, fill_alpha=0, hover_line_alpha=0, hover_fill_alpha=0)
        for side in ("left", "right"):
            self._box.on_change(side, self._brushed)
        plot.add_layout(self._box)
        self._models = ColumnDataSource({"x": [], "y": [], "text": [], "source": [], "alpha": []})
        self._rise = ColumnDataSource({"x": [], "y": []})
        self._line = plot.line("x", "y", source=self._rise, line_width=3)
        self._dots = plot.scatter(
            "x", "y", source=self._models, size=9, line_width=2, fill_alpha="alpha", line_alpha="alpha"
        )
        self._ends = plot.scatter("x", "y", source=self._rise, size=13)
        self._names = ColumnDataSource({part: [] for part in ("x", "y", "text", "align", "dx", "dy")})
        self._labels = LabelSet(
            x="x", y="y", text="text", text_align="align", x_offset="dx", y_offset="dy", source=self._names,
            text_font=value("Inter"), text_font_size="12.5px", text_font_style="bold",
        )  # fmt: skip
        plot.add_layout(self._labels)
        plot.add_tools(HoverTool(renderers=[self._dots], tooltips=TIP.format("<b>@text</b><br>@source")))
        years = self._ladder["year"]
        self.plot.xaxis.ticker = FixedTicker(ticks=list(range(min(years), max(years) + 1, 2)))
        self.span = YearSpan(years=(min(years), max(years)), sizing_mode="stretch_width", margin=0)
        self.span.param.watch(lambda event: self._spanned(), "span")

    def panes(self) -> dict[str, Viewable]:
        """Return the figure over the sliders."""
        return {self.name: stacked(self.plot, self.span)}

    def _brushed(self, side, old, new):
        low, high = self.span.years
        first, last = self.span.span
        if side == "left":
            first = min(max(round(new + 0.5), low), high)
            last = max(first, last)
        else:
            last = min(max(round(new - 0.5), low), high)
            first = min(first, last)
        self.span.span = (first, last)
        self._draw()  # also where the years stay: the box snaps to them

    def show(self, run: Run) -> None:
        """Draw the ladder, which is that of every run."""
        self._draw()

    def look(self, view: dict[str, str]) -> str:
        """Show the span that an address names in `years`, first and last: "2019,2022"; without it the usual one."""
        word = view.get("years", "")
        low, high = self.span.years
        years = tuple(map(int, word.split(","))) if re.fullmatch(r"[0-9]{4},[0-9]{4}", word) else FIRST_SPAN
        wrong = word and (",".join(map(str, years)) != word or not low <= years[0] <= years[1] <= high)
        self.span.span = FIRST_SPAN if wrong else years
        if wrong:
            ends = zip(("low", "high", "first", "last"), (low, high, *FIRST_SPAN), strict=True)
            return self.t("planner_years", got=repr(word), **{name: str(year) for name, year in ends})
        return ""

    def _spanned(self):
        self._draw()
        span = self.span.span
        self.host.looked({"years": "" if span == FIRST_SPAN else ",".join(map(str, span))})

    def _draw(self):
        models, span = self._ladder, self.span.span
        if not any(span[0] <= year <= span[1] for year in models["year"]):
            self.span.span = (max(year for year in models["year"] if year < span[0]), span[1])
            return
        found = growth(models, span)
        year, size = np.asarray(models["year"], float), np.asarray(models["parameters"], float)
        texts = [
            self.t(
                "planner_model",
                model=name,
                parameters=Quantity(n, "parameter", digits=3),
                flop=Quantity(flop, "FLOP", digits=3),
            )
            for name, n, flop in zip(models["model"], size, models["flop"], strict=True)
        ]
        inside = (year >= span[0]) & (year <= span[1])
        self._models.data = {
            "x": year, "y": size, "text": texts, "source": list(models["source"]),
            "alpha": np.where(inside, LARGE, SMALL),
        }  # fmt: skip
        ends = [found.first, found.last]
        self._rise.data = {"x": year[ends], "y": size[ends]}
        self._names.data = {
            "x": year[ends],
            "y": size[ends],
            "text": [models["model"][i] for i in ends],
            "align": ["right" if year[i] > year.mean() else "left" for i in ends],
            "dx": [8 if year[i] > year.mean() else -8 for i in ends],
            "dy": [-36, 9],
        }
        if (self._box.left, self._box.right) != (span[0] - 0.5, span[1] + 0.5):
            self._box.update(left=span[0] - 0.5, right=span[1] + 0.5)
        self.say(growth_said(models, span, self.t))

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        paint = paint_figure(self.plot, theme)
        self.plot.above[0].text_color = paint["ink2"]
        self._box.fill_color = self._box.line_color = self._line.glyph.line_color = paint["compute"]
        self._ends.glyph.line_color = self._ends.glyph.fill_color = paint["compute"]
        self._dots.glyph.line_color, self._dots.glyph.fill_color = paint["ink2"], paint["ink2"]
        self._labels.text_color = paint["ink"]
        self._labels.text_font_size = "15px" if theme == "projector" else "12.5px"


CHART = Ladder
