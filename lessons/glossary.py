"""The words that lessons explain."""

import re
from dataclasses import dataclass
from functools import cache

from engine.language import Language


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


def link_of(name: str) -> str:
    """Return what a lesson's links call a term of its own, "" where its name has no letter.

    Examples
    --------
    >>> link_of("Thread block")
    'thread-block'
    """
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


@cache
def glossary(t: Language) -> dict[str, Term]:
    """Return the glossary in a language, by the name that a lesson's links use."""
    keys = re.findall(r"^term_(\w+) =", t.source("glossary"), re.MULTILINE)
    return {key.replace("_", "-"): Term(t(f"term_{key}"), t(f"term_{key}.text")) for key in keys}
