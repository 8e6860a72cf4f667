"""What charts of plans share: the plans of each cluster, a figure of them, and the way to open one."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, HoverTool, LabelSet, NoOverlap, Range1d, TapTool

from engine.language import Language, Message, Quantity, message
from engine.run import Run
from engine.scenarios import scenario_class
from viz.charts.axes import share, ticks
from viz.charts.chart import Chart, Host, Reach
from viz.charts.identity import Identity, identity, wear
from viz.charts.paint import paint_figure, plain_figure, ticked, title

FRAME = {"left": 46, "right": 32, "top": 26, "bottom": 44}  # [px], so that the layer of the tools lies on the frame
LANES = 2  # this cluster and the other
COLUMNS = ("n_devices", "days", "days_low", "days_high", "cost", "text", "alpha")
NAMED = ("x", "y", "text", "paint", "align", "dx", "dy")
FADED = 0.35  # opacity of a plan that another of its cluster beats in days and in cost
TIP = '<div style="font: 13px/1.4 Inter, sans-serif; max-width: 230px; white-space: normal">{}</div>'
COSTS = ((1e9, "billions"), (1e6, "millions"), (1e3, "thousands"), (1.0, "ones"))  # least [USD], and what is counted
MOST_TICKS = 4
ROOM = 1.25  # beyond the points, as a factor
HEADROOM = 1.5  # the same above the highest, over which a name may stand


@dataclass(frozen=True, eq=False)
class Lane:
    """The plans of one cluster.

    Attributes
    ----------
    family : str
        "gpu" or "cs".
    noun : str
        What a device is called.
    n_devices : int
        On how many it is compared with the other cluster.
    price_year : int
        Year of its price.
    rows : dict of str to (n,) array
        Columns of the run's chart, by number of devices.
    """

    family: str
    noun: str
    n_devices: int
    price_year: int
    rows: dict[str, np.ndarray]

    @property
    def here(self) -> int:
        """The row of the plan that is compared."""
        return int(np.flatnonzero(self.rows["n_devices"] == self.n_devices)[0])


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
    return [
        Lane(
            lane["family"], lane["device"], lane["n_devices"], lane["price_year"],
            {name: values[found["cluster"] == lane["family"]] for name, values in found.items()},
        )
        for lane in run.trace.meta["lanes"]
    ]  # fmt: skip


def nouns_of(run: Run) -> dict[str, str]:
    """Return what a device is called, by cluster, that of the scenario first."""
    return {lane["family"]: lane["device"] for lane in run.trace.meta["lanes"]}


class OpensPlans(Chart):
    """A chart of which each point opens its plan; a point also has `query`, its plan as in an address."""

    reach = Reach(message("planner_plans"), message("planner_plans.open"), FRAME)

    def __init__(self, host: Host):
        super().__init__(host)
        self._scenario: dict = {}

    def show(self, run: Run) -> None:
        """Take the scenario of a run, from which opened plans differ."""
        self._scenario = run.scenario

    def open(self, index: int) -> None:
        """Ask for the plan of a point."""
        self.open_plan(self.points[index]["query"])

    def open_plan(self, query: str) -> None:
        """Ask for a plan, unless it is the present one."""
        wanted = scenario_class("planner").read_query(query).values()
        if changes := {name: value for name, value in wanted.items() if value != self._scenario[name]}:
            self.host.edit(changes)


class PlanChart(OpensPlans):
    """A figure of the plans of each cluster, along the number of devices.

    Attributes
    ----------
    x, y : str
        Columns of the axes, of `COLUMNS`.
    heights : tuple of str
        Columns that must lie within the vertical axis.
    across : Message
        What the horizontal axis says.
    """

    x: ClassVar[str]
    y: ClassVar[str]
    heights: ClassVar[tuple[str, ...]]
    across: ClassVar[Message]

    def __init__(self, host: Host):
        super().__init__(host)
        self._shown: list[Lane] = []
        self._sources = [ColumnDataSource({name: [] for name in COLUMNS}) for _ in range(LANES)]
        self._here = [ColumnDataSource({name: [] for name in COLUMNS}) for _ in range(LANES)]
        self._names = ColumnDataSource({part: [] for part in NAMED})
        plot = self.plot = plain_figure(
            x_axis_type="log", y_axis_type="log", x_range=Range1d(1, 2), y_range=Range1d(1, 2)
        )
        plot.update(sizing_mode="stretch_both", **{f"min_border_{side}": room for side, room in FRAME.items()})
        plot.xgrid.visible = False
        ticked(plot)
        plot.xaxis.major_label_policy = NoOverlap(min_distance=6)
        plot.xaxis.axis_label = self.t(self.across)
        plot.add_layout(title(""), "above")
        self._lines, self._dots = [], []
        for i, source in enumerate(self._sources):
            self.draw_under(source)
            self._lines.append(plot.line(self.x, self.y, source=source, line_width=2.5))
            self._dots.append(
                plot.scatter(self.x, self.y, source=source, size=10, line_width=2.5, nonselection_alpha=1)
            )
            source.selected.on_change("indices", lambda _, old, new, i=i: self._tapped(i, new))
        self._chosen = [plot.scatter(self.x, self.y, source=source, size=12) for source in self._here]
        plot.add_tools(HoverTool(renderers=self._dots, tooltips=TIP.format("@text")), TapTool(renderers=self._dots))
        self._labels = LabelSet(
            x="x", y="y", text="text", text_color="paint", text_align="align", x_offset="dx", y_offset="dy",
            source=self._names, text_font=value("Inter"), text_font_size="12.5px", text_font_style="bold",
        )  # fmt: skip
        plot.add_layout(self._labels)

    def draw_under(self, source: ColumnDataSource) -> None:
        """Add what lies under the line of a lane."""

    def up(self, counted: str) -> str:
        """Return what the vertical axis says; of `COSTS`, what is counted there."""
        raise NotImplementedError

    def sentence(self, lanes: list[Lane], run: Run) -> str:
        """Return what the plans of a run show."""
        raise NotImplementedError

    def named(self, lane: Lane, columns: dict, own: bool, price: float | None) -> tuple[int, str]:
        """Return the point at which the name of a lane stands, and the name.

        Parameters
        ----------
        lane : Lane
            One of those shown.
        columns : dict of str to array
            Its `COLUMNS` as they are drawn.
        own : bool
            Whether it is that of the scenario.
        price : float or None
            That of the scenario [USD/h].
        """
        raise NotImplementedError

    def beside(self, far: float) -> tuple[str, int, int]:
        """Return how a name beside a point is aligned, and how far it stands to the right and above [px].

        Parameters
        ----------
        far : float
            Share of the width at which the point lies.
        """
        return ("right", 4, 10) if far > 0.6 else ("center", 14, 14) if far > 0.4 else ("left", 8, 8)

    def _tapped(self, lane, indices):
        if indices:
            self._sources[lane].selected.indices = []
            self.open_plan(str(self._shown[lane].rows["query"][indices[0]]))

    def show(self, run: Run) -> None:
        """Draw the plans of a run.

        Parameters
        ----------
        run : Run
            Of the planner scene.
        """
        super().show(run)
        lanes = self._shown = lanes_of(run)
        size, counted = next(pair for pair in COSTS if _all(lanes, "cost").max() >= pair[0])
        self.plot.above[0].text = self.up(counted)
        for i, source in enumerate(self._sources):
            source.data = _columns(lanes[i], size, self.t) if i < len(lanes) else {name: [] for name in COLUMNS}
        for i, source in enumerate(self._here):
            at = [lanes[i].here] if i < len(lanes) else []
            source.data = {name: np.asarray(values)[at] for name, values in self._sources[i].data.items()}
        _scale(self.plot, self._values(self.x), np.concatenate([self._values(name) for name in self.heights]), self.t)
        self._names.data = self._named(run.scenario["price"])
        self._dress()
        self.say(self.sentence(lanes, run), self._reached())

    def looks(self) -> list[Identity]:
        """Return the look of each lane that is shown."""
        return [identity(lane.noun) for lane in self._shown]

    def _dress(self):
        for look, line, dots, chosen in zip(self.looks(), self._lines, self._dots, self._chosen, strict=False):
            wear(look, self._paint, line, dots)
            wear(look, self._paint, dots=chosen, filled=True)

    def _values(self, name):
        return np.concatenate([np.asarray(source.data[name], float) for source in self._sources])

    def _named(self, price):
        """Return the names that stand beside the lines."""
        columns = {part: [] for part in NAMED}
        for i, (lane, source) in enumerate(zip(self._shown, self._sources, strict=False)):
            at, text = self.named(lane, source.data, i == 0, price)
            across, up = source.data[self.x][at], source.data[self.y][at]
            far = share(across, self.plot.x_range.start, self.plot.x_range.end, log=True)
            entry = (across, up, text, identity(lane.noun).colour(self._paint), *self.beside(far))
            for part, item in zip(columns, entry, strict=True):
                columns[part].append(item)
        return columns

    def _reached(self):
        across, up = self.plot.x_range, self.plot.y_range
        return [
            {
                "text": text,
                "query": str(query),
                "x": share(x, across.start, across.end, log=True),
                "y": share(y, up.start, up.end, log=True),
            }
            for lane, source in zip(self._shown, self._sources, strict=False)
            for text, query, x, y in zip(
                source.data["text"], lane.rows["query"], source.data[self.x], source.data[self.y], strict=True
            )
        ]

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        self._paint = paint_figure(self.plot, theme)
        self.plot.above[0].text_color = self._paint["ink2"]
        self._dress()
        self._labels.text_font_size = "15px" if theme == "projector" else "12.5px"
        self._names.data["paint"] = [look.colour(self._paint) for look in self.looks()]


def _columns(lane, size, t: Language):
    rows = lane.rows
    beaten = [
        bool(((rows["days"] < days) & (rows["cost"] < cost)).any())
        for days, cost in zip(rows["days"], rows["cost"], strict=True)
    ]
    texts = [
        t(
            "planner_plan.beaten" if worse else "planner_plan",
            devices=Quantity(int(n), lane.noun),
            days=Quantity(days, "day", digits=3),
            cost=Quantity(cost, "USD", digits=3),
        )
        for n, days, cost, worse in zip(rows["n_devices"], rows["days"], rows["cost"], beaten, strict=True)
    ]
    columns = {name: np.asarray(rows[name], float) for name in ("n_devices", "days", "days_low", "days_high")}
    return columns | {"cost": rows["cost"] / size, "text": texts, "alpha": np.where(beaten, FADED, 1.0)}


def _all(lanes, name):
    return np.concatenate([lane.rows[name] for lane in lanes])


def _scale(plot, across, up, t: Language):
    for range_, axis, values, beyond in (
        (plot.x_range, plot.xaxis, across, ROOM),
        (plot.y_range, plot.yaxis, up, HEADROOM),
    ):
        low, high = float(values.min()) / ROOM, float(values.max()) * beyond
        range_.update(start=low, end=high)
        marks = ticks(low, high, log=True)
        if len(marks) > MOST_TICKS:
            marks = [mark for mark in marks if f"{mark:e}"[0] in "15"]
        axis.ticker.ticks = marks
        axis.major_label_overrides = {mark: t.number(mark) for mark in marks}
