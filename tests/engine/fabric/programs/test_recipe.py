"""What a recipe says reaches the scene by itself: programs are found, and their own parameters declared."""

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from engine import language
from engine.fabric import programs
from engine.fabric.core.isa import EAST, NORTH, RAMP, SOUTH, WEST
from engine.fabric.machine.geometry import grid, snake
from engine.fabric.machine.program import Builder, FabricError, bit
from engine.fabric.programs import OWN, PROGRAMS, find_programs, model, own_parameters
from engine.fabric.programs.recipe import Parameter, Recipe
from engine.fabric.published import machine
from engine.fabric.simulation.simulate import simulate
from engine.language import Language, Quantity
from engine.scenarios import ScenarioError
from engine.scenarios.fabric import FabricScenario
from engine.scenarios.scenario import unit_of

ONE_MORE = Path(__file__).with_name("one_more")


@pytest.fixture
def one_more(monkeypatch):
    """Programs with a file more in their folder, and the texts with what it says."""
    files, said = language._files, (ONE_MORE / "prefix_sums.ftl").read_text(encoding="utf-8")
    monkeypatch.setattr(language, "_files", lambda code: files(code) | {"prefix_sums": said})
    monkeypatch.setattr(language, "_bundle", cache(language._bundle.__wrapped__))
    monkeypatch.setattr(programs, "__path__", [*programs.__path__, str(ONE_MORE)])
    yield find_programs()
    sys.modules.pop(f"{programs.__name__}.prefix_sums", None)
    del programs.prefix_sums


def test_a_program_is_added_by_one_file(one_more):
    assert list(one_more) == [*PROGRAMS, "prefix_sums"]
    assert own_parameters(one_more).keys() == OWN.keys() | {"axis"}
    recipe = one_more["prefix_sums"]
    cycles, t = {}, Language("en")
    for axis in ("rows", "columns"):
        settings = recipe.settings(machine(), None, 12, 5, 7, axis=axis)
        assert t(recipe.title(settings)) == f"Prefix sums of 7 words along the {axis} of 12 × 5 PEs"
        result = simulate(recipe.build(settings), settings.machine)
        assert [t(name) for _, name in result.program.colors] == ["running sum, even", "running sum, odd"]
        assert not result.deadlock and result.max_error == 0
        assert result.cycles == recipe.closed_form(settings).cycles
        cycles[axis] = result.cycles
    assert cycles["columns"] < cycles["rows"]
    with pytest.raises(TypeError, match="got axes"):
        recipe.settings(machine(), None, 12, 5, 7, axes="rows")


def test_what_is_not_said_of_a_program_is_filled_in():
    settings = PROGRAMS["reduce"].settings(machine(), None, 12, 5, 1)
    assert (settings.algorithm, settings.seed) == (PROGRAMS["reduce"].algorithms[0], 0)
    assert (settings.n_pe, str(settings.size), settings.vector) == (60, "12 × 5 PEs", Quantity(1, "word"))
    assert replace(settings, words=7).vector == Quantity(7, "word")
    square = PROGRAMS["gemm"].settings(machine(), "cannon", 6, 5, 7, seed=3)
    assert (square.algorithm, square.width, square.height, square.seed) == ("cannon", 6, 6, 3)


def test_a_recipe_needs_to_say_only_what_it_is():
    recipe = Recipe(algorithms=("a",), build=None, title=None, note=None, closed_form=None, hops=None)
    settings = recipe.settings(machine(), None, 4, 3, 9)
    assert (recipe.products(settings), recipe.held(settings), recipe.check(settings)) == (0, 9, None)
    assert (recipe.computes, recipe.square, recipe.flows(settings), recipe.parameters) == (True, False, True, {})
    assert (recipe.source(settings), recipe.place) == (model.SOURCE, 100)
    parameter = Parameter(default="rows")
    assert (parameter.bounds, parameter.softbounds, parameter.choices, parameter.along) == (None, None, (), False)
    assert (parameter.when("a"), parameter.automatic(settings), parameter.most) == (True, None, None)


def test_a_snake_goes_east_in_even_rows_and_west_in_odd_ones():
    line = snake(3, 4)
    assert line.cells.tolist() == [[0, 1, 2, 5, 4, 3, 6, 7, 8, 11, 10, 9]]
    assert (line.origin, line.goal) == ("behind", "on")
    assert line.behind.tolist() == [EAST, EAST, SOUTH, WEST, WEST, SOUTH, EAST, EAST, SOUTH, WEST, WEST, EAST]
    assert line.toward.tolist() == [WEST, WEST, WEST, NORTH, EAST, EAST, NORTH, WEST, WEST, NORTH, EAST, EAST]
    assert (line.length, snake(1, 3).behind.tolist()) == (12, [SOUTH, SOUTH, EAST])


def test_programs_are_offered_in_the_order_of_their_places():
    assert list(PROGRAMS)[:3] == ["reduce", "broadcast", "all_reduce"]
    assert list(PROGRAMS)[-1] == "stencil"


def test_programs_that_share_a_parameter_declare_it_alike():
    recipe = PROGRAMS["gemv"]
    other = {"group": replace(recipe.parameters["group"], unit="row")}
    with pytest.raises(ValueError, match="group must be declared by other as by the programs before it"):
        own_parameters({"gemv": recipe, "other": replace(recipe, parameters=other)})


@pytest.mark.parametrize("name", OWN)
def test_the_scenario_has_each_parameter_as_its_program_declares_it(name):
    said, own = FabricScenario.fields()[name], OWN[name]
    assert said.label and said.doc
    assert (unit_of(said), said.default) == (own.unit, own.default)
    assert said.allow_None == (own.default is None)
    if own.choices:
        assert tuple(said.objects) == own.choices
    else:
        assert said.bounds == own.bounds
    programs_with = [program for program, recipe in PROGRAMS.items() if name in recipe.parameters]
    for program, recipe in PROGRAMS.items():
        matters = {
            algorithm
            for algorithm in recipe.algorithms
            if name in FabricScenario.read({"program": program, "algorithm": algorithm, "width": 8}).relevant()
        }
        assert bool(matters) == (program in programs_with)
    # It is in an address of any program, as before programs could be told apart.
    query = f"program=broadcast&{name}={own.choices[-1] if own.choices else own.bounds[0]}"
    assert FabricScenario.read_query(query).program == "broadcast"


def test_what_is_left_to_the_engine_does_not_depend_on_what_was_chosen():
    for group in (None, 3):
        assert FabricScenario.read({"group": group}).automatic("group") == 5
    centred = FabricScenario.read({"program": "all_reduce", "root": "centre"})
    assert centred.automatic("group") == 4  # of the 13 PEs on one side of the middle
    assert FabricScenario.read({"program": "weight_stream", "algorithm": "two_phase"}).automatic("group") == 4
    assert FabricScenario.read({"program": "broadcast"}).automatic("group") is None


def test_one_color_for_hearing_and_sending_on_is_refused_with_what_is_missing():
    b = Builder(4, 2)
    lines, color = grid(4, 2), b.color("running sum")
    b.route(lines[:, :-1], color, (RAMP, bit(EAST)))
    b.route(lines[:, :1], color, (RAMP, bit(EAST)))  # the same again
    with pytest.raises(FabricError) as caught:
        b.route(lines[:, 1:], color, (WEST, bit(RAMP)))
    assert str(caught.value) == (
        "a router must have one route a color, got a second one on “running sum” at PE (1, 0): "
        "where PEs hear and send on, neighbours alternate between two colors"
    )


def test_a_value_that_only_one_program_looks_at_is_refused_as_any_other():
    with pytest.raises(ScenarioError, match=r"^sparsity must be a number from 0 to 0.95, got '1'$"):
        FabricScenario.read({"sparsity": "1"})
    with pytest.raises(ScenarioError, match=r"^root must be one of corner, centre, or auto, got 'middle'$"):
        FabricScenario.read({"root": "middle"})
    with pytest.raises(ScenarioError, match=r"^group must be a whole number from 1 to 1,170 PEs, or auto, got '0'$"):
        FabricScenario.read({"group": "0"})
