"""A figure in words: in the description of a page, for those who do not see it, and in the notes of a slide."""

from engine.language import Language
from engine.run import Figure


def figure_in_words(figure: Figure, t: Language) -> str:
    """Write a figure for people: label, value, unit and kind, in a language."""
    return t("figure_said", label=t(figure.label), value=figure.words(t), kind=t(f"kind_{figure.kind}"))
