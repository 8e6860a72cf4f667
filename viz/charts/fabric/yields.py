"""Yield against the density of defects: single dies, a wafer without spares and with them; by formula and by lot."""

import math

from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, FixedTicker, HoverTool, Legend, LegendItem, Range1d, Span

from engine.run import Run
from viz.charts.chart import Chart, Host
from viz.charts.paint import paint_figure, plain_figure

PER_CM2 = 1e-4  # m2
# Of each curve the paint, the dash, the marker of what was drawn by lot, and what it is.
CURVES = {
    "spared": ("compute", "solid", "triangle", "wafer with {}"),
    "die": ("fabric", "dashed", "circle", "single dies"),
    "unspared": ("memory", "dotted", "square", "wafer without spares"),
}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
TIP = '<div style="max-width: 260px">{}</div>'


class Yields(Chart):
    """Curves of the formulas, and on them the shares of the chips that were drawn by lot."""

    name, label, place = "yields", "Yield", 5
    needs = "yields"

    def __init__(self, host: Host):
        super().__init__(host)
        plot = self.plot = plain_figure(x_axis_type="log", x_range=Range1d(0.0085, 11), y_range=Range1d(-3, 104))
        plot.sizing_mode = "stretch_both"
        plot.min_border_right = 10
        plot.xgrid.visible = False
        plot.xaxis.axis_label = "defects per cm²"
        plot.xaxis.ticker = FixedTicker(ticks=[0.01, 0.1, 1, 10])
        plot.xaxis.major_label_overrides = {0.01: "0.01", 0.1: "0.1", 1: "1", 10: "10"}
        plot.yaxis.axis_label = "chips that work, %"
        plot.yaxis.ticker.desired_num_ticks = 4
        self._published = Span(location=0.1, dimension="height", line_width=1.5, line_dash="dashed")
        plot.add_layout(self._published)
        self._curves, items = {}, []
        for name, (_, dash, marker, _) in CURVES.items():
            formula = ColumnDataSource({"x": [], "y": []})
            drawn = ColumnDataSource({"x": [], "y": [], "text": []})
            line = plot.line("x", "y", source=formula, line_width=2, line_dash=dash)
            dots = plot.scatter("x", "y", source=drawn, size=7, marker=marker, line_width=1.5)
            self._curves[name] = (formula, drawn, line, dots)
            items.append(LegendItem(renderers=[line, dots]))
        self._legend = Legend(
            items=items, border_line_color=None, background_fill_alpha=0, padding=0, margin=4, spacing=0,
            label_text_font="Inter", label_text_font_size="12px", glyph_height=16, label_height=16,
        )  # fmt: skip
        plot.add_layout(self._legend, "below")
        plot.add_tools(HoverTool(renderers=[dots for *_, dots in self._curves.values()], tooltips=TIP.format("@text")))

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the fabric scene, with defects.
        """
        by_formula, by_lot, figures = run.columns("yields"), run.columns("yields_drawn"), run.figures
        spares = run.scenario["spares"]
        columns = f"{spares} spare column{'' if spares == 1 else 's'}"
        density = figures["defect_density"].value
        self._published.location = density
        for (name, (_, _, _, text)), item in zip(CURVES.items(), self._legend.items, strict=True):
            formula, drawn, _, _ = self._curves[name]
            formula.data = {"x": by_formula["density"] * PER_CM2, "y": 100 * by_formula[name]}
            x, y = by_lot["density"] * PER_CM2, 100 * by_lot[name]
            said = text.format(columns)
            texts = [
                f"{said}, {at:.2g} defects per cm²: {share:.3g} % of those drawn work"
                for at, share in zip(x, y, strict=True)
            ]
            drawn.data = {"x": x, "y": y, "text": texts}
            item.label = value(said)
        die, with_them = figures["yield_die"].value, figures["yield_spared"].value
        self.say(
            f"At the published {density:g} defects per cm², {die:.0%} of single dies work, of wafers with {columns} "
            f"{with_them:.1%}, and without spares about one in {_in_words(1 / figures['yield_unspared'].value)}."
        )

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        paint = paint_figure(self.plot, theme)
        self._published.line_color = paint["linear"]
        self._legend.label_text_color = paint["ink2"]
        for name, (role, *_) in CURVES.items():
            _, _, line, dots = self._curves[name]
            line.glyph.line_color = dots.glyph.line_color = paint[role]
            dots.glyph.fill_color = paint["card"]


def _in_words(count):
    """Write a large count with one digit and a power of ten."""
    exponent = math.floor(math.log10(count))
    if exponent < 5:
        return f"{count:,.0f}"
    return f"{count / 10**exponent:.0f} × 10{str(exponent).translate(RAISED)}"


CHART = Yields
