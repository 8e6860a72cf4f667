"""What `waferscope bench` reports: a measured speed or size beside its budget."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """One measured figure and its budget.

    Attributes
    ----------
    name : str
        What was measured.
    value : float
        The figure, in `unit`.
    unit : str
        Unit of value and budget.
    budget : float or None
        The bound to keep, None for a figure without one.
    at_least : bool
        Whether the budget is a lower bound (a rate) or an upper one (a time, a size).
    """

    name: str
    value: float
    unit: str
    budget: float | None = None
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the budget holds."""
        if self.budget is None:
            return True
        return self.value >= self.budget if self.at_least else self.value <= self.budget
