"""Every language has every text, and every text that a page asks for exists."""

import json
import re
from pathlib import Path

import pytest

from engine.fabric.programs import PROGRAMS
from engine.fabric.published import machine
from engine.language import Language, language, languages

REPOSITORY = Path(__file__).parents[2]


MESSAGE = re.compile(r"^(\w+) =(.*(?:\n[ \t]+.*|\n(?=[ \t]*\n[ \t]))*)", re.MULTILINE)


def messages(code):
    """Return the texts by their names: how each is written in its file."""
    return dict(MESSAGE.findall(language(code).source()))


def gaps(text):
    """Return what a text takes, and its attributes."""
    return {*re.findall(r"\$\w+", text), *re.findall(r"^\s+\.\w+", text, re.MULTILINE)}


@pytest.mark.parametrize("code", languages())
def test_a_language_is_complete(code):
    english, other = messages("en"), messages(code)
    assert other.keys() == english.keys()
    for name, text in other.items():
        assert text.strip(), name
        assert gaps(text) - {"$n"} == gaps(english[name]) - {"$n"}, name


@pytest.mark.parametrize("code", ["en", "de", "fr"])
def test_numbers_are_written_as_the_table_says(code):
    for case in json.loads((REPOSITORY / "tests/quantities.json").read_text(encoding="utf-8")):
        written = Language(code).quantity(case["value"], case["unit"], case["digits"])
        assert written == case[code], case


def test_there_is_a_second_language():
    assert set(languages()) >= {"en", "de"}


def test_a_key_that_is_missing_fails():
    with pytest.raises(KeyError):
        language("en")("no_such_text")


def test_an_unknown_language_is_english():
    assert language("xx").code == "en"


def test_no_text_is_kept_that_nobody_shows():
    viz = REPOSITORY / "viz"
    pages = [
        *viz.rglob("*.html"),
        *viz.glob("web/*.py"),
        *viz.glob("documents/**/*.py"),
        *viz.glob("client/pages/lesson*.js"),
    ]
    written = "\n".join(path.read_text(encoding="utf-8") for path in [*pages, viz / "client/pages/curve.js"])
    built = ("kicker_", "scene_", "question_", "commit_", "csv_", "kind_", "said_", "told_")
    keys = dict(MESSAGE.findall(language("en").source("pages")))
    unused = [key for key in keys if not key.startswith(built) and not re.search(rf"[\"'.]{key}\b", written)]
    assert unused == []


@pytest.mark.parametrize("code", languages())
def test_a_sentence_and_its_translation_have_the_same_gaps(code):
    for english, other in language(code).sentences.items():
        gaps = re.findall(r"\{(?:n|raw|)\}", english)
        used = re.findall(r"\{(\d*)\}", other)
        assert used == [""] * len(gaps) or sorted(used) == [str(i) for i in range(len(gaps))], english


@pytest.mark.parametrize(
    ("program", "algorithm"),
    [(name, algorithm) for name, recipe in PROGRAMS.items() for algorithm in recipe.algorithms],
)
@pytest.mark.parametrize("code", set(languages()) - {"en"})
def test_what_a_program_says_is_said_in_every_language(code, program, algorithm):
    translate = language(code).translate
    for width, height, words in ((6, 5, 10), (2, 2, 1)):
        settings = PROGRAMS[program].settings(machine(), algorithm, width, height, words)
        recipe, made = PROGRAMS[program], PROGRAMS[program].build(settings)
        said = {recipe.title(settings), recipe.note(settings), *made.colors, *(text for _, text in made.milestones)}
        said |= {op.text for kind in made.kinds for thread in kind for op in thread}
        assert sorted(text for text in said if text != "none" and translate(text) == text) == []
