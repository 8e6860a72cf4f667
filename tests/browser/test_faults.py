"""What goes wrong on the dataflow page: defects with spares, a slow PE, a dead link, and the chart of yields."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.themes import in_themes

pytestmark = pytest.mark.browser

DEFECTS = "?width=16&height=10&defects=0.04"
INSPECT = """cells => {
  const playerOf = (root) => {
    for (const element of root.querySelectorAll("*")) {
      const found = element.player ?? (element.shadowRoot && playerOf(element.shadowRoot))
      if (found) return found
    }
  }
  return cells.map((cell) => playerOf(document).renderer.inspect(cell, 0).rows)
}"""


def opened(page, app, query):
    page.goto(f"{app}/fabric{query}")
    page.wait_for_selector("#early-stage:empty", state="attached")
    page.get_by_label("Width", exact=True).wait_for()


def test_defects_bring_their_controls_their_figures_and_the_chart_of_yields(page, app, violations):
    opened(page, app, "?width=16&height=10")
    chart = page.locator("#chart-yields canvas").first
    expect(chart).to_be_hidden()
    page.get_by_text("What goes wrong").click()
    expect(page.get_by_label("Spare columns", exact=True)).to_have_count(0)
    page.get_by_label("Defective PEs", exact=True).fill("0.04")
    page.get_by_label("Defective PEs", exact=True).press("Enter")
    page.get_by_label("Spare columns", exact=True).wait_for()
    expect(page.locator("#title")).to_have_text("Adding up 160 vectors of 16 words, 8 PEs defective")
    expect(page.locator('[data-name="defective_pes"] b')).to_have_text(re.compile("^8"))
    page.get_by_label("More charts").select_option(label="Yield")
    expect(chart).to_be_visible()
    expect(page).to_have_url(re.compile("defects=0.04"))
    assert violations(page) == []
    page.get_by_label("Spare columns", exact=True).fill("1")
    page.get_by_label("Spare columns", exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Spare columns must be at least 3 columns")


def test_faults_are_told_in_the_legend_the_sentence_and_the_inspector(page, app):
    opened(page, app, f"{DEFECTS}&slow_factor=3&dead_link=west")
    legend = page.get_by_role("list", name="Legend")
    for word in ("defective", "spare", "detour", "dead link", "slow"):
        expect(legend.get_by_text(word, exact=True)).to_be_visible()
    expect(page.locator(".ws-player")).to_contain_text(
        re.compile(r"8 PEs are defective, and 3 columns are spare\. PE \(\d+, 5\) takes 3 cycles for each element")
    )
    told = [dict(rows).get("Fault") for rows in page.evaluate(INSPECT, list(range(19 * 10)))]
    assert told.count("defective: rows go past it") == 8
    assert told.count("3 cycles for each element") == 1


def test_a_page_with_faults_holds_in_every_theme(page, app, violations):
    opened(page, app, f"{DEFECTS}&dead_link=east")
    for theme in in_themes(page):
        assert violations(page) == [], theme
        assert page.evaluate("document.documentElement.scrollHeight") <= 720, theme


def test_a_single_row_with_a_dead_link_ends_as_a_deadlock_that_is_shown(page, app):
    opened(page, app, "?algorithm=chain&width=12&height=1&dead_link=west")
    expect(page.locator("#title")).to_have_text(re.compile("^Deadlock: a dead link and no detour"))
    page.keyboard.press("End")
    expect(page.locator(".ws-player")).to_contain_text("nothing crosses the dead link.")
