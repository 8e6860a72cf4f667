"""Charts of the memory scene: the rooflines with a kernel that can be dragged, and what fits."""

import numpy as np
import panel as pn
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, LabelSet, PointDrawTool, Range1d

from engine.run import Run
from viz.charts.paint import paint_figure, plain_figure

ROLES = ("compute", "memory", "fabric")  # of the first, second and third machine
DASHES = ("solid", "dashed", "dotted")
MARKERS = ("circle", "square", "triangle")


class MemoryCharts:
    """The rooflines of the machines of a run, the kernel on them, and models against capacity.

    Parameters
    ----------
    edit : callable
        Receives the parameters that a drag along the intensity asks for.

    Attributes
    ----------
    panes : dict of str to panel.pane.Bokeh
        By name.
    captions : dict of str to str
        One line for each pane.
    """

    captions = {  # noqa: RUF012
        "roofline": "Rooflines: drag the kernel along",
        "fits": "To train: weights and the rest, bytes; memory dashed",
    }

    def __init__(self, edit):
        self._edit = edit
        self._shown = {}
        self._plot = plain_figure(
            height=200, x_axis_type="log", y_axis_type="log", x_range=Range1d(0.05, 1e5), y_range=Range1d(1e9, 4e16)
        )
        self._plot.xaxis.axis_label = "arithmetic intensity [FLOP/B]"
        self._plot.yaxis.axis_label = "speed [FLOP/s]"
        self._roofs, self._points = [], []
        for dash, marker in zip(DASHES, MARKERS, strict=True):
            roof, point = ColumnDataSource({"x": [], "y": []}), ColumnDataSource({"x": [], "y": []})
            line = self._plot.line("x", "y", source=roof, line_width=2.5, line_dash=dash)
            dot = self._plot.scatter("x", "y", source=point, size=13, marker=marker, line_width=2.5)
            point.on_change("data", self._dragged)
            self._roofs.append((roof, line))
            self._points.append((point, dot))
        drag = PointDrawTool(renderers=[dot for _, dot in self._points], add=False)
        self._plot.add_tools(drag)
        self._plot.toolbar.active_tap = drag
        self._names = ColumnDataSource({"x": [], "y": [], "name": [], "paint": []})
        self._labels = LabelSet(
            x="x", y="y", text="name", text_color="paint", source=self._names, text_align="right",
            text_font=value("Inter"), text_font_size="12px", text_font_style="bold", x_offset=-12, y_offset=4,
        )  # fmt: skip
        self._plot.add_layout(self._labels)

        self._fits = ColumnDataSource({"model": [], "weights": [], "optimiser": [], "activations": [], "leaves": []})
        self._bars = plain_figure(height=140, y_range=["-"], x_axis_type="log", x_range=Range1d(1e8, 1e13))
        self._bars.ygrid.visible = False
        self._parts = self._bars.hbar(y="model", left=1e8, right="total", height=0.5, source=self._fits)
        self._weights = self._bars.hbar(y="model", left=1e8, right="weights", height=0.5, source=self._fits)
        self._capacity = ColumnDataSource({"x": [], "y0": [], "y1": []})
        self._limits = self._bars.segment("x", "y0", "x", "y1", source=self._capacity, line_width=2, line_dash="dashed")
        self.panes = {
            "roofline": pn.pane.Bokeh(self._plot, sizing_mode="stretch_width"),
            "fits": pn.pane.Bokeh(self._bars, sizing_mode="stretch_width"),
        }
        self.paint("light")

    def _dragged(self, attribute, old, new):
        dragged = [x for x in new["x"] if x not in self._shown.values()]
        if dragged:
            self._edit(kernel_at(dragged[0]))

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the memory scene.
        """
        roofline, kernel, fits = run.charts["roofline"], run.charts["kernel"], run.charts["fits"]
        machines = list(kernel["machine"])
        self._shown = dict(zip(machines, np.maximum(kernel["intensity"], 0.06).tolist(), strict=True))
        names = {"x": [], "y": [], "name": [], "paint": []}
        for i, ((roof, _), (point, _)) in enumerate(zip(self._roofs, self._points, strict=True)):
            if i >= len(machines):
                roof.data, point.data = {"x": [], "y": []}, {"x": [], "y": []}
                continue
            mine = roofline["machine"] == machines[i]
            roof.data = {"x": roofline["intensity"][mine], "y": roofline["attainable_flop_per_s"][mine]}
            point.data = {"x": [self._shown[machines[i]]], "y": [max(kernel["achieved_flop_per_s"][i], 1e9)]}
            names["x"].append(9e4)
            names["y"].append(kernel["peak_flop_per_s"][i])
            names["name"].append(kernel["label"][i])
            names["paint"].append(self._paint[ROLES[i]])
        self._names.data = names
        first = fits["machine"] == machines[0]
        total = fits["weights_bytes"] + fits["optimiser_bytes"] + fits["activation_bytes"]
        models = list(fits["model"][first])
        self._bars.y_range.factors = models[::-1]
        self._fits.data = {"model": models, "weights": fits["weights_bytes"][first], "total": total[first]}
        capacity = [fits["capacity_bytes"][fits["machine"] == name][0] for name in machines]
        self._capacity.data = {"x": capacity, "y0": [0] * len(capacity), "y1": [len(models)] * len(capacity)}

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        for plot in (self._plot, self._bars):
            self._paint = paint_figure(plot, theme)
        for role, (_, line), (_, dot) in zip(ROLES, self._roofs, self._points, strict=True):
            line.glyph.line_color = dot.glyph.line_color = self._paint[role]
            dot.glyph.fill_color = self._paint["card"]
        self._names.data["paint"] = [self._paint[role] for role in ROLES][: len(self._names.data["x"])]
        self._parts.glyph.fill_color = self._paint["line"]
        self._weights.glyph.fill_color = self._paint["memory"]
        self._parts.glyph.line_color = self._weights.glyph.line_color = None
        self._limits.glyph.line_color = self._paint["ink"]


def kernel_at(intensity: float) -> dict[str, object]:
    """Return a kernel of about an arithmetic intensity, as parameters of the memory scene.

    Parameters
    ----------
    intensity : float
        FLOP for each byte moved [FLOP/B].

    Returns
    -------
    dict
        A vector operation below 0.8 FLOP/B; above, a matrix with as many vectors, whose intensity is their number.

    Examples
    --------
    >>> kernel_at(0.3), kernel_at(40)
    ({'kernel': 'axpy', 'batch': None}, {'kernel': 'gemv', 'batch': 40})
    """
    if intensity < 0.42:
        return {"kernel": "axpy", "batch": None}
    if intensity < 0.8:
        return {"kernel": "dot", "batch": None}
    return {"kernel": "gemv", "batch": int(min(max(round(intensity), 1), 2**20))}
