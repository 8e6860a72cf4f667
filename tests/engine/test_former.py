"""A former name of a parameter or of a value is read as what it is called now, wherever scenarios are read."""

import pytest

from engine.scenarios import SCENES, ScenarioError, scenario_class
from engine.scenarios.former import FORMER, items_now, name_now

ONCE = {
    "fabric": {"columns": "width", "kind": "program", "program=sum": "program=reduce"},
    "memory": {"machines=a100": "machines=a100_80"},
}


@pytest.fixture
def once(monkeypatch):
    """Some names that nothing ever had."""
    for scene, names in ONCE.items():
        monkeypatch.setitem(FORMER, scene, FORMER.get(scene, {}) | names)


@pytest.mark.parametrize("scene", SCENES)
def test_every_entry_leads_to_what_the_scene_has_now_and_hides_nothing_it_has(scene):
    fields = scenario_class(scene).fields()
    for before, now in FORMER.get(scene, {}).items():
        name, _, value = now.partition("=")
        assert name in fields
        assert before.partition("=")[0] == name if value else before not in fields
        if value:
            assert value in fields[name].objects


def test_an_address_with_former_names_is_the_scenario_of_today(once):
    read = scenario_class("fabric").read_query("columns=9&kind=sum&height=5")
    today = scenario_class("fabric").read_query("width=9&program=reduce&height=5")
    assert read.key() == today.key()
    assert read.query() == "width=9&height=5"


def test_a_pass_through_so_many_parameters_is_one_through_the_model_that_is_nearest():
    for size, model in (
        ("8030000000", "llama3-8b"),
        (175_000_000_000, "gpt3-175b"),
        ("1300000000", "cerebras-gpt-1.3b"),
    ):
        assert items_now("memory", {"kernel": "model_pass", "n": size}) == {"kernel": "model_pass", "model": model}
    read = scenario_class("memory").read_query("kernel=model_pass&n=8030000000&batch=1&machines=wse2,a100_80")
    assert (read.model, read.n) == ("llama3-8b", None)
    assert items_now("memory", {"kernel": "model_pass", "n": "5", "model": "gpt-j"})["model"] == "gpt-j"
    assert items_now("memory", {"kernel": "gemv", "n": "5"}) == {"kernel": "gemv", "n": "5"}


def test_values_are_renamed_also_in_lists_and_in_json(once):
    for value in ("wse2,a100", ["wse2", "a100"]):
        assert scenario_class("memory").read({"machines": value}).machines == ["wse2", "a100_80"]
    assert scenario_class("fabric").read({"columns": 9}).width == 9


def test_of_an_old_and_a_new_name_the_last_one_counts(once):
    assert items_now("fabric", {"columns": "9", "width": "8"}) == {"width": "8"}
    assert items_now("fabric", {"width": "8", "columns": "9"}) == {"width": "9"}


def test_a_mistyped_name_or_value_keeps_its_sentence(once):
    with pytest.raises(ScenarioError, match=r"^fabric has no parameter 'colums'; it has machine, program"):
        scenario_class("fabric").read({"colums": "9"})
    with pytest.raises(ScenarioError, match=r"^program must be one of reduce, .* got 'summ'$"):
        scenario_class("fabric").read({"program": "summ"})
    with pytest.raises(ScenarioError, match=r"^width must be a whole number from 1 to 755 PEs, got '9,5'$"):
        scenario_class("fabric").read({"columns": "9,5"})
    with pytest.raises(ScenarioError, match=r"^memory has no parameter 'columns'"):
        scenario_class("memory").read({"columns": "9"})
    assert name_now("fabric", "colums") == "colums"
