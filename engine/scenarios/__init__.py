"""The front door of the engine: scenarios in, runs out.

This is the only part of the engine that uses Param. `SCENES` lists what can be run.
"""

from engine.language import message
from engine.scenarios.fabric import FabricScenario
from engine.scenarios.inference import InferenceScenario
from engine.scenarios.memory import MemoryScenario
from engine.scenarios.planner import PlannerScenario
from engine.scenarios.scaling import ScalingScenario
from engine.scenarios.scenario import Cancelled, Progress, Scenario, ScenarioError

# In the order of the navigation.
SCENES: dict[str, type[Scenario]] = {
    scene.scene: scene
    for scene in (FabricScenario, MemoryScenario, ScalingScenario, PlannerScenario, InferenceScenario)
}


def scenario_class(scene: str) -> type[Scenario]:
    """Return the scenario class of a scene.

    Parameters
    ----------
    scene : str
        A key of `SCENES`.

    Returns
    -------
    type
        Subclass of `Scenario`.

    Raises
    ------
    ScenarioError
        If there is no such scene.
    """
    if scene not in SCENES:
        rule = message("rule_choice", choices=list(SCENES))
        raise ScenarioError(message("must_be", name="scene", rule=rule, got=repr(scene)))
    return SCENES[scene]


__all__ = ["SCENES", "Cancelled", "Progress", "Scenario", "ScenarioError", "scenario_class"]
