"""Figures of a run on the fabric: its time, its work, its closed form and its critical path; notes on its constants."""

from engine.fabric.machine.constants import Machine
from engine.fabric.machine.geometry import n_links
from engine.fabric.simulation.simulate import Result
from engine.fabric.trace.critical_path import CriticalPath
from engine.language import Message, Quantity, message
from engine.machines import Machine as MachineFile
from engine.machines import machines
from engine.run import Figure

_CONSTANTS = (
    "hop_latency",
    "ramp_latency",
    "queue_depth",
    "vector_gap",
    "task_startup",
    "fp16_per_cycle",
    "fp32_per_cycle",
    "sram_read",
    "sram_write",
)
_TAKEN_OVER = "assumed as on "  # how the source of such a figure begins; then comes the other machine


def notes_of(file: MachineFile, machine: Machine) -> list[Message]:
    """Return what is said at the start of a run of the constants that are uncertain.

    Parameters
    ----------
    file : engine.machines.Machine
        What is known of the wafer.
    machine : Machine
        The constants of the run.

    Returns
    -------
    list of Message
        Which latency of a hop was taken where a measurement and the vendor differ, and what was taken over from
        another machine.
    """
    notes = []
    if "sdk_hop_latency" in file.figures:
        measured, assumed = (file.figures[name].value for name in ("hop_latency", "sdk_hop_latency"))
        hops = {"measured": Quantity(measured, "cycle"), "assumed": Quantity(assumed, "cycle")}
        notes.append(message("fabric_hop_note", hop=Quantity(machine.hop_latency, "cycle"), machine=file.label, **hops))
    names = [name for name in _CONSTANTS if file.figures[name].source.startswith(_TAKEN_OVER)]
    if names:
        like = file.figures[names[0]].source.removeprefix(_TAKEN_OVER)
        constants = [message(f"fabric_constant_{name}") for name in names]
        notes.append(message("fabric_assumed_note", machine=file.label, like=like, constants=constants))
    return notes


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
    cycles = scenario.cycles_of(result) + result.machine.task_startup
    busy = max(1, result.cycles)
    settings = scenario.shown()
    wires = max(1, n_links(settings.width, settings.height))
    form, source = scenario.closed_form(), scenario.recipe().source(scenario.settings())
    whole = settings == scenario.settings()
    with_startup = message("fabric_simulation_with_startup" if whole else "fabric_part_source")
    shares = message("fabric_simulation_after_startup")
    figures = {
        "cycles": Figure(
            cycles, "cycles", message("figure_fabric_cycles", startup=result.machine.task_startup), with_startup
        ),
        "time": Figure(
            cycles / clock_hz * 1e9,
            "ns",
            message("figure_fabric_time", clock=Quantity(clock_hz, "Hz", 3)),
            message("figure_fabric_time.source"),
        ),
        **trouble,
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
        **_hop_figure(machines()[scenario.machine], result.machine.hop_latency),
        "model_cycles": Figure(form.cycles, "cycles", message("figure_fabric_model_cycles"), source),
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


def _hop_figure(file, latency):
    """Return the latency of a hop with its source, where the machine has two of them and this is one."""
    for name in ("hop_latency", "sdk_hop_latency") if "sdk_hop_latency" in file.figures else ():
        known = file.figures[name]
        if known.value == latency:
            return {
                "hop_latency": Figure(latency, "cycles", message("figure_fabric_hop_latency"), known.source, known.kind)
            }
    return {}
