"""What a scenario becomes: figures and a trace."""

from dataclasses import dataclass, field

from numpy.typing import NDArray

from engine.cited import KINDS
from engine.language import Language, Message, decoded, encoded
from engine.trace import Trace, unpack

# The version of all results: raise it when a scenario gives other figures than before, so that a link made earlier can
# say so. tests/test_results.py says when.
RESULTS = 7


@dataclass(frozen=True)
class Figure:
    """A named result of a run.

    Attributes
    ----------
    value : float, int, str or bool
        The result, in `unit`.
    unit : str
        Unit as shown: "share" for a fraction in [0, 1], "" for another pure number or a word.
    label : Message
        Two or three words for the screen.
    source : Message or str
        What it follows from: the rule or the formula; a string is a document, named alike in every language.
    kind : str
        One of `engine.cited.KINDS`.
    low, high : float or None
        Ends of its interval, where it has one.
    said : Message, str or None
        What people read instead of a value that is a name, such as that of a machine.
    """

    value: float | int | str | bool
    unit: str
    label: Message
    source: Message | str
    kind: str = "modelled"
    low: float | None = None
    high: float | None = None
    said: Message | str | None = None

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {self.kind!r}")

    def parts(self, t: Language) -> tuple[str, str]:
        """Write the value and its unit apart, in a language."""
        return t.parts(self.value, self.unit) if self.said is None else (t.said(self.said), "")

    def words(self, t: Language) -> str:
        """Write the value with its unit, in a language."""
        return t.quantity(self.value, self.unit) if self.said is None else t.said(self.said)

    def fields(self) -> dict[str, object]:
        """Return the attributes as JSON values, without those that it does not have."""
        return {name: encoded(value) for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True, eq=False)
class Run:
    """What the engine makes of a scenario.

    Attributes
    ----------
    scene : str
        Name of the scene, a key of `engine.scenarios.SCENES`.
    scenario : dict
        Parameter name to JSON value: the complete scenario.
    title : Message
        One line that says or asks what is seen.
    figures : dict of str to Figure
        In the order in which they are shown.
    trace : Trace
        The recording that the player replays, with the columns of the charts beside it.
    verdict : Message or None
        One or two sentences: who has won and by how much, or how long it takes; None where there is nothing to tell.
    """

    scene: str
    scenario: dict
    title: Message
    figures: dict[str, Figure]
    trace: Trace = field(repr=False)
    verdict: Message | None = None

    def packed(self) -> bytes:
        """Return the run as one file: the trace, with title, verdict, scenario and figures in its header."""
        return self.trace.pack(
            scene=self.scene,
            title=encoded(self.title),
            verdict=encoded(self.verdict),
            scenario=self.scenario,
            figures={name: figure.fields() for name, figure in self.figures.items()},
        )

    @classmethod
    def unpack(cls, data: bytes) -> "Run":
        """Return the run that `packed` wrote; ValueError as of `engine.trace.unpack`."""
        trace, header = unpack(data)
        figures = {
            name: Figure(**{key: decoded(value) for key, value in fields.items()})
            for name, fields in header["figures"].items()
        }
        title, verdict = (decoded(header[name]) for name in ("title", "verdict"))
        return cls(header["scene"], header["scenario"], title, figures, trace, verdict)

    def columns(self, table: str) -> dict[str, NDArray]:
        """Return the columns of a table of the trace."""
        return self.trace.tables[table].columns
