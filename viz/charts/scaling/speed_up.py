"""The speed-up curve, the learner's own beside it, and the words that go with it."""

import panel as pn
from panel.viewable import Viewable

from engine.language import Quantity, message
from engine.machines import machine_of
from engine.models import models
from engine.run import Run
from engine.scenarios import scenario_class
from engine.scenarios.scaling import MAX_BATCH
from viz.charts.chart import Chart, Host
from viz.charts.scaling.curves import READINGS, SPREAD, Curve, curve_beside, curve_of, other_kind, shared
from viz.charts.scaling.figure import FRAME, LEAST_SIZE, SIZE, CurveFigure, Drawn
from viz.charts.scaling.notes import STYLE, against, notes_html
from viz.charts.tabled import written
from viz.components.curve_tools import CurveTools

MOST_GUESS = 1e6  # times as fast
LEAST_GUESS = 0.01  # times as fast: a guess below the axis means this


class SpeedUp(Chart):
    """The speed-up curve of a scenario with published points over it, and the learner's guess.

    Three readings more are drawn from the same runs. The curve is strong up to the present number; beside it stands the
    same training on the other kind of cluster, or the last curve of the same training that was set up in another way.
    Both end where the shorter does, or at the present number.

    The address says how it is read, on which axes, and beside which curve where that is not the other kind's. A guess
    that somebody has drawn is in it too, so that others see it beside the runs.
    """

    name, label = "curve", message("scaling_curve")
    centre = ("tools", "curve")
    controls = ("mode",)

    def __init__(self, host: Host):
        super().__init__(host)
        self._against, self._bet = "", ""  # as in an address, until there is a curve
        self._former: Curve | None = None  # that the visitor has changed, None where an address was opened
        self._curve: Curve | None = None
        self._other: Curve | None = None
        self._lost: dict[str, float] = {}  # shares of the step, by the name of their figure
        self._guess: dict[int, float] = {}  # number of devices to speed-up
        self._figure = CurveFigure(self.open, self.t)
        self.plot = self._figure.plot
        self.tools = CurveTools(
            readings=[[name, self.t(f"scaling_reading_{name}")] for name in READINGS],
            frame=FRAME, size=[*SIZE], sizing_mode="stretch_width", margin=0,
        )  # fmt: skip
        self.tools.on_msg(self._heard)
        self.notes = written(STYLE)

    def panes(self) -> dict[str, Viewable]:
        """Return the controls, the curve under them, and the words beside the player."""
        return {
            "tools": self.tools,
            **super().panes(),
            "notes": pn.pane.Bokeh(self.notes, sizing_mode="stretch_width", margin=0),
        }

    def open(self, index: int) -> None:
        """Ask for the run of a point, by its place on the curve."""
        if changes := self._curve.changes(index):
            self.host.edit(changes)

    def _heard(self, event):
        message = event.data
        if "mode" in message:
            self.host.edit({"mode": message["mode"], "global_batch": self._batch(message["mode"])})
        elif "beside" in message:
            self.tools.held = False
            self._draw()
        elif "size" in message:
            self._figure.size = tuple(float(length) for length in message["size"])
            self._draw()
        elif "open" in message:
            self.open(int(message["open"]))
        elif "guess" in message:
            self._reveal([float(height) for height in message["guess"]])
        elif "draw" in message:
            self._guess = {}
            drawing = bool(message["draw"])
            log = self.tools.log and self.tools.reading == "speedup"
            self.tools.param.update(drawing=drawing, reading="speedup", log=log, said="", guess=[], held=drawing)
            self._draw()
            self._tell_look()
        elif message.get("reading") in READINGS:
            self.tools.param.update(reading=message["reading"], log=message["reading"] in SPREAD)
            self._draw()
            self._tell_look()
        elif "log" in message:
            self.tools.log = bool(message["log"])
            self._draw()
            self._tell_look()

    def look(self, view: dict[str, str]) -> str:
        """Read the curve as an address says; words that mean nothing are the usual.

        Parameters
        ----------
        view : dict of str to str
            `read`, a key of `READINGS`; `axes`, "linear" or "log"; `against`, the query of a scenario; `bet`, how many
            times as fast somebody has guessed each point to be.

        Returns
        -------
        str
            "": nothing is refused.
        """
        reading = view.get("read") if view.get("read") in READINGS else next(iter(READINGS))
        log = {"log": True, "linear": False}.get(view.get("axes", ""), reading in SPREAD)
        self.tools.param.update(reading=reading, log=log)
        self._against, self._former, self._bet = view.get("against", ""), None, view.get("bet", "")
        self._guess = {}
        self.tools.param.update(drawing=False, guess=[], held=False, said="")
        self._draw()
        return ""

    def shrink(self) -> None:
        """Leave names the room that they need where there is little."""
        self._figure.size = LEAST_SIZE

    def _tell_look(self):
        tools = self.tools
        self.host.looked(
            {
                "read": "" if tools.reading == next(iter(READINGS)) else tools.reading,
                "axes": "" if tools.log == (tools.reading in SPREAD) else "log" if tools.log else "linear",
                "against": self._against,
                "bet": self._spelled_guess(),
            }
        )

    def _spelled_guess(self):
        """Return the guess as in an address, "" where not all points have one."""
        if self._curve is None or not all(n in self._guess for n in self._curve.n_devices):
            return ""
        return ",".join(f"{self._guess[n]:.3g}" for n in self._curve.n_devices)

    def _take_bet(self):
        """Show the guess that the address says; one that does not fit the curve is none."""
        heights, self._bet = _heights(self._bet), ""
        if len(heights) == len(self._curve.n_devices):
            self._show_guess(heights, "scaling_guess_read")

    def _batch(self, mode):
        """Return the batch in a mode: the same and one that grows begin with one run, where both kinds do."""
        scenario, other = self._curve.scenario, self._other
        if mode == scenario["mode"]:
            return scenario["global_batch"]
        apart = other is not None and other.unit != self._curve.unit
        n, first = scenario["n_devices"], other.stands[1] if apart else self._curve.n_devices[0]
        times, by = (n, first) if mode == "weak" else (first, n)
        batch, rest = divmod(scenario["global_batch"] * times, by)
        return scenario["global_batch"] if rest or not 0 < batch <= MAX_BATCH else batch

    def _batches(self):
        """Return what a step works on with the same batch, and with one that grows."""
        each = self._batch("weak") / self._curve.scenario["n_devices"]
        return [
            self.t("scaling_batch_shared", batch=Quantity(self._batch("strong"), "sequence")),
            self.t(f"scaling_batch_each_{self._curve.scenario['cluster']}", batch=Quantity(each, "sequence", digits=3)),
        ]

    def _reveal(self, heights):
        self._show_guess(heights, "scaling_guess_said")
        self._draw()
        self._tell_look()

    def _show_guess(self, heights, sentence):
        heights = [max(height, LEAST_GUESS) for height in heights]
        self._guess = dict(zip(self._curve.n_devices, heights, strict=True))
        said = self.t(
            sentence,
            devices=Quantity(self._curve.n_devices[-1], self._curve.unit),
            guess=Quantity(heights[-1], "×", digits=3),
            found=Quantity(float(self._curve.values("speedup")[-1]), "×", digits=3),
        )
        self.tools.param.update(drawing=False, guess=heights, said=said)

    def show(self, run: Run) -> None:
        """Draw the columns of a run.

        Parameters
        ----------
        run : Run
            Of the scaling scene.
        """
        curve, former = curve_of(run), self._former
        if self._curve is None or curve.family != self._curve.family:
            self._guess = {}
            self.tools.param.update(drawing=False, said="", guess=[], held=False)
        if former is not None and curve.training != former.training:
            self._against = ""
        elif former is not None and curve.set_up != former.set_up and curve.way != former.way:
            self._against = _spelled(former.scenario)
        other = curve_beside(curve, self._against)
        if other is None:
            self._against, other = "", other_kind(curve)
        self._curve, self._other = shared(curve, other)
        self._take_bet()
        self._former = curve
        self._found = run.figures["speedup"]
        self._lost = {name: figure.value for name, figure in run.figures.items() if figure.unit == "share"}
        self._draw()
        self._tell_look()

    def _draw(self):
        if self._curve is not None:
            with pn.io.hold(self.plot.document):  # one change of the page, not a change for each source
                other, reading, tools = self._other, self.tools.reading, self.tools
                self._figure.draw(Drawn(self._curve, other, reading, tools.log, tools.drawing, tools.held, self._guess))
                self._tell(reading)
                self.notes.text = notes_html(self._curve, other, self._lost, reading, self.t)

    def _tell(self, reading):
        curve, (places, heights) = self._curve, self._figure.places()
        texts = curve.texts(reading, self.t)
        columns = curve.n_devices, texts, curve.values("speedup"), curve.line("speedup"), places
        points = [
            {"n": n, "text": text, "found": float(found), "line": float(line), "x": x, "y": y}
            for n, text, found, line, (x, y) in zip(*columns, strict=True)
        ]
        summary = self.t(
            "scaling_summary", reading=message(f"scaling_reading_{reading}"), words=curve.words, points=texts
        )
        self.tools.param.update(
            points=points, heights=heights, unit=curve.unit, summary=summary, mode=curve.scenario["mode"],
            rival=self._other.unit if self._other else "",
            against=against(curve, self._other, self.tools.held, reading, self.t), batches=self._batches(),
            about=self._about(), source=self.t("scaling_card_source", kind=message(f"kind_{self._found.kind}"),
            source=self._found.source),
        )  # fmt: skip

    def _about(self):
        """Return what the curve compares: the most devices with the fewest."""
        curve = self._curve
        most, fewest = (
            message("scaling_many", n=n, device=machine_of(curve.device).device)
            for n in (curve.n_devices[-1], curve.n_devices[0])
        )
        return self.t("scaling_card_about", model=models()[curve.scenario["model"]].label, most=most, fewest=fewest)

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        self._figure.paint(theme)


def _heights(words):
    """Return the numbers of a guess in an address; none where one of them is not a positive number."""
    try:
        found = [float(word) for word in words.split(",")]
    except ValueError:
        return []
    return found if all(0 < height < MOST_GUESS for height in found) else []


def _spelled(scenario):
    """Return the query of a scenario, never "": that would say that nothing is compared."""
    return scenario_class("scaling").read(scenario).query() or f"cluster={scenario['cluster']}"


CHART = SpeedUp
