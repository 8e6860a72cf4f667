"""What a run on the fabric says of itself in a sentence: how long it takes, and how long the best algorithm would."""

from dataclasses import replace

from engine.fabric.simulation.simulate import simulate
from engine.language import Message, Quantity, message
from engine.quantities import FIGURE
from engine.run import Figure

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
    cycles, time = figures["cycles"].value, figures["time"]
    own = {"cycles": Quantity(cycles, "cycle", 12), "time": Quantity(time.value, time.unit, FIGURE)}
    if "sound_cycles" in figures:
        return message("verdict_fabric_faults", sound=Quantity(figures["sound_cycles"].value, "cycle", 12), **own)
    recipe, settings = scenario.recipe(), scenario.settings()
    if not recipe.rivals or len(recipe.algorithms) == 1 or scenario.shown() != settings:
        return message("verdict_fabric", **own)
    rivals = (replace(settings, algorithm=name) for name in recipe.algorithms)
    best = min(filter(scenario.allows, rivals), key=lambda rival: recipe.closed_form(rival).cycles)
    words = {"algorithm": message(f"value_{settings.algorithm}"), **own}
    if best == settings:
        return message("verdict_fabric_best", **words)
    hops = recipe.hops(best)
    if hops + recipe.products(best) > MOST_WORK:
        return message("verdict_fabric", **own)
    least = simulate(recipe.build(best), best.machine, "none", hops).cycles + best.machine.task_startup
    if least >= cycles:
        return message("verdict_fabric", **own)
    name = message(f"value_{best.algorithm}")
    return message("verdict_fabric_slower", best=name, least=least, ratio=cycles / least, **words)
