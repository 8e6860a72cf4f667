import numpy as np
import pytest

from engine.fabric.programs import PROGRAMS
from engine.scenarios import Cancelled, ScenarioError
from engine.scenarios.fabric import FabricScenario
from engine.trace import unpack

SMALL = {"width": 9, "height": 6, "words": 5}


def read(**settings):
    return FabricScenario.read(settings)


@pytest.mark.parametrize("name", FabricScenario.presets)
def test_every_preset_is_a_scenario(name):
    scenario = read(**FabricScenario.presets[name])
    assert scenario.closed_form().cycles > 0


@pytest.mark.parametrize(
    ("program", "algorithm"), [(p, a) for p, recipe in PROGRAMS.items() for a in recipe.algorithms]
)
@pytest.mark.slow
def test_every_algorithm_is_right_and_equal_scenarios_give_equal_bytes(program, algorithm):
    scenario = read(program=program, algorithm=algorithm, **SMALL)
    run = scenario.simulate()
    assert run.figures["max_error"].value == 0
    assert not run.figures["deadlock"].value
    assert run.packed() == read(program=program, algorithm=algorithm, **SMALL).simulate().packed()
    assert all(figure.label and figure.source for figure in run.figures.values())


def test_the_parts_of_the_closed_form_add_up_to_it():
    for settings in (
        {},
        {"program": "all_reduce"},
        {"algorithm": "tree"},
        {"program": "all_reduce", "algorithm": "ring"},
    ):
        figures = read(**SMALL | settings).simulate().figures
        parts = [figures[f"model_{name}"].value for name in ("distance", "contention", "depth")]
        assert sum(parts) == pytest.approx(figures["model_cycles"].value)


def test_a_trace_holds_what_the_figures_say():
    run = read(**SMALL).simulate()
    trace, header = unpack(run.packed())
    moves = trace.tables["wavelets"].columns
    assert moves["n"][moves["port"] < 4].sum() == header["figures"]["wavelet_hops"]["value"]
    assert trace.duration + trace.meta["start"] == header["figures"]["cycles"]["value"]
    assert trace.tables["values"].columns["value"].size == moves["n"].sum()
    assert (np.diff(moves["t0"].astype(np.int64)) >= 0).all()
    memory = trace.tables["memory"].columns
    sums = memory["after"][memory["cell"] == 0]
    assert (sums == memory["before"].reshape(-1, 5).sum(axis=0)).all()
    assert [mark.name for mark in trace.marks] == ["start", "first_wavelet", "first_sum", "rows_done", "all_done"]
    assert max(op for op in trace.tables["activity"].columns["op"]) < max(map(len, trace.meta["programs"]))


def test_the_activity_of_a_pe_does_not_overlap():
    for settings in ({"algorithm": "star"}, {"program": "stream", "algorithm": "merging"}, {"program": "all_reduce"}):
        spans = read(**SMALL | settings).simulate().trace.tables["activity"].columns
        assert (spans["kind"] == 4).any()
        for cell in np.unique(spans["cell"]):
            mine = spans["cell"] == cell
            t0, t1 = spans["t0"][mine].astype(int), spans["t1"][mine].astype(int)
            assert (t0 < t1).all()
            assert (t1[:-1] <= t0[1:]).all()


def test_more_than_64_by_64_pes_are_a_field_with_the_same_cycles():
    run = read(width=65, height=64, words=2).simulate()
    trace, _ = unpack(run.packed())
    cells = trace.tables["cells"].columns
    assert run.trace.meta["recorded"] == "field"
    assert cells["done"].size == 65 * 64
    assert cells["done"].max() == trace.duration
    spells = trace.tables["spells"].columns
    assert (spells["t0"][: 65 * 64] < cells["done"]).all()  # every PE has a spell, and the first ones come first
    assert cells["spells"].sum() == spells["t0"].size


def test_a_deadlock_is_a_run_that_says_who_waits():
    run = read(program="stream", algorithm="circular", width=5, height=4, words=16).simulate()
    assert run.figures["deadlock"].value is True
    assert run.trace.marks[-1].name == "deadlock"
    assert len(run.trace.meta["deadlock"]) == 14


def test_a_centred_all_reduce_costs_about_one_diameter_and_a_cornered_one_two():
    cycles = {
        root: read(program="all_reduce", root=root, width=200, height=200, words=1).simulate().figures["cycles"].value
        for root in ("centre", "corner")
    }
    assert cycles["centre"] < cycles["corner"]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"program": "stream", "algorithm": "chain"}, "algorithm must be one of single, crossing, merging, circular"),
        (
            {"algorithm": "chian", "program": "transpose"},
            "algorithm must be one of two_stage, direct or auto for the program transpose, got 'chian'",
        ),
        ({"machine": "wse1", "width": 603}, "width must be at most 602 PEs on WSE-1 (CS-1), got 603"),
        ({"machine": "wse1", "height": 600}, "height must be at most 595 PEs on WSE-1 (CS-1), got 600"),
        ({"width": 750, "height": 994, "words": 8192}, "width × height × words must be at most"),
        ({"width": 750, "height": 994, "words": 64, "algorithm": "star"}, "a run may take at most 600 million wavelet"),
        ({"program": "stream", "width": 1}, "width must be at least 2 PEs for a stream, got 1"),
        (
            {"program": "stream", "algorithm": "circular", "height": 1},
            "height must be at least 2 PEs for a circle, got 1",
        ),
    ],
)
def test_what_cannot_be_run_is_refused_with_parameter_rule_and_value(settings, sentence):
    with pytest.raises(ScenarioError) as caught:
        read(**settings)
    assert str(caught.value).startswith(sentence)


def test_an_unknown_algorithm_beside_other_mistakes_is_refused_with_those_of_its_program():
    valid, refused = FabricScenario.valid({"algorithm": "chian", "width": "x", "program": "gemv"})
    assert valid == {"program": "gemv"}
    algorithms = ", ".join(PROGRAMS["gemv"].algorithms)
    assert f"one of {algorithms} or auto for the program gemv" in str(refused[0])


def test_a_run_can_be_cancelled_before_it_has_begun():
    def stop(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        read().simulate(stop)


def test_the_form_offers_only_what_matters():
    assert "group" in read().relevant()
    assert "group" not in read(algorithm="chain").relevant()
    assert "root" in read(program="all_reduce").relevant()
    assert read(program="stream").choices("algorithm") == list(PROGRAMS["stream"].algorithms)


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("before", [{}, {"width": 64, "height": 64, "words": 256}, {"width": 30, "words": 8192}])
def test_another_program_in_the_form_begins_with_words_that_fit_and_take_no_long_run(program, before):
    settled = FabricScenario.settle({**before, "program": program}, changed=["program"])
    scenario = read(**settled)  # is not refused
    settings, recipe = scenario.settings(), scenario.recipe()
    assert recipe.hops(settings) + recipe.products(settings) < 8e6
    kept = settled["words"] == before.get("words", 16)
    assert kept or settled["words"] < before.get("words", 16)
    assert {name: settled[name] for name in before if name != "words"} == {
        k: v for k, v in before.items() if k != "words"
    }
    # Who changes the words afterwards is not corrected.
    assert FabricScenario.settle({**settled, "words": 20}, changed=["words"])["words"] == 20


@pytest.mark.parametrize(("hop_latency", "hop", "kind"), [(None, 2, "measured"), (1, 1, "claimed"), (3, 3, None)])
def test_on_wse3_the_picture_says_which_latency_of_a_hop_was_taken_and_what_is_assumed(hop_latency, hop, kind):
    broadcast = {"program": "broadcast", "width": 64, "height": 64, "words": 1, "machine": "wse3"}
    run = read(**broadcast, hop_latency=hop_latency).simulate()
    assert run.trace.duration == 1 + hop * 126 + 5 == run.figures["model_cycles"].value
    said = str(run.trace.marks[0].text)
    hops = "2 cycles" if hop == 2 else f"{hop} cycle{'s' * (hop > 1)}"
    assert f"A hop takes {hops} here. On WSE-3 (CS-3), an unreviewed measurement found 2 cycles" in said
    assert "assumed to be those of WSE-2: latency of the ramp, depth of the queues" in said
    figure = run.figures.get("hop_latency")
    assert (figure and figure.kind) == kind
    if kind:
        assert figure.value == hop


def test_wse2_assumes_nothing_of_another_machine_and_has_one_latency_of_a_hop():
    run = read(**SMALL).simulate()
    assert "hop_latency" not in run.figures
    assert "assumed" not in str(run.trace.marks[0].text) and "A hop takes" not in str(run.trace.marks[0].text)
    assert "latency of a hop" in str(read(**SMALL, machine="wse1").simulate().trace.marks[0].text)


def test_a_long_link_and_slow_hops_are_refused_together():
    with pytest.raises(ScenarioError, match="at most 6 extra hops, got"):
        read(**SMALL | {"width": 40}, defects=0.15, spares=14, hop_latency=4).simulate()
