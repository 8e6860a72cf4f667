"""Memory against context: how full a device gets, where it stops, and what people have run."""

import numpy as np
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, FixedTicker, HoverTool, LabelSet, Range1d, Span, TapTool

from engine.cluster.planner.context import LENGTHS, published
from engine.language import Language, Quantity, message
from engine.run import Run
from viz.charts.axes import share
from viz.charts.chart import Host
from viz.charts.identity import Identity, identity, wear
from viz.charts.paint import paint_figure, plain_figure, title
from viz.charts.planner.plans import FRAME, LANES, TIP, OpensPlans, nouns_of

HIGH = 8.0  # share of a device's memory, end of the axis
ROOM = 0.4  # below the lowest point, as a share of the axis
ROWS = {"cs": 0.04, "gpu": 0.14}  # where the published runs lie, as shares of the axis
TICKS = (0.001, 0.01, 0.1, 1)
NAMED = ("x", "y", "text", "align", "dx", "dy", "paint")


class Context(OpensPlans):
    """Memory of a device as a share of what it has, against sequence length, and published lengths below."""

    name, label, place = "context", message("planner_chart_context"), 4

    def __init__(self, host: Host):
        super().__init__(host)
        self._queries: list[list[str]] = [[] for _ in range(2 * LANES)]  # "" where it does not fit
        plot = self.plot = plain_figure(
            x_axis_type="log", y_axis_type="log", x_range=Range1d(850, 165_000), y_range=Range1d(0.01, HIGH)
        )
        plot.update(sizing_mode="stretch_both", **{f"min_border_{side}": room for side, room in FRAME.items()})
        plot.add_layout(title(self.t("planner_chart_context.up")), "above")
        plot.xgrid.visible = False
        plot.xaxis.axis_label = self.t("planner_chart_context.across")
        plot.xaxis.ticker = FixedTicker(ticks=[*LENGTHS[::2], LENGTHS[-1]])
        plot.xaxis.major_label_overrides = {length: kilo(length) for length in LENGTHS}
        plot.yaxis.ticker, plot.ygrid.ticker = FixedTicker(ticks=[]), FixedTicker(ticks=[])
        self._full = Span(location=1, dimension="width", line_width=2)
        plot.add_layout(self._full)
        self._lines, self._dots, self._sources = [], [], []
        for i in range(LANES):
            for fused in (False, True):
                source = ColumnDataSource({"x": [], "y": [], "text": [], "alpha": []})
                width = 3 if fused else 1.25
                self._lines.append(plot.line("x", "y", source=source, line_width=width))
                self._dots.append(
                    plot.scatter(
                        "x", "y", source=source, size=9 if fused else 6, line_width=2, fill_alpha="alpha",
                        nonselection_alpha=1, nonselection_fill_alpha="alpha",
                    )
                )  # fmt: skip
                source.selected.on_change("indices", lambda _, old, new, k=2 * i + fused: self._tapped(k, new))
                self._sources.append(source)
        self._published = ColumnDataSource({"x": [], "y": [], "text": [], "source": [], "marker": []})
        self._runs = plot.scatter("x", "y", source=self._published, size=10, marker="marker", line_width=2)
        self._names = ColumnDataSource({part: [] for part in NAMED})
        self._labels = LabelSet(
            x="x", y="y", text="text", text_color="paint", text_align="align", x_offset="dx", y_offset="dy",
            source=self._names, text_font=value("Inter"), text_font_size="12px", text_font_style="bold",
        )  # fmt: skip
        plot.add_layout(self._labels)
        plot.add_tools(
            HoverTool(renderers=self._dots, tooltips=TIP.format("@text")),
            TapTool(renderers=self._dots),
            HoverTool(renderers=[self._runs], tooltips=TIP.format("<b>@text</b><br>@source")),
        )
        self._roles: list[str | Identity] = []
        self._looks: list[Identity] = []

    def _tapped(self, k, indices):
        if indices:
            self._sources[k].selected.indices = []
            if query := self._queries[k][indices[0]]:
                self.open_plan(query)

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the planner scene.
        """
        super().show(run)
        nouns = nouns_of(run)
        found = run.columns("context")
        names = {part: [] for part in NAMED}
        self._roles = []
        self._looks = [identity(noun) for noun in nouns.values()]

        def named(*entry):
            self._roles.append(entry[-1])
            for part, item in zip(NAMED, entry, strict=True):
                names[part].append(item)

        empty, ends = {"x": [], "y": [], "text": [], "alpha": []}, {}
        families = [*nouns, None]  # the last where there is no other cluster
        for k, source in enumerate(self._sources):
            family, fused = families[k // 2], bool(k % 2)
            mine = (found["cluster"] == family) & (found["flash"] == fused)
            if not mine.any():
                source.data, self._queries[k] = dict(empty), []
                continue
            x = found["sequence_length"][mine].astype(float)
            y = found["memory"][mine] / found["limit"][mine]
            fits = found["fits"][mine]
            how = "planner_length.fused" if fused else "planner_length"
            rows = zip(*(found[key][mine] for key in ("sequence_length", "memory", "limit", "fits")), strict=True)
            lengths = [
                (message(how, device=nouns[family], length=kilo(length), need=_bytes(need), limit=_bytes(limit)), fit)
                for length, need, limit, fit in rows
            ]
            texts = [self.t(said if fit else message("planner_too_long", length=said)) for said, fit in lengths]
            source.data = {"x": x, "y": y, "text": texts, "alpha": fits.astype(float)}
            self._queries[k] = np.where(fits, found["query"][mine], "").tolist()
            if fused:
                ends[k // 2] = (x[0], y[0], nouns[family])
        named(LENGTHS[0], HIGH, self.t("planner_chart_context.unfused"), "left", -5, -18, "ink2")
        least = float((found["memory"] / found["limit"]).min())
        low = self.plot.y_range.start = HIGH * (least / HIGH) ** (1 / (1 - ROOM))
        rows = {family: low * (HIGH / low) ** part for family, part in ROWS.items()}
        shown = [tick for tick in TICKS if tick > least / 2]
        self.plot.ygrid.ticker.ticks = shown
        self.plot.yaxis.ticker.ticks = shown + list(rows.values())
        self.plot.yaxis.major_label_overrides = {tick: self.t.quantity(tick, "share") for tick in TICKS} | {
            height: self.t(f"planner_runs_{family}") for family, height in rows.items()
        }
        above = max(ends, key=lambda lane: ends[lane][1])
        for lane, end in ends.items():
            named(*end, "left", -5, 11 if lane == above else -22, self._looks[lane])
        named(LENGTHS[0], rows["gpu"], self.t("planner_chart_context.published"), "left", -5, 8, "ink2")
        self._names.data = names
        self._dress()
        self._published.data = _published(published(), rows, self.t)
        self.say(context_said(run, nouns, self.t), self._reached())

    def _reached(self):
        """Return the points that fit."""
        across, up = self.plot.x_range, self.plot.y_range
        return [
            {
                "text": text,
                "query": query,
                "x": share(x, across.start, across.end, log=True),
                "y": share(y, up.start, up.end, log=True),
            }
            for source, queries in zip(self._sources, self._queries, strict=True)
            for text, query, x, y in zip(source.data["text"], queries, source.data["x"], source.data["y"], strict=True)
            if query
        ]

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        self._paint = paint_figure(self.plot, theme)
        self.plot.above[0].text_color = self._paint["ink2"]
        self._full.line_color = self._paint["ink"]
        self._runs.glyph.line_color = self._runs.glyph.fill_color = self._paint["ink"]
        self._labels.text_font_size = "15px" if theme == "projector" else "12px"
        self._dress()

    def _dress(self):
        paint = self._paint
        for k, look in enumerate(look for look in self._looks for _ in range(2)):
            wear(look, paint, self._lines[k], self._dots[k], filled=True)
        self._names.data["paint"] = [
            role.colour(paint) if isinstance(role, Identity) else paint[role] for role in self._roles
        ]


def kilo(length: int) -> str:
    """Write the length of a sequence as models name it: "8k"."""
    return f"{length >> 10}k"


def _bytes(size):
    return Quantity(float(size), "B", digits=3)


def context_said(run: Run, nouns: dict[str, str], t: Language) -> str:
    """Say how long a context fits on each cluster with fused attention, what stops the next, and what has been run.

    Parameters
    ----------
    run : Run
        Of the planner scene.
    nouns : dict of str to str
        What a device is called, by cluster.
    t : Language
        In which it is said.
    """
    found = run.columns("context")
    said = []
    for family, noun in nouns.items():
        mine = (found["cluster"] == family) & found["flash"]
        lengths, fits = found["sequence_length"][mine], found["fits"][mine]
        if not fits.any():
            said.append(t("planner_fits.none", device=noun))
            continue
        last = int(np.flatnonzero(fits)[-1])
        if last + 1 == len(lengths):
            said.append(t("planner_fits", device=noun, length=kilo(lengths[last])))
            continue
        need, limit = (_bytes(found[name][mine][last + 1]) for name in ("memory", "limit"))
        length, following = kilo(lengths[last]), kilo(lengths[last + 1])
        said.append(t("planner_fits.until", device=noun, length=length, next=following, need=need, limit=limit))
    runs = published()
    rows = zip(runs["sequence_length"], runs["run"], runs["system"], runs["works"], strict=True)
    longest, name = max((length, name) for length, name, system, works in rows if works and system == "gpu")
    return " ".join([*said, t("planner_published", run=name, length=kilo(longest))])


def _published(found, heights, t: Language):
    rows = zip(found["system"], found["run"], found["sequence_length"], found["works"], found["source"], strict=True)
    columns = {"x": [], "y": [], "text": [], "source": [], "marker": []}
    for system, name, length, works, source in rows:
        text = t("planner_run", run=name, tokens=Quantity(length, "token"))
        entry = (length, heights[system], text, source, "diamond" if works else "x")
        for part, item in zip(columns, entry, strict=True):
            columns[part].append(item)
    return columns


CHART = Context
