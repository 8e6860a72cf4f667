"""What fits: models against the capacity of machines."""

from dataclasses import dataclass

from engine.cited import table
from engine.memory.hierarchy import Machine
from engine.models import models
from engine.transformer import FP16_BYTES, activation_bytes, parameters

_MODELS = ("bert-large", "gpt3-xl", "llama-7b", "gpt3-13b", "llama-70b", "gpt3-175b")


@dataclass(frozen=True)
class Need:
    """What training a model keeps.

    Attributes
    ----------
    label : str
        Name of the model.
    weights_bytes, optimiser_bytes, activation_bytes : float
        Weights in two bytes; gradients, master weights and moments of Adam; activations of one sequence [B].
    """

    label: str
    weights_bytes: float
    optimiser_bytes: float
    activation_bytes: float


def needs() -> tuple[Need, ...]:
    """Return some models of `engine/data/models.toml`, small to large, in fp16 with an Adam of mixed precision."""
    optimiser = table("memory")["assumed"]["optimiser_bytes"].value
    found = []
    for name in _MODELS:
        model = models()[name]
        n = parameters(model, model.sequence_length)
        layer = activation_bytes(model, model.sequence_length, micro_batch=1, tp=1, recompute="none", flash=False)
        found.append(Need(model.label, float(FP16_BYTES * n), optimiser * n, model.layers * layer))
    return tuple(found)


def leaves(need: Need, machine: Machine) -> str:
    """Say what must leave a machine.

    Parameters
    ----------
    need : Need
        Of a model.
    machine : Machine
        Its largest level inside is what counts: SRAM of a wafer, HBM of a GPU.

    Returns
    -------
    str
        "nothing", "optimiser", "weights" (with the optimiser), or "activations" (all of it).
    """
    room = capacity_bytes(machine)
    if need.weights_bytes + need.optimiser_bytes + need.activation_bytes <= room:
        return "nothing"
    if need.weights_bytes + need.activation_bytes <= room:
        return "optimiser"
    return "weights" if need.activation_bytes <= room else "activations"


def capacity_bytes(machine: Machine) -> float:
    """Return what the largest level inside a machine holds [B]."""
    return max(level.capacity_bytes for level in machine.levels if level.name != "link")
