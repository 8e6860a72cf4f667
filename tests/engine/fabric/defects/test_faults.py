"""Defective, slow and dead parts: the mesh around them, what they cost, and how many chips work."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.fabric.core.isa import EAST, SOUTH, WEST
from engine.fabric.defects import yields
from engine.fabric.defects.faults import healthy
from engine.fabric.defects.spares import lay_around, scatter
from engine.fabric.machine.program import FabricError
from engine.fabric.programs import broadcast, reduce, stream
from engine.fabric.simulation.simulate import simulate
from engine.scenarios import ScenarioError
from engine.scenarios.fabric import FabricScenario
from engine.trace import unpack
from tests.engine.fabric.simulation.test_simulate import WSE2


def read(**settings):
    return FabricScenario.read(settings)


def figures(**settings):
    return {name: figure.value for name, figure in read(**settings).simulate().figures.items()}


@given(st.integers(1, 12), st.integers(1, 8), st.integers(0, 4), st.floats(0, 0.4), st.integers(0, 99))
def test_a_mesh_is_complete_in_order_and_on_healthy_pes_only(width, height, spares, share, seed):
    defective = scatter(width + spares, height, share, seed)
    if defective.sum(axis=1).max() > spares:
        with pytest.raises(FabricError, match="spares must be at least"):
            lay_around(defective, spares)
        return
    mesh = lay_around(defective, spares)
    assert mesh.column.shape == (height, width)
    assert (np.diff(mesh.column, axis=1) > 0).all()
    assert not np.take_along_axis(defective, mesh.column, axis=1).any()
    assert mesh.unused.sum() == height * spares
    extra = mesh.faults().extra
    for y in range(height):
        for x in range(width):
            here = mesh.column[y, x]
            if x + 1 < width:  # from PE to PE, over all that lie between
                assert extra[y, x, EAST] == extra[y, x + 1, WEST] == mesh.column[y, x + 1] - here - 1
            if y + 1 < height:
                assert extra[y, x, SOUTH] == abs(mesh.column[y + 1, x] - here)


def test_defects_are_drawn_with_the_seed_and_at_the_density():
    assert (scatter(50, 40, 0.1, 3) == scatter(50, 40, 0.1, 3)).all()
    assert (scatter(50, 40, 0.1, 3) != scatter(50, 40, 0.1, 4)).any()
    assert (scatter(52, 40, 0.1, 3)[:, :50] == scatter(50, 40, 0.1, 3)).all()
    assert scatter(300, 300, 0.1, 0).mean() == pytest.approx(0.1, rel=0.05)


def test_a_way_past_defective_pes_costs_a_cycle_for_each_and_no_bandwidth():
    mesh = lay_around(np.array([[0, 1, 0, 0, 1, 1, 0, 0]], bool), 3)
    for words in (1, 50):
        sound = simulate(stream.single(5, 1, words, 0), WSE2)
        bent = simulate(stream.single(5, 1, words, 0), WSE2, faults=mesh.faults())
        assert bent.cycles - sound.cycles == 3
        assert bent.detour_hops == 3 * words
        assert bent.stalled == sound.stalled
        assert bent.max_error == 0


def test_a_stream_through_a_slow_pe_runs_at_its_pace():
    def cycles(slow, words):
        faults = healthy(12, 1)
        faults.cycles[0, 6] = slow
        result = simulate(reduce.reduce(12, 1, "chain", words, (1, 1), 0), WSE2, faults=faults)
        assert result.max_error == 0
        return result.cycles

    for slow in (2, 5):
        assert cycles(slow, 101) - cycles(slow, 100) == slow


def test_what_a_slow_pe_cannot_take_stops_those_before_it():
    faults = healthy(8, 1)
    faults.cycles[0, 4] = 4
    result = simulate(broadcast.multicast(8, 1, 60, 0), WSE2, "wavelets", faults=faults)
    stalls = result.recorder.listed_stalls
    stalled = {cell: (stalls[stalls[:, 0] == cell, 2] - stalls[stalls[:, 0] == cell, 1]).sum() for cell in range(8)}
    assert all(stalled[cell] > 30 for cell in range(4)), stalled
    assert all(stalled[cell] == 0 for cell in range(5, 8)), stalled


def test_a_dead_link_is_gone_around_in_two_more_hops_and_in_a_single_row_nothing_arrives():
    faults = healthy(9, 2)
    faults.kill(4, 0, EAST)
    assert faults.dead.sum() == 2
    around = simulate(stream.single(9, 2, 20, 0), WSE2, faults=faults)
    assert around.cycles - simulate(stream.single(9, 2, 20, 0), WSE2).cycles in (0, 2)
    row = healthy(9, 1)
    row.kill(4, 0, WEST)
    assert simulate(stream.single(9, 1, 20, 0), WSE2, faults=row).deadlock
    with pytest.raises(FabricError, match="dead_link must lead to another PE of the rectangle, got north of PE"):
        row.kill(4, 0, 0)


def test_a_detour_longer_than_an_alarm_lies_ahead_is_refused():
    faults = healthy(2, 1)
    faults.lengthen(0, 0, EAST, 25)
    with pytest.raises(FabricError, match="at most 24 extra hops, got 25"):
        faults.packed()


@pytest.mark.parametrize("program", ["reduce", "all_reduce", "stencil"])
def test_a_share_that_is_lost_is_one_and_who_is_faster_with_a_fault_is_lucky(program):
    lucky = 0
    sizes = [(2, 2), (3, 2), (3, 3), (4, 3), (2, 4)]
    for (width, height), words, dead_link in product(sizes, (1, 3), ("north", "east", "west")):
        try:
            scenario = read(program=program, width=width, height=height, words=words, dead_link=dead_link)
            found = scenario.simulate().figures
        except ScenarioError:  # no PE is there
            continue
        lost, saved = found["lost_share"], found["sound_cycles"].value - found["cycles"].value
        assert 0 <= lost.value <= 1
        if saved > 0:
            lucky += 1
            assert lost.value == 0 and f"by chance, the run is {saved} cycle" in str(lost.label)
        else:
            assert str(lost.label) == "of the cycles lost"
    assert lucky  # what the engine says of it is asked at all


def test_what_faults_cost_stands_beside_the_run_without_them():
    sound = figures(width=10, height=6, algorithm="chain")
    assert "sound_cycles" not in sound
    slow = figures(width=10, height=6, algorithm="chain", slow_factor=4, fault_y=0)
    assert slow["sound_cycles"] == sound["cycles"] < slow["cycles"]
    assert slow["lost_share"] == pytest.approx(1 - sound["cycles"] / slow["cycles"])
    assert slow["max_error"] == 0
    cut = figures(width=10, height=1, algorithm="chain", dead_link="west")
    assert cut["deadlock"] and cut["lost_share"] == 1


def test_more_defects_never_make_a_chain_faster():
    cycles = [figures(width=12, height=1, algorithm="chain", defects=d, spares=9)["cycles"] for d in (0.01, 0.1, 0.2)]
    assert cycles == sorted(cycles)
    assert cycles[0] < cycles[-1]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"defects": 0.1, "spares": 0}, "spares must be at least"),
        ({"slow_factor": 2, "fault_x": 24}, "fault_x must be less than 24 PEs, the size of the rectangle, got 24"),
        (
            {"dead_link": "east", "fault_x": 23},
            "dead_link must lead to another PE of the rectangle, got east of PE (23",
        ),
        (
            {"program": "gemm", "width": 8, "words": 4, "dead_link": "south", "fault_y": 8},
            "fault_y must be less than 8 PE",
        ),
    ],
)
def test_faults_that_cannot_be_are_refused(settings, sentence):
    with pytest.raises(ScenarioError) as caught:
        read(**settings)
    assert str(caught.value).startswith(sentence)


def test_the_form_asks_for_details_of_faults_only_where_there_are_some():
    assert not {"spares", "fault_x", "fault_y"} & set(read().relevant())
    assert "spares" in read(defects=0.01).relevant()
    assert {"fault_x", "fault_y"} <= set(read(dead_link="west").relevant())


@pytest.mark.parametrize("size", [{"width": 10, "height": 8}, {"width": 70, "height": 60}])
def test_a_trace_lies_on_the_wafer_and_lists_what_is_wrong(size):
    scenario = read(**size, words=2, defects=0.02, spares=6, slow_factor=3, dead_link="west")
    mesh, faults = scenario.faults()
    trace, _ = unpack(scenario.simulate().packed())
    columns = size["width"] + 6
    assert (trace.meta["width"], trace.meta["mesh"]) == (columns, size["width"])
    unused = trace.tables["unused"].columns
    assert unused["defective"].sum() == mesh.defective.sum()
    y, x = size["height"] // 2, size["width"] // 2
    assert trace.meta["slow"] == [[y * columns + int(mesh.column[y, x]), 3]]
    links = trace.tables["long_links"].columns
    assert links["dead"].sum() == 2
    assert (links["extra"].sum()) == faults.extra.sum()
    step = np.array([-columns, 1, columns, -1])[links["port"]]
    vertical = links["port"] % 2 == 0
    span = links["to"].astype(int) - links["cell"].astype(int) - step
    assert (np.abs(span) + 2 * links["dead"] == links["extra"]).all()
    assert vertical.any()
    used = set(range(columns * size["height"])) - set(unused["cell"].tolist())
    if trace.meta["recorded"] == "wavelets":
        assert set(trace.tables["activity"].columns["cell"].tolist()) <= used
        assert trace.tables["programs"].columns["program"].size == columns * size["height"]
    else:
        done = trace.tables["cells"].columns["done"]
        assert set(np.flatnonzero(done < 2**32 - 1).tolist()) == used


@pytest.mark.parametrize("spares", [0, 1, 3])
@pytest.mark.parametrize("density", [300.0, 3000.0, 20_000.0])
def test_chips_drawn_by_lot_work_as_often_as_the_formulas_say(spares, density):
    wafer = yields.Wafer(width=60, height=40, spares=spares, pe_area=4e-8, die_area=6e-6)
    n = 3000
    formula, drawn = yields.by_formula(wafer, density), yields.by_lot(wafer, density, n, seed=5)
    for name, expected, found in zip(yields.KINDS, formula, drawn, strict=True):
        spread = np.sqrt(expected * (1 - expected) / n) + 1 / n
        assert abs(found - expected) < 4 * spread, (name, expected, found)


@given(st.integers(1, 6), st.integers(1, 3), st.integers(0, 2), st.sampled_from([0.1, 0.5]))
@settings(max_examples=20)
def test_the_formula_with_spares_counts_every_way_in_which_pes_can_break(width, height, spares, share):
    n = width + spares
    row = sum(
        share**broken * (1 - share) ** (n - broken)
        for broken in (bin(pattern).count("1") for pattern in range(2**n))
        if broken <= spares
    )
    assert yields.spared(width, height, spares, share) == pytest.approx(row**height)


def test_the_kernel_that_counts_chips_is_compiled_once():
    for spares in (0, 2):
        yields.by_lot(yields.wafer("wse2", spares), 1e3, 3, seed=0)
    assert yields._count.targetoptions["nogil"] is True
    assert len(yields._count.signatures) == 1


def test_density_and_share_are_inverse_and_a_row_of_spares_saves_a_wafer():
    assert yields.density_of(yields.share_of(1e3, 3.8e-8), 3.8e-8) == pytest.approx(1e3)
    run = figures(width=4, height=4, words=1, defects=0.01, spares=3)
    assert run["yield_unspared"] < 1e-9 < run["yield_die"] < run["yield_spared"]
    assert run["drawn_spared"] == pytest.approx(run["yield_spared"], abs=0.03)
    assert run["drawn_die"] == pytest.approx(run["yield_die"], abs=0.03)
