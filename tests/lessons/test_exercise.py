"""An exercise is judged by what its lesson says: what is measured, what is needed, what is to stay."""

import pytest

from engine.scenarios import scenario_class
from lessons.catalogue import course
from lessons.exercise import attempt
from lessons.expressions import ExpressionError, conditions
from lessons.reading import read_lesson
from lessons.scope import Scope, outcome

STEPS = [(lesson, step) for lesson in course() for step in lesson.steps if step.exercise]


def tried(write, query, *changes):
    lesson = read_lesson(write(*changes))
    step = next(step for step in lesson.steps if step.exercise)
    return attempt(lesson, step, scenario_class("line").read_query(query), outcome)


def test_an_attempt_says_what_is_measured_and_what_is_needed(write):
    far = tried(write, "hops=20&wavelets=41")
    assert (far.met, far.value, far.sign, far.needed, far.unit, far.astray) == (False, 60, "lt", 50, "cycles", ())
    assert far.share == pytest.approx(50 / 60)
    near = tried(write, "hops=5&wavelets=40")
    assert (near.met, near.value, near.astray) == (True, 44, ()) and near.share > 1


def test_what_the_task_holds_fast_is_named_and_keeps_from_the_goal(write):
    away = tried(write, "hops=5&wavelets=2")
    assert (away.met, away.value, away.astray) == (False, 6, ("wavelets",))
    assert away.share < 1


def test_a_goal_without_figures_measures_its_last_number(write):
    goal = ("goal: figures.cycles < 50 and wavelets >= 40", "goal: route == 'straight' and hops < 9")
    found = tried(write, "hops=10&wavelets=40&route=detour", goal)
    assert (found.value, found.needed, found.unit, found.astray) == (10, 9, "hop", ("route",))


def test_a_goal_may_compare_with_another_run(write):
    goal = ("goal: figures.cycles < 50", "goal: figures.cycles < run(hops=100).cycles")
    assert tried(write, "wavelets=40", goal).needed == 199


def test_after_a_false_condition_others_need_not_be_there():
    (only,) = conditions("1 > 2 and missing > 3", {})
    assert not only.holds
    with pytest.raises(ExpressionError):
        conditions("2 > 1 and missing > 3", {})


@pytest.mark.slow
@pytest.mark.parametrize(("lesson", "step"), STEPS, ids=[lesson.slug for lesson, _ in STEPS])
def test_an_exercise_of_the_course_is_open_at_first_and_solved_by_its_solution(lesson, step):
    scope = Scope(lesson.path, step.exercise.line, step.scene, step.settings, outcome)
    solution = scope.changed({key: word.text for key, word in step.exercise.solution.items()})
    first, last = (attempt(lesson, step, scenario, outcome) for scenario in (scope.scenario, solution))
    assert not first.met and first.share < 1
    assert last.met and last.share >= 1 and last.astray == ()
    assert len(step.exercise.hints) == 2
