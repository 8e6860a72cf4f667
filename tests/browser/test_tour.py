"""The tour of the talk in Chromium: led by the keyboard, open for play, in every size and language."""

import re

import pytest

from engine.language import language, languages
from lessons.talk import read_tour
from tests.browser.waiting import at_rest, until
from tests.sweeps import sampled
from viz.documents.curves import SIDES, curves_of
from viz.documents.home import SCENARIOS

pytestmark = pytest.mark.browser

EN = language("en")
STATE = "document.querySelector('.ws-player').player.state"


@pytest.fixture(scope="module")
def stations():
    return read_tour()


def number_of(stations, name):
    return [station.name for station in stations].index(name) + 1


def shown(page, n):
    """Wait until the picture of a station is there."""
    page.wait_for_selector(f"body[data-shown='{n}']")


def at(page):
    """Return the number of the only station that is seen."""
    (seen,) = page.evaluate("""[...document.querySelectorAll(".station")].flatMap((one, i) => {
      return one.checkVisibility() ? [i + 1] : []
    })""")
    return seen


def test_space_leads_through_all_stations_and_each_plays(app, page, stations):
    page.goto(f"{app}/tour")
    sources = {}
    for n, station in enumerate(stations, 1):
        shown(page, n)
        assert at(page) == n and page.url.endswith(f"#{n}")
        assert page.locator(".station:visible > p").first.inner_text() == EN(station.text)
        assert EN(station.text) in page.get_by_role("status").first.inner_text()
        if station.picture == "player":
            before = page.evaluate(f"{STATE}.t")
            until(page, lambda before=before: page.evaluate(f"{STATE}.t") != before)
            assert page.evaluate(f"{STATE}.speed") == float(station.view.get("speed", 1))
            sources[station.name] = page.evaluate(f"{STATE}.src")
        else:
            assert page.locator(".curves").is_visible() and not page.locator(".ws-player").is_visible()
        if n < len(stations):
            page.keyboard.press("Space")
    assert sources["neighbours"] == sources["core"] != sources["wafer"]
    page.keyboard.press("Space")  # there is nothing after the last one
    page.keyboard.press("Shift+Space")
    assert at(page) == len(stations) - 1


def test_the_camera_goes_from_the_wafer_to_a_region_to_a_pe_and_back(app, page, stations):
    level = "document.querySelector('.ws-player').player.renderer.level"
    first = number_of(stations, "wafer")
    page.goto(f"{app}/tour?station={first}")
    for n, expected in ((first, 0), (first + 1, 1), (first + 2, 2), (first + 1, 1), (first, 0)):
        page.evaluate("n => { location.hash = n }", str(n))
        shown(page, n)
        assert page.evaluate(level) == expected


def test_keys_of_a_clicker_lead_on_and_a_click_into_the_picture_does_not_take_them(app, page, stations):
    n = number_of(stations, "race")
    page.goto(f"{app}/tour#{n}")
    shown(page, n)
    page.locator(".ws-stage canvas").click(position={"x": 5, "y": 5})
    for key, there in (("PageDown", n + 1), ("ArrowLeft", n), (" ", n + 1), ("Shift+Space", n), ("ArrowRight", n + 1)):
        page.keyboard.press(key)
        assert at(page) == there, key


def test_a_station_is_open_for_play_by_the_keyboard(app, page, stations):
    n = number_of(stations, "race")
    page.goto(f"{app}/tour#{n}")
    shown(page, n)
    page.evaluate("document.querySelector('.ws-player').player.pause()")
    stage = page.locator(".ws-stage")
    until(page, lambda: (page.keyboard.press("Tab"), stage.evaluate("one => one === document.activeElement"))[1])
    before = page.evaluate(f"{STATE}.t")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{STATE}.t") > before and at(page) == n
    page.keyboard.press("PageDown")
    assert at(page) == n + 1


def test_escape_leaves(app, page):
    page.goto(f"{app}/tour?lang=de")
    shown(page, 1)
    page.keyboard.press("Escape")
    page.wait_for_url(f"{app}/?lang=de")


def test_home_and_course_lead_to_the_tour_and_the_tour_to_the_claims(app, page, stations):
    page.goto(app)
    page.get_by_role("link", name=EN("home_tour")).click()
    shown(page, 1)
    page.goto(f"{app}/course")
    page.get_by_role("link", name=EN("tour_title")).click()
    page.goto(f"{app}/tour#{len(stations)}")
    page.get_by_role("link", name=EN("tour_claims")).click()
    page.wait_for_url(f"{app}/talk")


def test_with_reduced_motion_each_station_is_a_still_that_shows_something(app, new_page, stations):
    page = new_page(reduced_motion="reduce")
    page.goto(f"{app}/tour")
    for n, station in enumerate(stations, 1):
        shown(page, n)
        if station.picture == "player":
            state = page.evaluate(STATE)
            assert not state["playing"] and 0 < state["t"] < state["duration"]
        page.keyboard.press("Space")


def test_the_curves_of_the_tour_are_those_of_the_home_page_and_end_where_the_sentence_says(stations):
    curves = curves_of(**{side: SCENARIOS[side].simulate() for side in SIDES})
    said = stations[number_of(stations, "line") - 1].evidence.values
    assert said["times"] == curves["n"][-1]
    assert {side: said[side].value for side in SIDES} == pytest.approx({side: curves[side][-1] for side in SIDES})


@pytest.mark.parametrize("size", sampled([(1280, 720), (1920, 1080), (390, 844)], (1280, 720), (390, 844)))
@pytest.mark.parametrize("code", sampled(languages(), "de"))
def test_nothing_is_cut_and_the_way_on_is_at_hand(app, new_page, stations, code, size):
    page = new_page(size, reduced_motion="reduce")
    page.goto(f"{app}/tour?lang={code}&theme=projector")
    for n in range(1, len(stations) + 1):
        shown(page, n)
        at_rest(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        box = page.locator("#next").bounding_box()
        assert 0 < box["y"] < box["y"] + box["height"] <= size[1]
        text = page.locator(".station:visible > p").first.bounding_box()
        assert 0 < text["y"] < text["y"] + text["height"] <= (size[1] if size[0] > 1000 else box["y"]), n
        if size[0] > 1000:
            assert page.evaluate("document.documentElement.scrollHeight") <= size[1], n
            stage = page.locator(".stage").bounding_box()
            assert stage["y"] + stage["height"] <= text["y"] + 1 and stage["height"] > size[1] / 2
        page.keyboard.press("Space")


@pytest.mark.parametrize("size", sampled([(1280, 720), (390, 844)], (1280, 720)))
def test_axe_finds_nothing_in_any_theme(app, new_page, stations, violations, size):
    page = new_page(size, reduced_motion="reduce")
    page.goto(f"{app}/tour")
    for name in ("growth", "core", "line", "genomes"):
        n = number_of(stations, name)
        page.evaluate("n => { location.hash = n }", str(n))
        shown(page, n)
        at_rest(page)
        for theme in ("light", "dark", "projector"):
            page.evaluate("name => { document.documentElement.dataset.theme = name }", theme)
            assert violations(page) == [], (name, theme)


def test_without_scripts_all_stations_can_be_read(app, new_page, stations):
    page = new_page(java_script_enabled=False)
    page.goto(f"{app}/tour")
    for station in stations:
        assert page.get_by_text(EN(station.text)).is_visible()


@pytest.mark.parametrize("asked", ["0", "13", "99999", "-1", "1e3", "x", "9" * 6000])
def test_any_number_of_a_station_opens_the_tour(app, page, asked):
    assert page.goto(f"{app}/tour?station={asked}").status == 200
    assert re.fullmatch("1?[0-9]", str(at(page)))
