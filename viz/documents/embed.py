"""A run as one page for a slide: what `/embed/SCENE` answers and `waferscope export` writes as .html.

The page holds its run, its modules and its font, so that it is one request on the web, needs nothing but itself in a
file, and works in a sandboxed frame. viz/client/embed/embed.js runs in it and viz/client/embed/embed.schema.json
lists what an address may say about the view.
"""

import base64
import html
import json
import os
import re
import zlib
from urllib.parse import parse_qsl, urlencode

from engine.language import Language, language, languages, message
from engine.run import Run
from engine.scenarios import SCENES, Scenario, ScenarioError
from viz.address import made_before
from viz.client import source
from viz.documents.document import document
from viz.documents.shell import render
from viz.format import figure_in_words
from viz.openings import page_query

SCHEMA = json.loads(source("embed/embed.schema.json"))
RULES: dict[str, dict] = SCHEMA["$defs"]["view"]["properties"]
"""What an address may say about the view: name to `pattern` and `description`."""

MADE = ("charts", "lang")
"""Settings that a page is made with: its hash cannot change them."""

LONGEST_QUERY = 20_000  # characters, once inflated

_CSS = source("embed/embed.css")
_MARK = re.compile(r"m:([a-z0-9_]+)")


def read_address(query: str) -> tuple[dict[str, str], dict[str, str]]:
    """Part the query of an embed's address into the scenario's and the view's settings.

    Parameters
    ----------
    query : str
        Without a question mark; a long one may stand in s=….

    Returns
    -------
    scenario : dict of str to str
        What `Scenario.read` takes.
    view : dict of str to str
        Checked against `RULES`, but for the names of marks.

    Raises
    ------
    ScenarioError
        Where a view setting breaks its rule, or a name is given twice.

    Examples
    --------
    >>> read_address("width=8&theme=dark")
    ({'width': '8'}, {'theme': 'dark'})
    """
    scenario, view = {}, {}
    pairs = parse_qsl(query, keep_blank_values=True)
    for name, value in [pair for each in pairs for pair in (_expanded(each[1]) if each[0] == "s" else [each])]:
        if name in scenario or name in view:
            raise ScenarioError(message("view_twice", name=name))
        (view if name in RULES else scenario)[name] = value
    check_view(view)
    return scenario, view


def _expanded(state):
    """Return the pairs of a long query; see `state` in the schema."""
    try:
        if not re.fullmatch(SCHEMA["$defs"]["state"]["pattern"].strip("^$"), state, re.ASCII):
            raise ValueError
        packed = base64.urlsafe_b64decode(state + "=" * (-len(state) % 4))
        return parse_qsl(zlib.decompressobj().decompress(packed, LONGEST_QUERY).decode(), keep_blank_values=True)
    except (ValueError, zlib.error) as error:
        raise ScenarioError(_must_be("s", state)) from error


def check_view(view: dict[str, str], run: Run | None = None) -> None:
    """Refuse a view that breaks a rule, or names a mark that a given run does not have.

    Parameters
    ----------
    view : dict of str to str
        Keys of `RULES` and their values.
    run : Run, optional
        The run that is shown.

    Raises
    ------
    ScenarioError
        Names the setting, the rule and the value.
    """
    for name, value in view.items():
        if name not in RULES:
            raise ScenarioError(message("view_no_setting", name=repr(name), names=list(RULES)))
        known = name != "lang" or language(value).code == value.lower().partition("-")[0]
        if not (known and re.fullmatch(RULES[name]["pattern"].strip("^$"), value, re.ASCII)):
            raise ScenarioError(_must_be(name, value))
        for mark in _MARK.findall(value) if run else ():
            names = [mark.name for mark in run.trace.marks]
            if mark not in names:
                raise ScenarioError(message("view_no_mark", name=name, marks=names, got=repr(mark)))
    if run and "charts" in view:
        from viz.documents.embed_charts import embedded_charts

        for chart in view["charts"].split(","):
            if chart not in (charts := embedded_charts(run.scene)):
                raise ScenarioError(message("view_no_chart", charts=list(charts), got=repr(chart)))


def _must_be(name, got):
    return message("must_be", name=name, rule=message(f"view_{name}", codes=list(languages())), got=repr(got[:60]))


def embed_html(packed: bytes, scenario: Scenario, view: dict[str, str], *, link: str = "", address: str = "") -> str:
    """Return the page of a run.

    Parameters
    ----------
    packed : bytes
        What is shown: `Run.packed()`.
    scenario : Scenario
        Of the run.
    view : dict of str to str
        Keys of `RULES`.
    link : str
        Address of the scene's page with all its controls, "" where there is none.
    address : str
        Where another scenario of the scene is served as an embed, "" where nowhere.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    ScenarioError
        As `check_view`.
    """
    run = Run.unpack(packed)
    check_view(view, run)
    theme, t = view.get("theme", "light"), language(view.get("lang", "en"))
    charts, held = _charts(run, view["charts"].split(","), theme, t) if "charts" in view else (None, {})
    config = {
        "scene": run.scene,
        "title": t(run.title),
        "query": scenario.query(),
        "view": view,
        "marks": [{"t": int(mark.t), "name": mark.name, "text": t(mark.text)} for mark in run.trace.marks],
        "duration": int(run.trace.duration),
        "rules": {name: rule["pattern"] for name, rule in RULES.items() if name not in MADE},
        "charts": charts,
        "hosts": frame_hosts(),
        "link": link,
        "address": address,
        "made_before": t("made_before") if made_before(view) else "",
    }
    title = t(run.title)
    figures = [figure_in_words(figure, t) for figure in run.figures.values()]
    head = (
        f'<meta name="description" content="{html.escape("; ".join(figures))}">\n'
        f'<meta name="generator" content="Waferscope">\n<meta name="license" content="Apache-2.0">'
    )
    unscripted = render("embed_text.html", title=title, figures=figures, t=t)
    return document(
        packed,
        title,
        theme=theme,
        config=config,
        start="embed/embed.js#createEmbed",
        css=_CSS + held.pop("css", ""),
        head=head,
        unscripted=unscripted,
        t=t,
        **held,
    )


def _charts(run, names, theme, t):
    """Return what the page holds of charts, and the script, modules and style that draw them."""
    from viz.documents.embed_charts import held_charts, packed_script  # Bokeh and Panel, which most pages do not need

    held = held_charts(run, names, theme, t)
    script = {"script": base64.b64encode(packed_script()).decode()} if held.script else {}
    return held.config | script, {"later": held.script, "modules": held.modules, "css": held.css}


def frame_hosts() -> list[str]:
    """Return the origins that may frame an embed and talk to it: `WAFERSCOPE_FRAME_ANCESTORS`, by default all."""
    return os.environ.get("WAFERSCOPE_FRAME_ANCESTORS", "*").split()


def error_html(scene: str, error: ScenarioError, t: Language) -> str:
    """Return the small page that says why a picture is not shown.

    Parameters
    ----------
    scene : str
        As in the address: anything.
    error : ScenarioError
        What is wrong.
    t : Language
        Of the page.

    Returns
    -------
    str
        HTML with links to what can be shown.
    """
    scenes = [scene] if scene in SCENES else list(SCENES)
    return render("embed_error.html", sentence=f"{t(error.said)}.", scenes=scenes, t=t)


def asked_language(query: str) -> Language:
    """Return the language that an address asks for, whatever else is wrong with it."""
    return language(dict(parse_qsl(query)).get("lang", "en"))


def scene_path(scenario: Scenario, view: dict[str, str]) -> str:
    """Return the address of a scene's own page within a site, in the language and of the version of a view."""
    look = urlencode({name: view[name] for name in ("lang", "v") if name in view})
    return f"/{scenario.scene}?{'&'.join(filter(None, (page_query(scenario), look)))}".rstrip("?")


def embed_query(scenario: Scenario, view: dict[str, str]) -> str:
    """Return the query of an embed's address: the scenario's words, then the view's."""
    return urlencode({**scenario.spelled(), **view}, safe=",:")
