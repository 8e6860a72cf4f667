from importlib import import_module

import pytest

from engine.run import Run
from engine.scenarios import SCENES


@pytest.mark.parametrize(
    ("scene", "settings"),
    [
        *((scene, {}) for scene in SCENES),
        ("fabric", {"width": 9, "height": 9, "defects": 0.02}),
        ("memory", {"machines": ["wse2", "custom"]}),
    ],
)
def test_a_run_comes_back_whole_from_its_file(scene, settings):
    run = SCENES[scene].read(settings).simulate()
    found = Run.unpack(run.packed())
    assert (found.scene, found.scenario, found.title, found.verdict) == (scene, run.scenario, run.title, run.verdict)
    assert found.figures == run.figures
    assert found.trace.marks == run.trace.marks
    assert found.packed() == run.packed()


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_compared_and_measured(scene):
    part = SCENES[scene].part
    assert callable(import_module(f"{part}.published").comparisons)
    assert callable(import_module(f"{part}.bench").measurements)
