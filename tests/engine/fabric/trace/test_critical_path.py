from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.fabric.core import log
from engine.fabric.core.isa import EAST, MULTIPLY, RAMP, RECEIVE, SEND, STORE, WEST
from engine.fabric.machine.program import Builder, FabricError, Op
from engine.fabric.programs import PROGRAMS, broadcast, gemm, model, reduce, stream
from engine.fabric.simulation.simulate import simulate
from engine.fabric.trace.critical_path import CONTENTION, DISTANCE, PARTS, critical_path
from engine.fabric.trace.lookup import Moves, _issued
from engine.scenarios.fabric import FabricScenario
from tests.engine.fabric.simulation.test_simulate import WSE2, machines, moves_of, named_programs, nonsense, streams


def path_of(program, machine):
    """The path of a run that ends well; None for others."""
    try:
        result = simulate(program, machine, "wavelets")
    except FabricError:
        return None, None
    return result, critical_path(result)


def test_a_wavelet_is_found_by_its_place_and_cycle_or_its_number():
    listed = np.zeros((3, 1 + max(log.MOVE_PLACE, log.MOVE_T0, log.MOVE_N)), int)
    listed[:, [log.MOVE_PLACE, log.MOVE_T0, log.MOVE_N]] = [(9, 0, 2), (10, 4, 3), (10, 9, 2)]
    recorder, program = SimpleNamespace(listed_moves=listed), SimpleNamespace(colors=["a", "b"])
    moves = Moves(SimpleNamespace(recorder=recorder, program=program))
    found = {t: moves.at(0, 1, 4, t) for t in range(3, 12)}
    assert {t: each for t, each in found.items() if each} == {4: (0, 4), 5: (1, 4), 6: (2, 4), 9: (3, 9), 10: (4, 9)}
    assert [moves.time(0, 1, 4, number) for number in range(-1, 6)] == [None, 4, 5, 6, 9, 10, None]
    assert (moves.at(0, 1, 3, 1), moves.at(0, 1, 5, 1), moves.time(0, 1, 5, 0)) == ((1, 0), None, None)


def test_a_product_receives_once_for_all_its_elements_and_does_not_run_past_them():
    op = SimpleNamespace(does=RECEIVE | MULTIPLY, n=10, shape=(1, 2, 5))
    counted = [_issued(op, 0, n_issued, 2, 5) for n_issued in range(8)]
    assert counted == [(0, 0), (2, 1), (4, 1), (5, 1), (7, 2), (9, 2), (10, 2), (11, 2)]
    assert _issued(SimpleNamespace(does=RECEIVE, n=10), 8, 3, 1, 1) == (11, 2)


def assert_leads_from_start_to_end(result, path):
    width = result.program.width
    assert path.t0[0] == 0
    assert path.t1[-1] == result.cycles
    assert (path.t0 < path.t1).all()
    assert (path.t1[:-1] == path.t0[1:]).all()
    assert (path.cell[:-1] == path.source[1:]).all()
    parts = path.cycles(result.machine.task_startup)
    assert tuple(parts) == PARTS
    assert sum(parts.values()) == result.cycles + result.machine.task_startup
    x, y = np.divmod(np.stack([path.source, path.cell]).astype(int), width)[::-1]
    far = np.abs(np.diff(x, axis=0)) + np.abs(np.diff(y, axis=0))
    assert (far.ravel()[path.part == DISTANCE] == 1).all()
    assert far.max() <= 1
    assert (far.ravel()[(path.part != DISTANCE) & (path.part != CONTENTION)] == 0).all()


def assert_hops_are_recorded(result, path):
    width, seen = result.program.width, {(t, x, y, port) for t, x, y, port, _, _ in moves_of(result)}
    for i in np.flatnonzero(path.part == DISTANCE):
        y, x = divmod(int(path.source[i]), width)
        port = {1: "east", -1: "west", width: "south", -width: "north"}[int(path.cell[i]) - int(path.source[i])]
        if width == 1:
            port = "south" if path.cell[i] > path.source[i] else "north"
        assert path.t1[i] - path.t0[i] == result.machine.hop_latency
        assert (path.t0[i], x, y, port) in seen


@given(streams(), machines)
@settings(deadline=None, max_examples=100)
@pytest.mark.slow
def test_the_path_of_random_streams_is_a_chain_of_recorded_events_and_every_wait_has_its_reason(program, machine):
    result, path = path_of(program, machine)
    assume(path is not None)
    assert_leads_from_start_to_end(result, path)
    assert_hops_are_recorded(result, path)
    assert path.n_unexplained == 0


@given(nonsense(), machines)
@settings(deadline=None, max_examples=100)
@pytest.mark.slow
def test_the_path_of_random_nonsense_adds_up_to_the_cycles(program, machine):
    result, path = path_of(program, machine)
    if path is not None:  # most of it jams or breaks a rule
        assert_leads_from_start_to_end(result, path)


@pytest.mark.parametrize(("width", "height", "words"), [(2, 2, 1), (5, 3, 4), (3, 6, 13), (7, 2, 12)])
def test_the_path_of_every_named_program_is_explained(width, height, words):
    for program in named_programs(width, height, words, seed=1):
        result, path = path_of(program, WSE2)
        if path is None:
            assert result.deadlock
            continue
        assert_leads_from_start_to_end(result, path)
        assert_hops_are_recorded(result, path)
        assert path.n_unexplained == 0


@pytest.mark.parametrize(
    ("program", "algorithm"),
    [(name, algorithm) for name, recipe in PROGRAMS.items() for algorithm in recipe.algorithms],
)
def test_the_parts_in_the_figures_add_up_to_the_cycles(program, algorithm):
    run = FabricScenario.read(
        {"program": program, "algorithm": algorithm, "width": 6, "height": 5, "words": 4}
    ).simulate()
    if run.figures["deadlock"].value:
        assert "path" not in run.trace.tables
        return
    parts = [run.figures[f"path_{name}"].value for name in PARTS]
    assert sum(parts) == run.figures["cycles"].value
    path = run.trace.tables["path"].columns
    assert path["t1"][-1] == run.trace.duration


@given(st.integers(2, 40), st.integers(1, 30), st.integers(1, 4), st.integers(1, 4), st.integers(2, 4))
@settings(deadline=None, max_examples=40)
def test_a_lone_chain_and_a_lone_broadcast_have_the_terms_of_the_closed_form(n_pe, words, hop, ramp, depth):
    machine = replace(WSE2, hop_latency=hop, ramp_latency=ramp, queue_depth=depth, task_startup=7)
    for program, form in (
        (reduce.reduce(n_pe, 1, "chain", words, (1, 1), 0), model.reduce("chain", words, n_pe, n_pe, machine)),
        (broadcast.multicast(n_pe, 1, words, 0), model.broadcast(words, n_pe - 1, machine)),
    ):
        _, path = path_of(program, machine)
        parts = path.cycles(machine.task_startup)
        assert (parts["distance"], parts["contention"], parts["depth"]) == (form.distance, form.contention, form.depth)
        assert (parts["compute"], parts["startup"]) == (0, 7)


def test_a_full_queue_leads_the_path_to_the_element_that_made_room():
    b = Builder(3, 1)
    slow, late = b.color("slow"), b.color("late")
    b.route([0], slow, (RAMP, 1 << EAST))
    b.route([1], slow, (WEST, 1 << RAMP))
    b.route([1], late, (RAMP, 1 << EAST))
    b.route([2], late, (WEST, 1 << RAMP))
    b.run([0], Op("", SEND, 20, send=slow))
    b.run([1], Op("", SEND, 20, send=late), Op("", RECEIVE | STORE, 20, receive=slow))
    b.run([2], Op("", RECEIVE | STORE, 20, receive=late))
    result, path = path_of(b.build(np.ones((3, 20)), [], []), WSE2)
    assert result.cycles == 20 + 15 + 20  # PE (1, 0) sends before it hears: no wavelet on its way is the reason
    assert path.cycles(0) == {"distance": 0, "contention": 40, "depth": 0, "compute": 0, "startup": 15}
    assert (path.cell == 1).all()


def test_streams_that_share_a_link_wait_for_each_other_on_the_path():
    alone = critical_path(simulate(stream.single(8, 1, 20, 0), WSE2, "wavelets")).cycles(0)
    shared = critical_path(simulate(stream.merging(8, 1, 20, 0), WSE2, "wavelets")).cycles(0)
    assert alone["contention"] == 20
    assert shared["contention"] > 30
    assert shared["depth"] >= alone["depth"] == 5


def test_a_deadlock_and_a_field_have_no_path():
    assert critical_path(simulate(stream.circular(4, 3, 20, 0), WSE2, "wavelets")) is None
    assert critical_path(simulate(reduce.reduce(4, 3, "chain", 2, (1, 1), 0), WSE2, "field")) is None


@pytest.mark.parametrize(
    "faults",
    [
        {"slow_factor": 4, "fault_y": 0},
        {"dead_link": "west"},
        {"defects": 0.05, "spares": 4},
        {"slow_factor": 3, "dead_link": "north", "program": "gemv"},
    ],
)
def test_the_path_of_a_faulty_machine_is_explained_too(faults):
    scenario = FabricScenario.read({"width": 8, "height": 6, "words": 5} | faults)
    mesh, wrong = scenario.faults()
    result = simulate(scenario.build(), scenario.constants(), "wavelets", faults=wrong)
    path = critical_path(result)
    assert_leads_from_start_to_end(result, path)
    assert path.n_unexplained == 0
    run = scenario.simulate()
    assert run.trace.tables["path"].columns["cell"].max() < mesh.defective.size


def test_in_lockstep_the_path_goes_to_the_pe_that_all_have_waited_for():
    def path(exchange):
        return critical_path(simulate(gemm.shifted(24, "cannon", 1, exchange, 0), WSE2, "wavelets"))

    lockstep, asynchronous = path("lockstep"), path("asynchronous")
    assert lockstep.n_unexplained == 0
    assert lockstep.cycles(0)["distance"] == 23 * 23  # the way back, in every step
    assert asynchronous.cycles(0)["distance"] < 3 * 23
