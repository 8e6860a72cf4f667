"""One training step on a cluster of wafers by weight streaming.

Weights live in MemoryX. Layer by layer they are broadcast through the tree of SwarmX to all systems, each of which
computes its share of the batch; on the way back the gradients of all systems are added up, and MemoryX updates the
weights. No system holds the model, so that the user chooses one number: how many systems.

All systems do the same at the same time: one is simulated. Not modelled: activations that spill from a wafer, reading
data, and releases of the software between those in `data/wafer_software.toml`.
"""

import math
from dataclasses import dataclass

import numpy as np

from engine._jit import kernel
from engine.cited import table
from engine.cluster.gpu import Job, Step
from engine.cluster.schedule import (
    BACKWARD,
    COMPUTE_LANE,
    DP_LANE,
    FORWARD,
    GRADIENTS,
    HOST_LANE,
    OPTIMISER,
    TP_LANE,
    WAIT,
    WEIGHTS,
    Tasks,
    columns,
    filled,
    put,
    schedule,
)
from engine.machines import machines
from engine.models import custom
from engine.transformer import (
    FP16_BYTES,
    attention_flop,
    embedding_parameters,
    layer_matrix_parameters,
    layer_parameters,
)

# Lanes of a wafer, under the numbers of a GPU's lanes.
WEIGHTS_LANE, GRADIENTS_LANE, MEMORYX_LANE = TP_LANE, DP_LANE, HOST_LANE
KEPT_SHARE = 0.9  # of the memory of a wafer, for the activations of a layer
ACTIVATION_BYTES = 34.0  # per token and unit of width, Korthikanti et al. 2022 (arXiv:2205.05198) without scores


@dataclass(frozen=True)
class Wafers:
    """A cluster of wafers.

    Attributes
    ----------
    machine : str
        Key of `engine.machines`.
    n_systems : int
        Number of systems.
    release : str
        Release of the software, an entry of `data/wafer_software.toml`.
    sparsity : float
        Share of the weights that are zero and neither sent nor multiplied.
    """

    machine: str
    n_systems: int
    release: str
    sparsity: float = 0.0


def warm_up() -> None:
    """Compile the kernels."""
    step(Job(custom(layers=2, hidden=256, heads=4, vocab=256), 128, 8), Wafers("wse2", 2, "2.3"), 4)


def share_of_batch(job: Job, wafers: Wafers) -> int:
    """Return the sequences of the fullest system."""
    return math.ceil(job.global_batch / wafers.n_systems)


def fitting_micro_batch(job: Job, wafers: Wafers) -> int:
    """Return the sequences a wafer takes through a layer at once: as many as its memory holds, in equal parts."""
    share = share_of_batch(job, wafers)
    room = KEPT_SHARE * _machine(wafers, "sram") - memory_bytes(job, wafers, 0)
    most = int(room // activation_bytes(job, 1))
    parts = math.ceil(share / max(1, most))
    return math.ceil(share / parts)


def activation_bytes(job: Job, micro_batch: int) -> float:
    """Return what a wafer keeps of one layer while it computes it [B]."""
    return ACTIVATION_BYTES * job.sequence_length * micro_batch * job.model.hidden


def memory_bytes(job: Job, wafers: Wafers, micro_batch: int) -> float:
    """Return the memory in use on a wafer: activations of a layer and two layers of weights and gradients [B]."""
    return activation_bytes(job, micro_batch) + 4 * FP16_BYTES * layer_parameters(job.model)


def step(job: Job, wafers: Wafers, micro_batch: int) -> Step:
    """Simulate one training step.

    Parameters
    ----------
    job : Job
        What is trained.
    wafers : Wafers
        Where.
    micro_batch : int
        Sequences that a wafer takes through a layer at once.

    Returns
    -------
    Step
        The schedule of one system, and where its time goes.
    """
    return Step(schedule(step_tasks(job, wafers, micro_batch)))


def step_tasks(job: Job, wafers: Wafers, micro_batch: int) -> Tasks:
    """Return the tasks of a step; arguments as in `step`."""
    model, tokens = job.model, float(job.sequence_length * micro_batch)
    constants = table("wafer_software")
    peak = _machine(wafers, "peak_fp16")
    dense = peak * _machine(wafers, "gemm_share") * _filling(model.hidden, constants["matmul"])
    attention = peak * constants[wafers.release]["attention"].value * _filling(model.hidden, constants["attention"])
    kept = 1.0 - wafers.sparsity
    layer = tokens * (
        2.0 * layer_matrix_parameters(model) * kept / dense + attention_flop(model, job.sequence_length) / attention
    )
    head = tokens * 2.0 * model.hidden * model.vocab / dense
    latency = constants["streaming"]["layer_latency"].value
    levels = (
        math.ceil(math.log(wafers.n_systems, constants["streaming"]["fanout"].value)) if wafers.n_systems > 1 else 0
    )
    hops = levels * constants["streaming"]["hop"].value
    rate = _machine(wafers, "io_bandwidth")
    layer_bytes = FP16_BYTES * layer_parameters(model) * kept
    table_bytes = FP16_BYTES * embedding_parameters(model, job.sequence_length)
    update = constants["streaming"]["optimiser_rate"].value
    times = np.zeros((model.layers + 1, 7))
    times[:-1, :5] = (
        layer,
        2 * layer,
        hops + layer_bytes / rate,
        hops + layer_bytes / rate,
        layer_parameters(model) / update,
    )
    times[-1, :5] = (
        head,
        2 * head,
        hops + table_bytes / rate,
        hops + table_bytes / rate,
        table_bytes / FP16_BYTES / update,
    )
    # A pass over a layer fills and drains the wafer, in part while it works: what is left over is a wait.
    times[:, 5:] = np.hypot(times[:, :2], latency) - times[:, :2]
    n_microbatches = math.ceil(share_of_batch(job, wafers) / micro_batch)
    capacity = n_microbatches * (model.layers + 1) * 8 + model.layers + 2
    room = columns(capacity)
    n = _stream(times, n_microbatches, constants["streaming"]["step"].value, room)
    return filled(room, n, 1)


def _filling(hidden, constants):
    """Return the share of the wafer that a layer of the given width keeps busy."""
    return hidden / (hidden + constants["half_width"].value)


def _machine(wafers, key):
    return machines()[wafers.machine].figures[key].value


@kernel
def _stream(times, n_microbatches, step_s, room):
    """Write all tasks into `room`. Return their number.

    Weights of a layer are sent while the one before computes, never two ahead: the wafer holds two layers.
    """
    n_layers = times.shape[0]
    n_uses = 2 * n_layers * n_microbatches
    n = 0
    computed = np.full(n_uses, -1, np.int32)
    for use in range(n_uses):
        mb = use // (2 * n_layers)
        k = use % (2 * n_layers)
        is_forward = k < n_layers
        g = k if is_forward else 2 * n_layers - 1 - k
        waits = computed[use - 2] if use >= 2 else -1
        seconds = times[g, 2] + (step_s if use == 0 else 0.0)
        sent = put(room, n, WEIGHTS_LANE, WEIGHTS, mb, g, seconds, waits, -1, -1)
        put(room, n + 1, COMPUTE_LANE, WAIT, mb, g, times[g, 5 if is_forward else 6], sent, -1, -1)
        kind = FORWARD if is_forward else BACKWARD
        done = put(room, n + 2, COMPUTE_LANE, kind, mb, g, times[g, 0 if is_forward else 1], sent, -1, -1)
        computed[use] = done
        n += 3
        if not is_forward:
            reduced = put(room, n, GRADIENTS_LANE, GRADIENTS, mb, g, times[g, 3], done, -1, -1)
            n += 1
            if mb == n_microbatches - 1:
                put(room, n, MEMORYX_LANE, OPTIMISER, -1, g, times[g, 4], reduced, -1, -1)
                n += 1
    return n
