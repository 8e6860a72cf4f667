"""A machine looks the same wherever it stands."""

import pytest

from engine.language import language
from engine.machines import machines, offered
from engine.scenarios import scenario_class
from tests.viz.client.test_theme import GRAPHICS, contrast
from viz.charts.identity import identity
from viz.charts.paint import PAINT
from viz.charts.scene_charts import SceneCharts


def test_no_two_machines_look_alike():
    looks = [identity(name) for name in machines()]
    assert len({(look.family, str(look.dash)) for look in looks}) == len(looks)
    assert {look.marker for look in looks if look.family == "wafer"} == {"circle"}
    assert {look.marker for look in looks if look.family == "gpu"} == {"square"}


@pytest.mark.parametrize("theme", PAINT)
def test_every_machine_stands_out_from_the_ground(theme):
    paint = PAINT[theme]
    weak = [name for name in machines() if contrast(identity(name).colour(paint), paint["card"]) < GRAPHICS]
    assert not weak


def drawn(scene, chart, theme="light", **settings):
    """Return the names in a chart with their colours."""
    charts = SceneCharts(scene, lambda changes: None, lambda look: None, language("en"))
    charts.show(scenario_class(scene).read(settings).simulate())
    charts.paint(theme)
    names = charts.charts[chart]._names.data
    return dict(zip(names.get("name", names.get("text")), names["paint"], strict=True))


def test_a_machine_keeps_its_colour_whatever_it_stands_beside():
    seen = {}
    for menu in (["wse2", "a100_80"], ["a100_80", "h100", "wse2"], ["h100", "a100_80"], [offered("memory")[0]]):
        for name, colour in drawn("memory", "roofline", machines=menu).items():
            assert seen.setdefault(name.split()[0], colour) == colour, menu
    assert len(set(seen.values())) == len(seen)


def test_a_machine_has_its_colour_in_the_planner_too():
    paint = PAINT["light"]
    for cluster in ("gpu", "cs"):
        names = drawn("planner", "days", cluster=cluster, model="cerebras-gpt-1.3b", n_devices=4, tokens=26e9)
        # A name says how many: "4 A100".
        found = {name.split(maxsplit=1)[1]: colour for name, colour in names.items()}
        assert found == {noun: identity(noun).colour(paint) for noun in ("A100", "CS-2")}
