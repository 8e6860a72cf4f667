import csv
import itertools

import pytest

from engine.scenarios import ScenarioError
from engine.scenarios.scaling import ScalingScenario
from viz.sweep import from_file, from_ranges, sweep


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


def test_a_sweep_keeps_the_reason_of_a_refusal_and_goes_on_where_it_stopped(tmp_path):
    path = tmp_path / "results.csv"
    settings = {"model": "gpt3-2.7b", "global_batch": "64"}
    scenarios = [settings | {"n_devices": n} for n in ("8", "9", "16")]
    heard = []
    assert sweep("scaling", scenarios[:2], path, 1, lambda *counts: heard.append(counts)) == (2, 1)
    first = rows_of(path)
    assert first[0]["error"] == ""
    assert first[1]["error"].startswith("global_batch must be a multiple of dp × micro_batch")
    expected = ScalingScenario.read(scenarios[0]).simulate().figures["step_time"].value
    assert float(first[0]["step_time"]) == expected
    assert heard[-1] == (2, 1)

    path.write_text(path.read_text(encoding="utf-8").replace(repr(expected), "-1.0"), encoding="utf-8")
    assert sweep("scaling", scenarios, path, 1) == (3, 1)
    second = rows_of(path)
    assert float(second[0]["step_time"]) == -1.0  # not computed again
    assert [row["n_devices"] for row in second] == ["8", "9", "16"]
    assert float(second[2]["step_time"]) < expected
