"""How numbers are written on screen and in tables."""

import math

from engine.language import Language
from engine.run import Figure
from lessons.expressions import percent, si


def shown(value: float | int | str | bool) -> str:
    """Write a value for people: whole numbers in full with thin spaces, others with three significant digits.

    Parameters
    ----------
    value : float, int, str or bool
        What a figure holds.

    Returns
    -------
    str
        Without a unit.

    Examples
    --------
    >>> shown(745500), shown(0.123456), shown(True), shown(1.5e-9)
    ('745\u202f500', '0.123', 'yes', '1.50e-09')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if value == int(value) and abs(value) < 1e15 if math.isfinite(value) else False:
        return f"{int(value):,}".replace(",", "\u202f")
    if 0.001 <= abs(value) < 1e4:
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return f"{value:.2e}"


def figure_in_words(figure: Figure, t: Language) -> str:
    """Write a figure for people: label, value, unit and kind, in a language."""
    if isinstance(figure.value, bool | str):
        value = t.translate(shown(figure.value))
    else:
        value = percent(figure.value) if figure.unit == "share" else si(figure.value, t.translate(figure.unit))
    return f"{t.said(figure.label)}: {value} ({t(f'kind_{figure.kind}')})"
