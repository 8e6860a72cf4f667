"""Choosing a layout: what fits in memory, and which of that is fastest by estimate."""

import itertools
import math
from functools import lru_cache
from typing import NamedTuple

from engine.cited import table
from engine.cluster.gpu import (
    OPTIMISER_BYTES,
    Cluster,
    Job,
    Layout,
    costs,
    data_reduce_s,
    divided_batch,
    layer_weights,
    layers_state_bytes,
    least_memory_bytes,
    memory_bytes,
    n_microbatches,
    n_reductions,
)
from engine.language import Message, Quantity, Refusal, message
from engine.transformer import FP16_BYTES, embedding_parameters

DIVIDING = ("tp", "pp", "interleave", "cp", "ep")  # what a program can do or not
TENSOR_RANKS = (1, 2, 4, 8, 16, 32, 64)
MICRO_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128)
LEAST_BUBBLE = 0.01  # of a step: what is shorter is not interleaved further
MAX_TASKS = 2_000_000  # of one step
LONG = 8192  # tokens: longer sequences are divided unasked (Megatron-Bridge, docs/training/moe-optimization.md)
NEARBY = 0.05  # share of a batch: who has one that does not divide evenly takes another that is at most so far off


class DoesNotFit(Refusal):
    """No layout fits; what is said says how much memory is missing, `need_bytes` what the best one takes [B]."""

    def __init__(self, said: Message, need_bytes: float | None = None):
        super().__init__(said)
        self.need_bytes = need_bytes


class _Group(NamedTuple):
    """A layout, and the stages of ZeRO and the chunks a stage that may stand in place of its own, in order."""

    layout: Layout
    zero: list[int]
    interleave: list[int]


@lru_cache(maxsize=4096)
def best_layout(job: Job, cluster: Cluster, n_devices: int, wishes: tuple[tuple[str, object], ...]) -> Layout:
    """Return the fastest layout, by estimate, among those that fit in memory and divide the work evenly.

    Where a layout does not divide the batch, it takes the nearest one that it divides, if that is `NEARBY`. The fastest
    is that which takes least for a sequence.

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
    if said := _beyond(cluster.software, fixed):
        raise DoesNotFit(said)
    groups = list(_groups(job, cluster, n_devices, fixed))
    if not groups:
        raise DoesNotFit(_no_division(job, cluster, n_devices, fixed))
    room = cluster.gpu.hbm_bytes
    # From the least that computing alone would take: no group beyond the fastest so far can hold a faster one.
    possible = [i for i, group in enumerate(groups) if _least_state_bytes(job.model, *_state_of(group)) <= room]
    bounds = sorted((_least_s(job, cluster, groups[i]), i) for i in possible)
    best, best_s = None, math.inf
    for least_s, i in bounds:
        if least_s >= best_s:
            break
        for zero in groups[i].zero:
            one = _with(groups[i].layout, zero, 1)
            if least_memory_bytes(job, one, cluster.software) > room:
                continue
            timed = [
                (estimate_s(job, each, cluster) / divided_batch(job, each), each)
                for each in (_with(one, zero, v) for v in groups[i].interleave)
            ]
            faster = sorted((pair for pair in timed if pair[0] < best_s), key=lambda pair: pair[0])
            for seconds, layout in faster:
                if memory_bytes(job, layout, cluster.software) <= room:
                    best, best_s = layout, seconds
                    break
    if best is None:
        raise DoesNotFit(*_shortage(job, cluster, groups, n_devices))
    return best


def _state_of(group):
    """Return what the state of a group depends on."""
    layout = group.layout
    return layout.tp, layout.cp, layout.pp, layout.dp, layout.ep, group.zero[-1]


@lru_cache(maxsize=16384)
def _least_state_bytes(model, tp, cp, pp, dp, ep, zero):
    """Return the least state of the layers on the fullest GPU [B]."""
    return layers_state_bytes(model, Layout(tp, pp, dp, 1, zero=zero, cp=cp, ep=ep))


def _shortage(job, cluster, groups, n_devices):
    """Say how much memory is missing where nothing fits, and what the layout that needs least takes [B]."""
    smallest = {}  # micro-batches, of which larger ones need no less
    for group in groups:
        key = group.layout.tp, group.layout.pp, group.layout.recompute, group.layout.cp, group.layout.ep
        if key not in smallest or group.layout.micro_batch < smallest[key].layout.micro_batch:
            smallest[key] = group
    few = (_with(group.layout, zero, group.interleave[0]) for group in smallest.values() for zero in group.zero)
    needs = ((memory_bytes(job, layout, cluster.software), layout) for layout in few)
    least, nearest = min(needs, key=lambda pair: pair[0])
    room = cluster.gpu.hbm_bytes
    divided = nearest.cp > 1 or job.model.experts
    why = message(
        "scaling_least_memory" + (".divided" if divided else ""),
        **{name: str(getattr(nearest, name)) for name in ("tp", "pp", "dp", "zero", "recompute")},
        **({"cp": str(nearest.cp), "ep": str(nearest.ep)} if divided else {}),
        sold=Quantity(room / table("calibration")["memory"]["capacity"].value, "B", digits=3),
        **missing(least, room),
    )
    return message("scaling_memory", why=why, got=n_devices), least


def missing(need_bytes: float, room_bytes: float) -> dict[str, Quantity]:
    """Return the values of a message on memory that does not suffice: `need`, `room` and `missing`."""
    found = {"need": need_bytes, "room": room_bytes, "missing": need_bytes - room_bytes}
    return {name: Quantity(size, "B", digits=3) for name, size in found.items()}


def estimate_s(job: Job, layout: Layout, cluster: Cluster) -> float:
    """Return roughly how long a step of `divided_batch` takes [s]: to rank layouts, figures come from the schedule."""
    each, model = costs(job, layout, cluster), job.model
    m, chunks = n_microbatches(job, layout), layout.interleave
    forward, backward = _passes_s(each, model.layers / layout.pp)
    stage, bubble = forward + backward, (layout.pp - 1) / chunks
    # A stage that sends waits for the message twice per chunk and micro-batch unless it goes on computing.
    sends = 0.0 if layout.overlap else 2 * each.send * chunks
    layer, of_experts = layer_weights(model, layout)
    weights = (model.layers * layer + embedding_parameters(model, 0) / layout.tp) / layout.pp
    experts = model.layers * of_experts / layout.pp
    sharded = bool(layout.zero)
    update = weights / (layout.copies if sharded else 1) + experts / (layout.expert_copies if sharded else 1)
    update = update * OPTIMISER_BYTES / cluster.gpu.bytes_per_s
    if layout.zero == 3:
        share = cluster.software.shard_rate
        # Layer by layer, so that each pays the latency of its own.
        sizes = (FP16_BYTES * each / model.layers / share for each in (weights, experts))
        gathers = 3 * m * model.layers * data_reduce_s(cluster, layout, *sizes)
        return update + (max(m * stage, gathers) if layout.overlap else m * stage + gathers)
    parts = n_reductions(job, layout)  # each pays its own latency

    def reduced(size):
        return parts * data_reduce_s(cluster, layout, size * weights / parts, size * experts / parts)

    reduce = reduced(cluster.software.grad_bytes)
    gather = reduced(FP16_BYTES) if layout.zero else 0.0
    if layout.overlap:
        # The last backward pass and the first forward pass hide all but a part.
        waits = max(reduce / parts, reduce - backward) + max(gather / parts, gather - forward)
    else:
        waits = reduce + gather
    again = (m - 1) * (max(0.0, reduce - backward) if layout.overlap else reduce) if layout.zero == 2 else 0.0
    return (m + bubble) * (stage + sends) + waits + again + update


def _least_s(job, cluster, group):
    """Return what a sequence takes at least in the layouts of a group [s]: computing, and the shortest bubble."""
    forward, backward = _passes_s(costs(job, group.layout, cluster), job.model.layers / group.layout.pp)
    bubble = (group.layout.pp - 1) / group.interleave[-1] / ((1 + NEARBY) * job.global_batch)
    return (1 / (group.layout.dp * group.layout.micro_batch) + bubble) * (forward + backward)


def _passes_s(each, layers):
    """Return how long the passes of a micro-batch through some layers take, forward and backward [s]."""
    forward = layers * (each.forward + sum(each.forward_exchange)) + each.head_forward
    backward = each.backward + sum(each.backward_exchange) + each.recompute + sum(each.recompute_exchange)
    backward = layers * backward + each.head_backward
    return forward, backward


def _groups(job, cluster, n_devices, fixed, most_tasks=MAX_TASKS):
    """Yield what divides devices, a batch nearby, heads and layers evenly and keeps to wishes and software."""
    model, software = job.model, cluster.software
    batches = [b for b in MICRO_BATCHES if b <= job.global_batch]
    divided = itertools.product(
        _given(fixed, "tp", TENSOR_RANKS[:4] if model.experts else TENSOR_RANKS, software),
        _given(fixed, "cp", _contexts(job.sequence_length), software),
        _given(fixed, "pp", _depths(model.layers), software),
    )
    for tp, cp, pp in divided:
        if model.heads % tp or model.ffn % tp or tp > cluster.network.node_size:
            continue
        if n_devices % (tp * cp * pp) or (cp > 1 and job.sequence_length % (2 * cp)):
            continue
        dp = n_devices // (tp * cp * pp)
        if fixed.get("dp", dp) != dp:
            continue
        # Without data-parallel ranks there is nothing to divide.
        stages = [z for z in software.zero if z < 2 or not model.experts]
        zero = _given(fixed, "zero", stages if cp * dp > 1 else (0,))
        ranks = [
            ep
            for ep in _given(fixed, "ep", _divisors(model.experts), software)
            if not ((model.experts or 1) % ep or tp * cp * dp % ep)
            # Unasked, experts are left whole, as in all published layouts, and only their optimiser state is sharded.
            if not model.experts or tp == 1 or ep > 1 or fixed.keys() & {"tp", "ep"}
        ]
        if ranks:
            for micro_batch in _given(fixed, "micro_batch", batches):
                plain, in_turn = _rounds(job, dp * micro_batch), _rounds(job, dp * micro_batch * pp) if pp > 1 else 0
                m = plain or in_turn * pp
                chunks = [
                    v
                    for v in _given(fixed, "interleave", _chunks(model.layers, pp, m, in_turn), software)
                    if pp * v <= model.layers + 2 and (plain if v == 1 else in_turn)
                    if m * max(pp * v, model.layers // 8) * 8 <= most_tasks
                ]
                zeros = [z for z in zero if z < 3 or (pp == 1 and chunks == [1])]
                recomputed = _given(fixed, "recompute", software.usual or software.recompute)
                if chunks and zeros:
                    for ep, recompute in itertools.product(ranks, recomputed):
                        own = {"recompute": recompute, "overlap": fixed["overlap"], "cp": cp, "ep": ep}
                        layout = Layout(tp, pp, dp, micro_batch, **own)
                        yield _Group(layout, zeros, chunks)


def _with(layout, zero, interleave):
    """Return the layout with another stage of ZeRO and number of chunks: `dataclasses.replace` takes too long here."""
    same = layout.tp, layout.pp, layout.dp, layout.micro_batch
    return Layout(*same, interleave, zero, layout.recompute, layout.overlap, layout.cp, layout.ep)


def _depths(layers):
    """Return the numbers of stages that are tried: those that divide the layers evenly or nearly, and powers of 2."""
    return [p for p in range(1, min(layers, 64) + 1) if _divides(p, layers) or p & (p - 1) == 0]


def _contexts(length):
    """Return the context-parallel ranks that are tried: users turn to them where sequences are long."""
    return [1, 2, 4, 8, 16, 32] if length > LONG else [1]


def _divisors(experts):
    """Return the numbers of ranks that so many experts can be divided over, 1 without experts."""
    return [n for n in range(1, experts + 1) if experts % n == 0] or [1]


def _rounds(job, sequences):
    """Return how many times so many sequences make the batch or one nearby, 0 where they make none."""
    found = round(job.global_batch / sequences)
    return found if abs(found * sequences - job.global_batch) <= NEARBY * job.global_batch else 0


def _chunks(layers, pp, m, in_turn):
    """Return the chunks a stage that are tried: one, and those that divide the layers evenly or nearly.

    More of them shorten the wait for the first and the last micro-batch, until that is next to nothing. They need the
    micro-batches of a replica to be as many a stage.
    """
    tried, most = [1], (layers + 2) // pp if in_turn else 1
    for v in range(2, most + 1):
        if (pp - 1) / tried[-1] <= LEAST_BUBBLE * m:
            break
        if _divides(pp * v, layers):
            tried.append(v)
    return tried


def _divides(n, layers):
    """Whether `n` divides the layers, or the layers and the two tables of words."""
    return layers % n == 0 or (layers + 2) % n == 0


def _given(fixed, name, otherwise, software=None):
    """Return what is wished for, or all else that the software can do."""
    if name in fixed:
        return [fixed[name]]
    return [1] if software and name not in software.parallel else otherwise


def _beyond(software, fixed):
    """Say which wish goes beyond what the software can do."""
    able = {name: [1] for name in DIVIDING if name not in software.parallel}
    able |= {"zero": software.zero, "recompute": software.recompute, "overlap": sorted({False, software.overlap})}
    for name, choices in able.items():
        if name in fixed and fixed[name] not in choices:
            said = {"name": name, "choices": list(choices), "software": software.name}
            return message("scaling_beyond_software", **said, got=fixed[name])
    return None


def _no_division(job, cluster, n_devices, fixed):
    """Say which rule no layout keeps, with the parameter that breaks it."""
    model, batch, interleave = job.model, job.global_batch, fixed.get("interleave", 1)
    tp, pp, dp, micro_batch, cp, ep = (fixed.get(name, 1) for name in ("tp", "pp", "dp", "micro_batch", "cp", "ep"))
    most = model.layers + 2  # stages: the first and the last may hold tables of words only
    ways = "tp × cp × pp" if cp > 1 else "tp × pp"
    replicas, settled = n_devices // (tp * cp * pp), "tp" in fixed and "pp" in fixed
    if ep > 1 and not model.experts:
        return message("scaling_ep_without", got=ep)
    if model.experts and model.experts % ep:
        return message("scaling_ep_experts", experts=model.experts, got=ep)
    if cp > 1 and job.sequence_length % (2 * cp):
        return message("scaling_cp_length", length=job.sequence_length, got=cp)
    if model.heads % tp:
        return message("scaling_tp_heads", heads=str(model.heads), got=tp)
    if model.ffn % tp:
        return message("scaling_tp_ffn", ffn=model.ffn, got=tp)
    if tp > cluster.network.node_size:
        return message("scaling_tp_node", node=cluster.network.node_size, got=tp)
    if pp > most:
        return message("scaling_pp_layers", most=most, layers=model.layers, got=pp)
    if n_devices % (tp * cp * pp):
        return message("scaling_multiple_of_ranks", ways=ways, ranks=tp * cp * pp, got=n_devices)
    if n_devices // pp % ep:
        return message("scaling_ep_ranks", ranks=n_devices // pp, got=ep)
    if settled and fixed.get("dp", replicas) != replicas:
        return message("scaling_dp", ways=ways, dp=replicas, got=dp)
    if replicas % dp:
        if fixed.keys() & {"tp", "pp", "cp"}:
            return message("scaling_dp_divides", ways=ways, replicas=replicas, got=dp)
        return message("scaling_dp_divides_devices", devices=n_devices, got=dp)
    if fixed.get("zero") == 3 and pp > 1:
        return message("scaling_pp_with_zero", got=pp)
    if fixed.get("zero") == 3 and interleave > 1:
        return message("scaling_interleave_with_zero", got=interleave)
    if interleave > 1 and fixed.get("pp", 2) * interleave > most:
        return message("scaling_interleave_layers", got=interleave)
    near = Quantity(NEARBY, "share")
    if not _rounds(job, micro_batch):
        return message("scaling_micro_batch_divides", batch=str(batch), near=near, got=micro_batch)
    if any(_groups(job, cluster, n_devices, fixed, most_tasks=math.inf)):
        return message("scaling_tasks", got=batch)
    if interleave > 1 and any(_groups(job, cluster, n_devices, fixed | {"interleave": 1})):
        return message("scaling_interleave_batches", got=interleave)
    if "dp" in fixed and _rounds(job, dp * micro_batch):
        return message("scaling_dp_leaves", ways=ways, ranks=n_devices // dp, got=dp)
    settings = {"micro_batch": micro_batch, "near": near, "got": batch}
    if settled or "dp" in fixed:
        return message("scaling_batch", dp=dp if "dp" in fixed else replicas, **settings)
    return message("scaling_batch_up_to", dp=replicas, **settings)
