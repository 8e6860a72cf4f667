"""The figure of the speed-up curve: lines, published points, names beside them, axes."""

from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import itemgetter

import numpy as np
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

from engine.language import Language, message
from viz.charts.axes import share, ticks, with_room
from viz.charts.identity import wear
from viz.charts.paint import PAINT, paint_figure, plain_figure
from viz.charts.scaling.curves import READINGS, RELATIVE, Curve

FRAME = {"left": 90, "right": 30, "top": 14, "bottom": 28}  # [px], so that the layer of the tools lies on the frame
POINTS = {"x": [], "y": [], "text": []}
LABELS = ("x", "y", "text", "fill", "align", "dx", "dy")
PUBLISHED = ("x", "y", "text", "source", "kind", "fill", "edge")
NAME_ROOM = 0.25  # of the axis
PLACES = (0.5, 0.3, 0.7, 0.15, 0.85)  # of the length of a line, where its name may stand else
OTHER_SIDE = {"left": "right", "right": "left"}
NAME_WEIGHT = 8  # points that may be covered rather than a name
KINDS_ROOM = {True: (0.0, 0.42, 0.85, 1.0), False: (0.0, 0.42, 0.0, 0.2)}  # of the words in the corner, as shares
LETTER, DOT = (0.0135, 0.09), (0.014, 0.04)  # half of a point and a letter, as shares of the usual frame
NARROW = 2.6  # times as much of the frame that a letter takes on a phone and in a slide
SAID_ROOM = 40  # px, two lines about a guess
TIP = '<div style="font: 13px/1.4 Inter, sans-serif; max-width: 260px; white-space: normal">{}</div>'
DOTTED = [2, 4]  # dash of another way to use the same machine
KINDS = ("measured", "claimed")  # of published points
RISING = ("speedup", "tokens_per_s")  # readings in which more is better
# Where names stand, by reading: of the line, the curve and the other, as (share of its length, side, above or below).
NAMES = {
    "speedup": ((0.6, "right", 1), (0.4, "left", -1), (0.3, "left", -1)),
    "tokens_per_s": ((0.6, "right", 1), (0.4, "left", -1), (0.3, "left", -1)),
    "efficiency": ((0.05, "left", -1), (0.55, "left", 1), (0.7, "left", 1)),
    "step_time": ((0.9, "right", -1), (0.4, "right", -1), (0.3, "left", 1)),
}


@dataclass(frozen=True)
class Drawn:
    """What the figure shows.

    Attributes
    ----------
    curve, other : Curve, Curve or None
        The run's, and what it is compared with.
    reading : str
        A key of `READINGS`.
    log : bool
        Whether both axes are logarithmic.
    drawing : bool
        Whether somebody draws a guess, so that nothing may be given away.
    guess : dict of int to float
        Number of devices to speed-up.
    """

    curve: Curve
    other: Curve | None
    reading: str
    log: bool = True
    drawing: bool = False
    guess: dict[int, float] = field(default_factory=dict)


class CurveFigure:
    """Draws a curve beside another, the published points of both, and a guess.

    Parameters
    ----------
    tapped : callable
        Receives the index of a point of the curve that is tapped.
    t : Language
        Of the page.

    Attributes
    ----------
    plot : bokeh.plotting.figure
        The figure.
    sources : dict of str to ColumnDataSource
        What is drawn, by name.
    """

    def __init__(self, tapped, t: Language):
        self._tapped, self._t, self._theme, self._letter = tapped, t, "light", 1.0
        self._drawn: Drawn | None = None
        plot = self.plot = plain_figure(x_range=Range1d(1, 2), y_range=Range1d(1, 2))
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
        self.sources = {name: ColumnDataSource(dict(POINTS)) for name in names}
        self.sources["published"] = ColumnDataSource({name: [] for name in PUBLISHED})
        self.sources["gap"] = ColumnDataSource({"x": [], "low": [], "high": []})
        self.sources["here"] = ColumnDataSource(dict(POINTS))
        self.sources["labels"] = ColumnDataSource({name: [] for name in LABELS})
        of = self.sources
        self._gap = plot.segment("x", "low", "x", "high", source=of["gap"], line_width=2, line_dash="dotted")
        self._linear = plot.line("x", "y", source=of["line"], line_width=2.5)
        self._other = plot.line("x", "y", source=of["other"], line_width=2.5)
        self._other_dots = plot.scatter("x", "y", source=of["other"], size=9, line_width=2)
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
        of["points"].selected.on_change("indices", self._select)

    def _select(self, attribute, old, new):
        if new:
            self.sources["points"].selected.indices = []
            self._tapped(new[0])

    def draw(self, drawn: Drawn) -> None:
        """Draw a curve.

        Parameters
        ----------
        drawn : Drawn
            All that is shown.
        """
        self._drawn = drawn
        curve, other, reading = drawn.curve, drawn.other, drawn.reading
        x, y, line = curve.columns["n_devices"], curve.values(reading), curve.line(reading)
        texts = curve.texts(reading, self._t)
        of = self.sources
        of["points"].data = {"x": x, "y": y, "text": texts}
        of["line"].data = {"x": x, "y": line, "text": [""] * x.size}
        here = curve.n_devices.index(curve.scenario["n_devices"])
        for name, part in (("so_far", slice(here + 1)), ("ahead", slice(here, None))):
            of[name].data = {"x": x[part], "y": y[part], "text": texts[part]}
        of["here"].data = {"x": x[here : here + 1], "y": y[here : here + 1], "text": texts[here : here + 1]}
        of["other"].data = self._other_columns(other, reading)
        of["published"].data = self._published_columns(other, reading)
        ratio = np.array([drawn.guess.get(n, np.nan) for n in curve.n_devices]) / curve.values("speedup")
        guess = y / ratio if reading == "step_time" else y * ratio
        known = np.isfinite(guess)
        of["guess"].data = {"x": x[known], "y": guess[known], "text": [""] * int(known.sum())}
        of["gap"].data = {"x": x[known], "low": guess[known], "high": y[known]}
        self._scale(x, [y, line, guess[known], *(of[name].data["y"] for name in ("other", "published"))], reading)
        of["labels"].data = self._labels(curve, other, reading)
        for glyphs in (
            self._run, self._ahead, self._dots, self._here, self._rows, self._other, self._other_dots, self._legend
        ):  # fmt: skip
            glyphs.visible = not drawn.drawing
        self._dress()

    def _dress(self):
        paint, curve, other = PAINT[self._theme], self._drawn.curve, self._drawn.other
        wear(curve.look, paint, self._run, self._dots)
        wear(curve.look, paint, self._ahead, self._here, filled=True)
        if other is not None:
            # Another way to use the same machine has its hue and marks, and a dash of its own.
            dash = DOTTED if other.look == curve.look else other.look.dash
            wear(replace(other.look, dash=dash), paint, self._other, self._other_dots)

    def places(self) -> tuple[list[tuple[float, float]], tuple[float, float]]:
        """Return where the points of the curve lie, as shares of the frame, and the ends of the vertical axis."""
        plot, log, points = self.plot, self._drawn.log, self.sources["points"].data
        ends = (plot.x_range.start, plot.x_range.end), (plot.y_range.start, plot.y_range.end)
        found = [
            (share(x, *ends[0], log), share(y, *ends[1], log)) for x, y in zip(points["x"], points["y"], strict=True)
        ]
        return found, ends[1]

    def _other_columns(self, other, reading):
        if other is None:
            return dict(POINTS)
        x = other.across(other.columns["n_devices"], self._drawn.curve, reading)
        return {"x": x, "y": other.values(reading), "text": other.texts(reading, self._t)}

    def _published_columns(self, other, reading):
        columns = {name: [] for name in PUBLISHED}
        paint = PAINT[self._theme]
        for curve in (other, self._drawn.curve):
            if curve is None:
                continue
            found = curve.published
            places = curve.across(np.asarray(found["n_devices"], float), self._drawn.curve, reading)
            for i, height in enumerate(found[reading]):
                kind, edge = found["kind"][i], curve.look.colour(paint)
                fill = edge if kind == "measured" else paint["card"]
                value = self._t.quantity(float(height), READINGS[reading])
                many = self._t.quantity(int(found["n_devices"][i]), curve.unit)
                text = self._t("scaling_published", many=many, value=value)
                source, kind = str(found["source"][i]), self._t(f"kind_{kind}")
                row = (places[i], float(height), text, source, kind, fill, edge)
                for name, entry in zip(PUBLISHED, row, strict=True):
                    columns[name].append(entry)
        return columns

    def _scale(self, x, heights, reading):
        """Set scales, ranges and ticks so that all that is drawn lies inside."""
        log, plot = self._drawn.log, self.plot
        heights = np.concatenate([np.asarray(values, float) for values in heights])
        across = np.concatenate(
            [x, *(np.asarray(self.sources[name].data["x"], float) for name in ("other", "published"))]
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
        plot.xaxis.major_label_overrides = {n: self._t.number(n) for n in counts}
        noun = {"x": right, "text_align": "right"} if reading in RISING else {"x": left, "text_align": "left"}
        self._noun.update(text=self._t(f"scaling_way_{self._drawn.curve.scenario['cluster']}"), **noun)
        found = {
            kind for curve in filter(None, (self._drawn.curve, self._drawn.other)) for kind in curve.published["kind"]
        }
        kinds = [self._t(f"scaling_kind_{kind}") for kind in KINDS if kind in found]
        against = "scaling_kinds_over_first" if reading in RELATIVE else "scaling_kinds"
        said = SAID_ROOM if self._drawn.guess and reading == "speedup" else 0
        corner = {"y": high, "y_offset": -16 - said} if reading in RISING else {"y": low, "y_offset": 22}
        self._legend.update(text=self._t(against, kinds=kinds) if kinds else "", x=left, x_offset=4, **corner)
        plot.yaxis.ticker = FixedTicker(ticks=marks)
        plot.yaxis.major_label_overrides = {mark: self._mark(mark, reading) for mark in marks}
        plot.ygrid.ticker = plot.yaxis.ticker

    def _mark(self, value, reading):
        """Write a value beside the axis; tokens per second without their unit, which would take too much room."""
        return self._t.quantity(value, READINGS[reading].replace("token/s", ""))

    def _labels(self, curve, other, reading):
        """Return names that stand beside the lines."""
        paint, of = PAINT[self._theme], self.sources
        line, named, beside = NAMES[reading]
        rows = [(of["line"], line, self._t("scaling_linear"), paint["linear"])]
        if not self._drawn.drawing:
            own, against = (curve.words, []) if other is None else _apart(curve.words, other.words)
            rows.append((of["points"], named, self._t("scaling_way", words=own), curve.look.colour(paint)))
            if other is not None:
                fewest = other.n_devices[0]
                if reading in RELATIVE and fewest != curve.n_devices[0]:
                    against = [*against, message("scaling_way_from", n=fewest)]
                rows.append((of["other"], beside, self._t("scaling_way", words=against), other.look.colour(paint)))
        if len(of["guess"].data["x"]):
            rows.append((of["guess"], (0.85, "left", -1), self._t("scaling_your_guess"), paint["ink2"]))
        columns = {name: [] for name in LABELS}
        at_end = (1, "left", -1 if reading in RISING else 1)
        taken = [self._box(x, y) for x, y in self._points(of["published"])]
        for name in ("points", "other", "line", "guess"):
            taken += self._along([self._box(x, y) for x, y in self._points(of[name])])
        taken.append(KINDS_ROOM[reading in RISING])
        for source, place, text, fill in rows:
            preferred = place if source is of["line"] or self._reaches_right(source) else at_end
            x, y, side, above, box = self._place(source, preferred, text, taken)
            taken += [box] * NAME_WEIGHT
            row = (x, y, text, fill, side, 10 if side == "left" else -10, 4 if above > 0 else -20)
            for name, entry in zip(LABELS, row, strict=True):
                columns[name].append(entry)
        return columns

    def _place(self, source, preferred, text, taken):
        """Return where beside a line its name stands, the nearest to what is preferred that covers least."""
        at, side, above = preferred
        found = []
        for further, other in enumerate((at, *(where for where in PLACES if where != at))):
            i = self._nearest(source.data["x"], other)
            x, y = source.data["x"][i], source.data["y"][i]
            for turned, (left, high) in enumerate(
                ((side, above), (side, -above), (OTHER_SIDE[side], above), (OTHER_SIDE[side], -above))
            ):
                box = self._box(x, y, len(text), left, high)
                narrow = self._box(x, y, NARROW * len(text), left, high)
                outside = sum(max(0, -low) + max(0, end - 1) for low, end in (narrow[:2], narrow[2:]))
                covered = sum(_overlap(box, one) for one in taken)
                found.append(((round(outside, 3), covered, further, turned), (x, y, left, high, box)))
        return min(found, key=itemgetter(0))[1]

    def _box(self, x, y, letters=0, side="left", above=0):
        """Return the ends of a name beside a point, or of the point itself, as shares: left, right, low, high."""
        plot, log = self.plot, self._drawn.log
        across = share(x, plot.x_range.start, plot.x_range.end, log)
        up = share(y, plot.y_range.start, plot.y_range.end, log)
        if not letters:
            return across - DOT[0], across + DOT[0], up - DOT[1], up + DOT[1]
        width, height = (size * self._letter for size in (letters * LETTER[0], LETTER[1]))
        start = across + DOT[0] if side == "left" else across - DOT[0] - width
        low = up + DOT[1] / 2 if above > 0 else up - DOT[1] / 2 - height
        return start, start + width, low, low + height

    def _along(self, boxes):
        """Return boxes with some between each and the next, as of points on the line between them."""
        between = [
            tuple(a + (b - a) * part for a, b in zip(box, after, strict=True))
            for box, after in pairwise(boxes)
            for part in (0.25, 0.5, 0.75)
        ]
        return boxes + between

    def _points(self, source):
        return zip(source.data["x"], source.data["y"], strict=True)

    def _reaches_right(self, source):
        """Return whether a line leaves no room for its name at its end."""
        plot, end = self.plot, source.data["x"][-1]
        return share(end, plot.x_range.start, plot.x_range.end, self._drawn.log) > 1 - NAME_ROOM

    def _nearest(self, xs, at):
        """Return the index of the point that lies nearest to a share of the way along the axis."""
        shares = np.array([share(x, self.plot.x_range.start, self.plot.x_range.end, self._drawn.log) for x in xs])
        return int(np.abs(shares - shares[0] - at * (shares[-1] - shares[0])).argmin())

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        self._theme = theme
        paint = paint_figure(self.plot, theme)
        for glyphs, role in (
            (self._linear, "linear"), (self._guessed, "ink2"), (self._gap, "ink2"),
        ):  # fmt: skip
            glyphs.glyph.line_color = paint[role]
        for label in (self._noun, self._legend):
            label.update(text_color=paint["ink2"], background_fill_color=paint["card"])
        size = 17 if theme == "projector" else 13
        self._texts.text_font_size, self._letter = f"{size}px", size / 13
        if self._drawn is not None:
            self.draw(self._drawn)


def _overlap(a, b):
    return a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]


def _apart(one, other):
    """Return the words of two ways without the kind of machine, where it is the same and more is said of both."""
    same = one[0] == other[0] and min(len(one), len(other)) > 1
    return one[same:], other[same:]
