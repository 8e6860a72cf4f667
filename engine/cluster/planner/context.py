"""How long a sequence may be: memory and rate against sequence length, and where each kind of cluster stops.

A GPU without fused attention keeps the scores, which grow with the square of the length; with it, memory grows with the
length alone. A wafer keeps the activations of one layer and, before release 2.0, the inputs of all.

Not modelled: context parallelism, activations that are moved off a GPU or a wafer, limits of a release of the software
other than memory. What people have run is in `data/context.csv`.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from engine.cluster import gpu, wafer
from engine.cluster.gpu import Cluster, Job
from engine.cluster.layout import DoesNotFit, best_layout, estimate_s
from engine.cluster.plan import Plan, cluster_of
from engine.cluster.published import rows
from engine.cluster.wafer import Wafers
from engine.machines import machines
from engine.transformer import score_bytes

COLUMNS = ("sequence_length", "memory", "limit", "tokens_per_s", "fits")
LENGTHS = tuple(1024 << i for i in range(8))  # 1k to 128k
SEQUENCES = 8  # of a batch on a wafer: the rate hardly depends on more
STACKS = {False: "megatron-2022", True: "te"}  # programs on GPUs, by whether their attention is fused


@lru_cache(maxsize=256)
def gpu_columns(job: Job, cluster: Cluster, n_devices: int) -> dict[str, list]:
    """Return memory and rate of a cluster of GPUs against sequence length.

    Parameters
    ----------
    job : Job
        The model; the batch of a step keeps its number of sequences.
    cluster : Cluster
        GPUs, and whether their software fuses attention.
    n_devices : int
        GPUs.

    Returns
    -------
    dict of str to list
        `sequence_length` [token], `memory` [B], `limit` [B], `tokens_per_s` per device by the estimate that ranks
        layouts (0 where nothing fits), and `fits`. Each length has the layout that is fastest there; where none fits,
        its memory is that of the layout that needs least.
    """
    columns = {name: [] for name in COLUMNS}
    wishes = (("overlap", cluster.software.overlap),)
    for length in LENGTHS:
        long_job = replace(job, sequence_length=length)
        rate, fits = 0.0, True
        try:
            layout = best_layout(long_job, cluster, n_devices, wishes)
            need = gpu.memory_bytes(long_job, layout, cluster.software)
            tokens = gpu.divided_batch(long_job, layout) * length
            rate = tokens / estimate_s(long_job, layout, cluster) / n_devices
        except DoesNotFit as error:
            if error.need_bytes is None:
                continue
            need, fits = error.need_bytes, False
        columns["sequence_length"].append(length)
        columns["memory"].append(need)
        columns["limit"].append(cluster.gpu.hbm_bytes)
        columns["tokens_per_s"].append(rate)
        columns["fits"].append(fits)
    return columns


@lru_cache(maxsize=256)
def wafer_columns(job: Job, wafers: Wafers, fused: bool) -> dict[str, list]:
    """Return memory and rate of wafers against sequence length; columns as of `gpu_columns`.

    Without `fused` attention the wafer keeps the scores of one layer too.
    """
    columns = {name: [] for name in COLUMNS}
    sram = machines()[wafers.machine].figures["sram"].value
    one = replace(wafers, n_systems=1)
    for length in LENGTHS:
        long_job = replace(job, sequence_length=length, global_batch=SEQUENCES)
        scores = 0.0 if fused else score_bytes(job.model, length, 1)
        need = wafer.least_bytes(long_job, one) + scores
        fits = need <= sram
        rate = 0.0
        if fits:
            micro_batch = wafer.fitting_micro_batch(long_job, one)
            rate = SEQUENCES * length / wafer.step(long_job, one, micro_batch).step_s
        columns["sequence_length"].append(length)
        columns["memory"].append(need)
        columns["limit"].append(sram)
        columns["tokens_per_s"].append(rate)
        columns["fits"].append(fits)
    return columns


def columns(plans: Sequence[tuple[Plan, str]]) -> dict[str, list]:
    """Return memory and rate against sequence length for some plans, without and with fused attention.

    Parameters
    ----------
    plans : sequence of (Plan, str)
        Each with the cluster of `engine.machines` it runs on; of a wafer that is not read.

    Returns
    -------
    dict of str to list
        The columns of `gpu_columns` after `cluster` ("gpu" or "cs") and `flash`.
    """
    parts = []
    for plan, device in plans:
        for fused, name in STACKS.items():
            if plan.wafers:
                parts.append(("cs", fused, wafer_columns(plan.job, plan.wafers, fused)))
                continue
            cluster = cluster_of(device, name, plan.cluster.network.node_size)
            parts.append(("gpu", fused, gpu_columns(plan.job, cluster, plan.n_devices)))
    joined = {"cluster": [], "flash": []}
    for family, fused, found in parts:
        joined["cluster"] += [family] * len(found["fits"])
        joined["flash"] += [fused] * len(found["fits"])
        for name, values in found.items():
            joined.setdefault(name, []).extend(values)
    return joined


def longest(found: dict[str, list], cluster: str, fused: bool) -> int:
    """Return the longest sequence that fits [token], 0 where none does; `found` is what `columns` returned."""
    rows = zip(found["cluster"], found["flash"], found["fits"], found["sequence_length"], strict=True)
    return max(
        (length for family, flash, fits, length in rows if (family, flash) == (cluster, fused) and fits), default=0
    )


def published() -> dict[str, list]:
    """Return sequence lengths that people have run, as columns of `data/context.csv`; rate nan where none is given."""
    found = rows("context")
    columns = {name: [row[name] for row in found] for name in ("system", "run", "kind", "source")}
    columns["sequence_length"] = [int(row["sequence_length"]) for row in found]
    columns["tokens_per_s"] = [float(row["tokens_per_s_per_device"] or "nan") for row in found]
    columns["works"] = [row["works"] == "yes" for row in found]
    return columns
