import html
import re
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from bokeh.models import LinearScale, LogScale

from engine.language import Language, language
from engine.scenarios import scenario_class
from viz.charts.axes import share, ticks
from viz.charts.paint import PAINT
from viz.charts.scaling.curves import READINGS, curve_of
from viz.charts.scene_charts import SceneCharts

Scaling = scenario_class("scaling")
GPUS = {
    "model": "gpt3-175b",
    "n_devices": 384,
    "tp": 8,
    "pp": 12,
    "interleave": 1,
    "zero": 0,
    "recompute": "full",
    "software": "megatron",
}
SHARDED = GPUS | {"tp": 1, "pp": 1, "zero": 3}
WAFERS = {"cluster": "cs", "model": "cerebras-gpt-1.3b", "n_devices": 16, "global_batch": 528}


def speed_up(edit=lambda changes: None, looked=lambda look: None):
    return SceneCharts("scaling", edit, looked, language("en")).charts["curve"]


@pytest.fixture
def asked():
    return []


@pytest.fixture
def looked():
    return []


@pytest.fixture
def charts(asked, looked):
    return speed_up(asked.append, looked.append)


def run(items):
    return Scaling.read(items).simulate()


def say(charts, **message):
    charts._heard(SimpleNamespace(data=message))


def data(charts, name):
    return charts._figure.sources[name].data


def test_the_curve_is_that_of_the_run_in_every_reading(charts):
    found = run(GPUS)
    charts.show(found)
    for reading in READINGS:
        say(charts, reading=reading)
        np.testing.assert_array_equal(data(charts, "points")["x"], found.columns("curve")["n_devices"])
        np.testing.assert_allclose(data(charts, "points")["y"], found.columns("curve")[reading])


def test_the_line_starts_where_the_curve_starts_and_is_met_at_full_efficiency(charts):
    charts.show(run(GPUS))
    for reading in READINGS:
        say(charts, reading=reading)
        points, line = data(charts, "points"), data(charts, "line")
        assert line["y"][0] == pytest.approx(points["y"][0])
    say(charts, reading="tokens_per_s")
    rate = data(charts, "line")["y"]
    np.testing.assert_allclose(rate / data(charts, "line")["x"], rate[0] / data(charts, "line")["x"][0])


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("reading", list(READINGS))
@pytest.mark.slow
def test_names_lie_in_the_frame_and_on_no_other_name(charts, reading, log):
    charts.show(run(GPUS))
    say(charts, log=log)
    say(charts, reading=reading)
    figure, names = charts._figure, data(charts, "labels")
    boxes = [
        figure._box(x, y, len(text), side, 1 if dy > 0 else -1)
        for x, y, text, side, dy in zip(*(names[part] for part in ("x", "y", "text", "align", "dy")), strict=True)
    ]
    assert len(boxes) >= 2
    for left, right, low, high in boxes:
        assert -0.01 <= left < right <= 1.01
        assert -0.01 <= low < high <= 1.01
    for a, b in combinations(boxes, 2):
        assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]


def test_everything_drawn_lies_inside_the_axes(charts):
    charts.show(run(GPUS))
    charts.show(run(SHARDED))
    for log in (True, False):
        say(charts, log=log)
        for reading in READINGS:
            say(charts, reading=reading)
            plot = charts._figure.plot
            assert isinstance(plot.x_scale, LogScale if log else LinearScale)
            for name in ("points", "line", "other", "published"):
                for axis, ends in (("x", plot.x_range), ("y", plot.y_range)):
                    assert all(ends.start <= value <= ends.end for value in data(charts, name)[axis])


def test_published_points_come_with_source_and_kind(charts):
    charts.show(run(GPUS))
    published = data(charts, "published")
    assert len(published["x"]) >= 3
    assert all(published["source"])
    assert set(published["kind"]) <= {"measured", "claimed"}


def test_points_of_runs_that_were_set_up_otherwise_lead_to_the_curve_as_they_were(charts):
    charts.show(run(GPUS | {"interleave": 2}))
    queries = [html.unescape(query) for query in re.findall(r'href="\?([^"]*)"', charts.notes.object)]
    assert len(queries) == 3
    for query in queries:
        found = Scaling.read_query(query).simulate()
        charts.show(found)
        assert "href" not in charts.notes.object
        curve, published = found.columns("curve"), found.columns("published")
        expected = np.interp(published["n_devices"], curve["n_devices"], curve["speedup"])
        np.testing.assert_allclose(published["speedup"], expected, rtol=0.1)


def test_another_way_to_divide_the_same_model_stays_for_comparison(charts):
    charts.show(run(GPUS))
    before = data(charts, "points")["y"]
    charts.show(run(SHARDED))
    np.testing.assert_allclose(data(charts, "other")["y"], before)
    charts.show(run(WAFERS))
    assert len(data(charts, "other")["y"]) == 0


def test_adding_systems_one_at_a_time_makes_the_curve_grow(charts, asked):
    charts.show(run(WAFERS | {"n_devices": 2}))
    for n in (3, 4, 5):
        say(charts, more=1)
        assert asked[-1]["n_devices"] == n
        charts.show(run(WAFERS | {"n_devices": n}))
    assert {1, 2, 3, 4, 5} <= set(data(charts, "points")["x"])
    assert (np.diff(data(charts, "points")["x"]) > 0).all()


def test_a_growing_batch_grows_with_the_systems(charts, asked):
    charts.show(run(WAFERS | {"mode": "weak", "global_batch": 64}))
    say(charts, more=1)
    assert asked[-1]["n_devices"] == 17
    assert asked[-1]["global_batch"] == 68


def test_a_point_opens_its_step(charts, asked):
    charts.show(run(GPUS))
    charts._figure.sources["points"].selected.indices = [0]
    first = int(data(charts, "points")["x"][0])
    assert asked == [{"n_devices": first}]
    assert charts._figure.sources["points"].selected.indices == []
    charts.show(run(GPUS | asked[0]))
    assert data(charts, "here")["x"].tolist() == [first]


def test_a_guess_hides_the_curve_until_it_is_revealed(charts):
    charts.show(run(GPUS))
    say(charts, reading="efficiency")
    say(charts, draw=True)
    assert charts.tools.reading == "speedup"
    assert not charts._figure._run.visible
    assert not charts._figure._rows.visible
    heights = [1.0 + k for k in range(len(charts.tools.points))]
    say(charts, guess=heights)
    assert charts._figure._run.visible
    assert data(charts, "guess")["y"].tolist() == pytest.approx(heights)
    np.testing.assert_allclose(data(charts, "gap")["high"], data(charts, "points")["y"])
    assert f"{heights[-1]:g}×" in charts.tools.said
    say(charts, draw=True)
    say(charts, draw=False)
    assert charts._figure._run.visible
    assert len(data(charts, "guess")["y"]) == 0


def test_a_guess_means_the_same_in_every_reading(charts):
    charts.show(run(GPUS))
    exact = charts._curve.values("speedup").tolist()
    say(charts, guess=[2 * value for value in exact])
    for reading, factor in (("tokens_per_s", 2), ("efficiency", 2), ("step_time", 0.5)):
        say(charts, reading=reading)
        np.testing.assert_allclose(data(charts, "guess")["y"], factor * data(charts, "points")["y"])


def test_points_for_the_keyboard_lie_on_the_points_of_the_curve(charts):
    charts.show(run(GPUS))
    plot = charts._figure.plot
    for point, x, y in zip(charts.tools.points, data(charts, "points")["x"], data(charts, "points")["y"], strict=True):
        assert point["x"] == pytest.approx(share(x, plot.x_range.start, plot.x_range.end, True))
        assert point["y"] == pytest.approx(share(y, plot.y_range.start, plot.y_range.end, True))


def test_words_beside_the_curve_follow_what_is_shown(charts):
    charts.show(run(WAFERS))
    assert "num_csx=16" in charts.notes.object
    assert "Linear is not the same as fast" in charts.notes.object
    assert "same batch bends" in charts.notes.object
    say(charts, reading="tokens_per_s")
    assert "Linear is not the same as fast" not in charts.notes.object
    for preset in ("genomes_gpus", "genomes_wafers"):
        charts.show(run(Scaling.presets[preset]))
        assert "Zvyagin et al. 2022" in charts.notes.object


def test_what_is_assumed_of_wafers_stands_beside_their_curve(charts):
    charts.show(run(WAFERS))
    said = charts.notes.object
    assert "Assumed of CS systems" in said
    assert all(words in said for words in ("SwarmX", "20 µs", "1 %", "90 %", "262,144 tokens", "No published rate"))
    assert "scaled from CS-2" not in said
    charts.show(run(WAFERS | {"device": "cs3"}))
    assert "CS-3 is scaled from CS-2, ±30 %" in charts.notes.object.replace("30%", "30 %")
    charts.show(run(GPUS))
    assert "Assumed" not in charts.notes.object


@pytest.mark.parametrize("preset", Scaling.presets)
@pytest.mark.slow
def test_every_preset_can_be_drawn_in_every_theme(charts, preset):
    shown = run(Scaling.presets[preset])
    charts.show(shown)
    for theme in PAINT:
        charts.paint(theme)
    assert charts._figure._run.glyph.line_color == curve_of(shown).look.colour(PAINT["projector"])


def test_a_curve_keeps_what_was_asked_for_before():
    first, second = (curve_of(run(WAFERS | {"n_devices": n})) for n in (5, 6))
    assert first.family == second.family
    both = second.after(first)
    assert both.n_devices == sorted({5, *second.n_devices})
    assert both.after(second).visited == {5, 6}
    assert first.family != curve_of(run(WAFERS | {"mode": "weak"})).family


def test_the_curve_is_strong_up_to_the_present_number(charts):
    charts.show(run(WAFERS))
    assert data(charts, "so_far")["x"][-1] == data(charts, "ahead")["x"][0] == 16
    assert len(data(charts, "so_far")["x"]) + len(data(charts, "ahead")["x"]) == len(data(charts, "points")["x"]) + 1


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.3), (0.0, 7.2e6), (1.0, 1.4), (3.0, 2e6)])
@pytest.mark.parametrize("log", [False, True])
def test_ticks_are_few_and_within_the_range(low, high, log):
    found = ticks(max(low, 1e-3) if log else low, high, log)
    assert 2 <= len(found) <= 7
    assert all(low <= tick <= high for tick in found)


def test_the_look_is_told_and_taken_as_an_address_spells_it(charts, looked):
    charts.show(run(GPUS))
    say(charts, reading="efficiency")
    say(charts, log=False)
    told = looked[-1]
    assert told == {"read": "efficiency", "axes": "linear", "against": ""}
    other = speed_up()
    other.look(told)
    other.show(run(GPUS))
    assert (other.tools.reading, other.tools.log) == ("efficiency", False)
    other.look({})
    assert (other.tools.reading, other.tools.log) == ("speedup", True)
    other.look({"read": "<b>", "axes": "7", "against": "n_devices=-1"})
    assert (other.tools.reading, other.tools.log) == ("speedup", True)


def test_a_curve_that_no_preset_draws_is_told_and_comes_back(charts, looked):
    charts.show(run(WAFERS | {"mode": "weak"}))
    charts.show(run(WAFERS))
    query = looked[-1]["against"]
    assert "mode=weak" in query
    other = speed_up()
    other.look({"against": query})
    other.show(run(WAFERS))
    assert other._compared().way == charts._compared().way
    np.testing.assert_array_equal(other._figure.sources["other"].data["y"], data(charts, "other")["y"])


@pytest.mark.parametrize("query", ["model=gpt-j&cluster=cs&device=cs2", "n_devices=0", "nonsense=1"])
def test_a_curve_that_cannot_stand_beside_is_left_out(query):
    charts = speed_up()
    charts.look({"against": query})
    charts.show(run(WAFERS))
    assert charts._compared() is None or charts._compared().scenario["model"] == WAFERS["model"]


def test_the_legend_says_what_the_diamonds_are(charts):
    charts.show(run(GPUS))
    assert charts._figure._legend.text == "◇ claimed, over the modelled first point"
    say(charts, reading="tokens_per_s")
    assert charts._figure._legend.text == "◇ claimed"
    say(charts, draw=True)
    assert not charts._figure._legend.visible


@pytest.mark.parametrize("code", ["de", "fr"])
def test_what_it_says_is_said_in_every_language(code):
    charts = SceneCharts("scaling", lambda changes: None, lambda look: None, Language(code)).charts["curve"]
    for items in (
        GPUS,
        SHARDED,
        WAFERS | {"mode": "weak"},
        WAFERS,
        *(Scaling.presets[name] for name in ("genomes_gpus", "gpt_j")),
    ):
        charts.show(run(items))
        for reading in READINGS:
            say(charts, reading=reading)
    say(charts, draw=True)
    say(charts, guess=[1.0] * len(charts.tools.points))
    assert Language(code)("scaling_your_guess") in data(charts, "labels")["text"]
    assert charts.tools.said and charts.tools.summary
