"""Bandwidth of a chip, of a watt and of a square millimetre, and what the headline is made of."""

from html import escape

from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, LabelSet, Range1d
from panel.viewable import Viewable

from engine.language import Language, Quantity, message
from engine.quantities import FIGURE
from engine.run import Run
from viz.charts.chart import Chart, Host
from viz.charts.identity import identity, wear
from viz.charts.memory.machines import MOST, home_of, label_of, short_name
from viz.charts.paint import paint_figure, plain_figure, ticked, title
from viz.charts.tabled import stacked, written
from viz.components.choice import Choice

READINGS = {"chip": "B/s", "w": "B/s/W", "mm2": "B/s/mm²"}  # and their units
USUAL = "chip"
ROOM = 6.0  # beyond the marks, as a factor
ROW_PX, FRAME_PX = 58, 50  # height of a machine, and of what is around them
NEAR = 1.5  # as a factor, so near that one name is enough
TICK = 0.13  # height of a mark, of the distance between machines
MARKED = [10.0**k for k in range(0, 19, 3)]  # on the axis


class Bandwidth(Chart):
    """Bandwidth of the memory that operands lie in, as advertised, and beside the units, derived."""

    name, label, place = "bandwidth", message("memory_bandwidth"), 2

    def __init__(self, host: Host):
        super().__init__(host)
        self._run: Run | None = None
        plot = self.plot = plain_figure(x_axis_type="log", x_range=Range1d(1, 10), y_range=Range1d(-0.6, 1.6))
        plot.update(sizing_mode="stretch_both", min_border_left=6, min_border_right=12, min_border_bottom=28)
        self._title = title("")
        plot.add_layout(self._title, "above")
        ticked(plot)
        plot.yaxis.visible = plot.ygrid.visible = False
        self._ticks, self._dots, self._sources, self._derived = [], [], [], []
        for _ in range(MOST):
            source, derived = ColumnDataSource({"x": [], "y": []}), ColumnDataSource({"x": [], "low": [], "high": []})
            self._ticks.append(plot.segment("x", "low", "x", "high", source=derived, line_width=3))
            self._derived.append(derived)
            self._dots.append(plot.scatter("x", "y", source=source, size=13, line_width=2.5))
            self._sources.append(source)
        self._names = ColumnDataSource({part: [] for part in ("x", "y", "text", "align", "dy", "paint")})
        self._labels = LabelSet(
            x="x", y="y", text="text", text_color="paint", text_align="align", y_offset="dy", source=self._names,
            text_font=value("Inter"), text_font_size="12.5px", text_font_style="bold",
        )  # fmt: skip
        plot.add_layout(self._labels)
        self.reading = Choice(
            label=self.t(self.label),
            options=[[name, self.t("memory_bandwidth_read", reading=name)] for name in READINGS],
            chosen=USUAL,
            sizing_mode="stretch_width",
            margin=0,
        )
        self.reading.param.watch(lambda event: self._chosen(event.new), "chosen")
        self._table = written()

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
        self._table.text = derived_html(run, self.t)
        self._draw()

    def look(self, view: dict[str, str]) -> str:
        """Read the bandwidths as an address says, `read`; a word that means nothing is the usual."""
        reading = view.get("read")
        self.reading.chosen = reading if reading in READINGS else USUAL
        return ""

    def _chosen(self, reading):
        self.host.looked({"read": "" if reading == USUAL else reading})
        if self._run is not None:
            self._draw()

    def _draw(self):
        run, reading, t = self._run, self.reading.chosen, self.t
        found, chip = bandwidths(run, reading), bandwidths(run, "chip")
        machines = [machine["name"] for machine in run.trace.meta["machines"]]
        unit = READINGS[reading]
        self._title.text = t("memory_bandwidth_axis", reading=reading)
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
            wear(identity(machine), self._paint, dots=self._dots[i])
            self._ticks[i].glyph.line_color = identity(machine).colour(self._paint)
            self._sources[i].data = {"x": [at], "y": [y]}
            self._derived[i].data = {"x": beside, "low": [y - TICK] * 2, "high": [y + TICK] * 2}
            ends += [at, *beside]
            named, shown = _named(run, machine, t), Quantity(at, unit, FIGURE)
            texts.append((at, y, t("memory_bandwidth_at", memory=named, bandwidth=shown), 10, i))
            if not beside[0] / NEAR < at < beside[1] * NEAR:
                shown = Quantity(beside[1], unit, FIGURE)
                texts.append((beside[1], y, t("memory_at_units", bandwidth=shown), -26, i))
        if ends:
            self.plot.x_range.update(start=min(ends) / ROOM, end=max(ends) * ROOM)
        middle = (self.plot.x_range.start * self.plot.x_range.end) ** 0.5
        for at, y, text, dy, i in texts:
            entry = (at, y, text, "left" if at < middle else "right", dy, identity(machines[i]).colour(self._paint))
            for part, item in zip(names, entry, strict=True):
                names[part].append(item)
        self._names.data = names
        self.plot.y_range.update(start=-0.6, end=max(len(found), 1) - 0.4)
        self.plot.min_height = FRAME_PX + ROW_PX * len(found)
        marked = [x for x in MARKED if ends and self.plot.x_range.start <= x <= self.plot.x_range.end]
        self.plot.xaxis.ticker.ticks = marked
        self.plot.xaxis.major_label_overrides = {x: t.quantity(x, unit) for x in marked}
        self.say(bandwidth_said(run, reading, t))

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        self._paint = paint_figure(self.plot, theme)
        self._title.text_color = self._paint["ink2"]
        self._labels.text_font_size = "15px" if theme == "projector" else "12.5px"
        if self._run is not None:
            self._draw()


def bandwidth_said(run: Run, reading: str, t: Language) -> str:
    """Say how far the machines of a run are apart in a reading.

    Parameters
    ----------
    run : Run
        Of the memory scene.
    reading : str
        A key of `READINGS`.
    t : Language
        Of the sentence.
    """
    found = bandwidths(run, reading)
    if len(found) < 2:
        return t("memory_bandwidth_alone", reading=reading)
    most, least = max(found, key=found.get), min(found, key=found.get)
    ends = {"most": _named(run, most, t), "least": _named(run, least, t)}
    return t("memory_bandwidth_ratio", reading=reading, factor=found[most] / found[least], **ends)


def bandwidths(run: Run, reading: str) -> dict[str, float]:
    """Return the bandwidth on the data sheet of the memory that operands lie in, of each real chip by name.

    Parameters
    ----------
    run : Run
        Of the memory scene.
    reading : str
        A key of `READINGS`.
    """
    needed = "w" if reading == "w" else "mm2"
    chips = [chip for chip in run.trace.meta["machines"] if f"{chip['name']}_bandwidth_per_{needed}" in run.figures]
    if reading == "chip":
        return {chip["name"]: home_of(chip)["sheet_bytes_per_s"] for chip in chips}
    return {chip["name"]: run.figures[f"{chip['name']}_bandwidth_per_{reading}"].value for chip in chips}


def _named(run, machine, t):
    """Return a machine and where its operands lie."""
    found = next(one for one in run.trace.meta["machines"] if one["name"] == machine)
    return message("memory_machine_level", machine=short_name(label_of(found, t)), level=home_of(found)["label"])


def derived_html(run: Run, t: Language) -> str:
    """Write how the bandwidth beside the units follows from units, bytes and clock, beside what the vendor says.

    Parameters
    ----------
    run : Run
        Of the memory scene.
    t : Language
        Of the table.

    Returns
    -------
    str
        A table, escaped.
    """
    rows = []
    for machine in run.trace.meta["machines"]:
        if machine["name"] not in bandwidths(run, "chip"):
            continue
        low, high = (run.figures[f"{machine['name']}_local_bandwidth_{end}"] for end in ("low", "high"))
        rows += [(t(figure.source), figure) for figure in ([low, high] if high.value > low.value else [low])]
        said = t("memory_vendor_says", machine=label_of(machine, t))
        rows.append((said, run.figures[f"{machine['name']}_vendor_bandwidth"]))
    body = "".join(
        f'<tr><th scope="row">{escape(said)}</th><td><b>{escape(t.quantity(figure.value, figure.unit))}</b></td></tr>'
        for said, figure in rows
    )
    return f"<table><tbody>{body}</tbody></table>"


CHART = Bandwidth
