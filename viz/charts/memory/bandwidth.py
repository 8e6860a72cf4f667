"""Bandwidth of a chip, of a watt and of a square millimetre, and what the headline is made of."""

from html import escape

from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, FixedTicker, LabelSet, Range1d
from panel.viewable import Viewable

from engine.memory.recording import written
from engine.run import Run
from viz.charts.axes import digits
from viz.charts.chart import Chart, Host
from viz.charts.memory.machines import MARKERS, ROLES, home_of, short_name
from viz.charts.paint import paint_figure, plain_figure, title
from viz.charts.tabled import stacked, table
from viz.components.choice import Choice

READINGS = {"chip": ("per chip", "B/s"), "w": ("per watt", "B/s/W"), "mm2": ("per mm²", "B/s/mm²")}
ROOM = 6.0  # beyond the marks, as a factor
ROW_PX, FRAME_PX = 58, 50  # height of a machine, and of what is around them
NEAR = 1.5  # as a factor, so near that one name is enough
TICK = 0.13  # height of a mark, of the distance between machines
PREFIXES = {0: "", 3: "k", 6: "M", 9: "G", 12: "T", 15: "P", 18: "E"}


class Bandwidth(Chart):
    """Bandwidth of the memory that operands lie in, as advertised, and beside the units, derived."""

    name, label, place = "bandwidth", "Bandwidth", 2

    def __init__(self, host: Host):
        super().__init__(host)
        self._run: Run | None = None
        plot = self.plot = plain_figure(x_axis_type="log", x_range=Range1d(1, 10), y_range=Range1d(-0.6, 1.6))
        plot.update(sizing_mode="stretch_both", min_border_left=6, min_border_right=12, min_border_bottom=28)
        self._title = title("")
        plot.add_layout(self._title, "above")
        plot.yaxis.visible = plot.ygrid.visible = False
        self._ticks, self._dots, self._sources, self._derived = [], [], [], []
        for marker in MARKERS:
            source, derived = ColumnDataSource({"x": [], "y": []}), ColumnDataSource({"x": [], "low": [], "high": []})
            self._ticks.append(plot.segment("x", "low", "x", "high", source=derived, line_width=3))
            self._derived.append(derived)
            self._dots.append(plot.scatter("x", "y", source=source, size=13, marker=marker, line_width=2.5))
            self._sources.append(source)
        self._names = ColumnDataSource({part: [] for part in ("x", "y", "text", "align", "dy", "paint")})
        self._labels = LabelSet(
            x="x", y="y", text="text", text_color="paint", text_align="align", y_offset="dy", source=self._names,
            text_font=value("Inter"), text_font_size="12.5px", text_font_style="bold",
        )  # fmt: skip
        plot.add_layout(self._labels)
        self.reading = Choice(
            label="Bandwidth", options=[[name, label] for name, (label, _) in READINGS.items()], chosen="chip",
            sizing_mode="stretch_width", margin=0,
        )  # fmt: skip
        self.reading.param.watch(lambda event: self._draw(), "chosen")
        self._table = table()

    def panes(self) -> dict[str, Viewable]:
        """Return choice, figure and the derivation as a table."""
        return {self.name: stacked(self.reading, self.plot, self._table)}

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the memory scene.
        """
        self._run = run
        self._table.object = derived_html(run)
        self._draw()

    def _draw(self):
        run, reading = self._run, self.reading.chosen
        found, chip = bandwidths(run, reading), bandwidths(run, "chip")
        machines = [machine["name"] for machine in run.trace.meta["machines"]]
        label, unit = READINGS[reading]
        self._title.text = f"bandwidth {label} [{unit}], log axis"
        names = {part: [] for part in ("x", "y", "text", "align", "dy", "paint")}
        for source in self._sources:
            source.data = {"x": [], "y": []}
        for derived in self._derived:
            derived.data = {"x": [], "low": [], "high": []}
        ends, texts = [], []
        for row, (machine, at) in enumerate(found.items()):
            i, y = machines.index(machine), len(found) - 1 - row
            share = at / chip[machine]  # of a watt, of a square millimetre
            beside = [share * run.figures[f"{machine}_local_bandwidth_{end}"].value for end in ("low", "high")]
            self._sources[i].data = {"x": [at], "y": [y]}
            self._derived[i].data = {"x": beside, "low": [y - TICK] * 2, "high": [y + TICK] * 2}
            ends += [at, *beside]
            texts.append((at, y, f"{_named(run, machine)}: {written(at, unit)}", 10, i))
            if not beside[0] / NEAR < at < beside[1] * NEAR:
                texts.append((beside[1], y, f"at its units: {written(beside[1], unit)}", -26, i))
        if ends:
            self.plot.x_range.update(start=min(ends) / ROOM, end=max(ends) * ROOM)
        middle = (self.plot.x_range.start * self.plot.x_range.end) ** 0.5
        for at, y, text, dy, i in texts:
            entry = (at, y, text, "left" if at < middle else "right", dy, self._paint[ROLES[i]])
            for part, item in zip(names, entry, strict=True):
                names[part].append(item)
        self._names.data = names
        self.plot.y_range.update(start=-0.6, end=max(len(found), 1) - 0.4)
        self.plot.min_height = FRAME_PX + ROW_PX * len(found)
        exponents = [k for k in PREFIXES if ends and self.plot.x_range.start <= 10.0**k <= self.plot.x_range.end]
        self.plot.xaxis.ticker = self.plot.xgrid.ticker = FixedTicker(ticks=[10.0**k for k in exponents])
        self.plot.xaxis.major_label_overrides = {10.0**k: f"1 {PREFIXES[k]}".strip() for k in exponents}
        self.say(bandwidth_said(run, reading))

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        self._paint = paint_figure(self.plot, theme)
        self._title.text_color = self._paint["ink2"]
        for role, tick, dot in zip(ROLES, self._ticks, self._dots, strict=True):
            tick.glyph.line_color = dot.glyph.line_color = self._paint[role]
            dot.glyph.fill_color = self._paint["card"]
        self._labels.text_font_size = "15px" if theme == "projector" else "12.5px"
        if self._run is not None:
            self._draw()


def bandwidth_said(run: Run, reading: str) -> str:
    """Say how far the machines of a run are apart in a reading.

    Parameters
    ----------
    run : Run
        Of the memory scene.
    reading : str
        A key of `READINGS`.
    """
    found, what = bandwidths(run, reading), READINGS[reading][0].capitalize()
    if len(found) < 2:
        return f"{what}. Choose two machines to compare."
    most, least = max(found, key=found.get), min(found, key=found.get)
    factor = digits(found[most] / found[least])
    return f"{what}: {_named(run, most)} has {factor} times the bandwidth of {_named(run, least)}."


def bandwidths(run: Run, reading: str) -> dict[str, float]:
    """Return the bandwidth of the memory that operands lie in, of each real chip by name.

    Parameters
    ----------
    run : Run
        Of the memory scene.
    reading : str
        A key of `READINGS`.
    """
    chips = [machine for machine in run.trace.meta["machines"] if f"{machine['name']}_bandwidth_per_w" in run.figures]
    if reading == "chip":
        return {chip["name"]: home_of(chip)["bandwidth_bytes_per_s"] for chip in chips}
    return {chip["name"]: run.figures[f"{chip['name']}_bandwidth_per_{reading}"].value for chip in chips}


def _named(run, machine):
    """Return a machine and where its operands lie."""
    found = next(one for one in run.trace.meta["machines"] if one["name"] == machine)
    return f"{short_name(found['label'])} {home_of(found)['label']}"


def derived_html(run: Run) -> str:
    """Write how the bandwidth beside the units follows from units, bytes and clock, beside what the vendor says.

    Parameters
    ----------
    run : Run
        Of the memory scene.

    Returns
    -------
    str
        A table, escaped.
    """
    rows = []
    for machine in bandwidths(run, "chip"):
        label = next(one["label"] for one in run.trace.meta["machines"] if one["name"] == machine)
        low, high = (run.figures[f"{machine}_local_bandwidth_{end}"] for end in ("low", "high"))
        rows.append((low.source, written(low.value, "B/s")))
        if high.value > low.value:
            rows.append((high.source, written(high.value, "B/s")))
        advertised = run.figures[f"{machine}_vendor_bandwidth"]
        rows.append((f"{label}, says the vendor", written(advertised.value, "B/s")))
    body = "".join(f'<tr><th scope="row">{escape(a)}</th><td><b>{escape(b)}</b></td></tr>' for a, b in rows)
    return f"<table><tbody>{body}</tbody></table>"


CHART = Bandwidth
