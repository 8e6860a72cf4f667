"""A pass of a model through GPUs that share each layer: kernels one after the other.

A kernel takes as long as its bytes come from HBM, or as its operations are done, at the shares of the data sheet that
were measured; before it there is a launch. Every GPU has a part of every matrix and of the cached keys and values
(tensor parallelism), so that the results of attention and of the feed-forward part are summed over all of them.

Not modelled: kernels that wait for the one before within a GPU beyond their launch, and any other use of its memory
than weights, cache and what programs reserve.
"""

from dataclasses import dataclass, replace
from functools import cache

from engine.cited import table
from engine.cluster.collectives import Network, all_reduce_s, network
from engine.machines import machines
from engine.models import Model
from engine.transformer import attention_flop, attention_parameters, expert_parameters

PARTS = ("weights", "cache", "compute", "launches", "sums")
# Norm, queries with keys and values, attention, output; norm, feed-forward part in, and out.
LAYER_KERNELS = {"norms": 2, "projections": 1, "attention": 1, "output": 1, "feed_forward": 2}
LAST_KERNELS = 2  # norm, and the product with the table of words
NUMBER_BYTES = 2  # of an activation


@dataclass(frozen=True)
class Gpu:
    """What of a GPU decides how long a pass takes.

    Attributes
    ----------
    bytes_per_s : float
        Of HBM, as far as a long stream reaches it [B/s].
    flop_per_s : dict of int to float
        As far as large products reach it, by the bits of a number [FLOP/s].
    attention_flop_per_s : float
        As far as fused attention reaches it [FLOP/s].
    hbm_bytes : float
        What weights and cache can have [B].
    network : engine.cluster.collectives.Network
        Of a node, with sums of a few kilobytes as programs for inference do them.
    """

    bytes_per_s: float
    flop_per_s: dict[int, float]
    attention_flop_per_s: float
    hbm_bytes: float
    network: Network


@cache
def gpu(name: str) -> Gpu:
    """Return a GPU of `engine.machines`, in its first cluster; without 8-bit units it computes with 16 bits."""
    machine = machines()[name]
    fact = {key: figure.value for key, figure in machine.figures.items()}
    peak, memory = fact["peak_fp16"], table("calibration")["memory"]
    half = fact["gemm_share"] * peak
    start_s = table("inference")["gpu"]["sum"].value
    return Gpu(
        fact["hbm_share"] * fact["hbm_bandwidth"],
        {16: half, 8: fact.get("gemm_share_fp8", fact["gemm_share"]) * peak},
        fact["attention_share"] * peak,
        fact["hbm"] * memory["capacity"].value - memory["reserve"].value,
        replace(network(machine.clusters[0].name), start_s=start_s, link_hop_s=0.0),
    )


def kernels(model: Model) -> int:
    """Return the kernels of a pass, of which each needs the result of the one before."""
    return sum(LAYER_KERNELS.values()) * model.layers + LAST_KERNELS


def launch_s() -> float:
    """Return what a kernel takes to be launched [s]."""
    return table("memory")["assumed"]["launch"].value


def passing(
    where: Gpu, n: int, model: Model, batch: int, context: int, fresh: bool, weight_bytes: float, cached_bytes: float
) -> dict[tuple[str, str], float]:
    """Return what a pass through all layers takes.

    Parameters
    ----------
    where : Gpu
        Each of them.
    n : int
        GPUs, of one node.
    model : Model
        What is passed.
    batch : int
        Tokens: of so many users one each, or of the prompt of one user.
    context : int
        Tokens that each user has cached.
    fresh : bool
        Whether they are a prompt.
    weight_bytes, cached_bytes : float
        Of a weight, and of what a token leaves in the cache of a layer [B].

    Returns
    -------
    dict of (step, part) to float
        Steps as on a wafer, parts of `PARTS` [s].
    """
    rate, bandwidth = n * where.flop_per_s[16 if weight_bytes >= 2 else 8], n * where.bytes_per_s
    layers = model.layers
    parts, _ = model.feed_forward()
    output = model.hidden * model.attention_width
    wanted = {
        "projections": layers * (attention_parameters(model) - output),
        "output": layers * output,
        "feed_forward": layers * (parts * expert_parameters(model) + model.hidden * model.experts),
        "words": model.hidden * model.vocab,
    }
    # Users that choose among experts need more of them together.
    met = model.experts * (1 - (1 - model.top_k / model.experts) ** batch) if model.experts else parts
    read = wanted | {"feed_forward": layers * (met * expert_parameters(model) + model.hidden * model.experts)}
    found = {}
    for step, weights in wanted.items():
        tokens = 1 if fresh and step == "words" else batch
        read_s = read[step] * weight_bytes / bandwidth
        found[step, "weights"] = read_s
        found[step, "compute"] = max(0.0, 2 * weights * tokens / rate - read_s)
    attended = attention_flop(model, context) * (0.5 if fresh else 1.0)  # a token of a prompt sees those before it
    compute_s = layers * batch * attended / (n * where.attention_flop_per_s)
    cached_s = layers * (1 if fresh else batch) * context * cached_bytes / bandwidth
    found["attention", "cache"] = cached_s
    found["attention", "compute"] = max(0.0, compute_s - cached_s) if fresh else 0.0
    for step, count in LAYER_KERNELS.items():
        found[step, "launches"] = count * layers * launch_s()
    found["words", "launches"] = LAST_KERNELS * launch_s()
    if n > 1:
        summed_s = layers * all_reduce_s(where.network, n, n, batch * model.hidden * NUMBER_BYTES)
        found["output", "sums"] = found["feed_forward", "sums"] = summed_s
    return {key: seconds for key, seconds in found.items() if seconds}
