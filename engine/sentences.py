"""To be removed. Sentences of the engine in another language, for what is written before any script runs.

The same rules as viz/client/kit/translate.js, which writes what a page shows and says what the keys of the table mean;
a test holds the two together.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cached_property

HOLE = re.compile(r"\{(n|raw|)\}")
WILD = {
    "": "(.+?)",
    "n": "([+−-]?[0-9][0-9\\s.,\u202f]*(?:[eE][+-]?[0-9]+)?|[¼½]|[0-9]* × 10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)",
    "raw": "(.*?)",
}
LIGHT = 6  # a pattern with fewer letters says little: a text is first taken apart
NO_SETTING = re.compile(r"(?<!\S)[^\s=]+(?!\S)")
THOUSANDS = re.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")  # in German this comma is a point
CUTS = ((re.compile(" · "), " · "), (re.compile("(?<=:) +"), " "), (re.compile("; "), "; "), (re.compile(", "), ", "))


class Translator:
    """Translates texts by a table of sentences.

    Parameters
    ----------
    sentences : mapping of str to str
        By the English sentence; empty where nothing is to be translated.
    """

    def __init__(self, sentences: Mapping[str, str]):
        self._exact = sentences

    def __call__(self, text: str) -> str:
        """Return a text in the other language; what the table does not have stays as it is."""
        if not self._exact:
            return text
        inner = text.strip()
        whole = text.replace(inner, self._known(inner) or inner, 1)
        return NO_SETTING.sub(lambda word: THOUSANDS.sub("\u202f", word[0]), whole)

    @cached_property
    def _patterns(self):
        found = []
        for english, other in self._exact.items():
            kinds = HOLE.findall(english)
            if kinds:
                parts = HOLE.split(english)[::2]
                wild = [*(WILD[kind] for kind in kinds), ""]
                expression = "".join(re.escape(part) + each for part, each in zip(parts, wild, strict=True))
                found.append((len("".join(parts)), re.compile(expression, re.DOTALL), kinds, other))
        return sorted(found, key=lambda pattern: -pattern[0])

    def _found(self, text):
        if text in self._exact:
            return self._exact[text]
        ways: list[Callable] = [
            lambda: self._apart(text, re.compile("(?<=[.!?]) +"), " "),
            lambda: self._matched(text, lambda weight: weight >= LIGHT),
            *(lambda cut=cut, glue=glue: self._apart(text, cut, glue) for cut, glue in CUTS),
            lambda: self._matched(text, lambda weight: weight < LIGHT),
        ]
        for way in ways:
            if (other := way()) is not None:
                return other
        bare = self._known(text[:-1]) if text.endswith(".") else None
        return bare and f"{bare}."

    def _known(self, text):
        """Return the same for a text that may need no translation."""
        other = self._found(text)
        return other if other is not None else None if _has_words(text) else text

    def _apart(self, text, cut, glue):
        pieces = cut.split(text)
        others = [self._known(piece) for piece in pieces] if len(pieces) > 1 else [None]
        return None if None in others else glue.join(others)

    def _matched(self, text, fits):
        for weight, expression, kinds, other in self._patterns:
            match = expression.fullmatch(text) if fits(weight) else None
            if match:
                pairs = zip(match.groups(), kinds, strict=True)
                values = [value if kind else self._known(value) for value, kind in pairs]
                if None not in values:
                    return other.format(*values)
        return None


def _has_words(text):
    """Return whether there is a word: not a unit, a number or the name of a machine."""
    lower = [unicodedata.category(letter) == "Ll" for letter in text]
    return any(text[i].isalpha() and lower[i + 1] and lower[i + 2] for i in range(len(text) - 2))
