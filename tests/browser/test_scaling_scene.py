"""The scaling page as a visitor meets it: a curve, its readings, a guess drawn by hand, and the step behind a point."""

import re
from random import Random
from struct import unpack

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import at_rest, until

pytestmark = pytest.mark.browser

PLAYER = """() => {
  const find = (root) => {
    for (const element of root.querySelectorAll("*")) {
      const found = element.player ?? (element.shadowRoot && find(element.shadowRoot))
      if (found) return found
    }
  }
  return (window.player = find(document))
}"""
WIDE = "?model=cerebras-gpt-13b&global_batch=768&n_devices=192"
WAFERS = "?cluster=cs&model=cerebras-gpt-1.3b&n_devices=16&global_batch=528"


def opened(page, app, query="?cluster=gpu"):
    page.goto(f"{app}/scaling{query}")
    page.get_by_role("button", name="Play").wait_for()
    page.get_by_role("button", name="Hide the curves and draw your guess").wait_for()
    page.locator("#chart-curve canvas").first.wait_for()
    page.locator(".curve-layer .point").first.wait_for(state="attached")
    page.wait_for_function(PLAYER)
    return page


def state(page):
    return page.evaluate(
        "(() => { const { t, duration, selected } = player.state; return { t, duration, selected } })()"
    )


# The words at the ends go while a guess is drawn, and the points move into their room once the server has said so.
AT_REST = """() => {
  const { x } = [...document.querySelectorAll(".curve-layer .knob")].at(-1).getBoundingClientRect()
  if (x !== window.handleAt) Object.assign(window, { handleAt: x, handleSince: performance.now() })
  return performance.now() - window.handleSince > 1500
}"""


def middle(page, point):
    """Where a point of the curve lies in the window."""
    box = page.locator(".curve-layer .point").nth(point).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_tap_on_a_point_opens_its_step(page, app):
    opened(page, app)
    duration = state(page)["duration"]
    page.mouse.click(*middle(page, 1))
    expect(page).to_have_url(re.compile(r"n_devices=96\b"))
    expect(page.locator("#title")).to_contain_text("96")
    expect(page.get_by_label("Devices", exact=True)).to_have_value("96")
    page.wait_for_function(f"player.state.duration > {duration}")
    page.keyboard.press("Space")  # the same keys, though the figure was clicked last
    page.get_by_role("button", name="Pause", exact=True).wait_for()


def test_a_point_is_opened_and_a_guess_drawn_and_revealed_by_keyboard(page, app):
    opened(page, app, WAFERS)
    page.get_by_role("button", name=re.compile("^4 wafers: .* Open this step")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_contain_text("4 wafers")
    page.get_by_role("button", name="Hide the curves and draw your guess").click()
    first = page.get_by_role("slider", name=re.compile("^Your guess at")).first
    expect(first).to_be_focused()
    for told in ("#verdict", "#against", ".goal", "[data-name=speedup]"):
        expect(page.locator(told)).to_be_hidden()
    before = float(first.get_attribute("aria-valuenow"))
    for _ in range(10):
        page.keyboard.press("ArrowUp")
    assert float(first.get_attribute("aria-valuenow")) > before
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    said = page.get_by_role("status").filter(has_text="you guessed")
    expect(said).to_contain_text("the simulation says")
    expect(page.locator("#verdict")).to_be_visible()
    expect(said).to_contain_text(
        re.compile("At 2 wafers, your guess of .* is impossible: it lies above the straight line")
    )
    expect(page.get_by_role("button", name="And GPUs?")).to_be_focused()
    expect(page.get_by_role("button", name="Guess again")).to_be_visible()
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as picture").press("Enter")
    assert download.value.suggested_filename == "waferscope-guess.png"
    png = download.value.path().read_bytes()
    assert (png[1:4], unpack(">II", png[16:24])) == (b"PNG", (1200, 630))
    page.get_by_role("button", name="And GPUs?").press("Enter")
    expect(page.get_by_role("button", name="And GPUs?")).to_be_hidden()


def test_a_guess_is_drawn_in_one_stroke_and_can_be_skipped(page, app):
    opened(page, app)
    expect(page.locator("#against")).not_to_be_empty()  # the other kind is there, with which the axis ends
    page.get_by_role("button", name="Hide the curves and draw your guess").click()
    page.get_by_role("slider", name=re.compile("^Your guess at")).first.wait_for()
    page.wait_for_function(AT_REST)
    boxes = [handle.bounding_box() for handle in page.locator(".curve-layer .knob").all()]
    (left, top), (right, _) = [
        (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes[:: len(boxes) - 1]
    ]
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right + 40, top - 60, steps=4)  # past the last point, wherever the words at the end leave it
    page.mouse.up()
    values = [
        float(slider.get_attribute("aria-valuenow"))
        for slider in page.get_by_role("slider", name=re.compile("^Your guess at")).all()
    ]
    assert values == sorted(values)
    assert values[-1] > 5 > 2 > values[0] > 0.9  # along a straight line, on linear axes
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("button", name="Hide the curves and draw your guess")).to_be_visible()


def test_the_same_runs_can_be_read_in_four_ways(page, app):
    opened(page, app)
    curve = page.locator(".curve-layer [role=group]")
    for reading, shape in (("Tokens/s", " tokens/s"), ("Efficiency", " %"), ("Step time", " s"), ("Speed-up", "×")):
        page.get_by_text(reading, exact=True).click()
        expect(curve).to_have_attribute("aria-label", re.compile(f"{reading}.*{shape}"))
    page.get_by_text("Log", exact=True).click()
    expect(page.get_by_role("radio", name="Log")).to_be_checked()


def test_one_wafer_more_makes_the_curve_grow_and_the_step_shrink(page, app):
    opened(page, app, WAFERS.replace("16", "2"))
    duration = state(page)["duration"]
    page.get_by_label("Devices", exact=True).fill("3")
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_contain_text("3 wafers")
    for n in (1, 3):
        expect(page.get_by_role("button", name=re.compile(f"^{n} wafers?: .* Open this step"))).to_have_count(1)
    page.wait_for_function(f"player.state.duration < {duration}")


@pytest.mark.parametrize("query", ["?cluster=gpu", WAFERS])
def test_a_step_plays_within_its_budget_and_can_be_inspected(page, app, query):
    opened(page, app, query)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("player.state.t > 0")
    page.get_by_role("button", name="Pause", exact=True).click()
    page.locator("canvas").last.evaluate("(canvas) => canvas.closest('.ws-stage').focus()")
    page.keyboard.press("Enter")
    expect(page.locator(".ws-inspector")).to_be_visible()
    seen = {state(page)["selected"]}
    for key in ["ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp"]:
        page.keyboard.press(key)
        seen.add(state(page)["selected"])
    assert len(seen) > 2
    assert page.locator(".ws-say").inner_text()


def test_seeking_twice_gives_equal_pixels(page, app):
    opened(page, app, "?n_devices=512&zero=3&tp=1&pp=1&model=gpt3-13b&recompute=full")
    picture = """(share) => {
      player.seek(Math.round(share * player.state.duration))
      return player.root.querySelector("canvas").toDataURL()
    }"""
    first = page.evaluate(picture, 0.4)
    assert page.evaluate(picture, 0.7) != first
    assert page.evaluate(picture, 0.4) == first


@pytest.mark.parametrize(
    ("theme", "viewport"), [("light", (1280, 720)), ("dark", (390, 844)), ("projector", (1280, 720))]
)
def test_axe_finds_nothing_and_the_page_fits_the_window(new_page, app, violations, theme, viewport):
    page = opened(new_page(viewport), app, f"?cluster=gpu&theme={theme}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport[0]
    if viewport[0] == 1280:  # the curve is whole on the first screen, and below it the step begins
        for part in ("#chart-curve", ".inside"):
            box = page.locator(part).bounding_box()
            assert box["y"] + box["height"] <= 720
    page.get_by_role("button", name="Hide the curves and draw your guess").click()
    page.get_by_role("slider", name=re.compile("^Your guess at")).first.wait_for()
    assert violations(page) == []


def test_the_address_says_how_the_curve_is_read_and_a_copy_of_it_shows_the_same(new_page, app):
    page = opened(new_page(), app)
    page.get_by_text("Efficiency", exact=True).click()
    expect(page).to_have_url(re.compile(r"\bread=efficiency$"))
    page.get_by_text("Log", exact=True).click()
    expect(page).to_have_url(re.compile(r"axes=log"))
    page.get_by_role("button", name=re.compile("^768 GPUs: .* Open this step")).press("Enter")
    expect(page).to_have_url(re.compile(r"\?n_devices=768&read=efficiency&axes=log$"))
    copied = opened(new_page(), app, page.url.partition("/scaling")[2])
    expect(copied.get_by_role("radio", name="Efficiency")).to_be_checked()
    expect(copied.get_by_role("radio", name="Log")).to_be_checked()
    page.get_by_text("Linear", exact=True).click()
    page.get_by_text("Speed-up", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?n_devices=768$"))


def test_a_link_to_the_curve_as_published_keeps_language_and_theme(page, app):
    page.goto(f"{app}/scaling?cluster=gpu&theme=dark&lang=de")
    page.get_by_role("link", name="768 GPUs").click()
    expect(page).to_have_url(re.compile(r"n_devices=768.*recompute=full.*lang=de&theme=dark"))
    expect(page.locator("#title")).to_contain_text("768 GPUs")
    expect(page.get_by_role("link", name="768 GPUs")).to_be_hidden()
    page.go_back()
    expect(page.locator("#title")).to_contain_text("384 GPUs")


DRAWN = (
    "Bokeh.documents.flatMap((d) => [...d._all_models.values()]).filter((m) => m.type === 'ColumnDataSource')"
    ".map((m) => JSON.stringify([m.name, m.data.x ?? null, m.data.y ?? null, m.data.text ?? null]))"
)


def words(page):
    """Return what the page says: figures, what is chosen, who is ahead, and all that the chart draws."""
    chosen = page.locator("table").filter(has_text="ZeRO").inner_text()
    curve = page.locator(".curve-layer [role=group]").get_attribute("aria-label")
    answer = page.locator(".verdict").inner_text()
    return page.locator("#figures").inner_text(), chosen, answer, curve, sorted(page.evaluate(DRAWN))


def names(page):
    """Return what stands at the ends of curves."""
    return set(re.findall(r'"(GPUs|wafers)[^"]*: [^"]*%[^"]*"', "".join(page.evaluate(DRAWN)).replace("\\", "")))


def test_what_was_set_up_otherwise_stays_beside_and_a_copy_of_the_address_shows_it(new_page, app):
    page = opened(new_page(), app)
    for example in ("175B, tensor × pipeline × data", "175B, ZeRO-3"):
        page.get_by_label("Example").select_option(example)
        expect(page).to_have_url(re.compile("recompute=full"))
        at_rest(page, 30)
    expect(page).to_have_url(re.compile("zero=3.*against="))
    copied = opened(new_page(), app, page.url.partition("/scaling")[2])
    until(copied, lambda: any("ZeRO-3: " in text and "DP: " in text for text in copied.evaluate(DRAWN)))


def test_with_another_kind_the_devices_go_to_the_nearest_number_and_it_is_said(page, app):
    opened(page, app)
    page.get_by_label("Cluster", exact=True).select_option(label="Wafers (CS systems)")
    expect(page.locator("#title")).to_contain_text("192 wafers")
    expect(page.get_by_label("Devices", exact=True)).to_have_value("192")
    expect(page.get_by_role("alert")).to_contain_text("from 384 devices to 192")


def test_same_or_growing_batch_is_one_switch_over_both_curves(page, app):
    opened(page, app, WIDE)
    expect(page.get_by_label("Growth")).to_have_count(0)
    page.get_by_text("Growing batch", exact=True).click()
    expect(page).to_have_url(re.compile("mode=weak"))
    expect(page.get_by_role("radio", name="Growing batch")).to_be_checked()
    until(page, lambda: names(page) == {"GPUs", "wafers"})
    assert "against" not in page.url


def test_a_guess_is_answered_by_one_kind_and_then_by_the_other(page, app):
    opened(page, app, WIDE)
    until(page, lambda: names(page) == {"GPUs", "wafers"})
    answer = page.locator("#against")
    expect(answer).to_contain_text("16 CS-2 reach")
    page.get_by_role("button", name="Hide the curves and draw your guess").click()
    until(page, lambda: names(page) == set())
    page.get_by_role("button", name="Reveal").click()
    until(page, lambda: names(page) == {"GPUs"})
    expect(answer).to_be_empty()
    page.get_by_role("button", name="And wafers?").click()
    until(page, lambda: names(page) == {"GPUs", "wafers"})
    expect(answer).to_contain_text("16 CS-2 reach")


def test_after_a_walk_through_the_controls_a_reload_shows_the_same(new_page, app):
    page, random = opened(new_page(), app), Random(3)
    clusters = ("GPUs", "Wafers (CS systems)")
    steps = [
        lambda: page.get_by_label("Model", exact=True).select_option(label="Cerebras-GPT 13B"),
        lambda: page.get_by_label("Cluster", exact=True).select_option(label=random.choice(clusters)),
        lambda: page.get_by_text(random.choice(["Same batch", "Growing batch"]), exact=True).click(),
        lambda: page.get_by_role("button", name=re.compile("Open this step$")).nth(1).press("Enter"),
        lambda: page.get_by_text(random.choice(["Tokens/s", "Efficiency", "Speed-up"]), exact=True).click(),
        lambda: page.get_by_text(random.choice(["Linear", "Log"]), exact=True).click(),
    ]
    for step in [*steps, *random.choices(steps, k=3)]:
        step()
        page.wait_for_timeout(300)
        at_rest(page, 30)
    copied = opened(new_page(), app, page.url.partition("/scaling")[2])
    until(copied, lambda: words(copied) == words(page))
