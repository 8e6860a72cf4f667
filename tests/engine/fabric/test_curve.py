import pytest

from engine.fabric.programs import PROGRAMS
from engine.scenarios.fabric import FabricScenario
from engine.scenarios.fabric_curve import ALONG, MOST_WORK, curve, offered

LARGE = {"program": "all_reduce", "width": 750, "height": 994}


def read(**settings):
    return FabricScenario.read(settings)


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.slow
def test_every_curve_goes_through_its_scenario_and_stays_within_its_work(program):
    scenario = read(program=program, width=9, height=6, words=5)
    assert offered(scenario)[:2] == ["words", "width"]
    for along in offered(scenario):
        found = curve(scenario, along)
        assert list(found.values) == sorted(set(found.values))
        assert 2 <= len(found.values) <= 16
        own = found.scenarios[found.values.index(getattr(scenario, along) or scenario.automatic(along))]
        assert own.key() == scenario.key()
        for value, other in zip(found.values, found.scenarios, strict=True):
            changed = {name for name, now in other.values().items() if now != scenario.values()[name]}
            assert changed <= {along}
            assert other.work() <= MOST_WORK or other is scenario
            assert dict(found.form)[value] == other.closed_form().cycles


def test_of_a_run_that_is_too_much_work_for_a_point_only_the_run_itself_and_smaller_ones_are_asked_for():
    for along in ALONG:
        found = curve(read(**LARGE), along)
        too_much = [other for other in found.scenarios if other.work() > MOST_WORK]
        assert [other.key() for other in too_much] == [read(**LARGE).key()]


def test_groups_are_offered_only_where_they_matter():
    assert "group" in offered(read())
    assert "group" not in offered(read(algorithm="chain"))
