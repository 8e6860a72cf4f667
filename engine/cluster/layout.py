"""Choosing a layout: what fits in memory, and which of that is fastest by estimate."""

import math
from functools import lru_cache

from engine.cited import table
from engine.cluster.gpu import (
    OPTIMISER_BYTES,
    Cluster,
    Job,
    Layout,
    costs,
    data_reduce_s,
    memory_bytes,
    n_microbatches,
    n_reductions,
    state_bytes,
)
from engine.language import Message, Quantity, Refusal, message
from engine.transformer import FP16_BYTES, embedding_parameters, layer_parameters

MICRO_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128)
MAX_TASKS = 2_000_000  # of one step


class DoesNotFit(Refusal):
    """No layout fits; what is said says how much memory is missing, `need_bytes` what the best one takes [B]."""

    def __init__(self, said: Message, need_bytes: float | None = None):
        super().__init__(said)
        self.need_bytes = need_bytes


@lru_cache(maxsize=4096)
def best_layout(job: Job, cluster: Cluster, n_devices: int, wishes: tuple[tuple[str, object], ...]) -> Layout:
    """Return the fastest layout, by estimate, among those that fit in memory and divide the work evenly.

    Parameters
    ----------
    job : Job
        What is trained.
    cluster : Cluster
        Where.
    n_devices : int
        GPUs to use.
    wishes : tuple of (str, value)
        Fields of `Layout` that are given.

    Returns
    -------
    Layout
        With every field set.

    Raises
    ------
    DoesNotFit
        Names the parameter that cannot be met, or the missing memory.
    """
    fixed = dict(wishes)
    candidates = list(_candidates(job, cluster, n_devices, fixed))
    if not candidates:
        raise DoesNotFit(_no_division(job, cluster, n_devices, fixed))
    room, states = cluster.gpu.hbm_bytes, {}
    fitting, nearest, least = [], None, math.inf
    full = set()  # does not fit, nor with larger micro-batches: those need no less where a stage is one chunk
    for layout in candidates:
        kind = layout.tp, layout.pp, layout.zero, layout.recompute
        if kind in full:
            continue
        shape = layout.tp, layout.pp, layout.zero
        if shape not in states:
            states[shape] = state_bytes(job, layout, cluster.software)
        if states[shape] > max(room, least):
            continue
        need = memory_bytes(job, layout, cluster.software)
        if need <= room:
            fitting.append(layout)
            continue
        if layout.interleave == 1:
            full.add(kind)
        if need < least:
            nearest, least = layout, need
    if not fitting:
        why = message(
            "scaling_least_memory",
            **{name: str(getattr(nearest, name)) for name in ("tp", "pp", "dp", "zero", "recompute")},
            sold=Quantity(room / table("calibration")["memory"]["capacity"].value, "B", digits=3),
            **missing(least, room),
        )
        raise DoesNotFit(message("scaling_memory", why=why, got=n_devices), least)
    return min(fitting, key=lambda layout: estimate_s(job, layout, cluster))


def missing(need_bytes: float, room_bytes: float) -> dict[str, Quantity]:
    """Return the values of a message on memory that does not suffice: `need`, `room` and `missing`."""
    found = {"need": need_bytes, "room": room_bytes, "missing": need_bytes - room_bytes}
    return {name: Quantity(size, "B", digits=3) for name, size in found.items()}


def estimate_s(job: Job, layout: Layout, cluster: Cluster) -> float:
    """Return roughly how long a step takes [s]: to rank layouts only, figures come from the schedule."""
    each, model = costs(job, layout, cluster), job.model
    m, chunks, depth = n_microbatches(job, layout), layout.interleave, model.layers / layout.pp
    forward = depth * (each.forward + each.tp_forward) + each.head_forward
    backward = depth * (each.backward + each.tp_backward + each.recompute + each.tp_recompute) + each.head_backward
    stage, bubble = forward + backward, (layout.pp - 1) / chunks
    # A stage that sends waits for the message twice per chunk and micro-batch unless it goes on computing.
    sends = 0.0 if layout.overlap else 2 * each.send * chunks
    weights = (model.layers * layer_parameters(model) + embedding_parameters(model, 0)) / (layout.tp * layout.pp)
    update = weights / (layout.dp if layout.zero else 1) * OPTIMISER_BYTES / cluster.gpu.bytes_per_s
    if layout.zero == 3:
        share = cluster.software.shard_rate
        # Layer by layer, so that each pays the latency of its own.
        gathers = 3 * m * model.layers * data_reduce_s(cluster, layout, FP16_BYTES * weights / model.layers / share)
        return update + (max(m * stage, gathers) if layout.overlap else m * stage + gathers)
    parts = n_reductions(job, layout)  # each pays its own latency
    reduce = parts * data_reduce_s(cluster, layout, cluster.software.grad_bytes * weights / parts)
    gather = parts * data_reduce_s(cluster, layout, FP16_BYTES * weights / parts) if layout.zero else 0.0
    if layout.overlap:
        # The last backward pass and the first forward pass hide all but a part.
        waits = max(reduce / parts, reduce - backward) + max(gather / parts, gather - forward)
    else:
        waits = reduce + gather
    again = (m - 1) * (max(0.0, reduce - backward) if layout.overlap else reduce) if layout.zero == 2 else 0.0
    return (m + bubble) * (stage + sends) + waits + again + update


def _candidates(job, cluster, n_devices, fixed, most_tasks=MAX_TASKS):
    """Yield all layouts that divide devices, batch, heads and layers evenly and keep to the wishes."""
    model, node = job.model, cluster.network.node_size
    batches = sorted({1, *(b for b in MICRO_BATCHES if b <= job.global_batch)})
    for tp in _given(fixed, "tp", [t for t in (1, 2, 4, 8) if t <= node]):
        if model.heads % tp or model.ffn % tp:
            continue
        for pp in _given(fixed, "pp", _depths(model.layers)):
            if n_devices % (tp * pp) or pp * fixed["interleave"] > model.layers + 2:
                continue
            dp = n_devices // (tp * pp)
            if fixed.get("dp", dp) != dp:
                continue
            for micro_batch in _given(fixed, "micro_batch", batches):
                if job.global_batch % (dp * micro_batch):
                    continue
                m = job.global_batch // (dp * micro_batch)
                if (fixed["interleave"] > 1 and (m % pp or pp == 1)) or m * max(pp, model.layers // 8) * 8 > most_tasks:
                    continue
                for zero, recompute in _memory_savings(pp, dp, fixed):
                    yield Layout(tp, pp, dp, micro_batch, fixed["interleave"], zero, recompute, fixed["overlap"])


def _depths(layers):
    """Return the numbers of stages that are tried: those that divide the layers, and powers of 2, nearly even."""
    return [p for p in range(1, min(layers, 64) + 1) if layers % p == 0 or p & (p - 1) == 0]


def _memory_savings(pp, dp, fixed):
    # Without data-parallel ranks there is nothing to divide; ZeRO 2 reduces every micro-batch and is chosen by hand.
    for zero in _given(fixed, "zero", [0] if dp == 1 else [0, 1, 3]):
        if zero == 3 and (pp > 1 or fixed["interleave"] > 1):
            continue
        for recompute in _given(fixed, "recompute", ["none", "selective", "full"]):
            yield zero, recompute


def _given(fixed, name, otherwise):
    return [fixed[name]] if name in fixed else otherwise


def _no_division(job, cluster, n_devices, fixed):
    """Say which rule no layout keeps, with the parameter that breaks it."""
    model, batch, interleave = job.model, job.global_batch, fixed["interleave"]
    tp, pp, dp, micro_batch = (fixed.get(name, 1) for name in ("tp", "pp", "dp", "micro_batch"))
    most = model.layers + 2  # stages: the first and the last may hold tables of words only
    replicas, settled = n_devices // (tp * pp), "tp" in fixed and "pp" in fixed
    if model.heads % tp:
        return message("scaling_tp_heads", heads=str(model.heads), got=tp)
    if model.ffn % tp:
        return message("scaling_tp_ffn", ffn=model.ffn, got=tp)
    if pp > most:
        return message("scaling_pp_layers", most=most, layers=model.layers, got=pp)
    if n_devices % (tp * pp):
        return message("scaling_multiple_of_ranks", ranks=tp * pp, got=n_devices)
    if settled and fixed.get("dp", replicas) != replicas:
        return message("scaling_dp", dp=replicas, got=dp)
    if replicas % dp:
        if fixed.keys() & {"tp", "pp"}:
            return message("scaling_dp_divides", replicas=replicas, got=dp)
        return message("scaling_dp_divides_devices", devices=n_devices, got=dp)
    if fixed.get("zero") == 3 and pp > 1:
        return message("scaling_pp_with_zero", got=pp)
    if fixed.get("zero") == 3 and interleave > 1:
        return message("scaling_interleave_with_zero", got=interleave)
    if interleave > 1 and fixed.get("pp", 2) * interleave > most:
        return message("scaling_interleave_layers", got=interleave)
    if batch % micro_batch:
        return message("scaling_micro_batch_divides", batch=str(batch), got=micro_batch)
    if any(_candidates(job, cluster, n_devices, fixed, most_tasks=math.inf)):
        return message("scaling_tasks", got=batch)
    if interleave > 1 and any(_candidates(job, cluster, n_devices, fixed | {"interleave": 1})):
        return message("scaling_interleave_batches", got=interleave)
    if "dp" in fixed and batch % (dp * micro_batch) == 0:
        return message("scaling_dp_leaves", ranks=n_devices // dp, got=dp)
    settings = {"micro_batch": micro_batch, "got": batch}
    if settled or "dp" in fixed:
        return message("scaling_batch", dp=dp if "dp" in fixed else replicas, **settings)
    return message("scaling_batch_up_to", dp=replicas, **settings)
