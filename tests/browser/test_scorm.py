"""A packed lesson in a learning platform: status, score and resumption, from one file without a server."""

import io
import json
import zipfile
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from engine.language import language
from lessons.catalogue import course
from lessons.evaluation import evaluate
from viz.documents.export.scorm import scorm_package

pytestmark = pytest.mark.browser

# What a platform does, as little of it as SCORM 1.2 asks for; it keeps its values over a reload.
PLATFORM = """<!doctype html><html lang="en"><title>Platform</title><link rel="icon" href="data:,"><script>
var values = JSON.parse(sessionStorage.getItem("values") ?? "{}"), calls = []
var API = {
  LMSInitialize: (text) => { calls.push("initialize"); return text === "" ? "true" : "false" },
  LMSGetValue: (name) => values[name] ?? "",
  LMSSetValue(name, value) {
    if (typeof value !== "string" || !name.startsWith("cmi.")) throw new Error(name)
    values[name] = value
    return "true"
  },
  LMSCommit() { sessionStorage.setItem("values", JSON.stringify(values)); return "true" },
  LMSFinish() { calls.push("finish"); sessionStorage.setItem("calls", JSON.stringify(calls)); return "true" },
}
</script><iframe src="index.html" title="Lesson" style="width:1240px;height:680px"></iframe>"""


@pytest.fixture(scope="module")
def packed():
    """A lesson of the course with a curve and a choice, and its page."""
    t = language("en")
    ready = evaluate(next(lesson for lesson in course() if lesson.slug == "a-wavelets-journey"))
    with zipfile.ZipFile(io.BytesIO(scorm_package(ready, t))) as package:
        return ready, package.read("index.html").decode()


def kinds_of(frame):
    return frame.evaluate(
        "[...document.querySelectorAll('.part')].map(part => part.querySelector('form')?.dataset.kind ?? '')"
    )


def values(page):
    return page.evaluate("values")


def test_a_platform_keeps_status_and_score_and_the_lesson_resumes(packed, site, new_page):
    folder, address = site
    (folder / "scorm").mkdir()
    (folder / "scorm" / "index.html").write_text(packed[1], encoding="utf-8")
    (folder / "scorm" / "platform.html").write_text(PLATFORM, encoding="utf-8")
    page = new_page(reduced_motion="reduce")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/scorm/platform.html")
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    lesson = page.frames[1]
    kinds = kinds_of(lesson)
    n_questions = sum(map(bool, kinds))
    assert values(page)["cmi.core.lesson_status"] == "incomplete"
    for part, kind in enumerate(kinds, 1):
        form = lesson.locator(f"#part-{part} form")
        if kind == "draw":
            form.locator(".commit").click()
        elif kind:
            right = lesson.evaluate(
                f"JSON.parse(document.getElementById('data').textContent).parts[{part - 1}].question.right"
            )
            form.locator(".answers label").nth(right).click()
            form.locator(".commit").click()
        if kind:
            lesson.wait_for_selector(f"#part-{part} .outcome:not([hidden])")
        if part == 6:
            before = values(page)
            page.reload()
            frame.locator("body[data-ready]").wait_for()
            lesson = page.frames[1]
            assert lesson.locator("#part-6").is_visible()
            assert values(page)["cmi.core.score.raw"] == before["cmi.core.score.raw"]
            assert json.loads(page.evaluate("sessionStorage.getItem('calls')")) == ["initialize", "finish"]
            assert before["cmi.core.lesson_status"] == "incomplete"
        lesson.locator("#next").click() if part < len(kinds) else None
    kept = values(page)
    assert kept["cmi.core.lesson_status"] == "completed"
    n_flat = kinds.count("draw")  # a flat curve, which is wrong
    assert kept["cmi.core.score.raw"] == str(round(100 * (n_questions - n_flat) / n_questions))
    assert len(kept["cmi.suspend_data"]) < 4096
    assert page.evaluate("values['cmi.core.session_time']").count(":") == 2
    assert {url.split("?")[0] for url in asked if url.startswith("http")} <= {
        f"{address}/scorm/platform.html",
        f"{address}/scorm/index.html",
    }


def test_what_was_reached_in_a_scene_comes_back_to_the_platform_and_stays(packed, app, site, new_page):
    folder, address = site
    with zipfile.ZipFile(io.BytesIO(scorm_package(packed[0], language("en"), app))) as package:
        (folder / "tried").mkdir()
        (folder / "tried" / "index.html").write_bytes(package.read("index.html"))
    (folder / "tried" / "platform.html").write_text(PLATFORM, encoding="utf-8")
    page = new_page(reduced_motion="reduce")
    page.goto(f"{address}/tried/platform.html")
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    n = page.frames[1].evaluate(
        "JSON.parse(document.getElementById('data').textContent).parts.findIndex(part => part.task) + 1"
    )
    page.frames[1].evaluate("(n) => { location.hash = n }", n)
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Try it in the scene").click()
    goal = opened.value.locator(".goal")
    expect(goal).to_contain_text("so far")
    for help in goal.locator("summary").all():
        help.press("Enter")
    goal.get_by_role("link", name="Open the solution").press("Enter")
    expect(goal).to_contain_text("✓ Reached: 113 cycles")
    result = frame.locator(".task-result:visible")
    expect(result).to_contain_text("✓ Reached: 113 cycles")
    with opened.value.expect_event("close"):
        goal.get_by_role("link", name="Back to the lesson").click()
    page.reload()
    frame.locator("body[data-ready]").wait_for()
    expect(result).to_contain_text("✓ Reached: 113 cycles")
    assert frame.get_by_role("link", name="Open your run").get_attribute("href").startswith(f"{app}/fabric?")


def test_what_a_platform_keeps_never_exceeds_its_bound_and_comes_back(packed, site, new_page):
    folder, address = site
    (folder / "alone.html").write_text(packed[1], encoding="utf-8")
    page = new_page(reduced_motion="reduce")
    page.goto(f"{address}/alone.html")
    page.wait_for_selector("body[data-ready]")
    lengths = page.evaluate(
        """async () => {
          const {pack, unpack} = await import("waferscope/pages/lesson_scorm.js")
          const memory = (n, points) => ({page: n, done: false, answers: Object.fromEntries(
            Array.from({length: n}, (_, i) =>
            [i + 1, i % 2 ? {choice: 2, why: null, why_shown: true} : {curve: Array(points).fill(123.45678)}]))})
          const small = memory(8, 6)
          const same = JSON.stringify(unpack(pack(unpack(pack(small))))) === JSON.stringify(unpack(pack(small)))
          const chosen = unpack(pack(small)).answers[2].choice
          return [pack(small).length, pack(memory(30, 200)).length, same, unpack("{"), unpack(""), chosen]
        }"""
    )
    assert lengths[0] < lengths[1] <= 4096
    assert lengths[2:] == [True, None, None, 2]


def test_a_packed_lesson_works_without_a_platform_and_without_a_server(packed, tmp_path, new_page, violations):
    path = tmp_path / "index.html"
    path.write_text(packed[1], encoding="utf-8")
    page = new_page(reduced_motion="reduce")
    page.goto(f"file://{quote(str(path))}#2")
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector(".ws-ready")
    page.locator("#part-2 .answers label").first.click()
    page.locator("#part-2 .commit").click()
    page.wait_for_selector("#part-2 .outcome:not([hidden])")
    assert page.evaluate("document.querySelector('.ws-player').player.state.t") == 60
    assert violations(page) == []
    assert page.locator("a[href^='/']").count() == 0
