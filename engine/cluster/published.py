"""The model of training clusters beside published figures.

`data/published_steps.csv` holds layouts on GPUs and what a step took, the other files all-reduces, the scaling of
GenSLM and the throughput of CS systems. Each row says whether constants of the model were chosen on it; where the sets
come from is in `data/published_sets.toml`.
"""

import csv
from dataclasses import replace
from functools import cache

import numpy as np

from engine.cited import DATA, table
from engine.cluster import collectives, gpu, wafer
from engine.cluster.gpu import Job, Layout
from engine.cluster.layout import DoesNotFit, best_layout
from engine.cluster.plan import cluster_of, plan_gpus, plan_wafers
from engine.cluster.wafer import Wafers
from engine.machines import machine_of, program, program_of
from engine.models import Model, custom, models
from engine.published import Comparison

GENSLM_SOFTWARE = "unfused"
MANY = 1024  # sequences: more than a wafer takes at once


def comparisons() -> list[Comparison]:
    """Return every published row beside what the engine gives."""
    return [*_steps(), *_genslm(), *_wafers(), _sandia(), *_all_reduces()]


@cache
def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of `data/{name}.csv`."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def step_s(row: dict[str, str]) -> float:
    """Return the time of a step that the engine gives for a row of `published_steps.csv` [s]."""
    job = Job(_shape(row), int(row["sequence_length"]), int(row["global_batch"]))
    cluster = cluster_of(row["device"], row["software"], precision=row["precision"])
    return gpu.step(job, _layout(row, job, cluster), cluster).step_s


def auto_step_s(row: dict[str, str]) -> float | None:
    """Return the same [s] where only model, devices, batch, length, year and precision are given, None if refused."""
    job = Job(_shape(row), int(row["sequence_length"]), int(row["global_batch"]))
    return _auto_s(job, row["device"], row["software"], int(row["n_devices"]), row["precision"])


@cache
def _auto_s(job, device, software, n_devices, precision=None):
    # The year is that of the program: the first rows of a paper may be of the one before.
    newest = program_of(device, program(software)["year"])
    try:
        if machine_of(device).family == "wafer":
            plan = plan_wafers(job, Wafers(machine_of(device).name, n_devices, newest))
        else:
            plan = plan_gpus(job, device, newest, n_devices, None, {}, precision)
        return plan.step(0).step_s * job.global_batch / plan.job.global_batch
    except DoesNotFit:
        return None


def samples_per_s(row: dict[str, str]) -> float:
    """Return the rate that the engine gives for a row of `published_wafers.csv` [sample/s]."""
    job = Job(models()[row["model"]], int(row["sequence_length"]), int(row["global_batch"]))
    wafers = Wafers(machine_of(row["device"]).name, int(row["n_devices"]), row["software"])
    plan = plan_wafers(job, wafers)
    return plan.job.global_batch / plan.step(0).step_s


def points(
    model: Model, device: str, sequence_length: int, global_batch: int | None, sharded: bool, rate_of_one: float
) -> dict[str, object]:
    """Return the published points that belong to a curve.

    Parameters
    ----------
    model : Model
        Shape of the transformer.
    device : str
        A cluster of `engine.machines`.
    sequence_length : int
        Length of a sequence [token].
    global_batch : int or None
        Batch of all points, None where it grows with the devices [sequence].
    sharded : bool
        Whether weights are divided over the replicas (ZeRO 3).
    rate_of_one : float
        What a device of the curve's first point contributes [token/s].

    Returns
    -------
    dict of str to column
        `n_devices`, `step_time` [s], `tokens_per_s`, `efficiency` against `rate_of_one`, as the curve's; `kind`,
        `source`, `row` and `set` in words; `settings`, how layout and software
        were set, by the names of `published_steps.csv`, as far as it is known.
    """
    found = [
        *_matching_steps(model, device, sequence_length, sharded),
        *_matching_genslm(model, device, sequence_length),
        *_matching_wafers(model, device, sequence_length),
    ]
    found = [point for point in found if global_batch in (None, point["global_batch"])]
    names = ("n_devices", "step_time", "tokens_per_s")
    columns = {name: np.array([point[name] for point in found], float) for name in names}
    columns["efficiency"] = columns["tokens_per_s"] / columns["n_devices"] / rate_of_one
    return columns | {name: [point[name] for point in found] for name in ("kind", "source", "row", "set", "settings")}


def _matching_steps(model, device, sequence_length, sharded):
    for row in rows("published_steps"):
        where = _shape(row), int(row["sequence_length"]), row["device"], row["zero"] == "3"
        if where == (model, sequence_length, device, sharded):
            point = _point(
                row["set"], row["row"], row["kind"], row["n_devices"], row["global_batch"], sequence_length,
                float(row["step_s"]),
            )  # fmt: skip
            yield point | {"settings": _known(row) | {"software": row["software"]}}


def _matching_genslm(model, device, sequence_length):
    for row in rows("published_genslm"):
        named = models()[row["model"]]
        if (named, row["device"], int(row["sequence_length"])) == (model, device, sequence_length):
            # A sample a GPU stands for the batch, which is not printed: rates follow, the length of a step does not.
            seconds = float(row["n_devices"]) / float(row["samples_per_s"])
            name = f"{named.label} on {row['n_devices']}"
            yield _point(
                "GenSLM on GPUs, efficiency",
                name,
                "measured",
                row["n_devices"],
                row["n_devices"],
                sequence_length,
                seconds,
            )


def _matching_wafers(model, device, sequence_length):
    for row in rows("published_wafers"):
        where = models()[row["model"]], row["device"], int(row["sequence_length"])
        if where == (model, device, sequence_length):
            seconds = float(row["global_batch"]) / float(row["samples_per_s"])
            yield _point(
                row["set"], row["row"], row["kind"], row["n_devices"], row["global_batch"], sequence_length, seconds
            )


def _point(set_name, row, kind, n_devices, global_batch, sequence_length, seconds):
    return {
        "set": set_name,
        "row": row,
        "kind": kind,
        "source": _source(set_name),
        "n_devices": int(n_devices),
        "global_batch": int(global_batch),
        "step_time": seconds,
        "tokens_per_s": int(global_batch) * sequence_length / seconds,
        "settings": {},
    }


def _source(set_name):
    return table("published_sets")[set_name]["source"]


def _shape(row):
    return _model_of(*(int(row[key]) for key in ("layers", "hidden", "heads", "vocab")))


@cache
def _model_of(*shape):
    # The rest of an architecture is known by these four, and is that of a GPT where no model has them.
    return next((m for m in models().values() if (m.layers, m.hidden, m.heads, m.vocab) == shape), custom(*shape))


def _layout(row, job, cluster):
    given = _known(row)
    given["overlap"] = cluster.software.overlap if row["overlap"] == "auto" else row["overlap"] == "true"
    if {"micro_batch", "recompute", "interleave"} <= given.keys():
        return Layout(**given)
    # The source leaves something open: the fastest that fits.
    return best_layout(job, cluster, int(row["n_devices"]), tuple(sorted(given.items())))


def _known(row):
    """Return the fields of the layout that a row gives."""
    numbers = ("tp", "pp", "dp", "cp", "ep", "interleave", "zero", "micro_batch")
    known = {key: int(row[key]) for key in numbers if row[key] not in (None, "auto")}
    if row["recompute"] != "auto":
        known["recompute"] = row["recompute"]
    return known


def _steps():
    for row in rows("published_steps"):
        published = float(row["step_s"])
        yield Comparison(
            row["set"], row["row"], published, step_s(row), "s", row["kind"], _source(row["set"]), row["used"],
            auto=auto_step_s(row),
        )  # fmt: skip


def _genslm():
    """Compare the rate of the fewest GPUs of each series, and the efficiency of the others against it."""
    base = {}
    for row in rows("published_genslm"):
        series, n = (row["model"], row["device"], row["sequence_length"]), int(row["n_devices"])
        # The batch is not printed: one sequence a GPU.
        job = Job(models()[row["model"]], int(row["sequence_length"]), n)
        cluster = cluster_of(row["device"], GENSLM_SOFTWARE)
        saved = {"zero": int(row["zero"]), "recompute": row["recompute"]}
        layout = Layout(1, 1, n, 1, **saved, overlap=cluster.software.overlap)
        both = float(row["samples_per_s"]), n / gpu.step(job, layout, cluster).step_s
        first = base.setdefault(series, (n, *both))
        label = f"{models()[row['model']].label}, {row['sequence_length']} tokens, {n} GPUs of {row['device']}"
        name, unit = f"GenSLM on GPUs, {'rate' if first[0] == n else 'efficiency'}", "sample/s"
        if first[0] != n:
            both, unit = [rate / n / (of_first / first[0]) for rate, of_first in zip(both, first[1:], strict=True)], ""
        yield Comparison(name, label, *both, unit, "measured", _source(name), row["used"])


def _wafers():
    for row in rows("published_wafers"):
        published, engine = float(row["samples_per_s"]), samples_per_s(row)
        job = Job(models()[row["model"]], int(row["sequence_length"]), int(row["global_batch"]))
        seconds = _auto_s(job, row["device"], row["software"], int(row["n_devices"]))
        yield Comparison(
            row["set"], row["row"], published, engine, "sample/s", row["kind"], row["source"], row["used"],
            auto=seconds and job.global_batch / seconds,
        )  # fmt: skip


def _sandia():
    """Compare how many times as fast several CS-3 are as one, each with the same share of the batch."""
    name, fact = "Speed-up of 16 CS-3", table("cases")["sandia"]
    n, model = int(fact["systems"].value), models()["megatron-1t"]
    machine = machine_of("cs3")
    one = Wafers(machine.name, 1, machine.software)
    share = wafer.fitting_micro_batch(Job(model, model.sequence_length, MANY), one)
    times = [
        plan_wafers(Job(model, model.sequence_length, share * systems), replace(one, n_systems=systems)).step(0).step_s
        for systems in (1, n)
    ]
    published = fact["speedup"]
    return Comparison(name, model.label, published.value, n * times[0] / times[1], "", published.kind, _source(name))


def _all_reduces():
    for row in rows("published_all_reduce"):
        n, size = int(row["n_ranks"]), int(row["message_bytes"])
        network = collectives.network_of(
            int(row["node_size"]), float(row["link_bytes_per_s"]), float(row["nic_bytes_per_s"])
        )
        engine = collectives.all_reduce_s(network, n, int(row["node_size"]), size)
        label = f"{n} GPUs, {size / 2**20:g} MiB"
        yield Comparison(
            row["set"], label, float(row["seconds"]), engine, "s", "measured", _source(row["set"]), row["used"]
        )
