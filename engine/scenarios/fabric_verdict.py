"""What a run on the fabric says of itself in a sentence: how long it takes, and how long the best algorithm would."""

from engine.fabric.simulation.simulate import simulate
from engine.language import Message, Quantity, message
from engine.quantities import FIGURE
from engine.run import Figure
from engine.scenarios.scenario import ScenarioError

MOST_WORK = 200_000  # wavelet hops and products of the other algorithm, some hundredths of a second


def verdict_of(scenario, figures: dict[str, Figure]) -> Message:
    """Return how long a run takes, beside what it is worth comparing with.

    That is the same without its faults, where it has any; else the algorithm that is the fastest by its closed form, if
    that is another one and quickly simulated.

    Parameters
    ----------
    scenario : engine.scenarios.fabric.FabricScenario
        What was run.
    figures : dict of str to Figure
        Its results.

    Returns
    -------
    Message
        One sentence or two.
    """
    cycles, time = figures["cycles"].value, Quantity(figures["time"].value * 1e-9, "s", FIGURE)
    own = {"cycles": Quantity(cycles, "cycle", 12), "time": time}
    if "sound_cycles" in figures:
        return message("verdict_fabric_faults", sound=Quantity(figures["sound_cycles"].value, "cycle", 12), **own)
    recipe, settings = scenario.recipe(), scenario.settings()
    if not recipe.rivals or len(recipe.algorithms) == 1 or scenario.shown() != settings:
        return message("verdict_fabric", **own)
    best = min(_rivals(scenario), key=lambda rival: rival.closed_form().cycles)
    words = {"algorithm": message(f"value_{settings.algorithm}"), **own}
    if best.settings().algorithm == settings.algorithm:
        return message("verdict_fabric_best", **words)
    if best.work() > MOST_WORK:
        return message("verdict_fabric", **own)
    machine = best.settings().machine
    result = simulate(best.build(), machine, "none", recipe.hops(best.settings()))
    least = result.cycles + machine.task_startup
    if least >= cycles:
        return message("verdict_fabric", **own)
    name = message(f"value_{best.settings().algorithm}")
    return message("verdict_fabric_slower", best=name, least=least, ratio=cycles / least, **words)


def _rivals(scenario):
    """Yield the scenario with each algorithm that can be used in its place, itself among them."""
    for name in scenario.recipe().algorithms:
        rival = type(scenario)(**scenario.values() | {"algorithm": name})
        try:
            rival.check()
        except ScenarioError:
            continue
        yield rival
