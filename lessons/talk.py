"""The talk that the course follows: its claims, each with what tests it, and a tour of it on the scenes.

What is said of a claim or at a station stands in the language files; here are its numbers. They are expressions over a
run and over published figures, as in a lesson, and what words say of them is held by further expressions.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.language import Message, Quantity, message
from engine.run import Figure
from engine.scenarios import Scenario
from lessons.blocks import Block, read_block
from lessons.expressions import value_of
from lessons.reading import settings_of
from lessons.scope import Scope, Simulate, hold, mistakes_at, outcome

CLAIMS = Path(__file__).parent / "talk_claims.yaml"
TOUR = Path(__file__).parent / "talk_tour.yaml"
VERDICTS = ("confirmed", "qualified", "not_checkable")
PICTURES = ("player", "curves")

_TIME = re.compile(r"(\d{1,2}):([0-5]\d)")


@dataclass(frozen=True)
class Evidence:
    """What a sentence stands on.

    Attributes
    ----------
    scenario : Scenario or None
        Whose run it is.
    values : dict of str to object
        What the placeholders of the sentence take.
    figures : tuple of Figure
        What they were computed from, each once, with its source.
    """

    scenario: Scenario | None
    values: dict[str, object]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Claim:
    """Something that the talk says.

    Attributes
    ----------
    name : str
        Its message is `claim_NAME`; the attribute `found` says what we found.
    verdict : str
        One of `VERDICTS`.
    lesson : str
        Slug of the lesson that tests it, "" for none.
    evidence : Evidence
        Its scenario is None where no run tests it.
    """

    name: str
    verdict: str
    lesson: str
    evidence: Evidence

    @property
    def found(self) -> Message:
        """What we found."""
        return message(f"claim_{self.name}.found", **self.evidence.values)


@dataclass(frozen=True)
class Point:
    """A part of the talk.

    Attributes
    ----------
    start, end : str
        Times of the recording, as "4:10".
    claims : tuple of Claim
        What is said in it.
    """

    start: str
    end: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Station:
    """A station of the tour.

    Attributes
    ----------
    name : str
        Its message is `station_NAME`, with a `title`.
    view : dict of str to str
        How its run is looked at, as in the address of an embed.
    picture : str
        One of `PICTURES`: the run in the player, or the curves of the home page.
    evidence : Evidence
        With its scenario.
    """

    name: str
    view: dict[str, str]
    picture: str
    evidence: Evidence

    @property
    def text(self) -> Message:
        """What is said at it."""
        return message(f"station_{self.name}", **self.evidence.values)


def read_claims(simulate: Simulate = outcome, path: Path = CLAIMS) -> tuple[Point, ...]:
    """Read the claims of the talk, and compute what is said of them.

    Parameters
    ----------
    simulate : callable
        Runs a scenario.
    path : Path
        The file.

    Returns
    -------
    tuple of Point
        In the order of the recording.

    Raises
    ------
    LessonError
        For the first mistake in the file, or a sentence that does not hold.
    """
    return tuple(_point(block, simulate) for block in _blocks(path, "points"))


def read_tour(simulate: Simulate = outcome, path: Path = TOUR) -> tuple[Station, ...]:
    """Read the stations of the tour; as `read_claims`."""
    return tuple(_station(block, simulate) for block in _blocks(path, "stations"))


def _blocks(path, name) -> Iterable[Block]:
    root = read_block(path, 1, name, path.read_text(encoding="utf-8"))
    root.only(name)
    return root.blocks(name)


def _point(block, simulate):
    block.only("at", "until", "claims")
    start, end = (block.word(name) for name in ("at", "until"))
    seconds = [_seconds(block, source) for source in (start, end)]
    if seconds[0] >= seconds[1]:
        raise block.refuse(message("talk_ends", start=start.text, end=end.text), end.line)
    return Point(start.text, end.text, tuple(_claim(entry, simulate) for entry in block.blocks("claims")))


def _seconds(block, source):
    found = _TIME.fullmatch(source.text)
    if not found:
        raise block.refuse(message("talk_time", got=source.text), source.line)
    return 60 * int(found[1]) + int(found[2])


def _claim(block, simulate):
    block.only("name", "verdict", "lesson", "show", "values", "holds")
    verdict, lesson = block.word("verdict"), block.word("lesson", "")
    _one_of(block, "verdict", verdict, VERDICTS)
    evidence = _evidence(block, simulate)
    if verdict.text != "not_checkable" and not (evidence.scenario or lesson.text):
        raise block.refuse(message("talk_untested", verdict=verdict.text))
    return Claim(block.word("name").text, verdict.text, lesson.text, evidence)


def _station(block, simulate):
    block.only("name", "show", "view", "picture", "values", "holds")
    picture = block.word("picture", PICTURES[0])
    _one_of(block, "picture", picture, PICTURES)
    block.block("show")
    view = block.block("view") if "view" in block.items else None
    words = {name: view.word(name).text for name in view.items} if view else {}
    return Station(block.word("name").text, words, picture.text, _evidence(block, simulate))


def _one_of(block, key, source, words):
    if source.text not in words:
        raise block.refuse(message("talk_one_of", key=key, words=list(words), got=source.text), source.line)


def _evidence(block, simulate) -> Evidence:
    shown = block.block("show") if "show" in block.items else None
    scene = shown.word("scene").text if shown else ""
    scope = Scope(block.path, block.line, scene, settings_of(shown, "scene") if shown else {}, simulate)
    names = scope.names() | {"quantity": Quantity}
    values = {}
    for name, source in (block.block("values").items if "values" in block.items else {}).items():
        with mistakes_at(block.path, source.line):
            values[name] = value_of(source.text, names)
    hold(block.path, block.words("holds", default=True), names)
    return Evidence(scope.scenario, values, tuple(scope.quoted.values()))
