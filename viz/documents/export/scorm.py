"""A lesson as a SCORM 1.2 package: one page that holds its player, its modules and its runs, and a manifest.

Learning platforms such as Moodle, Ilias or Canvas take it as an activity and note the status and the score. The schema
files that some packages carry along are left out: the manifest names their namespaces, which is what platforms read.
"""

import base64
import io
import json
import re
import zipfile

from markupsafe import Markup

from engine.language import Language
from lessons.ready import ReadyLesson
from viz.client import CLIENT, ENTRY, data_url, inlined_theme, module_url, modules_for, source
from viz.documents.lesson import Held, charts_shown, lesson_page, runs_of
from viz.documents.shell import render
from viz.runs import RUNS

STORED_APART = {"pages/lesson_store.js": "pages/lesson_scorm.js"}
"""Modules that another one takes the place of in a package."""

_EPOCH = (1980, 1, 1, 0, 0, 0)  # of zip files: equal lessons give equal packages


def scorm_package(lesson: ReadyLesson, t: Language, site: str = "") -> bytes:
    """Return a lesson as a SCORM 1.2 package.

    Parameters
    ----------
    lesson : ReadyLesson
        Evaluated.
    t : Language
        Texts of the page.
    site : str
        Address of a Waferscope that learners can reach, for links into the scenes; "" for no links.

    Returns
    -------
    bytes
        A zip file with `imsmanifest.xml` and `index.html`.
    """
    site = site.rstrip("/")
    page = lesson_page(lesson, [], t, held=_held(lesson), site=site)
    # Terms in the prose lead to the glossary; where there is none, they only show what they mean.
    page = re.sub(r'href="(/course/glossary[^"#]*)', lambda link: f'href="{site and site + link[1]}', page)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in {"imsmanifest.xml": render("imsmanifest.xml", lesson=lesson), "index.html": page}.items():
            package.writestr(zipfile.ZipInfo(name, _EPOCH), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _held(lesson):
    charts = charts_shown(lesson)
    styles = [
        "player/player.css",
        "pages/page.css",
        "pages/lesson.css",
        *(f"scenes/{name}/charts.css" for name in charts),
    ]
    sheets = [source(name) for name in styles]
    runs = {address: RUNS.ask(scenario).future.result() for address, scenario in runs_of(lesson).items()}
    return Held(
        icon=data_url("image/svg+xml", (CLIENT / "kit/icon.svg").read_bytes()),
        css=Markup("\n".join([inlined_theme(), *sheets])),
        theme=Markup(source("pages/theme.js")),
        imports=Markup(json.dumps({"imports": _imports({step.scene for step in lesson.steps}, charts)})),
        runs={address: base64.b64encode(data).decode() for address, data in runs.items()},
    )


def _imports(scenes, charts):
    """Return every module that the page may load, by a name that needs no server."""
    pages = [f"pages/{path.name}" for path in sorted((CLIENT / "pages").glob("lesson*.js"))]
    names = [
        name for scene in sorted(scenes) for name in modules_for(scene, ENTRY, *pages, *sorted(charts.get(scene, ())))
    ]
    return {f"waferscope/{name}": module_url(STORED_APART.get(name, name)) for name in dict.fromkeys(names)}
