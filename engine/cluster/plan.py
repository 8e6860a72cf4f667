"""A training step with everything settled: what is computed, where, and how the work is divided."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache, lru_cache

from engine.cluster import gpu, wafer
from engine.cluster.collectives import network
from engine.cluster.gpu import Cluster, Job, Layout, Step
from engine.cluster.layout import NEARBY, DoesNotFit, best_layout, missing
from engine.cluster.rates import gpu as gpu_of
from engine.cluster.rates import peak_flop_per_s, software
from engine.cluster.wafer import Wafers
from engine.language import Quantity, message
from engine.machines import machines


@dataclass(frozen=True)
class Plan:
    """A step on GPUs or on wafers.

    Attributes
    ----------
    job : Job
        What is trained. Its batch is the nearest that the devices divide evenly.
    n_devices : int
        GPUs, or systems.
    micro_batch : int
        What passes a device at once [sequence].
    peak_flop_per_s : float
        Peak of a device for the matrix products that it runs [FLOP/s].
    layout, cluster : Layout, Cluster or None
        Of GPUs.
    wafers : Wafers or None
        In their place.
    """

    job: Job
    n_devices: int
    micro_batch: int
    peak_flop_per_s: float
    layout: Layout | None = None
    cluster: Cluster | None = None
    wafers: Wafers | None = None

    @property
    def tokens_a_step(self) -> int:
        """Tokens of a step [token]."""
        return self.job.global_batch * self.job.sequence_length

    def n_steps(self, tokens: float) -> int:
        """Return the whole steps that train on so many tokens, or on a few more."""
        return math.ceil(tokens / self.tokens_a_step)

    def step(self, seed: int) -> Step:
        """Simulate."""
        if self.wafers:
            return wafer.step(self.job, self.wafers, self.micro_batch)
        return gpu.step(self.job, self.layout, self.cluster, seed)

    def memory_bytes(self) -> float:
        """Return the memory in use on the fullest device [B]."""
        if self.wafers:
            return wafer.memory_bytes(self.job, self.wafers, self.micro_batch)
        return gpu.memory_bytes(self.job, self.layout, self.cluster.software)

    def memory_saving(self) -> str:
        """Return how memory is saved, a word that has a text."""
        if self.wafers:
            moves = wafer.moves_out(self.job, self.wafers, self.micro_batch)
            return "checkpoints_moved" if moves else "checkpoints_kept"
        return f"zero_{self.layout.zero}_{self.layout.recompute}"

    def words(self) -> dict:
        """Return the layout as shown."""
        if self.wafers:
            return {"num_csx": self.n_devices, "micro_batch": self.micro_batch}
        found = asdict(self.layout)
        return {name: value for name, value in found.items() if name not in ("cp", "ep") or value > 1}


@cache
def cluster_of(device: str, stack: str, gpus_per_node: int | None = None, precision: str | None = None) -> Cluster:
    """Return a cluster of `engine.machines` with a software of `data/software.toml`, in its precision or another."""
    program = software(stack, precision)
    return Cluster(gpu_of(device, program), network(device, gpus_per_node), program)


def plan_gpus(
    job: Job,
    device: str,
    stack: str,
    n_devices: int,
    gpus_per_node: int | None,
    wishes: Mapping[str, object],
    precision: str | None = None,
) -> Plan:
    """Settle the layout of a step on GPUs.

    Parameters
    ----------
    job : Job
        What is trained.
    device, stack : str
        A cluster of `engine.machines`, and a key of `data/software.toml`.
    n_devices : int
        GPUs.
    gpus_per_node : int or None
        None as the device has.
    wishes : mapping of str to value
        Fields of `Layout`; what is None is left to the search, overlap to the software.
    precision : str or None
        Of the products of layers, None as is usual with the software.

    Returns
    -------
    Plan
        With the fastest layout, by estimate.

    Raises
    ------
    DoesNotFit
        As `best_layout`.
    """
    cluster = cluster_of(device, stack, gpus_per_node, precision)
    given = {"overlap": cluster.software.overlap} | {name: wish for name, wish in wishes.items() if wish is not None}
    layout = _layout(job, cluster, n_devices, tuple(sorted(given.items())))
    if isinstance(layout, DoesNotFit):
        raise layout.with_traceback(None)
    trained = replace(job, global_batch=gpu.divided_batch(job, layout))
    return Plan(trained, n_devices, layout.micro_batch, peak_flop_per_s(device, cluster.software), layout, cluster)


@lru_cache(maxsize=4096)
def _layout(job, cluster, n_devices, wishes):
    """Return the best layout, or the refusal: it takes as long to find."""
    try:
        return best_layout(job, cluster, n_devices, wishes)
    except DoesNotFit as refusal:
        return refusal


def plan_wafers(job: Job, wafers: Wafers, micro_batch: int | None = None) -> Plan:
    """Settle the micro-batch of a step on wafers, that which is fastest unless it is given.

    All systems have as many sequences, of the batch or one nearby; where a few sequences are too many for that, some
    have one more than others.

    Raises
    ------
    DoesNotFit
        Where systems are left without a sequence or have fewer than are given, or activations do not fit on a wafer.
    """
    if wafers.n_systems > job.global_batch:
        raise DoesNotFit(message("scaling_sequences", batch=str(job.global_batch), got=wafers.n_systems))
    even = wafers.n_systems * round(job.global_batch / wafers.n_systems)
    if abs(even - job.global_batch) <= NEARBY * job.global_batch:
        job = replace(job, global_batch=even)
    machine = machines()[wafers.machine].figures
    room = machine["sram"].value
    share = wafer.share_of_batch(job, wafers)
    if micro_batch and micro_batch > share:
        sequences = Quantity(share, "sequence")
        raise DoesNotFit(message("scaling_wafer_share", sequences=sequences, got=micro_batch))
    size = micro_batch or wafer.fitting_micro_batch(job, wafers)
    need = wafer.memory_bytes(job, wafers, size)
    if need > room:
        lacks = missing(need, room)
        said = message("scaling_wafer_memory", sequences=Quantity(size, "sequence"), got=size, **lacks)
        if not micro_batch:
            said = message("scaling_wafer_sequence", got=job.sequence_length, **lacks)
        raise DoesNotFit(said, need)
    return Plan(job, wafers.n_systems, size, machine["peak_fp16"].value, wafers=wafers)
