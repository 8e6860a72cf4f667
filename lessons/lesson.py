"""What a lesson is, once its file is read: steps, questions, claims. Nothing here is evaluated."""

from dataclasses import dataclass, field
from pathlib import Path

from engine.language import Message, Refusal
from lessons.glossary import Term


class LessonError(Refusal):
    """A mistake in a lesson: its file, its line and one sentence.

    Parameters
    ----------
    path : Path
        File of the lesson.
    line : int
        Line of the mistake, counted from 1.
    said : Message
        What is wrong, and where it helps, what would be right.
    """

    def __init__(self, path: Path, line: int, said: Message):
        super().__init__(said)
        self.path, self.line = path, line

    def __str__(self):
        return f"{self.path}:{self.line}: {self.said}"


@dataclass(frozen=True)
class Source:
    """A piece of a lesson's file: Markdown with placeholders, or an expression.

    Attributes
    ----------
    text : str
        As written.
    line : int
        Line in the file at which it starts, counted from 1.
    """

    text: str
    line: int


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen.

    Attributes
    ----------
    text : Source
        What the learner reads.
    right : Source
        Expression: true where this is the right answer.
    feedback : Source
        What is said to those who chose it.
    """

    text: Source
    right: Source
    feedback: Source


@dataclass(frozen=True)
class Bars:
    """A chart of a few values, one bar for each.

    Attributes
    ----------
    title : Source
        What is compared.
    unit : Source
        Of all values.
    values : dict of str to Source
        An expression by the name of its bar.
    """

    title: Source
    unit: Source
    values: dict[str, Source]


@dataclass(frozen=True)
class Evidence:
    """What the stage shows once a prediction is made: the picture in which the answer can be seen.

    Attributes
    ----------
    run_to : Source or None
        Mark or tick at which the run stops; None for its end.
    beside : dict of str to Source
        What is different in a second run on the same clock, empty for none.
    chart : Source or None
        Chart of the run under it.
    bars : Bars or None
        Values to compare. Without any of the others they are all that is shown.
    line : int
        Where the block starts.
    """

    run_to: Source | None
    beside: dict[str, Source]
    chart: Source | None
    bars: Bars | None
    line: int


@dataclass(frozen=True)
class Choice:
    """A question with options, exactly one of them right.

    Attributes
    ----------
    kind : str
        "ask" (predict before the run), "transfer" (no run follows) or "recall" (about an earlier lesson).
    question : Source
        The sentence that asks.
    options : tuple of Option
        In the order in which they are shown.
    why : tuple of Option
        Reasons to choose from after the run, empty for none.
    wafer_loses : bool
        True where the right answer speaks against the wafer.
    evidence : Evidence or None
        Of what kind "ask" is about.
    line : int
        Where the block starts.
    """

    kind: str
    question: Source
    options: tuple[Option, ...]
    why: tuple[Option, ...]
    wafer_loses: bool
    evidence: Evidence | None
    line: int


@dataclass(frozen=True)
class Curve:
    """A question answered by drawing: one figure over one parameter.

    Attributes
    ----------
    question : Source
        The sentence that asks.
    parameter : Source
        Parameter of the scenario along x.
    values : tuple of Source
        Its values, as words.
    figure : Source
        Figure of the run along y, or the mark whose time is drawn.
    of_mark : bool
        Whether it is a mark.
    label : Source or None
        Name of the y axis; None for the figure's own.
    x_label : Source or None
        Name of the x axis; None for the parameter's own.
    axes : tuple of Source
        "linear" or "log" along x and along y; empty for the usual.
    feedback : dict of str to Source
        What is said to a curve that is "near", "below" or "above".
    wafer_loses : bool
        True where the curve speaks against the wafer.
    line : int
        Where the block starts.
    """

    question: Source
    parameter: Source
    values: tuple[Source, ...]
    figure: Source
    of_mark: bool
    label: Source | None
    x_label: Source | None
    axes: tuple[Source, ...]
    feedback: dict[str, Source]
    wafer_loses: bool
    line: int


@dataclass(frozen=True)
class Exercise:
    """A task in the open scene.

    Attributes
    ----------
    task : Source
        What to reach.
    goal : Source
        Expression: false for the step's own scenario, true for the solution.
    hints : tuple of Source
        What helps, one after the other.
    solution : dict of str to Source
        Parameters that reach it.
    line : int
        Where the block starts.
    """

    task: Source
    goal: Source
    hints: tuple[Source, ...]
    solution: dict[str, Source]
    line: int


@dataclass(frozen=True)
class Step:
    """One idea: prose, the scenario it shows, perhaps a question, an exercise and claims.

    Attributes
    ----------
    title : Source
        Text of its heading.
    prose : Source
        Markdown with placeholders, without the blocks.
    scene : str
        Name of the scene.
    settings : dict of str to Source
        Parameters as words: those of the step before, and what this step changes.
    hide : tuple of Source
        Controls that the open scene does not show.
    question : Choice, Curve or None
        At most one a step.
    exercise : Exercise or None
        At most one a step.
    claims : tuple of Source
        Expressions that must be true.
    """

    title: Source
    prose: Source
    scene: str
    settings: dict[str, Source | tuple[Source, ...]]
    hide: tuple[Source, ...]
    question: Choice | Curve | None
    exercise: Exercise | None
    claims: tuple[Source, ...]


@dataclass(frozen=True)
class Misconception:
    """What learners often think, and what is so.

    Attributes
    ----------
    thinks, fact : Source
        One sentence each.
    """

    thinks: Source
    fact: Source


@dataclass(frozen=True)
class Discussion:
    """A question for the class.

    Attributes
    ----------
    question, answer : Source
        What is asked, and what a good answer says.
    """

    question: Source
    answer: Source


@dataclass(frozen=True)
class Phase:
    """A part of a plan for one lesson of a school or a university.

    Attributes
    ----------
    minutes : int
        How long it takes [min].
    what : Source
        What the class does.
    """

    minutes: int
    what: Source


@dataclass(frozen=True)
class Split:
    """What a teacher may ask where the answers of a class differ.

    Attributes
    ----------
    step : Source
        Title of the step whose question it is.
    ask : Source
        A question that makes the class go on thinking.
    """

    step: Source
    ask: Source


@dataclass(frozen=True)
class Lesson:
    """A lesson as its file says it.

    Attributes
    ----------
    path : Path
        The file.
    slug : str
        Its name in an address: the file's name without number, language and ending.
    lang : str
        Language of its texts: "en", or what stands before the ending (`05-a-name.de.md`).
    text : str
        The whole file.
    title : str
        Name of the lesson.
    summary : Source
        One sentence for the list of lessons.
    goals : tuple of Source
        What a learner can say or do afterwards.
    leaves_out : Source
        What the model leaves out: the last line of the lesson.
    steps : tuple of Step
        In order.
    opening : Source or None
        The question that the lesson opens with, and comes back to.
    audience : Source or None
        For whom it is.
    needs : tuple of Source
        What one should know.
    misconceptions : tuple of Misconception
        For the teacher.
    discussion : tuple of Discussion
        Questions for the class.
    plan : tuple of Phase
        How to spend an hour of a timetable, `reading.HOUR` minutes, with a class.
    splits : tuple of Split
        What to ask where a class is divided.
    unplugged : Source or None
        Five minutes without a computer.
    recall : tuple of Choice
        Questions about the lesson before.
    terms : dict of str to Term
        Terms of its own, by the name of their links. One that the glossary has too takes its place in this lesson.
    """

    path: Path
    slug: str
    lang: str
    text: str = field(repr=False)
    title: str
    summary: Source
    goals: tuple[Source, ...]
    leaves_out: Source
    steps: tuple[Step, ...]
    opening: Source | None = None
    audience: Source | None = None
    needs: tuple[Source, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    discussion: tuple[Discussion, ...] = ()
    plan: tuple[Phase, ...] = ()
    splits: tuple[Split, ...] = ()
    unplugged: Source | None = None
    recall: tuple[Choice, ...] = ()
    terms: dict[str, Term] = field(default_factory=dict)
