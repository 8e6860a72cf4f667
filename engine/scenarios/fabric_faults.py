"""Figures of what goes wrong on the fabric: what it costs a program, and how many wafers and dies would work."""

from engine.cited import table
from engine.fabric.defects import yields
from engine.fabric.defects.faults import Faults
from engine.fabric.defects.spares import Mesh
from engine.fabric.simulation.simulate import Result
from engine.language import Message, Quantity, message
from engine.run import Figure

PER_CM2 = 1e-4  # m2


def fault_figures(result: Result, sound: Result, mesh: Mesh, faults: Faults) -> dict[str, Figure]:
    """Return what faults cost a program.

    Parameters
    ----------
    result, sound : Result
        With the faults, and without.
    mesh : Mesh
        Where the PEs lie.
    faults : Faults
        What was wrong with them.

    Returns
    -------
    dict of str to Figure
        The first in sight.
    """
    startup = result.machine.task_startup
    figures = {
        "sound_cycles": Figure(
            sound.cycles + startup,
            "cycles",
            message("figure_fabric_sound_cycles"),
            message("fabric_simulation_with_startup"),
        ),
        "lost_share": _lost(result, sound),
    }
    if faults.extra.any() or mesh.unused.any():
        figures["extra_hops"] = Figure(
            result.detour_hops,
            "hops",
            message("figure_fabric_extra_hops"),
            message("figure_fabric_extra_hops.source"),
        )
    if mesh.unused.any():
        figures["defective_pes"] = Figure(
            int(mesh.defective.sum()),
            "PE",
            message("figure_fabric_defective_pes"),
            message("figure_fabric_defective_pes.source"),
        )
    return figures


def _lost(result, sound):
    """Return the share of the cycles that faults cost.

    A run can be faster with them: words that come late leave a compute element to others, which are then done in one go
    and not by turns, so that what follows them starts earlier. Nothing is lost then.
    """
    name, startup = "figure_fabric_lost_share", result.machine.task_startup
    lost = 1.0 if result.deadlock else 1 - (sound.cycles + startup) / (result.cycles + startup)
    if lost >= 0:
        return Figure(lost, "share", message(name), message(f"{name}.source"))
    saved = Quantity(sound.cycles - result.cycles, "cycle")
    return Figure(0.0, "share", message("figure_fabric_lucky", saved=saved), message("figure_fabric_lucky.source"))


def yield_figures(machine: str, defects: float, spares: int, seed: int) -> dict[str, Figure]:
    """Return how many dies and wafers of a machine would work at the published density of defects.

    Parameters
    ----------
    machine : str
        A wafer whose yield is known.
    defects : float
        Chance of a PE of the rectangle in the picture to be defective.
    spares : int
        Spare columns [PE].
    seed : int
        Of the wafers that are drawn.

    Returns
    -------
    dict of str to Figure
    """
    density = table("yield")["defects"]["density"]
    made = yields.wafer(machine, spares)
    die, unspared, spared = yields.by_formula(made, density.value)
    drawn = yields.by_lot(made, density.value, yields.N_WAFERS, seed)

    def at(rule: Message) -> Message:
        return message("fabric_at_density", rule=rule, density=density.value * PER_CM2, source=density.source)

    drawing = at(message("fabric_drawn", wafers=Quantity(yields.N_WAFERS, "wafer")))
    return {
        "yield_die": Figure(die, "share", message("figure_fabric_yield_die"), at(yields.POISSON)),
        "yield_unspared": Figure(unspared, "share", message("figure_fabric_yield_unspared"), at(yields.POISSON)),
        "yield_spared": Figure(spared, "share", message("figure_fabric_yield_spared"), at(yields.BINOMIAL)),
        "drawn_die": Figure(drawn[0], "share", message("figure_fabric_drawn_die"), drawing),
        "drawn_spared": Figure(drawn[2], "share", message("figure_fabric_drawn_spared"), drawing),
        "defect_density": Figure(
            density.value * PER_CM2, "1/cm²", message("figure_fabric_defect_density"), density.source, density.kind
        ),
        "picture_density": Figure(
            yields.density_of(defects, made.pe_area) * PER_CM2,
            "1/cm²",
            message("figure_fabric_picture_density"),
            message("figure_fabric_picture_density.source"),
        ),
    }
