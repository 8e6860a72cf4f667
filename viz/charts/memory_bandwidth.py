"""Bandwidth of a chip, of a watt and of a square millimetre, and what the headline is made of."""

from html import escape
from pathlib import Path

import numpy as np
import panel as pn
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, FixedTicker, LabelSet, Range1d

from engine.memory.recording import written
from engine.run import Run
from viz.charts.choice import Choice
from viz.charts.memory_roofline import MARKERS, ROLES, title
from viz.charts.paint import paint_figure, plain_figure
from viz.charts.scaling_curve import digits

STYLE = Path(__file__).with_name("table.css").read_text(encoding="utf-8")
READINGS = {"chip": ("per chip", "B/s"), "w": ("per watt", "B/s/W"), "mm2": ("per mm²", "B/s/mm²")}
ROOM = 6.0  # beyond the marks, as a factor
PREFIXES = {0: "", 3: "k", 6: "M", 9: "G", 12: "T", 15: "P", 18: "E"}


class Bandwidth:
    """Bandwidth of the memory that operands lie in, as advertised, and beside the units, derived.

    Parameters
    ----------
    told : callable
        Receives the sentence for a new reading.

    Attributes
    ----------
    pane : panel.Column
        Choice, figure and the derivation as a table.
    """

    def __init__(self, told):
        self._told = told
        self._run: Run | None = None
        plot = self._plot = plain_figure(
            x_axis_type="log", x_range=Range1d(1, 10), y_range=Range1d(-0.6, 1.6), min_height=120
        )
        plot.update(sizing_mode="stretch_both", min_border_left=6, min_border_right=12, min_border_bottom=28)
        self._title = title("")
        plot.add_layout(self._title, "above")
        plot.yaxis.visible = plot.ygrid.visible = False
        self._spans, self._dots, self._sources = [], [], []
        for marker in MARKERS:
            source = ColumnDataSource({"x": [], "y": [], "low": [], "high": []})
            self._spans.append(plot.segment("low", "y", "high", "y", source=source, line_width=6, line_alpha=0.4))
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
        self._derived = pn.pane.HTML("", sizing_mode="stretch_width", margin=0, stylesheets=[STYLE])
        self.pane = pn.Column(
            self.reading, pn.pane.Bokeh(plot, sizing_mode="stretch_both", margin=0), self._derived,
            sizing_mode="stretch_both", margin=0,
        )  # fmt: skip

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the memory scene.
        """
        self._run = run
        self._derived.object = derived_html(run)
        self._draw()

    def _draw(self):
        run, reading = self._run, self.reading.chosen
        found = run.charts["normalised"]
        machines = list(run.charts["kernel"]["machine"])
        values = np.asarray(found[f"bandwidth_per_{reading}"], float)
        label, unit = READINGS[reading]
        self._title.text = f"bandwidth {label} [{unit}], log axis"
        names = {part: [] for part in ("x", "y", "text", "align", "dy", "paint")}
        for source in self._sources:
            source.data = {"x": [], "y": [], "low": [], "high": []}
        ends, rows = [], []
        for row, (machine, name) in enumerate(zip(found["machine"], found["label"], strict=True)):
            i, y = machines.index(machine), len(values) - 1 - row
            share = values[row] / found["bandwidth_per_chip"][row]  # of a watt, of a square millimetre
            low, high = (share * run.figures[f"{machine}_local_bandwidth_{end}"].value for end in ("low", "high"))
            self._sources[i].data = {"x": [values[row]], "y": [y], "low": [low], "high": [high]}
            ends += [values[row], low, high]
            rows.append((i, y, name, values[row]))
        if ends:
            self._plot.x_range.update(start=min(ends) / ROOM, end=max(ends) * ROOM)
        for i, y, name, at in rows:
            left = at < (self._plot.x_range.start * self._plot.x_range.end) ** 0.5
            entry = (at, y, f"{name}: {written(at, unit)}", "left" if left else "right", 12, self._paint[ROLES[i]])
            for part, item in zip(names, entry, strict=True):
                names[part].append(item)
        self._names.data = names
        self._plot.y_range.update(start=-0.5, end=max(len(rows), 1) - 0.2)
        exponents = [k for k in PREFIXES if ends and self._plot.x_range.start <= 10.0**k <= self._plot.x_range.end]
        self._plot.xaxis.ticker = self._plot.xgrid.ticker = FixedTicker(ticks=[10.0**k for k in exponents])
        self._plot.xaxis.major_label_overrides = {10.0**k: f"1 {PREFIXES[k]}".strip() for k in exponents}
        self._told(bandwidth_said(run, reading))

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        self._paint = paint_figure(self._plot, theme)
        self._title.text_color = self._paint["ink2"]
        for role, span, dot in zip(ROLES, self._spans, self._dots, strict=True):
            span.glyph.line_color = dot.glyph.line_color = self._paint[role]
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
    found = run.charts["normalised"]
    values, labels = np.asarray(found[f"bandwidth_per_{reading}"], float), list(found["label"])
    what = READINGS[reading][0].capitalize()
    if len(values) < 2:
        return f"{what}. Choose two machines to compare."
    most, least = int(values.argmax()), int(values.argmin())
    factor = digits(values[most] / values[least])
    return f"{what}: {labels[most]} has {factor} times the bandwidth of {labels[least]}. Bars: beside the units."


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
    for machine, label in zip(run.charts["normalised"]["machine"], run.charts["normalised"]["label"], strict=True):
        figures = [run.figures[f"{machine}_local_bandwidth_{end}"] for end in ("low", "high")]
        ends = {figure.source: written(figure.value, "B/s") for figure in figures}
        rows += [(formula, f"= {result}") for formula, result in ends.items()]
        advertised = run.figures[f"{machine}_vendor_bandwidth"]
        rows.append((f"{label}, says the vendor", written(advertised.value, "B/s")))
    body = "".join(f'<tr><th scope="row">{escape(a)}</th><td><b>{escape(b)}</b></td></tr>' for a, b in rows)
    return f"<table><tbody>{body}</tbody></table>"
