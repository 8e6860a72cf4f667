import time

import pytest

from engine.language import Language, Quantity, language
from engine.scenarios import scenario_class
from engine.scenarios.fabric_curve import ALONG
from viz.charts import charts_of
from viz.charts.chart import Host
from viz.charts.scene_charts import SceneCharts

Fabric = scenario_class("fabric")
LINE = {"algorithm": "chain", "width": 5, "height": 1, "words": 3}


@pytest.fixture
def asked():
    return []


@pytest.fixture
def charts(asked):
    made = SceneCharts("fabric", asked.append, lambda look: None, language("en"))
    yield made
    made.stop()


def run(**settings):
    return Fabric.read(LINE | settings).simulate()


def simulated(charts):
    """Wait until all points are there; return what the curve says, and its points."""
    deadline = time.monotonic() + 60
    while "Simulating" in charts.tools.said["curve"] and time.monotonic() < deadline:
        time.sleep(0.02)
    return charts.tools.said["curve"], charts.tools.points["curve"]


@pytest.mark.slow
def test_a_curve_is_simulated_only_while_somebody_looks_at_it(charts):
    charts.show(run())
    assert not charts.tools.points
    charts.tools.chosen = "curve"
    _, points = simulated(charts)
    assert len(points) > 5
    assert all(0 <= point["x"] <= 1 and 0 <= point["y"] <= 1 for point in points)


def test_points_of_a_chain_lie_on_the_closed_form_and_each_opens_its_run(charts, asked):
    charts.show(run())
    charts.tools.chosen = "curve"
    said, points = simulated(charts)
    assert said.startswith("27 cycles after start-up, as the closed form")
    assert points[1]["text"] == "2 words: 26 cycles"
    charts.charts["curve"].open(1)
    assert asked == [{"words": 2}]
    charts.charts["curve"].open(99)
    assert len(asked) == 1


@pytest.mark.slow
def test_a_deadlock_has_no_point_and_no_path(charts):
    charts.show(run(program="stream", algorithm="circular", height=4, words=64))
    assert charts.tools.said["path"] == "Nothing was completed, so there is no critical path."
    charts.tools.chosen = "curve"
    said, points = simulated(charts)
    assert "64 words" not in " ".join(point["text"] for point in points)
    assert said


def test_the_sentence_on_the_path_names_the_longest_part(charts):
    charts.show(run(words=2000))
    assert charts.tools.said["path"].endswith("% of them are contention.")


def test_yields_are_offered_only_where_there_are_defects(charts):
    charts.show(run())
    assert "yields" not in dict(charts.tools.charts)
    charts.show(run(width=9, height=9, defects=0.02))
    assert "yields" in dict(charts.tools.charts)
    charts.tools.chosen = "yields"
    charts.show(run())
    assert charts.tools.chosen == "space_time"


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "de", "fr"])
def test_every_chart_says_what_it_shows_in_every_language(code):
    t, english = Language(code), language("en")
    for shown in (run(), run(program="stream", algorithm="circular", height=4), run(width=9, height=9, defects=0.02)):
        for chart in charts_of("fabric").values():
            if chart.is_in(shown):
                made, other = chart(Host(t=t)), chart(Host(t=english))
                for each in (made, other):
                    each.show(shown)
                    each.watch(True)  # only then the curve says something
                    each.stop()
                assert made.said and t(chart.label)
                assert (made.said == other.said) == (code == "en")


@pytest.mark.parametrize("code", ["en", "de", "fr"])
def test_what_a_curve_runs_along_and_tells_is_said_in_every_language(code):
    t, cycles = Language(code), Quantity(3, "cycle")
    assert all(t(f"fabric_along_{name}") and t(f"fabric_along_{name}.axis") for name in ALONG)
    assert all(t(f"fabric_along_{name}.point", n=n, cycles=cycles) for name in ALONG for n in (1, 2))
    for told in ("more", "less"):
        assert t(f"fabric_chart_curve.{told}", cycles=cycles, share=Quantity(0.07, "share"))
