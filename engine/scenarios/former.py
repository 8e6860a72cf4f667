"""What parameters and values were called before: an address goes on working when a name gets better.

Everything that is read as a scenario comes through here: addresses of pages, runs and embeds, command lines, JSON, rows
of a sweep, lessons. An entry stays for good, and its old name is not given to anything else. After a second change both
old names lead to the newest.
"""

import math
from collections.abc import Mapping

from engine.models import dense_models
from engine.transformer import parameters

# By scene, what was said to what is said now: {"columns": "width"} for the name of a parameter, and for a value
# {"program=sum": "program=reduce"}, with the name that its parameter has now.
_MODELS = {"model=llama-3-8b": "model=llama3-8b", "model=llama-3-70b": "model=llama3-70b"}
# Named after releases that their sources do not print.
_RELEASES = {"software=1.6": "software=genslm-2022", "software=2.4": "software=usc-2024"}
FORMER: dict[str, dict[str, str]] = {
    "memory": _MODELS,
    "scaling": _MODELS | _RELEASES,
    "planner": _MODELS | _RELEASES,
}


def name_now(scene: str, name: str) -> str:
    """Return what a parameter is called now.

    Parameters
    ----------
    scene : str
        A key of `engine.scenarios.SCENES`.
    name : str
        Of a parameter, now or once; any other comes back as it is.
    """
    return FORMER.get(scene, {}).get(name, name)


def items_now(scene: str, items: Mapping[str, object]) -> dict[str, object]:
    """Return names and values of a scenario as they are spelled now.

    Parameters
    ----------
    scene : str
        A key of `engine.scenarios.SCENES`.
    items : mapping of str to str or JSON value
        As given. Where a parameter has its old and its new name, the last one counts.

    Returns
    -------
    dict
        The same, with today's names.
    """
    renamed = FORMER.get(scene, {})

    def value_now(name, value):
        if isinstance(value, list):
            return [value_now(name, each) for each in value]
        if not isinstance(value, str):
            return value
        return ",".join(renamed.get(f"{name}={word}", f"{name}={word}").partition("=")[2] for word in value.split(","))

    named = {name_now(scene, name): value for name, value in items.items()}
    found = {name: value_now(name, value) for name, value in named.items()}
    return _with_model(found) if scene == "memory" else found


def _with_model(items):
    """Return a pass through a model of `n` parameters as one through the nearest model, of those without experts."""
    if items.get("kernel") != "model_pass" or "n" not in items:
        return items
    size = items.pop("n")
    try:
        size = math.log(float(size))
    except (TypeError, ValueError):  # left to the engine, or no number
        return items
    sizes = {name: math.log(parameters(model, model.sequence_length)) for name, model in dense_models().items()}
    return {"model": min(sizes, key=lambda name: abs(sizes[name] - size))} | items
