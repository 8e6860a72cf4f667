"""What fits: models against the capacity of machines."""

from dataclasses import dataclass

from engine.cited import table
from engine.memory.hierarchy import Machine


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
    """Return the models of `engine/data/memory.toml`, small to large.

    Returns
    -------
    tuple of Need
        Bytes in fp16 with an Adam optimiser of mixed precision.

    References
    ----------
    .. [1] V. Korthikanti et al., "Reducing activation recomputation in large transformer models", 2022,
       arXiv:2205.05198: a layer keeps s b h (34 + 5 a s / h) bytes.
    """
    entries = table("memory")
    assumed = entries["assumed"]
    found = []
    for entry in entries.values():
        if "n_parameters" not in entry:
            continue
        s, h, a = entry["sequence"], entry["hidden"], entry["n_heads"]
        activations = entry["n_layers"] * s * h * (34 + 5 * a * s / h)
        n = entry["n_parameters"]
        found.append(Need(entry["label"], 2 * n, assumed["optimiser_bytes"].value * n, activations))
    return tuple(sorted(found, key=lambda need: need.weights_bytes))


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
