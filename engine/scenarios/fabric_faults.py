"""Figures of what goes wrong on the fabric: what it costs a program, and how many wafers and dies would work."""

from engine.cited import table
from engine.fabric.defects import yields
from engine.fabric.defects.faults import Faults
from engine.fabric.defects.spares import Mesh
from engine.fabric.simulation.simulate import Result
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
    with_startup = "cycle-level simulation, with start-up"
    lost = 1.0 if result.deadlock else 1 - (sound.cycles + startup) / (result.cycles + startup)
    figures = {
        "sound_cycles": Figure(sound.cycles + startup, "cycles", "without any fault", with_startup),
        "lost_share": Figure(
            lost, "share", "of the cycles lost", "1 - cycles without any fault over cycles; of a deadlock, all"
        ),
    }
    if faults.extra.any() or mesh.unused.any():
        figures["extra_hops"] = Figure(
            result.detour_hops, "hops", "extra hops", "past defective PEs and around dead links, summed"
        )
    if mesh.unused.any():
        figures["defective_pes"] = Figure(
            int(mesh.defective.sum()), "PE", "defective PEs", "drawn with the seed, spares included"
        )
    return figures


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
    at = f"at {density.value * PER_CM2:g} defects a cm2 ({density.source})"
    return {
        "yield_die": Figure(die, "share", "single dies that work", f"{yields.POISSON}; {at}"),
        "yield_unspared": Figure(unspared, "share", "wafers that work without spares", f"{yields.POISSON}; {at}"),
        "yield_spared": Figure(spared, "share", "wafers that work with these spares", f"{yields.BINOMIAL}; {at}"),
        "drawn_die": Figure(
            drawn[0], "share", "single dies, by lot", f"{yields.DRAWN}: {yields.N_WAFERS} wafers; {at}"
        ),
        "drawn_spared": Figure(
            drawn[2], "share", "wafers with spares, by lot", f"{yields.DRAWN}: {yields.N_WAFERS} wafers; {at}"
        ),
        "defect_density": Figure(density.value * PER_CM2, "1/cm²", "defects, published", density.source, density.kind),
        "picture_density": Figure(
            yields.density_of(defects, made.pe_area) * PER_CM2,
            "1/cm²",
            "defects in the picture",
            "-ln(1 - share of defective PEs) over the area of a PE",
        ),
    }
