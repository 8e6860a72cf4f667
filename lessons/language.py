"""The texts of the interface and the glossary: one table a language, `lessons/texts/LANGUAGE.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from lessons.sentences import Translator

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Term:
    """An entry of the glossary.

    Attributes
    ----------
    name : str
        The word.
    text : str
        One or two sentences.
    """

    name: str
    text: str


@dataclass(frozen=True)
class Language:
    """All texts in one language; call it with a key to read one.

    Attributes
    ----------
    code : str
        Two letters, as in an address.
    interface : dict of str to str
        Texts by key; `{name}` is a placeholder.
    glossary : dict of str to Term
        By the name that a lesson's links use.
    sentences : dict of str to str
        Of what engine and scripts say, by the English sentence; empty for English. viz/client/kit/translate.js says
        more.

    Examples
    --------
    >>> language("en")("step_of", n=3, total=8)
    'Step 3 of 8'
    """

    code: str
    interface: dict[str, str]
    glossary: dict[str, Term]
    sentences: dict[str, str]

    @cached_property
    def translate(self) -> Translator:
        """What engine and scripts say, in this language: call it with the English text."""
        return Translator(self.sentences)

    @property
    def query(self) -> str:
        """What an address ends with that leads to this language."""
        return "" if self.code == "en" else f"?lang={self.code}"

    def __call__(self, key: str, **values) -> str:
        """Return a text with its placeholders filled; a key that is missing raises `KeyError`."""
        return self.interface[key].format(**values)


def languages() -> tuple[str, ...]:
    """Return the codes of all languages."""
    return tuple(sorted(path.stem for path in TEXTS.glob("*.toml")))


def language(code: str) -> Language:
    """Return the texts of a language, those in English for one that is not known."""
    return _read(code if code in languages() else "en")


@cache
def _read(code):
    tables = tomllib.loads((TEXTS / f"{code}.toml").read_text(encoding="utf-8"))
    glossary = {name: Term(**term) for name, term in tables["glossary"].items()}
    return Language(code, tables["interface"], glossary, tables.get("sentences", {}))
