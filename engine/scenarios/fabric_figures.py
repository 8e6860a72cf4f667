"""Figures of a run on the fabric: its time, its work, its closed form and its critical path."""

from engine.fabric.machine.geometry import n_links
from engine.fabric.simulation.simulate import Result
from engine.fabric.trace.critical_path import PARTS, CriticalPath
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
    simulated, shares = "cycle-level simulation", "simulation, after start-up"
    figures = {
        "cycles": Figure(cycles, "cycles", "simulated, with start-up", f"{simulated}, with start-up"),
        "time": Figure(cycles / clock_hz * 1e9, "ns", f"at {clock_hz / 1e9:g} GHz", "cycles over the clock"),
        **trouble,
        "model_cycles": Figure(form.cycles, "cycles", "closed form, without start-up", source),
        "max_error": Figure(result.max_error, "", "error against NumPy", "largest difference of the result"),
        "wavelet_hops": Figure(result.hops, "hops", "wavelet hops", f"{simulated}, links only"),
        "link_utilisation": Figure(result.hops / (wires * busy), "share", "links at work", shares),
        "pe_utilisation": Figure(result.elements / (settings.n_pe * busy), "share", "PEs at work", shares),
        "stalled_cycles": Figure(
            result.stalled, "cycles", "stalled", "cycles in which a wavelet or an operation could not go on, summed"
        ),
        "startup_cycles": Figure(
            result.machine.task_startup,
            "cycles",
            "start-up",
            machines()[scenario.machine].figures["task_startup"].source,
        ),
        "model_distance": Figure(form.distance, "cycles", "distance", source),
        "model_contention": Figure(form.contention, "cycles", "contention", source),
        "model_depth": Figure(form.depth, "cycles", "depth", source),
        "model_compute": Figure(form.compute, "cycles", "products", source),
        "model_startup": Figure(form.startup, "cycles", "gaps", source),
        "deadlock": Figure(result.deadlock, "", "deadlock", "nothing could move and work remained"),
    }
    if path is not None:
        walked = "critical path of the simulation; the five parts add up to its cycles"
        for part, cycles in path.cycles(result.machine.task_startup).items():
            figures[f"path_{part}"] = Figure(cycles, "cycles", f"{PARTS[part]}, on the path", walked)
    return figures
