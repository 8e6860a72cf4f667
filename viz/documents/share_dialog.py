"""The dialog "Share & embed" of a page; share.js fills it."""

import json

from markupsafe import Markup

from engine.run import RESULTS
from viz.documents.embed_charts import usual_charts
from viz.documents.export.camera import can_draw
from viz.documents.shell import render


def share_dialog(scenes: set[str]) -> Markup:
    """Return the dialog for what is shown of some scenes.

    Parameters
    ----------
    scenes : set of str
        Keys of `engine.scenarios.SCENES`.

    Returns
    -------
    Markup
        HTML, closed at first.
    """
    charts = json.dumps({scene: usual_charts(scene) for scene in sorted(scenes)})
    return Markup(render("share.html", charts=charts, version=RESULTS, draws=can_draw()))
