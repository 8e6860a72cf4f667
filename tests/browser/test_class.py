"""A class in a real browser: a teacher and two students predict, see and reveal; a restart; nothing for axe to find."""

import csv
import io
from contextlib import ExitStack

import pytest

from lessons.catalogue import TEMPLATE
from tests.browser.waiting import until
from tests.viz.web.rooms.clients import Client, following
from tests.viz.web.rooms.serving import free_port, serving

pytestmark = pytest.mark.browser

LESSON = "/course/a-wavelets-journey"
N_STUDENTS = 30
N_PAGES = 2  # of them in browsers; to the server and to the teacher's page all are alike


@pytest.fixture
def classroom(app, new_page):
    """A teacher's page and two students' telephones in one room: (teacher, [students], kinds of the parts)."""
    teacher = new_page(reduced_motion="reduce", color_scheme="light")
    teacher.add_init_script("localStorage.setItem('theme', 'projector')")
    teacher.goto(f"{app}{LESSON}/teacher")
    teacher.get_by_role("button", name="Open a room").click()
    teacher.wait_for_url("**role=teacher**")
    teacher.wait_for_selector("body[data-ready]")
    code = teacher.locator("#room-join").inner_text().strip()
    students = []
    for _ in range(2):
        student = new_page((390, 844), reduced_motion="reduce")
        student.goto(f"{app}/class")
        student.get_by_label("Code").fill(code.lower())
        student.get_by_role("button", name="Join").click()
        student.wait_for_selector("body[data-ready]")
        students.append(student)
    has_text(teacher, "#room-present", "2 here")
    kinds = teacher.evaluate(
        "[...document.querySelectorAll('.part')].map(part => part.querySelector('form')?.dataset.kind ?? '')"
    )
    yield teacher, students, kinds
    close_room(teacher, students)
    for student in students:
        assert student.evaluate("Object.keys(localStorage).filter(key => key.includes('lesson'))") == []
    assert teacher.evaluate("Object.keys(localStorage)") == ["theme"]


def close_room(teacher, students):
    teacher.once("dialog", lambda dialog: dialog.accept())
    teacher.get_by_role("button", name="Close the room").click()
    for page in (teacher, *students):
        has_text(page, "#room-status", "The room is closed, and everything in it has been deleted.")


def has_text(page, selector, text):
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector)?.innerText === text", arg=[selector, text]
    )


def turn_to(classroom, kind):
    """Turn the teacher's pages to a question by keyboard; return its part once everybody is there."""
    teacher, students, kinds = classroom
    part = kinds.index(kind) + 1
    while not teacher.locator(f"#part-{part}").is_visible():
        teacher.keyboard.press("PageDown")
    for student in students:
        student.wait_for_selector(f"#part-{part}:not([hidden])")
    return part


def test_predictions_arrive_as_bars_are_locked_and_revealed(classroom, violations):
    teacher, students, _ = classroom
    part = turn_to(classroom, "ask")
    counts = "[...document.querySelectorAll('#tally b')].map(count => count.innerText)"
    labels = [student.locator(f"#part-{part} .answers label") for student in students]
    right = labels[0].all_inner_texts().index("after 113 cycles")
    wrong = (right + 1) % 3
    for n, (student, answers) in enumerate(zip(students, labels, strict=True), 1):
        assert teacher.evaluate(counts) == ["", "", ""]  # until everybody has voted
        answers.nth(wrong).click()
        student.get_by_role("button", name="Send").click()
        has_text(teacher, "#room-answered", f"{n} answered")
    teacher.wait_for_function(f"{counts}[{wrong}] === '2'")
    assert teacher.locator("#tally .is-right").count() == 0
    labels[0].nth(right).click()
    students[0].get_by_role("button", name="Send").click()
    tally = [{right: "1", wrong: "1"}.get(i, "0") for i in range(3)]
    teacher.wait_for_function(f"{counts}.join() === '{','.join(tally)}'")
    assert students[0].locator(f"#part-{part} .outcome").is_hidden()
    assert violations(teacher) == []

    teacher.get_by_role("button", name="Close answers").click()
    for student in students:
        has_text(student, "#room-status", "Answers are closed. Eyes on the screen.")
        assert student.locator(f"#part-{part} .answers input:enabled").count() == 0
        assert violations(student) == []
    teacher.get_by_role("button", name="Reveal").click()
    for page in (teacher, *students):
        page.wait_for_selector(f"#part-{part} .outcome:not([hidden])")
        assert page.evaluate("document.querySelector('.ws-player').player.state.t") == 60
        assert violations(page) == []
    assert "You chose “after 113 cycles”" in students[0].locator(f"#part-{part} .verdict").inner_text()
    assert teacher.locator("#tally .is-right").inner_text().startswith("✓ after 113 cycles")
    tally, bars = (teacher.locator(box).bounding_box() for box in ("#tally", "#bars"))
    assert "113 cycles" in teacher.locator("#bars").inner_text()
    assert bars["y"] + bars["height"] <= tally["y"] or tally["y"] + tally["height"] <= bars["y"]

    for n, student in enumerate(students):
        student.locator(f"#part-{part} .why label").nth(n).click()
    reasons = "[...document.querySelectorAll('#tally figure:nth-child(2) b')].map(count => count.innerText).join()"
    teacher.wait_for_function(f"{reasons} === '1,1,0'")
    assert teacher.locator("#tally .is-right").count() == 1
    teacher.get_by_role("button", name="Show the reason").click()
    teacher.wait_for_function("document.querySelectorAll('#tally .is-right').length === 2")
    assert violations(teacher) == []


def test_a_class_votes_again_and_both_votes_stand_side_by_side(classroom, violations):
    teacher, students, _ = classroom
    part = turn_to(classroom, "ask")
    again = teacher.get_by_role("button", name="Vote again")
    assert again.is_disabled()
    labels = [student.locator(f"#part-{part} .answers label") for student in students]
    right = labels[0].all_inner_texts().index("after 113 cycles")
    wrong = (right + 1) % 3
    for student, answers, choice in zip(students, labels, (right, wrong), strict=True):
        answers.nth(choice).click()
        student.get_by_role("button", name="Send").click()
    has_text(teacher, "#room-answered", "2 answered")
    teacher.get_by_role("button", name="Close answers").click()
    again.click()
    for student in students:
        has_text(student, "#room-status", "Second vote: discuss, answer again, then send.")
        assert student.locator(f"#part-{part} .answers input:checked").count() == 0
    assert again.is_disabled()
    labels[1].nth(right).click()
    students[1].get_by_role("button", name="Send").click()
    has_text(teacher, "#room-answered", "1 answered")
    figures = (
        "[...document.querySelectorAll('#tally figure')].map(f => [...f.querySelectorAll('b')].map(b => b.innerText))"
    )
    assert teacher.evaluate(figures) == [["", "", ""]] * 2
    teacher.get_by_role("button", name="Show answers").click()
    both = [["1" if i in (right, wrong) else "0" for i in range(3)], ["1" if i == right else "0" for i in range(3)]]
    assert teacher.evaluate(figures) == both
    boxes = [teacher.locator("#tally figure").nth(n).bounding_box() for n in range(2)]
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] < boxes[1]["x"]
    assert violations(teacher) == []
    teacher.set_viewport_size({"width": 390, "height": 844})
    assert teacher.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(teacher) == []
    teacher.set_viewport_size({"width": 1280, "height": 720})
    teacher.get_by_role("button", name="Reveal").click()
    for student in students:  # who has not voted again stays with the first vote
        student.wait_for_selector(f"#part-{part} .outcome:not([hidden])")
        assert "You chose “after 113 cycles”" in student.locator(f"#part-{part} .verdict").inner_text()
    with teacher.expect_download() as download:
        teacher.get_by_role("button", name="Answers, CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert sorted(row["first vote"] != "" for row in rows) == [False, True]
    assert {row["answer"] for row in rows} == {"after 113 cycles"}


def test_curves_arrive_as_a_cloud_and_all_leave_as_csv(classroom, violations):
    teacher, students, _ = classroom
    asked = turn_to(classroom, "ask")
    students[0].locator(f"#part-{asked} .answers label").first.click()
    students[0].get_by_role("button", name="Send").click()
    has_text(teacher, "#room-answered", "1 answered")
    part = turn_to(classroom, "draw")
    for n, student in enumerate(students, 1):
        student.locator("#plot [role=slider]").first.focus()
        for _ in range(3 * n):
            student.keyboard.press("ArrowUp")
        student.get_by_role("button", name="Send").click()
    teacher.wait_for_function("document.querySelectorAll('#plot .cloud path').length === 2")
    assert violations(teacher) == []
    teacher.get_by_role("button", name="Vote again").click()
    again = "Second vote: discuss, answer again, then send."
    has_text(students[1], "#room-status", again)
    knob = students[1].locator("#plot [role=slider]").first
    drawn = knob.get_attribute("aria-valuenow")
    knob.press("PageUp")
    assert knob.get_attribute("aria-valuenow") != drawn
    students[1].get_by_role("button", name="Send").click()
    has_text(teacher, "#room-answered", "1 answered")
    teacher.get_by_role("button", name="Show answers").click()
    teacher.wait_for_function("document.querySelectorAll('#plot .cloud.earlier path').length === 2")
    assert teacher.locator("#plot .cloud:not(.earlier) path").count() == 1
    has_text(students[0], "#room-status", again)
    students[0].get_by_role("button", name="Send").click()
    has_text(teacher, "#room-answered", "2 answered")
    students[0].reload()
    students[0].wait_for_selector("body[data-ready]")
    has_text(students[0], "#room-status", "Sent. You can change your answer until answers are closed.")
    teacher.get_by_role("button", name="Reveal").click()
    for page in (teacher, *students):
        page.wait_for_selector(f"#part-{part} .outcome:not([hidden])")
        assert violations(page) == []
    with teacher.expect_download() as download:
        teacher.get_by_role("button", name="Answers, CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    silent, rows = rows[2], [rows[1], rows[3]]
    assert (silent["learner"], silent["part"], silent["result"], silent["answer"]) == ("2", str(asked), "no answer", "")
    assert [(row["learner"], row["part"], row["kind"]) for row in rows] == [
        ("1", str(part), "draw"),
        ("2", str(part), "draw"),
    ]
    assert all(float(row[f"curve {k}"]) > 0 and float(row[f"x {k}"]) > 0 for row in rows for k in (1, 2, 3))


def test_a_student_whose_connection_drops_keeps_the_answer_and_sends_it_later(classroom):
    teacher, students, _ = classroom
    part = turn_to(classroom, "ask")
    lost = students[1]
    lost.context.set_offline(True)
    lost.locator(f"#part-{part} .answers label").nth(2).click()
    with lost.expect_event("requestfailed"):
        lost.get_by_role("button", name="Send").click()
    unsent = "Kept on this device, not sent yet. It goes out as soon as there is a connection."
    has_text(lost, "#room-status", unsent)
    lost.context.set_offline(False)
    has_text(lost, "#room-status", "Sent. You can change your answer until answers are closed.")
    teacher.get_by_role("button", name="Show answers").click()
    teacher.wait_for_function(
        "[...document.querySelectorAll('#tally b')].map(count => count.innerText).join() === '0,0,1'"
    )
    late = students[0]
    late.context.set_offline(True)
    late.locator(f"#part-{part} .answers label").nth(0).click()
    with late.expect_event("requestfailed"):
        late.get_by_role("button", name="Send").click()
    teacher.get_by_role("button", name="Close answers").click()
    late.context.set_offline(False)
    has_text(late, "#room-status", "Your answer arrived after answers were closed, so it does not count.")
    for page in students:
        page.expected_errors[:] = [error for error in page.expected_errors if "ERR_INTERNET_DISCONNECTED" not in error]


def test_nobody_leads_a_room_without_its_key(app, classroom, new_page):
    teacher, *_ = classroom
    stranger = new_page()
    stranger.goto(teacher.url)
    stranger.wait_for_selector("body[data-ready]")
    assert "does not have the key" in stranger.locator("#room-status").inner_text()
    here = stranger.locator("#where").inner_text()
    stranger.keyboard.press("PageDown")
    assert stranger.locator("#where").inner_text() == here


@pytest.mark.parametrize("query", ["?class=none", "?class=ABCDEF&role=boss"])
def test_an_address_that_names_no_seat_is_refused(app, page, query):
    assert page.request.get(f"{app}{LESSON}{query}").status == 400


def test_the_page_that_asks_for_a_code_says_when_it_is_wrong(app, new_page, violations):
    page = new_page((390, 844))
    page.goto(f"{app}/class/ABCDEF?lang=de")
    assert "Zu diesem Code gibt es keinen Raum" in page.get_by_role("alert").inner_text()
    assert violations(page) == []


@pytest.mark.walk
def test_a_class_of_thirty_goes_on_after_a_restart(new_page, tmp_path):
    port = free_port()
    (tmp_path / "my-lesson.md").write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    teacher = new_page(reduced_motion="reduce")
    students = [new_page((390, 844), reduced_motion="reduce") for _ in range(N_PAGES)]
    with ExitStack() as stack:
        with serving(port, tmp_path):
            teacher.goto(f"http://localhost:{port}/course/my-lesson/teacher")
            teacher.get_by_role("button", name="Open a room").click()
            teacher.wait_for_selector("body[data-ready]")
            code = teacher.locator("#room-join").inner_text().strip()
            kinds = "[...document.querySelectorAll('.part')].map(part => part.querySelector('form')?.dataset.kind)"
            part = turn_to((teacher, [], teacher.evaluate(kinds)), "ask")
            for n, student in enumerate(students):
                student.goto(f"http://localhost:{port}/class/{code}")
                student.wait_for_selector("body[data-ready]")
                student.wait_for_selector(f"#part-{part}:not([hidden])")
                student.locator(f"#part-{part} .answers label").nth(n % 2).click()
                student.get_by_role("button", name="Send").click()
            others = [Client(port, code) for _ in range(N_STUDENTS - N_PAGES)]
            for n, other in enumerate(others):
                other.answers = {str(part): n % 2}
            stack.enter_context(following(others))
            has_text(teacher, "#room-answered", f"{N_STUDENTS} answered")
        has_text(students[0], "#room-status", "You are offline. Your answers are kept on this device.")
        assert "No connection to the server" in teacher.locator("#room-status").inner_text()
        (tmp_path / "another.md").write_text("not yet a lesson", encoding="utf-8")
        with serving(port, tmp_path):
            has_text(teacher, "#room-answered", f"{N_STUDENTS} answered")
            for student in students:
                has_text(student, "#room-status", "Sent. You can change your answer until answers are closed.")
            counts = "[...document.querySelectorAll('#tally b')].slice(0, 2).map(count => count.innerText).join(' ')"
            teacher.wait_for_function(f"half => {counts} === `${{half}} ${{half}}`", arg=N_STUDENTS // 2)
            teacher.get_by_role("button", name="Reveal").click()
            for student in students:
                student.wait_for_selector(f"#part-{part} .outcome:not([hidden])")
            until(teacher, lambda: all(other.view["revealed"] == [part] for other in others))
            close_room(teacher, students)
            until(teacher, lambda: not any(other.view for other in others))
    missed = (
        "ERR_CONNECTION_REFUSED",
        "ERR_INCOMPLETE_CHUNKED_ENCODING",
        "ERR_CONNECTION_RESET",
        "ERR_EMPTY_RESPONSE",
        "404",
    )
    teacher.expected_errors[:] = [
        error for error in teacher.expected_errors if not any(word in error for word in missed)
    ]
