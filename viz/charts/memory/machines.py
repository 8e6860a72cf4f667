"""The machines of a run of the memory scene: what they are called."""

from engine.language import Language, Message
from engine.scenarios import SCENES

MOST = SCENES["memory"].at_most["machines"]


def home_of(machine: dict) -> dict:
    """Return the level in which a machine of a run has its operands; both as in the trace's `meta`."""
    return next(level for level in machine["levels"] if level["name"] == machine["home"])


def label_of(machine: dict, t: Language) -> str:
    """Return what a machine of a run, as in the trace's `meta`, is called in a language."""
    label = machine["label"]
    return t(label) if isinstance(label, Message) else label


def short_name(label: str) -> str:
    """Return the name of a machine without its system or its size.

    Examples
    --------
    >>> short_name("WSE-2 (CS-2)"), short_name("A100 SXM 80 GB")
    ('WSE-2', 'A100')
    """
    return label.partition(" (")[0].partition(" SXM")[0]
