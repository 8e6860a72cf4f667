"""Two ways to say the same run: one number of wafers, or a layout of GPUs."""

from pathlib import Path
from typing import ClassVar

import param
from panel.custom import JSComponent

from engine.run import Run

TOLD = {"cs": ("num_csx=",), "gpu": ("nnodes=",)}  # lines that a number of devices appears in
BLOCKS = {"cs": "", "gpu": "layout = dict("}  # and the block that it appears in


class Configurations(JSComponent):
    """The texts, with the lines that more devices change marked, each with a button that copies it."""

    texts = param.List(default=[], doc="For each cluster `label`, `code`, and `marked`, indices of lines.")

    _esm = Path(__file__).with_suffix(".js")

    _stylesheets: ClassVar[list[str]] = [Path(__file__).with_suffix(".css").read_text(encoding="utf-8")]


def configurations_of(run: Run, names: dict[str, str]) -> list[dict]:
    """Return what the component shows, wafers first.

    Parameters
    ----------
    run : Run
        Of the planner scene.
    names : dict of str to str
        Name of the cluster, by its kind.

    Returns
    -------
    list of dict
        `label`, `code` and `marked`.
    """
    found = run.charts["configuration"]
    rows = sorted(zip(found["cluster"], found["text"], found["decisions"], strict=True))
    return [
        {
            "label": f"{names[cluster]}: {n} number{'' if n == 1 else 's'} to choose",
            "code": text,
            "marked": _marked(cluster, text.splitlines()),
        }
        for cluster, text, n in rows
    ]


def configurations_said(run: Run) -> str:
    """Say how the two differ."""
    found = dict(zip(run.charts["configuration"]["cluster"], run.charts["configuration"]["lines_of_code"], strict=True))
    return "The same run, said twice. Marked is what changes with the number of devices." + (
        f" Behind them: {found['cs']:,} and {found['gpu']:,} lines of code, says Cerebras." if len(found) > 1 else ""
    )


def _marked(cluster, lines):
    marked, inside = [], False
    for i, line in enumerate(lines):
        starts = bool(BLOCKS[cluster]) and line.startswith(BLOCKS[cluster])
        inside = (inside or starts) and not line.startswith(")")
        if (inside and not starts) or any(word in line for word in TOLD[cluster]):
            marked.append(i)
    return marked
