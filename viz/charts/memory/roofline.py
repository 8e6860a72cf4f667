"""The rooflines of the machines of a run, with the kernel on them, which can be dragged."""

import numpy as np
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, FixedTicker, LabelSet, PointDrawTool, Range1d

from engine.language import Language, message
from engine.memory.measure import attainable
from engine.run import Run
from viz.charts.chart import Chart, Host
from viz.charts.identity import Identity, identity, wear
from viz.charts.memory.machines import MOST, home_of, label_of, short_name
from viz.charts.paint import paint_named, plain_figure, title

SPEEDS = (1e9, 1e11, 1e13, 1e15)  # on the axis, written in TFLOP/s
INTENSITIES = (0.1, 1.0, 10.0, 100.0, 1e3)
ACROSS = np.logspace(-2, 6, 161)  # intensities at which a roof is computed [FLOP/B]
LEAST, SLOWEST = 0.06, 1e9  # that are drawn [FLOP/B, FLOP/s]
NAMED = ("x", "y", "dy", "name", "paint")
NEAR = 5  # as a factor, roofs so near that both names would touch


class Roofline(Chart):
    """Speed against arithmetic intensity; a drag along the intensity asks for another kernel."""

    name, label, place = "roofline", message("memory_roofline"), 1
    hint = message("memory_roofline.hint")

    def __init__(self, host: Host):
        super().__init__(host)
        self._shown: dict[str, float] = {}
        self._looks: list[Identity] = []
        plot = self.plot = plain_figure(
            x_axis_type="log", y_axis_type="log", x_range=Range1d(0.05, 6e4), y_range=Range1d(SLOWEST, 2e17)
        )
        plot.update(sizing_mode="stretch_both", min_border_left=46, min_border_right=10, min_border_bottom=44)
        plot.add_layout(title(self.t("memory_speed")), "above")
        plot.xaxis.axis_label = self.t("memory_intensity")
        for axis, grid, marks, unit in (
            (plot.xaxis, plot.xgrid, INTENSITIES, 1),
            (plot.yaxis, plot.ygrid, SPEEDS, 1e12),
        ):
            axis.ticker = grid.ticker = FixedTicker(ticks=marks)
            axis.major_label_overrides = {value: self.t.number(value / unit) for value in marks}
        self._roofs, self._points = [], []
        for _ in range(MOST):
            roof, point = ColumnDataSource({"x": [], "y": []}), ColumnDataSource({"x": [], "y": []})
            line = plot.line("x", "y", source=roof, line_width=2.5)
            dot = plot.scatter("x", "y", source=point, size=13, line_width=2.5)
            point.on_change("data", self._dragged)
            self._roofs.append((roof, line))
            self._points.append((point, dot))
        drag = PointDrawTool(renderers=[dot for _, dot in self._points], add=False)
        plot.add_tools(drag)
        plot.toolbar.active_tap = drag
        self._names = ColumnDataSource({part: [] for part in NAMED})
        self._labels = LabelSet(
            x="x", y="y", text="name", text_color="paint", source=self._names, text_align="right",
            text_font=value("Inter"), text_font_size="12.5px", text_font_style="bold", x_offset=-12, y_offset="dy",
            background_fill_alpha=0.85,
        )  # fmt: skip
        plot.add_layout(self._labels)

    def _dragged(self, attribute, old, new):
        dragged = [x for x in new["x"] if x not in self._shown.values()]
        if dragged:
            self.host.edit(kernel_at(dragged[0]))

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the memory scene.
        """
        machines = run.trace.meta["machines"]
        self._shown = {
            machine["name"]: max(run.figures[f"{machine['name']}_arithmetic_intensity"].value, LEAST)
            for machine in machines
        }
        self._looks = [identity(machine["name"]) for machine in machines]
        names = {part: [] for part in NAMED}
        peaks = np.array([machine["reached_flop_per_s"] for machine in machines])
        for i, ((roof, _), (point, _)) in enumerate(zip(self._roofs, self._points, strict=True)):
            if i >= len(machines):
                roof.data, point.data = {"x": [], "y": []}, {"x": [], "y": []}
                continue
            name = machines[i]["name"]
            bandwidth = home_of(machines[i])["bandwidth_bytes_per_s"]
            roof.data = {"x": ACROSS, "y": attainable(ACROSS, peaks[i], bandwidth)}
            achieved = run.figures[f"{name}_achieved_flop_per_s"].value
            point.data = {"x": [self._shown[name]], "y": [max(achieved, SLOWEST)]}
            below = bool(((peaks > peaks[i]) & (peaks < peaks[i] * NEAR)).any())  # there is a name above
            place = (self.plot.x_range.end, peaks[i], -20 if below else 2)
            entry = (*place, label_of(machines[i], self.t), self._looks[i].colour(self._paint))
            for part, item in zip(names, entry, strict=True):
                names[part].append(item)
        self._names.data = names
        self._dress()
        self.say(roofline_said(run, self.t))

    def _dress(self):
        for look, (_, line), (_, dot) in zip(self._looks, self._roofs, self._points, strict=False):
            wear(look, self._paint, line, dot)
        self._names.data["paint"] = [look.colour(self._paint) for look in self._looks]

    def paint(self, theme: str) -> None:
        """Take the colours of a theme."""
        self._paint = paint_named(self.plot, self._labels, theme)
        self._dress()


def roofline_said(run: Run, t: Language) -> str:
    """Say what holds the kernel back on each machine.

    Parameters
    ----------
    run : Run
        Of the memory scene.
    t : Language
        Of the sentence.
    """
    machines = [
        {"machine": short_name(label_of(machine, t)), "bound": machine["bound"]}
        for machine in run.trace.meta["machines"]
    ]
    if len({machine["bound"] for machine in machines}) > 1:
        each = [message("memory_held_back_each", **machine) for machine in machines]
        return t("memory_held_back_differently", machines=each)
    if len(machines) == 1:
        return t("memory_held_back", **machines[0])
    return t("memory_held_back_both" if len(machines) == 2 else "memory_held_back_all", **machines[0])


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


CHART = Roofline
