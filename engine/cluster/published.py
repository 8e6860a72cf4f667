"""The model of training clusters beside published figures.

`data/published_steps.csv` holds layouts on GPUs and what a step took, the other files all-reduces, the scaling of
GenSLM and the throughput of CS systems. Each row says whether constants were chosen on it.
"""

import csv
from functools import cache

from engine.cited import DATA
from engine.cluster import collectives, gpu, rates
from engine.cluster.gpu import Cluster, Job, Layout
from engine.cluster.layout import best_layout
from engine.models import custom
from engine.published import Comparison


@cache
def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of published figures."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def step_s(row: dict[str, str]) -> float:
    """Return the time of a step that the engine gives for a row of `published_steps.csv` [s]."""
    model = custom(*(int(row[key]) for key in ("layers", "hidden", "heads", "vocab")))
    job = Job(model, int(row["sequence_length"]), int(row["global_batch"]))
    stack = rates.software(row["software"])
    cluster = Cluster(rates.gpu(row["device"], stack), collectives.network(row["device"]), stack)
    return gpu.step(job, _layout(row, job, cluster), cluster).step_s


def _layout(row, job, cluster):
    whole = {key: int(row[key]) for key in ("tp", "pp", "dp", "interleave", "zero")}
    whole["overlap"] = cluster.software.overlap if row["overlap"] == "auto" else row["overlap"] == "true"
    if row["micro_batch"] != "auto" and row["recompute"] != "auto":
        return Layout(**whole, micro_batch=int(row["micro_batch"]), recompute=row["recompute"])
    # A row of which the source leaves something open: the fastest that fits.
    for key in ("micro_batch", "recompute"):
        if row[key] != "auto":
            whole[key] = int(row[key]) if key == "micro_batch" else row[key]
    return best_layout(job, cluster, int(row["n_devices"]), tuple(sorted(whole.items())))

def points(key, base):
    return {}

def comparisons():
    return [Comparison(r["set"],r["row"],float(r["step_s"]),step_s(r),"s",r["kind"],"x",r["used"]) for r in rows("published_steps")]
