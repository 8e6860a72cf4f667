"""Two figures of the same plans: days against systems, and cost against days."""

from dataclasses import dataclass

import numpy as np
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, FixedTicker, HoverTool, LabelSet, NoOverlap, Range1d, TapTool, Title

from engine.run import Run
from viz.charts.paint import paint_figure, plain_figure
from viz.charts.scaling_curve import digits, share, ticks

FRAME = {"left": 46, "right": 16, "top": 26, "bottom": 44}  # [px], so that the layer of the tools lies on the frame
DASHES = {"cs": "solid", "gpu": [7, 4]}
MARKERS = {"cs": "circle", "gpu": "square"}
PAINTS = ("compute", "stall")  # of this cluster and of the other, as in the player
PRICED = {"gpu": ", rented", "cs": ", bought"}
COLUMNS = ("n_devices", "days", "days_low", "days_high", "cost", "text", "alpha")
FADED = 0.35  # opacity of a plan that another of its cluster beats in days and in cost
TIP = '<div style="font: 13px/1.4 Inter, sans-serif; max-width: 230px; white-space: normal">{}</div>'
UNITS = ((1e9, "billion USD"), (1e6, "million USD"), (1e3, "thousand USD"), (1.0, "USD"))
MOST_TICKS = 4
LINE_PX = 17  # of a name
ROOM = 1.25  # beyond the points, as a factor


@dataclass(frozen=True, eq=False)
class Lane:
    """The plans of one cluster.

    Attributes
    ----------
    family : str
        "gpu" or "cs".
    noun : str
        What a device is called.
    rows : dict of str to (n,) array
        Columns of the run's chart, by number of devices.
    """

    family: str
    noun: str
    rows: dict[str, np.ndarray]


def lanes_of(run: Run) -> list[Lane]:
    """Return the plans of a run by cluster, that of the scenario first.

    Parameters
    ----------
    run : Run
        Of the planner scene.

    Returns
    -------
    list of Lane
        One or two.
    """
    found = run.columns("frontier")
    lanes = []
    for lane in run.trace.meta["lanes"]:
        mine = found["cluster"] == lane["family"]
        rows = {name: values[mine] for name, values in found.items()}
        lanes.append(Lane(lane["family"], lane["name"].split(" ", 1)[1], rows))
    return lanes


def money(usd: float) -> str:
    """Write a cost for people.

    Examples
    --------
    >>> money(1.09e6), money(2540)
    ('1.09 million USD', '2.54 thousand USD')
    """
    size, unit = next((pair for pair in UNITS if usd >= 0.9995 * pair[0]), UNITS[-1])
    return f"{digits(usd / size)} {unit}"


class PlanFigures:
    """Days against systems with the band of the step's error, and cost against days, of the same plans.

    Parameters
    ----------
    open_plan : callable
        Receives the query of a plan that somebody taps on.

    Attributes
    ----------
    days, frontier : bokeh.plotting.figure
        To be placed.
    """

    def __init__(self, open_plan):
        self._open = open_plan
        self._shown: list[Lane] = []
        self._sources = [ColumnDataSource({name: [] for name in COLUMNS}) for _ in PAINTS]
        self._here = ColumnDataSource({name: [] for name in COLUMNS})
        self._names = {
            name: ColumnDataSource({part: [] for part in ("x", "y", "text", "paint", "align", "dx", "dy")})
            for name in ("days", "frontier")
        }
        self.days, self.frontier = self._figure(), self._figure()
        self._title(self.days, "days, from start to end")
        self._cost_title = self._title(self.frontier, "")
        self.days.xaxis.axis_label, self.frontier.xaxis.axis_label = "systems", "days"
        self._bands, self._lines, self._dots = [], [], []
        for source in self._sources:
            self._bands.append(self.days.varea("n_devices", "days_low", "days_high", source=source, fill_alpha=0.16))
            for plot, x, y in self._axes():
                self._lines.append(plot.line(x, y, source=source, line_width=2.5))
                self._dots.append(plot.scatter(x, y, source=source, size=10, line_width=2.5, nonselection_alpha=1))
        for dots in self._dots[1::2]:
            dots.glyph.line_alpha = "alpha"
        self._chosen = [plot.scatter(x, y, source=self._here, size=12) for plot, x, y in self._axes()]
        for i, source in enumerate(self._sources):
            source.selected.on_change("indices", lambda _, old, new, i=i: self._tapped(i, new))
        for plot, dots in zip((self.days, self.frontier), (self._dots[::2], self._dots[1::2]), strict=True):
            plot.add_tools(HoverTool(renderers=dots, tooltips=TIP.format("@text")), TapTool(renderers=dots))
        self._labels = []
        for name, plot in (("days", self.days), ("frontier", self.frontier)):
            labels = LabelSet(
                x="x", y="y", text="text", text_color="paint", text_align="align", x_offset="dx", y_offset="dy",
                source=self._names[name], text_font=value("Inter"), text_font_size="12.5px", text_font_style="bold",
            )  # fmt: skip
            plot.add_layout(labels)
            self._labels.append(labels)

    def _axes(self):
        return (self.days, "n_devices", "days"), (self.frontier, "days", "cost")

    def _figure(self):
        plot = plain_figure(x_axis_type="log", y_axis_type="log", x_range=Range1d(1, 2), y_range=Range1d(1, 2))
        plot.update(sizing_mode="stretch_both", **{f"min_border_{side}": room for side, room in FRAME.items()})
        plot.xgrid.visible = False
        plot.xaxis.ticker, plot.yaxis.ticker = FixedTicker(ticks=[]), FixedTicker(ticks=[])  # until there is a run
        plot.xaxis.major_label_policy = NoOverlap(min_distance=6)
        return plot

    def _title(self, plot, text):
        title = Title(
            text=text, align="left", text_font="Inter", text_font_size="12px", text_font_style="normal", standoff=6
        )
        plot.add_layout(title, "above")
        return title

    def _tapped(self, lane, indices):
        if indices:
            self._sources[lane].selected.indices = []
            self._open(str(self._shown[lane].rows["query"][indices[0]]))

    def show(self, run: Run, lanes: list[Lane]) -> None:
        """Draw the plans of a run.

        Parameters
        ----------
        run : Run
            Of the planner scene.
        lanes : list of Lane
            What `lanes_of` returns for it.
        """
        self._shown = lanes
        self._size, unit = next(pair for pair in UNITS if _all(lanes, "cost").max() >= pair[0])
        self._cost_title.text = f"cost [{unit}]"
        for i, source in enumerate(self._sources):
            source.data = self._columns(lanes[i]) if i < len(lanes) else {name: [] for name in COLUMNS}
        here = np.flatnonzero(lanes[0].rows["n_devices"] == run.scenario["n_devices"])
        self._here.data = {name: np.asarray(values)[here] for name, values in self._sources[0].data.items()}
        for name, (plot, x, y) in zip(("days", "frontier"), self._axes(), strict=True):
            _scale(plot, self._values(x), np.concatenate([self._values(y), *self._ends(name)]))
            self._names[name].data = self._named(name, run.scenario["price"])
        for k, (line, dots) in enumerate(zip(self._lines, self._dots, strict=True)):
            family = lanes[min(k // 2, len(lanes) - 1)].family
            line.glyph.line_dash = DASHES[family]
            dots.glyph.marker = MARKERS[family]
        for chosen in self._chosen:
            chosen.glyph.marker = MARKERS[lanes[0].family]

    def _columns(self, lane):
        rows = lane.rows
        texts = [
            f"{n:,} {lane.noun}: {digits(days)} days, {money(cost)}"
            for n, days, cost in zip(rows["n_devices"], rows["days"], rows["cost"], strict=True)
        ]
        beaten = [
            bool(((rows["days"] < days) & (rows["cost"] < cost)).any())
            for days, cost in zip(rows["days"], rows["cost"], strict=True)
        ]
        texts = [f"{text}; another is faster and cheaper" if b else text for text, b in zip(texts, beaten, strict=True)]
        columns = {name: np.asarray(rows[name], float) for name in ("n_devices", "days", "days_low", "days_high")}
        return columns | {"cost": rows["cost"] / self._size, "text": texts, "alpha": np.where(beaten, FADED, 1.0)}

    def _values(self, name):
        return np.concatenate([np.asarray(source.data[name], float) for source in self._sources])

    def _ends(self, name):
        return (self._values("days_low"), self._values("days_high")) if name == "days" else ()

    def _named(self, name, price):
        """Return the names that stand beside the lines; on the frontier they say what the cost is."""
        plot, x, y = self._axes()[name == "frontier"]
        columns = {part: [] for part in ("x", "y", "text", "paint", "align", "dx", "dy")}
        for i, (lane, source) in enumerate(zip(self._shown, self._sources, strict=False)):
            at = int(np.argmax(source.data[y]) if i == 0 or name == "days" else np.argmin(source.data[y]))
            across, up = source.data[x][at], source.data[y][at]
            text = lane.noun
            if name == "frontier":
                text += ", at your price" if price is not None and i == 0 else PRICED[lane.family]
            far = share(across, plot.x_range.start, plot.x_range.end, log=True) > 0.6
            beside = ("right", 4, 10) if far else ("left", 12, -4 - LINE_PX * text.count("\n"))
            entry = (across, up, text, self._paint[PAINTS[i]], *beside)
            for part, item in zip(columns, entry, strict=True):
                columns[part].append(item)
        return columns

    def points(self) -> dict[str, list[dict]]:
        """Return the points of each figure for keys: `text`, `query`, and `x` and `y` as shares of the frame."""
        found = {}
        for name, (plot, x, y) in zip(("days", "frontier"), self._axes(), strict=True):
            found[name] = [
                {
                    "text": text,
                    "query": str(query),
                    "x": share(across, plot.x_range.start, plot.x_range.end, log=True),
                    "y": share(up, plot.y_range.start, plot.y_range.end, log=True),
                }
                for lane, source in zip(self._shown, self._sources, strict=False)
                for text, query, across, up in zip(
                    source.data["text"], lane.rows["query"], source.data[x], source.data[y], strict=True
                )
            ]
        return found

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        for plot in (self.days, self.frontier):
            self._paint = paint_figure(plot, theme)
            plot.above[0].text_color = self._paint["ink2"]
        roles = [self._paint[role] for role in PAINTS]
        for band, paint in zip(self._bands, roles, strict=True):
            band.glyph.fill_color = paint
        for k, (line, dots) in enumerate(zip(self._lines, self._dots, strict=True)):
            line.glyph.line_color = dots.glyph.line_color = roles[k // 2]
            dots.glyph.fill_color = self._paint["card"]
        for chosen in self._chosen:
            chosen.glyph.line_color = chosen.glyph.fill_color = roles[0]
        for labels, source in zip(self._labels, self._names.values(), strict=True):
            labels.text_font_size = "15px" if theme == "projector" else "12.5px"
            source.data["paint"] = roles[: len(source.data["x"])]


def days_said(lane: Lane, n_devices: int) -> str:
    """Say how much faster twice the systems are.

    Parameters
    ----------
    lane : Lane
        Of the scenario.
    n_devices : int
        Of the scenario.
    """
    counts, days = list(lane.rows["n_devices"]), lane.rows["days"]
    here = counts.index(n_devices)
    if 2 * n_devices in counts:
        factor = days[here] / days[counts.index(2 * n_devices)]
        return f"Twice as many {lane.noun} are {digits(factor)} times as fast. The band is the error of the step."
    if here > 0 and counts[here - 1] * 2 == n_devices:
        factor = days[here] / days[here - 1]
        return f"Half as many {lane.noun} take {digits(1 / factor)} times as long. The band is the error of the step."
    return f"{n_devices:,} {lane.noun} take {digits(days[here])} days. The band is the error of the step."


def cost_said(lanes: list[Lane], priced: bool) -> str:
    """Say what the two costs are, and that they are not alike."""
    if priced:
        return f"{lanes[0].noun} at the price you gave: compare along a line, not between the two."
    if len(lanes) == 1:
        return "Days against cost: what another plan beats in both is faded."
    return "Rent of GPUs, purchase of wafers over four years: compare along a line, not between the two."


def _all(lanes, name):
    return np.concatenate([lane.rows[name] for lane in lanes])


def _scale(plot, across, up):
    for range_, axis, values in ((plot.x_range, plot.xaxis, across), (plot.y_range, plot.yaxis, up)):
        low, high = float(values.min()) / ROOM, float(values.max()) * ROOM
        range_.update(start=low, end=high)
        marks = ticks(low, high, log=True)
        if len(marks) > MOST_TICKS:
            marks = [mark for mark in marks if f"{mark:e}"[0] in "15"]
        axis.ticker = FixedTicker(ticks=marks)
        axis.major_label_overrides = {mark: digits(mark) for mark in marks}
    plot.ygrid.ticker = plot.yaxis.ticker
