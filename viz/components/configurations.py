"""Two ways to say the same run: one number of wafers, or a layout of GPUs."""

import param

from engine.run import Run
from viz.components.component import Component

# What has to be chosen, as `engine.cluster.planner.configuration` spells it.
CHOSEN = (
    "num_csx", "tensor_model_parallel_size", "pipeline_model_parallel_size", "data_parallel_size",
    "virtual_pipeline_chunks", "micro_batch_size", "zero_stage", "recompute_granularity", "overlap_grad_reduce",
)  # fmt: skip
SAID = "The same run, said twice. Marked is what has to be chosen."


class Configurations(Component):
    """The texts, with the lines that have to be chosen marked, each with a button that copies it."""

    texts = param.List(default=[], doc="For each cluster `label`, `code`, and `marked`, indices of lines.")


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
    found = run.columns("configuration")
    rows = sorted(zip(found["cluster"], found["text"], found["decisions"], strict=True))
    return [
        {
            "label": f"{names[cluster]}: {n} number{'' if n == 1 else 's'} to choose",
            "code": text,
            "marked": [i for i, line in enumerate(text.splitlines()) if any(f"{name}=" in line for name in CHOSEN)],
        }
        for cluster, text, n in rows
    ]
