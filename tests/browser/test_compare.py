"""Two runs beside each other, the line in space and time, the critical path and the curve, as a visitor meets them."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from tests.browser.themes import in_themes
from tests.browser.waiting import at_rest, until
from tests.sweeps import sampled

pytestmark = pytest.mark.browser

SMALL = "?algorithm=chain&width=12&height=6&words=8"
RUN_A = re.compile(r"Run A")


def opened(page, app, query=SMALL, scene="fabric"):
    page.goto(f"{app}/{scene}{query}")
    page.locator("form.scenario").wait_for(state="attached")  # on a phone in a sheet
    return page


def chart(page, name):
    page.get_by_role("region", name="Charts").get_by_role("button", name=name, exact=True).click()


def times(page):
    """The time of both players: that of A is what its clock was told."""
    return page.evaluate(
        """() => { const find = (root) => [...root.querySelectorAll("*")].flatMap(one => [
                     ...(one.player ? [one.player.state.t] : []), ...(one.shadowRoot ? find(one.shadowRoot) : [])])
                   return find(document) }"""
    )


def test_a_pinned_run_plays_beside_the_one_that_is_changed_and_every_figure_has_its_difference(page, app):
    opened(page, app)
    cycles = page.locator('[data-name="cycles"]')
    before = re.sub(r"\D", "", cycles.locator("b").inner_text())
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_role("group", name=RUN_A).first).to_be_visible()
    expect(cycles).to_contain_text("same")
    page.get_by_label("Words", exact=True).fill("32")
    expect(page.locator(".ws-name")).to_have_text(["AWords: 8 words", "BWords: 32 words"])
    a, b, by = cycles.locator("td").all_inner_texts()
    a, b = (int(re.match(r"[\d\u202f]+", text)[0].replace("\u202f", "")) for text in (a, b))
    assert a == int(before)
    assert by.startswith(f"+{b - a}\ncycles")
    assert page.locator("table.compared").first.locator("tbody tr").count() == 6
    page.get_by_role("button", name="Play").click()
    until(page, lambda: min(times(page)) > 0)
    page.get_by_role("button", name="Pause").click()
    one, other = times(page)
    assert 0 < one == other
    expect(page).to_have_url(re.compile(r"words=32&beside=algorithm%3Dchain%26width%3D12"))


def test_what_is_pinned_survives_a_reload_and_own_ends_are_reached_together(page, app):
    opened(page, app, f"{SMALL}&beside=words%3D64%26width%3D12%26height%3D6")
    page.get_by_text("Each to its own end").click()
    expect(page).to_have_url(re.compile("clock=ends"))
    page.reload()
    expect(page.get_by_role("group", name=RUN_A).first).to_be_visible()
    page.get_by_role("group", name=re.compile("stage")).last.focus()
    page.keyboard.press("End")
    expect(page.get_by_text(re.compile("The last operation has ended"))).to_be_visible()
    durations = times(page)
    assert durations[0] != durations[1]
    page.get_by_text("One clock").click()
    page.get_by_role("group", name=re.compile("stage")).last.focus()
    page.keyboard.press("End")
    assert max(times(page)) == max(durations)


def test_swapping_and_letting_go_change_form_and_address(page, app):
    opened(page, app, "?width=12&height=1&words=8&beside=width%3D9%26height%3D1")
    expect(page.locator(".ws-name").first).to_have_text(re.compile("^AWidth: 9.*, Words: 16 words$"))
    page.get_by_role("button", name="Swap").click()
    expect(page.get_by_label("Width", exact=True)).to_have_value("9")
    expect(page).to_have_url(re.compile(r"\?width=9&height=1&beside=width%3D12%26height%3D1%26words%3D8"))
    page.get_by_role("button", name="Unpin").click()
    expect(page.get_by_role("group", name=RUN_A)).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?width=9&height=1$"))
    assert page.locator("table.compared").count() == 0
    page.go_back()
    expect(page.get_by_role("group", name=RUN_A).first).to_be_visible()


def test_the_key_pins_and_lets_go(page, app):
    opened(page, app)
    page.get_by_role("group", name=re.compile("stage")).focus()
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Unpin")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pin", exact=True)).to_be_focused()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?beside=width%3Dwide", "The pinned run could not be loaded: Width must be a whole number from 1 to"),
        ("?beside=width%3D9&clock=two", "Clock must be one of one, ends, got “two”"),
    ],
)
def test_a_bad_pin_gives_a_sentence_and_no_second_stage(page, app, query, sentence):
    opened(page, app, query)
    expect(page.get_by_role("alert").first).to_contain_text(sentence)
    expect(page.get_by_role("button", name="Pin", exact=True)).to_be_visible()


@pytest.mark.parametrize("scene", sampled(["memory", "scaling", "planner"], "scaling"))
def test_every_scene_can_be_pinned(page, app, scene):
    opened(page, app, "", scene)
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_role("group", name=RUN_A).first).to_be_visible()
    expect(page.locator("table.compared").first).to_contain_text("same")


def test_any_line_can_be_chosen_and_follows_the_inspected_pe(page, app):
    opened(page, app)
    picture = page.get_by_role("img", name=re.compile("Space–time of"))
    page.get_by_text("Column", exact=True).click()
    page.get_by_label("Number of the row or column").fill("5")
    expect(picture).to_have_attribute("aria-label", re.compile("column 5: 6 PEs across"))
    page.get_by_text("Row", exact=True).click()
    page.get_by_label("Number of the row or column").fill("2")
    expect(picture).to_have_attribute("aria-label", re.compile("row 2: 12 PEs across"))
    page.get_by_role("group", name=re.compile("stage")).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(picture).to_have_attribute("aria-label", re.compile("row 4: 12 PEs across"))
    picture.click(position={"x": 46, "y": 100})
    assert 0 < times(page)[0]
    expect(page.locator(".ws-inspector")).to_contain_text("PE (0, 4)")


def test_path_and_links_are_laid_over_the_picture_by_key_and_said(page, app):
    opened(page, app)
    page.get_by_role("group", name=re.compile("stage")).focus()
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Path", exact=True).first).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("list", name="Legend")).to_contain_text("critical path")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ws-say")).to_contain_text(re.compile(r"The critical path is at PE \(\d+, \d+\): \w+"))
    page.keyboard.press("c")
    page.keyboard.press("l")
    expect(page.get_by_role("list", name="Legend")).to_contain_text(re.compile(r"% of the cycles"))


def test_the_parts_of_the_path_stand_beside_those_of_the_closed_form(page, app):
    opened(page, app)
    chart(page, "Path")
    rows = page.locator(".path-table tbody tr")
    expect(rows).to_have_count(5)
    parts = [int(row.locator("td").first.inner_text()) for row in rows.all()]
    cycles = page.locator('[data-name="cycles"] b').inner_text()
    assert sum(parts) == int(re.sub(r"\D", "", cycles))


def test_a_point_of_the_curve_opens_its_run_by_keyboard_and_by_click(page, app):
    opened(page, app)
    chart(page, "Curve")
    points = page.get_by_role("group", name="Runs").get_by_role("button")
    expect(page.get_by_role("region", name="Charts")).to_contain_text("Open a point", timeout=20_000)
    point = page.get_by_role("button", name=re.compile(r"^64 words: .* Watch this run"))
    point.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Words", exact=True)).to_have_value("64")
    expect(page).to_have_url(re.compile("words=64"))
    expect(page.get_by_role("region", name="Charts")).to_contain_text("Open a point", timeout=20_000)
    box = page.get_by_role("button", name=re.compile(r"^4 words: .* Watch this run")).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_label("Words", exact=True)).to_have_value("4")
    page.get_by_label("PEs", exact=True).check()
    expect(points.first).to_have_attribute("aria-label", re.compile("PEs? in a row"))


def test_axe_finds_nothing(page, app, violations):
    opened(page, app, "?beside=algorithm%3Dchain")
    expect(page.get_by_role("group", name=RUN_A).first).to_be_visible()
    for name in ("Path", "Curve"):
        chart(page, name)
        for theme in in_themes(page):
            assert violations(page) == [], (name, theme)


@pytest.mark.parametrize("viewport", [(1280, 720), (390, 844)])
def test_nothing_is_wider_than_the_window(new_page, app, viewport):
    page = opened(new_page(viewport), app, "?beside=algorithm%3Dchain")
    at_rest(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport[0]
    if viewport[0] == 1280:
        assert page.evaluate("document.documentElement.scrollHeight") <= 720


LAPTOP, PHONE = (1280, 720), (390, 844)
BETWEEN = ((1366, 768), (1920, 1080), (1024, 600), (768, 1024))
PAIRS = {
    "fabric": "?algorithm=chain&width=12&height=6&words=8&beside=algorithm%3Dauto",
    "memory": "?kernel=gemv&beside=",
    "scaling": "?cluster=cs&beside=cluster%3Dgpu",
    "planner": "?seed=1&beside=",
}


def test_one_legend_is_read_for_two_pictures_of_one_kind(page, app):
    opened(page, app, "?algorithm=chain&width=12&height=2&beside=algorithm%3Dchain%26width%3D9%26height%3D2")
    legends = page.locator(".ws-player .ws-legend")
    expect(legends).to_have_count(2)
    expect(legends.filter(visible=True)).to_have_count(1)
    page.get_by_role("button", name="Links", exact=True).first.click()
    expect(legends.filter(visible=True)).to_have_count(2)  # each says how much its own links carry
    page.get_by_role("button", name="Links", exact=True).first.click()
    expect(legends.filter(visible=True)).to_have_count(1)
    page.get_by_role("button", name="Unpin").click()
    expect(legends.filter(visible=True)).to_have_count(1)
    expect(legends).to_have_count(1)


PARTS = "h1, .ws-legend-place, .ws-stage, .ws-transport, .ws-say, #chart-curve, #figures"
BOXES = """parts => parts.map((part) => {
  const { left, right, top, bottom } = part.getBoundingClientRect()
  return [part.className || part.id, [left, right], [top, bottom]]
})"""


def overlapping(page):
    """Return which of the parts that one reads and presses lie over each other [px]."""
    boxes = [(name, x, y) for name, x, y in page.locator(PARTS).evaluate_all(BOXES) if x[0] < x[1] and y[0] < y[1]]

    def shared(one, other):
        return min(one[1], other[1]) - max(one[0], other[0])

    return [
        (one, other)
        for (one, *a), (other, *b) in itertools.combinations(boxes, 2)
        if all(shared(*along) > 1 for along in zip(a, b, strict=True))
    ]


@pytest.mark.parametrize("sizes", sampled([(LAPTOP, PHONE), BETWEEN], (LAPTOP, PHONE)))
@pytest.mark.parametrize("lang", sampled(["en", "de", "fr"], "de"))
@pytest.mark.parametrize("scene", PAIRS)
def test_no_picture_lies_over_what_is_pressed_at_any_size(page, app, scene, lang, sizes):
    page.goto(f"{app}/{scene}{PAIRS[scene]}&lang={lang}")
    page.locator(".ws-player .ws-player .ws-stage").wait_for()
    toggles = page.locator(".ws-face:not(.ws-face .ws-face) > .ws-head .ws-toggles button:visible")
    heights = "stages => stages.map((stage) => stage.getBoundingClientRect().height)"
    for theme in in_themes(page, ("light", "projector") if lang == "en" else ("light",)):
        for size in sizes:
            page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
            for toggle in [None, *toggles.all()]:
                if toggle:
                    toggle.click()
                page.evaluate("scrollTo(0, 0)")  # further down the picture stays in sight, over what scrolls by
                at_rest(page, 6)
                assert overlapping(page) == [], (theme, size)
                assert min(page.locator(".ws-stage").evaluate_all(heights)) >= 160, (theme, size)
                if size[1] >= 720 and size[0] > 1000 and theme == "light":
                    expect(page.locator(".ws-transport:visible")).to_be_in_viewport(ratio=1)
                if toggle:
                    toggle.click()
            for _ in ("play", "pause"):
                page.locator(".ws-main:visible").last.click()
            assert 0 < min(times(page))
