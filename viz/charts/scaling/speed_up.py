"""The speed-up curve, the learner's own beside it, and the words that go with it."""

import panel as pn
from panel.viewable import Viewable

from engine.language import Quantity, message
from engine.run import Run
from engine.scenarios import scenario_class
from engine.scenarios.scaling import MAX_BATCH
from viz.charts.chart import Chart, Host
from viz.charts.scaling.curves import READINGS, Curve, curve_beside, curve_of, other_kind, shared
from viz.charts.scaling.figure import FRAME, SIZE, CurveFigure, Drawn
from viz.charts.scaling.notes import STYLE, notes_html, start
from viz.components.curve_tools import CurveTools

LEAST_GUESS = 0.01  # times as fast: a guess below the axis means this


class SpeedUp(Chart):
    """The speed-up curve of a scenario with published points over it, and the learner's guess.

    Three readings more are drawn from the same runs. The curve is strong up to the present number; beside it stands the
    same training on the other kind of cluster, or the last curve of the same training that was set up in another way.
    Both end where the shorter does, or at the present number.

    The address says how it is read, on which axes, and beside which curve where that is not the other kind's. A drawn
    guess is the visitor's own and is not in it.
    """

    name, label = "curve", message("scaling_curve")
    centre = ("tools", "curve")
    controls = ("mode",)

    def __init__(self, host: Host):
        super().__init__(host)
        self._against = ""
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
        self.notes = pn.pane.HTML("", sizing_mode="stretch_width", margin=0, stylesheets=[STYLE])

    def panes(self) -> dict[str, Viewable]:
        """Return the controls, the curve under them, and the words beside the player."""
        return {"tools": self.tools, **super().panes(), "notes": self.notes}

    def open(self, index: int) -> None:
        """Ask for the run of a point, by its place on the curve."""
        if changes := self._curve.changes(index):
            self.host.edit(changes)

    def _heard(self, event):
        message = event.data
        if "mode" in message:
            self._grow(message["mode"])
        elif "beside" in message:
            self.tools.held = False
            self._draw()
        elif "size" in message:
            self._figure.size = tuple(float(length) for length in message["size"])
            self._draw()
        elif "open" in message:
            self.open(int(message["open"]))
        elif "more" in message:
            self._add(1 if message["more"] > 0 else -1)
        elif "guess" in message:
            self._reveal([float(height) for height in message["guess"]])
        elif "draw" in message:
            self._guess = {}
            drawing = bool(message["draw"])
            self.tools.param.update(drawing=drawing, reading="speedup", said="", guessed=False, held=drawing)
            self._draw()
        elif message.get("reading") in READINGS:
            self.tools.reading = message["reading"]
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
            `read`, a key of `READINGS`; `axes`, "linear" or "log"; `against`, the query of a scenario.

        Returns
        -------
        str
            "": nothing is refused.
        """
        reading = view.get("read")
        self.tools.param.update(
            reading=reading if reading in READINGS else next(iter(READINGS)), log=view.get("axes") == "log"
        )
        self._against, self._former = view.get("against", ""), None
        self._draw()
        return ""

    def _tell_look(self):
        self.host.looked(
            {
                "read": "" if self.tools.reading == next(iter(READINGS)) else self.tools.reading,
                "axes": "log" if self.tools.log else "",
                "against": self._against,
            }
        )

    def _add(self, sign):
        """Ask for one wafer more or less, or for twice or half the GPUs; a growing batch grows along."""
        scenario = self._curve.scenario
        n, batch = scenario["n_devices"], scenario["global_batch"]
        more = n + sign if scenario["cluster"] == "cs" else n * 2 if sign > 0 else n // 2
        changes = {"n_devices": max(1, more), "dp": None}
        if scenario["mode"] == "weak":
            changes["global_batch"] = max(1, batch * changes["n_devices"] // n)
        self.host.edit(changes)

    def _grow(self, mode):
        """Ask for the same batch or for one that grows: both begin with one run, where both kinds do."""
        scenario, other = self._curve.scenario, self._other
        apart = other is not None and other.unit != self._curve.unit
        n, first = scenario["n_devices"], other.stands[1] if apart else self._curve.n_devices[0]
        times, by = (n, first) if mode == "weak" else (first, n)
        batch, rest = divmod(scenario["global_batch"] * times, by)
        self.host.edit({"mode": mode} | ({} if rest or not 0 < batch <= MAX_BATCH else {"global_batch": batch}))

    def _reveal(self, heights):
        heights = [max(height, LEAST_GUESS) for height in heights]
        self._guess = dict(zip(self._curve.n_devices, heights, strict=True))
        said = self.t(
            "scaling_guess_said",
            devices=Quantity(self._curve.n_devices[-1], self._curve.unit),
            guess=Quantity(heights[-1], "×", digits=3),
            found=Quantity(float(self._curve.values("speedup")[-1]), "×", digits=3),
        )
        self.tools.param.update(drawing=False, guessed=True, said=said)
        self._draw()

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
            self.tools.param.update(drawing=False, said="", guessed=False, held=False)
        if former is not None and curve.training != former.training:
            self._against = ""
        elif former is not None and curve.set_up != former.set_up and curve.way != former.way:
            self._against = _spelled(former.scenario)
        other = curve_beside(curve, self._against)
        if other is None:
            self._against, other = "", other_kind(curve)
        self._curve, self._other = shared(curve, other)
        self._former = curve
        self._lost = {name: figure.value for name, figure in run.figures.items() if figure.unit == "share"}
        self._draw()
        self._tell_look()

    def _draw(self):
        if self._curve is not None:
            with pn.io.hold(self.plot.document):  # one change of the page, not a change for each source
                other, reading, tools = self._other, self.tools.reading, self.tools
                self._figure.draw(Drawn(self._curve, other, reading, tools.log, tools.drawing, tools.held, self._guess))
                self._tell(reading)
                self.notes.object = notes_html(self._curve, other, self._lost, reading, self.t)

    def _tell(self, reading):
        curve, (places, heights) = self._curve, self._figure.places()
        texts = curve.texts(reading, self.t)
        points = [
            {"n": n, "text": text, "x": x, "y": y}
            for n, text, (x, y) in zip(curve.n_devices, texts, places, strict=True)
        ]
        summary = self.t(
            "scaling_summary", reading=message(f"scaling_reading_{reading}"), words=curve.words, points=texts
        )
        self.tools.param.update(
            points=points, heights=heights, unit=curve.unit, summary=summary, mode=curve.scenario["mode"],
            rival=self._other.unit if self._other else "", start=start(curve, self._other, self.tools.held, self.t),
        )  # fmt: skip

    def paint(self, theme: str) -> None:
        """Take the colours of a theme.

        Parameters
        ----------
        theme : str
            "light", "dark" or "projector".
        """
        self._figure.paint(theme)


def _spelled(scenario):
    """Return the query of a scenario, never "": that would say that nothing is compared."""
    return scenario_class("scaling").read(scenario).query() or f"cluster={scenario['cluster']}"


CHART = SpeedUp
