"""How a number is written: digits, prefix, separators.

tests/quantities.json has the cases, which viz/client/kit/quantities.js passes too. A number is rounded to significant
digits, three in figures and two in prose, but a whole one is written in full if it is below
ten million, or has no more digits than that. A unit that takes
prefixes gets the one that leaves one to three digits before the point; of a unit that takes none, there are millions,
billions and trillions. What is outside all of that is a power of ten. Times are written in the unit in which people
speak of them.
"""

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel import Locale

FIGURE, PROSE = 3, 2
"""Significant digits of a figure, and of a number in a sentence."""

PREFIXED = ("s", "B", "B/s", "B/s/W", "B/s/mm²", "FLOP", "FLOP/s", "W", "J", "Hz", "bit", "bit/s")
_PREFIXES = {18: "E", 15: "P", 12: "T", 9: "G", 6: "M", 3: "k", 0: "", -3: "m", -6: "µ", -9: "n", -12: "p"}
_MANY = {12: "trillion", 9: "billion", 6: "million"}
_TIMES = (
    (172_800, 86_400, "day"),
    (7_200, 3_600, "h"),
    (120, 60, "min"),
)  # from how many seconds, of how many, in what
_SIZES = {name: size for _, size, name in _TIMES}
_IN_FULL = 10_000_000
_LEAST_PERCENT = 1e-6  # a smaller one has a power of ten in place of zeros that nobody counts
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def scaled(value: float, unit: str, digits: int = FIGURE) -> tuple[float, int, str, str]:
    """Return a quantity in the unit in which it is written.

    Parameters
    ----------
    value : float
        Finite, in `unit`.
    unit : str
        Unit as in a figure: "share", "s", "B/s", "cycle", "".
    digits : int
        Significant digits.

    Returns
    -------
    number : float
        Rounded.
    exponent : int
        Of the power of ten that stands behind the number, 0 for none.
    many : str
        "million", "billion", "trillion" or "".
    unit : str
        With its prefix; "%" for a share.

    Examples
    --------
    >>> scaled(999.6e9, "B/s"), scaled(0.04372, "share")
    ((1.0, 0, '', 'TB/s'), (4.37, 0, '', '%'))
    """
    if unit == "share":
        percent = rounded(100 * value, digits)
        if value < 1 and percent >= 100:  # what is not all is not written as all
            percent = 100 - 10.0 ** (2 - digits)
        if 0 < abs(percent) < _LEAST_PERCENT:
            number, exponent, many, _ = scaled(100 * value, "", digits)
            return number, exponent, many, "%"
        return percent, 0, "", "%"
    if unit == "s":
        for least, size, name in _TIMES:
            if abs(value) >= least:
                return rounded(value / size, digits), 0, "", name
    if value == 0:
        return 0.0, 0, "", unit
    size = math.floor(math.log10(abs(float(f"{value:.{digits - 1}e}"))))
    if unit in PREFIXED and -12 <= size < 21:
        prefix = 3 * (size // 3)
        return rounded(value / 10.0**prefix, digits), 0, "", _PREFIXES[prefix] + unit
    if value == int(value) and abs(value) < max(_IN_FULL, 10**digits):
        return float(value), 0, "", unit
    if 6 <= size < 15:
        many = 3 * (size // 3)
        return rounded(value / 10.0**many, digits), 0, _MANY[many], unit
    if -3 <= size < 6:
        return rounded(value, digits), 0, "", unit
    return rounded(float(Decimal(value).scaleb(-size)), digits), size, "", unit


def per(value: float, unit: str, number: float, name: str) -> float:
    """Return how many of the units in which a value is written make one of its own: both ends of an interval need it.

    Parameters
    ----------
    value : float
        In `unit`.
    unit : str
        As of `scaled`.
    number, name : float, str
        The number and the unit that `scaled` gave.

    Examples
    --------
    >>> per(1246808, "USD", 1.25, "USD"), per(86400, "s", 24, "h") == 1 / 3600
    (1e-06, True)
    """
    if unit == "s" and name in _SIZES:
        return 1 / _SIZES[name]
    return 10.0 ** round(math.log10(number / value)) if value else 1.0


def rounded(value: float, digits: int) -> float:
    """Return a number with so many significant digits; halves go away from zero, as in the browser."""
    if value == 0:
        return 0.0
    exact = Decimal(value)
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), ROUND_HALF_UP))


def separated(number: float, locale: str) -> str:
    """Write a rounded number with the separators of a language.

    Examples
    --------
    >>> separated(-1234.5, "en"), separated(1234.5, "de"), separated(1234.5, "fr")
    ('−1,234.5', '1.234,5', '1\u202f234,5')
    """
    symbols = _locale(locale).number_symbols["latn"]
    whole, _, rest = f"{Decimal(repr(abs(number))):,f}".partition(".")
    text = whole.replace(",", symbols["group"]) + (symbols["decimal"] + rest if rest.strip("0") else "")
    return f"−{text}" if number < 0 else text


def raised(exponent: int) -> str:
    """Write an exponent: '⁻⁹'."""
    return str(exponent).translate(_RAISED)


@cache
def _locale(name):
    return Locale.parse(name)
