"""The memory page as a visitor meets it: one chart at a time beside the player."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHARTS = {"Roofline": "roofline", "Bandwidth": "bandwidth", "What fits": "fits"}


def opened(page, app, query=""):
    page.goto(f"{app}/memory{query}")
    page.locator("#chart-roofline canvas").first.wait_for()
    return page


def chosen(page, label):
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator(f"#chart-{CHARTS[label]}")).to_be_visible()


def test_everything_essential_is_in_sight_and_each_chart_opens_by_keyboard(page, app):
    opened(page, app)
    page.get_by_role("button", name="Roofline", exact=True).focus()
    for label, chart in CHARTS.items():
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=label, exact=True)).to_have_attribute("aria-pressed", "true")
        expect(page.locator(f"#chart-{chart}")).to_be_visible()
        assert page.evaluate("(e => e.scrollHeight <= e.clientHeight)(document.querySelector('.right'))")
        page.keyboard.press("Tab")


def test_the_address_says_what_lies_over_the_picture_and_how_bandwidth_is_read(page, app):
    opened(page, app)
    pressed = page.locator(".ws-toggles [aria-pressed=true]")
    page.get_by_role("button", name="True bandwidth").click()
    chosen(page, "Bandwidth")
    page.get_by_role("radio", name="per chip").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("chart=bandwidth&read=mm2&over=bandwidth"))
    page.get_by_label("Kernel", exact=True).select_option("Dot product")
    page.wait_for_url(re.compile("kernel=dot&chart=bandwidth&read=mm2&over=bandwidth"))
    for again in (page.reload, lambda: page.goto(page.url)):
        again()
        expect(pressed).to_have_text("True bandwidth")
        expect(page.locator("#chart-tools [role=status]")).to_contain_text("Per mm²")


def test_no_more_machines_can_be_chosen_than_there_is_room_for_and_not_none(page, app):
    opened(page, app)
    box = lambda name: page.get_by_role("checkbox", name=name, exact=True)  # noqa: E731
    page.get_by_text("H100 SXM 80 GB", exact=True).first.click()
    expect(box("WSE-3 (CS-3)")).to_be_disabled()
    expect(box("H100 SXM 80 GB")).to_be_enabled()
    for name in ("H100 SXM 80 GB", "A100 SXM 80 GB"):
        page.get_by_text(name, exact=True).first.click()
    expect(box("WSE-2 (CS-2)")).to_be_disabled()
    expect(box("WSE-3 (CS-3)")).to_be_enabled()
    expect(page.locator("#error")).to_be_hidden()


def test_what_is_left_to_the_engine_says_what_it_takes(page, app):
    opened(page, app)
    expect(page.get_by_label("Batch", exact=True)).to_have_attribute("placeholder", "auto 1")


def test_bandwidth_is_read_per_chip_per_watt_and_per_area_and_says_which(page, app):
    opened(page, app)
    chosen(page, "Bandwidth")
    said = page.locator("#chart-tools [role=status]")
    expect(said).to_contain_text("Per chip")
    page.get_by_role("radio", name="per chip").focus()
    for words in ("Per watt", "Per mm²"):
        page.keyboard.press("ArrowRight")
        expect(said).to_contain_text(words)
    expect(page.locator("#chart-bandwidth")).to_contain_text("850,000 PEs × 24 B × 850 MHz")


def test_another_machine_appears_in_what_must_leave(page, app):
    opened(page, app)
    chosen(page, "What fits")
    page.get_by_text("H100 SXM 80 GB", exact=True).first.click()
    expect(page.locator("#chart-fits table")).to_contain_text(re.compile("WSE-2.*A100.*H100"))
