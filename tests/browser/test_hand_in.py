"""A student alone hands in a result as a file or a line; a teacher's page reads thirty of them."""

import csv
import io

import pytest

pytestmark = pytest.mark.browser

LESSON = "/course/a-wavelets-journey"
N_STUDENTS = 30


@pytest.fixture
def handed_in(app, new_page):
    """The file of a student who has answered one question, and how many parts the lesson has."""
    page = new_page(reduced_motion="reduce")
    page.goto(f"{app}{LESSON}#2")
    page.wait_for_selector("body[data-ready]")
    page.locator(".part:visible .answers label").first.click()
    page.locator(".part:visible .commit").click()
    last = page.locator(".part").count()
    page.goto(f"{app}{LESSON}#{last}")
    page.get_by_text("Hand in your result").click()
    page.wait_for_function("document.querySelector('#result-line').value.startsWith('waferscope:a-wavelets-journey:')")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    return page, download.value.path().read_text(encoding="utf-8")


def of_another(page, student, answers):
    """Return the line of a student with these answers."""
    return page.evaluate(
        """async ([student, answers]) => {
            const {lineOf} = await import("/assets/pages/lesson_hand_in.js")
            const {slug, parts} = JSON.parse(document.getElementById("data").textContent)
            return lineOf(slug, parts, student, answers)
        }""",
        [student, answers],
    )


def test_thirty_results_become_a_table_a_tally_and_a_csv_and_damaged_ones_are_named(app, page, handed_in, violations):
    student, file = handed_in
    assert file.strip() == student.locator("#result-line").input_value()
    lines = [of_another(student, f"{n:024x}", {"2": n % 2}) for n in range(N_STUDENTS - 1)]
    page.goto(f"{app}{LESSON}/teacher")
    page.get_by_role("link", name="Results handed in").click()
    page.wait_for_selector("body[data-ready]")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    files = [
        {"name": f"Student {n}.txt", "mimeType": "text/plain", "buffer": line.encode()} for n, line in enumerate(lines)
    ]
    broken = {"name": "Ben.txt", "mimeType": "text/plain", "buffer": (lines[0][:40] + lines[0][41:]).encode()}
    page.locator("#files").set_input_files([*files, broken])
    page.get_by_text(f"Results read: {N_STUDENTS - 1}").wait_for()
    assert page.locator("#faults li").all_inner_texts() == ["Ben: damaged: a part of it is missing or was changed"]
    page.locator("#codes").fill(f"Clara: {file}Clara again: {file}")
    page.get_by_role("button", name="Read the lines").click()
    page.get_by_text(f"Results read: {N_STUDENTS}", exact=True).wait_for()
    assert page.locator("#results tbody tr").count() == N_STUDENTS
    assert page.locator("#results tbody th").last.inner_text() == "Clara again"
    counts = page.locator("#tallies figure").first.locator("b").all_inner_texts()
    assert sum(map(int, counts)) == N_STUDENTS
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Answers, CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == N_STUDENTS and rows[0]["learner"] == "Student 0"
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert sent == []
