r"""How long a GPU takes for a layer.

A matrix product runs at the device's peak times a share that follows from its shape: tiles that are partly padding, a
last wave that fills the SMs only in part, and the beginning and end of the loop over k,

.. math:: \eta = \eta_0\, \eta_{tile}\, \frac{tiles}{\lceil tiles / SM \rceil SM}\, \frac{k}{k + k_0} .

Everything else of a layer moves bytes. A layer of small matrices takes as long as the host needs to launch it.

Not modelled: power and temperature beyond what the calibrated shares contain.
"""

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from engine.cited import table
from engine.machines import machine_of, program
from engine.models import Model
from engine.transformer import experts_parameters, layer_matrix_parameters, layer_parameters

# Tiles of the library and the share of the best tile's rate that they reach: (rows, columns, share).
TILES = ((256, 128, 1.0), (128, 128, 0.97), (128, 64, 0.85), (64, 64, 0.7))
SPLITS = (1, 2, 4, 8)
MIN_SPLIT_K = 1024
ALIGNED = 8  # 16-bit words that tensor cores load at once
PRECISIONS = ("bf16", "fp8", "fp4")
FUSED = 32  # to a multiple of this fused attention pads heads (Dao-AILab/flash-attention, setup.py: 32, 64, 96, 128 …)


@dataclass(frozen=True, eq=False)
class Gpu:
    """What the rate of a layer depends on.

    Attributes
    ----------
    peak_flop_per_s : float
        Dense 16-bit peak [FLOP/s].
    gemm_share : float
        Share of `peak_flop_per_s` that a large matrix product reaches; above 1 possible with 8-bit products.
    attention_share : float
        The same for fused attention, with the FLOP counted without a causal mask.
    half_k : float
        Length of the inner loop at which half of the rate is reached, :math:`k_0`.
    unaligned : float
        Share of the rate that is left when rows are no multiple of 16 bytes, which tensor cores load at once: the
        other cores do such products, at their 32-bit peak.
    n_sm : int
        Streaming multiprocessors.
    bytes_per_s : float
        Memory bandwidth that element-wise work reaches [B/s].
    hbm_bytes : float
        Memory [B].
    kernel_s : float
        Time of the smallest kernel [s].
    """

    peak_flop_per_s: float
    gemm_share: float
    attention_share: float
    half_k: float
    unaligned: float
    n_sm: int
    bytes_per_s: float
    hbm_bytes: float
    kernel_s: float

    def takes(self, depth: int, fused: bool) -> bool:
        """Whether heads of so many words are multiplied as they are, with fused attention or without."""
        return self.unaligned == 1.0 or depth % (FUSED if fused else ALIGNED) == 0


@dataclass(frozen=True, eq=False)
class Software:
    """What the program on the GPUs does.

    Attributes
    ----------
    name : str
        Key in `data/software.toml`.
    year : int
        From when on it could be used.
    parallel : tuple of str
        Which of tp, pp, interleave, cp and ep may be above 1.
    zero : tuple of int
        Stages of ZeRO that it has.
    recompute : tuple of str
        What it can compute again.
    usual : tuple of str
        What of this its users choose where nobody says, empty where it is whatever is fastest.
    flash : bool
        Whether attention is fused and keeps no scores.
    precision : str
        Of the matrix products of the layers: one of `PRECISIONS`.
    precisions : tuple of str
        Those that it can do.
    input_bytes : float
        Bytes in which each of their inputs is kept for the backward pass, below 16 bits [B].
    sequence_parallel : bool
        Whether tensor-parallel ranks divide norms and dropout too; selective recomputation brings it in any case.
    overlap : bool
        Whether gradients are reduced beside the backward pass, unless the scenario says otherwise.
    score_bytes_forward, score_bytes_backward : float
        Memory traffic per element of the scores when attention is not fused [B].
    host_layer_s : float
        Launching the forward pass of a layer [s]; the backward pass takes twice as long.
    host_tp_s : float
        What each further tensor-parallel rank adds to it: launches wait for the slowest rank's [s].
    host_send_s : float
        Handing a micro-batch to the next stage [s].
    scatter_gather : bool
        Whether tensor-parallel ranks send a part each of what goes to the next stage, and gather it there.
    skew_s : float
        Spread of the times at which tensor-parallel ranks reach a collective, where all wait for the last [s].
    host_step_s : float
        Work of the host before each step [s].
    shard_rate : float
        Share of the network that gathering of sharded weights reaches.
    tensors : int
        Tensors of a layer that are gathered one by one with sharded weights.
    ahead : int
        Groups of layers gathered ahead with sharded weights.
    tp_hidden : float
        Share of tensor-parallel communication that runs behind the matrix product it belongs to.
    grad_bytes : float
        Bytes of a gradient when it is reduced [B].
    grad_sum_bytes : float
        Memory traffic of adding a micro-batch's gradient to the step's, per parameter [B].
    gemm_gain, attention_gain : float
        Rates of matrix products and of fused attention against those calibrated for the device.
    """

    name: str
    year: int
    parallel: tuple[str, ...]
    zero: tuple[int, ...]
    recompute: tuple[str, ...]
    flash: bool
    precision: str
    precisions: tuple[str, ...]
    sequence_parallel: bool
    overlap: bool
    score_bytes_forward: float
    score_bytes_backward: float
    host_layer_s: float
    host_tp_s: float
    host_send_s: float
    scatter_gather: bool
    skew_s: float
    host_step_s: float
    shard_rate: float
    tensors: int
    ahead: int
    tp_hidden: float
    grad_bytes: float
    grad_sum_bytes: float
    gemm_gain: float
    attention_gain: float
    usual: tuple[str, ...] = ()
    input_bytes: float = 2.0


class LayerTimes(NamedTuple):
    """Times of one layer and micro-batch on one rank [s]: on the GPU, without communication."""

    forward: float
    backward: float
    core: float  # forward of the attention core alone, what selective recomputation repeats


@cache
def gpu(device: str, software: Software) -> Gpu:
    """Return the GPU of a cluster of `engine.machines` as the given software uses it."""
    machine, constants = machine_of(device).figures, table("calibration")
    peak = machine["peak_fp16"].value
    gemm_share = _gemm_share(machine, software) * software.gemm_gain
    return Gpu(
        peak_flop_per_s=peak,
        gemm_share=gemm_share,
        attention_share=machine["attention_share"].value * software.attention_gain,
        half_k=constants["gemm"]["half_k"].value,
        unaligned=min(1.0, machine["peak_fp32"].value / (peak * gemm_share)),
        n_sm=int(machine["n_sm"].value),
        bytes_per_s=machine["hbm_bandwidth"].value
        * machine["hbm_share"].value
        * constants["memory"]["elementwise_share"].value,
        hbm_bytes=machine["hbm"].value * constants["memory"]["capacity"].value,
        kernel_s=constants["gemm"]["kernel"].value,
    )


def peak_flop_per_s(device: str, software: Software) -> float:
    """Return the dense peak of a GPU for matrix products of the width that the software uses [FLOP/s]."""
    return machine_of(device).figures[_peak(machine_of(device).figures, software.precision)].value


def has_precision(device: str, precision: str) -> bool:
    """Whether it is known how fast a GPU multiplies in a precision."""
    return _peak(machine_of(device).figures, precision) == f"peak_{precision.replace('bf', 'fp')}"


def _peak(machine, precision):
    """Return the name of the peak of a precision, of 16 bits where it is not known."""
    narrow = f"peak_{precision}"
    return narrow if narrow in machine else "peak_fp16"


def _gemm_share(machine, software):
    """Return the share of the 16-bit peak that large products reach: with 4 bits as much of their own as with 8."""
    if software.precision == "bf16" or "gemm_share_fp8" not in machine:
        return machine["gemm_share"].value
    gain = machine["peak_fp4"].value / machine["peak_fp8"].value if software.precision == "fp4" else 1.0
    return machine["gemm_share_fp8"].value * gain


@cache
def software(name: str, precision: str | None = None) -> Software:
    """Return a way to program GPUs, an entry of `data/software.toml`, perhaps in another precision than is usual."""
    fields = {key: getattr(value, "value", value) for key, value in program(name).items() if key != "label"}
    found = {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}
    found["precision"] = precision or found["precision"]
    if found["precision"] == "bf16":
        found["input_bytes"] = 2.0
    return Software(name, **found)


@lru_cache(maxsize=65536)
def gemm_s(device: Gpu, m: int, n: int, k: int, batch: int = 1) -> float:
    """Return the time of `batch` products of an m × k by a k × n matrix [s]."""
    best = 0.0
    for rows, columns, share in TILES:
        tiles = math.ceil(m / rows) * math.ceil(n / columns) * batch
        useful = m * n * batch / (tiles * rows * columns)
        for split in SPLITS:
            if split > 1 and k / split < MIN_SPLIT_K:
                break
            waves = tiles * split / device.n_sm
            inner = k / split
            rate = share * useful * waves / math.ceil(waves) * inner / (inner + device.half_k)
            best = max(best, rate)
    flop_s = 2.0 * m * n * k * batch / (device.peak_flop_per_s * device.gemm_share * best)
    bytes_s = 2.0 * (m * k + k * n + m * n) * batch / device.bytes_per_s
    return device.kernel_s + max(flop_s, bytes_s)


@lru_cache(maxsize=4096)
def layer_times(
    device: Gpu,
    stack: Software,
    model: Model,
    sequence_length: int,
    micro_batch: int,
    tp: int,
    sharded_norms: bool,
    cp: int = 1,
    ep: int = 1,
    imbalance: float = 1.0,
) -> LayerTimes:
    """Return the times of one layer for one micro-batch on one of `tp` × `cp` ranks.

    With `sharded_norms` (sequence parallelism) layer norms and dropout are divided over the tensor-parallel ranks too.
    Where some layers have experts and some have not, the times are those of a layer on average.
    """
    shape = device, stack, model, sequence_length, micro_batch, tp, sharded_norms, cp, ep, imbalance
    times = _layer_times(*shape, dense=not model.experts)
    if not model.dense_layers:
        return times
    share = model.dense_layers / model.layers
    pairs = zip(times, _layer_times(*shape, dense=True), strict=True)
    return LayerTimes(*((1 - share) * own + share * dense for own, dense in pairs))


def _layer_times(device, stack, model, sequence_length, micro_batch, tp, sharded_norms, cp, ep, imbalance, dense):
    tokens = sequence_length * micro_batch // cp
    hidden = model.hidden
    gates = 2 if model.gated else 1
    products = [
        *_attention_products(model, tokens, tp),
        *_feed_forward_products(model, tokens, tp, ep, imbalance, dense),
    ]
    forward = sum(gemm_s(device, m, n, k, batch) for m, n, k, batch in products)
    backward = sum(gemm_s(device, m, k, n, batch) + gemm_s(device, k, n, m, batch) for m, n, k, batch in products)

    heads = math.ceil(model.heads / tp) * micro_batch
    depth = model.head_size
    if stack.flash:
        padded = depth if device.takes(depth, stack.flash) else math.ceil(depth / FUSED) * FUSED
        flop = 4.0 * heads * padded * sequence_length * sequence_length
        flop += 2.0 * heads * model.rope_size * sequence_length * sequence_length
        flop /= cp
        core = device.kernel_s + flop / (device.peak_flop_per_s * device.attention_share)
        core_backward = 2.5 * core  # the scores are computed once more inside
    else:
        scores = float(heads) * sequence_length * sequence_length / cp
        core = 2 * gemm_s(device, sequence_length // cp, sequence_length, depth, heads)
        core /= 1.0 if device.takes(depth, stack.flash) else device.unaligned
        core_backward = 2 * core
        core += scores * stack.score_bytes_forward / device.bytes_per_s
        core_backward += scores * stack.score_bytes_backward / device.bytes_per_s

    # Bytes per token and unit of width: norms, dropout, residuals; activation function, transposes, and what sorts
    # tokens by experts and back are divided.
    norms = tp if sharded_norms else 1
    parts, ffn = model.feed_forward(dense)
    wide = gates * parts * ffn / hidden
    # Tokens are put in order of experts and back, where these are on other ranks before and after each exchange.
    sorting = 0.0 if dense else (16.0 if ep > 1 else 8.0) * model.top_k * imbalance
    elementwise = tokens * hidden / device.bytes_per_s
    gather_grads = stack.grad_sum_bytes * layer_matrix_parameters(model, dense) / tp
    if not dense:
        # Those of the experts of a rank are added up for all of them, whichever its tokens pass.
        experts = experts_parameters(model)
        rest = layer_parameters(model) - experts
        gather_grads = stack.grad_sum_bytes * (rest / tp + experts / (ep if ep > 1 else tp))
    forward += core + elementwise * (22.0 / norms + (16.0 + 4.0 * wide + sorting) / tp) + 8 * device.kernel_s
    backward += core_backward + elementwise * (34.0 / norms + (16.0 + 6.0 * wide + sorting) / tp) + 16 * device.kernel_s
    backward += gather_grads / device.bytes_per_s
    return LayerTimes(forward, backward, core)


def _attention_products(model, tokens, tp):
    """Return the products of attention with weights on one rank: (rows, columns, depth, how many at once)."""
    hidden, attention, keys = model.hidden, model.attention_width, model.kv_width
    last = (tokens, hidden, math.ceil(attention / tp), 1)
    if not model.kv_rank:
        return [(tokens, math.ceil((attention + 2 * keys) / tp), hidden, 1), last]
    queries = math.ceil(model.heads * (model.head_size + model.rope_size) / tp)
    narrow = (tokens, model.q_rank + model.kv_rank + model.rope_size, hidden, 1)
    return [narrow, (tokens, queries, model.q_rank, 1), (tokens, math.ceil(2 * keys / tp), model.kv_rank, 1), last]


def _feed_forward_products(model, tokens, tp, ep, imbalance, dense):
    """Return those of the feed-forward part. With experts it is the busiest rank, with `imbalance` times the tokens."""
    gates, hidden = 2 if model.gated else 1, model.hidden
    _, ffn = model.feed_forward(dense)

    def both(rows, width, batch=1):
        return [(rows, gates * width, hidden, batch), (rows, hidden, width, batch)]

    if dense:
        return [(tokens, math.ceil(gates * ffn / tp), hidden, 1), (tokens, hidden, math.ceil(ffn / tp), 1)]
    # Ranks with experts of their own have whole ones; each brings its part of the tokens.
    own, width = (model.experts // ep, ffn) if ep > 1 else (model.experts, math.ceil(ffn / tp))
    routed = tokens * model.top_k * imbalance / (tp if ep > 1 else 1)
    found = [(tokens, model.experts, hidden, 1), *both(math.ceil(routed / own), width, own)]
    shared = model.shared_experts * ffn
    return found + (both(tokens, math.ceil(shared / tp)) if shared else [])


def head_times(device: Gpu, model: Model, sequence_length: int, micro_batch: int, tp: int, cp: int = 1) -> LayerTimes:
    """Return the times of the output over the vocabulary with its loss, for one micro-batch."""
    tokens = sequence_length * micro_batch // cp
    words = math.ceil(model.vocab / tp)
    forward = gemm_s(device, tokens, words, model.hidden)
    backward = gemm_s(device, tokens, model.hidden, words) + gemm_s(device, words, model.hidden, tokens)
    logits = tokens * words / device.bytes_per_s
    return LayerTimes(forward + 14.0 * logits, backward + 10.0 * logits, 0.0)
