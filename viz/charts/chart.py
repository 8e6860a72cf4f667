"""What a chart of a scene is, and what it may tell the page that it stands on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

import panel as pn
from bokeh.plotting import figure
from panel.viewable import Viewable

from engine.language import Language, Message, language
from engine.run import Run


def _nobody(*told):
    """Receive what nobody wants to know."""


@dataclass(frozen=True)
class Host:
    """The page that a chart stands on; by default one without a session, on which nothing can be asked for.

    Attributes
    ----------
    edit : callable
        Receives the parameters that somebody asks for by using the chart.
    looked : callable
        Receives what somebody changed about the look: name to word as in an address, "" for the usual.
    told : callable
        Receives the chart when what it says, or a point of it, has changed.
    t : Language
        Of the page.
    """

    edit: Callable[[dict[str, object]], None] = _nobody
    looked: Callable[[dict[str, str]], None] = _nobody
    told: Callable[["Chart"], None] = _nobody
    t: Language = field(default_factory=lambda: language("en"))


@dataclass(frozen=True)
class Reach:
    """How keys reach the points of a chart, on a layer over its figure.

    Attributes
    ----------
    group : Message
        What the points are, together.
    action : Message
        What opening a point does.
    frame : dict of str to int
        Room around the frame of the figure: left, right, top, bottom [px].
    """

    group: Message
    action: Message
    frame: dict[str, int]


class Chart:
    """A chart of a scene: the class describes it, an object of it stands on one page.

    A module of `viz/charts/SCENE` that ends in `CHART`, a subclass, is a chart of that scene. A chart with a `module`
    is drawn by the browser from the run of the player; one with a `plot` by Bokeh; one with neither is a pane of the
    page alone. What a chart does not need it does not override.

    Attributes
    ----------
    name : str
        In addresses; its element on the page is `chart-{name}`.
    label : Message
        On its button, in one or two words.
    place : int
        Where it stands among the charts of its scene; the first is seen first.
    needs : str
        Table of the trace without which a run does not have the chart, "" where every run has it.
    embeds : bool
        Whether a page without a session can hold it.
    module : str
        Path within `viz/client` of the module that draws it: see `CreateChart` of `kit/types.d.ts`. Its style stands in
        `charts.css` beside it.
    centre : tuple of str
        Those of its `panes` that stand above the player.
    controls : tuple of str
        Parameters that it has controls for: the form has none.
    hint : Message or None
        A sentence on what can be done with it where there is a session.
    reach : Reach or None
        How keys reach its `points`.
    plot : bokeh.plotting.figure or None
        What Bokeh draws.
    t : Language
        Of the page.
    said : str
        What it shows, as a sentence in that language; "" before a run.
    points : list of dict
        Each `text`, and `x` and `y` as shares of the frame.
    """

    name: ClassVar[str]
    label: ClassVar[Message]
    place: ClassVar[int] = 0
    needs: ClassVar[str] = ""
    embeds: ClassVar[bool] = True
    module: ClassVar[str] = ""
    centre: ClassVar[tuple[str, ...]] = ()
    controls: ClassVar[tuple[str, ...]] = ()
    hint: ClassVar[Message | None] = None
    reach: ClassVar[Reach | None] = None

    plot: figure | None = None
    said: str = ""

    def __init__(self, host: Host):
        self.host, self.t = host, host.t
        self.points: list[dict] = []

    @classmethod
    def is_in(cls, run: Run) -> bool:
        """Return whether a run has this chart."""
        return not cls.needs or cls.needs in run.trace.tables

    def panes(self) -> dict[str, Viewable]:
        """Return what Panel places, by name of the element; none where a module of the page draws the chart."""
        return {} if self.plot is None else {self.name: pn.pane.Bokeh(self.plot, sizing_mode="stretch_both", margin=0)}

    def say(self, sentence: str, points: list[dict] | None = None) -> None:
        """Take a new sentence, and points where they are given, and tell the page."""
        self.said = sentence
        if points is not None:
            self.points = points
        self.host.told(self)

    def show(self, run: Run) -> None:
        """Draw a run that has the chart."""

    def paint(self, theme: str) -> None:
        """Take the colours of a theme, a key of `paint.PAINT`."""

    def look(self, view: dict[str, str]) -> str:
        """Take the look that an address says, and return what is refused as a sentence, "" when all is well."""
        return ""

    def shrink(self) -> None:
        """Learn that the chart stands on a page without a session, where it has little room."""

    def watch(self, watched: bool) -> None:
        """Learn whether somebody looks at the chart now."""

    def open(self, index: int) -> None:
        """Ask for what a point stands for, by its place among `points`."""

    def stop(self) -> None:
        """End what runs in the background: nobody is there any more."""
