"""Terms of the glossary are linked where a lesson first uses them, and a lesson may explain some of its own."""

import pytest

from engine.language import language
from lessons.evaluation import evaluate
from lessons.glossary import Term, glossary
from lessons.lesson import LessonError
from lessons.reading import read_lesson
from lessons.terms import unlinked

OWN = (
    "leaves_out: Nothing waits on this line.\nterms:\n  - name: Bucket brigade\n    text: Each hands on what it gets.\n"
)
FIRST = "One [wavelet](#wavelet) takes"


def uses(path):
    """Return each term that wants a link, with the row of its first use, but for those of the second step."""
    lesson = read_lesson(path)
    rows = lesson.text.split("\n")
    found = unlinked(lesson, glossary(language(lesson.lang)) | lesson.terms)
    return [(name, rows[line - 1]) for line, name in found if name != "cycle"]


@pytest.mark.parametrize(
    ("prose", "names"),
    [
        ("No term takes", ["hop"]),
        ("One [wavelet](#wavelet), another wavelet and many wavelets take", ["hop"]),
        ("A wavelet, later a [wavelet](#wavelet), takes", ["wavelet", "hop"]),
        ("Over a [step](#hop) a [ramp](#ramp) takes", []),
        ("All `wavelet` of [one](https://example.org/wavelet) {{ marks.all_done }} take", ["hop"]),
        ("Micro-batches, PEs and fused\nattention take", ["micro-batch", "pe", "fused-attention", "hop"]),
        ("Little's law takes", ["littles-law", "hop"]),
        ("Linking hopeful layered ones takes", ["hop"]),
    ],
)
def test_a_term_is_named_where_it_is_used_before_a_link_explains_it(write, prose, names):
    assert [name for name, _ in uses(write((FIRST, prose)))] == names


def test_each_term_is_named_with_the_line_of_its_first_use(write):
    path = write(
        (FIRST, "Nothing\n\ntakes"), ("Now a hundred, one each cycle.", "The fabric takes a hundred.\nOne fabric.")
    )
    assert uses(path) == [
        ("hop", 'takes {{ figures.cycles | si("cycle") }} over {{ hops }} hops.'),
        ("fabric", "The fabric takes a hundred."),
    ]


def test_a_german_lesson_is_read_for_the_german_terms(write):
    path = write((FIRST, "Drei Verbindungen und ein Wavelet"), name="a-line.de.md")
    assert [name for name, _ in uses(path)][:2] == ["link", "wavelet"]


def test_a_lesson_explains_terms_of_its_own_and_links_them(write):
    path = write(("leaves_out: Nothing waits on this line.\n", OWN), (FIRST, "A [brigade](#bucket-brigade) takes"))
    lesson = read_lesson(path)
    assert lesson.terms == {"bucket-brigade": Term("Bucket brigade", "Each hands on what it gets.")}
    assert 'href="/course/glossary?lesson=a-line#bucket-brigade" class="term"' in evaluate(lesson).steps[0].html
    bare = write(("leaves_out: Nothing waits on this line.\n", OWN), (FIRST, "A bucket brigade takes"))
    assert [name for name, _ in uses(bare)] == ["bucket-brigade", "hop"]


def test_a_term_of_its_own_takes_the_place_of_the_glossarys(write):
    own = OWN.replace("Bucket brigade", "Wavelet")
    html = evaluate(read_lesson(write(("leaves_out: Nothing waits on this line.\n", own)))).steps[0].html
    assert 'href="/course/glossary?lesson=a-line#wavelet"' in html


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (OWN.replace("Bucket brigade", "…"), "needs a name with letters, got '…'"),
        (OWN + "  - name: bucket-brigade\n    text: Again.\n", "'bucket-brigade' is there twice"),
        (OWN.replace("    text", "    words"), "has no 'words'"),
    ],
)
def test_a_term_without_a_name_a_text_or_a_name_of_its_own_is_refused_with_its_line(write, own, says):
    path = write(("leaves_out: Nothing waits on this line.\n", own))
    with pytest.raises(LessonError, match=says) as caught:
        read_lesson(path)
    assert caught.value.line > path.read_text().split("\n").index("terms:")
