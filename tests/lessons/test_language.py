"""Every language has every text, and every text that a page asks for exists."""

import json
import re
from pathlib import Path

import pytest

from engine.fabric.machine.program import FabricError
from engine.fabric.programs import PROGRAMS
from engine.fabric.published import machine
from engine.language import (
    TEXTS,
    Language,
    Message,
    Quantity,
    Refusal,
    decoded,
    encoded,
    language,
    languages,
    message,
    preferred,
)
from engine.scenarios import ScenarioError
from engine.scenarios.fabric import FabricScenario

REPOSITORY = Path(__file__).parents[2]
LANGUAGES = ("en", "de", "fr")


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
    assert len(MESSAGE.findall(language(code).source())) == len(other), "a name is used twice"
    for name, text in other.items():
        assert text.strip(), name
        assert gaps(text) - {"$n"} == gaps(english[name]) - {"$n"}, name


@pytest.mark.parametrize("code", ["en", "de", "fr"])
def test_numbers_are_written_as_the_table_says(code):
    for case in json.loads((REPOSITORY / "tests/quantities.json").read_text(encoding="utf-8")):
        t, value, unit, digits = Language(code), case["value"], case["unit"], case["digits"]
        between = "low" in case
        written = t.between(case["low"], value, unit, digits) if between else t.quantity(value, unit, digits)
        assert written == case[code], case


def test_there_is_a_second_language():
    assert set(languages()) >= {"en", "de"}


def test_every_fact_that_a_lesson_quotes_has_a_name():
    files = [*(REPOSITORY / "lessons/course").glob("*.md"), *(REPOSITORY / "lessons").glob("*.yaml")]
    course = [path.read_text(encoding="utf-8") for path in files]
    quoted = {tuple(name.split(".")) for text in course for name in re.findall(r"fact\(.([\w.]+).\)", text)}
    keys = {f"fact_{name if file in ('machines', 'clusters') else f'{entry}_{name}'}" for file, entry, name in quoted}
    assert len(keys) > 50
    assert keys == {key for key in messages("en") if key.startswith("fact_")} - {"fact_of"}


def test_a_key_that_is_missing_fails():
    with pytest.raises(KeyError):
        language("en")("no_such_text")


def test_a_text_without_one_of_its_values_fails():
    with pytest.raises(KeyError, match=r"step_of: .*total"):
        language("en")("step_of", n=3)


def test_an_unknown_language_is_english():
    assert language("xx").code == "en"


def test_an_address_names_the_language_that_is_not_the_usual_one():
    assert [Language("en").query, language("de").query, language("de", "de").query] == ["", "?lang=de", ""]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("de", "de"),
        ("fr-CH, fr;q=0.9", "fr"),
        ("de;q=0.5,fr;q=0.6", "fr"),
        ("de;q=much, FR;q=0.1", "fr"),
        ("fr;q=1,de", "fr"),
        ("xx", "en"),
        ("", "en"),
    ],
)
def test_a_page_is_in_the_language_that_a_browser_likes_best(header, code):
    assert preferred(header) == code


def test_a_message_comes_back_from_the_json_that_the_browser_reads():
    said = message("between", low=Quantity(1.5, "B", 3), high=[message("yes"), 2, "three", True])
    written = {
        "id": "between",
        "low": {"value": 1.5, "unit": "B", "digits": 3},
        "high": [{"id": "yes"}, 2, "three", True],
    }
    assert said.encoded() == encoded(said) == written
    assert decoded(written) == said
    assert decoded({"marks": [{"id": "yes"}], "unit": "B"}) == {"marks": [message("yes")], "unit": "B"}
    assert len({said, decoded(written), message("between")}) == 2


def test_a_placeholder_is_filled_with_any_value():
    t = language("en")
    values = (message("no"), Quantity(1234.5, "B"), Quantity(1234.5, "B", 3), True, 1234.5, 12.0, [1.25, "a"], ("b",))
    written = [t("quantity", number=value, unit="") for value in values]
    assert [text.strip() for text in written] == ["no", "1.2 kB", "1.23 kB", "yes", "1,200", "12", "1.3, a", "b"]
    assert (t("parameter_fabric_width"), t("parameter_fabric_width.doc")[-1]) == ("Width", ".")
    assert (t.said("as it is"), t.said(message("yes"))) == ("as it is", "yes")
    assert str(Refusal(message("no"))) == "no" and str(Refusal("no such file")) == "no such file"


def test_the_texts_of_a_file_come_with_those_of_its_parts():
    sources = {name: (TEXTS / "en" / f"{name}.ftl").read_text(encoding="utf-8") for name in ("fabric", "numbers")}
    found = language("en").source("fabric")
    assert sources["fabric"] in found and sources["numbers"] not in found
    assert (TEXTS / "en" / "fabric_stage.ftl").read_text(encoding="utf-8") in found
    assert all(text in language("en").source() for text in sources.values())


def test_no_text_is_kept_that_nobody_shows():
    folders = [REPOSITORY / name for name in ("engine", "viz", "lessons")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".js", ".html")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files if path.parent.name != "vendor")
    source = language("en").source()
    named = {name.partition(".")[0] for name in re.findall(r"[\"'`{( ]([a-z][\w.]+)[\"'`, }]", code + source)}
    named |= set(re.findall(r"[\"'`](\w+)\.\$?\{", code))
    # Names are also built, as in f"value_{word}" and `${kind}_right`.
    whole = re.findall(r"[\"'`](\w*(?:\$?\{[^{}`\n]+\}\w*)+)[\"'`.]", code)
    whole += [f"{name}{{}}" for name in re.findall(r"\"(\w+_)\" [+~]", code)]
    patterns = [re.sub(r"\$?\{[^}]*\}", ".+", name) for name in whole]
    patterns = [re.compile(pattern) for pattern in patterns if len(re.sub(r"\W", "", pattern)) > 2]
    unused = [name for name in messages("en") if name not in named]
    assert [name for name in unused if not any(pattern.fullmatch(name) for pattern in patterns)] == []


@pytest.mark.parametrize(
    ("program", "algorithm"),
    [(name, algorithm) for name, recipe in PROGRAMS.items() for algorithm in recipe.algorithms],
)
@pytest.mark.parametrize("code", LANGUAGES)
def test_what_a_program_says_is_said_in_every_language(code, program, algorithm):
    t, recipe = Language(code), PROGRAMS[program]
    for width, height, words in ((6, 5, 10), (2, 2, 1), (1, 1, 1), (20, 1, 3)):
        settings = recipe.settings(machine(), algorithm, width, height, words)
        try:
            recipe.check(settings)
        except FabricError as refused:
            assert t(refused.said)
            continue
        made = recipe.build(settings)
        said = {recipe.title(settings), recipe.note(settings), recipe.source(settings)}
        said |= {text for color in made.colors for text in color} | {text for _, text in made.milestones}
        said |= {op.text for kind in made.kinds for thread in kind for op in thread}
        assert all(map(t, said))


@pytest.mark.parametrize("name", FabricScenario.presets)
def test_what_a_run_says_is_said_in_every_language(name):
    scenario = FabricScenario.read({**FabricScenario.presets[name], "width": 12, "height": 8, "words": 4})
    run = scenario.simulate()
    figures = [text for figure in run.figures.values() for text in (figure.label, figure.source)]
    said = [run.title, *figures, *(mark.text for mark in run.trace.marks)]
    for t in map(Language, LANGUAGES):
        assert t(f"preset_fabric_{name}")
        assert all(t(text) for text in said if isinstance(text, Message))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_form_of_the_fabric_is_in_every_language(code):
    t = Language(code)
    for name in FabricScenario.fields():
        assert t(f"parameter_fabric_{name}") and t(f"parameter_fabric_{name}.doc")
    assert all(t(f"group_fabric_{name}") for name in FabricScenario.groups)
    for name in ("program", "algorithm", "root", "dead_link"):
        assert all(f"value_{choice}" in t for choice in FabricScenario.fields()[name].objects if choice is not None)
    for kind, names in (("parameter", FabricScenario.fields()), ("preset", FabricScenario.presets)):
        assert {key for key in messages("en") if key.startswith(f"{kind}_fabric_")} == {
            f"{kind}_fabric_{name}" for name in names
        }


REFUSED = (
    {"algorithm": "ring"},
    {"machine": "wse1", "width": 603},
    {"width": 70, "height": 64, "window": 4, "window_x": 70},
    {"width": 200, "height": 200, "words": 64, "algorithm": "ring", "program": "all_reduce", "window": 64},
    {"width": 750, "height": 994, "words": 8192},
    {"width": 750, "height": 994, "words": 64, "algorithm": "star"},
    {"program": "gemv", "words": 200},
    {"program": "weight_stream", "height": 994, "width": 2, "words": 8},
    {"dtype": "fp16", "width": 150, "height": 150, "words": 1},
    {"program": "transpose", "algorithm": "direct", "width": 24, "words": 1},
    {"program": "stream", "algorithm": "circular", "height": 1},
    {"program": "stream", "width": 1},
    {"program": "stream", "algorithm": "crossing", "height": 1},
    {"program": "weight_stream", "width": 1},
    {"defects": 0.2, "spares": 0},
    {"slow_factor": 2, "fault_x": 24},
    {"dead_link": "north", "fault_y": 0},
    {"machine": "wse1", "defects": 0.1},
)


@pytest.mark.parametrize("asked", REFUSED)
def test_what_is_refused_is_refused_in_every_language(asked):
    with pytest.raises(ScenarioError) as caught:
        FabricScenario.read(asked).simulate()
    texts = {code: Language(code)(caught.value.said) for code in LANGUAGES}
    assert len(set(texts.values())) == len(LANGUAGES)
