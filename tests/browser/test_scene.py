"""The dataflow page as a visitor meets it: open, play, step back, scrub, change, inspect, reload by address."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.themes import in_themes
from tests.browser.waiting import at_rest, until
from tests.sweeps import sampled

pytestmark = pytest.mark.browser

TICK = re.compile(r"cycle (\d+)")


def opened(page, app, query="?algorithm=auto"):
    page.goto(f"{app}/fabric{query}")
    page.get_by_role("button", name="Play").wait_for()
    page.get_by_label("Width", exact=True).wait_for(state="attached")  # on a phone in a sheet
    return page


def cycle(page):
    return int(TICK.search(page.locator(".ws-player").inner_text())[1])


def test_the_page_is_alive_whatever_the_engine_is_doing(page, app):
    page.route_web_socket(re.compile("/ws"), lambda session: None)  # a server that never answers
    page.goto(f"{app}/fabric")
    expect(page.locator("#title")).to_have_text("Adding up 336 vectors of 16 words")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("/cycle [1-9]/.test(document.querySelector('.ws-player').innerText)")
    assert cycle(page) > 0


def test_playing_stepping_back_and_scrubbing_never_ask_the_server(page, app):
    at_rest(opened(page, app))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Play").click()
    until(page, lambda: cycle(page) > 0)
    page.get_by_role("button", name="Pause").click()
    played = cycle(page)
    page.keyboard.press("ArrowLeft")
    assert cycle(page) in (played - 1, played)
    page.get_by_role("slider", name=re.compile("time", re.I)).first.fill("7")
    assert cycle(page) == 7
    assert not asked


def test_keys_reach_the_player_while_nothing_has_the_focus(page, app):
    opened(page, app)
    page.keyboard.press("ArrowRight")
    assert cycle(page) == 1
    page.keyboard.press("Space")
    page.get_by_role("button", name="Pause").wait_for()


@pytest.mark.parametrize("clicked", ["Links", "Pause", "Curve", "All figures"])
def test_space_plays_whatever_was_clicked_with_a_pointer(page, app, clicked):
    opened(page, app)
    player = page.locator(".ws-player").first
    playing = "({ player }) => player.state.playing"
    page.get_by_role("button", name="Play", exact=True).click()
    button = (
        page.locator("button, summary")
        .filter(has_text=clicked)
        .or_(page.get_by_role("button", name=clicked))
        .first.element_handle()
    )
    button.click()
    was, pressed = player.evaluate(playing), button.get_attribute("aria-pressed")
    page.keyboard.press("Space")
    assert player.evaluate(playing) is not was
    assert button.get_attribute("aria-pressed") == pressed


def test_space_plays_once_something_was_chosen_from_a_menu_with_a_pointer(page, app):
    opened(page, app)
    playing = "({ player }) => player.state.playing"
    player, menu = page.locator(".ws-player").first, page.get_by_label("Algorithm", exact=True)
    menu.focus()
    menu.dispatch_event("pointerdown", {"bubbles": True, "composed": True})  # a click would open what no script sees
    menu.select_option("Chain")
    expect(page).to_have_url(re.compile("algorithm=chain"))
    was = player.evaluate(playing)
    page.keyboard.press("Space")
    assert player.evaluate(playing) is not was
    expect(menu).to_have_value('"chain"')
    expect(page.locator(".ws-stage")).to_be_focused()


def test_space_presses_a_button_that_the_keyboard_has_reached(page, app):
    opened(page, app)
    button = page.get_by_role("button", name="Links", exact=True)
    button.focus()
    pressed = button.get_attribute("aria-pressed")
    page.keyboard.press("Space")
    expect(button).not_to_have_attribute("aria-pressed", pressed)


def test_a_change_of_a_control_changes_picture_figures_and_address(page, app):
    opened(page, app, "?program=reduce&algorithm=chain&width=8&height=1&words=4")
    cycles = page.locator('[data-name="cycles"] b')
    before = cycles.inner_text()
    page.get_by_label("Width", exact=True).fill("12")
    expect(cycles).not_to_have_text(before)
    expect(page).to_have_url(re.compile("width=12"))
    after = cycles.inner_text()
    page.reload()
    page.get_by_label("Width", exact=True).wait_for(state="attached")  # on a phone in a sheet
    expect(cycles).to_have_text(after)
    expect(page.get_by_label("Width", exact=True)).to_have_value("12")


def test_a_chart_that_comes_into_sight_shows_the_time(page, app):
    opened(page, app)
    chart = page.get_by_role("img", name=re.compile("^Links and PEs at work over 207 cycles"))
    page.locator(".ws-player").evaluate("({player}) => player.seek(77)")
    expect(chart).to_be_hidden()
    page.get_by_role("button", name="At work", exact=True).click()
    expect(chart).to_be_visible()
    where = "(line) => [new DOMMatrix(line.style.transform).e, line.parentElement.clientWidth]"
    for t in (77, 99):
        page.locator(".ws-player").evaluate("({player}, t) => player.seek(t)", t)
        x, width = page.locator("#chart-activity .time-line").evaluate(where)
        assert x == pytest.approx(46 + (width - 56) * t / 207, abs=0.1)


def test_back_undoes_a_change(page, app):
    opened(page, app, "?width=8&height=4")
    page.get_by_label("Width", exact=True).fill("9")
    expect(page).to_have_url(re.compile("width=9"))
    page.go_back()
    expect(page.get_by_label("Width", exact=True)).to_have_value("8")


@pytest.mark.parametrize("pause_ms", sampled([0, 20, 60], 20))
def test_going_back_faster_than_the_answers_come_keeps_every_step(page, app, pause_ms):
    opened(page, app, "?width=8&height=4")
    width = page.get_by_label("Width", exact=True)
    for value in ("9", "10", "11", "12"):
        width.fill(value)
        expect(page).to_have_url(re.compile(f"width={value}"))
    for way, value in ((-1, "8"), (1, "12"), (-1, "8")):
        page.evaluate(
            """async ([way, pause]) => {
              for (let k = 0; k < 4; k++) {
                history.go(way)
                await new Promise((after) => setTimeout(after, pause))
              }
            }""",
            [way, pause_ms],
        )
        expect(page).to_have_url(re.compile(f"width={value}&"))
        expect(width).to_have_value(value)


def test_an_example_is_one_choice(page, app):
    opened(page, app)
    title = page.locator("#title").inner_text()
    page.get_by_label("Example").select_option("Broadcast one value")
    expect(page.locator("#title")).not_to_have_text(title)


def test_a_bad_address_gives_a_sentence_and_the_defaults(page, app):
    opened(page, app, "?width=wide")
    expect(page.get_by_role("alert")).to_contain_text("Width must be a whole number from 1 to")
    expect(page.get_by_label("Width", exact=True)).not_to_have_value("wide")
    assert page.locator("#title").inner_text().strip()


def test_what_is_valid_in_an_address_is_kept_and_what_is_not_is_named(page, app):
    opened(page, app, "?widht=30&height=10&words=none&seed=3")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Words must be a whole number")
    expect(alert).to_contain_text("no parameter “widht”; perhaps width is meant. The rest of the address is used.")
    expect(page.get_by_label("Height", exact=True)).to_have_value("10")
    shown = page.locator(".ws-player").first.evaluate("({ player }) => player.run.scenario")
    assert (shown["height"], shown["seed"], shown["width"]) == (10, 3, 24)


def test_markup_in_the_address_stays_text(page, app):
    opened(page, app, "?width=<img src=x onerror=alert(1)>")
    expect(page.get_by_role("alert")).to_contain_text("<img")
    assert page.locator("main img").count() == 0


def test_a_refused_value_is_kept_and_explained(page, app):
    opened(page, app)
    field = page.get_by_label("Width", exact=True)
    field.fill("99999")
    field.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("Width must be a whole number")
    expect(field).to_have_value("99999")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Height", exact=True)).not_to_have_attribute("aria-invalid", "true")
    field.fill("10")
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_a_pe_can_be_inspected_by_keyboard_alone(page, app):
    opened(page, app, "?width=6&height=4")
    page.get_by_role("group", name=re.compile("stage")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ws-player")).to_contain_text(re.compile(r"PE \(\d+, \d+\)"))


def test_axe_finds_nothing(page, app, violations):
    opened(page, app, "?algorithm=auto")
    for theme in in_themes(page):
        assert violations(page) == [], theme


@pytest.mark.parametrize("viewport", [(1280, 720), (390, 844)])
def test_nothing_is_wider_than_the_window(new_page, app, viewport):
    page = opened(new_page(viewport), app)
    at_rest(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport[0]
    if viewport[0] == 1280:
        assert page.evaluate("document.documentElement.scrollHeight") <= 720


def test_of_quick_changes_the_last_one_stays(page, app):
    opened(page, app, "?program=all_reduce&width=64&height=64&words=16")
    for words in range(8, 24):
        page.get_by_label("Words", exact=True).fill(str(words))
    expect(page.locator("#title")).to_contain_text("of 23 words")
    expect(page).to_have_url(re.compile("words=23"))


def test_a_long_run_shows_progress_and_can_be_cancelled(page, app):
    opened(page, app, "?width=8&height=901")
    title = page.locator("#title").inner_text()
    width = page.get_by_label("Width", exact=True)
    ended = []
    page.on("requestfailed", lambda request: ended.append(request.url))
    with page.expect_request(re.compile(r"/run/fabric\?.*width=701")):  # also while it is computed
        width.fill("701")  # a run that nobody has asked for before
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("progressbar")).to_be_hidden()
    expect(page.get_by_role("alert")).to_contain_text("Cancelled")
    expect(page.locator(".ws-player")).not_to_have_attribute("aria-busy", "true")
    assert any("width=701" in url for url in ended)
    assert page.locator("#title").inner_text() == title
    expect(width).to_have_value("8")
    width.fill("9")
    expect(page.locator("main")).to_contain_text("Adding up 8,109 vectors")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_page_whose_run_takes_long_says_what_it_is_and_that_it_is_on_its_way(page, app):
    runs = []
    page.route(re.compile("/run/fabric"), lambda route: runs.append(route))  # held back until we have looked
    page.route_web_socket(re.compile("/ws"), lambda session: None)  # nor is there a session yet
    page.goto(f"{app}/fabric?program=gemm&width=4&words=4")
    title, progress = page.locator("#title"), page.get_by_role("progressbar")
    expect(progress).to_be_visible()
    expect(title).to_have_text("Two matrices of 16 × 16 multiplied on 4 × 4 PEs")
    runs[0].continue_()
    page.get_by_role("button", name="Play").wait_for()
    expect(progress).to_be_hidden()
    expect(title).to_have_text("Two matrices of 16 × 16 multiplied on 4 × 4 PEs")


# What the page shows for the first time, in this order; the title with its words, whatever spaces they have.
SHOWN = """window.shown = []
new MutationObserver(() => {
  const note = (what) => shown.includes(what) || shown.push(what)
  const title = document.getElementById("title")?.textContent.trim().replaceAll("\\u00a0", " ")
  if (title) note(title)
  if (document.getElementById("progress")?.hidden === false) note("progress")
  if (document.querySelector(".ws-ready")) note("picture")
}).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })"""


def test_a_long_run_shows_its_title_and_its_progress_before_its_picture(page, app):
    page.add_init_script(SHOWN)
    page.goto(f"{app}/fabric?program=gemm&width=26")  # a run that nobody has asked for before
    page.locator(".ws-ready").first.wait_for()
    assert page.evaluate("shown") == ["Two matrices of 416 × 416 multiplied on 26 × 26 PEs", "progress", "picture"]


def test_a_change_overtakes_a_long_run(page, app):
    opened(page, app, "?width=8&height=902")
    page.get_by_label("Width", exact=True).fill("703")  # a run that nobody has asked for before
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_label("Width", exact=True).fill("12")
    page.get_by_label("Height", exact=True).fill("5")
    expect(page.locator("#title")).to_contain_text("60")
    expect(page.get_by_role("progressbar")).to_be_hidden()
    expect(page).to_have_url(re.compile("width=12&height=5"))


def test_the_whole_wafer_is_drawn(page, app):
    page.goto(f"{app}/fabric?program=broadcast&width=750&height=994&words=2")
    expect(page.locator("#title")).to_contain_text("750 × 994", timeout=60_000)
    assert page.locator("canvas").first.is_visible()
