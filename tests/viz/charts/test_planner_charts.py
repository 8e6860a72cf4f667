import numpy as np
import pytest

from engine.cluster.planner import context
from engine.cluster.planner.growth import ladder
from engine.language import Language, language
from engine.scenarios import scenario_class
from viz.charts.paint import PAINT
from viz.charts.planner.ladder import FIRST_SPAN, growth
from viz.charts.planner.plans import COSTS
from viz.charts.planner.setup import configurations_of
from viz.charts.scene_charts import SceneCharts

Planner = scenario_class("planner")
GPUS = {"model": "gpt3-13b", "n_devices": 64, "tokens": 20e9, "tp": 4}
WAFERS = {"cluster": "cs", "model": "cerebras-gpt-1.3b", "n_devices": 4, "global_batch": 528, "tokens": 26.3e9}
ALONE = Planner.presets["llama_3"]  # no number of wafers keeps up


def planner_charts(edit=lambda changes: None, looked=lambda look: None):
    return SceneCharts("planner", edit, looked, language("en"))


@pytest.fixture
def asked():
    return []


@pytest.fixture
def charts(asked):
    return planner_charts(asked.append)


@pytest.fixture(scope="module")
def runs():
    return {name: Planner.read(items).simulate() for name, items in (("gpu", GPUS), ("cs", WAFERS), ("alone", ALONE))}


def points(charts):
    return {lane.family: lane.rows for lane in charts.charts["days"]._shown}


@pytest.mark.parametrize("name", ["gpu", "cs", "alone"])
@pytest.mark.slow
def test_both_figures_draw_the_plans_of_the_run(charts, runs, name):
    charts.show(runs[name])
    found = runs[name].columns("frontier")
    for figure in ("days", "frontier"):
        chart = charts.charts[figure]
        for column in ("n_devices", "days"):
            drawn = np.concatenate([source.data[column] for source in chart._sources])
            assert sorted(drawn) == sorted(np.asarray(found[column], float))
        costs = np.concatenate([source.data["cost"] for source in chart._sources])
        axis = charts.charts["frontier"].plot.above[0].text
        (size,) = [size for size, counted in COSTS if axis == language("en")(f"planner_chart_frontier.{counted}")]
        np.testing.assert_allclose(sorted(costs * size), sorted(found["cost"]))
    assert len(charts.tools.points["days"]) == len(charts.tools.points["frontier"]) == len(found["days"])


@pytest.mark.parametrize("name", ["gpu", "cs", "alone"])
@pytest.mark.slow
def test_every_point_lies_inside_its_frame_and_the_band_around_it(charts, runs, name):
    charts.show(runs[name])
    for figure in ("days", "frontier"):
        assert all(0 <= point["x"] <= 1 and 0 <= point["y"] <= 1 for point in charts.tools.points[figure])
    for lane in charts.charts["days"]._shown:
        rows, prefix = lane.rows, "" if lane.family == runs[name].scenario["cluster"] else "other_"
        assert (rows["days_low"] <= rows["days"]).all()
        assert (rows["days"] <= rows["days_high"]).all()
        figure = runs[name].figures[f"{prefix}days"]
        assert [rows[end][lane.here] for end in ("days_low", "days_high")] == [figure.low, figure.high]


@pytest.mark.parametrize("figure", ["days", "frontier", "context"])
@pytest.mark.parametrize("name", ["gpu", "cs"])
@pytest.mark.slow
def test_opening_a_point_asks_for_exactly_its_plan(charts, asked, runs, name, figure):
    run = runs[name]
    charts.show(run)
    found = run.columns(figure if figure == "context" else "frontier")
    queries = [point["query"] for point in charts.tools.points[figure]]
    fits = found.get("fits", [True] * len(found["query"]))
    assert sorted(queries) == sorted(query for query, fit in zip(found["query"], fits, strict=True) if fit)
    for i, query in enumerate(queries):
        asked.clear()
        charts._open(figure, i)
        wanted = Planner.read_query(query)
        reached = run.scenario | (asked[0] if asked else {})
        assert Planner.read(Planner.settle(reached)).query() == wanted.query()


def test_the_plans_of_the_verdict_are_marked_and_named_and_the_present_one_opens_nothing(charts, asked, runs):
    charts.show(runs["gpu"])
    pair = ["64 A100", f"{runs['gpu'].figures['other'].value}"]
    days = charts.charts["days"]
    marked = [
        f"{int(source.data['n_devices'][0])} {lane.noun}" for source, lane in zip(days._here, days._shown, strict=True)
    ]
    assert marked == list(days._names.data["text"]) == pair
    rows = points(charts)["gpu"]
    charts.charts["days"].open_plan(rows["query"][list(rows["n_devices"]).index(64)])
    assert asked == []


def test_a_tap_selects_nothing_for_good(charts, asked, runs):
    charts.show(runs["gpu"])
    source = charts.charts["days"]._sources[0]
    source.selected.indices = [0]
    assert source.selected.indices == []
    assert asked == [{"n_devices": int(points(charts)["gpu"]["n_devices"][0])}]


def test_only_plans_that_another_of_the_same_cluster_beats_are_faded(charts, runs):
    charts.show(runs["cs"])
    for source, rows in zip(charts.charts["frontier"]._sources, points(charts).values(), strict=True):
        for days, cost, alpha in zip(rows["days"], rows["cost"], source.data["alpha"], strict=True):
            beaten = any(d < days and c < cost for d, c in zip(rows["days"], rows["cost"], strict=True))
            assert (alpha < 1) == beaten


def test_the_frontier_says_what_each_price_is(charts, runs):
    charts.show(runs["gpu"])
    names = {text.replace("\n", " ") for text in charts.charts["frontier"]._names.data["text"]}
    assert names == {"A100, prices of 2020", "CS-2, prices of 2023"}
    assert "priced alike" in charts.tools.said["frontier"]
    charts.show(Planner.read(GPUS | {"price": 3.0}).simulate())
    assert "A100, at your price" in charts.charts["frontier"]._names.data["text"]
    assert "not the two lines" in charts.tools.said["frontier"]


def test_the_context_says_where_it_stops_and_what_has_been_run(charts, runs):
    charts.show(runs["gpu"])
    found = runs["gpu"].columns("context")
    rows = [
        (length, fits)
        for cluster, flash, length, fits in zip(
            found["cluster"], found["flash"], found["sequence_length"], found["fits"], strict=True
        )
        if cluster == "gpu" and flash
    ]
    longest = max(length for length, fits in rows if fits) >> 10
    assert f"Sequences of up to {longest}k fit on A100" in charts.tools.said["context"]
    published = charts.charts["context"]._published.data
    assert len(published["x"]) == len(context.published()["run"])
    assert 65536 in published["x"]
    assert published["marker"].count("x") == context.published()["works"].count(False)


def test_a_hollow_point_is_a_context_that_does_not_fit(charts, runs):
    charts.show(runs["gpu"])
    for source in charts.charts["context"]._sources:
        assert all((y <= 1) == (alpha == 1) for y, alpha in zip(source.data["y"], source.data["alpha"], strict=True))


def test_a_cluster_without_a_counterpart_is_drawn_once(charts, runs):
    charts.show(runs["cs"])
    charts.show(runs["alone"])
    drawn = [len(source.data["x"]) > 0 for source in charts.charts["context"]._sources]
    assert drawn == [True, True, False, False]
    assert len(charts.charts["days"]._sources[1].data["days"]) == 0


def test_growth_is_that_of_the_two_models_named():
    rows = ladder()
    found = growth(rows, (2018, 2020))
    assert (rows["model"][found.first], rows["model"][found.last]) == ("BERT-Base", "GPT-3 175B")
    assert found.parameters == rows["parameters"][found.last] / rows["parameters"][found.first]
    assert found.flop == pytest.approx(rows["ratio"][found.last] / rows["ratio"][found.first])
    with pytest.raises(ValueError, match="must hold a model"):
        growth(rows, (1990, 1991))


@pytest.mark.slow
def test_every_span_can_be_brushed_and_sliders_and_box_stay_together(charts, runs):
    charts.show(runs["gpu"])
    ladder_ = charts.charts["ladder"]
    low, high = ladder_.span.years
    for first in range(low, high + 1):
        for last in range(first, high + 1):
            ladder_.span.span = (first, last)
            first_shown, last_shown = ladder_.span.span
            assert (ladder_._box.left, ladder_._box.right) == (first_shown - 0.5, last_shown + 0.5)
            assert "parameters" in charts.tools.said["ladder"]
    ladder_._box.right = 2021.2
    assert ladder_.span.span[1] == 2021


@pytest.mark.slow
def test_the_span_is_in_the_address_and_comes_back_from_it(runs):
    told = {}
    charts = planner_charts(looked=told.update)
    charts.show(runs["gpu"])
    charts.charts["ladder"].span.span = (2019, 2022)
    assert told["years"] == "2019,2022"
    other = planner_charts()
    assert other.look(told) == ""
    assert other.charts["ladder"].span.span == (2019, 2022)
    charts.charts["ladder"].span.span = FIRST_SPAN
    assert told["years"] == ""
    assert other.look({}) == ""
    assert other.charts["ladder"].span.span == FIRST_SPAN


@pytest.mark.parametrize("wrong", ["2019", "2022,2019", "1900,2020", "2019,2022,2023", "<b>", "2019,202x"])
@pytest.mark.slow
def test_a_wrong_span_is_refused_with_a_sentence(charts, wrong):
    said = charts.look({"years": wrong})
    assert said.startswith("years must be two years from 2018 to ")
    assert said.endswith(f"got {wrong!r}. The chart shows 2018 to 2020.")
    assert charts.charts["ladder"].span.span == FIRST_SPAN


def test_a_span_without_models_widens_to_the_last_before_it(charts, runs):
    charts.show(runs["gpu"])
    years = charts.charts["ladder"]._ladder["year"]
    empty = next(year for year in range(min(years), max(years)) if year not in years)
    charts.charts["ladder"].span.span = (empty, empty)
    first, last = charts.charts["ladder"].span.span
    assert first in years
    assert last == empty


@pytest.mark.parametrize("name", ["gpu", "cs"])
def test_what_is_marked_in_a_configuration_is_what_the_engine_counts(runs, name):
    found = runs[name].columns("configuration")
    texts = configurations_of(runs[name], language("en"))
    assert [len(text["marked"]) for text in texts] == [
        n for _, n in sorted(zip(found["cluster"], found["decisions"], strict=True))
    ]
    assert {text["code"] for text in texts} == set(found["text"])
    for text in texts:
        compile(text["code"], "configuration", "exec")


@pytest.mark.parametrize(("code", "days"), [("en", "days"), ("de", "Tage"), ("fr", "jours")])
def test_charts_speak_the_language_of_their_page(runs, code, days):
    charts = SceneCharts("planner", lambda changes: None, lambda look: None, Language(code))
    for run in runs.values():
        charts.show(run)
        assert all(charts.tools.said[name] for name in charts.charts)
    assert dict(charts.tools.charts)["days"].lower() == days.lower()
    assert days in charts.charts["start"]._table.text
    assert charts.look({"years": "2019"}).endswith("2020.")


@pytest.mark.parametrize("theme", list(PAINT))
@pytest.mark.slow
def test_every_theme_paints_every_figure(charts, runs, theme):
    charts.show(runs["gpu"])
    charts.paint(theme)
    assert charts.charts["days"]._lines[0].glyph.line_color == PAINT[theme]["gpu"]
    assert (
        charts.charts["context"]._full.line_color == charts.charts["ladder"]._labels.text_color == PAINT[theme]["ink"]
    )
    charts.show(runs["cs"])
    assert charts.charts["days"]._names.data["paint"][0] == PAINT[theme]["wafer"]


def test_the_start_draws_every_phase_of_both_clusters_and_fine_tuning_below(charts, runs):
    charts.show(runs["gpu"])
    found = runs["gpu"].columns("startup")
    drawn = [y for source in charts.charts["start"]._sources for y in source.data["y"]]
    assert len(drawn) == len(found["phase"]) == len(set(drawn))
    assert set(drawn) == set(charts.charts["start"].plot.y_range.factors)
    for source in charts.charts["start"]._sources:
        ends = (np.asarray(source.data[name]) for name in ("low", "minutes", "high"))
        low, minutes, high = ends
        assert (low <= minutes).all()
        assert (minutes <= high * 1.0001).all()
    assert "this model, fine-tuned" in charts.charts["start"]._table.text


@pytest.mark.slow
def test_the_chart_that_is_seen_is_told_and_taken_as_an_address_spells_it(runs):
    looked = []
    charts = planner_charts(looked=looked.append)
    charts.tools.chosen = "frontier"
    charts.tools.chosen = "days"
    assert looked == [{"chart": "frontier"}, {"chart": ""}]
    charts.look({"chart": "start"})
    assert charts.tools.chosen == "start"
    for wrong in ({"chart": "tools"}, {"chart": "<b>"}, {}):
        charts.look(wrong)
        assert charts.tools.chosen == "days"
