"""What is refused, in the words of a form: commands name parameters and values, pages their labels."""

import re

import param

from engine.language import Language, Message
from engine.scenarios import Scenario
from viz.components.form import words


def in_words(refusal: Message | str, scenario: Scenario, t: Language) -> str:
    """Write a refusal with the labels of parameters and values in place of their names.

    Parameters
    ----------
    refusal : Message or str
        A sentence, or several.
    scenario : Scenario
        Of the scene, of any values.
    t : Language
        Of the page.

    Examples
    --------
    >>> from engine.language import language, message
    >>> from engine.scenarios.fabric import FabricScenario
    >>> said = message("must_be", name="dead_link", rule=message("rule_whole", low=1, high=4), got="'two_phase'")
    >>> in_words(said, FabricScenario(), language("en"))
    'A dead link must be a whole number from 1 to 4, got “Two phases”'
    """
    fields = scenario.fields()
    labels = {name: t(scenario.said_of(name)) for name in fields} | {scenario.scene: t(f"scene_{scenario.scene}")}
    choices = {
        choice: words(scenario, name, choice, t)
        for name, field in fields.items()
        if isinstance(field, param.Selector)
        for choice in field.objects
        if isinstance(choice, str)
    }

    def worded(value):
        if isinstance(value, Message):
            return Message(value.id, {name: worded(each) for name, each in value.values.items()})
        return (
            [worded(each) for each in value]
            if isinstance(value, list)
            else choices.get(value, value)
            if isinstance(value, str)
            else value
        )

    said = t.said(worded(refusal))
    # A name that is also a word of the language is one at the beginning of its sentence, or before "=".
    said = re.sub(
        r"\b([a-z]\w*)=([\w.]+)",
        lambda found: f"{labels.get(found[1], found[1])} = {choices.get(found[2], found[2])}",
        said,
    )
    said = re.sub(r"(^|[.:] )([a-z]\w*)(?= )", lambda found: found[1] + _capital(labels.get(found[2], found[2])), said)
    said = re.sub(r"'([^']*)'", lambda found: t("quoted", text=choices.get(found[1], found[1])), said)
    names = {name: label for name, label in labels.items() if "_" in name or name in ("tp", "pp", "dp")}
    plain = {choice: label for choice, label in choices.items() if re.search(r"[_\d]", choice)}
    return re.sub(r"\b[a-z]\w*\b(?!-)", lambda found: (names | plain).get(found[0], found[0]), said)


def _capital(text):
    return text[:1].upper() + text[1:]
