"""What all pages share: head, header and the way to render a template."""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from engine.language import Language, language, languages
from engine.scenarios import SCENES
from viz.client import CLIENT, data_url

TEMPLATES = Path(__file__).parent / "templates"
# In the page: browsers ask for it again with each step of the history, which every change of a control is.
ICON = data_url("image/svg+xml", (CLIENT / "kit/icon.svg").read_bytes())

_environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


def render(template: str, **values) -> str:
    """Fill a template of `viz/documents/templates`; everything that is not Markup is escaped.

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


def page_texts(current: str, scenes: Iterable[str]) -> list[str]:
    """Return the files of `engine/texts` that the scripts of a page need; parameters as of `shell`."""
    own = {*scenes, *({current} & set(SCENES))}
    # What a run of a scene that extends another says may be in words of that one.
    shown = sorted({each.scene for name in own for each in SCENES[name].__mro__ if getattr(each, "scene", "")})
    player = ["scenario", "player", "home" if current == "home" else "interface", *shown]
    extra = {"course": ["pages"]}.get(current, ["glossary"] if current in SCENES else [])
    return ["numbers", *(player if shown else []), *extra]


def shell(current: str, t: Language, scenes: Iterable[str] = ()) -> dict[str, Markup]:
    """Return the parts that every page has.

    Parameters
    ----------
    current : str
        Name of the present page, as in its address.
    t : Language
        Texts of the page.
    scenes : iterable of str
        Scenes of which the page may show runs, beside its own.

    Returns
    -------
    dict of str to Markup
        `head` (style sheets, theme, language), `languages` (links to the page in the others) and `header` (name,
        navigation, theme button, languages).
    """
    pages = [*((name, t(f"scene_{name}")) for name in SCENES), ("course", t("course"))]
    others = [language(code) for code in languages() if code != t.code]
    links = Markup(render("languages.html", t=t, others=others))
    values = {"t": t, "icon": ICON, "current": current, "pages": pages, "is_scene": current in SCENES}
    values |= {"languages": links, "files": page_texts(current, scenes)}
    parts = {name: Markup(render(f"{name}.html", **values)) for name in ("head", "header")}
    return {**parts, "languages": links}
