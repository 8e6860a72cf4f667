"""The page of the inference scene: a text is written, more users use more of the wafer, and keys reach the parts."""

import re

import pytest
from playwright.sync_api import expect

from engine.scenarios import SCENES
from tests.browser.waiting import at_rest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_text_is_written_and_more_users_use_more_of_the_wafer(app, page):
    page.goto(f"{app}/inference?users=1")
    page.locator(".ws-ready").first.wait_for()
    expect(page.locator("#verdict")).to_contain_text("1 CS-3 writes 14 times as fast as 1 H100")
    player = page.locator(".ws-player").first
    player.evaluate("({ player }) => player.seek(player.run.duration / 10)")
    expect(page.locator(".ws-say")).to_contain_text(re.compile(r"1 CS-3 has written \d+ of 1,000 tokens"))
    player.evaluate("({ player }) => player.select(0)")
    expect(page.locator(".ws-inspector")).to_contain_text("hops")
    expect(page.locator(".ws-inspector")).to_contain_text("attention")
    page.get_by_role("link", name="Let 32 users write at once").click()
    expect(page.locator(".goal .now")).to_contain_text("Reached: 4.2 %")
    at_rest(page)
    users = SCENES["inference"].read({"users": 32}).simulate().figures["tokens_per_s"].value
    assert users > 40_000
    page.get_by_role("button", name="First token", exact=True).click()
    expect(page.locator("#chart-prompt")).to_be_visible()
