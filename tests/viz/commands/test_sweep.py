import csv
import itertools
import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children

import pytest

from engine.scenarios import SCENES, ScenarioError, scenario_class
from engine.scenarios.scaling import ScalingScenario
from viz.commands.sweep import from_file, from_ranges, processes, sweep


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_ranges_are_combined():
    found = from_ranges("scaling", {"n_devices": "8..64*2", "tp": "2,4", "mode": "weak"})
    expected = itertools.product(("8", "16", "32", "64"), ("2", "4"), ("weak",))
    assert [tuple(items.values()) for items in found] == list(expected)
    assert [items["global_batch"] for items in from_ranges("scaling", {"global_batch": "8..20+4"})] == [
        "8",
        "12",
        "16",
        "20",
    ]


@pytest.mark.parametrize(
    ("ranges", "sentence"),
    [
        ({"gpus": "8"}, "scaling has no parameter 'gpus'"),
        ({"n_devices": "8..64*1"}, "n_devices must be a range that grows, got '8..64*1'"),
        ({"n_devices": "0..64*2"}, "n_devices must be a range that grows, got '0..64*2'"),
        ({"n_devices": "64..8+8"}, "n_devices must be a range that grows, got '64..8+8'"),
        ({"n_devices": "8..64"}, "n_devices must be a range such as 8..64+8 or 8..1024*2, got '8..64'"),
        ({"n_devices": "8,,16"}, "n_devices must have a value between commas, got '8,,16'"),
        ({"n_devices": "1.2.3..64+1"}, "n_devices must be a range such as 8..64+8 or 8..1024*2, got '1.2.3..64+1'"),
        ({"n_devices": "1..10000+1", "seed": "1..10000+1"}, "a sweep may have at most 1,000,000 scenarios"),
    ],
)
def test_a_bad_range_is_refused(ranges, sentence):
    with pytest.raises(ScenarioError) as caught:
        from_ranges("scaling", ranges)
    assert str(caught.value).startswith(sentence)


def test_a_file_of_scenarios_leaves_empty_cells_to_the_defaults(tmp_path):
    path = tmp_path / "scenarios.csv"
    path.write_text("n_devices,tp\n8,\n16,4\n", encoding="utf-8")
    assert from_file(path) == [{"n_devices": "8"}, {"n_devices": "16", "tp": "4"}]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"n_devices,tp\n8,1,4\n", "must have 2 cells a row, got '4' beyond them"),
        (b"n_devices,n_devices\n8,1\n", "must name each column once in its first line"),
        (b"n_devices\n\xff\n", "must be a CSV file in UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, content, sentence):
    path = tmp_path / "scenarios.csv"
    path.write_bytes(content)
    with pytest.raises(ScenarioError, match=sentence):
        from_file(path)


def test_ranges_go_with_every_row_of_a_file():
    rows = [{"tp": "2"}, {"tp": "4", "seed": "7"}]
    found = from_ranges("scaling", {"n_devices": "8,16..64*2", "seed": "1"}, rows)
    expected = [{"seed": "1", "n_devices": n} | row for row in rows for n in ("8", "16", "32", "64")]
    assert found == expected


@pytest.fixture
def one_process():
    with processes(1) as pool:
        yield pool


SETTINGS = {"model": "gpt3-2.7b", "global_batch": "64"}


@pytest.mark.slow
def test_a_sweep_keeps_the_reason_of_a_refusal_and_goes_on_where_it_stopped(tmp_path, one_process):
    path = tmp_path / "results.csv"
    scenarios = [SETTINGS | {"n_devices": n} for n in ("8", "19", "16")]
    heard = []
    assert sweep("scaling", scenarios[:2], path, one_process, lambda *counts: heard.append(counts)) == (2, 1)
    first = rows_of(path)
    assert first[0]["error"] == ""
    assert first[1]["error"].startswith("global_batch must be at most 5 % off a multiple of dp × micro_batch")
    expected = ScalingScenario.read(scenarios[0]).simulate().figures["step_time"].value
    assert float(first[0]["step_time"]) == expected
    assert heard[0] == (0, 0, 2)
    assert heard[-1] == (2, 1, 2)

    path.write_text(path.read_text(encoding="utf-8").replace(repr(expected), "-1.0"), encoding="utf-8")
    assert sweep("scaling", scenarios, path, one_process) == (3, 1)
    second = rows_of(path)
    assert float(second[0]["step_time"]) == -1.0  # not computed again
    assert [row["n_devices"] for row in second] == ["8", "19", "16"]
    assert float(second[2]["step_time"]) < expected


@pytest.mark.slow
def test_bad_rows_of_a_file_carry_their_reason_and_the_others_are_kept(tmp_path, one_process):
    source, path = tmp_path / "scenarios.csv", tmp_path / "results.csv"
    source.write_text("model,global_batch,gpus,micro_batch\ngpt3-2.7b,64,,auto\ngpt3-2.7b,64,8,\ngpt3-2.7b,x,,\n")
    rows = from_ranges("scaling", {"n_devices": "8"}, from_file(source))
    assert sweep("scaling", rows, path, one_process) == (3, 2)
    good, unknown, bad = rows_of(path)
    assert (good["error"], good["micro_batch"], good["micro_batch_used"]) == ("", "auto", "8")
    assert unknown["error"].startswith("scaling has no parameter 'gpus'")
    assert bad["error"] == "global_batch must be a whole number from 1 to 131,072 sequences, got 'x'"

    # Started again there is nothing to do, whether a row was refused or the engine chose a value.
    before = path.read_bytes()
    path.write_bytes(before.replace(good["step_time"].encode(), b"-1.0"))
    assert sweep("scaling", rows, path, one_process) == (3, 2)
    assert rows_of(path)[0]["step_time"] == "-1.0"


@pytest.mark.slow
def test_rows_of_other_sweeps_are_kept_and_never_taken_for_a_scenario(tmp_path, one_process):
    path = tmp_path / "results.csv"
    sweep("scaling", [SETTINGS | {"n_devices": "8"}, SETTINGS | {"gpus": "8"}], path, one_process)
    before = rows_of(path)
    assert sweep("scaling", [{"n_devices": "8"}, SETTINGS | {"n_devices": "16"}], path, one_process) == (2, 1)
    assert sweep("memory", [{}], path, one_process) == (1, 0)
    after = rows_of(path)
    assert [row["scene"] for row in after] == ["memory", *["scaling"] * 4]
    assert after[1]["error"].startswith("n_devices must offer enough memory")  # 175B on 8, not the 2.7B of before
    for row, kept in zip(before, after[3:], strict=True):
        assert kept | row == kept


def test_a_file_that_holds_something_else_is_not_overwritten(tmp_path, one_process):
    path = tmp_path / "scenarios.csv"
    path.write_text("n_devices\n8\n")
    with pytest.raises(ScenarioError, match="--to must be a new file or one of results"):
        sweep("scaling", [SETTINGS], path, one_process)
    assert path.read_text() == "n_devices\n8\n"


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.slow
def test_every_scene_can_be_swept(tmp_path, one_process, scene):
    assert sweep(scene, [{}], tmp_path / "results.csv", one_process) == (1, 0)
    (row,) = rows_of(tmp_path / "results.csv")
    figures = scenario_class(scene).read({}).simulate().figures
    fields = scenario_class(scene).fields()
    assert row == {"scene": scene, "error": ""} | {
        f"{name}_used" if name in fields else name: "" if figure.value is None else str(figure.value)
        for name, figure in figures.items()
    }


@pytest.mark.slow
def test_a_process_that_is_ended_from_outside_costs_no_finished_row(tmp_path):
    path = tmp_path / "results.csv"
    scenarios = [SETTINGS | {"n_devices": str(8 * n), "seed": str(n)} for n in range(1, 400)]

    def end(n_done, n_failed, n):
        if n_done > 5:
            for process in active_children():
                process.kill()

    with pytest.raises(ScenarioError, match="ended from outside"), processes(1) as pool:
        sweep("scaling", scenarios, path, pool, end)
    assert len(rows_of(path)) > 5


@pytest.mark.slow
def test_ctrl_c_keeps_the_rows_and_says_so(tmp_path):
    path = tmp_path / "results.csv"
    command = [sys.executable, "-m", "viz", "sweep", "scaling", "model=gpt3-2.7b", "n_devices=8", "seed=1..9999+1"]
    with subprocess.Popen(
        [*command, "--to", str(path), "--processes", "1"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test run in the background ignores it
    ) as process:
        deadline = time.monotonic() + 60
        while not path.exists() or len(path.read_text().splitlines()) < 3:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to the whole group
        _, said = process.communicate(timeout=30)
    n = len(rows_of(path))
    assert process.returncode == 130
    assert said == f"waferscope: stopped with {n:,} scenarios in {path}; the same command continues\n"
