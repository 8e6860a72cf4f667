"""One training step on a cluster of wafers by weight streaming.

Weights live in MemoryX. Layer by layer they are broadcast through the tree of SwarmX to all systems, each of which
computes its share of the batch; on the way back the gradients of all systems are added up, and MemoryX updates the
weights. No system holds the model, so that the user chooses one number: how many systems.

Of a layer of experts all stream, whichever the tokens pass: a wafer has tokens for each of them, and sends none to
another wafer.

Weights are used as they arrive and not kept: a pass over a layer takes as long as its computing or the way of its
weights, whichever is longer. What fills a wafer are activations (Cerebras' blog on release 2.0, 29 November 2023). It
keeps the input of each layer, a checkpoint, and computes the layer again before its backward pass. Since release 2.0
checkpoints for which there is no room are moved out through the same links as the weights.

All systems do the same at the same time, as fast as the slowest of them: one is simulated. Not modelled: trainings
small enough to keep all activations, the output over the vocabulary in memory, reading data, and releases of the
software between those in `data/wafer_software.toml`.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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
    RECOMPUTE,
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
    activation_bytes,
    attention_flop,
    embedding_parameters,
    layer_matrix_parameters,
    layer_parameters,
    layers_parameters,
)

# Lanes of a wafer, under the numbers of a GPU's lanes.
WEIGHTS_LANE, GRADIENTS_LANE, MEMORYX_LANE = TP_LANE, DP_LANE, HOST_LANE
MOVING = 2  # checkpoints on a wafer that moves them out: that of the layer computed, and one on its way


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
    """Return the sequences a wafer takes through a layer at once, in equal parts, so that a step takes least.

    It is no more than was measured to be of use. More at once need the weights less often, until checkpoints have to
    leave the wafer: the largest that keeps them is compared with the largest that moves them.
    """
    share = share_of_batch(job, wafers)
    of_use = int(_streaming("micro_batch_tokens") // job.sequence_length)
    wanted = max(1, min(share, of_use))
    parts = set()
    for checkpoints in (job.model.layers, MOVING)[: 1 + _offloads(wafers)]:
        most = int(_room(wafers) // _bytes(job, 1, checkpoints))
        parts.add(math.ceil(share / max(1, min(wanted, most))))
    return min((math.ceil(share / n) for n in sorted(parts)), key=lambda size: _estimate_s(job, wafers, size))


def moves_out(job: Job, wafers: Wafers, micro_batch: int) -> bool:
    """Whether checkpoints leave the wafer: they have no room on it, and its software can move them."""
    return _offloads(wafers) and _bytes(job, micro_batch, job.model.layers) > _room(wafers)


def memory_bytes(job: Job, wafers: Wafers, micro_batch: int) -> float:
    """Return the memory in use on a wafer: the checkpoints that stay on it, and the activations of a layer [B]."""
    return _bytes(job, micro_batch, MOVING if moves_out(job, wafers, micro_batch) else job.model.layers)


def least_bytes(job: Job, wafers: Wafers) -> float:
    """Return the memory that one sequence needs at least [B]."""
    return _bytes(job, 1, MOVING if _offloads(wafers) else job.model.layers)


def _bytes(job, micro_batch, checkpoints):
    shape = job.model, job.sequence_length, micro_batch, 1
    return activation_bytes(*shape, "none", True) + checkpoints * activation_bytes(*shape, "full", True)


def _room(wafers):
    return _streaming("room") * _machine(wafers, "sram")


def _offloads(wafers):
    return table("wafer_software")[wafers.release]["offload"]


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
    n_microbatches, passes = _passes(job, wafers, micro_batch)
    model = job.model
    update = np.append(_by_layer(model, layer_parameters), embedding_parameters(model, job.sequence_length))
    update /= _streaming("optimiser_rate")
    room = columns(1 + n_microbatches * (3 * passes.kinds.size + model.layers + 1) + model.layers + 1)
    n = _stream(*passes, update, n_microbatches, _streaming("step") + _hops_s(wafers), room)
    return filled(room, n, 1)


class _Passes(NamedTuple):
    """Passes of a micro-batch in their order.

    What is done, in which layer (the last is the output), for how long, how long it waits for the wafer to fill and to
    drain, and how long the links are busy; and how long the gradients of each layer are on their way [s].
    """

    kinds: NDArray
    layers: NDArray
    computes: NDArray
    waits: NDArray
    busy: NDArray
    returned: NDArray


def _estimate_s(job, wafers, micro_batch):
    """Return roughly how long the micro-batches of a step take [s]."""
    n_microbatches, each = _passes(job, wafers, micro_batch)
    return n_microbatches * np.maximum(each.computes + each.waits, each.busy).sum()


def _hops_s(wafers):
    levels = math.ceil(math.log(wafers.n_systems, _streaming("fanout"))) if wafers.n_systems > 1 else 0
    return levels * _streaming("hop")


def _passes(job, wafers, micro_batch):
    """Return the number of micro-batches, and the passes of one."""
    model, share = job.model, share_of_batch(job, wafers)
    n_microbatches = math.ceil(share / micro_batch)
    tokens = job.sequence_length * share / n_microbatches  # on average: the last may have fewer sequences
    constants = table("wafer_software")
    peak = _machine(wafers, "peak_fp16") / slowest(wafers.n_systems)
    dense = peak * _machine(wafers, "gemm_share") * _filling(model.hidden, constants["matmul"])
    attention = peak * constants[wafers.release]["attention"].value * _filling(model.hidden, constants["attention"])
    kept = 1.0 - wafers.sparsity
    matrices = _by_layer(model, layer_matrix_parameters)
    layer = tokens * (2.0 * matrices * kept / dense + attention_flop(model, job.sequence_length) / attention)
    head = tokens * 2.0 * model.hidden * model.vocab / dense
    hops, rate = _hops_s(wafers), _machine(wafers, "io_bandwidth")
    sent = hops + FP16_BYTES * _by_layer(model, layer_parameters) * kept / rate
    sent_table = hops + FP16_BYTES * embedding_parameters(model, job.sequence_length) / rate
    moved = FP16_BYTES * tokens * model.hidden / rate if moves_out(job, wafers, micro_batch) else 0.0

    # A checkpoint leaves beside the weights that come, and comes behind those that it is computed again with.
    up, down = np.arange(model.layers), np.repeat(np.arange(model.layers)[::-1], 2)
    layers = np.concatenate([up, [model.layers, model.layers], down]).astype(np.int32)
    again = [RECOMPUTE, BACKWARD] * model.layers
    kinds = np.array([FORWARD] * (model.layers + 1) + [BACKWARD, *again], np.uint8)
    is_output, is_backward = layers == model.layers, kinds == BACKWARD
    computes = np.append(layer, head)[layers] * np.where(is_backward, 2.0, 1.0)
    busy = np.append(sent, sent_table)[layers]
    busy = np.where(kinds == RECOMPUTE, busy + moved, busy)
    busy = np.where((kinds == FORWARD) & ~is_output, np.maximum(busy, moved), busy)
    # A pass over a layer fills and drains the wafer, in part while it works: what is left over is a wait.
    waits = np.hypot(computes, _streaming("layer_latency")) - computes
    returned = np.append(sent, sent_table)
    return n_microbatches, _Passes(kinds, layers, computes, waits, busy, returned)


def streamed_bytes(job: Job, wafers: Wafers, micro_batch: int) -> float:
    """Return the weights that stream to a wafer in a step [B]: forward, to compute again and backward."""
    n_microbatches = math.ceil(share_of_batch(job, wafers) / micro_batch)
    return 3 * n_microbatches * FP16_BYTES * layers_parameters(job.model) * (1.0 - wafers.sparsity)


def _by_layer(model, counted):
    """Return what is counted of each layer, of which the first may have no experts."""
    return np.where(np.arange(model.layers) < model.dense_layers, counted(model, True), counted(model)) * 1.0


def slowest(n_systems: int) -> float:
    """Return how much longer the slowest of some systems computes than one does, on average.

    The spread is normal; the expected largest of n is that of Blom 1958, Statistical Estimates and Transformed
    Beta-Variables.

    Examples
    --------
    >>> slowest(1), round(slowest(16), 3)
    (1.0, 1.018)
    """
    sigma = table("calibration")["straggler"]["sigma"].value
    return 1.0 + sigma * NormalDist().inv_cdf((n_systems - 0.375) / (n_systems + 0.25))


def _filling(hidden, constants):
    """Return the share of the wafer that a layer of the given width keeps busy."""
    return hidden / (hidden + constants["half_width"].value)


def _streaming(name):
    return table("wafer_software")["streaming"][name].value


def _machine(wafers, key):
    return machines()[wafers.machine].figures[key].value


@kernel
def _stream(kinds, layers, computes, waits, busy, returned, update, n_microbatches, begin_s, room):
    """Write all tasks into `room`. Return their number.

    The weights of a layer are sent while it computes: none comes before the pass that needs it, and the next pass
    begins when all have come.
    """
    done = put(room, 0, COMPUTE_LANE, WAIT, -1, -1, begin_s, -1, -1, -1)
    sent, n = -1, 1
    for mb in range(n_microbatches):
        for i in range(kinds.size):
            g = layers[i]
            put(room, n, COMPUTE_LANE, WAIT, mb, g, waits[i], sent, -1, -1)
            sent = put(room, n + 1, WEIGHTS_LANE, WEIGHTS, mb, g, busy[i], done, -1, -1)
            done = put(room, n + 2, COMPUTE_LANE, kinds[i], mb, g, computes[i], n, -1, -1)
            n += 3
            if kinds[i] == BACKWARD:
                reduced = put(room, n, GRADIENTS_LANE, GRADIENTS, mb, g, returned[g], done, -1, -1)
                n += 1
                if mb == n_microbatches - 1:
                    put(room, n, MEMORYX_LANE, OPTIMISER, -1, g, update[g], reduced, -1, -1)
                    n += 1
    return n
