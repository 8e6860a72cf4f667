"""Every lesson by keyboard alone, nothing but wrong answers: each ends in the sentence for it, what happens, and why.

`make walk` leaves what a learner reads on the way in the folder of each test, for people to read as well.
"""

import pytest

from lessons.catalogue import course
from tests.browser.keys import tab_to

pytestmark = pytest.mark.walk

LESSONS = [lesson.slug for lesson in course()]


def choose(page, selector, n):
    """Choose an option of the group that a selector finds, by its place."""
    tab_to(page, f"{selector} input")
    if n == 0:
        page.keyboard.press("Space")
    for _ in range(n):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def told(page, selector):
    """Return what is said to the answer given, and what is said to everybody."""
    page.wait_for_selector(f"{selector}.truth:visible")
    own, truth = page.locator(f"{selector}:visible").all_inner_texts()
    return own, truth


def draw_wrong(page, part, question):
    """Draw a flat curve, or where that would be right, one that rises."""
    tab_to(page, "#plot [role=slider]")
    flat = max(question["y"]) < 1.5 * min(question["y"])
    for _ in question["x"][1:]:
        page.keyboard.press("End" if flat else "Home")
        page.keyboard.press("ArrowRight")
    tab_to(page, f"{part} .commit")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("slug", LESSONS)
def test_every_wrong_answer_ends_in_the_explanation(app, new_page, tmp_path, slug):
    page = new_page(reduced_motion="reduce")
    page.goto(f"{app}/course/{slug}", timeout=120_000)  # whoever comes first waits for the runs of the lesson
    page.wait_for_selector("body[data-ready]")
    questions = page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).parts.map(part => part.question)"
    )
    read = []
    for n, question in enumerate(questions, 1):
        part = f"#part-{n}"
        assert page.locator("#where").inner_text() == f"Step {n} of {len(questions)}"
        read.append(page.locator(part).inner_text())
        if not question:
            page.keyboard.press("PageDown")
            continue
        if question["kind"] == "draw":
            draw_wrong(page, part, question)
            truth = page.locator(f"{part} .feedback.truth:visible").inner_text()
            own = page.locator(f"{part} .verdict").inner_text()
            assert own and "close to the simulation" not in own
            assert truth.startswith("What happens:")
            assert page.locator(f"{part} .numbers tr").count() == len(question["x"]) + 1
        else:
            options = page.locator(f"{part} .answers .words").all_inner_texts()
            wrong = (question["right"] + 1) % len(options)
            choose(page, f"{part} .answers", wrong)
            own, truth = told(page, f"{part} .feedback")
            verdict = page.locator(f"{part} .verdict").inner_text()
            assert verdict == f"You chose “{options[wrong]}”. The right answer is “{options[question['right']]}”."
        assert page.evaluate("document.activeElement.className") == "verdict"
        assert page.evaluate("document.scrollingElement.scrollHeight === innerHeight"), f"{part} scrolls the page"
        reasons = page.locator(f"{part} .why label.option").evaluate_all("all => all.map(e => 'right' in e.dataset)")
        if reasons:
            choose(page, f"{part} .why", reasons.index(False))
            own, truth = told(page, f"{part} .reason")
            assert truth.startswith("The reason:") and own != truth
        read.append(page.locator(part).inner_text())
        read.append(page.locator("#beside").inner_text())
        page.keyboard.press("PageDown")
    asked = [question["kind"] for question in questions if question]
    n_predicted = asked.count("ask") + asked.count("draw")
    recap = page.locator("#recap").inner_text()
    assert f"0 of {n_predicted} predictions" in recap
    (tmp_path / f"{slug}.txt").write_text("\n\n".join(read), encoding="utf-8")
