"""Programs that are too large to be simulated: a part stands for them, and says so."""

import pytest

from engine.fabric.simulation.simulate import simulate
from engine.scenarios import ScenarioError, fabric
from engine.scenarios.fabric import FabricScenario
from engine.scenarios.fabric_curve import curve

SMALL = [
    ({"program": "gemv", "width": 21, "height": 30, "words": 5}, 0),
    ({"program": "gemv", "width": 21, "height": 30, "words": 5, "root": "corner"}, 0),
    ({"program": "gemm", "width": 17, "words": 2, "exchange": "lockstep"}, 0),
    ({"program": "gemm", "algorithm": "cannon", "width": 17, "words": 1, "exchange": "lockstep"}, 0),
    ({"program": "gemm", "width": 30, "words": 3}, 0.02),
    ({"program": "gemm", "algorithm": "summa", "width": 30, "words": 4}, 0.05),
    ({"program": "stencil", "width": 25, "height": 31, "words": 50}, 0.01),
    ({"program": "stencil", "algorithm": "star_25", "width": 25, "height": 13, "words": 20}, 0.01),
    ({"program": "transpose", "algorithm": "direct", "width": 15, "height": 9, "words": 3}, 0),
]
PUBLISHED = [
    {"program": "gemv", "width": 660, "height": 660, "words": 25, "dtype": "fp16"},
    {"program": "gemm", "width": 720, "words": 12, "dtype": "fp16", "exchange": "lockstep"},
    {"program": "gemm", "width": 720, "words": 12, "dtype": "fp16"},
    {"program": "gemm", "algorithm": "summa", "width": 720, "words": 12, "dtype": "fp16", "exchange": "lockstep"},
    {"program": "stencil", "algorithm": "star_25", "width": 755, "height": 994, "words": 900},
    {"program": "transpose", "width": 512, "height": 512, "words": 2},
]


@pytest.mark.parametrize(("settings", "within"), SMALL)
@pytest.mark.slow
def test_a_part_tells_the_cycles_of_the_whole(settings, within, monkeypatch):
    scenario = FabricScenario.read(settings)
    whole = simulate(scenario.build(), scenario.constants()).cycles
    assert scenario.shown() == scenario.settings()
    monkeypatch.setattr(fabric, "MOST_HOPS", scenario.work() - 1)
    assert scenario.shown() != scenario.settings()
    run = scenario.simulate()
    told = run.figures["cycles"].value - run.figures["startup_cycles"].value
    assert told == pytest.approx(whole, rel=within, abs=0)


def test_two_stages_of_a_wide_row_are_told_from_a_narrower_one(monkeypatch):
    scenario = FabricScenario.read({"program": "transpose", "width": 64, "height": 1, "words": 2})
    whole = simulate(scenario.build(), scenario.constants()).cycles
    monkeypatch.setattr("engine.fabric.programs.transpose.WIDEST", 34)
    assert scenario.shown().width == 32
    told = scenario.cycles_of(simulate(scenario.build(), scenario.constants()))
    assert told == pytest.approx(whole, rel=0.1)


@pytest.mark.parametrize("settings", PUBLISHED)
def test_published_sizes_are_not_refused(settings):
    scenario = FabricScenario.read(settings)
    assert scenario.work() < fabric.MOST_HOPS
    assert scenario.shown().n_pe < scenario.settings().n_pe


@pytest.mark.slow
def test_a_run_says_that_a_part_is_shown_and_what_its_cycles_are():
    run = FabricScenario.read(PUBLISHED[0]).simulate()
    assert str(run.title).endswith("on 660 × 660 PEs, of which 660 × 1 PEs are shown")
    assert any("The picture shows 660 × 1 PEs that stand for them." in str(mark.text) for mark in run.trace.marks)
    assert str(run.figures["cycles"].source).startswith("cycle-level simulation of a part")
    # Measured were 1,320 cycles, see `waferscope check`.
    assert run.figures["cycles"].value == pytest.approx(1320, rel=0.15)


def test_what_is_wrong_with_a_pe_has_no_place_in_a_part():
    with pytest.raises(ScenarioError, match=r"^width × height × words must be at most"):
        FabricScenario.read(PUBLISHED[2] | {"slow_factor": 2})


def test_a_curve_goes_through_a_part():
    found = curve(FabricScenario.read(PUBLISHED[1]), "width")
    assert found.values[-1] == 720
