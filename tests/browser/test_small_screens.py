"""Scenes on small screens, upright and lying: picture and transport in sight, nothing over the picture, nothing cut."""

import pytest
from playwright.sync_api import expect

from engine.language import languages
from engine.scenarios import SCENES
from tests.browser.waiting import at_rest
from tests.sweeps import sampled
from viz.openings import OPENINGS, page_query

pytestmark = pytest.mark.browser

UPRIGHT = [(390, 844), (768, 1024)]


def opened(new_page, app, size, place):
    page = new_page(size, has_touch=True)
    page.goto(app + place)
    page.locator("form.scenario").wait_for(state="attached")
    page.locator(".ws-ready").wait_for()
    at_rest(page)
    return page


def box(page, part):
    """Left, top, right and bottom of the first element of a kind."""
    found = page.locator(part).first.bounding_box()
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


FIRST_SCREENS = [(scene, step, lang) for scene in OPENINGS for step in OPENINGS[scene].steps for lang in languages()]
LONGEST = [("fabric", "many_words", "fr"), ("planner", "default", "fr"), ("scaling", "small_batch", "fr")]


@pytest.mark.parametrize("screen", sampled(FIRST_SCREENS, *LONGEST), ids="-".join)
def test_nobody_has_to_scroll_to_the_picture_and_its_transport(app, new_page, screen):
    scene, step, lang = screen
    query = page_query(SCENES[scene].read(OPENINGS[scene].steps[step]))
    page = opened(new_page, app, UPRIGHT[0], f"/{scene}?{query}&lang={lang}")
    parts = ["#chart-curve"] if scene == "scaling" else [".ws-stage", ".ws-transport"]
    for width, height in UPRIGHT:
        page.set_viewport_size({"width": width, "height": height})
        at_rest(page)
        for part in parts:
            assert box(page, part)[1] >= box(page, ".top")[3], part
            assert box(page, part)[3] <= box(page, "#handle")[1], part
        assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("size", sampled(UPRIGHT, UPRIGHT[0]))
@pytest.mark.parametrize("scene", SCENES)
def test_the_stage_has_two_fifths_of_the_screen_while_no_sheet_is_open(app, new_page, scene, size):
    page = opened(new_page, app, size, f"/{scene}")
    _, top, _, bottom = box(page, ".ws-stage")
    assert bottom - top >= 0.4 * size[1]
    page.evaluate("scrollTo(0, document.getElementById('figures').offsetTop)")
    at_rest(page)
    assert box(page, ".ws-stage")[1] >= 0
    assert box(page, ".ws-transport")[3] <= box(page, "#handle")[1]


def test_on_a_phone_the_answer_of_scaling_is_on_the_first_screen(app, new_page):
    page = opened(new_page, app, (390, 844), "/scaling")
    assert box(page, "#chart-curve")[3] <= box(page, "#handle")[1]
    page.locator("#handle").click()
    expect(page.locator(".controls label").first).to_be_visible()
    at_rest(page)
    assert box(page, "#chart-curve")[1] >= 0
    assert box(page, "#chart-curve")[3] <= box(page, "#sheet")[1] + 30  # but for the names of the axis


@pytest.mark.parametrize("size", UPRIGHT)
def test_the_inspector_stands_below_the_picture_and_the_transport_below_it(app, new_page, size):
    page = opened(new_page, app, size, "/fabric?width=12&height=8")
    player = page.locator(".ws-player")
    for look in ("e => e.player.select(30)", "e => e.player.enter(30)"):
        player.evaluate(look)
        expect(page.locator(".ws-inspector")).to_contain_text("PE (6, 2)")
        at_rest(page)
        assert box(page, ".ws-stage")[3] <= box(page, ".ws-inspector")[1]
        assert box(page, ".ws-inspector")[3] <= box(page, ".ws-transport")[1]
        assert box(page, ".ws-transport")[3] <= box(page, "#stage")[3]


@pytest.mark.parametrize("scene", sampled(SCENES, "fabric", "scaling"))
def test_on_a_phone_that_lies_picture_and_transport_fit_and_controls_open_beside_them(app, new_page, scene):
    page = opened(new_page, app, (844, 390), f"/{scene}")
    _, top, _, _ = box(page, ".ws-stage")
    assert box(page, ".ws-transport")[3] - top <= box(page, "#handle")[1]
    page.locator("#handle").click()
    expect(page.locator(".controls label").first).to_be_visible()
    at_rest(page)
    page.locator("#stage").evaluate("e => e.scrollIntoView()")
    at_rest(page)
    for part in (".ws-stage", ".ws-transport"):
        left, top, right, bottom = box(page, part)
        assert left >= 0 and top >= 0 and right <= box(page, "#sheet")[0] and bottom <= 390, part
    assert page.evaluate("document.documentElement.scrollWidth") <= 844
