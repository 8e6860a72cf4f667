"""The planner scene in the player, in a real Chromium."""

import pytest

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
Planner = SCENES["planner"]
SMALL = Planner.presets["wafers_1_3b"]
BY_HAND = Planner.presets["opt"]
CROWDED = Planner.presets["llama_3"]
FAILING = SMALL | {"recovery": "by_hand", "mtbf_hours": 40}


@pytest.fixture
def show(site, page):
    """Open a planned training in a page of the static site; return the player's element."""
    folder, url = site

    def start(settings=None, theme="light", on=page, **options):
        found = Planner.read(settings or {}).simulate()
        text = standalone_html(found.packed(), str(found.title), theme=theme, options={"autoplay": False} | options)
        (folder / "planner.html").write_text(text, encoding="utf-8")
        on.goto(f"{url}/planner.html")
        element = on.locator(".ws-ready")
        element.wait_for()
        return element

    return start


@pytest.mark.parametrize("settings", sampled([{}, *Planner.presets.values(), FAILING], FAILING))
def test_every_preset_is_drawn_from_start_to_end(show, settings):
    element = show(settings)
    duration = element.evaluate(STATE)["duration"]
    assert len({element.evaluate(PICTURE, share * duration) for share in (0, 0.3, 1)}) == 3


def test_the_picture_depends_on_the_time_alone(show):
    element = show(BY_HAND)
    middle = element.evaluate(STATE)["duration"] * 0.4
    first = element.evaluate(PICTURE, middle)
    assert element.evaluate(PICTURE, 0) != first
    assert element.evaluate(PICTURE, middle) == first


def test_the_sentence_says_what_both_clusters_do(show):
    element = show(BY_HAND)
    element.evaluate("(element) => element.player.seekMark('first_failure')")
    said = element.locator(".ws-say").inner_text()
    assert "the first failure" in said
    assert "of work are lost" in said
    element.evaluate("(element) => element.player.seek(element.player.state.t + 1)")
    assert "interruption so far" in element.locator(".ws-say").inner_text()
    element.evaluate("(element) => element.player.seek(Infinity)")
    assert "done after" in element.locator(".ws-say").inner_text()


def test_a_cluster_without_a_counterpart_says_why(show):
    element = show(CROWDED)
    element.evaluate("(element) => element.player.seek(1000)")
    said = element.locator(".ws-say").inner_text()
    assert "The other kind of cluster cannot do this: even 192 CS-2 would take" in said


def test_a_day_tells_what_happened_in_it(show, page):
    element = show(BY_HAND)
    element.evaluate("(element) => element.player.seek(Infinity)")
    element.locator(".ws-stage").focus()
    page.keyboard.press("Enter")
    card = element.locator(".ws-inspector")
    assert "Day 1, 1,024 A100" in card.inner_text()
    assert "checkpoints" in card.inner_text()
    for key, title in (("ArrowRight", "Day 2, 1,024 A100"), ("ArrowDown", "Day "), ("ArrowUp", "Day 2, 1,024 A100")):
        page.keyboard.press(key)
        assert title in card.inner_text()
    for _ in range(12):
        page.keyboard.press("ArrowDown")
    assert "CS-2" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.is_hidden()


def test_a_click_selects_the_day_under_it(show, page):
    element = show()
    element.evaluate("(element) => element.player.seek(Infinity)")
    place = element.evaluate("(element) => element.player.renderer.place(5)")
    canvas = element.locator("canvas").bounding_box()
    page.mouse.click(canvas["x"] + place["x"] + place["width"] / 2, canvas["y"] + place["y"] + place["height"] / 2)
    assert element.evaluate(STATE)["selected"] == 5


@pytest.mark.parametrize("theme", sampled(["light", "dark", "projector"], "projector"))
@pytest.mark.parametrize("viewport", [(1280, 720), (390, 780)])
def test_it_fits_every_theme_and_width(show, new_page, theme, viewport):
    on = new_page(viewport)
    element = show(BY_HAND, theme=theme, on=on)
    element.evaluate("(element) => element.player.seek(element.player.state.duration / 2)")
    box = element.locator(".ws-stage").bounding_box()
    assert box["width"] <= viewport[0]
    # The grid of the last lane ends above the futures, and every cell lies on the stage.
    places = element.evaluate("""(element) => {
      const { renderer, run } = element.player
      const ids = [0]
      for (const key of ["ArrowRight", "ArrowDown"]) {
        for (let k = 0; k < 200; k++) ids.push(renderer.move(ids.at(-1), key))
      }
      return ids.map((id) => renderer.place(id))
    }""")
    assert min(place["x"] for place in places) >= 0
    assert max(place["x"] + place["width"] for place in places) <= box["width"]
    assert max(place["y"] + place["height"] for place in places) <= box["height"]


def test_no_violation_of_accessibility(show, page, violations):
    show()
    assert violations(page) == []


def test_while_a_prediction_is_locked_the_picture_does_not_count_the_days(show, page):
    pictures = []
    for n_devices in (4, 16):
        element = show(SMALL | {"n_devices": n_devices}, label="x")
        at_rest(page)
        open_ = element.evaluate(PICTURE, 0)
        element.evaluate("(element) => element.player.conceal(true)")
        concealed = element.evaluate(PICTURE, 0)
        assert concealed != open_
        # Beside the names nothing is drawn: cells and futures say how long it takes.
        blank = element.evaluate(
            """(element) => {
              const canvas = element.querySelector("canvas")
              const { width, height } = canvas
              const { data } = canvas.getContext("2d").getImageData(width / 3, 0, width / 2, height / 4)
              return new Set(new Uint32Array(data.buffer)).size
            }"""
        )
        pictures.append(blank)
        element.evaluate("(element) => element.player.conceal(false)")
        assert element.evaluate(PICTURE, 0) == open_
    assert pictures == [1, 1]
