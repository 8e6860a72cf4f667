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
from bokeh.core.serialization import Serializer
from bokeh.document import Document
from bokeh.models import BoxAnnotation, HoverTool

from engine.language import Language, message
from engine.run import Run
from engine.scenarios import ScenarioError
from viz.charts import charts_of
from viz.charts.chart import Chart, Host
from viz.charts.paint import PAINT
from viz.client import source

SHARPNESS = 3  # pixels of a chart for each of its own; a slide of 1920×1080 shows 2¼
SCRIPT = Path(bokeh.__file__).parent / "server/static/js/bokeh.min.js"


@dataclass(frozen=True)
class HeldCharts:
    """Charts as a page holds them.

    Attributes
    ----------
    config : dict
        What viz/client/player/charts.js draws: `figures`, a list of name, caption and either `module`, which draws it,
        or, of Bokeh's figures, `root`; where there are any, `doc`, a Bokeh document painted in the page's theme, and
        `themes`, the patch of the document for each.
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


def embedded_charts(scene: str) -> dict[str, type[Chart]]:
    """Return the charts of a scene that a page can hold, by name."""
    return {name: chart for name, chart in charts_of(scene).items() if chart.embeds}


def usual_charts(scene: str) -> dict[str, type[Chart]]:
    """Return those that every run of the scene has."""
    return {name: chart for name, chart in embedded_charts(scene).items() if not chart.needs}


def held_charts(run: Run, names: list[str], theme: str, t: Language) -> HeldCharts:
    """Return charts of a run.

    Parameters
    ----------
    run : Run
        What they show.
    names : list of str
        Keys of `embedded_charts`.
    theme : str
        In which the page opens.
    t : Language
        Of the page.

    Returns
    -------
    HeldCharts
        Equal for equal arguments.

    Raises
    ------
    ScenarioError
        If the run does not have one of them.
    """
    kinds = charts_of(run.scene)
    for name in names:
        if not kinds[name].is_in(run):
            raise ScenarioError(message("view_not_in_run", got=repr(name)))
    charts = [kinds[name](Host(t=t)) for name in names]
    for chart in charts:
        chart.shrink()
        chart.paint(theme)
        chart.show(run)
    content = {"figures": [_figure(chart, t) for chart in charts]}
    plotted = [chart for chart in charts if chart.plot is not None]
    if plotted:
        document = Document()
        for chart in plotted:
            _still(chart.plot)
            document.add_root(chart.plot)
        content["doc"] = document.to_json(deferred=False)
        content["themes"] = {other: _patch(plotted, document, other) for other in PAINT}
    modules = tuple(chart.module for chart in charts if chart.module)
    return HeldCharts(
        _numbered(content),
        bokeh_script() if plotted else "",
        modules,
        source(f"scenes/{run.scene}/charts.css") if modules else "",
    )


def _figure(chart, t):
    drawn = {"module": f"waferscope/{chart.module}"} if chart.module else {"root": chart.plot.id}
    return {"name": chart.name, "caption": chart.said or t(chart.label)} | drawn


def _still(plot):
    """Leave of what somebody can do with a figure only that it tells what is pointed at."""
    plot.tools = [tool for tool in plot.tools if isinstance(tool, HoverTool)]
    plot.sizing_mode = "stretch_both"
    for box in plot.select(BoxAnnotation):
        box.editable = False


@cache
def bokeh_script() -> str:
    """Return BokehJS, figures only, which draws for a stage that is scaled up."""
    return f"(function (devicePixelRatio) {{{SCRIPT.read_text(encoding='utf-8')}\n}}).call(window, {SHARPNESS})"


@cache
def packed_script() -> bytes:
    """Return BokehJS as a page holds it: a third of its size."""
    return gzip.compress(bokeh_script().encode(), 9, mtime=0)


def _patch(charts, document, theme):
    """Return what painting changes, as a message of Bokeh's protocol."""
    events = []
    document.on_change(events.append)
    for chart in charts:
        chart.paint(theme)
    document.remove_on_change(events.append)
    serializer = Serializer(references=document.models.synced_references, deferred=False)
    return {"events": [event.to_serializable(serializer) for event in events]}


def _numbered(content):
    """Return content with its models numbered from 1: Bokeh counts what was made since the start of the process."""
    text = json.dumps(content)
    names = {name: f'"p{k}"' for k, name in enumerate(dict.fromkeys(re.findall(r'"id": ("p\d+")', text)), 1)}
    return json.loads(re.sub(r'"p\d+"', lambda found: names.get(found[0], found[0]), text))
