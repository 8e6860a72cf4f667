"""Yield against the density of defects: single dies, a wafer without spares and with them; by formula and as drawn."""

from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, FixedTicker, HoverTool, Legend, LegendItem, Range1d, Span

from engine.language import Quantity, message
from engine.run import Run
from viz.charts.chart import Chart, Host
from viz.charts.paint import paint_figure, plain_figure

PER_CM2 = 1e-4  # m2
DECADES = (0.01, 0.1, 1, 10)
# Of each curve the paint, the dash, the marker of what was drawn at random, and what it is of.
CURVES = {
    "spared": ("compute", "solid", "triangle", "fabric_chart_yields.spared"),
    "die": ("fabric", "dashed", "circle", "fabric_chart_yields.die"),
    "unspared": ("memory", "dotted", "square", "fabric_chart_yields.unspared"),
}
TIP = '<div style="max-width: 260px">{}</div>'


class Yields(Chart):
    """Curves of the formulas, and on them the shares of the chips that were drawn at random."""

    name, label, place = "yields", message("fabric_chart_yields"), 5
    needs = "yields"

    def __init__(self, host: Host):
        super().__init__(host)
        plot = self.plot = plain_figure(x_axis_type="log", x_range=Range1d(0.0085, 11), y_range=Range1d(-3, 104))
        plot.sizing_mode = "stretch_both"
        plot.min_border_right = 10
        plot.xgrid.visible = False
        plot.xaxis.axis_label = self.t("fabric_chart_yields.density")
        plot.xaxis.ticker = FixedTicker(ticks=list(DECADES))
        plot.xaxis.major_label_overrides = {density: self.t.number(density) for density in DECADES}
        plot.yaxis.axis_label = self.t("fabric_chart_yields.share")
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
        density = figures["defect_density"].value
        self._published.location = density
        for (name, (_, _, _, text)), item in zip(CURVES.items(), self._legend.items, strict=True):
            formula, drawn, _, _ = self._curves[name]
            formula.data = {"x": by_formula["density"] * PER_CM2, "y": 100 * by_formula[name]}
            x, y = by_lot["density"] * PER_CM2, 100 * by_lot[name]
            curve = self.t(text, n=spares)
            texts = [
                self.t("fabric_chart_yields.point", curve=curve, density=at, share=Quantity(share / 100, "share", 3))
                for at, share in zip(x.tolist(), y.tolist(), strict=True)
            ]
            drawn.data = {"x": x, "y": y, "text": texts}
            item.label = value(curve)
        self.say(
            self.t(
                "fabric_chart_yields.said",
                n=spares,
                density=density,
                die=Quantity(figures["yield_die"].value, "share"),
                wafers=Quantity(figures["yield_spared"].value, "share", 3),
                one_in=1 / figures["yield_unspared"].value,
            )
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


CHART = Yields
