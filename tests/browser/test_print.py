"""What comes out of a printer: handouts, lessons and the teacher's page, on A4 and Letter."""

import re
import subprocess
from html import unescape

import pytest

from engine.language import language
from lessons.catalogue import course
from lessons.evaluation import evaluate
from lessons.ready import ReadyCurve

pytestmark = pytest.mark.browser

SLUG = "adding-up"
EDGE_PT = 10 / 25.4 * 72  # that no printer reaches beyond; @page in lesson.css has 15 mm
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@pytest.fixture(scope="module")
def lesson():
    return evaluate(next(lesson for lesson in course() if lesson.slug == SLUG))


@pytest.fixture(params=["A4", "Letter"])
def printed(request, app, new_page, needs, tmp_path):
    """Print a page of the course: `printed(address) -> [words of a page, …]`; nothing on them is cut off."""

    def start(address, theme="light"):
        page = new_page()
        page.goto(f"{app}/course/{address}{'&' if '?' in address else '?'}theme={theme}", timeout=120_000)
        page.wait_for_selector("body[data-drawn]" if "handout" in address else "h1")
        path = tmp_path / "printed.pdf"
        page.pdf(path=path, format=request.param)
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        boxes = subprocess.run([needs("pdftotext"), "-bbox", path, "-"], capture_output=True, text=True, check=True)
        pages = []
        for width, height, inside in PAGE.findall(boxes.stdout):
            words = WORD.findall(inside)
            assert len(words) > 15, "a page with hardly a line"
            for left, top, right, bottom, word in words:
                assert float(left) > EDGE_PT and float(right) < float(width) - EDGE_PT, word
                assert float(top) > EDGE_PT and float(bottom) < float(height) - EDGE_PT, word
            pages.append(" ".join(unescape(word) for *_, word in words))
        return pages, path

    return start


def plain(html):
    """Return the words of a text of a lesson as they are printed."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def page_of(text, pages):
    return next((n for n, words in enumerate(pages) if text in words), None)


def test_a_handout_has_every_question_in_one_piece_and_places_to_write(printed, lesson):
    pages, path = printed(f"{SLUG}?handout=questions")
    assert len(pages) <= 4
    assert re.search(r"\bName\b.*\bDate\b", pages[0])
    whole = " ".join(pages)
    questions = [step for step in lesson.steps if step.question]
    places = [whole.index(plain(step.question.question)) for step in questions]
    assert places == sorted(places)
    for step in questions:
        n = page_of(plain(step.question.question), pages)
        assert step.title in pages[n]
        if isinstance(step.question, ReadyCurve):
            x, t = step.question.x, language("en")
            assert plain(t.said(step.question.x_label)) in pages[n]
            assert all(f" {t.number(value)} " in f" {pages[n]} " for value in x)
        else:
            assert all(plain(option.text) in pages[n] for option in step.question.options)
            assert all(plain(option.feedback) not in whole for option in step.question.options)
    assert whole.count("Why?") == sum(not isinstance(step.question, ReadyCurve) for step in questions)
    pictures = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True).stdout
    assert len(pictures.splitlines()) == 3  # two lines of head, and the first picture of the lesson


def test_the_answers_stand_beside_their_questions(printed, lesson):
    pages, _ = printed(f"{SLUG}?handout=answers", theme="dark")
    whole = " ".join(pages)
    assert "Name" not in pages[0]
    assert whole.count("☑") == sum(hasattr(step.question, "options") for step in lesson.steps)
    for step in lesson.steps:
        for option in getattr(step.question, "options", ()):
            mark = "☑" if option.right else "☐"
            assert f"{mark} {plain(option.text)} {plain(option.feedback)}" in whole
        if step.question:
            n = page_of(plain(step.question.question), pages)
            assert step.title in pages[n]
        if isinstance(step.question, ReadyCurve):
            t = language("en")
            assert all(plain(t.quantity(y, step.question.unit)) in whole for y in step.question.y)


def test_a_lesson_is_printed_dark_on_white_without_what_only_a_screen_has(printed, lesson, needs, tmp_path):
    pages, path = printed(SLUG, theme="dark")
    whole = " ".join(pages)
    for step in lesson.steps:
        n = page_of(step.title, pages)
        if step.question:
            assert plain(step.question.question) in pages[n]
    for words in ("Open this in the scene", "Lock in", "Next", "Hand in your result", "Drag across"):
        assert words not in whole
    subprocess.run([needs("pdftoppm"), "-gray", "-r", "40", "-l", "1", path, tmp_path / "page"], check=True)
    grey = next(tmp_path.glob("page*.pgm")).read_bytes()[-10_000:]
    assert sum(value > 200 for value in grey) > 0.8 * len(grey)


def test_the_teachers_page_keeps_headings_with_what_they_head(printed, lesson):
    pages, _ = printed(f"{SLUG}/teacher")
    n = page_of("What the model leaves out", pages)
    assert plain(lesson.leaves_out) in pages[n]
    for question, answer in lesson.discussion:
        assert plain(answer) in pages[page_of(plain(question), pages)]
