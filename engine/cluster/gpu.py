"""One training step on a cluster of GPUs.

Ranks are numbered as in Megatron-LM: tensor-parallel ranks are neighbours, then context-parallel ones, then
data-parallel ones, then stages. Experts are divided over neighbours among all ranks of a stage, whatever else these
divide (parallel folding of Megatron-Core, arXiv:2603.07685). Each expert is whole on its rank, unless `ep` is 1: then
tensor-parallel ranks divide experts as all else. One replica is simulated: the slowest, for which all others wait.

Not modelled: offloading, other jobs on the network.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from engine.cited import table
from engine.cluster import pipeline
from engine.cluster.collectives import (
    Network,
    all_reduce_s,
    all_to_all_s,
    network,
    reduce_scatter_s,
    ring_exposed_s,
    send_s,
    shared,
)
from engine.cluster.rates import Gpu, Software, gpu, head_times, layer_times, software
from engine.cluster.schedule import Accounts, Schedule, Tasks, accounts, schedule
from engine.models import Model, custom
from engine.transformer import (
    FP16_BYTES,
    activation_bytes,
    embedding_parameters,
    experts_parameters,
    layers_parameters,
    score_bytes,
)

MAX_BUCKETS = 8  # reductions that a stage's gradients are cut into
OPTIMISER_BYTES = 42.0  # Adam per parameter: moments and master weights read and written, gradient, weight, norm


@dataclass(frozen=True)
class Job:
    """What is trained."""

    model: Model
    sequence_length: int
    global_batch: int
    imbalance: float = 1.0  # tokens of the rank whose experts are chosen most, against the mean


@dataclass(frozen=True)
class Layout:
    """How the work is divided.

    Attributes
    ----------
    tp, pp, dp : int
        Tensor-, pipeline- and data-parallel ranks.
    micro_batch : int
        Sequences that pass through a replica together.
    interleave : int
        Chunks of layers per stage.
    zero : int
        What data-parallel ranks divide: 0 nothing, 1 optimiser state, 2 gradients too, 3 weights too.
    recompute : str
        "none", "selective" or "full".
    overlap : bool
        Whether gradients are reduced beside the backward pass.
    cp, ep : int
        Context-parallel ranks, which divide sequences; ranks that experts are divided over.
    """

    tp: int
    pp: int
    dp: int
    micro_batch: int
    interleave: int = 1
    zero: int = 0
    recompute: str = "none"
    overlap: bool = True
    cp: int = 1
    ep: int = 1

    @property
    def n_devices(self) -> int:
        """GPUs in use."""
        return self.tp * self.cp * self.pp * self.dp

    @property
    def copies(self) -> int:
        """Ranks that hold the same weights, those of experts left out."""
        return self.cp * self.dp

    @property
    def expert_shards(self) -> int:
        """Ranks that the experts of a layer are divided over, or their matrices."""
        return self.ep if self.ep > 1 else self.tp

    @property
    def expert_copies(self) -> int:
        """Ranks that hold the same experts."""
        return self.tp * self.copies // self.expert_shards


@dataclass(frozen=True, eq=False)
class Cluster:
    """Where it runs."""

    gpu: Gpu
    network: Network
    software: Software


@dataclass(frozen=True, eq=False)
class Step:
    """A simulated training step."""

    schedule: Schedule

    @cached_property
    def accounts(self) -> Accounts:
        """Where its time goes."""
        return accounts(self.schedule)

    @property
    def step_s(self) -> float:
        """Length of the step [s]."""
        return self.schedule.step_s


def n_microbatches(job: Job, layout: Layout) -> int:
    """Return the micro-batches that a replica works through in a step: whole ones, and with chunks as many a stage.

    Examples
    --------
    >>> job = Job(custom(layers=8, hidden=256, heads=4, vocab=256), 128, 100)
    >>> n_microbatches(job, Layout(1, 4, 12, 1)), n_microbatches(job, Layout(1, 4, 12, 1, interleave=2))
    (8, 8)
    """
    in_turn = layout.pp if layout.interleave > 1 else 1
    return in_turn * max(1, round(job.global_batch / (layout.dp * layout.micro_batch * in_turn)))


def divided_batch(job: Job, layout: Layout) -> int:
    """Return the batch nearest to that of a job that a layout divides evenly [sequence]: the one that is trained."""
    return n_microbatches(job, layout) * layout.dp * layout.micro_batch


def chunk_layers(layers: int, n_chunks: int) -> list[int]:
    """Return how many layers each chunk holds, as even as possible, the longer chunks in the middle.

    Examples
    --------
    >>> chunk_layers(10, 4)
    [2, 3, 3, 2]
    """
    short, extra = divmod(layers, n_chunks)
    before = (n_chunks - extra) // 2
    return [short + (before <= i < before + extra) for i in range(n_chunks)]


def n_reductions(job: Job, layout: Layout) -> int:
    """Return into how many reductions the gradients of a chunk of layers are cut."""
    if layout.zero == 3:
        return job.model.layers
    if not layout.overlap:
        return 1
    return max(1, min(MAX_BUCKETS, job.model.layers // (layout.pp * layout.interleave)))


def routed_bytes(job: Job, layout: Layout) -> float:
    """Return what each GPU sends other ranks in a step: tokens to experts and back, forward and backward [B]."""
    model = job.model
    tokens = job.sequence_length * layout.micro_batch / (layout.tp * layout.cp) * n_microbatches(job, layout)
    passes = 6 if layout.recompute == "full" else 4
    width = FP16_BYTES * model.hidden * model.top_k * (1 - 1 / layout.ep)
    return passes * tokens * width * (model.layers - model.dense_layers) / layout.pp


def memory_bytes(job: Job, layout: Layout, software: Software) -> float:
    """Return the memory that the fullest GPU needs: model state, activations and what the programs reserve [B].

    State follows Rajbhandari et al. 2020 (arXiv:1910.02054), 16 bytes per parameter for Adam in mixed precision;
    activations Korthikanti et al. 2022 (arXiv:2205.05198), for the micro-batches that the schedule keeps in flight.
    """
    stages = _extreme_stages(job.model.layers, layout.pp, layout.interleave)
    fullest = max(
        _state_bytes(job, layout, software, layers, stage) + _activation_bytes(job, layout, software, layers, stage)
        for stage, layers in stages
    )
    return fullest + _constant("memory", "reserve")


def least_memory_bytes(job: Job, layout: Layout, software: Software) -> float:
    """Return what `memory_bytes` cannot fall below, however many chunks a stage has [B]: quick, to leave out layouts.

    The first stage may hold one layer less than others, keeps a micro-batch for each stage, and no stage holds less
    than its part of the weights.
    """
    model, pp = job.model, layout.pp
    depth = model.layers if pp == 1 else model.layers // pp - 1
    return layers_state_bytes(model, layout) + depth * min(pp, n_microbatches(job, layout)) * _kept_bytes(
        job, layout, software
    )


@lru_cache(maxsize=4096)
def _extreme_stages(layers, pp, interleave):
    """Return the first, the longest and the last stage, one of which is the fullest: (stage, layers of its chunks)."""
    chunks = chunk_layers(layers, pp * interleave)
    stages = [chunks[stage::pp] for stage in range(pp)]
    longest = max(range(pp), key=lambda stage: sum(stages[stage]))
    return [(stage, stages[stage]) for stage in sorted({0, longest, pp - 1})]


def in_flight(layout: Layout, n_microbatches: int, stage: int) -> list[int]:
    """Return how many micro-batches each chunk of a stage keeps at most, as the schedule orders them.

    Examples
    --------
    >>> in_flight(Layout(tp=1, pp=4, dp=1, micro_batch=1), 8, stage=0)
    [4]
    >>> in_flight(Layout(tp=1, pp=4, dp=1, micro_batch=1, interleave=2), 8, stage=1)
    [5, 4]
    """
    after, chunks = layout.pp - stage - 1, layout.interleave
    warm = after if chunks == 1 else 2 * after + (chunks - 1) * layout.pp
    rounds, rest = divmod(min(warm + 1, n_microbatches * chunks), layout.pp * chunks)
    return [rounds * layout.pp + min(max(rest - c * layout.pp, 0), layout.pp) for c in range(chunks)]


def _state_bytes(job, layout, software, layers, stage):
    """Return weights, gradients and optimiser state of a stage whose chunks have the given numbers of layers."""
    model, tp = job.model, layout.tp
    tables = 0
    if stage in (0, layout.pp - 1):
        tables = embedding_parameters(model, job.sequence_length) / (1 if layout.pp == 1 or model.tied else 2)
    rest, experts = layer_weights(model, layout)
    layer = rest + experts
    state = (sum(layers) * rest + tables / tp) * _bytes_each(layout, layout.copies)
    state += sum(layers) * experts * _bytes_each(layout, layout.expert_copies)
    if layout.zero == 2:
        # Gradients that wait for their reduction are whole.
        state += FP16_BYTES * max(layers) * layer / n_reductions(job, layout)
    if layout.zero == 3:
        gathered = 1 / software.tensors + (software.ahead if layout.overlap else 0)
        state += gathered * 2 * FP16_BYTES * layer
    return state


def layers_state_bytes(model: Model, layout: Layout) -> float:
    """Return weights, gradients and optimiser state of a stage with as many layers as others [B]."""
    rest, experts = layer_weights(model, layout)
    state = rest * _bytes_each(layout, layout.copies) + experts * _bytes_each(layout, layout.expert_copies)
    return model.layers * state / layout.pp


def layer_weights(model: Model, layout: Layout) -> tuple[float, float]:
    """Return the parameters of a layer, on average, that a rank holds: all but experts, and of experts."""
    experts = (model.layers - model.dense_layers) * experts_parameters(model)
    rest = layers_parameters(model) - experts
    return rest / model.layers / layout.tp, experts / model.layers / layout.expert_shards


def _bytes_each(layout, copies):
    """Return the bytes of a parameter, its gradient and optimiser state on each of so many ranks that hold it."""
    return (16.0, 4 + 12 / copies, 2 + 14 / copies, 16 / copies)[layout.zero]


def _kept_bytes(job, layout, software):
    """Return what a layer keeps of a micro-batch until its backward pass [B]."""
    # Sequence parallelism divides what is kept as it does with selective recomputation.
    divided = software.flash and software.sequence_parallel and layout.recompute == "none"
    recompute = "selective" if divided else layout.recompute
    kind = recompute, software.flash, software.input_bytes, layout.cp, job.imbalance
    return activation_bytes(job.model, job.sequence_length, layout.micro_batch, layout.tp, *kind)


def _activation_bytes(job, layout, software, layers, stage):
    """Return what a stage holds for its backward passes: what micro-batches in flight keep, and one layer's rest."""
    model, s, b, tp = job.model, job.sequence_length, layout.micro_batch, layout.tp
    kept = _kept_bytes(job, layout, software)
    flights = in_flight(layout, n_microbatches(job, layout), stage)
    activations = kept * sum(n * flight for n, flight in zip(layers, flights, strict=True))
    if any(layers):
        activations += _recomputed_bytes(job, layout, software)
    if stage == layout.pp - 1:
        activations += 6.0 * s * b * model.vocab / tp / layout.cp  # logits in both precisions
    return activations


def _recomputed_bytes(job, layout, software):
    """Return what the backward pass computes again of one layer and holds beside what is kept."""
    shape, tp, cp = (job.model, job.sequence_length, layout.micro_batch), layout.tp, layout.cp
    if layout.recompute == "full":
        return activation_bytes(*shape, tp, "none", software.flash, software.input_bytes, cp, job.imbalance)
    return score_bytes(*shape) / tp / cp if layout.recompute == "selective" and not software.flash else 0.0


@dataclass(frozen=True)
class Costs:
    """Durations of a micro-batch and of what follows it, per rank [s]."""

    forward: float  # one layer
    backward: float
    recompute: float
    forward_exchange: tuple[float, float, float]  # of tensor parallelism, experts, contexts
    recompute_exchange: tuple[float, float, float]
    backward_exchange: tuple[float, float, float]
    head_forward: float
    head_backward: float
    send: float


def costs(job: Job, layout: Layout, cluster: Cluster) -> Costs:
    """Return what a layer, the output and a message between stages take."""
    near = 2 * layout.tp * layout.copies <= cluster.network.node_size  # two stages share a node
    shape = job.model, job.sequence_length, layout.micro_batch, layout.tp
    divided = layout.cp, layout.ep, job.imbalance
    return _costs(*shape, *divided, layout.recompute, layout.pp > 1, near, cluster)


@lru_cache(maxsize=16384)
def _costs(model, s, b, tp, cp, ep, imbalance, recompute, staged, near, cluster):
    gpu, net, stack = cluster.gpu, cluster.network, cluster.software
    sharded = stack.sequence_parallel or recompute == "selective"
    layer = layer_times(gpu, stack, model, s, b, tp, sharded, cp, ep, imbalance)
    head = head_times(gpu, model, s, b, tp, cp)
    width_bytes = float(FP16_BYTES) * s * b * model.hidden / cp
    # The last of n ranks is late by about the spread times the root of 2 ln n.
    skew = stack.skew_s * math.sqrt(2 * math.log(tp))
    all_reduce = skew + all_reduce_s(net, tp, min(tp, net.node_size), width_bytes)
    # Experts that are whole need no sum over tensor-parallel ranks, but those that every token passes do.
    sums = 1 if ep > 1 and not model.shared_experts else 2
    tp_forward = sums * (1 - stack.tp_hidden) * all_reduce
    ep_forward = 0.0
    if ep > 1:
        # To the experts and back, in the layers that have some.
        routed = width_bytes / tp * model.top_k * imbalance
        share = (model.layers - model.dense_layers) / model.layers
        ep_forward = share * 2 * all_to_all_s(net, ep, min(ep, net.node_size), routed)
    cp_forward = cp_backward = 0.0
    if cp > 1:
        # Keys and values go round while attention works on what came before; backward their gradients come after them.
        part = float(FP16_BYTES) * s * b / cp * (2 * model.kv_width + model.kv_heads * model.rope_size) / tp
        ring = net, cp
        cp_forward = ring_exposed_s(*ring, part, tp * cp <= net.node_size, layer.core / cp)
        cp_backward = ring_exposed_s(*ring, 2 * part, tp * cp <= net.node_size, 2.5 * layer.core / cp)
    exchange = tp_forward, ep_forward, cp_forward
    again = {"none": 0.0, "selective": 0.0 if stack.flash else layer.core, "full": layer.forward}[recompute]
    # The host launches compute and communication of a layer; what it needs beyond them keeps the GPU waiting.
    host = stack.host_layer_s + (tp - 1) * stack.host_tp_s
    send = 0.0
    if staged:
        send = send_s(net, width_bytes / tp if stack.scatter_gather else width_bytes, near) + stack.host_send_s
        if tp > 1 and stack.scatter_gather:
            send += reduce_scatter_s(net, tp, min(tp, net.node_size), width_bytes)
    return Costs(
        forward=_launched(layer.forward, sum(exchange), host),
        backward=_launched(layer.backward, sum(exchange), 2 * host),
        recompute=_launched(again, sum(exchange), host) if recompute == "full" else again,
        forward_exchange=exchange,
        recompute_exchange=exchange if recompute == "full" else (0.0, 0.0, 0.0),
        backward_exchange=(tp_forward, ep_forward, cp_backward),
        head_forward=head.forward,
        head_backward=head.backward,
        send=send,
    )


def _launched(compute, communication, host):
    """Return how long the compute lane is busy with a layer whose kernels the host launches in `host` seconds."""
    return max(compute, host - communication)


def step(job: Job, layout: Layout, cluster: Cluster, seed: int = 0) -> Step:
    """Simulate one training step.

    Parameters
    ----------
    job : Job
        What is trained, with a batch that the layout divides: `divided_batch`.
    layout : Layout
        How it is divided.
    cluster : Cluster
        Where it runs.
    seed : int
        Chooses which GPUs are a little slower than others.

    Returns
    -------
    Step
        The schedule of the slowest replica, and where its time goes.
    """
    return Step(schedule(step_tasks(job, layout, cluster, seed)))


def step_tasks(job: Job, layout: Layout, cluster: Cluster, seed: int = 0) -> Tasks:
    """Return the tasks of a training step; arguments as in `step`."""
    return (_sharded if layout.zero == 3 else _pipelined)(job, layout, cluster, seed)


def _pipelined(job, layout, cluster, seed):
    each = costs(job, layout, cluster)
    model, stack = job.model, cluster.software
    chunks, n_stages = layout.interleave, layout.pp
    layers = chunk_layers(model.layers, n_stages * chunks)
    slow = _slowest_replica(layout, seed)
    times = np.zeros((n_stages * chunks, pipeline.N_TIMES))
    parts = n_reductions(job, layout)
    buckets = parts if layout.overlap else 0
    largest = most_experts = 0.0
    rest, experts = layer_weights(model, layout)
    for stage in range(n_stages):
        held = held_experts = 0.0
        for chunk in range(chunks):
            depth = chunk * n_stages + stage  # position of the chunk in the model
            n_layers = layers[depth]
            head = depth == n_stages * chunks - 1
            weights, of_experts = n_layers * rest, n_layers * experts
            if depth == 0 or head:
                weights += (
                    model.vocab * model.hidden / layout.tp * (0.5 if n_stages * chunks == 1 and model.tied else 1)
                )
            held += weights
            held_experts += of_experts
            row = times[stage * chunks + chunk]
            row[pipeline.T_FORWARD] = (n_layers * each.forward + head * each.head_forward) * slow[stage]
            row[pipeline.T_BACKWARD] = (n_layers * each.backward + head * each.head_backward) * slow[stage]
            row[pipeline.T_RECOMPUTE] = n_layers * each.recompute * slow[stage]
            _put_exchanges(row, each, n_layers)
            row[pipeline.T_SEND] = each.send
            row[pipeline.T_REDUCE] = parts * data_reduce_s(
                cluster, layout, stack.grad_bytes * weights / parts, stack.grad_bytes * of_experts / parts
            )
        largest, most_experts = max(largest, held), max(most_experts, held_experts)
    gather = 0.0
    if layout.zero:
        gather = parts * data_reduce_s(cluster, layout, FP16_BYTES * largest / parts, FP16_BYTES * most_experts / parts)
    of_rank = largest / (layout.copies if layout.zero else 1)
    of_rank += most_experts / (layout.expert_copies if layout.zero else 1)
    return pipeline.pipeline_tasks(
        times,
        n_stages,
        chunks,
        n_microbatches(job, layout),
        buckets,
        layout.zero == 2,
        not layout.overlap,
        gather if layout.overlap else 0.0,
        of_rank * OPTIMISER_BYTES / cluster.gpu.bytes_per_s,
        0.0 if layout.overlap else gather,
        stack.host_step_s,
    )


def _sharded(job, layout, cluster, seed):
    each = costs(job, layout, cluster)
    model, stack = job.model, cluster.software
    slow = _slowest_replica(layout, seed)[0]
    layer, experts = layer_weights(model, layout)
    weights = model.layers * layer + embedding_parameters(model, job.sequence_length) / layout.tp
    per_group = weights / model.layers
    times = np.zeros(pipeline.N_TIMES)
    times[pipeline.T_SEND], times[pipeline.T_REDUCE] = (
        stack.tensors
        * data_reduce_s(
            cluster, layout, size * per_group / stack.tensors, size * experts / stack.tensors, stack.shard_rate
        )
        for size in (FP16_BYTES, stack.grad_bytes)
    )
    times[pipeline.T_FORWARD] = (each.forward + each.head_forward / model.layers) * slow
    times[pipeline.T_RECOMPUTE] = each.recompute * slow
    times[pipeline.T_BACKWARD] = (each.backward + each.head_backward / model.layers) * slow
    _put_exchanges(times, each, 1)
    # Whatever is computed again, tensor-parallel ranks add it up.
    times[pipeline.T_RECOMPUTE_TP] = each.forward_exchange[0]
    of_rank = weights / layout.copies + model.layers * experts / layout.expert_copies
    optimiser = of_rank * OPTIMISER_BYTES / cluster.gpu.bytes_per_s
    ahead = stack.ahead if layout.overlap else 0
    return pipeline.sharded_tasks(times, model.layers, n_microbatches(job, layout), ahead, optimiser, stack.host_step_s)


def _put_exchanges(row, each, n_layers):
    """Write into a row of times what the ranks of so many layers exchange."""
    row[pipeline.T_FORWARD_TP : pipeline.T_FORWARD_TP + 3] = np.multiply(n_layers, each.forward_exchange)
    row[pipeline.T_RECOMPUTE_TP : pipeline.T_RECOMPUTE_TP + 3] = np.multiply(n_layers, each.recompute_exchange)
    row[pipeline.T_BACKWARD_TP : pipeline.T_BACKWARD_TP + 3] = np.multiply(n_layers, each.backward_exchange)


def warm_up() -> None:
    """Compile the kernels."""
    stack = software("flash")
    cluster = Cluster(gpu("a100_80", stack), network("a100_80"), stack)
    job = Job(custom(layers=4, hidden=256, heads=4, vocab=256), 128, 8)
    for layout in (Layout(1, 2, 2, 1), Layout(1, 1, 2, 1, zero=3)):
        step(job, layout, cluster)


def data_reduce_s(
    cluster: Cluster, layout: Layout, message_bytes: float, expert_bytes: float = 0.0, rate: float = 1.0
) -> float:
    """Return the time of adding up gradients over the replicas, and those of experts over the ranks that hold them [s].

    An all-reduce, or with ZeRO a reduce-scatter, after which each replica holds its part; gathering updated weights
    takes as long. It reaches the share `rate` of the network.
    """
    collective = reduce_scatter_s if layout.zero else all_reduce_s
    network = shared(cluster.network, layout.n_devices)
    if rate != 1.0:
        network = replace(network, nic_bytes_per_s=network.nic_bytes_per_s * rate)
    seconds = collective(network, layout.copies, _ranks_per_node(layout.copies, layout.tp, network), message_bytes)
    if expert_bytes:
        ranks = _ranks_per_node(layout.expert_copies, layout.expert_shards, network)
        seconds += collective(network, layout.expert_copies, ranks, expert_bytes)
    return seconds


def _ranks_per_node(n_ranks, apart, network):
    """Return how many ranks of a group share a node whose members are so far apart."""
    return max(1, min(n_ranks, network.node_size // apart))


def _slowest_replica(layout, seed):
    """Return the factors on the stages of the replica that the others wait for."""
    sigma = _constant("straggler", "sigma")
    spread = np.random.default_rng(seed).standard_normal((layout.copies, layout.pp))
    slowest = int(np.argmax(spread.max(axis=1)))
    return 1.0 + sigma * spread[slowest]


def _constant(entry, key):
    return table("calibration")[entry][key].value
