"""The ledger of the talk: every claim with its time, its verdict, what we found, and what tests it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from engine.language import Language
from lessons.catalogue import titled
from lessons.lesson import Lesson
from lessons.talk import VERDICTS, Point
from viz.documents.embed import scene_path
from viz.documents.shell import render, shell


def talk_page(points: Sequence[Point], lessons: Mapping[str, Lesson], t: Language) -> str:
    """Return the page.

    Parameters
    ----------
    points : sequence of Point
        Of the talk, in order.
    lessons : mapping of str to Lesson
        Those of the course, by their slugs.
    t : Language
        Of the page.

    Returns
    -------
    str
        HTML; it needs no script.
    """
    view = {"lang": t.code} if t.query else {}
    return render(
        "talk.html",
        t=t,
        shell=shell("talk", t),
        points=points,
        lessons=lessons,
        titled=titled,
        counts=Counter(claim.verdict for point in points for claim in point.claims),
        verdicts=VERDICTS,
        open_address=lambda claim: scene_path(claim.evidence.scenario, view),
    )
