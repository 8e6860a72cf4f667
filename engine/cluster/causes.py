"""What holds a step on GPUs back: the same step simulated without one effect at a time."""

from dataclasses import replace
from functools import lru_cache
from math import inf

from engine.cluster import gpu
from engine.cluster.gpu import Cluster, Job, Layout

EFFECTS = ("scores", "heads", "recompute", "exchange", "bubble", "host")


def held_back(job: Job, layout: Layout, cluster: Cluster, step_s: float, seed: int = 0) -> dict[str, float]:
    """Return the share of a step that would not be there without each effect alone.

    Parameters
    ----------
    job, layout, cluster, seed
        As of `engine.cluster.gpu.step`.
    step_s : float
        What that takes [s].

    Returns
    -------
    dict of str to float
        By `EFFECTS`: memory traffic of the table of scores; heads whose rows tensor cores or fused attention do not
        take as they are; recomputation; communication, as over links that take no time; waiting for the first and the
        last micro-batch, :math:`(p - 1) / (v m + p - 1)`; launches and other work of the host. They overlap, so they do
        not add up: what one effect hides comes to light without another.
    """
    stages, passes = layout.pp - 1, layout.interleave * gpu.n_microbatches(job, layout)
    found = dict.fromkeys(EFFECTS, 0.0) | {"bubble": stages / (passes + stages)}
    tried = {"exchange": layout.n_devices > 1, "host": True}
    tried |= {
        "scores": not cluster.software.flash,
        "heads": not cluster.gpu.takes(job.model.head_size, cluster.software.flash),
    }
    others = {name: (layout, other) for name, other in _without(cluster).items() if tried[name]}
    if layout.recompute != "none":
        others["recompute"] = replace(layout, recompute="none"), cluster
    for name, (other_layout, other) in others.items():
        # Without what it hid, something else may take as long: an effect never helps.
        found[name] = max(0.0, 1 - gpu.step(job, other_layout, other, seed).step_s / step_s)
    return found


@lru_cache(maxsize=64)
def _without(cluster):
    """Return the cluster without each effect that is one of its programs, GPUs or links."""
    stack, network = cluster.software, cluster.network
    host = dict.fromkeys(("host_layer_s", "host_tp_s", "host_send_s", "host_step_s"), 0.0)
    latencies = dict.fromkeys(("start_s", "nic_start_s", "link_hop_s", "nic_hop_s"), 0.0)
    free = replace(network, link_bytes_per_s=inf, nic_bytes_per_s=inf, **latencies)
    return {
        "scores": replace(cluster, software=replace(stack, score_bytes_forward=0.0, score_bytes_backward=0.0)),
        "heads": replace(cluster, gpu=replace(cluster.gpu, unaligned=1.0)),
        "exchange": replace(cluster, network=free, software=replace(stack, skew_s=0.0)),
        "host": replace(cluster, software=replace(stack, **host)),
    }
