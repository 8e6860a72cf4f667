"""Models against the memory of machines: how much a training takes, and what must leave the chip."""

from html import escape

import numpy as np
from bokeh.models import ColumnDataSource, FixedTicker, Range1d

from engine.memory.recording import written
from engine.run import Run
from viz.charts.chart import Host
from viz.charts.memory.machines import short_name
from viz.charts.paint import paint_figure, plain_figure, title
from viz.charts.tabled import OverTable

LOW, HIGH = 1e8, 1e13  # [B]
SIZES = {1e9: "1 GB", 1e11: "100 GB", 1e13: "10 TB"}


class Fits(OverTable):
    """What a training takes, as bars, the capacities, dashed, and the same as a table."""

    name, label, place = "fits", "What fits", 3

    def __init__(self, host: Host):
        super().__init__(host)
        plot = self.plot = plain_figure(y_range=["-"], x_axis_type="log", x_range=Range1d(LOW, HIGH), min_height=120)
        plot.update(sizing_mode="stretch_both", min_border_right=20)
        plot.add_layout(title("bytes: weights, then the rest"), "above")
        plot.ygrid.visible = False
        plot.xaxis.ticker = plot.xgrid.ticker = FixedTicker(ticks=list(SIZES))
        plot.xaxis.major_label_overrides = SIZES
        self._models = ColumnDataSource({"model": [], "weights": [], "total": []})
        self._rest = plot.hbar(y="model", left=LOW, right="total", height=0.55, source=self._models)
        self._weights = plot.hbar(y="model", left=LOW, right="weights", height=0.55, source=self._models)
        self._capacity = ColumnDataSource({"x": [], "y0": [], "y1": []})
        self._limits = plot.segment("x", "y0", "x", "y1", source=self._capacity, line_width=2, line_dash="dashed")

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the memory scene.
        """
        fits = run.columns("fits")
        machines = [name for name, _ in _machines(run)]
        first = fits["machine"] == machines[0]
        total = fits["weights_bytes"] + fits["optimiser_bytes"] + fits["activation_bytes"]
        models = list(fits["model"][first])
        self.plot.y_range.factors = models[::-1]
        self._models.data = {"model": models, "weights": fits["weights_bytes"][first], "total": total[first]}
        capacity = [fits["capacity_bytes"][fits["machine"] == name][0] for name in machines]
        self._capacity.data = {"x": capacity, "y0": [0] * len(capacity), "y1": [len(models)] * len(capacity)}
        self._table.object = leaves_html(run)
        self.say(fits_said(run))

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        paint = paint_figure(self.plot, theme)
        self.plot.above[0].text_color = paint["ink2"]
        self._rest.glyph.fill_color = paint["line"]
        self._weights.glyph.fill_color = paint["memory"]
        self._rest.glyph.line_color = self._weights.glyph.line_color = None
        self._limits.glyph.line_color = paint["ink"]


def fits_said(run: Run) -> str:
    """Say the largest model that stays on each machine."""
    fits, largest = run.columns("fits"), {}
    for name, label in _machines(run):
        mine = np.flatnonzero(fits["machine"] == name)
        largest[label] = next((fits["model"][i] for i in mine[::-1] if fits["leaves"][i] == "nothing"), "none")
    if len(set(largest.values())) == 1 < len(largest):
        said = f"{next(iter(largest.values()))} is the largest that fits whole on each."
    else:
        said = f"The largest that fits whole: {', '.join(f'{model} on {label}' for label, model in largest.items())}."
    return f"To train, {said[0].lower() if said.startswith('The') else said[0]}{said[1:]} Dashed: their memory."


def leaves_html(run: Run) -> str:
    """Write what must leave each machine to train each model, as an escaped table.

    Parameters
    ----------
    run : Run
        Of the memory scene.
    """
    fits, machines = run.columns("fits"), _machines(run)
    heads = []
    for name, label in machines:
        room = fits["capacity_bytes"][fits["machine"] == name][0]
        heads.append(f'<th scope="col">{escape(label)}, {escape(written(room, "B"))}</th>')
    rows = []
    for model in dict.fromkeys(fits["model"]):
        cells = []
        for name, _ in machines:
            word = str(fits["leaves"][(fits["model"] == model) & (fits["machine"] == name)][0])
            cells.append("<td>fits</td>" if word == "nothing" else f"<td><em>{escape(word)}</em></td>")
        rows.append(f'<tr><th scope="row">{escape(str(model))}</th>{"".join(cells)}</tr>')
    return (
        f'<table><thead><tr><th scope="col">What must leave</th>{"".join(heads)}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _machines(run):
    return [(machine["name"], short_name(machine["label"])) for machine in run.trace.meta["machines"]]


CHART = Fits
