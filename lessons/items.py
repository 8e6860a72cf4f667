"""What a program can see of a question that gives its answer away."""

import re
from collections.abc import Sequence

from engine.language import Message, message
from lessons.lesson import Option
from lessons.ready import ReadyOption

_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"(?<![\w-])\d")  # not that of a name: A100, CS-2


def giveaway(options: Sequence[Option], ready: Sequence[ReadyOption]) -> Message | None:
    """Say by what an answer stands out to somebody who knows nothing of the matter.

    Parameters
    ----------
    options : sequence of Option
        As written.
    ready : sequence of ReadyOption
        The same, with their placeholders filled.

    Returns
    -------
    Message or None
        The rule that is broken, and the answers that break it. Of the answers with a number, all are computed or none
        is; all have a unit or none has; and a number stands in more than the right one.
    """
    shown = [
        (_TAG.sub("", answer.text), "{{" in option.text.text, answer.right)
        for option, answer in zip(options, ready, strict=True)
    ]
    shown = [entry for entry in shown if _NUMBER.search(entry[0])]
    computed = [text for text, filled, _ in shown if filled]
    typed = [text for text, filled, _ in shown if not filled]
    if computed and typed:
        return message("lesson_giveaway_computed", computed=computed[0], typed=typed[0])
    if len(shown) == 1 and computed and shown[0][2]:
        return message("lesson_giveaway_number", answer=computed[0])
    bare = [text for text, *_ in shown if not re.search(r"[^\W\d_]|%", re.split(r"\d(?!.*\d)", text)[-1])]
    if bare and len(bare) < len(shown):
        return message("lesson_giveaway_unit", answer=bare[0])
    return None
