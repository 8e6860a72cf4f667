"""The form of a scenario, and the address that always spells it.

Own controls instead of a widget library's, because those of Panel leave slider handles without names for a screen
reader and those of panel-material-ui weigh more than everything else on the page together.
"""

from collections import Counter

import param

from engine.language import Language
from engine.machines import clusters, machines
from engine.models import models
from engine.scenarios import Scenario
from engine.scenarios.scenario import unit_of
from viz.components.component import Component


class ScenarioForm(Component):
    """Native controls for the parameters of a scenario.

    What the visitor does arrives as an "edit" message, `{"name": value}`, or "cancel"; what is shown comes from here.
    """

    fields = param.List(default=[], doc="What `describe` returns: the controls. They change seldom.")

    values = param.Dict(default={}, doc="What each control shows, by name; perhaps more than there are controls.")

    taken = param.Dict(default={}, doc="What the engine took for what was left to it, by name, once a run has told.")

    presets = param.List(default=[], constant=True, doc="For each preset its name, its label and its query.")

    query = param.String(default="", doc="The scenario as spelled in the address, without a question mark.")

    view = param.String(default="", doc="How the page is looked at, as spelled in the address behind the scenario.")

    error = param.String(default="", doc="One sentence about a refused value, empty when all is well.")

    progress = param.Number(default=None, allow_None=True, bounds=(0, 1), doc="Share of a long run, None otherwise.")

    serial = param.Integer(default=0, bounds=(0, None), doc="Number of the edit that the values answer.")


def describe(scenario: Scenario, t: Language) -> list[dict]:
    """Describe the controls of a scenario as JSON values.

    Parameters
    ----------
    scenario : Scenario
        Whose relevant parameters become controls.
    t : Language
        Of the form.

    Returns
    -------
    list of dict
        `name label unit doc kind essential group` ("" for none) and, by `kind` ("integer", "number", "choice",
        "choices", "switch"), `low high` of the slider and `least most` of the number, or `options` (value, words and
        perhaps a group), `others`, which cannot be chosen now, and the `most` that can be chosen; `optional` where
        "auto" is accepted, and `automatic`, what the engine then takes, None where only a run can tell.
    """
    relevant = scenario.relevant()
    first = [name for name in scenario.essential if name in relevant]
    rest = [name for name in relevant if name not in first]
    return [_control(scenario, name, scenario.fields()[name], t) for name in first + rest]


def words(scenario: Scenario, name: str, choice: object, t: Language) -> str:
    """Write a choice for people: the label of a machine or a model, a number, or the text of a word.

    Parameters
    ----------
    scenario : Scenario
        Whose parameter it is, of any values.
    name : str
        Parameter that is chosen.
    choice : object
        One of its values, not None.
    t : Language
        Of the form.

    Examples
    --------
    >>> from engine.language import language
    >>> from engine.scenarios.fabric import FabricScenario
    >>> words(FabricScenario(), "machine", "wse2", language("de"))
    'WSE-2 (CS-2)'
    """
    labelled = clusters() | machines() if name in scenario.machine_menus else models()
    if choice in labelled:
        return labelled[choice].label
    return t.number(choice)


def _grouped(options, t):
    """Return options with the group of each: the first word of its name, and at the end experts, and those alone."""
    families = Counter(words.split()[0] for name, words in options if not models()[name].experts)
    experts, other = last = t("models_experts"), t("models_other")

    def group(name, words):
        if models()[name].experts:
            return experts
        return words.split()[0] if families[words.split()[0]] > 1 else other

    named = [[*each, group(*each)] for each in options]
    return sorted(named, key=lambda each: last.index(each[2]) if each[2] in last else -1)


def _control(scenario, name, parameter, t):
    unit = unit_of(parameter)
    key = scenario.said_of(name)
    group = next((group for group, names in scenario.groups.items() if name in names), "")
    control = {
        "name": name,
        "label": t(key),
        "unit": unit,
        "doc": t(f"{key}.doc"),
        "essential": name in scenario.essential,
        "group": group and t(f"group_{scenario.scene}_{group}"),
        "optional": bool(parameter.allow_None),
        "automatic": scenario.automatic(name) if parameter.allow_None else None,
    }
    if isinstance(parameter, param.Selector):
        choices = scenario.choices(name)
        others = [choice for choice in parameter.objects if choice not in choices]
        options, control["others"] = (
            [[choice, words(scenario, name, choice, t)] for choice in some if choice is not None]
            for some in (choices, others)
        )
        if isinstance(parameter, param.ListSelector):
            return control | {"kind": "choices", "options": options, "most": scenario.at_most.get(name, len(options))}
        return control | {"kind": "choice", "options": _grouped(options, t) if name == "model" else options}
    if isinstance(parameter, param.Boolean):
        return control | {"kind": "switch"}
    low, high = parameter.get_soft_bounds()
    least, most = parameter.bounds
    kind = "integer" if isinstance(parameter, param.Integer) else "number"
    return control | {"kind": kind, "low": low, "high": high, "least": least, "most": most}
