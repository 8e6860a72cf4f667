"""The verdict of a run: who has won and by how much, in the numbers of runs, in every language."""

import pytest

from engine.language import Language, languages
from engine.scenarios import SCENES


def run(scene, **changes):
    return SCENES[scene](**changes).simulate()


def said(scene, **changes):
    return Language("en")(run(scene, **changes).verdict)


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("scene", SCENES)
def test_the_usual_run_of_a_scene_has_a_verdict_in_every_language(scene, code):
    assert Language(code)(run(scene).verdict).endswith(".")


def test_both_times_and_their_ratio_are_those_of_the_figures():
    found = run("memory")
    ratio, times = found.figures["time_ratio"].value, found.verdict.values
    assert times["times"] == ratio == times["long"].value / times["short"].value
    assert [times[name].value for name in ("short", "long")] == [
        found.figures[f"{name}_time"].value for name in ("wse2", "a100_80")
    ]
    assert said("memory") == "The wafer (WSE-2) is 4,700 times as fast as the GPU (A100): 767 ns against 3.6 ms."


def test_the_gpu_may_win_and_machines_of_a_kind_go_by_their_names_alone():
    assert said("memory", weights="streamed").startswith("The GPU (A100) is 12 times as fast as the wafer (WSE-2): ")
    assert said("memory", machines=["v100", "h100"]).startswith("H100 is ")
    assert "A100 SXM 40 GB" in said("memory", machines=["a100_40", "a100_80"])
    assert run("memory", machines=["wse2"]).verdict is None


def test_equals_tie():
    reached = run("memory").figures["a100_80_achieved_bandwidth"].value
    found = run("memory", machines=["custom", "a100_80"], custom_gb_per_s=reached / 1e9)
    fastest, slowest = sorted(found.figures[f"{name}_time"].value for name in ("custom", "a100_80"))
    assert slowest < 1.02 * fastest
    assert Language("en")(found.verdict).startswith("This one is a tie: the same work takes ")


def test_the_best_algorithm_is_simulated_and_none_is_faster_where_that_is_said():
    cycles = {
        name: run("fabric", algorithm=name).figures["cycles"].value for name in ("star", "tree", "chain", "two_phase")
    }
    best = min(cycles, key=cycles.get)
    for name in cycles:
        words = run("fabric", algorithm=name).verdict
        if name == best:
            assert words.id == "verdict_fabric_best"
        else:
            assert words.values["best"].id == f"value_{best}"
            assert (words.values["cycles"].value, words.values["least"]) == (cycles[name], cycles[best])
            assert words.values["ratio"] == cycles[name] / cycles[best]


def test_a_time_on_the_fabric_is_written_as_its_figure_writes_it():
    found, t = run("fabric", program="stencil", width=16, height=10, words=12), Language("en")
    assert found.figures["time"].words(t) == "1,080 ns"
    assert t(found.verdict).endswith(" which is 1,080 ns.")


def test_what_is_no_race_or_too_much_work_says_its_own_time_alone():
    for changes in (
        {"program": "stream"},
        {"program": "broadcast"},
        {"algorithm": "star", "width": 200, "height": 100},
    ):
        assert run("fabric", **changes).verdict.id == "verdict_fabric"
    slow = run("fabric", slow_factor=8)
    assert slow.verdict.values["sound"].value == slow.figures["sound_cycles"].value
    assert run("fabric", program="stream", algorithm="circular").verdict is None  # its title says that it never ends


def test_speed_up_and_share_of_linear_are_those_of_the_figures():
    found = run("scaling", cluster="cs", model="cerebras-gpt-13b", n_devices=16, global_batch=768)
    times, share = found.figures["speedup"].value, found.figures["efficiency"].value
    assert (found.verdict.values["times"].value, found.verdict.values["share"].value) == (times, share)
    assert run("scaling", cluster="cs", model="cerebras-gpt-13b", n_devices=1).verdict is None


@pytest.mark.slow
def test_the_other_cluster_has_the_fewest_that_keep_up_and_needs_as_much_as_when_it_is_asked_for():
    own = SCENES["planner"]()
    found, words = own.simulate(), own.simulate().verdict.values
    twin, _ = own._counterpart()
    other = twin.simulate()
    assert words["chosen"] == "fewest" and words["others"].value == twin.n_devices
    assert words["time"] == "open"  # their intervals overlap
    assert words["spent"] == "one" and words["saves_energy"] == words["saves_cost"] == "A100"
    assert words["other_days"].value == pytest.approx(other.figures["days"].value * 86_400)
    for name in ("energy", "cost"):
        assert words[name] == pytest.approx(other.figures[name].value / found.figures[name].value)
    for name in ("days", "energy", "cost"):
        beside, alone = found.figures[f"other_{name}"], other.figures[name]
        assert [beside.value, beside.low, beside.high] == pytest.approx([alone.value, alone.low, alone.high])
    assert list(found.figures)[:6] == ["days", "other_days", "cost", "other_cost", "energy", "other_energy"]
    rate = found.figures["tokens_per_s"].value
    assert other.figures["tokens_per_s"].value >= rate
    fewer = type(twin)(**twin.values() | {"n_devices": twin.n_devices - 1})
    assert fewer.simulate().figures["tokens_per_s"].value < rate


@pytest.mark.slow
def test_where_more_would_not_help_it_is_said_and_where_none_can_that_too():
    assert "(more of them would be no faster)" in said("planner", n_devices=4096)
    assert said("planner", **SCENES["planner"].presets["llama_3"]).endswith("The other kind of cluster cannot do it.")
