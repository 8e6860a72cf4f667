import html
import re
from itertools import combinations, product
from random import Random
from types import SimpleNamespace

import numpy as np
import pytest
from bokeh.models import LinearScale, LogScale

from engine.language import Language, language
from engine.scenarios import ScenarioError, scenario_class
from viz.charts.axes import share, ticks
from viz.charts.paint import PAINT
from viz.charts.scaling.curves import READINGS, curve_of
from viz.charts.scaling.figure import BESIDE, LETTER, SIZE
from viz.charts.scaling.notes import OTHERS
from viz.charts.scene_charts import SceneCharts

EN = language("en")
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
WIDE = {"model": "cerebras-gpt-13b", "global_batch": 768, "n_devices": 192}
ALIKE = Scaling.presets["begun_alike"]
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
        n = data(charts, "points")["x"]
        np.testing.assert_array_equal(n, found.columns("curve")["n_devices"][: len(n)])
        np.testing.assert_allclose(data(charts, "points")["y"], found.columns("curve")[reading][: len(n)])


def test_the_line_starts_where_the_curve_starts_and_is_met_at_full_efficiency(charts):
    charts.show(run(GPUS))
    for reading in READINGS:
        say(charts, reading=reading)
        points, line = data(charts, "points"), data(charts, "line")
        assert line["y"][0] == pytest.approx(points["y"][0])
    say(charts, reading="tokens_per_s")
    rate = data(charts, "line")["y"]
    np.testing.assert_allclose(rate / data(charts, "line")["x"], rate[0] / data(charts, "line")["x"][0])


def boxes(charts):
    """Return left, right, low and high of each name as shares of the frame."""
    figure, names = charts._figure, data(charts, "labels")
    plot, log = figure.plot, charts.tools.log
    width, height = (side * figure._letter / whole for side, whole in zip(LETTER, figure.size, strict=True))
    for x, y, text in zip(names["x"], names["y"], names["text"], strict=True):
        left = share(x, plot.x_range.start, plot.x_range.end, log) + BESIDE / figure.size[0]
        middle = share(y, plot.y_range.start, plot.y_range.end, log)
        yield left, left + width * len(text), middle - height / 2, middle + height / 2


@pytest.mark.parametrize("items", [GPUS, SHARDED, WAFERS, WAFERS | {"mode": "weak"}])
@pytest.mark.slow
def test_names_lie_in_the_frame_beside_the_ends_and_on_no_other_name(charts, items):
    charts.show(run(items))
    for theme, log, size, reading in product(("light", "projector"), (False, True), (SIZE, (240, 200)), READINGS):
        charts.paint(theme)
        say(charts, size=size)
        say(charts, reading=reading)
        say(charts, log=log)
        found = list(boxes(charts))
        assert len(found) == 3
        for left, right, low, high in found:
            assert left < right <= 1.001
            assert -1e-9 <= low < high <= 1 + 1e-9
        for a, b in combinations(found, 2):
            assert a[3] <= b[2] + 1e-9 or b[3] <= a[2] + 1e-9
        plot, ends = charts._figure.plot, max(data(charts, "points")["x"])
        assert min(left for left, *_ in found) > share(ends, plot.x_range.start, plot.x_range.end, log)


@pytest.mark.parametrize("items", [GPUS, WAFERS, {"cluster": "cs", "n_devices": 192}, *Scaling.presets.values()])
@pytest.mark.slow
def test_both_curves_can_be_read_on_one_axis(charts, items):
    charts.show(run(items))
    own, other = data(charts, "points")["x"], data(charts, "other")["x"]
    assert other[-1] <= max(own[-1], other[0])
    present = charts._curve.scenario["n_devices"]
    assert own[-1] == present or own[-1] <= 2 * other[-1]
    assert present in own


def ahead_of(own, other, reading):
    """Return how a sentence begins that says who is ahead at the present number."""
    name = reading if reading == "tokens_per_s" else "efficiency"
    n = own.scenario["n_devices"]
    places = (own, n), (other, other.opposite(n)[0])
    ends = {curve.scenario["cluster"]: float(curve.columns[name][curve.n_devices.index(k)]) for curve, k in places}
    winner, loser = sorted(ends, key=ends.get, reverse=True)
    words = {"gpu": "GPUs", "cs": "wafers"}[winner]
    if ends[winner] < 1.02 * ends[loser]:
        return "A tie"
    if name == "efficiency":
        return f"The {words} stay nearer to the line: "
    return f"The {words} are {EN.number(ends[winner] / ends[loser], 2)} times as fast: "


def test_the_other_kind_begins_with_devices_about_as_fast_and_is_held_against_the_same_line(charts):
    charts.show(run(WIDE))
    own, other = charts._curve, charts._other
    n, m = other.stands
    assert (n, m) == (1, 12)
    assert other.rate(n) == pytest.approx(own.rate(m), rel=0.25)
    np.testing.assert_array_equal(data(charts, "other")["x"], 12 * other.columns["n_devices"])
    line = np.interp(data(charts, "other")["x"], data(charts, "line")["x"], data(charts, "line")["y"])
    np.testing.assert_allclose(data(charts, "other")["y"] / line, other.columns["efficiency"])
    assert charts.plot.xaxis.axis_label == "GPUs (12 A100 beside 1 CS-2)"
    for reading in ("tokens_per_s", "step_time", "efficiency"):
        say(charts, reading=reading)
        np.testing.assert_allclose(data(charts, "other")["y"], other.columns[reading])
        assert charts.tools.against.startswith(ahead_of(own, other, reading))
    exact = run({"cluster": "cs", "model": WIDE["model"], "global_batch": 768, "n_devices": 4}).columns("curve")
    known = dict(zip(exact["n_devices"], exact["tokens_per_s"], strict=True))
    assert all(other.rate(int(n)) == pytest.approx(known[n]) for n in other.columns["n_devices"])


def test_nobody_is_ahead_where_the_other_kind_has_not_as_many(charts):
    charts.show(run({"cluster": "cs", "n_devices": 1}))
    assert charts._other.unit == "GPU"
    assert charts.tools.against == ""


def test_where_both_curves_are_one_the_thinner_lies_on_top(charts):
    charts.show(run(ALIKE))
    drawn = charts.plot.renderers
    figure = charts._figure
    assert min(map(drawn.index, (figure._other, figure._other_dots))) > max(
        map(drawn.index, (figure._run, figure._here))
    )
    assert figure._other.glyph.line_width < figure._run.glyph.line_width


def test_in_an_embed_names_are_short(charts):
    charts.shrink()
    charts.show(run(ALIKE))
    assert not any("of linear" in text for text in data(charts, "labels")["text"])


def test_the_other_kind_has_the_batch_of_as_many_devices_where_it_grows(charts):
    charts.show(run(WIDE | {"mode": "weak"}))
    own, other = charts._curve, charts._other
    n, m = other.stands
    batches = [
        Scaling.read_query(curve.queries[curve.n_devices.index(k)]).global_batch for curve, k in ((own, m), (other, n))
    ]
    assert batches[0] == batches[1] == 48


def test_how_many_set_ups_the_gpus_need_is_counted_along_their_curve(charts):
    charts.show(Scaling.read(ALIKE).simulate())
    layouts = [Scaling.read_query(query).plan().words() for query in charts._other.queries]
    assert layouts == charts._other.layouts
    different = {tuple(value for name, value in each.items() if name not in ("dp", "overlap")) for each in layouts}
    assert f"there are {len(different)} different ones" in charts.notes.text
    table = charts.notes.text.partition("</table>")[0]
    assert re.search(r"micro-batch</th><td><b>", table)


def test_where_the_time_goes_stands_beside_the_curve(charts):
    found = run(WIDE | {"n_devices": 1536})
    charts.show(found)
    assert f"{100 * found.figures['compute_share'].value:.0f}&nbsp;% computing" in charts.notes.text
    shown = set(re.findall("held back by ([^:]*): without it", charts.notes.text))
    assert shown == {
        each.label.id and language("en")(each.label).removeprefix("held back by ")
        for name, each in found.figures.items()
        if name.startswith("held_back") and each.value >= 0.01
    }


def test_what_is_chosen_on_the_other_side_changes_with_the_number_of_devices(charts):
    for n in (192, 768):
        charts.show(run(WIDE | {"n_devices": n}))
        assert f"num_csx={n // 12}<" in charts.notes.text
        layout = scenario_class("scaling")(**WIDE | {"n_devices": n}).plan().layout
        assert f"{layout.tp} × {layout.pp} × {layout.dp}" in charts.notes.text


@pytest.mark.parametrize(
    ("model", "batch", "nearer"), [("13b", 768, 0), ("13b", 192, -1), ("13b", 1536, 1), ("1.3b", 768, -1)]
)
def test_which_kind_stays_nearer_to_the_line_depends_on_batch_and_model(charts, model, batch, nearer):
    """As the note beside the curves says of 128 times as many, with devices that divide the batch."""
    shares = []
    for cluster, first in (("gpu", 12), ("cs", 1)):
        items = {"model": f"cerebras-gpt-{model}", "global_batch": batch, "cluster": cluster, "n_devices": 128 * first}
        found = run(items)
        shares.append(found.figures["efficiency"].value)
    charts.show(found)
    assert "Another batch, another picture" in charts.notes.text
    ahead = shares[1] - shares[0]
    assert abs(ahead) < 0.02 if nearer == 0 else nearer * ahead > 0.03
    charts.show(run(items | {"mode": "weak"}))
    assert "Another batch" not in charts.notes.text


@pytest.mark.parametrize("unit", ["GPU", "wafer"])
def test_other_pairs_are_a_link_away_on_the_side_that_is_shown(charts, unit):
    charts.show(run(ALIKE if unit == "wafer" else WIDE))
    note = re.search("Another batch.*?</p>", charts.notes.text)[0]
    found = [Scaling.read_query(html.unescape(query)) for query in re.findall(r'href="\?([^"]*)"', note)]
    assert [(each.model, each.global_batch) for each in found] == list(OTHERS)
    assert {(each.cluster, each.n_devices) for each in found} == {("cs", 128) if unit == "wafer" else ("gpu", 1536)}


def test_the_pair_of_the_opening_begins_alike_and_divides_evenly(charts):
    """As the page says of its choice."""
    opening = Scaling.read(ALIKE)
    charts.show(opening.simulate())
    assert charts._other.stands == (12, 1)
    assert charts._other.rate(12) == pytest.approx(charts._curve.rate(1), rel=0.25)
    assert all(opening.global_batch % (layout["dp"] * layout["micro_batch"]) == 0 for layout in charts._other.layouts)


@pytest.mark.parametrize("items", [ALIKE, WIDE])
def test_same_and_growing_batch_begin_with_one_run(charts, asked, items):
    charts.show(run(items))
    first = charts._other.stands[1]
    before = charts._curve.rate(first)
    for mode in ("weak", "strong"):
        say(charts, mode=mode)
        charts.show(run(charts._curve.scenario | asked[-1]))
        assert charts._curve.rate(first) == pytest.approx(before)
        each = 768 if items is ALIKE else 64
        assert charts.tools.batches == ["768 sequences for all", f"{each} sequences for each {charts.tools.unit}"]
    assert charts._curve.scenario["global_batch"] == items["global_batch"]


def test_names_say_the_share_of_linear_at_the_end(charts):
    charts.show(run(ALIKE))
    assert charts._curve.n_devices[-1] == charts._curve.scenario["n_devices"]
    for curve, kind in ((charts._other, "GPUs"), (charts._curve, "wafers")):
        assert f"{kind}: {100 * curve.columns['efficiency'][-1]:.0f} % of linear" in data(charts, "labels")["text"]


def test_names_beyond_the_run_say_of_how_many_they_are(charts):
    charts.show(run(WIDE))
    assert charts._curve.n_devices[-1] > charts._curve.scenario["n_devices"]
    for curve, kind in ((charts._curve, "GPUs"), (charts._other, "wafers")):
        end = f"{kind} at {EN.number(curve.n_devices[-1], 12)}: {100 * curve.columns['efficiency'][-1]:.0f} %"
        assert end in data(charts, "labels")["text"]


def test_names_say_tokens_per_second_where_these_are_read(charts):
    charts.show(run(ALIKE))
    say(charts, reading="tokens_per_s")
    rate = charts._curve.values("tokens_per_s")[-1]
    assert f"wafers: {EN.number(rate, 2)}" in data(charts, "labels")["text"]


def test_a_single_device_is_compared_by_its_tokens_per_second(charts):
    found = run(ALIKE | {"n_devices": 1})
    assert str(found.title) == "1 wafer alone: how fast?"
    charts.show(found)
    assert "12 A100 reach" in charts.tools.against and "tokens/s" in charts.tools.against


@pytest.mark.parametrize("items", [ALIKE, WIDE])
def test_a_curve_that_begins_with_several_says_why(charts, items):
    charts.show(run(items))
    fewest = charts._curve.n_devices[0]
    assert (f"Why the curve begins with {fewest} " in charts.notes.text) == (fewest > 1)


def test_everything_drawn_lies_inside_the_axes(charts):
    charts.show(run(GPUS))
    charts.show(run(SHARDED))
    for log in (True, False):
        for reading in READINGS:
            say(charts, reading=reading)
            say(charts, log=log)
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
    queries = [html.unescape(query) for query in re.findall(r'href="\?([^"]*recompute=[^"]*)"', charts.notes.text)]
    assert len(queries) == 3
    for query in queries:
        found = Scaling.read_query(query).simulate()
        charts.show(found)
        assert "set up otherwise" not in charts.notes.text
        curve, published = found.columns("curve"), found.columns("published")
        expected = np.interp(published["n_devices"], curve["n_devices"], curve["speedup"])
        np.testing.assert_allclose(published["speedup"], expected, rtol=0.1)


def test_another_way_to_divide_the_same_model_stays_for_comparison(charts):
    charts.show(run(GPUS))
    say(charts, reading="tokens_per_s")
    before = dict(zip(data(charts, "points")["x"], data(charts, "points")["y"], strict=True))
    charts.show(run(SHARDED))
    after = dict(zip(data(charts, "other")["x"], data(charts, "other")["y"], strict=True))
    assert len(before.keys() & after.keys()) > 2
    assert all(before[n] == after[n] for n in before.keys() & after.keys())
    charts.show(run(SHARDED | {"n_devices": 768}))
    assert charts._other.unit == "GPU"
    charts.show(run(SHARDED | {"global_batch": 768}))
    assert charts._other.unit == "wafer"
    charts.show(run(WAFERS))
    assert charts._other.unit == "GPU"


def test_the_curve_of_systems_begins_with_one_and_has_the_present_number(charts):
    for n in (2, 3, 4, 5):
        charts.show(run(WAFERS | {"n_devices": n}))
        assert {1, n} <= set(data(charts, "points")["x"])
        assert data(charts, "here")["x"].tolist() == [n]
        assert (np.diff(data(charts, "points")["x"]) > 0).all()


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
    assert charts.tools.guess == heights
    assert [point["found"] for point in charts.tools.points] == pytest.approx(data(charts, "points")["y"])
    assert [point["line"] for point in charts.tools.points] == pytest.approx(data(charts, "line")["y"])
    assert charts.tools.about.startswith("GPT-3 175B: ") and "1,536 A100" in charts.tools.about
    assert charts.tools.source.startswith("Simulation (modelled): ") and "fewest" in charts.tools.source
    say(charts, draw=True)
    say(charts, draw=False)
    assert charts._figure._run.visible
    assert len(data(charts, "guess")["y"]) == 0


def test_a_guess_is_in_the_address_and_others_see_it_beside_the_runs(charts, looked):
    charts.show(run(GPUS))
    say(charts, draw=True)
    say(charts, guess=[1.0 + k for k in range(len(charts.tools.points))])
    other = speed_up()
    other.look(looked[-1])
    other.show(run(GPUS))
    np.testing.assert_allclose(data(other, "guess")["y"], data(charts, "guess")["y"], rtol=0.01)
    assert other.tools.said.startswith("At 1,536 GPUs the guess was")
    say(charts, draw=True)
    assert looked[-1]["bet"] == ""


@pytest.mark.parametrize(
    "bet", ["", "1", "1,2,x,4,5,6", *(f"1,2,3,4,5,{last}" for last in ("nan", "-6", "1e99", "<b>"))]
)
def test_a_guess_in_an_address_that_does_not_fit_is_none(charts, looked, bet):
    charts.look({"bet": bet})
    charts.show(run(GPUS))
    assert not charts.tools.guess and not charts.tools.said
    assert looked[-1]["bet"] == ""


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
        assert point["x"] == pytest.approx(share(x, plot.x_range.start, plot.x_range.end, False))
        assert point["y"] == pytest.approx(share(y, plot.y_range.start, plot.y_range.end, False))


def test_words_beside_the_curve_follow_what_is_shown(charts):
    charts.show(run(WAFERS))
    assert "num_csx=16" in charts.notes.text
    assert "Linear is not the same as fast" in charts.notes.text
    assert "same batch bends" in charts.notes.text
    say(charts, reading="tokens_per_s")
    assert "Linear is not the same as fast" not in charts.notes.text
    for preset in ("genomes_gpus", "genomes_wafers"):
        charts.show(run(Scaling.presets[preset]))
        assert "Zvyagin et al. 2022" in charts.notes.text


def test_what_is_assumed_of_wafers_stands_beside_their_curve(charts):
    charts.show(run(WAFERS))
    said = charts.notes.text
    assert "What we assume about CS systems" in said
    assert all(
        words in said for words in ("SwarmX", "20 µs", "1&nbsp;%", "90&nbsp;%", "262,144 tokens", "No published rate")
    )
    assert "scaled from CS-2" not in said
    charts.show(run(WAFERS | {"device": "cs3"}))
    assert "misses its published rows by up to 30&nbsp;%" in charts.notes.text
    charts.show(run(GPUS))
    assert "Assumed" not in charts.notes.text


@pytest.mark.parametrize("preset", Scaling.presets)
@pytest.mark.slow
def test_every_preset_can_be_drawn_in_every_theme(charts, preset):
    shown = run(Scaling.presets[preset])
    charts.show(shown)
    for theme in PAINT:
        charts.paint(theme)
    assert charts._figure._run.glyph.line_color == curve_of(shown).look.colour(PAINT["projector"])


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


def test_each_reading_has_the_axes_that_it_needs_until_others_are_chosen(charts, looked):
    charts.show(run(GPUS))
    for reading in READINGS:
        say(charts, reading=reading)
        assert charts.tools.log == (reading == "step_time")
        assert looked[-1]["axes"] == ""
        say(charts, log=not charts.tools.log)
        assert looked[-1]["axes"] == ("linear" if reading == "step_time" else "log")
        other = speed_up()
        other.look(looked[-1])
        assert other.tools.log == charts.tools.log


def test_the_look_is_told_and_taken_as_an_address_spells_it(charts, looked):
    charts.show(run(GPUS))
    say(charts, reading="efficiency")
    say(charts, log=True)
    told = looked[-1]
    assert told == {"read": "efficiency", "axes": "log", "against": "", "bet": ""}
    other = speed_up()
    other.look(told)
    other.show(run(GPUS))
    assert (other.tools.reading, other.tools.log) == ("efficiency", True)
    other.look({})
    assert (other.tools.reading, other.tools.log) == ("speedup", False)
    other.look({"read": "<b>", "axes": "7", "against": "n_devices=-1"})
    assert (other.tools.reading, other.tools.log) == ("speedup", False)


@pytest.mark.parametrize(("before", "after"), [(GPUS, SHARDED), ({}, {"pp": 1})])
def test_a_curve_that_was_set_up_otherwise_is_told_and_comes_back(charts, looked, before, after):
    charts.show(run(before))
    charts.show(run(after))
    query = looked[-1]["against"]
    assert Scaling.read_query(query).values() == Scaling.read(before).values()
    assert query
    other = speed_up()
    other.look({"against": query})
    other.show(run(after))
    assert other._other.way == charts._other.way
    for name in ("points", "other", "line", "labels"):
        for axis in ("x", "y"):
            np.testing.assert_array_equal(data(other, name)[axis], data(charts, name)[axis])


def test_an_address_that_is_opened_shows_nothing_of_what_was_there_before(charts, looked):
    charts.show(run(GPUS))
    charts.look({})
    charts.show(run(SHARDED))
    assert looked[-1]["against"] == ""
    assert charts._other.unit == "wafer"


@pytest.mark.parametrize("query", ["model=gpt-j&cluster=cs&device=cs2", "n_devices=0", "nonsense=1"])
def test_a_curve_that_cannot_stand_beside_is_left_out(query, looked):
    charts = speed_up(looked=looked.append)
    charts.look({"against": query})
    charts.show(run(WAFERS))
    assert charts._other.scenario["model"] == WAFERS["model"]
    assert looked[-1]["against"] == ""


STEPS = {
    "cluster": ("gpu", "cs"),
    "n_devices": (16, 48, 96, 100, 384),
    "global_batch": (384, 768, 1536),
    "mode": ("strong", "weak"),
    "model": ("gpt3-175b", "cerebras-gpt-13b"),
    "zero": (None, 3, 1),
    "pp": (None, 1, 4),
    "era": (None, 2023),
}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.slow
def test_after_a_walk_the_address_shows_the_same_curves(charts, looked, seed):
    random, items = Random(seed), {}
    charts.show(run(items))
    for _ in range(12):
        name = random.choice(list(STEPS))
        try:
            found = run(Scaling.settle(items | {name: random.choice(STEPS[name])}, (name,)))
        except ScenarioError:
            continue
        items = found.scenario
        charts.show(found)
        if random.random() < 0.3:
            say(charts, reading=random.choice(list(READINGS)))
        if random.random() < 0.2:
            say(charts, log=random.random() < 0.5)
        copy = speed_up()
        copy.look(looked[-1])
        copy.show(run(Scaling.read_query(Scaling.read(items).query()).values()))
        assert copy.notes.text == charts.notes.text
        assert (copy.tools.against, copy.tools.points) == (charts.tools.against, charts.tools.points)
        for source in charts._figure.sources:
            for column, values in data(charts, source).items():
                assert list(data(copy, source)[column]) == list(values)


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
    assert Language(code)("scaling_guess") in data(charts, "labels")["text"]
    assert charts.tools.said and charts.tools.summary
