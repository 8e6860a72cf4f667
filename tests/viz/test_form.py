"""What a form says of its controls."""

import param
import pytest

from engine.language import language
from engine.scenarios import SCENES
from viz.components.form import describe

OTHERWISE = {"scaling": {"cluster": "cs", "n_devices": 4}, "planner": {"cluster": "cs", "n_devices": 4}}


@pytest.mark.parametrize("changes", [{}, OTHERWISE], ids=["usual", "otherwise"])
@pytest.mark.parametrize("scene", SCENES)
def test_each_value_of_a_menu_is_named_for_people_also_while_it_cannot_be_chosen(scene, changes):
    scenario = SCENES[scene].read(changes.get(scene, {}))
    for control in describe(scenario, language("en")):
        parameter = scenario.fields()[control["name"]]
        if isinstance(parameter, param.Selector):
            named = {value: words for value, words, *_ in control["options"] + control["others"]}
            assert named.keys() == set(parameter.objects) - {None}
            assert not [words for words in named.values() if "_" in words]


def test_the_gpus_beside_a_cs_system_are_named_though_its_form_does_not_offer_them():
    scenario = SCENES["scaling"].read(OTHERWISE["scaling"])
    device = next(each for each in describe(scenario, language("en")) if each["name"] == "device")
    assert ["polaris", "A100 40 GB, Polaris"] in device["others"]
