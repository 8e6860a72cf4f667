"""The planner page as a visitor meets it: a calendar that plays, and one chart at a time beside it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import until
from tests.sweeps import sampled

pytestmark = pytest.mark.browser

CHARTS = {
    "Days": "days",
    "Cost": "frontier",
    "Set-up": "setup",
    "Context": "context",
    "Growth": "ladder",
    "Start": "start",
}
BUTTONS = 3  # of the charts, of which the others share a menu
# Small, so that each visit of a plan is quick.
SMALL = "?model=gpt3-13b&n_devices=64&tokens=20000000000&tp=4"


def opened(page, app, query=SMALL):
    page.goto(f"{app}/planner{query}")
    page.get_by_role("button", name="Play", exact=True).wait_for()
    page.locator("#chart-days canvas").first.wait_for()
    page.locator("#chart-days .chart-points button").first.wait_for(state="attached")
    return page


def chosen(page, label):
    if list(CHARTS).index(label) < BUTTONS:
        page.get_by_role("button", name=label, exact=True).click()
    else:
        page.get_by_label("More charts").select_option(label=label)
    chart = page.locator(f"#chart-{CHARTS[label]}")
    expect(chart).to_be_visible()
    return chart


def middle(page, chart, name):
    """Where a plan lies in the window."""
    box = page.locator(f"#chart-{chart}").get_by_role("button", name=re.compile(name)).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_page_opens_with_figures_a_calendar_and_one_chart(page, app):
    opened(page, app, "")
    expect(page.locator("#title")).to_contain_text("how many days?")
    for chart in CHARTS.values():
        expect(page.locator(f"#chart-{chart}")).to_be_visible(visible=chart == "days")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate("(e => e.scrollHeight <= e.clientHeight)(document.querySelector('.right'))")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_charts_are_switched_by_keyboard_and_each_says_what_it_shows(page, app):
    opened(page, app)
    page.get_by_role("button", name="Days", exact=True).focus()
    said = set()
    more = page.get_by_label("More charts")
    for i, (label, chart) in list(enumerate(CHARTS.items()))[1:]:
        if i <= BUTTONS:
            page.keyboard.press("Tab")
        if i < BUTTONS:
            page.keyboard.press("Enter")
            expect(page.get_by_role("button", name=label, exact=True)).to_have_attribute("aria-pressed", "true")
        else:
            expect(more).to_be_focused()
            page.keyboard.press("ArrowDown")
            expect(more).to_have_value(chart)
        expect(page.locator(f"#chart-{chart}")).to_be_visible()
        expect(page.locator("#chart-days")).to_be_hidden()
        said.add(page.locator("#chart-tools [role=status]").text_content())
    assert len(said) == 5
    assert all(said)


def test_a_tap_on_a_point_opens_its_plan(page, app):
    opened(page, app)
    page.mouse.click(*middle(page, "days", "^128 A100"))
    expect(page).to_have_url(re.compile(r"n_devices=128\b"))
    expect(page.locator("#title")).to_contain_text("128 A100")
    expect(page.get_by_label("Devices", exact=True)).to_have_value("128")


def test_a_plan_of_the_other_cluster_opens_from_the_cost_by_keyboard(page, app):
    opened(page, app)
    cost = chosen(page, "Cost")
    cost.get_by_role("button", name=re.compile("CS-2: .* Open this plan")).first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("cluster=cs"))
    expect(page.locator("#title")).to_contain_text("CS-2")
    expect(page.get_by_label("Cluster", exact=True).locator("option:checked")).to_have_text(re.compile("^Wafers"))


def test_a_length_of_context_opens_its_plan(page, app):
    opened(page, app)
    context = chosen(page, "Context")
    context.get_by_role("button", name=re.compile("^A100, 8k, fused attention.* Open this plan")).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"sequence_length=8192\b"))
    page.mouse.click(*middle(page, "context", "^A100, 4k, fused attention"))
    expect(page).to_have_url(re.compile(r"sequence_length=4096\b"))


def test_the_span_of_years_is_set_by_keyboard_and_brushed(page, app):
    opened(page, app)
    ladder = chosen(page, "Growth")
    said = page.locator("#chart-tools [role=status]")
    expect(said).to_contain_text("From BERT-Base to GPT-3 175B in 2 years: 1,600 times the parameters")
    page.get_by_role("slider", name=re.compile(r"^To \d")).focus()
    page.keyboard.press("End")
    expect(said).to_contain_text("Llama 3 405B")
    box = ladder.locator(".bk-Figure").first.bounding_box()
    frame = {"left": 46, "right": 32}
    year = (box["width"] - sum(frame.values())) / 7.2
    place = lambda when: box["x"] + frame["left"] + (when - 2017.4) * year  # noqa: E731
    page.mouse.move(place(2024.5), box["y"] + 120)
    page.mouse.down()
    page.mouse.move(place(2022.6), box["y"] + 120, steps=4)
    page.mouse.up()
    expect(page.get_by_role("slider", name=re.compile(r"^To \d"))).to_have_value("2022")
    expect(said).to_contain_text("BLOOM 176B")
    expect(page).to_have_url(re.compile(r"years=2018,2022"))
    page.reload()
    expect(said).to_contain_text("BLOOM 176B")


def test_a_wrong_span_in_the_address_is_answered_with_a_sentence(page, app):
    page.goto(f"{app}/planner{SMALL}&chart=ladder&years=2022,2019")
    expect(page.locator("#error")).to_contain_text("years must be two years from 2018 to")
    expect(page.get_by_role("slider", name=re.compile(r"^To \d"))).to_have_value("2020")


def test_a_configuration_can_be_copied(new_page, app):
    page = opened(new_page(permissions=["clipboard-read", "clipboard-write"]), app)
    chosen(page, "Set-up")
    for word, part in (("num_csx", "number to choose"), ("tensor_model_parallel_size=4", "numbers to choose")):
        button = page.get_by_role("button", name=re.compile(f"^Copy .*{part}"))
        button.click()
        expect(button).to_have_text("Copied")
        assert word in page.evaluate("navigator.clipboard.readText()")


def test_the_address_names_the_chart_that_is_seen(new_page, app):
    page = opened(new_page(), app)
    chosen(page, "Start")
    expect(page).to_have_url(re.compile(r"tokens=20000000000&chart=start$"))
    copied = new_page()
    copied.goto(page.url)
    expect(copied.locator("#chart-start")).to_be_visible()
    expect(copied.locator("#chart-days")).to_be_hidden()


def test_each_main_figure_has_its_interval_and_its_ends_stand_nowhere_else(page, app):
    opened(page, app)
    for name in ("days", "goodput", "interruptions", "time_to_first_step", "cost", "energy"):
        expect(page.locator(f".figure[data-name={name}] em")).to_contain_text(" to ")
    page.get_by_text("All figures").click()
    expect(page.locator(".figure[data-name=parameters]")).to_contain_text("billion")
    expect(page.locator(".figure[data-name=longest_context]")).to_be_visible()
    assert page.locator(".figure[data-name$=_low], .figure[data-name$=_high]").count() == 0


def test_long_numbers_are_seen_whole_and_for_people(page, app):
    opened(page, app, "")
    for label, value, seen in (("Tokens", "3e11", "300 billion"), ("Devices", "1024", "1,024")):
        field = page.get_by_label(label, exact=True)
        expect(field).to_have_value(value)
        readable = field.locator("xpath=following-sibling::*")
        expect(readable).to_have_text(seen)
        expect(readable).to_be_visible()
        field.focus()
        expect(readable).to_be_hidden()
        assert field.evaluate("(e) => e.scrollWidth <= e.clientWidth")


def test_what_is_left_to_the_engine_says_what_it_takes_and_models_stand_in_families(page, app):
    page.goto(f"{app}/scaling?n_devices=512")
    page.get_by_text("More", exact=True).click()
    for label in ("Tensor parallel", "Pipeline parallel", "Micro-batch"):
        expect(page.get_by_label(label, exact=True)).to_have_attribute("placeholder", re.compile(r"^auto \d+$"))
    expect(page.get_by_label("Recomputation", exact=True).locator("option").first).to_have_text(
        re.compile(r"\(auto\)$")
    )
    groups = page.get_by_label("Model", exact=True).locator("optgroup")
    assert groups.count() > 5
    expect(groups.last).to_have_attribute("label", "Other")


@pytest.mark.parametrize("lang", sampled(["en", "de", "fr"], "de"))
@pytest.mark.parametrize("scene", ["planner", "fabric?defects=0.04"])
def test_at_most_four_tabs_stand_in_one_row_and_none_is_cut(page, app, scene, lang):
    page.goto(f"{app}/{scene}{'&' if '?' in scene else '?'}lang={lang}")
    tabs = page.locator("#chart-tools .choice > *")
    tabs.first.wait_for()
    until(page, lambda: tabs.count() == 4)
    rows = "(all) => new Set(all.map((tab) => Math.round(tab.getBoundingClientRect().y))).size"
    assert tabs.evaluate_all(rows) == 1
    assert tabs.evaluate_all("(all) => all.every((tab) => tab.scrollWidth <= tab.clientWidth)")
