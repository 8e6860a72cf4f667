"""Models against the memory of machines: how much a training takes, and what must leave the chip."""

from html import escape

import numpy as np
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, FixedTicker, LabelSet, Range1d

from engine.language import Language, Quantity, message
from engine.quantities import FIGURE
from engine.run import Run
from viz.charts.chart import Host
from viz.charts.identity import Identity, identity, wear
from viz.charts.memory.machines import MOST, label_of, short_name
from viz.charts.paint import paint_figure, plain_figure, title
from viz.charts.tabled import OverTable

LOW, HIGH = 1e8, 1e13  # [B]
MARKED = (1e9, 1e11, 1e13)  # on the axis
NAMED = ("x", "y", "text", "dy", "paint")


class Fits(OverTable):
    """What a training takes, as bars, the capacities of machines as lines, and the same as a table."""

    name, label, place = "fits", message("memory_fits"), 3

    def __init__(self, host: Host):
        super().__init__(host)
        plot = self.plot = plain_figure(y_range=["-"], x_axis_type="log", x_range=Range1d(LOW, HIGH), min_height=120)
        plot.update(sizing_mode="stretch_both", min_border_right=20)
        plot.add_layout(title(self.t("memory_fits_bytes")), "above")
        plot.ygrid.visible = False
        plot.xaxis.ticker = plot.xgrid.ticker = FixedTicker(ticks=MARKED)
        plot.xaxis.major_label_overrides = {size: self.t.quantity(size, "B") for size in MARKED}
        self._models = ColumnDataSource({"model": [], "weights": [], "total": []})
        self._rest = plot.hbar(y="model", left=LOW, right="total", height=0.55, source=self._models)
        self._weights = plot.hbar(y="model", left=LOW, right="weights", height=0.55, source=self._models)
        self._capacity, self._limits = [], []
        for _ in range(MOST):
            source = ColumnDataSource({"x": [], "y0": [], "y1": []})
            self._capacity.append(source)
            self._limits.append(plot.segment("x", "y0", "x", "y1", source=source, line_width=2.5))
        self._named = ColumnDataSource({part: [] for part in NAMED})
        self._labels = LabelSet(
            x="x", y="y", text="text", text_color="paint", source=self._named, x_offset=5, y_offset="dy",
            text_baseline="middle", text_font=value("Inter"), text_font_size="12.5px", text_font_style="bold",
            background_fill_alpha=0.85,
        )  # fmt: skip
        plot.add_layout(self._labels)
        self._looks: list[Identity] = []

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the memory scene.
        """
        fits = run.columns("fits")
        machines = [machine["name"] for machine in run.trace.meta["machines"]]
        first = fits["machine"] == machines[0]
        total = fits["weights_bytes"] + fits["optimiser_bytes"] + fits["activation_bytes"]
        models = list(fits["model"][first])
        self.plot.y_range.factors = models[::-1]
        self._models.data = {"model": models, "weights": fits["weights_bytes"][first], "total": total[first]}
        self._looks = [identity(name) for name in machines]
        capacity = [float(fits["capacity_bytes"][fits["machine"] == name][0]) for name in machines]
        for i, source in enumerate(self._capacity):
            some = capacity[i : i + 1]
            source.data = {"x": some, "y0": [0] * len(some), "y1": [len(models)] * len(some)}
        self._named.data = {
            "x": capacity,
            "y": [len(models)] * len(machines),
            "text": [label for _, label in _machines(run, self.t)],
            "dy": [-9 - 16 * i for i in range(len(machines))],  # lines may lie on each other
            "paint": [look.colour(self._paint) for look in self._looks],
        }
        self._dress()
        self._table.text = leaves_html(run, self.t)
        self.say(fits_said(run, self.t))

    def _dress(self):
        for look, line in zip(self._looks, self._limits, strict=False):
            wear(look, self._paint, line)
        self._named.data["paint"] = [look.colour(self._paint) for look in self._looks]

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        paint = self._paint = paint_figure(self.plot, theme)
        self.plot.above[0].text_color = paint["ink2"]
        self._rest.glyph.fill_color = paint["line"]
        self._weights.glyph.fill_color = paint["memory"]
        self._rest.glyph.line_color = self._weights.glyph.line_color = None
        self._labels.background_fill_color = paint["card"]
        self._labels.text_font_size = "15px" if theme == "projector" else "12.5px"
        self._dress()


def fits_said(run: Run, t: Language) -> str:
    """Say the largest model that stays on each machine.

    Parameters
    ----------
    run : Run
        Of the memory scene.
    t : Language
        Of the sentence.
    """
    fits, largest = run.columns("fits"), {}
    for name, label in _machines(run, t):
        mine = np.flatnonzero(fits["machine"] == name)
        largest[label] = next((str(fits["model"][i]) for i in mine[::-1] if fits["leaves"][i] == "nothing"), "")
    models = set(largest.values())
    if len(models) == 1 < len(largest) and models != {""}:
        return t("memory_fits_same", model=models.pop())
    found = [
        message("memory_fits_on", model=model, machine=label) if model else message("memory_fits_none", machine=label)
        for label, model in largest.items()
    ]
    return t("memory_fits_largest", models=found)


def leaves_html(run: Run, t: Language) -> str:
    """Write what must leave each machine to train each model, as an escaped table.

    Parameters
    ----------
    run : Run
        Of the memory scene.
    t : Language
        Of the table.
    """
    fits, machines = run.columns("fits"), _machines(run, t)
    heads = [t("memory_must_leave")]
    for name, label in machines:
        room = Quantity(float(fits["capacity_bytes"][fits["machine"] == name][0]), "B", FIGURE)
        heads.append(t("memory_with_capacity", machine=label, capacity=room))
    rows = []
    for model in dict.fromkeys(fits["model"]):
        cells = []
        for name, _ in machines:
            what = str(fits["leaves"][(fits["model"] == model) & (fits["machine"] == name)][0])
            word = escape(t("memory_leaves", what=what))
            cells.append(f"<td>{word}</td>" if what == "nothing" else f"<td><em>{word}</em></td>")
        rows.append(f'<tr><th scope="row">{escape(str(model))}</th>{"".join(cells)}</tr>')
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _machines(run, t):
    return [(machine["name"], short_name(label_of(machine, t))) for machine in run.trace.meta["machines"]]


CHART = Fits
