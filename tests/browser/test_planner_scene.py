"""The planner page as a visitor meets it: a calendar that plays, and one chart at a time beside it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHARTS = {
    "Days": "days",
    "Cost": "frontier",
    "Context": "context",
    "Growth": "ladder",
    "Start": "start",
    "Set-up": "setup",
}
# Small, so that each visit of a plan is quick.
SMALL = "?model=gpt3-13b&n_devices=64&tokens=20000000000&tp=4"


def opened(page, app, query=SMALL):
    page.goto(f"{app}/planner{query}")
    page.get_by_role("button", name="Play", exact=True).wait_for()
    page.locator("#chart-days canvas").first.wait_for()
    page.locator("#chart-days .chart-points button").first.wait_for(state="attached")
    return page


def chosen(page, label):
    page.get_by_role("button", name=label, exact=True).click()
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
    for label, chart in list(CHARTS.items())[1:]:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=label, exact=True)).to_have_attribute("aria-pressed", "true")
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
    expect(said).to_contain_text("1,600 times the parameters in 2 years: BERT-Base to GPT-3 175B")
    page.get_by_role("slider", name=re.compile(r"^To \d")).focus()
    page.keyboard.press("End")
    expect(said).to_contain_text("Llama 3 405B")
    box = ladder.locator(".bk-Figure").first.bounding_box()
    frame = {"left": 46, "right": 16}
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


def test_long_numbers_are_seen_whole(page, app):
    opened(page, app, "")
    field = page.get_by_label("Tokens", exact=True)
    expect(field).to_have_value("3e11")
    assert field.evaluate("(e) => e.scrollWidth <= e.clientWidth")
