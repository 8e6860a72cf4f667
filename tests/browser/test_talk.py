"""The ledger of the talk in Chromium: to be read and filtered, and every way out of it leads somewhere."""

import re

import pytest

from engine.language import language, languages
from lessons.talk import VERDICTS, read_claims
from tests.sweeps import sampled

pytestmark = pytest.mark.browser

EN = language("en")


@pytest.fixture(scope="module")
def claims():
    return [claim for point in read_claims() for claim in point.claims]


def test_every_claim_is_there_with_its_verdict_and_what_was_found(app, page, claims):
    page.goto(f"{app}/talk")
    assert page.locator(".claim").count() == len(claims)
    counts = {verdict: sum(claim.verdict == verdict for claim in claims) for verdict in VERDICTS}
    assert EN("talk_what", n=len(claims), **counts) in page.locator("main").inner_text()
    assert claims[0].verdict == "confirmed", "the first claim shows what the page is for"
    for claim in claims:
        entry = page.locator(f"#{claim.name}")
        said = entry.inner_text()
        assert EN(f"claim_{claim.name}") in said and EN(claim.found) in said
        assert EN(f"verdict_{claim.verdict}") in said
        assert entry.locator(".kind").count() == len(claim.evidence.figures)


def test_the_keyboard_filters_by_verdict(app, page, claims):
    page.goto(f"{app}/talk")
    page.locator("#only-all").focus()
    for verdict in VERDICTS:
        page.keyboard.press("ArrowDown")
        seen = page.locator(".claim:visible")
        assert seen.count() == sum(claim.verdict == verdict for claim in claims)
        assert set(seen.locator(".verdict").all_inner_texts()) == {EN(f"verdict_{verdict}")}
        assert page.locator(".point:visible").count() <= seen.count()


@pytest.mark.parametrize("code", sampled(languages(), "de"))
def test_every_way_out_of_the_page_opens(app, page, code):
    page.goto(f"{app}/talk?lang={code}")
    links = sorted(set(page.locator("main a").evaluate_all("all => all.map((one) => one.href)")))
    assert len(links) > 30
    # Pages of a scene in another language differ only in their texts, which other tests read.
    for link in links if code == "en" else links[::5]:
        answer = page.request.get(link)
        assert answer.status == 200, link
        assert f'lang="{code}"' in answer.text(), link


def test_home_and_course_lead_here(app, page):
    for start in ("/", "/course"):
        page.goto(f"{app}{start}")
        page.get_by_role("link", name=EN("talk_title")).click()
        page.wait_for_url(f"{app}/talk")
    assert page.locator("nav [aria-current]").inner_text() == EN("course")
    assert page.locator(".at").first.inner_text().startswith(EN("talk_minute"))


def test_a_lesson_in_another_language_is_marked(app, page):
    page.goto(f"{app}/talk?lang=de")
    links = page.locator(".claim a[href^='/course/']")
    marked = links.filter(has_text=f"({language('de')('in_en')})")
    assert 0 < marked.count() == page.locator(".claim a[hreflang=en]").count() < links.count()


def test_what_is_printed_has_every_claim_and_no_controls(app, page, claims):
    page.goto(f"{app}/talk")
    page.emulate_media(media="print")
    assert page.locator(".claim:visible").count() == len(claims)
    assert page.locator(".filter").is_hidden() and page.locator(".top").is_hidden()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) >= 3


@pytest.mark.parametrize("theme", sampled(["light", "dark", "projector"], "light"))
@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(app, new_page, violations, theme, size):
    page = new_page(size)
    page.goto(f"{app}/talk?theme={theme}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert violations(page) == []
