"""The goal of a scene or of an exercise: what is asked, how near the present run is, and what to try next."""

import param

from viz.components.component import Component


class GoalStrip(Component):
    """What stands over the form of a scene. All texts are in the language of the page."""

    question = param.String(default="", doc="What the present scenario asks, for the title of the page.")

    purpose = param.String(default="", doc="Why anybody would, for the line below.")

    task = param.String(default="", doc="What is asked.")

    now = param.String(default="", doc="How near the present run is, beside what is needed; empty where none counts.")

    share = param.Number(default=0, bounds=(0, None), doc="Of the way: 1 where the goal is just reached.")

    met = param.Boolean(default=False, doc="Whether it is reached.")

    place = param.String(
        default="", doc="The exercise that this is, as its lesson names it; empty for the scene's own."
    )

    lang = param.String(default="", doc="Language of an exercise where it is not that of the page.")

    hints = param.List(default=[], item_type=str, doc="What helps with an exercise, one after the other.")

    solution = param.String(default="", doc="Its solution: a scenario of this scene as a query with its question mark.")

    said = param.String(default="", doc="What to look at in the present run.")

    further = param.List(
        default=[],
        doc="What to try next: words, address, and the language of another page. One of this scene begins with `?`.",
    )
