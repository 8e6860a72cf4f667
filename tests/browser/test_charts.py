"""Pages that show one chart at a time: each chart is for everybody, and fits a phone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

THEMES = ("light", "dark", "projector")
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


def opened(page, address, chart, theme="light"):
    page.goto(f"{address}chart={chart}&theme={theme}")
    expect(page.locator(f"#chart-{chart}")).to_be_visible()
    page.locator("#chart-tools [role=status]").filter(has_text=".").wait_for()
    return page


def test_no_chart_has_a_violation(page, scene, violations):
    address, charts = scene
    for i, chart in enumerate(charts):
        opened(page, address, chart, THEMES[i % len(THEMES)])
        assert violations(page) == [], chart


def test_nothing_is_wider_than_a_phone(new_page, scene):
    address, charts = scene
    page = opened(new_page((390, 844)), address, charts[0])
    for button in page.locator("#chart-tools").get_by_role("button").all():
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
