"""The player as a component of Panel."""

import param

from engine.language import language
from engine.scenarios import SCENES
from viz.components.component import Component


class TracePlayer(Component):
    """The player in a Panel page; player.js documents its behaviour.

    It brings its texts along, in `lang`; in a page that has them it needs `texts=""`.
    """

    src = param.String("", label="Run", doc="URL of the packed run; a change swaps the run in place.")
    t = param.Number(0, bounds=(0, None), label="Time", doc="Time shown, written back on pause and seek [tick].")
    duration = param.Integer(
        0, bounds=(0, None), label="Duration", doc="Duration of the run, written by the browser [tick]."
    )
    shown = param.String("", label="Shown run", doc="URL of the run whose picture is drawn, written by the browser.")
    playing = param.Boolean(False, label="Playing", doc="Whether time runs.")
    speed = param.Selector(
        default=1, objects=[0.25, 0.5, 1, 2, 4], label="Speed", doc="Multiple of the pace of the run."
    )
    selected = param.Integer(
        None, bounds=(0, None), allow_None=True, label="Selected", doc="What is inspected, as the renderer numbers it."
    )
    label = param.String("", label="Name", doc="Name for assistive technology, by default that of a simulation.")
    heading = param.Selector(
        default="", objects=["", "h1", "h2", "h3"], label="Heading", doc="Element of the run's title, if shown."
    )
    inspector = param.Boolean(True, label="Inspector", doc="Whether the stage shows the card of what is selected.")

    lang = param.String("en", constant=True, label="Language", doc="Code of the language that it speaks.")
    texts = param.String(
        "", constant=True, label="Texts", doc="What it says in that language, in the format of Fluent."
    )

    _style = "player/player.css"

    def __init__(self, **params):
        texts = language(params.get("lang", "en")).source("numbers", "scenario", "player", *SCENES)
        super().__init__(**{"texts": texts, **params})
