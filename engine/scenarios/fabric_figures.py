"""Figures of a run on the fabric: its time, its work, its closed form and its critical path."""

from engine.fabric.machine.geometry import n_links
from engine.fabric.simulation.simulate import Result
from engine.fabric.trace.critical_path import CriticalPath
from engine.language import Quantity, message
from engine.machines import machines
from engine.run import Figure


def figures_of(
    scenario, result: Result, path: CriticalPath | None, clock_hz: float, trouble: dict[str, Figure]
) -> dict[str, Figure]:
    """Return what a run of the scene gives in numbers.

    Parameters
    ----------
    scenario : engine.scenarios.fabric.FabricScenario
        What was run.
    result : Result
        Its result.
    path : CriticalPath or None
        Its critical path, where one was recorded.
    clock_hz : float
        Clock [Hz].
    trouble : dict of str to Figure
        Figures of its faults, put behind the time.

    Returns
    -------
    dict of str to Figure
        In the order in which they are shown.
    """
    cycles = result.cycles + result.machine.task_startup
    busy = max(1, result.cycles)
    settings = scenario.settings()
    wires = max(1, n_links(settings.width, settings.height))
    form, source = scenario.closed_form(), scenario.recipe().source(settings)
    with_startup, shares = message("fabric_simulation_with_startup"), message("fabric_simulation_after_startup")
    figures = {
        "cycles": Figure(cycles, "cycles", message("figure_fabric_cycles"), with_startup),
        "time": Figure(
            cycles / clock_hz * 1e9,
            "ns",
            message("figure_fabric_time", clock=Quantity(clock_hz, "Hz", 3)),
            message("figure_fabric_time.source"),
        ),
        **trouble,
        "model_cycles": Figure(form.cycles, "cycles", message("figure_fabric_model_cycles"), source),
        "max_error": Figure(
            result.max_error, "", message("figure_fabric_max_error"), message("figure_fabric_max_error.source")
        ),
        "wavelet_hops": Figure(
            result.hops, "hops", message("figure_fabric_wavelet_hops"), message("figure_fabric_wavelet_hops.source")
        ),
        "link_utilisation": Figure(
            result.hops / (wires * busy), "share", message("figure_fabric_link_utilisation"), shares
        ),
        "pe_utilisation": Figure(
            result.elements / (settings.n_pe * busy), "share", message("figure_fabric_pe_utilisation"), shares
        ),
        "stalled_cycles": Figure(
            result.stalled,
            "cycles",
            message("figure_fabric_stalled_cycles"),
            message("figure_fabric_stalled_cycles.source"),
        ),
        "startup_cycles": Figure(
            result.machine.task_startup,
            "cycles",
            message("figure_fabric_startup_cycles"),
            machines()[scenario.machine].figures["task_startup"].source,
        ),
        "model_distance": Figure(form.distance, "cycles", message("figure_fabric_model_distance"), source),
        "model_contention": Figure(form.contention, "cycles", message("figure_fabric_model_contention"), source),
        "model_depth": Figure(form.depth, "cycles", message("figure_fabric_model_depth"), source),
        "model_compute": Figure(form.compute, "cycles", message("figure_fabric_model_compute"), source),
        "model_startup": Figure(form.startup, "cycles", message("figure_fabric_model_startup"), source),
        "deadlock": Figure(
            result.deadlock, "", message("figure_fabric_deadlock"), message("figure_fabric_deadlock.source")
        ),
    }
    if path is not None:
        walked = message("fabric_walked")
        labels = {
            "distance": message("figure_fabric_path_distance"),
            "contention": message("figure_fabric_path_contention"),
            "depth": message("figure_fabric_path_depth"),
            "compute": message("figure_fabric_path_compute"),
            "startup": message("figure_fabric_path_startup"),
        }
        for part, cycles in path.cycles(result.machine.task_startup).items():
            figures[f"path_{part}"] = Figure(cycles, "cycles", labels[part], walked)
    return figures
