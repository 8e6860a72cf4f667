"""The memory scene in the player, in a real Chromium."""

import pytest
from playwright.sync_api import expect

from engine.language import language
from engine.scenarios import SCENES
from tests.browser.waiting import at_rest
from tests.standalone import standalone_html
from tests.sweeps import sampled

pytestmark = pytest.mark.browser

STATE = "(element) => element.player.state"
PICTURE = """(element, t) => {
  if (t !== null) element.player.seek(t)
  return element.querySelector("canvas").toDataURL()
}"""
TEXTS = """(element, overlay) => {
  const texts = []
  const { fillText } = CanvasRenderingContext2D.prototype
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    texts.push(text)
    fillText.call(this, text, ...place)
  }
  if (overlay) element.player.overlay(overlay)
  else element.player.conceal(false)
  CanvasRenderingContext2D.prototype.fillText = fillText
  return texts
}"""
PLACES = """(element) => [
  Array.from({ length: 15 }, (_, id) => element.player.renderer.place(id)),
  element.querySelector("canvas").getBoundingClientRect().toJSON(),
]"""
Memory = SCENES["memory"]
EN = language("en")
CUSTOM = {"machines": "wse3,v100,custom", "kernel": "gemv"}


@pytest.fixture
def show(site, page):
    """Open a memory scenario in a page of the static site; return the player's element."""
    folder, url = site

    def start(settings=None, theme="light", on=page, **options):
        found = Memory.read(settings or {}).simulate()
        text = standalone_html(found.packed(), str(found.title), theme=theme, options={"autoplay": False} | options)
        (folder / "memory.html").write_text(text, encoding="utf-8")
        on.goto(f"{url}/memory.html")
        element = on.locator(".ws-ready")
        element.wait_for()
        return element

    return start


@pytest.mark.parametrize("settings", sampled([*Memory.presets.values(), CUSTOM], CUSTOM))
def test_every_preset_is_drawn_from_start_to_end(show, settings):
    element = show(settings)
    duration = element.evaluate(STATE)["duration"]
    pictures = {element.evaluate(PICTURE, share * duration) for share in (0, 0.3, 1)}
    assert len(pictures) == 3


def test_the_picture_depends_on_the_time_alone(show):
    element = show()
    middle = element.evaluate(STATE)["duration"] * 0.4
    first = element.evaluate(PICTURE, middle)
    assert element.evaluate(PICTURE, 0) != first
    assert element.evaluate(PICTURE, middle) == first


def test_the_sentence_says_who_waits_and_who_has_finished(show):
    element = show()
    element.evaluate("(element) => element.player.seekMark('end')")
    assert "takes 767 ns on WSE-2 (CS-2), 3.6 ms on A100 SXM 80 GB" in element.locator(".ws-say").inner_text()
    element.evaluate("(element) => element.player.seek(element.player.state.duration * 0.1)")
    assert "A100 SXM 80 GB computes 0 % of the time" in element.locator(".ws-say").inner_text()
    assert "WSE-2 (CS-2) computes 38 %" in element.locator("canvas").get_attribute("aria-label")


def test_the_verdict_stands_under_the_title_unless_it_is_concealed_and_the_picture_says_what_a_bar_stands_for(show):
    element = show()
    verdict = element.locator(".ws-verdict")
    expect(verdict).to_have_text(EN(Memory().simulate().verdict))
    element.evaluate("(element) => element.player.conceal(true)")
    expect(verdict).to_be_hidden()
    texts = element.evaluate(TEXTS, None)
    expect(verdict).to_be_visible()
    assert {"one bar: 212,500 PEs", "one bar: 27 SMs"} < set(texts)


def test_true_bandwidth_is_in_proportion_and_what_is_too_thin_is_enlarged(show):
    element = show()
    assert not [text for text in element.evaluate(TEXTS, "distance") if "enlarged" in text]
    texts = element.evaluate(TEXTS, "bandwidth")
    assert any(text.startswith("enlarged ") for text in texts)
    assert any(text.count("in proportion") == 2 for text in texts)
    assert element.locator(".ws-legend li").count() == 4, "two overlays with one legend"


@pytest.mark.parametrize("motion", ["reduced", "full"])
def test_the_race_is_run_to_its_end_and_says_how_many_hours_it_takes(show, motion):
    element = show(motion=motion)
    card, skip = element.locator(".ws-ending"), element.locator(".ws-ending button")
    expect(card).to_be_hidden()
    element.evaluate("(element) => element.player.seek(Infinity)")
    figures = Memory().simulate().figures
    state = element.evaluate(STATE)
    hours = 20 * (figures["a100_80_time"].value / (state["duration"] * 1e-12) - 1) / 3600
    expect(card).to_contain_text(f"At this pace A100 needs another {int(hours)} h")
    expect(skip).to_contain_text(f"Skip {int(hours)} h")
    element.evaluate("(element) => element.player.setSpeed(4)")
    expect(skip).to_contain_text(f"Skip {int(hours / 4)} h")
    skip.press("Enter")
    expect(card).to_contain_text("A100 is done, too.", timeout=15_000)
    expect(skip).to_be_hidden()
    assert element.evaluate("(element) => element.querySelector('.ws-stage').matches(':focus')")
    assert "A100 SXM 80 GB has finished, after 3.6 ms" in element.locator(".ws-say").inner_text()
    element.evaluate("(element) => element.player.seek(0)")
    expect(card).to_be_hidden()


def test_a_race_that_is_recorded_to_its_end_has_nothing_to_skip(show):
    element = show({"n": 1000})
    element.evaluate("(element) => element.player.seek(Infinity)")
    expect(element.locator(".ws-say")).to_contain_text("A100")
    expect(element.locator(".ws-ending")).to_be_hidden()


def test_the_inspector_walks_from_unit_to_memory_by_keyboard(show):
    element = show()
    page = element.page
    element.locator(".ws-stage").focus()
    card = element.locator(".ws-inspector")
    page.keyboard.press("Enter")
    assert card.locator("strong").inner_text() == "PE 1 of WSE-2 (CS-2)"
    page.keyboard.press("ArrowRight")
    assert card.locator("strong").inner_text() == "SRAM of WSE-2 (CS-2)"
    assert "20 PB/s" in card.inner_text()
    page.keyboard.press("ArrowDown")
    assert card.locator("strong").inner_text() == "HBM of A100 SXM 80 GB"
    page.keyboard.press("ArrowLeft")
    assert card.locator("strong").inner_text() == "SM 1 of A100 SXM 80 GB"
    page.keyboard.press("Escape")
    assert element.evaluate(STATE)["selected"] is None


def test_a_step_by_hand_can_be_seen(show):
    element = show()
    element.locator(".ws-stage").focus()
    element.page.keyboard.press("ArrowRight")
    state = element.evaluate(STATE)
    assert 200 <= state["duration"] / state["t"] <= 500


def test_what_is_drawn_is_hit(show):
    element = show()
    found = element.evaluate(
        """({ player }) => [0, 3, 4, 7, 8, 9].map((id) => {
          const { x, y, width, height } = player.renderer.place(id)
          return player.renderer.hit(x + width / 2, y + height / 2)
        })"""
    )
    assert found == [0, 3, 4, 7, 8, 9]


@pytest.mark.parametrize("theme", sampled(["light", "dark", "projector"], "projector"))
def test_memories_stay_on_the_stage_in_every_theme_and_size(show, new_page, theme):
    for size in ((1280, 720), (740, 560), (390, 760)):
        element = show({"machines": "wse2,v100,h100"}, theme=theme, on=new_page(viewport=size))
        at_rest(element.page)
        boxes, stage = element.evaluate(PLACES)
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= stage["width"] for box in boxes)
        assert all(box["y"] >= 0 and box["y"] + box["height"] <= stage["height"] for box in boxes)


def test_axe_finds_nothing(show, violations):
    assert violations(show().page) == []
