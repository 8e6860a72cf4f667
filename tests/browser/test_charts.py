"""Pages that show one chart at a time: each chart is for everybody, and fits a phone."""

import itertools

import pytest
from playwright.sync_api import expect

from tests.browser.themes import THEMES, in_themes

pytestmark = pytest.mark.browser

SCENES = {
    "memory": ("memory?", ("roofline", "bandwidth", "fits")),
    "planner": (
        "planner?model=gpt3-13b&n_devices=64&tokens=20000000000&tp=4&",
        ("days", "frontier", "context", "ladder", "start", "setup"),
    ),
}


@pytest.fixture(params=SCENES)
def scene(request, app):
    """An address to add a chart and a theme to, and the names of the charts."""
    address, charts = SCENES[request.param]
    return f"{app}/{address}", charts


def opened(page, address, chart):
    page.goto(f"{address}chart={chart}")
    expect(page.locator(f"#chart-{chart}")).to_be_visible()
    return page


def shown(page):
    """Show one chart after the other, those of the menu too, and give the name of each once it is there."""
    for button in page.locator("#chart-tools").get_by_role("button").all():
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        yield seen(page)
    menu = page.locator("#chart-tools select")
    for option in page.locator("#chart-tools option:not([hidden])").all() if menu.count() else ():
        menu.select_option(option.get_attribute("value"))
        expect(page.locator(f"#chart-{option.get_attribute('value')}")).to_be_visible()
        yield seen(page)


def seen(page):
    """Return the name of the chart that is seen, once it is there."""
    page.locator("#chart-tools [role=status]").filter(has_text=".").wait_for()
    chart = page.locator(".chart.seen")
    expect(chart).to_be_visible()
    return chart.get_attribute("id").removeprefix("chart-")


def test_no_chart_has_a_violation(page, scene, violations):
    address, charts = scene
    opened(page, address, charts[-1])
    found = []
    for chart, theme in zip(shown(page), itertools.cycle(THEMES)):
        next(in_themes(page, [theme]))
        assert violations(page) == [], (chart, theme)
        found.append(chart)
    assert sorted(found) == sorted(charts)


def test_nothing_is_wider_than_a_phone(new_page, scene):
    address, charts = scene
    page = opened(new_page((390, 844)), address, charts[0])
    for _ in shown(page):
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
