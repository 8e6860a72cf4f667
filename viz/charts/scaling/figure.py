"""The figure of the speed-up curve: lines, published points, names beside them, axes."""

from dataclasses import dataclass, field, replace

import numpy as np
from bokeh.core.properties import value
from bokeh.models import (
    ColumnDataSource,
    HoverTool,
    Label,
    LabelSet,
    LinearScale,
    LogScale,
    NoOverlap,
    Range1d,
    TapTool,
)

from engine.language import Language, Quantity, message
from viz.charts.axes import at, share, ticks, with_room
from viz.charts.identity import wear
from viz.charts.paint import PAINT, paint_figure, plain_figure, ticked
from viz.charts.scaling.curves import READINGS, RELATIVE, Curve, many

FRAME = {"left": 90, "right": 30, "top": 14, "bottom": 52}  # [px], so that the layer of the tools lies on the frame
POINTS = {"x": [], "y": [], "text": []}
LABELS = ("x", "y", "text", "fill")
PUBLISHED = ("x", "y", "text", "source", "kind", "fill", "edge")
SIZE = (580, 300)  # px, of the usual frame
LEAST_SIZE = (240, 300)  # px, of a frame in an embed
NARROW = 400  # px, below which names are short
LETTER = (8.6, 20)  # px, of a name
MOST_ROOM = 0.6  # of the frame, for names
SMALL_LETTER = 6.3  # px, of the words in the corner
BESIDE = 12  # px, from a point to its name
SHIFT = 1.2  # heights, of a name at whose side other lines go on
TIP = '<div style="font: 13px/1.4 Inter, sans-serif; max-width: 260px; white-space: normal">{}</div>'
DOTTED = [2, 4]  # dash of another way to use the same machine
KINDS = ("measured", "claimed")  # of published points
RISING = ("speedup", "tokens_per_s")  # readings in which more is better


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
    held : bool
        Whether the other is not to be seen yet.
    guess : dict of int to float
        Number of devices to speed-up.
    """

    curve: Curve
    other: Curve | None
    reading: str
    log: bool = False
    drawing: bool = False
    held: bool = False
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
    size : tuple of float
        Width and height of its frame on the page [px]; the next drawing leaves names their room in it.
    sources : dict of str to ColumnDataSource
        What is drawn, by name.
    """

    def __init__(self, tapped, t: Language):
        self._tapped, self._t, self._theme, self._letter = tapped, t, "light", 1.0
        self.size = SIZE
        self._drawn: Drawn | None = None
        plot = self.plot = plain_figure(x_range=Range1d(1, 2), y_range=Range1d(1, 2))
        plot.update(
            sizing_mode="stretch_both", min_border_left=FRAME["left"], min_border_right=FRAME["right"],
            min_border_top=FRAME["top"], min_border_bottom=FRAME["bottom"],
        )  # fmt: skip
        plot.xgrid.visible = False
        ticked(plot)
        plot.xaxis.major_label_policy = NoOverlap(min_distance=8)
        plot.xaxis.axis_label_standoff = 4
        self._legend = Label(x=1, y=1, text="", text_font="Inter", text_font_size="12px")
        plot.add_layout(self._legend)
        names = ("points", "so_far", "ahead", "line", "other", "guess")
        self.sources = {name: ColumnDataSource(dict(POINTS)) for name in names}
        self.sources["published"] = ColumnDataSource({name: [] for name in PUBLISHED})
        self.sources["gap"] = ColumnDataSource({"x": [], "low": [], "high": []})
        self.sources["here"] = ColumnDataSource(dict(POINTS))
        self.sources["labels"] = ColumnDataSource({name: [] for name in LABELS})
        of = self.sources
        self._gap = plot.segment("x", "low", "x", "high", source=of["gap"], line_width=2, line_dash="dotted")
        self._linear = plot.line("x", "y", source=of["line"], line_width=2.5)
        self._guessed = plot.line("x", "y", source=of["guess"], line_width=2.5, line_dash=[2, 6], line_cap="round")
        self._ahead = plot.line("x", "y", source=of["ahead"], line_width=2, line_alpha=0.45)
        self._run = plot.line("x", "y", source=of["so_far"], line_width=5)
        self._dots = plot.scatter("x", "y", source=of["points"], size=11, line_width=2.5, nonselection_alpha=1)
        self._here = plot.scatter("x", "y", source=of["here"], size=15)
        # On top, thinner and dashed: where both curves are one, both are seen.
        self._other = plot.line("x", "y", source=of["other"], line_width=2.5)
        self._other_dots = plot.scatter("x", "y", source=of["other"], size=9, line_width=2)
        self._rows = plot.scatter(
            "x", "y", source=of["published"], size=13, marker="diamond", line_width=2,
            fill_color="fill", line_color="edge",
        )  # fmt: skip
        self._texts = LabelSet(
            x="x", y="y", x_offset=BESIDE, text="text", text_color="fill", text_baseline="middle",
            source=of["labels"], text_font=value("Inter"), text_font_size="15px", text_font_style="bold",
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
        of["labels"].data = self._labels(curve, other)
        for glyphs in (self._run, self._ahead, self._dots, self._here, self._rows, self._legend):
            glyphs.visible = not drawn.drawing
        for glyphs in (self._other, self._other_dots):
            glyphs.visible = not (drawn.drawing or drawn.held)
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
        x = other.across(other.columns["n_devices"])
        return {"x": x, "y": other.values(reading), "text": other.texts(reading, self._t)}

    def _published_columns(self, other, reading):
        columns = {name: [] for name in PUBLISHED}
        paint = PAINT[self._theme]
        for curve in (other, self._drawn.curve):
            if curve is None:
                continue
            found = curve.published
            places = curve.across(found["n_devices"])
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
        widest = max(map(len, self._names().values())) * LETTER[0] * self._letter
        room = min(MOST_ROOM, (widest + BESIDE) / self.size[0])
        right = left * (right / left) ** (1 / (1 - room)) if log else left + (right - left) / (1 - room)
        if (type(plot.x_scale) is LogScale) != log:
            plot.update(x_scale=LogScale() if log else LinearScale(), y_scale=LogScale() if log else LinearScale())
        plot.x_range.update(start=float(left), end=float(right))
        plot.y_range.update(start=float(low), end=float(high))
        counts = self._drawn.curve.n_devices
        marks = ticks(low, high, log)
        plot.xaxis.ticker.ticks = list(counts)
        plot.xaxis.major_label_overrides = {n: self._t.number(n) for n in counts}
        plot.xaxis.axis_label = self._axis()
        corner = {"y": high, "y_offset": -16} if reading in RISING else {"y": low, "y_offset": 22}
        self._legend.update(text=self._kinds(reading, (1 - room) * self.size[0]), x=left, x_offset=4, **corner)
        plot.yaxis.ticker.ticks = marks
        plot.yaxis.major_label_overrides = {mark: self._mark(mark, reading) for mark in marks}

    def _axis(self):
        """Return what is counted along the axis, and beside how many devices of the other kind some of them stand."""
        curve, other = self._drawn.curve, self._drawn.other
        way = message(f"scaling_way_{curve.scenario['cluster']}")
        if other is None or self._drawn.held or other.unit == curve.unit:
            return self._t(way)
        return self._t("scaling_beside", way=way, **many(curve, other, *other.stands[::-1]))

    def _kinds(self, reading, width):
        """Return what stands in the corner: what diamonds are."""
        curve, other = self._drawn.curve, self._drawn.other
        seen = [curve] if other is None or self._drawn.held else [curve, other]
        found = {kind for each in seen for kind in each.published["kind"]}
        kinds = [self._t(f"scaling_kind_{kind}") for kind in KINDS if kind in found]
        whole = self._t("scaling_kinds_over_first" if reading in RELATIVE else "scaling_kinds", kinds=kinds)
        if not kinds:
            return ""
        return whole if len(whole) * SMALL_LETTER < width else self._t("scaling_kinds", kinds=kinds)

    def _mark(self, value, reading):
        """Write a value beside the axis; tokens per second without their unit, which would take too much room."""
        return self._t.quantity(value, READINGS[reading].replace("token/s", ""))

    def _names(self):
        """Return the names that stand at the ends of lines, by the source of the line."""
        drawn = self._drawn
        names = {"line": self._t("scaling_linear")}
        if drawn.guess:
            names["guess"] = self._t("scaling_guess")
        if not drawn.drawing:
            other = None if drawn.held else drawn.other
            own, against = (drawn.curve.words, []) if other is None else _words_apart(drawn.curve, other)
            names["points"] = self._way(own, drawn.curve)
            if other is not None:
                names["other"] = self._way(against, other)
        return names

    def _way(self, words, curve):
        """Return what stands beside a curve: what it is, what its last point reads, and its number if not the run's."""
        reading, own = self._drawn.reading, self._drawn.curve
        shared, narrow = reading in RELATIVE, self.size[0] <= NARROW
        if narrow and not shared:
            return self._t("scaling_ways", words=words)
        reading, unit = ("efficiency", "share") if shared else (reading, READINGS[reading].replace("token/s", ""))
        end = Quantity(float(curve.values(reading)[-1]), unit, digits=2)
        if not narrow and own.n_devices[-1] != own.scenario["n_devices"]:
            at = message("scaling_way_at", words=words, n=Quantity(curve.n_devices[-1], "", 12))
            return self._t("scaling_way_short", words=at, end=end)
        return self._t("scaling_way" if shared and not narrow else "scaling_way_short", words=words, end=end)

    def _labels(self, curve, other):
        """Return names at the ends of the lines: one over another where the ends are near, in the order of the ends."""
        paint, plot, log = PAINT[self._theme], self.plot, self._drawn.log
        inks = {"line": paint["linear"], "points": curve.look.colour(paint), "guess": paint["ink2"]}
        inks |= {"other": other.look.colour(paint)} if other else {}
        ends = plot.y_range.start, plot.y_range.end
        height = LETTER[1] * self._letter / self.size[1]
        furthest = max(self.sources[name].data["x"][-1] for name in self._names())
        rows, column = [], []
        for name, text in self._names().items():
            x, y = (self.sources[name].data[axis][-1] for axis in ("x", "y"))
            place = share(y, *ends, log)
            if x == furthest:
                column.append(len(rows))
            else:  # beside the lines that go on
                place += -SHIFT * height if self._drawn.reading in RISING else SHIFT * height
                place = min(max(place, height / 2), 1 - height / 2)
            rows.append([x, place, text, inks[name]])
        column.sort(key=lambda i: rows[i][1])
        for i, place in zip(column, _spread([rows[i][1] for i in column], height), strict=True):
            rows[i][1] = place
        for row in rows:
            row[1] = at(row[1], *ends, log)
        return dict(zip(LABELS, map(list, zip(*rows, strict=True)), strict=True))

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
        self._legend.update(text_color=paint["ink2"], background_fill_color=paint["card"])
        size = 18 if theme == "projector" else 15
        self._texts.text_font_size, self._letter = f"{size}px", size / 15
        if self._drawn is not None:
            self.draw(self._drawn)


def _spread(places, height):
    """Return rising places that are at least a height apart and half a height from both ends, as near as may be."""
    found = []
    for place in places:
        found.append(max(place, found[-1] + height if found else height / 2))
    limit = 1 - height / 2
    for i in reversed(range(len(found))):
        found[i] = min(found[i], limit)
        limit = found[i] - height
    return found


def _words_apart(one, other):
    """Return the fewest words that tell two curves apart: their machines, else what is special about each."""
    if one.unit != other.unit:
        return one.words[:1], other.words[:1]
    special = min(len(one.words), len(other.words)) > 1
    return one.words[special:], other.words[special:]
