"""The speed-up curve, the learner's own beside it, and the words that go with it."""

import numpy as np
import panel as pn
from bokeh.core.properties import value
from bokeh.models import (
    ColumnDataSource,
    FixedTicker,
    HoverTool,
    Label,
    LabelSet,
    LinearScale,
    LogScale,
    NoOverlap,
    Range1d,
    TapTool,
)

from engine.run import Run
from engine.scenarios import scenario_class
from viz.charts.chart_tools import Looked
from viz.charts.curve_tools import CurveTools
from viz.charts.paint import PAINT, paint_figure, plain_figure
from viz.charts.scaling_curve import (
    READINGS,
    RELATIVE,
    Curve,
    counterparts,
    curve_beside,
    curve_of,
    digits,
    share,
    subject,
    ticks,
    with_room,
    written,
)
from viz.charts.scaling_notes import STYLE, notes_html

FRAME = {"left": 64, "right": 30, "top": 14, "bottom": 28}  # [px], so that the layer of the tools lies on the frame
POINTS = {"x": [], "y": [], "text": []}
LABELS = ("x", "y", "text", "fill", "align", "dx", "dy")
PUBLISHED = ("x", "y", "text", "source", "kind", "fill", "edge")
NAME_ROOM = 0.25  # of the axis
LEAST_GUESS = 0.01  # times as fast: a guess below the axis means this
TIP = '<div style="font: 13px/1.4 Inter, sans-serif; max-width: 260px; white-space: normal">{}</div>'
KINDS = {"measured": "◆ measured", "claimed": "◇ claimed"}  # of published points
RISING = ("speedup", "tokens_per_s")  # readings in which more is better
# Where names stand, by reading: of the line, the curve and the other, as (share of its length, side, above or below).
NAMES = {
    "speedup": ((0.6, "right", 1), (0.4, "left", -1), (0.3, "left", -1)),
    "tokens_per_s": ((0.6, "right", 1), (0.4, "left", -1), (0.3, "left", -1)),
    "efficiency": ((0.05, "left", -1), (0.55, "left", 1), (0.7, "left", 1)),
    "step_time": ((0.9, "right", -1), (0.4, "right", -1), (0.3, "left", 1)),
}


class ScalingCharts:
    """The speed-up curve of a scenario with published points over it, and the learner's guess.

    Three readings more are drawn from the same runs. The curve keeps what was asked for in earlier runs that differ
    only in the number of devices, and is strong up to the present number; beside it stays the last curve of the same
    model made in another way.

    The address says how it is read, on which axes, and beside which curve where that is not a preset's. A drawn guess
    is the visitor's own and is not in it.

    Parameters
    ----------
    edit : callable
        Receives the parameters that somebody asks for by opening a point.
    looked : callable
        Told of another reading, axes or curve beside: `read`, `axes`, `against` as in the address, "" for the usual.

    Attributes
    ----------
    panes : dict of str to panel.viewable.Viewable
        By name.
    captions : dict of str to str
        One line for each pane, "" for none.
    labels : dict of str to str
        What charts are called where they stand alone.
    places : dict of str to str
        "centre" for those above the player.
    """

    captions = {"tools": "", "curve": "", "notes": ""}  # noqa: RUF012
    labels = {"curve": "Speed-up curve"}  # noqa: RUF012
    places = {"tools": "centre", "curve": "centre"}  # noqa: RUF012

    def __init__(self, edit, looked: Looked = lambda view: None):
        self._edit, self._looked = edit, looked
        self._against = ""
        self._curve: Curve | None = None
        self._ways: dict[tuple, Curve] = {}  # of the present model, the one shown last at the end
        self._guess: dict[int, float] = {}  # number of devices to speed-up
        self._theme = "light"
        self._build()
        self.tools = CurveTools(
            readings=[[name, reading.label] for name, reading in READINGS.items()],
            frame=FRAME, sizing_mode="stretch_width", margin=0,
        )  # fmt: skip
        self.tools.on_msg(self._heard)
        self.notes = pn.pane.HTML("", sizing_mode="stretch_width", margin=0, stylesheets=[STYLE])
        self.panes = {
            "tools": self.tools,
            "curve": pn.pane.Bokeh(self._plot, sizing_mode="stretch_both", margin=0),
            "notes": self.notes,
        }
        self.paint("light")

    def _build(self):
        plot = self._plot = plain_figure(x_range=Range1d(1, 2), y_range=Range1d(1, 2))
        plot.update(
            sizing_mode="stretch_both", min_border_left=FRAME["left"], min_border_right=FRAME["right"],
            min_border_top=FRAME["top"], min_border_bottom=FRAME["bottom"],
        )  # fmt: skip
        plot.xgrid.visible = False
        plot.xaxis.ticker, plot.yaxis.ticker = FixedTicker(ticks=[]), FixedTicker(ticks=[])
        plot.xaxis.major_label_policy = NoOverlap(min_distance=8)
        self._noun = Label(x=1, y=6, y_units="screen", text="", text_font="Inter", text_font_size="12px")
        self._legend = Label(x=1, y=1, text="", text_font="Inter", text_font_size="12px")
        for label in (self._noun, self._legend):
            plot.add_layout(label)
        names = ("points", "so_far", "ahead", "line", "other", "guess")
        self._sources = {name: ColumnDataSource(dict(POINTS)) for name in names}
        self._sources["published"] = ColumnDataSource({name: [] for name in PUBLISHED})
        self._sources["gap"] = ColumnDataSource({"x": [], "low": [], "high": []})
        self._sources["here"] = ColumnDataSource(dict(POINTS))
        self._sources["labels"] = ColumnDataSource({name: [] for name in LABELS})
        of = self._sources
        self._gap = plot.segment("x", "low", "x", "high", source=of["gap"], line_width=2, line_dash="dotted")
        self._linear = plot.line("x", "y", source=of["line"], line_width=2.5)
        self._other = plot.line("x", "y", source=of["other"], line_width=2.5, line_dash=[8, 5])
        self._other_dots = plot.scatter("x", "y", source=of["other"], size=9, marker="square", line_width=2)
        self._guessed = plot.line("x", "y", source=of["guess"], line_width=2.5, line_dash=[2, 6], line_cap="round")
        self._ahead = plot.line("x", "y", source=of["ahead"], line_width=2, line_alpha=0.45)
        self._run = plot.line("x", "y", source=of["so_far"], line_width=4)
        self._dots = plot.scatter("x", "y", source=of["points"], size=11, line_width=2.5, nonselection_alpha=1)
        self._here = plot.scatter("x", "y", source=of["here"], size=13)
        self._rows = plot.scatter(
            "x", "y", source=of["published"], size=13, marker="diamond", line_width=2,
            fill_color="fill", line_color="edge",
        )  # fmt: skip
        self._texts = LabelSet(
            x="x", y="y", x_offset="dx", y_offset="dy", text="text", text_color="fill", text_align="align",
            source=of["labels"], text_font=value("Inter"), text_font_size="13px", text_font_style="bold",
        )  # fmt: skip
        plot.add_layout(self._texts)
        plot.add_tools(
            HoverTool(renderers=[self._dots, self._other_dots], tooltips=TIP.format("@text")),
            HoverTool(renderers=[self._rows], tooltips=TIP.format("<b>@text</b>, @kind<br>@source")),
            TapTool(renderers=[self._dots]),
        )
        of["points"].selected.on_change("indices", self._tapped)

    def _tapped(self, attribute, old, new):
        if new:
            self._sources["points"].selected.indices = []
            self._open(new[0])

    def _open(self, index):
        if changes := self._curve.changes(index):
            self._edit(changes)

    def _heard(self, event):
        message = event.data
        if "open" in message:
            self._open(int(message["open"]))
        elif "more" in message:
            self._add(1 if message["more"] > 0 else -1)
        elif "guess" in message:
            self._reveal([float(height) for height in message["guess"]])
        elif "draw" in message:
            self._guess = {}
            self.tools.param.update(drawing=bool(message["draw"]), reading="speedup", said="", guessed=False)
            self._draw()
        elif message.get("reading") in READINGS:
            self.tools.reading = message["reading"]
            self._draw()
            self._tell_look()
        elif "log" in message:
            self.tools.log = bool(message["log"])
            self._draw()
            self._tell_look()

    def look(self, view: dict[str, str]) -> str:
        """Read the curve as an address says; words that mean nothing are the usual.

        Parameters
        ----------
        view : dict of str to str
            `read`, a key of `READINGS`; `axes`, "linear" or "log"; `against`, the query of a scenario.

        Returns
        -------
        str
            "": nothing is refused.
        """
        reading = view.get("read")
        self.tools.param.update(
            reading=reading if reading in READINGS else next(iter(READINGS)), log=view.get("axes") != "linear"
        )
        self._against = view.get("against", "")
        self._draw()
        return ""

    def _tell_look(self):
        other, usual = self._compared(), counterparts(self._curve)
        beside = other is not None and not (usual and usual[-1].scenario == other.scenario)
        self._looked(
            {
                "read": "" if self.tools.reading == next(iter(READINGS)) else self.tools.reading,
                "axes": "" if self.tools.log else "linear",
                "against": scenario_class("scaling").read(other.scenario).query() if beside else "",
            }
        )

    def _add(self, sign):
        """Ask for one wafer more or less, or for twice or half the GPUs; a growing batch grows along."""
        scenario = self._curve.scenario
        n, batch = scenario["n_devices"], scenario["global_batch"]
        more = n + sign if scenario["cluster"] == "cs" else n * 2 if sign > 0 else n // 2
        changes = {"n_devices": max(1, more), "dp": None}
        if scenario["mode"] == "weak":
            changes["global_batch"] = max(1, batch * changes["n_devices"] // n)
        self._edit(changes)

    def _reveal(self, heights):
        heights = [max(height, LEAST_GUESS) for height in heights]
        self._guess = dict(zip(self._curve.n_devices, heights, strict=True))
        n, guessed, found = self._curve.n_devices[-1], heights[-1], self._curve.values("speedup")[-1]
        said = f"At {n:,} {self._curve.noun} you drew {digits(guessed)}×; the run says {digits(found)}×."
        self.tools.param.update(drawing=False, guessed=True, said=said)
        self._draw()

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the scaling scene.
        """
        curve, before = curve_of(run), self._curve
        if before is not None and curve.family == before.family:
            curve = curve.after(before)
        else:
            self._guess = {}
            self.tools.param.update(drawing=False, said="", guessed=False)
        if before is None or subject(before.scenario) != subject(curve.scenario):
            self._ways = {other.way: other for other in counterparts(curve)}
            if asked := curve_beside(curve, self._against):
                self._ways[asked.way] = asked
        self._curve = curve
        self._ways.pop(curve.way, None)
        self._ways[curve.way] = curve
        self._draw()
        self._tell_look()

    def _compared(self):
        others = list(self._ways.values())[:-1]
        return others[-1] if others else None

    def _draw(self):
        if self._curve is not None:
            with pn.io.hold(self._plot.document):  # one change of the page, not a change for each source
                self._draw_curve()

    def _draw_curve(self):
        curve, other, reading = self._curve, self._compared(), self.tools.reading
        drawing = self.tools.drawing
        x, y, line = curve.columns["n_devices"], curve.values(reading), curve.line(reading)
        texts = curve.texts(reading)
        of = self._sources
        of["points"].data = {"x": x, "y": y, "text": texts}
        of["line"].data = {"x": x, "y": line, "text": [""] * x.size}
        here = curve.n_devices.index(curve.scenario["n_devices"])
        for name, part in (("so_far", slice(here + 1)), ("ahead", slice(here, None))):
            of[name].data = {"x": x[part], "y": y[part], "text": texts[part]}
        of["here"].data = {"x": x[here : here + 1], "y": y[here : here + 1], "text": texts[here : here + 1]}
        of["other"].data = self._other_columns(other, reading)
        of["published"].data = self._published_columns(other, reading)
        ratio = np.array([self._guess.get(n, np.nan) for n in curve.n_devices]) / curve.values("speedup")
        guess = y / ratio if reading == "step_time" else y * ratio
        drawn = np.isfinite(guess)
        of["guess"].data = {"x": x[drawn], "y": guess[drawn], "text": [""] * int(drawn.sum())}
        of["gap"].data = {"x": x[drawn], "low": guess[drawn], "high": y[drawn]}
        self._scale(x, [y, line, guess[drawn], *(of[name].data["y"] for name in ("other", "published"))], reading)
        of["labels"].data = self._labels(curve, other, reading)
        for drawn in (
            self._run, self._ahead, self._dots, self._here, self._rows, self._other, self._other_dots, self._legend
        ):  # fmt: skip
            drawn.visible = not drawing
        self._tell(curve, texts, x, y)
        self.notes.object = notes_html(curve, other, reading)

    def _other_columns(self, other, reading):
        if other is None:
            return dict(POINTS)
        x = other.across(other.columns["n_devices"], self._curve, reading)
        return {"x": x, "y": other.values(reading), "text": other.texts(reading)}

    def _published_columns(self, other, reading):
        columns = {name: [] for name in PUBLISHED}
        paint = PAINT[self._theme]
        for curve, role in ((other, "memory"), (self._curve, "ink")):
            if curve is None:
                continue
            found = curve.published
            places = curve.across(np.asarray(found["n_devices"], float), self._curve, reading)
            for i, height in enumerate(found[reading]):
                kind, edge = found["kind"][i], paint[role]
                fill = edge if kind == "measured" else paint["card"]
                text = f"{found['row'][i]}: {written(height, reading)}"
                row = (places[i], float(height), text, str(found["source"][i]), kind, fill, edge)
                for name, entry in zip(PUBLISHED, row, strict=True):
                    columns[name].append(entry)
        return columns

    def _scale(self, x, heights, reading):
        """Set scales, ranges and ticks so that all that is drawn lies inside."""
        log, plot = self.tools.log, self._plot
        heights = np.concatenate([np.asarray(values, float) for values in heights])
        across = np.concatenate(
            [x, *(np.asarray(self._sources[name].data["x"], float) for name in ("other", "published"))]
        )
        low, high = with_room(heights, log)
        left, right = with_room(across, log)
        if (type(plot.x_scale) is LogScale) != log:
            plot.update(x_scale=LogScale() if log else LinearScale(), y_scale=LogScale() if log else LinearScale())
        plot.x_range.update(start=float(left), end=float(right))
        plot.y_range.update(start=float(low), end=float(high))
        counts = sorted({int(n) for n in across})
        marks = ticks(low, high, log)
        plot.xaxis.ticker = FixedTicker(ticks=counts)
        plot.xaxis.major_label_overrides = {n: f"{n:,}" for n in counts}
        noun = {"x": right, "text_align": "right"} if reading in RISING else {"x": left, "text_align": "left"}
        self._noun.update(text=self._curve.noun, **noun)
        found = self._sources["published"].data["kind"]
        kinds = " ".join(name for kind, name in KINDS.items() if kind in found)
        against = ", over the modelled first point" if reading in RELATIVE and kinds else ""
        corner = {"y": high, "y_offset": -16} if reading in RISING else {"y": low, "y_offset": 22}
        self._legend.update(text=kinds + against, x=left, x_offset=4, **corner)
        plot.yaxis.ticker = FixedTicker(ticks=marks)
        plot.yaxis.major_label_overrides = {mark: written(mark, reading) for mark in marks}
        plot.ygrid.ticker = plot.yaxis.ticker

    def _labels(self, curve, other, reading):
        """Return names that stand beside the lines."""
        paint, of = PAINT[self._theme], self._sources
        line, named, beside = NAMES[reading]
        rows = [(of["line"], line, "linear", paint["linear"])]
        if not self.tools.drawing:
            rows.append((of["points"], named, curve.label, paint["compute"]))
            if other is not None:
                fewest, own = other.n_devices[0], curve.n_devices[0]
                text = f"{other.label}, from {fewest:,}" if reading in RELATIVE and fewest != own else other.label
                rows.append((of["other"], beside, text, paint["memory"]))
        if len(of["guess"].data["x"]):
            rows.append((of["guess"], (0.85, "left", -1), "your guess", paint["ink2"]))
        columns = {name: [] for name in LABELS}
        at_end = (1, "left", -1 if reading in RISING else 1)
        for source, place, text, fill in rows:
            at, side, above = place if source is of["line"] or self._reaches_right(source) else at_end
            i = self._nearest(source.data["x"], at)
            row = (source.data["x"][i], source.data["y"][i], text, fill, side, 10 if side == "left" else -10)
            for name, entry in zip(LABELS, (*row, 4 if above > 0 else -20), strict=True):
                columns[name].append(entry)
        return columns

    def _reaches_right(self, source):
        """Return whether a line leaves no room for its name at its end."""
        plot, end = self._plot, source.data["x"][-1]
        return share(end, plot.x_range.start, plot.x_range.end, self.tools.log) > 1 - NAME_ROOM

    def _nearest(self, xs, at):
        """Return the index of the point that lies nearest to a share of the way along the axis."""
        shares = np.array([share(x, self._plot.x_range.start, self._plot.x_range.end, self.tools.log) for x in xs])
        return int(np.abs(shares - shares[0] - at * (shares[-1] - shares[0])).argmin())

    def _tell(self, curve, texts, x, y):
        plot, log = self._plot, self.tools.log
        ends = (plot.x_range.start, plot.x_range.end), (plot.y_range.start, plot.y_range.end)
        points = [
            {"n": n, "text": text, "x": share(a, *ends[0], log), "y": share(b, *ends[1], log)}
            for n, text, a, b in zip(curve.n_devices, texts, x, y, strict=True)
        ]
        summary = f"{READINGS[self.tools.reading].label}, {curve.label}: {'; '.join(texts)}."
        self.tools.param.update(points=points, heights=ends[1], noun=curve.noun, summary=summary)

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        self._theme = theme
        paint = paint_figure(self._plot, theme)
        for glyphs, role in (
            (self._linear, "linear"), (self._run, "compute"), (self._ahead, "compute"), (self._dots, "compute"),
            (self._here, "compute"),
            (self._other, "memory"), (self._other_dots, "memory"), (self._guessed, "ink2"), (self._gap, "ink2"),
        ):  # fmt: skip
            glyphs.glyph.line_color = paint[role]
        self._dots.glyph.fill_color = self._other_dots.glyph.fill_color = paint["card"]
        self._here.glyph.fill_color = paint["compute"]
        for label in (self._noun, self._legend):
            label.update(text_color=paint["ink2"], background_fill_color=paint["card"])
        self._texts.text_font_size = "17px" if theme == "projector" else "13px"
        self._draw()
