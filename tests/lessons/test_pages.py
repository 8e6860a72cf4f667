"""The pages of the course: whole without a session, escaped, and answered with a sentence where a lesson is wrong."""

import asyncio
import json
import os
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import tornado.httpserver
import tornado.web
from fluent.runtime import FluentResource

import lessons.catalogue
import viz.web.course
from engine.language import language, languages
from engine.scenarios import SCENES
from lessons.catalogue import PATHS, course
from lessons.evaluation import CHARTS
from lessons.reading import read_lesson
from lessons.timing import WORDS_PER_SECOND, alone, in_class
from tests.lessons.conftest import Line
from viz.cache import FileCache
from viz.commands.lesson_commands import check
from viz.documents.embed_charts import usual_charts
from viz.runs import RunStore
from viz.web.course import Course
from viz.web.handlers import for_others
from viz.web.server import routes


@pytest.fixture
def served(write, tmp_path, monkeypatch):
    """Serve the handlers as the app does; returns a function from a path to (status, text)."""
    for code in languages():
        language(code)._bundle.add_resource(FluentResource("scene_line = Line"))
    write()
    started, loops = threading.Event(), []

    def run():
        async def main():
            server = tornado.httpserver.HTTPServer(
                tornado.web.Application(routes(Course(tmp_path)), log_function=lambda _: 0)
            )
            [socket] = tornado.netutil.bind_sockets(0, "127.0.0.1")
            server.add_sockets([socket])
            done = asyncio.Event()
            loops.append((asyncio.get_running_loop(), done, socket.getsockname()[1]))
            started.set()
            await done.wait()
            server.stop()
            await server.close_all_connections()

        asyncio.run(main())

    thread = threading.Thread(target=run)
    thread.start()
    started.wait()
    loop, done, port = loops[0]

    def get(path):
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    get.address = f"http://127.0.0.1:{port}"
    yield get
    loop.call_soon_threadsafe(done.set)
    thread.join()


def test_the_list_names_every_lesson_and_leads_to_it(served, tmp_path):
    status, html = served("/course")
    assert status == 200
    for lesson in course(tmp_path):
        assert f'href="/course/{lesson.slug}"' in html
        assert lesson.title.replace("'", "&#39;") in html


def test_a_lesson_is_a_whole_text_without_scripts(served):
    status, html = served("/course/a-line")
    assert status == 200
    text = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    for words in (
        "takes 10 cycles over 10 hops",
        "In which cycle does the last one arrive?",
        "This is a pipeline.",
        "Nothing waits on this line.",
        "hops + wavelets - 1",
    ):
        assert words in text
    assert "{{" not in text


def test_the_handout_has_answers_only_when_asked(served):
    assert "The first after ten" not in served("/course/a-line?handout=questions")[1]
    assert "The first after ten" in served("/course/a-line?handout=answers")[1]
    assert served("/course/a-line?handout=both")[0] == 400


@pytest.mark.slow
def test_a_curve_is_drawn_on_paper_on_the_axes_of_the_screen(served):
    axes = json.loads(re.search(r'id="data">(.*?)</script>', served("/course/a-line")[1])[1])["parts"][3]["question"][
        "axes"
    ]
    paper = re.search(r"<svg viewBox=\"0 0 500.*?</svg>", served("/course/a-line?handout=questions")[1])[0]
    texts = re.findall(r"<text[^>]*>(.*?)</text>", paper)
    t = language("en")
    assert axes["y"]["log"] and axes["y"]["low"] < 109 < 1099 < axes["y"]["high"]
    assert texts[: len(axes["y"]["ticks"])] == [t.quantity(y, "cycles") for y in axes["y"]["ticks"]]
    assert {"10", "100", "1,000", "Cycles", "Hops"} <= set(texts)
    assert 'class="given"' in paper and "linear" not in paper
    for slug, paint in (("adding-gpus-stops-helping", "gpu"), ("one-wafer-then-sixteen", "wafer")):
        assert f'"paint": "{paint}"' in served(f"/course/{slug}")[1]
    _, straight = served("/course/adding-gpus-stops-helping?handout=questions")
    assert "linear" in re.search(r"<svg viewBox=\"0 0 500.*?</svg>", straight)[0]


def test_the_handout_names_an_address_only_if_others_can_open_it(served, monkeypatch):
    def printed():
        return re.search(r"Play it at (\S+)</p>", served("/course/a-line?handout=questions")[1])

    assert printed() is None
    monkeypatch.setenv("WAFERSCOPE_SITE", "https://scope.example.org/")
    assert printed()[1] == "https://scope.example.org/course/a-line"


@pytest.mark.parametrize(
    ("site", "opens"),
    [
        ("http://127.0.0.1:5006", False),
        ("http://[::1]:5006", False),
        ("http://0.0.0.0", False),
        ("http://localhost:5006", False),
        ("http://192.168.1.7:5006", True),
        ("https://scope.example.org", True),
    ],
)
def test_an_address_of_this_machine_alone_is_none_for_others(site, opens):
    assert for_others(site) is opens


def test_the_teachers_page_links_what_each_step_shows(served):
    _, html = served("/course/a-line/teacher")
    assert 'href="/line?wavelets=100&amp;hide=route"' in html
    assert "Ten words take ten times as long." in html
    assert "Where else do things follow each other?" in html


def test_the_terms_of_a_lesson_are_in_its_page_and_in_the_glossary_that_it_links(served, write):
    own = "leaves_out: Nothing waits on this line.\nterms:\n  - {name: Bucket brigade, text: Each hands on <b>.}\n"
    write(
        ("leaves_out: Nothing waits on this line.\n", own),
        ("One [wavelet]", "A [brigade](#bucket-brigade), one [wavelet]"),
    )
    _, html = served("/course/a-line")
    data = json.loads(re.search(r'id="data">(.*?)</script>', html)[1])
    assert data["glossary"]["bucket-brigade"] == {"name": "Bucket brigade", "text": "Each hands on <b>."}
    address = re.search(r'href="([^"]*)#bucket-brigade"', html)[1]
    _, page = served(address)
    assert '<dt id="bucket-brigade">Bucket brigade</dt><dd>Each hands on &lt;b&gt;.</dd>' in page and 'id="hop"' in page
    assert "bucket" not in served("/course/glossary")[1]
    assert served("/course/glossary?lesson=none")[0] == 200


def test_the_glossary_has_an_anchor_for_every_term(served):
    _, html = served("/course/glossary?lang=de")
    assert 'id="wavelet"' in html
    assert "Begriffe" in html


def test_the_language_of_the_address_is_that_of_the_page(served):
    _, html = served("/course/a-line?lang=de")
    assert '<html lang="de">' in html
    assert "Festlegen und ansehen" in html


def test_where_a_lesson_is_in_another_language_than_its_page_its_own_words_are_marked(served):
    _, html = served("/course/a-line?lang=fr")
    assert '<html lang="fr">' in html
    assert '<div class="prose" lang="en">' in html and '<p class="kicker">Prédire</p>' in html
    assert (
        ' lang="en"'
        not in re.sub(r"<a[^>]* hreflang.*?</a>", "", served("/course/a-line?lang=en")[1]).partition("<body")[2]
    )
    _, html = served("/course?lang=fr")
    assert '<span class="what" lang="en"><b>A line of PEs</b>' in html and "en anglais · " in html


def test_what_is_refused_is_said_in_the_language_of_the_page(served):
    status, html = served("/course/none?lang=de")
    assert (status, "Die Lektion none gibt es nicht." in html) == (404, True)
    with pytest.raises(HTTPError) as refused:
        urlopen(served.address + "/room?lang=fr", b'{"slug": "none"}')
    with refused.value as answer:
        assert (answer.code, answer.read().decode()) == (404, "il n\u2019y a pas de le\u00e7on none\n")


def test_no_lesson_is_a_404(served):
    assert served("/course/none")[0] == 404


@pytest.mark.slow
def test_a_broken_file_is_listed_and_takes_nothing_else_down(served, write, tmp_path):
    write(("title: A line of PEs\n", ""), name="02-around-the-corner.md")
    write(name="Meine_Lektion.md")
    write(("How long a line takes,", "How [long](http://nowhere) a line takes,"), name="03-linked.md")
    status, html = served("/course")
    assert status == 200
    assert "<b>02-around-the-corner.md</b>, 2: the front matter needs &#39;title&#39;." in html
    assert "<b>Meine_Lektion.md</b>, 1: a lesson&#39;s file must be named like 05-a-waves-journey.md" in html
    assert "<b>03-linked.md</b>, 3: a link must lead to https:// or to a #term" in html
    assert str(tmp_path) not in html
    for slug in ("a-line", "adding-up"):
        assert f'href="/course/{slug}"' in html
        for page in ("", "/teacher", "?handout=answers"):
            assert served(f"/course/{slug}{page}")[0] == 200
        opened = urlopen(served.address + "/room", json.dumps({"slug": slug}).encode())
        assert json.load(opened)["code"]
    status, html = served("/course/around-the-corner")
    assert status == 500
    assert "02-around-the-corner.md, 2: the front matter needs &#39;title&#39;" in html
    assert served("/course/linked")[0] == 500
    assert served("/course/meine-lektion")[0] == 404


BROKEN = {  # what is wrong, and what an author is told: what it is, the rule, the value
    "an unknown parameter": (
        ("wavelets: 100\nhide", "wavelet: 100\nhide"),
        "line has no parameter 'wavelet'; perhaps wavelets is meant",
    ),
    "a value out of bounds": (("hops: 10\n", "hops: 0\n"), "hops must be a whole number from 1 to 1,000 hops, got '0'"),
    "a mark that is none": (
        ("run_to: first_wavelet", "run_to: first"),
        "no mark 'first'; it has first_wavelet, all_done",
    ),
    "a figure that is none": (("{{ figures.cycles | si", "{{ figures.time | si"), "no figure 'time'; "),
    "a filter that is none": (('| si("cycle")', "| tmies"), "there is no filter 'tmies'; there are percent, si, times"),
    "a brace that is missing": (
        ("over {{ hops }}", "over { hops }}"),
        "'{ hops }}' is not a placeholder; one is written",
    ),
    "a term that is none": (("[wavelet](#wavelet)", "[wavelet](#wafelet)"), "the glossary has no 'wafelet'"),
    "a false claim": (
        ("cycles == hops\n```", "cycles < hops\n```"),
        "'figures.cycles < hops' is false: its values give 10",
    ),
    "two right answers": (
        ("right: figures.cycles == hops * wavelets", "right: true"),
        "exactly one right answer here, got 2",
    ),
    "an answer that is typed": (('"{{ hops * wavelets }}"', '"1000"'), "'10' is computed, and '1000' is typed"),
    "a solution that is none": (
        ("{hops: 5, wavelets: 40}", "{hops: 30, wavelets: 40}"),
        "the goal: its values give 69 < 50",
    ),
    "a plan that is too long": (("minutes: 30", "minutes: 31"), "must add up to 45, they make 46"),
    "a block that is not closed": (
        ("hide: [route]\n```\n", "hide: [route]\n"),
        "a line with three backticks is missing",
    ),
    "a text with a colon": (("task: Send 100", "task: Note: send 100"), "in quotes"),
    "a missing title": (("title: A line of PEs\n", ""), "the front matter needs 'title'"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_check_and_server_say_the_same_of_a_broken_file_and_nothing_else_changes(served, write, capsys, kind):
    change, sentence = BROKEN[kind]
    wrong = write(change, name="wrong.md")
    with pytest.raises(SystemExit):
        check([wrong])
    said = capsys.readouterr().err.removeprefix(f"{wrong}:").rstrip("\n")
    line, _, mistake = said.partition(": ")
    assert sentence in mistake
    status, html = served("/course/wrong")
    assert (status, str(wrong) in html) == (500, False)
    _, listed = served("/course")
    for page in (html, listed):
        assert f"wrong.md{'</b>' * (page is listed)}, {line}: {mistake}" in unescape(page)
    assert 'href="/course/wrong"' not in listed and 'href="/course/a-line"' in listed
    assert served("/course/a-line")[0] == 200


@pytest.mark.slow
def test_a_folder_that_vanishes_leaves_the_course(served, tmp_path):
    (tmp_path / "a-line.md").unlink()
    tmp_path.rmdir()
    assert served("/course/adding-up")[0] == 200
    assert "a folder of lessons is needed" in served("/course")[1]
    tmp_path.mkdir()


def test_a_copy_of_a_lesson_is_a_lesson_of_its_own(served, write):
    write(name="a-copy.md")
    assert served("/course/a-line")[0] == 200
    assert '"slug": "a-copy"' in served("/course/a-copy")[1]


def test_what_a_lesson_says_is_escaped_everywhere(served, write):
    attack = "<script>alert(1)</script>"
    write(
        ("title: A line of PEs", f"title: {attack}"),
        ("## One word", f"## {attack}"),
        ("- Tell latency from bandwidth.", f"- {attack}"),
        ("near: Distance costs.", f"near: {attack} </script>"),
        ("- text: a bus", f"- text: {attack}"),
    )
    for path in ("/course", "/course/a-line", "/course/a-line?handout=answers", "/course/a-line/teacher"):
        status, html = served(path)
        assert status == 200
        assert attack not in html


def test_a_lesson_that_changed_is_read_anew_and_a_mistake_is_shown_with_its_line(served, write):
    assert served("/course/a-line")[0] == 200
    write(("hops: 10\n", "hops: 0\n"))
    status, html = served("/course/a-line")
    assert status == 500
    assert "hops must be a whole number from 1 to 1,000 hops" in html
    write()
    assert served("/course/a-line")[0] == 200


def test_a_mistake_that_only_its_evaluation_shows_is_named_in_the_list_and_by_the_room(served, write):
    write(("hops: 10\n", "hops: 0\n"))
    mistake = "hops must be a whole number from 1 to 1,000 hops"
    assert served("/course/a-line")[0] == 500
    _, html = served("/course")
    assert "<b>a-line.md</b>, " in html and mistake in html
    assert 'href="/course/a-line"' not in html
    for _ in range(2):  # it is said again from what is kept
        with pytest.raises(HTTPError) as refused:
            urlopen(served.address + "/room", b'{"slug": "a-line"}')
        assert refused.value.code == 409
        with refused.value as answer:
            said = answer.read().decode()
        assert said.startswith("a-line.md, ") and mistake in said
    write()
    _, html = served("/course")
    assert mistake not in html and 'href="/course/a-line"' in html


class GatedLine(Line):
    """A line whose runs wait for a gate."""

    gate = threading.Event()

    def simulate(self, progress=lambda share: None):
        while not self.gate.wait(0.01):
            progress(0.5)
        return super().simulate()


def test_lessons_that_wait_for_the_engine_hold_up_no_other_page(served, write, monkeypatch, tmp_path):
    monkeypatch.setattr(lessons.catalogue, "COURSE", tmp_path)  # the two lessons of the test are enough to read
    monkeypatch.setitem(SCENES, "line", GatedLine)
    monkeypatch.setattr(viz.web.course, "RUNS", RunStore(FileCache(tmp_path / "runs", "v1", 1e6)))
    write(("title: A line of PEs", "title: Another line"), ("hops: 10\n", "hops: 11\n"), name="b-line.md")
    GatedLine.gate.set()
    ready = served("/course/a-line")
    GatedLine.gate.clear()
    n_readers = min(32, os.cpu_count() + 4) + 1  # more than there are threads for everything else
    with ThreadPoolExecutor(n_readers + 1) as readers:
        waiting = [readers.submit(served, "/course/b-line") for _ in range(n_readers)]
        try:
            assert readers.submit(served, "/course/a-line").result(timeout=10) == ready
            assert readers.submit(served, "/course/glossary").result(timeout=10)[0] == 200
            assert not any(reader.done() for reader in waiting)
        finally:
            GatedLine.gate.set()
        pages = {reader.result() for reader in waiting}
    ((status, html),) = pages
    assert (status, "Another line" in html) == (200, True)


def test_for_whom_a_lesson_is_and_how_long_it_takes_is_said_to_students_and_teachers(served, tmp_path):
    (lesson,) = (entry for entry in course(tmp_path) if entry.slug == "a-line")
    takes = language("en")("takes", alone=alone(lesson), both=in_class(lesson))
    for path in ("/course/a-line", "/course/a-line/teacher", "/course/teachers"):
        _, html = served(path)
        assert "Whoever tests lessons." in html and "/course/glossary#hop" in html and takes in html
    assert 'href="/course/teachers"' in served("/course")[1]


def test_the_teachers_page_of_a_lesson_has_a_plan_answers_and_what_to_ask_a_divided_class(served):
    text = re.sub(r"<[^>]*>|\s+", " ", served("/course/a-line/teacher")[1])
    for words in ("0–30 All steps.", "30–45 The question", "On a railway line.", "2 · A hundred words When does the"):
        assert re.search(r"\s+".join(map(re.escape, words.split())), text), words


def test_a_question_about_the_lesson_before_comes_after_every_second_step(served):
    _, html = served("/course/a-line")
    kinds = [
        (part["question"] or {}).get("kind")
        for part in json.loads(re.search(r'id="data">(.*?)</script>', html)[1])["parts"]
    ]
    assert kinds == [None, "ask", "recall", "draw", None, "transfer", None]
    assert html.count("How long is a line?") == 2


def test_the_paths_of_the_course_are_made_of_its_lessons():
    slugs = {lesson.slug for lesson in course()}
    assert all(set(path) <= slugs for path in PATHS.values())


def test_a_lesson_takes_longer_with_a_class_and_with_more_to_read(write):
    short, long = read_lesson(write()), read_lesson(write(("A last thought.", "A thought. " * 100)))
    assert in_class(short) > alone(short)
    assert alone(long) == alone(short) + round(200 / WORDS_PER_SECOND / 60)


def test_the_charts_that_a_lesson_can_show_are_those_that_replay_every_run():
    replayed = {scene: tuple(name for name, chart in usual_charts(scene).items() if chart.module) for scene in SCENES}
    assert {scene: names for scene, names in replayed.items() if names} == CHARTS


def test_a_handout_with_answers_prints_the_values_that_decide_and_one_with_questions_does_not(served):
    _, answers = served("/course/a-line?handout=answers")
    assert '<figure class="bars"' in answers and "109 cycles" in answers
    assert '<figure class="bars"' not in served("/course/a-line?handout=questions")[1]
