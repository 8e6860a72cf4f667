import re

import numpy as np
import pytest

from engine.language import Language, language
from engine.machines import machines
from engine.memory.hierarchy import machine
from engine.scenarios import scenario_class
from viz.charts.identity import identity
from viz.charts.memory.bandwidth import READINGS, derived_html
from viz.charts.memory.fits import leaves_html
from viz.charts.memory.roofline import kernel_at
from viz.charts.paint import PAINT
from viz.charts.scene_charts import SceneCharts

EN = language("en")
Memory = scenario_class("memory")
THREE = {"machines": ["wse2", "a100_80", "h100"]}
CUSTOM = {"machines": ["wse2", "custom"]}
STREAMED = {"kernel": "model_pass", "batch": 0, "weights": "streamed"}


def test_a_figure_that_is_a_machine_says_its_name():
    fastest = Memory.read(THREE).simulate().figures["fastest"]
    assert fastest.words(EN) == machines()[fastest.value].label


@pytest.fixture
def asked():
    return []


@pytest.fixture
def charts(asked):
    return SceneCharts("memory", asked.append, lambda look: None, EN)


def run(**items):
    return Memory.read(items).simulate()


def bandwidth(found, name, reading):
    chip = machine(name)
    whole = chip.level(found.figures[f"{name}_level"].value).sheet_bytes_per_s
    return {"chip": whole, "w": whole / chip.power_w, "mm2": whole / chip.area_m2 / 1e6}[reading]


@pytest.mark.parametrize("reading", list(READINGS))
@pytest.mark.parametrize("items", [{}, THREE, CUSTOM, STREAMED])
@pytest.mark.slow
def test_bandwidth_is_that_of_the_run_in_every_reading(charts, items, reading):
    found = run(**items)
    charts.show(found)
    charts.charts["bandwidth"].reading.chosen = reading
    drawn = [x for source in charts.charts["bandwidth"]._sources for x in source.data["x"]]
    np.testing.assert_array_equal(
        drawn, [bandwidth(found, name, reading) for name in found.scenario["machines"] if name != "custom"]
    )
    words = EN("memory_bandwidth_read", reading=reading)
    assert words in charts.charts["bandwidth"]._title.text
    assert charts.tools.said["bandwidth"].startswith(words[0].upper() + words[1:])
    low, high = charts.charts["bandwidth"].plot.x_range.start, charts.charts["bandwidth"].plot.x_range.end
    assert all(low < x < high for x in drawn)


def test_what_lies_beside_the_units_shrinks_with_the_reading_like_the_rest(charts):
    found = run()
    charts.show(found)
    seen = {}
    for reading in READINGS:
        charts.charts["bandwidth"].reading.chosen = reading
        sources = zip(charts.charts["bandwidth"]._derived, charts.charts["bandwidth"]._sources, strict=True)
        seen[reading] = [derived.data["x"][0] / at.data["x"][0] for derived, at in sources if len(at.data["x"])]
    np.testing.assert_allclose(seen["w"], seen["chip"])
    np.testing.assert_allclose(seen["mm2"], seen["chip"])


def test_the_derivation_multiplies_to_what_it_says_and_stands_beside_the_vendor():
    found = run()
    table = derived_html(found, EN)
    rows = re.findall(r'<th scope="row">([\d,]+) \w+ × (\d+) B × ([\d.]+) ([MG])Hz</th><td><b>([^<]+)</b>', table)
    assert len(rows) == 3  # the wafer at two clocks, the GPU at one
    for units, size, clock, prefix, result in rows:
        clock_hz = float(clock) * {"M": 1e6, "G": 1e9}[prefix]
        assert EN.quantity(int(units.replace(",", "")) * int(size) * clock_hz, "B/s") == result
    assert EN.quantity(found.figures["wse2_vendor_bandwidth"].value, "B/s") in table


def test_what_must_leave_is_said_for_every_model_and_machine():
    found = run(**THREE)
    words = re.findall(r"<td>(?:<em>)?(\w+)", leaves_html(found, EN))
    fits = found.columns("fits")
    by_model = [w if w != "nothing" else "fits" for w in fits["leaves"]]
    assert words == by_model
    assert {"fits", "optimiser", "weights", "activations"} == set(words)


@pytest.mark.parametrize("t", [Language(code) for code in ("en", "de", "fr")], ids=lambda t: t.code)
def test_charts_say_all_they_say_in_every_language(t):
    charts = SceneCharts("memory", lambda changes: None, lambda look: None, t)
    for items in ({}, THREE, CUSTOM, STREAMED, {"machines": ["custom"], "custom_capacity_gb": 0.001}):
        charts.show(run(**items))
        for reading in READINGS:
            charts.charts["bandwidth"].reading.chosen = reading
        assert all(said.endswith(".") for said in charts.tools.said.values())


def test_a_dragged_kernel_asks_for_one_of_that_intensity(charts, asked):
    charts.show(run())
    source = charts.charts["roofline"]._points[0][0]
    source.data = {"x": [40.0], "y": [1e12]}
    assert asked == [kernel_at(40.0)]


def test_showing_a_run_asks_for_nothing(charts, asked):
    for items in ({}, THREE, CUSTOM, STREAMED, {"machines": ["custom"]}):
        charts.show(run(**items))
    assert asked == []


@pytest.mark.parametrize("theme", list(PAINT))
@pytest.mark.slow
def test_every_theme_paints_every_figure(charts, theme):
    charts.show(run(**THREE))
    charts.paint(theme)
    colours = [identity(name).colour(PAINT[theme]) for name in THREE["machines"]]
    assert charts.charts["roofline"]._names.data["paint"] == colours
    assert set(charts.charts["bandwidth"]._names.data["paint"]) == set(colours)
    assert [line.glyph.line_color for line in charts.charts["fits"]._limits] == colours
    assert charts.charts["fits"]._named.data["paint"] == colours
    assert charts.charts["fits"]._named.data["text"] == ["WSE-2", "A100", "H100"]
