"""The player as a component of Panel."""

import param

from viz.components.component import Component


class TracePlayer(Component):
    """The player in a Panel page; player.js documents its behaviour."""

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
    label = param.String("Simulation", label="Name", doc="Name for assistive technology.")
    heading = param.Selector(
        default="", objects=["", "h1", "h2", "h3"], label="Heading", doc="Element of the run's title, if shown."
    )
    inspector = param.Boolean(True, label="Inspector", doc="Whether the stage shows the card of what is selected.")

    _style = "player/player.css"
