import pytest

from engine.scenarios import SCENES
from viz.address import CLOCKS, IN_BROWSER, VIEW, run_address, split_query
from viz.runs import engine_version


def test_python_reads_the_names_of_a_look_from_the_browsers_module():
    seen = ("theme", "lang", "v", "hide", "chart", "read", "axes", "against", "bet", "years", "over", "beside", "clock")
    assert set(VIEW) == {*seen, "task"}
    assert set(IN_BROWSER) == {"theme", "v", "over", "beside", "clock"}


@pytest.mark.parametrize("scene", SCENES)
def test_no_parameter_is_called_like_a_look(scene):
    assert not set(VIEW) & set(SCENES[scene].fields())


def test_an_address_is_parted_into_scenario_and_look():
    query = "n_devices=96&read=efficiency&axes=linear&against=zero%3D3%26tp%3D1"
    assert split_query(query) == (
        "n_devices=96",
        {"read": "efficiency", "axes": "linear", "against": "zero=3&tp=1"},
    )
    assert split_query("?width=8&layout=1,a:b&beside=&clock=ends") == (
        "width=8&layout=1,a:b",
        {"beside": "", "clock": "ends"},
    )
    assert split_query("width=") == ("width=", {})
    assert CLOCKS == ("one", "ends")


def test_a_run_is_served_where_its_scenario_and_the_version_of_the_engine_say():
    scenario = SCENES["fabric"].read({"width": "9"})
    assert run_address(scenario) == f"/run/fabric?width=9&v={engine_version()}"
    assert run_address(SCENES["fabric"]()) == f"/run/fabric?v={engine_version()}"
