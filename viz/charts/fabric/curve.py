"""Cycles of the dataflow scene against words, PEs or group size: simulated points over the closed form."""

import logging

import panel as pn
from bokeh.models import (
    ColumnDataSource,
    HoverTool,
    LogScale,
    NoOverlap,
    Range1d,
    TapTool,
)
from panel.viewable import Viewable

from engine.language import Quantity, message
from engine.run import Run
from engine.scenarios import Cancelled, scenario_class
from engine.scenarios.fabric_curve import FabricCurve, curve, offered
from viz.charts.axes import share, ticks
from viz.charts.chart import Chart, Host, Reach
from viz.charts.paint import paint_figure, paint_legend, plain_figure, ticked
from viz.charts.tabled import stacked
from viz.charts.turns import turns_of
from viz.components.choice import Choice
from viz.runs import RUNS

_log = logging.getLogger(__name__)

CHOICE_PX = 24
FRAME = {"left": 52, "right": 14, "top": 10, "bottom": 58}  # [px], around the frame of the figure
TIP = '<div style="font: 13px/1.4 Inter, sans-serif">@text</div>'
ROOM = 0.06  # beyond the points, of the length of an axis


class CyclesCurve(Chart):
    """Points simulated one after the other in the background, once somebody looks at them."""

    name, label, place = "curve", message("fabric_chart_curve"), 3
    embeds = False
    reach = Reach(
        message("fabric_chart_curve.runs"),
        message("fabric_chart_curve.watch"),
        FRAME | {"top": FRAME["top"] + CHOICE_PX},
    )

    def __init__(self, host: Host):
        super().__init__(host)
        document = pn.state.curdoc
        self._soon = turns_of(document) if document else lambda call: call()
        self._scenario = None
        self._curve: FabricCurve | None = None
        self._cycles: dict[str, int | None] = {}  # by key of the scenario; None where it does not end
        self._ticket = None
        self._watched = False
        label = self.t("fabric_chart_curve.against")
        self._choice = Choice(label=label, height=CHOICE_PX, sizing_mode="stretch_width", margin=0)
        self._choice.param.watch(lambda event: self._restart(), "chosen")
        self._build()

    def panes(self) -> dict[str, Viewable]:
        """Return what it runs along, and the figure."""
        return {self.name: stacked(self._choice, self.plot)}

    def _build(self):
        plot = self.plot = plain_figure(x_range=Range1d(1, 2), y_range=Range1d(1, 2))
        plot.update(sizing_mode="stretch_both", x_scale=LogScale(), y_scale=LogScale())
        plot.update(**{f"min_border_{side}": room for side, room in FRAME.items()})
        plot.xgrid.visible = False
        ticked(plot)
        plot.xaxis.major_label_policy = NoOverlap(min_distance=6)
        self._form = ColumnDataSource({"x": [], "y": []})
        self._drawn = ColumnDataSource({"x": [], "y": [], "text": []})
        self._here = ColumnDataSource({"x": [], "y": []})
        form, simulated = self.t("fabric_chart_closed_form"), self.t("fabric_chart_simulated")
        self._line = plot.line("x", "y", source=self._form, line_width=2.5, line_dash=[7, 4], legend_label=form)
        self._dots = plot.scatter(
            "x", "y", source=self._drawn, size=10, line_width=2.5, nonselection_alpha=1, legend_label=simulated
        )
        self._now = plot.scatter("x", "y", source=self._here, size=12)
        plot.legend.location = "top_left"
        plot.add_tools(HoverTool(renderers=[self._dots], tooltips=TIP), TapTool(renderers=[self._dots]))
        self._drawn.selected.on_change("indices", self._tapped)

    def _tapped(self, attribute, old, new):
        if new:
            self._drawn.selected.indices = []
            self.open(new[0])

    def open(self, index: int) -> None:
        """Ask for the run of a point, by its place among those that are drawn."""
        drawn = [i for i, scenario in enumerate(self._curve.scenarios) if self._cycles.get(scenario.key())]
        if 0 <= index < len(drawn):
            self.host.edit({self._curve.along: self._curve.values[drawn[index]]})

    def show(self, run: Run) -> None:
        """Draw the curve through a run.

        Parameters
        ----------
        run : Run
            Of the fabric scene.
        """
        self._scenario = scenario_class("fabric").read(run.scenario)
        self._keep(self._scenario, run)
        found = offered(self._scenario)
        self._choice.options = [[name, self.t(f"fabric_along_{name}")] for name in found]
        if self._choice.chosen not in found:
            self._choice.chosen = found[0]  # which restarts
        else:
            self._restart()

    def watch(self, watched: bool) -> None:
        """Begin to simulate when somebody looks, and stop when nobody does."""
        self._watched = watched
        self._restart()

    def stop(self) -> None:
        """Take back what is being simulated."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _restart(self):
        self.stop()
        if not self._watched or self._scenario is None:
            return
        self._curve = curve(self._scenario, self._choice.chosen)
        self._draw()
        self._next()

    def _keep(self, scenario, run):
        figures = run.figures
        ended = not figures["deadlock"].value
        after_start = figures["cycles"].value - figures["startup_cycles"].value
        self._cycles[scenario.key()] = after_start if ended else None

    def _next(self):
        """Ask for the first point that is missing; its answer asks for the next."""
        missing = next((other for other in self._curve.scenarios if other.key() not in self._cycles), None)
        if missing is None:
            return
        ticket = self._ticket = RUNS.ask(missing)
        ticket.future.add_done_callback(lambda future: self._soon(lambda: self._arrived(missing, ticket)))

    def _arrived(self, scenario, ticket):
        if ticket is not self._ticket:
            return  # the curve is another one by now
        self._ticket = None
        try:
            self._keep(scenario, Run.unpack(ticket.future.result()))
        except Cancelled:
            return
        except Exception:  # a point that is missing is said, and does not take the others with it
            _log.exception("fabric?%s", scenario.query())
            self._cycles[scenario.key()] = None
        self._draw()
        self._next()

    def _draw(self):
        with pn.io.hold(self.plot.document):  # one change of the page, not a change for each source
            self._draw_curve()

    def _draw_curve(self):
        drawn, along = self._curve, f"fabric_along_{self._curve.along}"
        known = [
            (x, cycles)
            for x, scenario in zip(drawn.values, drawn.scenarios, strict=True)
            if (cycles := self._cycles.get(scenario.key()))
        ]
        texts = [self.t(f"{along}.point", n=x, cycles=Quantity(cycles, "cycle")) for x, cycles in known]
        xs, ys = [x for x, _ in known], [cycles for _, cycles in known]
        form = dict(drawn.form)
        self._form.data = {"x": list(form), "y": list(form.values())}
        self._drawn.data = {"x": xs, "y": ys, "text": texts}
        own = self._scenario.key()
        here = [x for x, other in zip(drawn.values, drawn.scenarios, strict=True) if other.key() == own]
        here = [(x, self._cycles[own]) for x in here if self._cycles.get(own)]
        self._here.data = {"x": [x for x, _ in here], "y": [y for _, y in here]}
        self._scale(list(form), [y for y in (*form.values(), *ys) if y > 0])
        self.plot.xaxis.axis_label = self.t(f"{along}.axis")
        n_missing = sum(other.key() not in self._cycles for other in drawn.scenarios)
        self.say(self._said(here, form, n_missing), self._keys(known, texts))

    def _scale(self, xs, heights):
        plot = self.plot
        (left, right), (low, high) = _with_room(xs), _with_room(heights)
        plot.x_range.update(start=left, end=right)
        plot.y_range.update(start=low, end=high)
        marks = ticks(low, high, log=True)
        plot.xaxis.ticker.ticks = list(self._curve.values)
        plot.xaxis.major_label_overrides = {x: self.t.number(x) for x in self._curve.values}
        plot.yaxis.ticker.ticks = marks
        plot.yaxis.major_label_overrides = {mark: self.t.number(mark) for mark in marks}

    def _keys(self, known, texts):
        ends = [(axis.start, axis.end) for axis in (self.plot.x_range, self.plot.y_range)]
        return [
            {"text": text, "x": share(x, *ends[0], log=True), "y": share(y, *ends[1], log=True)}
            for (x, y), text in zip(known, texts, strict=True)
        ]

    def _said(self, here, form, n_missing):
        n = len(self._curve.scenarios)
        if n_missing:
            return self.t("fabric_chart_curve.simulating", done=n - n_missing, total=n)
        if not here or not form.get(here[0][0]):
            return self.t("fabric_chart_curve.form")
        more = here[0][1] / form[here[0][0]] - 1
        cycles, share = Quantity(here[0][1], "cycle"), Quantity(abs(more), "share")
        if abs(more) < 0.005:
            return self.t("fabric_chart_curve.same", cycles=cycles)
        return self.t("fabric_chart_curve.more" if more > 0 else "fabric_chart_curve.less", cycles=cycles, share=share)

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        paint = paint_figure(self.plot, theme)
        self._line.glyph.line_color = paint["linear"]
        self._dots.glyph.update(line_color=paint["compute"], fill_color=paint["card"])
        self._now.glyph.update(line_color=paint["compute"], fill_color=paint["compute"])
        paint_legend(self.plot, paint)


def _with_room(values):
    """Return the ends of a logarithmic axis on which the values leave some room."""
    room = max(max(values) / min(values), 1.5) ** ROOM
    return min(values) / room, max(values) * room


CHART = CyclesCurve
