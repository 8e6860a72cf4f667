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
