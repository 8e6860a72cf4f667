"""The charts of a scene in a page without a session: Bokeh's figures as data, and what each theme changes in them.

Those that a module of the page draws from its run are taken along as that module. They are the figures of the scene's
own page. What needs Python there, such as opening a point, is left out.
"""

import gzip
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import bokeh
import panel as pn
from bokeh.core.serialization import Serializer
from bokeh.document import Document
from bokeh.models import BoxAnnotation, HoverTool

from engine.run import Run
from engine.scenarios import ScenarioError
from viz.charts.memory_roofline import DRAG
from viz.charts.paint import PAINT
from viz.charts.scenes import SCENE_CHARTS
from viz.client import source

SHARPNESS = 3  # pixels of a chart for each of its own; a slide of 1920×1080 shows 2¼
SCRIPT = Path(bokeh.__file__).parent / "server/static/js/bokeh.min.js"


@dataclass(frozen=True)
class HeldCharts:
    """Charts as a page holds them.

    Attributes
    ----------
    config : dict
        What viz/client/player/charts.js draws: `figures`, a list of name, caption and, of Bokeh's figures, root; where
        there are any, `doc`, a Bokeh document painted in the page's theme, and `themes`, the patch of the document for
        each.
    script : str
        BokehJS, "" where nothing needs it.
    modules : tuple of str
        Modules that draw the others.
    css : str
        Their style.
    """

    config: dict
    script: str
    modules: tuple[str, ...]
    css: str


@cache
def chart_labels(scene: str) -> dict[str, str]:
    """Return the charts of a scene that a page can hold: name to label."""
    charts = SCENE_CHARTS[scene](_nobody)
    tools = getattr(charts, "tools", None)
    labels = charts.captions | getattr(charts, "labels", {}) | dict(getattr(tools, "charts", []))
    held = _figures(charts).keys() | set(getattr(charts, "drawn", ()))
    return {name: label or name.capitalize() for name, label in labels.items() if name in held}


@cache
def usual_charts(scene: str) -> dict[str, str]:
    """Return those that every run of the scene has."""
    charts = SCENE_CHARTS[scene](_nobody)
    return {name: label for name, label in chart_labels(scene).items() if _is_there(charts, name)}


def held_charts(run: Run, names: list[str], theme: str) -> HeldCharts:
    """Return charts of a run.

    Parameters
    ----------
    run : Run
        With its columns.
    names : list of str
        Keys of `chart_labels`.
    theme : str
        In which the page opens.

    Returns
    -------
    HeldCharts
        Equal for equal arguments.

    Raises
    ------
    ScenarioError
        If the run does not have one of them.
    """
    charts = SCENE_CHARTS[run.scene](_nobody)
    charts.show(run)
    for name in names:
        if not _is_there(charts, name):
            raise ScenarioError(f"charts must name charts of this run, which has no {name!r}")
    charts.paint(theme)
    plots = {name: plot for name, plot in _figures(charts).items() if name in names}
    document = Document()
    for plot in plots.values():
        plot.tools = [tool for tool in plot.tools if isinstance(tool, HoverTool)]
        plot.sizing_mode = "stretch_both"
        for box in plot.select(BoxAnnotation):
            box.editable = False
        document.add_root(plot)
    said = getattr(getattr(charts, "tools", None), "said", None)
    captions = chart_labels(run.scene) | (said if isinstance(said, dict) else {})
    content = {"figures": [{"name": name, "caption": captions[name].removesuffix(DRAG).rstrip()} for name in names]}
    if plots:
        for figure in content["figures"]:
            if figure["name"] in plots:
                figure["root"] = plots[figure["name"]].id
        content["doc"] = document.to_json(deferred=False)
        content["themes"] = {other: _patch(charts, document, other) for other in PAINT}
    drawn = len(plots) < len(names)
    return HeldCharts(
        _numbered(content),
        bokeh_script() if plots else "",
        (f"scenes/{run.scene}/charts.js",) if drawn else (),
        source(f"scenes/{run.scene}/charts.css") if drawn else "",
    )


@cache
def bokeh_script() -> str:
    """Return BokehJS, figures only, which draws for a stage that is scaled up."""
    return f"(function (devicePixelRatio) {{{SCRIPT.read_text(encoding='utf-8')}\n}}).call(window, {SHARPNESS})"


@cache
def packed_script() -> bytes:
    """Return BokehJS as a page holds it: a third of its size."""
    return gzip.compress(bokeh_script().encode(), 9, mtime=0)


def _figures(charts):
    found = {name: pane.select(pn.pane.Bokeh) for name, pane in charts.panes.items()}
    running = getattr(charts, "running", ())
    return {name: panes[0].object for name, panes in found.items() if panes and name not in running}


def _is_there(charts, name):
    return name not in charts.panes or charts.panes[name].visible


def _patch(charts, document, theme):
    """Return what painting changes, as a message of Bokeh's protocol."""
    events = []
    document.on_change(events.append)
    charts.paint(theme)
    document.remove_on_change(events.append)
    serializer = Serializer(references=document.models.synced_references, deferred=False)
    return {"events": [event.to_serializable(serializer) for event in events]}


def _numbered(content):
    """Return content with its models numbered from 1: Bokeh counts what was made since the start of the process."""
    text = json.dumps(content)
    names = {name: f'"p{k}"' for k, name in enumerate(dict.fromkeys(re.findall(r'"id": ("p\d+")', text)), 1)}
    return json.loads(re.sub(r'"p\d+"', lambda found: names.get(found[0], found[0]), text))


def _nobody(changes):
    """Receive what a chart asks for where nobody can change the scenario."""
