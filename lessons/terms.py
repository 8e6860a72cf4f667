"""Which terms of the glossary a lesson uses before it links them."""

import re
from collections.abc import Mapping
from functools import cache

from lessons.glossary import Term
from lessons.lesson import Lesson

ENDING = "(?:s|es|e|en|n|x)?"  # of a plural, in the languages of the texts
SHORT = 4  # letters of a word that is read as it is written, as PE is
_LETTER = r"[^\W_]"
_LINK = re.compile(r"\[([^\]]*)\]\(#([\w-]+)\)")
_UNREAD = re.compile(r"\{\{.*?\}\}|`[^`]*`|\]\(https://[^)]*\)", re.DOTALL)


def unlinked(lesson: Lesson, terms: Mapping[str, Term]) -> list[tuple[int, str]]:
    """Find the terms that the steps of a lesson use before a link explains them.

    The prose of the steps counts, in the order in which it is read. A program cannot tell the link of a fabric from
    one of a page, so this is for an author to look at, and no mistake.

    Parameters
    ----------
    lesson : Lesson
        As read.
    terms : mapping of str to Term
        The glossary and the lesson's own terms, by the name of their links.

    Returns
    -------
    list of tuple of int and str
        The line of the first use and the name of the link that it wants, in the order of reading.
    """
    found, known = [], set()
    for step in lesson.steps:
        for name, at in _uses(step.prose.text, terms):
            if name in known:
                continue
            known.add(name)
            if at is not None:
                found.append((step.prose.line + step.prose.text.count("\n", 0, at), name))
    return found


def _uses(text, terms):
    """Return the terms in the order in which a text uses them, each with its place unless that is a link."""
    links = [(link.start(), link[2], None) for link in _LINK.finditer(text)]
    bare = _blank(_UNREAD, _blank(_LINK, text))
    uses = []
    for name, term in sorted(terms.items(), key=lambda item: -len(item[1].name)):
        used = _pattern(term.name)
        uses += [(use.start(), name, use.start()) for use in used.finditer(bare)]
        bare = _blank(used, bare)  # fused attention is not attention
    return [(name, at) for _, name, at in sorted(links + uses, key=lambda use: use[0])]


def _blank(pattern, text):
    return pattern.sub(lambda found: re.sub(r"\S", " ", found[0]), text)


@cache
def _pattern(name):
    written = re.escape(name).replace(r"\ ", r"\s+").replace("’", "['’]")
    return re.compile(
        f"(?<!{_LETTER})(?<!-){written}{ENDING}(?!{_LETTER}|-)", 0 if len(name) <= SHORT else re.IGNORECASE
    )
