"""The dialog "Share & embed" of a page; share.js fills it."""

import json

from markupsafe import Markup

from engine.language import Language
from engine.run import RESULTS
from viz.documents.embed_charts import usual_charts
from viz.documents.export.camera import can_draw
from viz.documents.shell import render


def share_dialog(scenes: set[str], t: Language) -> Markup:
    """Return the dialog for what is shown of some scenes.

    Parameters
    ----------
    scenes : set of str
        Keys of `engine.scenarios.SCENES`.
    t : Language
        Of the page.

    Returns
    -------
    Markup
        HTML, closed at first.
    """
    charts = {scene: {name: t(chart.label) for name, chart in usual_charts(scene).items()} for scene in sorted(scenes)}
    return Markup(render("share.html", t=t, charts=json.dumps(charts), version=RESULTS, draws=can_draw()))
