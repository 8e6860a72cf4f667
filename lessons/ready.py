"""A lesson as it is shown: placeholders filled, texts rendered, answers known. What pages are made from."""

from dataclasses import dataclass

from engine.language import Message
from engine.run import Figure
from lessons.glossary import Term
from lessons.prose import Html


@dataclass(frozen=True)
class ReadyOption:
    """An option as it is shown: HTML, and whether it is right."""

    text: Html
    right: bool
    feedback: Html


@dataclass(frozen=True)
class ReadyBar:
    """A bar.

    Attributes
    ----------
    label : str
        What it stands for.
    value : float
        Its length.
    said : str
        The value in words.
    times : str
        How many times as long as the first bar, in words; "" for the first, and for one that is not longer.
    kind : str
        Of the figures from which it was computed: "modelled" where one of them is, then "claimed", then "measured".
    """

    label: str
    value: float
    said: str
    times: str
    kind: str


@dataclass(frozen=True)
class ReadyBars:
    """Bars as they are drawn: what they compare, and each in order."""

    title: Html
    bars: tuple[ReadyBar, ...]

    @property
    def most(self) -> float:
        """The longest bar."""
        return max(bar.value for bar in self.bars)

    @property
    def kind(self) -> str:
        """The kind of all bars that have one, "" where they differ."""
        kinds = {bar.kind for bar in self.bars if bar.kind}
        return kinds.pop() if len(kinds) == 1 else ""


@dataclass(frozen=True)
class ReadyEvidence:
    """What the stage shows once a prediction is made.

    Attributes
    ----------
    run_to : str
        Mark or tick at which the run stops, "" for the end.
    beside : str or None
        A second scenario as the query of an address, None for none.
    chart : str
        Name of a chart of the run, "" for none.
    bars : ReadyBars or None
    """

    run_to: str
    beside: str | None
    chart: str
    bars: ReadyBars | None

    @property
    def plays(self) -> bool:
        """Whether the run is part of it."""
        return not self.bars or bool(self.run_to or self.chart or self.beside is not None)


@dataclass(frozen=True)
class ReadyChoice:
    """A question with options as it is shown; `loses` where the right answer speaks against the wafer."""

    kind: str
    question: Html
    options: tuple[ReadyOption, ...]
    why: tuple[ReadyOption, ...]
    loses: bool
    evidence: ReadyEvidence | None


@dataclass(frozen=True)
class ReadyCurve:
    """A curve to draw as it is shown.

    Attributes
    ----------
    kind : str
        "draw".
    question : Html
    x_label, y_label : Message or str
        Names of the axes; one that the lesson gives is a string.
    x, y : tuple of float
        The values along x, and the truth from their runs.
    x_unit, unit : str
        Of x, "" where the lesson names the axis, and of y.
    line : tuple of float
        Of a speed-up: what it would be if no device were slower than the first ones; else empty.
    log : tuple of bool
        Whether x and y are logarithmic.
    queries : tuple of str
        The scenario of each value.
    feedback : dict of str to Html
        By verdict.
    loses : bool
        Where the curve speaks against the wafer.
    """

    kind: str
    question: Html
    x_label: Message | str
    x_unit: str
    x: tuple[float, ...]
    y_label: Message | str
    unit: str
    y: tuple[float, ...]
    line: tuple[float, ...]
    log: tuple[bool, bool]
    queries: tuple[str, ...]
    feedback: dict[str, Html]
    loses: bool


@dataclass(frozen=True)
class ReadyExercise:
    """A task in the open scene, what helps, and the settings that solve it."""

    task: Html
    hints: tuple[Html, ...]
    solution: dict[str, str]
    query: str


@dataclass(frozen=True)
class ReadyStep:
    """A step as it is shown.

    Attributes
    ----------
    title : str
        Plain text.
    html : Html
        Its prose.
    scene, query : str
        The scene, and its scenario as the query of an address.
    hide : tuple of str
        Controls that the open scene does not show.
    question : ReadyChoice, ReadyCurve or None
    exercise : ReadyExercise or None
    figures : tuple of Figure
        What its text and its questions quote, each once, with its source.
    seconds : int
        About how long one person takes for it [s].
    """

    title: str
    html: Html
    scene: str
    query: str
    hide: tuple[str, ...]
    question: ReadyChoice | ReadyCurve | None
    exercise: ReadyExercise | None
    figures: tuple[Figure, ...]
    seconds: int

    @property
    def evidence(self) -> ReadyEvidence | None:
        """What the stage shows once its question has been answered."""
        return getattr(self.question, "evidence", None)


@dataclass(frozen=True)
class ReadyLesson:
    """A lesson in which every placeholder is filled, every claim true and every question has one right answer.

    Attributes as of `Lesson`; `alone` and `in_class` say how long it takes [min], `discussion` holds questions with
    their answers, `plan` minutes and what is done in them, `splits` the place of a step, from 1, and what to ask.
    """

    slug: str
    lang: str
    title: str
    alone: int
    in_class: int
    opening: Html | None
    audience: Html | None
    needs: tuple[Html, ...]
    summary: Html
    goals: tuple[Html, ...]
    leaves_out: Html
    steps: tuple[ReadyStep, ...]
    misconceptions: tuple[tuple[Html, Html], ...]
    discussion: tuple[tuple[Html, Html], ...]
    plan: tuple[tuple[int, Html], ...]
    splits: tuple[tuple[int, Html], ...]
    unplugged: Html | None
    recall: tuple[ReadyChoice, ...]
    terms: dict[str, Term]
