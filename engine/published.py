"""The engine beside published figures: what `waferscope check` prints and the tests assert."""

from dataclasses import dataclass

from engine.cited import KINDS


@dataclass(frozen=True)
class Comparison:
    """One published figure, or one of a formula, beside what the engine gives for the same set-up.

    Attributes
    ----------
    set_name : str
        The table or experiment the row belongs to.
    row : str
        What was run: the row's set-up in a few words.
    published, engine : float
        The two values, in `unit`.
    unit : str
        Unit of both.
    kind : str
        Kind of the published value, one of `engine.cited.KINDS`.
    source : str
        Document, with table or section.
    used : str
        "calibrate" where the engine's constants were chosen on this row, else "test".
    low, high : float or None
        Ends of the engine's interval, where it gives one.
    auto : float or None
        The engine's value where it is told only what is trained, on which devices and in which year, and chooses
        program and layout by itself; None for what is no training, and where it refuses.
    """

    set_name: str
    row: str
    published: float
    engine: float
    unit: str
    kind: str
    source: str
    used: str = "test"
    low: float | None = None
    high: float | None = None
    auto: float | None = None

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {self.kind!r}")
        if self.used not in ("calibrate", "test"):
            raise ValueError(f"used must be calibrate or test, got {self.used!r}")

    @property
    def error(self) -> float:
        """Relative error of the engine, (engine - published) / published."""
        return (self.engine - self.published) / self.published

    @property
    def auto_error(self) -> float | None:
        """Relative error of `auto`."""
        return None if self.auto is None else (self.auto - self.published) / self.published

    @property
    def is_verification(self) -> bool:
        """Whether the row holds the engine to a formula or to arithmetic, not to what somebody has published."""
        return self.kind == "modelled"

    @property
    def inside(self) -> bool | None:
        """Whether the published value lies within the engine's interval, None where there is none."""
        return None if self.low is None else self.low <= self.published <= self.high
