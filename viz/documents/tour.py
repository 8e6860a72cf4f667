"""The tour of the talk: its page, and its slides for reveal.js. Both show the same runs in the same views."""

from collections.abc import Mapping, Sequence

from engine.language import Language
from engine.run import Run
from lessons.talk import Station
from viz.address import run_address
from viz.documents.curves import curves_of, ends_of
from viz.documents.embed import check_view, scene_path
from viz.documents.shell import render, shell


def tour_page(stations: Sequence[Station], sides: Mapping[str, Run], t: Language, first: int = 1) -> str:
    """Return the page of the tour.

    Parameters
    ----------
    stations : sequence of Station
        In order.
    sides : mapping of str to Run
        "gpus" and "wafers" of `viz.documents.curves.SIDES`.
    t : Language
        Of the page.
    first : int
        Station to begin at, from 1.

    Returns
    -------
    str
        HTML: readable without scripts, with them one station at a time.
    """
    for station in stations:
        check_view(station.view)
    curves = curves_of(**sides)
    return render(
        "tour.html",
        t=t,
        shell=shell("tour", t, sorted({station.evidence.scenario.scene for station in stations})),
        stations=stations,
        curves=curves,
        ends=ends_of(curves),
        open_address=lambda station: scene_path(station.evidence.scenario, {} if not t.query else {"lang": t.code}),
        data={
            "first": first,
            "stations": [
                {"src": run_address(each.evidence.scenario), "view": each.view, "picture": each.picture}
                for each in stations
            ],
        },
    )


def tour_slides(stations: Sequence[Station], t: Language) -> str:
    """Return the tour as a deck of reveal.js, which lies beside it as docs/embed/deck/build.py puts it.

    Parameters
    ----------
    stations : sequence of Station
        In order; the frame of each is `scenes/tour-NAME.html`.
    t : Language
        Of the slides.

    Returns
    -------
    str
        HTML.
    """

    def frame(station):
        view = {**station.view, "autoplay": "slide"} | ({} if t.code == "en" else {"lang": t.code})
        words = station.evidence.scenario.spelled() | view
        return " ".join([station.evidence.scenario.scene, *(f"{name}={value}" for name, value in words.items())])

    return render("tour_slides.html", t=t, stations=stations, frame=frame)
