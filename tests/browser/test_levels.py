"""The levels of the dataflow scene: the wafer, a region with every PE, the inside of a PE; by hand and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.themes import in_themes
from tests.browser.waiting import drawn, until
from tests.sweeps import sampled

pytestmark = pytest.mark.browser

# A field that is computed fast: more PEs than are recorded with every wavelet.
SCENE = "?program=all_reduce&root=centre&width=200&height=120&words=4"
STATE = """element => {
  const {player} = element, {renderer} = player
  return {t: player.state.t, selected: player.state.selected, levels: renderer.levels.length, gliding: renderer.gliding,
    playing: player.state.playing, window: player.run.meta.window ?? null}
}"""


def opened(page, app, query=SCENE):
    page.goto(f"{app}/fabric{query}")
    page.get_by_label("Width", exact=True).wait_for(state="attached")
    page.locator(".ws-ready").wait_for(timeout=30_000)
    return page.locator(".ws-player")


def state(player):
    return player.evaluate(STATE)


def arrives(page, player, level):
    """Wait until a level is shown, with its wavelets recorded."""
    trail = page.locator(".ws-trail li")
    expect(trail).to_have_count(level, timeout=30_000)

    def arrived():
        now = state(player)
        return not now["gliding"] and (level == 1 or now["window"]) and now

    return until(page, arrived)


def aim(page):
    """The middle of the stage."""
    box = page.locator(".ws-stage").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def figures(page):
    return page.locator("#figures").inner_text()


def test_the_wheel_leads_from_the_wafer_to_a_pe_and_back_and_time_stays(page, app):
    player = opened(page, app)
    player.evaluate("e => e.player.seek(180)")
    before, sentence = figures(page), page.locator(".ws-say")
    page.mouse.move(*aim(page))
    page.mouse.wheel(0, -120)
    now = arrives(page, player, 2)
    assert now["t"] == 180
    assert now["window"]["across"] == 32
    expect(sentence).to_contain_text(re.compile(r"Looking at PEs \d+–\d+ × \d+–\d+\."))
    assert "window=32" in page.url
    assert figures(page) == before
    page.mouse.wheel(0, -120)
    now = arrives(page, player, 3)
    assert now["selected"] is not None
    expect(sentence).to_contain_text("Inside PE (")
    expect(page.locator(".ws-inspector")).to_contain_text("Words before")
    for level in (2, 1):
        page.mouse.wheel(0, 120)
        now = arrives(page, player, level)
    assert now["t"] == 180
    expect(sentence).to_contain_text("of 24,000 PEs compute")


def test_what_has_the_focus_keeps_it_when_the_session_takes_the_player_over(page, app):
    page.goto(f"{app}/fabric{SCENE}")
    stage = page.locator(".ws-stage")
    stage.focus()
    page.get_by_label("Width", exact=True).wait_for(state="attached")
    page.wait_for_function("() => !window.waferscopeStage", timeout=30_000)
    expect(stage).to_be_focused()


def test_the_keyboard_does_all_of_it(page, app):
    player = opened(page, app)
    page.locator(".ws-stage").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    chosen = state(player)["selected"]
    page.keyboard.press("Enter")
    assert arrives(page, player, 2)["selected"] == chosen
    page.keyboard.press("+")
    assert arrives(page, player, 3)["selected"] == chosen
    page.keyboard.press("ArrowLeft")
    assert state(player)["selected"] == chosen - 1
    expect(page.locator(".ws-trail li").last).to_have_text(f"PE ({(chosen - 1) % 200}, {chosen // 200})")
    page.keyboard.press("+")
    arrives(page, player, 4)
    expect(page.locator(".ws-trail li").last).to_have_text(re.compile("Word "))
    page.keyboard.press("-")
    assert arrives(page, player, 3)["selected"] == chosen - 1
    page.keyboard.press("-")
    arrives(page, player, 2)
    page.keyboard.press("Escape")
    assert arrives(page, player, 1)["selected"] == chosen - 1
    page.keyboard.press("Escape")
    assert state(player)["selected"] is None
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Zoom out one level")


def pinch(page, *fingers, steps=8):
    """Move fingers, each from a point to a point of the screen."""
    touch = page.context.new_cdp_session(page)

    def send(kind, share):
        points = [
            {"x": ax + (bx - ax) * share, "y": ay + (by - ay) * share, "id": k}
            for k, ((ax, ay), (bx, by)) in enumerate(fingers)
        ]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        drawn(page, 1)

    send("touchStart", 0)
    for step in range(1, steps + 1):
        send("touchMove", step / steps)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("viewport", sampled([(1280, 720), (390, 844)], (390, 844)))
def test_two_fingers_lead_in_and_out_where_they_are_and_time_stays(new_page, app, viewport):
    page = new_page(viewport, has_touch=True, is_mobile=viewport[0] < 500)
    player = opened(page, app)
    page.locator(".ws-stage").scroll_into_view_if_needed()
    player.evaluate("e => e.player.seek(180)")
    before, scrolled = figures(page), page.evaluate("scrollY")
    x, y = aim(page)
    x -= 60  # so that what is looked into is not the middle anyway
    pinch(page, ((x - 20, y), (x - 70, y - 10)), ((x + 20, y), (x + 70, y + 10)))
    now = arrives(page, player, 2)
    assert now["t"] == 180
    assert now["window"]["x"] + now["window"]["across"] / 2 < 100  # of 200 columns: left of the middle
    assert figures(page) == before
    pinch(page, ((x, y), (x, y)), ((x + 30, y), (x + 110, y + 40)))  # one finger rests
    assert arrives(page, player, 3)["selected"] is not None
    for level in (2, 1):
        y = page.locator(".ws-stage").bounding_box()["y"] + 64  # above what the inspector covers on a phone
        pinch(page, ((x - 20, y), (x + 15, y)), ((x + 90, y), (x + 40, y)))
        now = arrives(page, player, level)
    assert now["t"] == 180
    assert page.evaluate("[scrollY, visualViewport.scale]") == [scrolled, 1]


def test_one_finger_scrolls_the_page_and_taps_inspect(new_page, app):
    page = new_page((390, 844), has_touch=True, is_mobile=True)
    player = opened(page, app)
    x, y = aim(page)
    pinch(page, ((x, y), (x, y - 200)))
    page.wait_for_function("scrollY > 50")
    assert state(player)["levels"] == 1
    page.locator(".ws-stage").scroll_into_view_if_needed()
    page.touchscreen.tap(*aim(page))
    assert state(player)["selected"] is not None


def test_a_rectangle_a_double_click_the_minimap_and_the_trail_lead_there_too(page, app):
    player = opened(page, app)
    x, y = aim(page)
    page.mouse.move(x - 20, y - 20)
    page.mouse.down()
    page.mouse.move(x, y, steps=4)
    page.mouse.move(x + 20, y + 20, steps=4)
    page.mouse.up()
    now = arrives(page, player, 2)
    assert 8 <= now["window"]["across"] <= 64
    assert now["selected"] is None  # the end of a drag is no click
    stage = page.locator(".ws-stage").bounding_box()
    page.mouse.click(stage["x"] + 30, stage["y"] + stage["height"] - 30)  # on the minimap
    page.wait_for_function("x => new URL(location).searchParams.get('window_x') != x", arg=str(now["window"]["x"]))
    page.get_by_role("navigation", name="Levels").get_by_role("button", name="Wafer").click()
    arrives(page, player, 1)
    page.mouse.dblclick(x, y)
    arrives(page, player, 2)
    page.go_back()
    page.go_back()
    page.go_back()
    arrives(page, player, 1)


def test_a_run_with_a_window_in_its_address_opens_there_and_keeps_playing(page, app):
    player = opened(page, app, f"{SCENE}&window=16&window_x=20&window_y=30")
    now = arrives(page, player, 2)
    assert [now["window"][name] for name in ("x", "y", "across", "down")] == [20, 30, 16, 16]
    page.get_by_role("button", name="Play").click()
    page.keyboard.press("-")
    assert state(player)["playing"]
    arrives(page, player, 1)


def test_waiting_for_a_window_can_be_cancelled(page, app):
    player = opened(page, app, "?program=all_reduce&root=centre&width=750&height=994&words=3")
    page.locator(".ws-stage").focus()
    page.keyboard.press("+")
    expect(page.locator(".ws-say")).to_contain_text("their wavelets are being recorded")
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("progressbar")).to_be_hidden()
    expect(page.locator(".ws-trail li")).to_have_count(1)
    page.get_by_label("Words", exact=True).fill("4")
    expect(page.locator("#title")).to_contain_text("of 4 words", timeout=30_000)  # it comes after what was cancelled
    assert state(player)["window"] is None
    assert "window" not in page.url


def test_a_mesh_that_is_recorded_whole_leads_to_the_inside_of_a_pe(page, app):
    player = opened(page, app, "?width=12&height=8")
    assert page.get_by_role("navigation", name="Levels").count() == 0
    page.mouse.dblclick(*aim(page))
    now = arrives_inside(page, player)
    assert now["selected"] is not None
    page.locator(".ws-stage").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Levels")).to_be_hidden()


def test_a_word_says_where_it_comes_from_and_goes_and_keeps_the_clock(page, app):
    player = opened(page, app, "?program=reduce&algorithm=chain&width=12&height=8&words=4")
    player.evaluate("e => { e.player.seek(24); e.player.enter(30) }")
    arrives_inside(page, player)
    page.get_by_role("button", name="Look closer").click()
    trail, card = page.locator(".ws-trail li"), page.locator(".ws-inspector")
    expect(trail).to_have_count(3)
    expect(card).to_contain_text(re.compile(r"Fromcompute element of PE \(7, 2\), cycle \d+"))
    expect(card).to_contain_text(re.compile(r"Tocompute element of PE \(6, 2\), cycle \d+"))
    expect(page.locator(".ws-say")).to_contain_text(re.compile(r"Word \d+: "))
    word = card.inner_text()
    page.locator(".ws-stage").focus()
    page.keyboard.press("ArrowRight")
    until(page, lambda: card.inner_text() != word)
    assert state(player)["selected"] == 30
    page.keyboard.press("ArrowLeft")
    until(page, lambda: card.inner_text() == word)
    page.keyboard.press("]")  # the next thing that happens to it
    assert 24 < state(player)["t"] <= 24 + 8
    player.evaluate("e => e.player.seek(24)")
    page.get_by_role("navigation", name="Levels").get_by_role("button", name="PE (6, 2)").click()
    expect(trail).to_have_count(2)
    assert state(player)["t"] == 24


def test_a_word_inside_a_pe_is_chosen_where_it_is_drawn(page, app):
    player = opened(page, app, "?program=reduce&algorithm=chain&width=12&height=8&words=4")
    player.evaluate("e => e.player.enter(30)")
    arrives_inside(page, player)
    until(page, lambda: not state(player)["gliding"])
    found = player.evaluate(POINTED)
    player.evaluate("(e, t) => e.player.seek(t)", found["t"])
    stage = page.locator(".ws-stage").bounding_box()
    page.mouse.click(stage["x"] + 4, stage["y"] + stage["height"] / 2)  # where there is none
    expect(page.locator(".ws-trail li")).to_have_count(2)
    page.mouse.click(stage["x"] + found["x"], stage["y"] + found["y"])
    expect(page.locator(".ws-trail li")).to_have_count(3)


# A cycle in which one word is on the ramp of the PE, and a point of the stage that `tap` takes for it.
POINTED = """element => {
  const {player} = element, {renderer} = player, {clientWidth, clientHeight} = element.querySelector(".ws-stage")
  for (const t of [...renderer.changes(30)]) {
    player.seek(t)
    for (let x = clientWidth * 0.25; x < clientWidth * 0.6; x += 6)
      for (let y = clientHeight * 0.2; y < clientHeight * 0.8; y += 6)
        if (renderer.tap(x, y)) {
          renderer.leave()
          return {t, x, y}
        }
  }
}"""


WORDS = ("?algorithm=star", "?algorithm=two_phase", "?program=all_reduce&root=centre")


@pytest.mark.parametrize("query", sampled(WORDS, "?program=all_reduce&root=centre"))
def test_every_word_comes_from_a_compute_element_and_takes_as_long_as_its_hops_and_waits(page, app, query):
    player = opened(page, app, f"{query}&width=12&height=8&words=4")
    found = player.evaluate("""async element => {
      const {run} = element.player
      const {createModel} = await import("/assets/scenes/fabric/model.js")
      const {createJourneys} = await import("/assets/scenes/fabric/journey.js")
      const model = createModel(run), journeys = createJourneys(model), bad = [], ends = {}
      for (let cell = 0; cell < model.cells; cell++) for (const word of journeys.of(cell)) {
        const {legs, source, ends: last} = journeys.follow(word)
        for (const {how} of last) ends[how] = (ends[how] ?? 0) + 1
        if (!legs.some(({move, k}) => move === word.move && k === word.k)) bad.push([cell, word])
        if (source.sent) ends.sent = (ends.sent ?? 0) + 1  // else it left a router with two inputs that take turns
        for (const leg of legs) {
          const before = legs.find((one) => one.port !== 4 && one.to === leg.cell && one.t1 + leg.waited === leg.t0)
          if (leg.waited < 0 || (leg !== legs[0] && leg.port !== 5 && !before)) bad.push([cell, leg])
        }
      }
      return {bad: bad.slice(0, 3), ends}
    }""")
    assert found["bad"] == []
    assert found["ends"]["sent"] > 100
    assert found["ends"].get("beyond", 0) < 0.2 * found["ends"]["taken"]
    assert "waits" not in found["ends"]


def arrives_inside(page, player):
    expect(page.locator(".ws-trail li")).to_have_count(2)
    return state(player)


def test_an_embed_shows_the_window_of_its_scenario_and_says_how_to_look_elsewhere(page, app):
    page.goto(f"{app}/embed/fabric{SCENE}&window=16&window_x=20&window_y=30")
    page.locator("html[data-waferscope-ready]").wait_for(timeout=30_000)
    player = page.locator(".ws-player")
    assert state(player)["levels"] == 2
    player.evaluate("e => { e.player.leave(); e.player.enter(100) }")
    said = page.locator(".ws-say")
    expect(said).to_contain_text("This page holds the wavelets of PEs 20–35 × 30–45 only.")
    expect(said).to_contain_text("window=32&window_x=84&window_y=0")
    player.evaluate("e => { e.player.leave(); e.player.enter(30 * 200 + 20) }")
    expect(said).to_contain_text("Looking at PEs 20–35 × 30–45.")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_pictures_glide_unless_less_motion_is_wanted(new_page, app, motion):
    page = new_page(reduced_motion=motion)
    player = opened(page, app, f"{SCENE}&window=16&window_x=20&window_y=30")
    arrives(page, player, 2)
    moved = player.evaluate("e => { e.player.leave(); return e.player.renderer.gliding }")
    assert moved == (motion == "no-preference")


@pytest.mark.parametrize("viewport", sampled([(1280, 720), (390, 844)], (1280, 720)))
def test_axe_finds_nothing_on_any_level(new_page, app, violations, viewport):
    page = new_page(viewport)
    player = opened(page, app, f"{SCENE}&window=16")
    outermost = "e => { while (e.player.leave()); }"
    for step in ("", "e => e.player.enter()", "e => e.player.enter()", outermost):
        if step:
            player.evaluate(step)
        until(page, lambda: not state(player)["gliding"])
        for theme in in_themes(page):
            assert violations(page) == [], theme
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport[0], theme
