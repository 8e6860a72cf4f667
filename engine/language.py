"""Texts: a message by its name and values, and a language that writes it.

A sentence stands once per language, in `engine/texts/LANGUAGE/*.ftl`, in the format of Project Fluent
(https://projectfluent.org/fluent/guide/). Whoever says something gives the name of a message and its values; who shows
it knows the language. The browser reads the same files: viz/client/kit/language.js.
"""

import contextlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import CurrentEnvironment, ResolverEnvironment
from fluent.runtime.types import FluentFloat

from engine.quantities import FIGURE, PREFIXED, PROSE, per, raised, rounded, scaled, separated

TEXTS = Path(__file__).parent / "texts"
APART = 1e4  # a factor between two numbers that nobody reads in one unit
_ZEROS = {"": 0, "million": 6, "billion": 9, "trillion": 12}


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, as the value of a message.

    Attributes
    ----------
    value : float
        In `unit`.
    unit : str
        As in a figure: "share", "s", "B/s", "cycle".
    digits : int
        Significant digits.
    """

    value: float
    unit: str
    digits: int = PROSE

    def encoded(self) -> dict:
        """Return JSON that viz/client/kit/language.js reads."""
        return {"value": self.value, "unit": self.unit, "digits": self.digits}


@dataclass(frozen=True)
class Message:
    """Something to say, in no language yet; as a string it is in English.

    Attributes
    ----------
    id : str
        Name of the message in the texts, `name.attribute` for an attribute of one.
    values : mapping of str to float, int, bool, str, Quantity, Message or a list of these
        What its placeholders take. A string stays as it is in every language; a list is written with commas.
    """

    id: str
    values: Mapping[str, object]

    def __str__(self):
        return language("en")(self)

    def __hash__(self):
        return hash(self.id)  # a list may be among the values

    def encoded(self) -> dict:
        """Return JSON that viz/client/kit/language.js reads: the name as `id`, and the values."""
        return {"id": self.id, **{name: encoded(value) for name, value in self.values.items()}}


class Refusal(ValueError):
    """An error that is said to people, `said` in their language.

    Parameters
    ----------
    said : Message or str
        One sentence without its full stop: what, the rule, the value. A string is one of the command line, in English.
    """

    def __init__(self, said: Message | str):
        super().__init__(said)
        self.said = said

    def __str__(self):
        return str(self.said)


def message(name: str, /, **values) -> Message:
    """Return a message.

    Examples
    --------
    >>> str(message("quantity", number="12", unit="GB"))
    '12 GB'
    """
    return Message(name, values)


def encoded(value: object) -> object:
    """Return a message or a quantity as JSON, also in a list; what is neither as it is."""
    if isinstance(value, list | tuple):
        return [encoded(each) for each in value]
    return value.encoded() if isinstance(value, Message | Quantity) else value


def decoded(value: object) -> object:
    """Return what `encoded` wrote."""
    if isinstance(value, list):
        return [decoded(each) for each in value]
    if not isinstance(value, dict):
        return value
    fields = {name: decoded(each) for name, each in value.items()}
    if isinstance(fields.get("id"), str):  # another one, such as that of a color, is a number
        return Message(fields.pop("id"), fields)
    return Quantity(**fields) if fields.keys() == {"value", "unit", "digits"} else fields


class _Number(FluentFloat):
    """A number of which plural and text are known."""

    text: str

    def format(self, locale):
        return self.text


def _number(value, text):
    number = _Number(value)
    number.text = text
    return number


@dataclass(frozen=True)
class Language:
    """All texts in one language; call it with a message, or its name and values, to read one.

    Attributes
    ----------
    code : str
        Name of its folder, as in an address.
    usual : str
        The code of the language in which a page is whose address names none.

    Examples
    --------
    >>> language("en")("step_of", n=3, total=8)
    'Step 3 of 8'
    """

    code: str
    usual: str = "en"

    def __call__(self, said: Message | str, /, **values) -> str:
        """Return a text with its placeholders filled.

        Raises
        ------
        KeyError
            For a message that the language does not have, or a placeholder without a value.
        """
        if isinstance(said, Message):
            return self(said.id, **said.values)
        name, _, attribute = said.partition(".")
        found = self._bundle.get_message(name)
        pattern = found.attributes[attribute] if attribute else found.value
        # As FluentBundle.format_pattern does it, but for its turning our numbers into its own.
        filled = CurrentEnvironment({key: self._filled(value) for key, value in values.items()})
        environment = ResolverEnvironment(self._bundle, [], current=filled)
        text = pattern(environment)
        if environment.errors:
            raise KeyError(f"{said}: {environment.errors[0]}")
        return text

    def __contains__(self, name: str) -> bool:
        """Return whether there is a message."""
        return self._bundle.has_message(name)

    def number(self, value: float | int | str | bool, digits: int = FIGURE) -> str:
        """Write a value without a unit."""
        return self.quantity(value, "", digits)

    def quantity(self, value: float | int | str | bool, unit: str, digits: int = FIGURE) -> str:
        """Write a value with its unit; arguments as of `parts`.

        Examples
        --------
        >>> language("en").quantity(745500, "PE"), language("de").quantity(0.04372, "share")
        ('745,500 PEs', '4,37 %')
        """
        return self._joined(*self.parts(value, unit, digits))

    def parts(self, value: float | int | str | bool, unit: str, digits: int = FIGURE) -> tuple[str, str]:
        """Write a value and its unit apart, for a table or a large figure.

        Parameters
        ----------
        value : float, int, str or bool
            What a figure holds; a word has a message `value_WORD` where it is translated.
        unit : str
            Its unit; one that is a word has a message `unit_WORD`, with `per` for a stroke.
        digits : int
            Significant digits of a number that is not written in full.

        Returns
        -------
        number, unit : str
            The unit is "" where there is none.
        """
        if isinstance(value, bool):
            return self("yes" if value else "no"), ""
        if isinstance(value, str):
            return self(f"value_{value}") if f"value_{value}" in self else value, unit
        if not math.isfinite(value):
            return "–", unit and self._unit(0, "", unit)
        number, exponent, many, name = scaled(value, unit, digits)
        text = separated(number, self.code) + (f" × 10{raised(exponent)}" if exponent else "")
        return text, self._unit(value if exponent else number, many, name)

    def between(self, low: float, high: float, unit: str, digits: int = FIGURE) -> str:
        """Write both ends of an interval, in the unit of the higher one: '20.7 to 28.1 days'."""
        number, exponent, many, name = scaled(high, unit, digits)
        scale = per(high, unit, number, name)
        ends = [separated(rounded(end * scale, digits), self.code) for end in (low, high)]
        number = self("between", low=ends[0], high=ends[1]) + (f" × 10{raised(exponent)}" if exponent else "")
        return self._joined(number, self._unit(high if exponent else rounded(high * scale, digits), many, name))

    def quantities(self, values: Sequence[float], unit: str, digits: int = FIGURE) -> list[str]:
        """Write values that are compared, in the unit of most of them; in units of their own if they are far apart.

        Examples
        --------
        >>> language("en").quantities([160e18, 310e21], "FLOP"), language("en").quantities([48e3, 40e9], "B")
        (['160 EFLOP', '310,000 EFLOP'], ['48 kB', '40 GB'])
        """
        sizes = sorted(value for value in values if value)
        own = [(size, *scaled(size, unit, digits)) for size in sizes if unit in PREFIXED]
        units = [(name, per(size, unit, number, name)) for size, number, exponent, _, name in own if not exponent]
        if not units or sizes[-1] >= APART * sizes[0]:
            return [self.quantity(value, unit, digits) for value in values]
        name, scale = max(units, key=units.count)
        alike = [rounded(value * scale, digits) for value in values]
        return [self._joined(separated(value, self.code), self._unit(value, "", name)) for value in alike]

    @property
    def query(self) -> str:
        """What an address ends with that leads to this language."""
        return "" if self.code == self.usual else f"?lang={self.code}"

    def said(self, text: Message | str) -> str:
        """Return the text of a message; a string, such as the name of a document, stays as it is."""
        return text if isinstance(text, str) else self(text)

    def source(self, *files: str) -> str:
        """Return the texts of some files as they stand, for a page.

        Parameters
        ----------
        *files : str
            Names without `.ftl`, as "numbers"; "fabric" is also "fabric_stage" and the like. All files by default.
        """
        beginnings = tuple(f"{file}_" for file in files) or ""
        return "\n".join(text for name, text in _files(self.code).items() if f"{name}_".startswith(beginnings))

    def _unit(self, number, many, unit):
        name = "unit_" + unit.replace("/", "_per_")
        counted = number * 10 ** _ZEROS[many]
        text = self(name, n=_number(counted, "")) if unit and name in self else unit
        if not many:
            return text
        counting = _number(number, "")
        return self(f"{many}_of", n=counting, unit=text) if text else self(many, n=counting)

    def _joined(self, number, unit):
        if not unit:
            return number
        return f"{number}×" if unit == "×" else self("quantity", number=number, unit=unit)

    def _filled(self, value):
        if isinstance(value, Message):
            return self(value)
        if isinstance(value, Quantity):
            return _number(value.value, self.quantity(value.value, value.unit, value.digits))
        if isinstance(value, bool):
            return self.number(value)
        if isinstance(value, int | float):
            return _number(value, self.number(value, PROSE))
        if isinstance(value, list | tuple):
            return ", ".join(str(getattr(filled, "text", filled)) for filled in map(self._filled, value))
        return value

    @property
    def _bundle(self):
        return _bundle(self.code)


@cache
def _files(code):
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((TEXTS / code).glob("*.ftl"))}


@cache
def _bundle(code):
    bundle = FluentBundle([code], use_isolating=False)
    for text in _files(code).values():
        bundle.add_resource(FluentResource(text))
    return bundle


def languages() -> tuple[str, ...]:
    """Return the codes of all languages."""
    return tuple(sorted(path.name for path in TEXTS.iterdir() if path.is_dir()))


def language(code: str, usual: str = "en") -> Language:
    """Return the texts of a language, those in English for one that is not known; "de-AT" finds German.

    Parameters
    ----------
    code : str
        As in an address.
    usual : str
        As of `Language`.

    Examples
    --------
    >>> language("de-AT").code, language("DE").code, language("xx").code
    ('de', 'de', 'en')
    """
    code = code.lower().partition("-")[0]
    return _read(code if code in languages() else "en", usual)


def preferred(header: str) -> str:
    """Return the code of the language that a browser asks for.

    Parameters
    ----------
    header : str
        Of a request: `Accept-Language`.

    Returns
    -------
    str
        A code of `languages()`, "en" if none is asked for.

    Examples
    --------
    >>> preferred("pt-BR, fr;q=0.8, de;q=0.9")
    'de'
    """
    asked = []
    for part in header.split(","):
        tag, _, quality = part.strip().partition(";q=")
        with contextlib.suppress(ValueError):
            asked.append((-float(quality or 1), tag.lower().partition("-")[0]))
    return next((code for _, code in sorted(asked, key=lambda each: each[0]) if code in languages()), "en")


@cache
def _read(code, usual):
    return Language(code, usual)
