"""What all pages share: head, header and the way to render a template."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from engine.scenarios import SCENES

TEMPLATES = Path(__file__).parent / "templates"

# Name of a scene in the header; a scene that is not in SCENES yet has no entry.
TITLES = {"fabric": "Dataflow", "memory": "Memory", "scaling": "Scaling", "planner": "Planner"}

# What each scene lets people find out, as a question.
QUESTIONS = {
    "fabric": "How do 745,500 small cores add up their numbers, when each can only talk to its neighbours?",
    "memory": "What changes when all memory is one clock cycle away? And what when it is not?",
    "scaling": "Twice the machines: twice the speed? Sometimes. See where the time goes.",
    "planner": "From a speed to a project: how many days, how many failures, how long a context?",
}

_environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


def render(template: str, **values) -> str:
    """Fill a template of `viz/pages/templates`; everything that is not Markup is escaped.

    Parameters
    ----------
    template : str
        File name.
    **values
        What the template needs.

    Returns
    -------
    str
        HTML.
    """
    return _environment.get_template(template).render(**values)


def shell(current: str) -> dict[str, Markup]:
    """Return the parts that every page has.

    Parameters
    ----------
    current : str
        Name of the present page, as in its address.

    Returns
    -------
    dict of str to Markup
        `head` (style sheets, theme) and `header` (name, navigation, theme button).
    """
    pages = [*((name, TITLES[name]) for name in SCENES), ("course", "Course")]
    return {
        "head": Markup(render("head.html")),
        "header": Markup(render("header.html", current=current, pages=pages, is_scene=current in SCENES)),
    }
