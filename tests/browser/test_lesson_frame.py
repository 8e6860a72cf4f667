"""A lesson in a frame: what it tells its host, what it obeys; and the dialog of a step."""

import pytest
from playwright.sync_api import expect

from tests.browser.messages import HOST, check
from tests.browser.waiting import at_rest, until

pytestmark = pytest.mark.browser

SLUG = "adding-up"


@pytest.fixture
def framed(app, site, page):
    """Open a part of a lesson in a frame of another origin: `framed(n) -> (page, frame)`."""
    folder, url = site

    def start(n=1, sandbox=""):
        text = HOST.replace("FILE", f"{app}/course/{SLUG}?embed=1#{n}").replace("SANDBOX", sandbox)
        (folder / "lesson-host.html").write_text(text)
        page.context.set_default_timeout(30_000)  # whoever comes first waits for the runs of the lesson
        page.goto(f"{url}/lesson-host.html")
        frame = page.frames[1]
        frame.wait_for_selector("body[data-ready]")
        return page, frame

    return start


def wait(page, expression, arg=None):
    page.wait_for_function(expression, arg=arg)
    return page.evaluate(expression, arg)


def test_a_host_hears_which_part_is_shown_and_turns_the_pages(framed):
    page, frame = framed(2)
    first = wait(page, "of('progress')[0]")
    assert first["step"] == 2
    assert first["title"] == frame.locator("h1:visible").inner_text()
    page.evaluate("command('lesson', {go: 'next'})")
    wait(page, "of('progress').some(({step}) => step === 3)")
    page.evaluate("command('lesson', {goto: 1})")
    wait(page, "of('progress').at(-1).step === 1")
    page.evaluate("(goto) => command('lesson', {goto})", first["of"])
    assert 0 <= wait(page, "of('completed')[0]")["score"] <= 1
    page.evaluate("command('lesson', {id: 5, go: 'sideways'})")
    assert "error" in wait(page, "of('reply')[0]")
    check(page)


def test_a_host_hears_of_answers_and_of_show_me(framed):
    page, frame = framed()
    parts = frame.evaluate("JSON.parse(document.getElementById('data').textContent).parts")
    asked = [n for n, part in enumerate(parts, 1) if part["question"] and part["question"]["kind"] != "draw"][:2]
    page.evaluate("(goto) => command('lesson', {goto})", asked[0])
    frame.locator(".answers label.option:visible").first.click()
    frame.locator(".commit:visible").click()
    answer = wait(page, "of('answer')[0]")
    assert answer["qid"] == asked[0]
    assert answer["choice"] == 0
    assert answer["correct"] == (parts[asked[0] - 1]["question"]["right"] == 0)
    assert 0 <= answer["ms"] < 30_000
    page.evaluate("(goto) => { command('lesson', {goto}); command('lesson', {go: 'reveal'}) }", asked[1])
    shown = wait(page, "of('answer')[1]")
    assert (shown["qid"], shown["choice"], shown["correct"]) == (asked[1], None, None)
    check(page)


def test_a_frame_of_the_wanted_height_neither_scrolls_nor_leaves_room(framed):
    page, frame = framed(3)
    page.evaluate(
        """addEventListener("message", () => {
          document.querySelector("iframe").style.height = `${of("resize").at(-1).h}px`
        })"""
    )
    page.evaluate("document.querySelector('iframe').style.width = '390px'")
    until(page, lambda: frame.evaluate("document.scrollingElement.scrollHeight - innerHeight") <= 1)
    at_rest(page)
    height = page.evaluate("of('resize').at(-1).h")
    assert height == frame.evaluate("innerHeight")


def test_keys_that_a_lesson_does_not_use_are_the_decks(framed):
    page, frame = framed(2)
    page.evaluate("command('hello')")
    frame.locator("h1:visible").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("f")
    wait(page, "of('key').length === 2")
    assert page.evaluate("of('key').map(({key}) => key)") == ["ArrowRight", "f"]
    page.keyboard.press("PageDown")
    wait(page, "of('progress').at(-1).step === 3")
    assert page.evaluate("of('key').length") == 2


def test_a_lesson_works_in_a_sandbox_without_storage(framed):
    page, frame = framed(2, sandbox='sandbox="allow-scripts"')
    assert wait(page, "of('progress')[0]")["step"] == 2
    frame.locator("#next").click()
    wait(page, "of('progress').at(-1).step === 3")


def test_what_was_reached_in_a_scene_comes_back_to_a_lesson_in_a_frame_of_another_origin(framed):
    page, frame = framed()
    parts = frame.evaluate("JSON.parse(document.getElementById('data').textContent).parts")
    n = next(n for n, part in enumerate(parts, 1) if part["task"])
    page.evaluate("(goto) => command('lesson', {goto})", n)
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Try it in the scene").click()
    goal = opened.value.locator(".goal")
    expect(goal).to_contain_text("so far")
    expect(frame.locator(".task-result:visible")).to_contain_text("so far")
    for help in goal.locator("summary").all():
        help.press("Enter")
    goal.get_by_role("link", name="Open the solution").press("Enter")
    expect(goal).to_contain_text("✓ Reached")
    expect(frame.locator(".task-result:visible")).to_contain_text("✓ Reached")
    check(page)


def test_a_step_is_shared_as_a_picture_or_as_the_whole_step(app, page):
    page.context.set_default_timeout(30_000)
    page.goto(f"{app}/course/{SLUG}#1")
    page.wait_for_selector("body[data-ready]")
    parts = page.evaluate("JSON.parse(document.getElementById('data').textContent).parts")
    assert page.locator("#share-open").is_visible() == ("src" in parts[0])
    n = next(n for n, part in enumerate(parts, 1) if "src" in part)
    page.evaluate("(n) => { location.hash = n }", n)
    page.locator("#share-open").click()
    share = page.get_by_role("dialog", name="Share & embed")
    share.wait_for()

    def value(name):
        return share.get_by_label(name, exact=True).input_value()

    assert value("Link") == f"{app}/course/{SLUG}#{n}"
    assert f'src="{app}/embed/fabric?' in value("Web page or deck")
    page.frame_locator("#share-preview").locator("[data-waferscope-ready]").wait_for()
    with page.expect_download() as download:
        share.get_by_text("Page, works offline", exact=True).click()
    assert "waferscope-config" in download.value.path().read_text()
    assert page.request.get(f"{app}{share.get_by_alt_text('QR code of the link').get_attribute('src')}").ok
    share.get_by_label("What").select_option("step")
    inside = page.frame_locator("#share-preview")
    inside.locator("body[data-ready].embedded").wait_for()
    assert inside.locator("h1:visible").inner_text() == page.locator("h1:visible").inner_text()
    assert f'src="{app}/course/{SLUG}?embed=1&amp;theme=light#{n}"' in value("Web page or deck")
