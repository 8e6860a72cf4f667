"""The trace player for Python: a Panel component, and a page that needs nothing else."""

import base64
import html
import json
import posixpath
import re
from hashlib import sha256

import param
from markupsafe import Markup
from panel.custom import JSComponent

from engine.trace import unpack
from lessons.language import Language, language
from viz.client import CLIENT
from viz.documents.shell import render

TRANSLATE = CLIENT / "kit/translate.js"
THEME = CLIENT / "kit/theme.css"
ENTRY = "player/player.js"
"""The module that a page with a player starts with; modules are named by their path within `CLIENT`."""

_CSS = (CLIENT / "player/player.css").read_text(encoding="utf-8")
_IMPORT = re.compile(r"""(from |import\()"((?:\.{1,2}/)+[a-z_/]+\.js)\"""")


class TracePlayer(JSComponent):
    """The player in a Panel page; player.js documents its behaviour."""

    src = param.String("", label="Run", doc="URL of the packed run; a change swaps the run in place.")
    base = param.String(
        "/assets/player/", label="Modules", doc="URL, ending in a slash, under which player.js is served."
    )
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

    _esm = CLIENT / "components/player.js"
    _stylesheets = (_CSS,)


def modules_for(scene: str, *entries: str) -> list[str]:
    """Return the modules that a page of one scene loads, for preloading and inlining.

    Parameters
    ----------
    scene : str
        Name of the scene, which is that of its renderer.
    *entries : str
        Modules that the page imports, by default `ENTRY`.

    Returns
    -------
    list of str
        Paths within `CLIENT`: the entries, the renderer and what they import.
    """
    found, ahead = [], [*(entries or [ENTRY]), f"scenes/{scene}/renderer.js"]
    while ahead:
        name = ahead.pop(0)
        if name not in found:
            found.append(name)
            imports = _IMPORT.findall((CLIENT / name).read_text(encoding="utf-8"))
            ahead += [_beside(name, other) for how, other in imports if how == "from "]
    return found


def module_url(name: str) -> str:
    """Return a module as an address that holds it; its imports are named `waferscope/` and its path within `CLIENT`."""
    text = (CLIENT / name).read_text(encoding="utf-8")
    return data_url("text/javascript", _IMPORT.sub(lambda at: f'{at[1]}"waferscope/{_beside(name, at[2])}"', text))


def _beside(name, other):
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), other))


def standalone_html(packed: bytes, title: str, *, theme: str = "light", options: dict | None = None) -> str:
    """Return one page with a player that needs no server and no network.

    Parameters
    ----------
    packed : bytes
        A packed run.
    title : str
        Title of the document.
    theme : str
        "light", "dark" or "projector".
    options : dict
        Further options of `createPlayer`, JSON values only.

    Returns
    -------
    str
        HTML.
    """
    options = {"heading": "h1", "label": title, "autoplay": True} | (options or {})
    return document(packed, title, theme=theme, config=options, start=f"{ENTRY}#createPlayer", css=_PAGE_CSS)


def document(
    packed: bytes,
    title: str,
    *,
    theme: str,
    config: dict,
    start: str,
    css: str,
    head: str = "",
    unscripted: str = "",
    later: str = "",
    t: Language | None = None,
    modules: tuple[str, ...] = (),
) -> str:
    """Return a page that holds a run, the modules that show it, and all else it needs.

    Parameters
    ----------
    packed : bytes
        A packed run.
    title : str
        Title of the document.
    theme : str
        "light", "dark" or "projector".
    config : dict
        Options of the function that is called, JSON values only.
    start : str
        Module and exported function: "player/player.js#createPlayer". It is called with the element `main` and the
        options.
    css : str
        Style of the page around the player.
    head : str
        HTML for the head.
    unscripted : str
        HTML for a browser that runs no script.
    later : str
        Classic script that a module may add to the page; the page then allows styles of any content.
    t : Language, optional
        What the scripts show is written in it; English by default.
    modules : tuple of str
        Further ones that may be imported in the page.

    Returns
    -------
    str
        HTML. Its content security policy allows the scripts and styles it contains, by hash, and no connection.
    """
    module, function = start.split("#")
    imports = {
        f"waferscope/{name}": module_url(name) for name in modules_for(unpack(packed)[1]["scene"], module, *modules)
    }
    boot = (
        f'import {{ {function} }} from "waferscope/{module}"\n'
        "const text = (id) => document.getElementById(id).textContent\n"
        'const data = Uint8Array.from(atob(text("run")), (letter) => letter.charCodeAt(0))\n'
        f'{function}(document.querySelector("main"), {{ ...JSON.parse(text("waferscope-config")), data }})\n'
    )
    import_map = json.dumps({"imports": imports})
    style = inlined_theme() + _CSS + css
    t = t or language("en")
    translate = TRANSLATE.read_text(encoding="utf-8") if t.sentences else ""
    scripts = " ".join(_digest(text) for text in (translate, import_map, boot, later) if text)
    styles = "'unsafe-inline'" if later else _digest(style)
    policy = (
        f"default-src 'none'; script-src {scripts} data:; style-src {styles}; font-src data:; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    unscripted = unscripted or f"{html.escape(title)}: this page needs JavaScript, which is inside the file."
    return f"""<!doctype html>
<html lang="{t.code}" data-theme="{html.escape(theme)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<link rel="icon" href="data:,">
{head}
{render("language.html", t=t, script=Markup(translate)).rstrip()}
<style>{style}</style>
<script type="importmap">{import_map}</script>
</head>
<body>
<main></main>
<noscript>{unscripted}</noscript>
<script type="application/json" id="waferscope-config">{_script_json(config)}</script>
<script type="text/plain" id="run">{base64.b64encode(packed).decode()}</script>
<script type="module">{boot}</script>
</body>
</html>
"""


_PAGE_CSS = """
body { margin: 0; background: var(--paper); }
main { height: 100vh; height: 100dvh; padding: 14px 18px 8px; box-sizing: border-box; }
@media (max-height: 420px) { main { padding: 6px 10px; } }
"""


def inlined_theme() -> str:
    """Return theme.css with its font inside."""

    def inline(match):
        return f'url("{data_url("font/woff2", (THEME.parent / match[1]).read_bytes())}")'

    return re.sub(r'url\("([^"]+)"\)', inline, THEME.read_text(encoding="utf-8"))


def data_url(kind: str, content: str | bytes) -> str:
    """Return content as an address that holds it; `kind` is its media type."""
    raw = content.encode() if isinstance(content, str) else content
    return f"data:{kind};base64,{base64.b64encode(raw).decode()}"


def _digest(text):
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def _script_json(value):
    """Return JSON that cannot end the script element it stands in."""
    return json.dumps(value).replace("<", "\\u003c")
