"""Every language has every text, and every text that a page asks for exists."""

import re
import string
from pathlib import Path

import pytest

from engine.fabric.programs import PROGRAMS
from engine.fabric.published import machine
from engine.machines import WORDS
from lessons.language import language, languages
from lessons.sentences import Translator

REPOSITORY = Path(__file__).parents[2]


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", languages())
def test_a_language_is_complete(code):
    english, other = language("en"), language(code)
    assert other.interface.keys() == english.interface.keys()
    assert other.glossary.keys() == english.glossary.keys()
    for key, text in other.interface.items():
        assert text.strip(), key
        assert placeholders(text) == placeholders(english.interface[key])


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
    built = ("kicker_", "scene_", "question_", "commit_", "kind_", "said_", "told_")
    unused = [
        key
        for key in language("en").interface
        if not key.startswith(built) and not re.search(rf"[\"'.]{key}\b", written)
    ]
    assert unused == []


@pytest.mark.parametrize("code", languages())
def test_a_sentence_and_its_translation_have_the_same_gaps(code):
    for english, other in language(code).sentences.items():
        gaps = re.findall(r"\{(?:n|raw|)\}", english)
        used = re.findall(r"\{(\d*)\}", other)
        assert used == [""] * len(gaps) or sorted(used) == [str(i) for i in range(len(gaps))], english


def test_what_is_not_known_of_a_machine_is_said_in_german():
    german = Translator(language("de").sentences)
    for words in WORDS.values():
        said = german(f"device must be one of a, b, got 'c'; not known of C: {words}, {words}")
        assert said.startswith("device muss eines von a, b sein, nicht 'c'; nicht bekannt von C: "), said
        assert said.endswith(f": {german(words)}, {german(words)}") and german(words) != words


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
