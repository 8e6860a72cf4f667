"""What a visitor meets first: a question, a run that plays by itself, a goal, and what to try next."""

import re

import pytest
from playwright.sync_api import expect

from engine.language import Language
from engine.scenarios import SCENES
from tests.browser.waiting import at_rest, drawn, until
from tests.sweeps import sampled
from viz.openings import OPENINGS

pytestmark = pytest.mark.browser


def state(page):
    return page.locator(".ws-player").first.evaluate("({ player }) => player.state")


def opened(page, address):
    page.goto(address)
    page.locator(".ws-ready").first.wait_for()
    page.locator(".goal").wait_for()
    return page


@pytest.mark.parametrize("scene", sampled(SCENES, "fabric", "scaling"))
def test_the_first_run_plays_by_itself_and_rests_when_it_is_shown_again(app, new_page, scene):
    page, asked = new_page(first_visit=True), []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, f"{app}/{scene}")
    assert any("bokeh" in url for url in asked)
    assert not any("mathjax" in url for url in asked)  # 1.8 MB that no page needs
    if scene == "scaling":  # its step lies below the curve, and waits until it is seen
        assert state(page)["t"] == 0
    page.locator(".ws-stage").first.scroll_into_view_if_needed()
    until(page, lambda: state(page)["t"] > 0)
    page.reload()
    page.locator(".ws-ready").first.wait_for()
    drawn(page, 20)
    assert state(page)["t"] == 0


def test_nothing_plays_by_itself_where_motion_is_not_wanted(app, new_page):
    page = opened(new_page(first_visit=True, reduced_motion="reduce"), f"{app}/fabric")
    page.get_by_role("link", name="Try two phases").click()
    expect(page.locator("#title")).to_be_visible()
    expect(page).to_have_url(re.compile("algorithm=auto"))
    at_rest(page)
    assert not state(page)["playing"]


def test_the_goal_is_reached_step_by_step_with_the_keyboard_alone(app, page):
    opened(page, f"{app}/fabric")
    expect(page).to_have_url(re.compile(r"\?algorithm=star$"))
    goal = page.locator(".goal")
    expect(goal).to_contain_text("1× so far; needed: 2×")
    for link, query, reached in (
        ("Try two phases", "=auto", "✓ Reached: 2.6×"),
        ("Try a single word in each core", "words=1", "1× so far"),
    ):
        page.get_by_role("link", name=link).focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"{query}$"))
        expect(goal).to_contain_text(reached)
    page.reload()
    expect(goal).to_contain_text("1× so far")
    page.go_back()
    expect(goal).to_contain_text("✓ Reached: 2.6×")


def test_a_step_that_is_tried_plays_from_its_start_and_its_end_shows_the_next(app, page):
    opened(page, f"{app}/fabric?algorithm=star")
    page.locator(".ws-player").evaluate("({ player }) => player.seek(300)")
    page.get_by_role("link", name="Try two phases").click()
    until(page, lambda: state(page)["playing"])
    until(page, lambda: state(page)["duration"] == 207)
    assert state(page)["t"] < 200
    expect(page.locator(".goal")).not_to_have_class(re.compile("ended"))
    page.locator(".ws-player").evaluate("({ player }) => (player.seek(206), player.play())")
    expect(page.locator(".goal")).to_have_class(re.compile("ended"))


def test_each_program_has_its_own_goal_and_none_where_it_is_not_judged(app, page):
    opened(page, f"{app}/fabric?program=stream")
    task, now = page.locator(".goal .task"), page.locator(".goal .now")
    at_rest(page)
    for hidden in (task, now):
        expect(hidden).to_be_hidden()
    page.get_by_label("Program", exact=True).select_option("Broadcast")
    expect(page.locator("#question")).to_have_text(re.compile("^How does one core reach 336"))
    expect(task).to_have_text("Keep a fifth of the links at work.")
    expect(now).to_contain_text("7.4 % so far; needed: 20 %.")
    page.get_by_label("Program", exact=True).select_option("Reduce")
    expect(page.locator("#question")).to_have_text(re.compile(r"^How do 336\scores add up"))
    expect(page.locator(".goal .now")).to_contain_text("Reached: 2.6×")


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("lang", sampled(["en", "de", "fr"], "en"))
def test_every_scene_asks_says_why_and_leads_to_its_lesson(app, page, scene, lang):
    opened(page, f"{app}/{scene}?lang={lang}")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("?")
    assert page.locator(".purpose").inner_text().strip()
    verdict = page.locator("#verdict")
    expect(verdict).to_have_text(Language(lang)(SCENES[scene].read(OPENINGS[scene].start).simulate().verdict))
    expect(verdict).to_be_in_viewport()
    lesson = page.locator(".goal a").last
    assert lesson.get_attribute("href").startswith("/course/")
    lesson.click()
    expect(page.locator("body.lesson")).to_be_visible()


IDENTIFIER = re.compile(r"\b[a-z]+_[a-z0-9_]+\b|\b[a-z_]{2,}=[\w.]+")


def identifiers(page):
    """Return what on the screen looks like a name in the code: of a parameter, a value, a machine."""
    text = page.locator("body").inner_text()
    code = " ".join(page.locator("code, .code, kbd").all_inner_texts())
    return [found for found in IDENTIFIER.findall(text) if found not in code and found != "num_csx=32"]


@pytest.mark.parametrize(
    "address",
    [
        "/fabric?width=wide&beside=algorithm%3Dchain",
        "/fabric?dead_link=north&fault_y=0",
        "/memory?machines=wse2,wse3,v100,a100_80",
        "/memory?kernel=model_pass&beside=",
        "/scaling?cluster=cs&beside=cluster%3Dgpu",
        "/scaling?n_devices=8&dp=3",
        "/planner?tokens=many",
    ],
)
def test_nothing_on_a_page_is_named_as_in_the_code(app, page, address):
    opened(page, f"{app}{address}")
    at_rest(page)
    for summary in page.locator("main summary:visible").all():
        summary.click()
    assert identifiers(page) == []


def test_a_term_is_explained_where_it_is_used(app, page):
    opened(page, f"{app}/fabric?algorithm=auto")
    note = page.get_by_role("tooltip")
    page.get_by_label("Width", exact=True).hover()
    expect(note).to_contain_text("Columns of PEs.")
    expect(note).to_contain_text("PE Processing element")
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.locator(".figure[data-name=wavelet_hops]").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(note).to_contain_text("wavelet One message on the fabric")
    expect(note).to_contain_text("hop The step of a wavelet")


def test_a_key_of_the_picture_and_a_row_of_choices_are_explained_to_the_keyboard_too(app, page):
    opened(page, f"{app}/scaling")
    note = page.get_by_role("tooltip")
    row = page.locator("th", has_text="TP × PP × DP")
    row.wait_for()
    page.keyboard.press("Tab")  # so that what has the focus shows it
    row.focus()
    expect(note).to_contain_text("tensor parallelism")
    expect(note).to_contain_text("data parallelism")
    page.locator(".ws-legend li", has_text="optimiser").focus()
    expect(note).to_contain_text("optimiser")


def test_tokens_per_second_are_one_step_from_the_share_of_linear(app, page):
    opened(page, f"{app}/scaling")
    expect(page.locator("#against")).to_contain_text(re.compile(r"1,536\sA100\sreach \d+\s%"))
    page.get_by_text("Tokens/s", exact=True).click()
    against = page.locator("#against")
    expect(against).to_contain_text(re.compile(r"1,536\sA100\sreach [\d.]+\smillion tokens/s"))
    assert (
        page.locator(".verdict").evaluate("(box) => box.clientHeight / parseFloat(getComputedStyle(box).lineHeight)")
        < 2.5
    )


def test_auto_says_what_the_planner_takes(app, page):
    opened(page, f"{app}/planner?tokens=auto")
    page.locator("form.scenario").get_by_text("More", exact=True).click()
    for label in ("Tokens", "Time between failures", "Checkpoint interval", "Price"):
        expect(page.get_by_label(label, exact=True)).to_have_attribute("placeholder", re.compile(r"^auto \d"))


def test_terms_are_explained_at_a_tap(app, new_page):
    page = opened(new_page((390, 844), has_touch=True), f"{app}/fabric?algorithm=auto&lang=de")
    page.locator(".figure[data-name=wavelet_hops]").tap()
    expect(page.get_by_role("tooltip")).to_contain_text("Wavelet")


@pytest.mark.parametrize("lang", sampled(["en", "de", "fr"], "de"))
@pytest.mark.parametrize("scene", SCENES)
def test_on_a_small_screen_picture_transport_and_controls_are_in_sight_together(app, new_page, scene, lang):
    page = opened(new_page((390, 844)), f"{app}/{scene}?lang={lang}")
    for size in ((390, 844), (768, 1024)):
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        handle = page.locator("#handle")
        assert re.search(r"\d", handle.inner_text())
        handle.click()
        expect(handle).to_have_attribute("aria-expanded", "true")
        expect(page.locator(".controls label").first).to_be_visible()
        page.locator(".ws-stage").scroll_into_view_if_needed()
        page.evaluate("scrollTo(0, document.getElementById('figures').offsetTop)")
        at_rest(page)
        sheet = page.locator("#sheet").bounding_box()["y"]
        for part in (".ws-stage", ".ws-transport"):
            box = page.locator(part).first.bounding_box()
            assert box["y"] >= 0 and box["y"] + box["height"] <= sheet + 1, (size, part)
        page.keyboard.press("Escape")
        expect(page.locator(".controls")).to_be_hidden()
