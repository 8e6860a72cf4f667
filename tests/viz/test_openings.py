"""What a scene begins with can be done, and what it says of its steps is true."""

from functools import cache

import pytest

from engine.language import Language, languages
from engine.scenarios import SCENES
from lessons.catalogue import course
from lessons.goal import judge
from viz.openings import OPENINGS, lesson_of, page_query


@cache
def run_of(scene, query):
    return SCENES[scene].read_query(query).simulate()


def simulate(scenario):
    return run_of(scenario.scene, scenario.query())


def step(scene, name):
    return SCENES[scene].read(OPENINGS[scene].steps[name])


@pytest.mark.slow
@pytest.mark.parametrize("scene", OPENINGS)
def test_a_goal_is_open_at_first_and_one_of_the_steps_reaches_it(scene):
    opening = OPENINGS[scene]
    goal = opening.goal(step(scene, next(iter(opening.steps))))
    standings = [judge(goal, step(scene, name), simulate) for name in opening.steps]
    assert not standings[0].met
    assert any(standing.met for standing in standings[1:])
    assert all(standing.met == (standing.share >= 1) for standing in standings)


@pytest.mark.parametrize("scene", OPENINGS)
@pytest.mark.parametrize("code", languages())
def test_an_opening_is_said_in_every_language(scene, code):
    t, opening = Language(code), OPENINGS[scene]
    assert opening.following in SCENES and opening.lesson in {lesson.slug for lesson in course()}
    words, _, lang = lesson_of(scene, t)
    assert words.endswith(")") == (lang != code)
    for program in opening.goals:
        assert t(f"goal_{scene}_{program}" if program else f"goal_{scene}").endswith(".")
    for said in ("now", "met"):
        assert t(f"goal_{scene}.{said}", value=2, inverse=2, needed=2)
    for name in opening.steps:
        assert t(f"try_{scene}_{name}") and t(f"try_{scene}_{name}.said")
        question = opening.question(step(scene, name))
        assert t(f"{question.id}.purpose" if question else f"purpose_{scene}")


@pytest.mark.parametrize("program", SCENES["fabric"].fields()["program"].objects)
@pytest.mark.parametrize("code", languages())
def test_every_program_of_the_fabric_answers_a_question(program, code):
    asked = OPENINGS["fabric"].question(SCENES["fabric"].read({"program": program}))
    assert Language(code)(asked).rstrip("\u202f\u00a0 ?") and Language(code)(f"{asked.id}.purpose").endswith(".")


# From the example of a program, some of whose runs are not those of its goal, to a run that reaches it.
REACHED = {
    "broadcast": ("one_to_all", {"words": 256}),
    "all_reduce": ("all_get_sum", {"words": 4, "root": "corner"}),
    "stream": ("streams_merge", {"algorithm": "crossing"}),
    "transpose": ("all_to_all", {"words": 32}),
    "gemv": ("matrix_vector", {"words": 24}),
    "gemm": ("matrix_matrix", {"algorithm": "summa"}),
    "weight_stream": ("weights", {"sparsity": 0.9}),
    "stencil": ("cells", {"words": 128}),
}


@pytest.mark.slow
@pytest.mark.parametrize("program", REACHED)
def test_the_goal_of_a_program_is_open_in_its_example_and_can_be_reached(program):
    preset, changes = REACHED[program]
    items = SCENES["fabric"].presets[preset]
    standings = []
    for found in (SCENES["fabric"].read(items), SCENES["fabric"].read(items | changes)):
        standings.append(judge(OPENINGS["fabric"].goal(found), found, simulate))
    assert [standing.met for standing in standings] == [False, True]


def test_a_program_says_no_goal_that_it_is_not_judged_by():
    opening, scenario = OPENINGS["fabric"], SCENES["fabric"]
    assert set(opening.goals) == {"reduce", *REACHED} == set(scenario.fields()["program"].objects)
    for items in (scenario.presets["whole_wafer"], scenario.presets["circle_of_waits"], {"slow_factor": 4}):
        assert opening.goal(scenario.read(items)) is None


def test_every_scene_has_an_opening():
    assert OPENINGS.keys() == SCENES.keys()


@pytest.mark.parametrize("scene", OPENINGS)
def test_an_address_of_a_page_leads_to_its_scenario(scene):
    opening = OPENINGS[scene]
    for scenario in (SCENES[scene](), *(step(scene, name) for name in opening.steps)):
        query = page_query(scenario)
        assert SCENES[scene].read_query(query).values() == scenario.values()
        assert query or not opening.start, "a bare address is that of the opening"


def test_a_step_knows_the_next():
    opening = OPENINGS["fabric"]
    assert opening.step(step("fabric", "star")) == ("star", "two_phase")
    assert opening.step(step("fabric", "many_words")) == ("many_words", "")
    assert opening.step(SCENES["fabric"].read({"width": 9})) == ("", "star")


def test_sums_that_a_goal_does_not_mean_do_not_count():
    goal = OPENINGS["fabric"].goals["reduce"]
    for words in ({"slow_factor": 4}, {"width": 600, "words": 64}):
        assert judge(goal, SCENES["fabric"].read(words), lambda scenario: pytest.fail("nothing is run")) is None


@pytest.mark.slow
def test_what_is_said_of_short_and_of_long_vectors_is_true():
    def fastest(words):
        cycles = {
            name: simulate(SCENES["fabric"].read({"algorithm": name, "words": words})).figures["cycles"].value
            for name in ("star", "tree", "chain", "two_phase")
        }
        return min(cycles, key=cycles.get)

    assert (fastest(1), fastest(256)) == ("star", "chain")


@pytest.mark.slow
def test_both_kinds_leave_the_line_alike_follow_it_with_a_growing_batch_and_wafers_leave_first_with_few_sequences():
    shares = {}
    for name in ("alike", "growing", "small_batch"):
        wafers = step("scaling", name)
        gpus = type(wafers)(**wafers.values() | {"cluster": "gpu", "n_devices": 12 * wafers.n_devices})
        shares[name] = [simulate(each).figures["efficiency"].value for each in (wafers, gpus)]
    assert shares["alike"][0] == pytest.approx(shares["alike"][1], abs=0.02)
    assert max(shares["alike"]) < 0.9 < min(shares["growing"])
    assert shares["small_batch"][0] < shares["small_batch"][1] < min(shares["alike"])
