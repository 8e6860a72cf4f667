"""An exercise of a lesson in the open scene: its task, how near a run is, hints, and the way back."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LESSON = "/course/adding-gpus-stops-helping"
PART = "JSON.parse(document.querySelector('#data').textContent).parts.findIndex(part => part.task) + 1"


@pytest.fixture
def lesson(app, new_page):
    page = new_page(reduced_motion="reduce")
    page.goto(f"{app}{LESSON}")
    page.wait_for_selector("body[data-ready]")
    page.goto(f"{app}{LESSON}#{page.evaluate(PART)}")
    return page


def test_a_run_is_judged_and_its_result_comes_back_to_the_lesson_and_its_summary(app, lesson, violations):
    with lesson.context.expect_page() as opened:
        lesson.get_by_role("link", name="Try it in the scene").click()
    scene = opened.value
    goal = scene.locator(".goal")
    expect(goal).to_contain_text("Keep the 256 GPUs and strong scaling")
    expect(goal).to_contain_text("76.4 % so far; needed: more than 90 %")
    result = lesson.locator(".task-result:visible")
    expect(result).to_contain_text("76.4 % so far")

    solution = goal.get_by_role("link", name="Open the solution")
    expect(solution).to_be_hidden()
    for name in ("Hint 1", "Hint 2", "Show a solution"):
        goal.get_by_text(name).press("Enter")
    assert violations(scene) == []
    solution.press("Enter")
    expect(goal).to_contain_text("✓ Reached: 94.3 %")
    expect(result).to_contain_text("✓ Reached: 94.3 %")
    reached = lesson.get_by_role("link", name="Open your run").get_attribute("href")
    assert "global_batch=4096" in reached and reached.count("task=") == 1

    scene.go_back()  # the first run again: what was reached stays
    expect(goal).to_contain_text("76.4 % so far")
    expect(result).to_contain_text("✓ Reached: 94.3 %")
    assert violations(lesson) == []
    while lesson.locator("#next").is_enabled():
        lesson.keyboard.press("PageDown")
    expect(lesson.locator("#recap")).to_contain_text("Exercises whose goal you reached: 1 of 1.")
    with scene.expect_event("close"):
        goal.get_by_role("link", name="Back to the lesson").click()
    lesson.reload()
    expect(lesson.locator("#recap")).to_contain_text("Exercises whose goal you reached: 1 of 1.")


def test_a_scene_that_no_lesson_opened_leads_to_the_lesson(app, lesson, page):
    n = lesson.evaluate(PART)
    page.goto(f"{app}/scaling?task=adding-gpus-stops-helping:{n}")
    page.get_by_role("link", name="Back to the lesson").click()
    page.wait_for_url(f"{app}{LESSON}#{n}")


def test_what_the_task_holds_fast_is_named(app, lesson, page):
    page.goto(f"{app}/scaling?n_devices=64&task=adding-gpus-stops-helping:{lesson.evaluate(PART)}")
    expect(page.locator(".goal .said")).to_contain_text("Not yet as the task asks: Devices")


@pytest.mark.parametrize("word", ["adding-up:9", "none:1", "adding-gpus-stops-helping:1", "..:9", "x:99999:<b>"])
def test_an_address_that_names_no_exercise_of_the_scene_says_so(app, page, word):
    page.goto(f"{app}/scaling?task={word}")
    expect(page.locator("#error")).to_contain_text(f"There is no exercise {word}")
    expect(page.locator(".goal .hints")).to_be_hidden()


def test_an_exercise_says_its_language_where_the_page_has_another(app, page):
    for slug, lang in (("adding-gpus-stops-helping", "en"), ("one-clock-cycle-away", None)):
        page.goto(f"{app}/course/{slug}?lang=de")
        address = page.locator("a[href*='task=']").first.get_attribute("href")
        page.goto(f"{app}{address}")
        expect(page.locator(".goal .hints details")).to_have_count(3)
        assert page.locator(".goal .task span").get_attribute("lang") == lang
