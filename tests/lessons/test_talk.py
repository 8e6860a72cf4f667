"""The talk: none of its claims is left out, each number is that of its run, and the tour takes three minutes."""

import re
from functools import cache
from itertools import pairwise

import pytest
import yaml

from engine.language import Quantity, language, languages
from lessons.lesson import LessonError
from lessons.talk import CLAIMS, TOUR, read_claims, read_tour
from tests.lessons.test_language import messages

WORDS_A_MINUTE = 150  # read aloud

points, stations = cache(read_claims), cache(read_tour)


def claims():
    return [claim for point in points() for claim in point.claims]


def seconds(time):
    minutes, rest = time.split(":")
    return 60 * int(minutes) + int(rest)


@pytest.mark.slow
def test_all_fifteen_points_of_the_recording_are_there_in_order_and_each_claims_something():
    times = [(seconds(point.start), seconds(point.end)) for point in points()]
    assert len(times) == 15 and (times[0][0], times[-1][1]) == (seconds("1:27"), seconds("18:04"))
    assert all(end <= start for (_, end), (start, _) in pairwise(times))
    # What is not covered are pauses and turns of speech.
    assert sum(end - start for start, end in times) > 0.85 * (times[-1][1] - times[0][0])
    assert all(point.claims for point in points())


@pytest.mark.slow
@pytest.mark.parametrize("code", languages())
def test_every_claim_and_every_station_is_said_with_all_its_numbers(code):
    texts, t = messages(code), language(code)
    for kind, entries in (("claim", claims()), ("station", stations())):
        names = [entry.name for entry in entries]
        assert len(set(names)) == len(names)
        assert {name.removeprefix(f"{kind}_") for name in texts if name.startswith(f"{kind}_")} == set(names)
        for entry in entries:
            said = entry.found if kind == "claim" else entry.text
            body, attribute = re.split(r"\n\s+\.\w+ =", texts[f"{kind}_{entry.name}"])
            gaps = set(re.findall(r"\{ \$(\w+) \}", attribute if kind == "claim" else body))
            assert gaps == set(entry.evidence.values), entry.name
            assert t(said)


@pytest.mark.slow
def test_a_number_is_the_one_that_its_scenario_gives_when_it_runs_alone():
    by_name = {entry.name: entry.evidence for entry in (*claims(), *stations())}
    for name, figure, shown in (
        ("race", "time_ratio", "times"),
        ("edge", "time_ratio", "times"),
        ("babysitting", "days", "days"),
        ("streaming", "speedup", "speedup"),
        ("diminishing", "efficiency", "same"),
        ("preparation", "days", "modelled"),
        ("window", "memory_per_device", "memory"),
    ):
        found = by_name[name].scenario.simulate().figures[figure].value
        value = by_name[name].values[shown]
        assert (value.value if isinstance(value, Quantity) else value) == pytest.approx(found), name


@pytest.mark.slow
@pytest.mark.parametrize("code", languages())
def test_the_tour_is_told_in_two_to_three_minutes(code):
    t = language(code)
    texts = [t(station.text) for station in stations()]
    assert len(texts) == 12
    assert all(1 <= len(re.findall(r"[.?!](?:\s|$)", text)) <= 3 for text in texts)
    assert 2 <= sum(len(text.split()) for text in texts) / WORDS_A_MINUTE <= 3


@pytest.mark.slow
def test_a_claim_that_can_be_checked_names_a_run_or_a_lesson_and_has_sources():
    for claim in claims():
        if claim.verdict != "not_checkable":
            assert claim.evidence.figures, claim.name
            assert all(figure.source and figure.kind for figure in claim.evidence.figures)


@pytest.mark.parametrize("path", [CLAIMS, TOUR])
def test_the_texts_hold_no_number_of_a_run(path):
    """Numbers in the words of a claim are the talk's; those of what we found come from its runs."""
    blocks = yaml.safe_load(path.read_text(encoding="utf-8"))
    entries = blocks.get("stations") or [claim for point in blocks["points"] for claim in point["claims"]]
    english = messages("en")
    kind = "station" if path == TOUR else "claim"
    for entry in entries:
        text = english[f"{kind}_{entry['name']}"]
        found = re.split(r"\n\s+\.\w+ =", text)[1 if kind == "claim" else 0]
        # Names of models and machines, years, what the talk says once more, and the settings of a run.
        words = re.sub(r"\{ \$\w+ \}|GPT-3|CS-2|OPT-175B|405B|Llama 3|BERT|20\d\d", "", found)
        spoken = re.findall(r"\d[\d,.]*\d|\d", words)
        settings = f"{entry.get('show', {})} {entry.get('values', {})} {entry.get('holds', {})}"
        for number in spoken:
            plain = number.replace(",", "").rstrip(".")
            known = re.search(rf"(?<![\d.]){re.escape(plain)}(?![\d])", settings)
            assert known or (plain == "6" and "gpt-j" in settings), (entry["name"], number)


def test_a_mistake_in_the_files_is_named_with_its_line(tmp_path):
    path = tmp_path / "claims.yaml"
    good = 'points:\n  - at: "1:00"\n    until: "2:00"\n    claims:\n      - {name: a, verdict: not_checkable}\n'
    for change, said, line in (
        (("verdict: not_checkable", "verdict: perhaps"), "'verdict' must be one of", 5),
        (("not_checkable", "confirmed"), "needs a run", 5),
        (('"2:00"', '"0:30"'), "it must end after it begins", 3),
        (('"1:00"', "one"), "is written like 4:10", 2),
        (("not_checkable}", "not_checkable, values: {n: 1 / 0}}"), "zero", 5),
        (("not_checkable}", "not_checkable, holds: [1 > 2]}"), "is false", 5),
        (("verdict", "verdikt"), "has no 'verdikt'", 5),
    ):
        path.write_text(good.replace(*change), encoding="utf-8")
        with pytest.raises(LessonError, match=said) as caught:
            read_claims(path=path)
        assert caught.value.line == line, change
    path.write_text(good, encoding="utf-8")
    assert read_claims(path=path)[0].claims[0].evidence.figures == ()
