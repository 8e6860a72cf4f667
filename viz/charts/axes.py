"""Axes of charts: where they end, what ticks they have, and where on them a value lies."""

import math

import numpy as np


def with_room(values: np.ndarray, log: bool) -> tuple[float, float]:
    """Return the ends of an axis on which the values leave some room.

    Examples
    --------
    >>> with_room(np.array([2.0, 100.0]), log=False)
    (-2.0, 105.0)
    """
    low, high = float(values.min()), float(values.max())
    if not log:
        return -0.02 * high, 1.05 * high
    room = max(high / low, 1.5) ** 0.05
    return low / room, high * room


def ticks(low: float, high: float, log: bool) -> list[float]:
    """Return at most some seven round values within a range.

    Examples
    --------
    >>> ticks(0, 16, log=False), ticks(1, 40, log=True)
    ([0.0, 5.0, 10.0, 15.0], [1.0, 2.0, 5.0, 10.0, 20.0])
    """
    if log:
        decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        for parts in ((1, 2, 5), (1, 3), (1,)):
            found = [part * 10.0**k for k in decades for part in parts if low <= part * 10.0**k <= high]
            if len(found) <= 7:
                break
        return found[:: math.ceil(len(found) / 7)] if len(found) > 2 else ticks(low, high, log=False)
    rough = (high - low) / 5
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(part * size for part in (1, 2, 5, 10) if part * size >= rough)
    return [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def share(value: float, low: float, high: float, log: bool) -> float:
    """Return where on an axis a value lies, 0 at its low end and 1 at its high end."""
    if log:
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


def at(place: float, low: float, high: float, log: bool) -> float:
    """Return the value at a place on an axis: what `share` undoes."""
    if log:
        return low * (high / low) ** place
    return low + (high - low) * place
