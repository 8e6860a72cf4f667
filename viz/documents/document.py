"""A page that shows a run and needs nothing else: no server, no network."""

import base64
import html
import json
from hashlib import sha256

from engine.language import Language, language
from engine.trace import unpack
from viz.client import inlined_theme, module_url, modules_for, source
from viz.documents.shell import render


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
    scene = unpack(packed)[1]["scene"]
    imports = {f"waferscope/{name}": module_url(name) for name in modules_for(scene, module, *modules)}
    files = ("numbers", "scenario", "player", scene)
    boot = (
        f'import {{ {function} }} from "waferscope/{module}"\n'
        "const text = (id) => document.getElementById(id).textContent\n"
        'const data = Uint8Array.from(atob(text("run")), (letter) => letter.charCodeAt(0))\n'
        f'{function}(document.querySelector("main"), {{ ...JSON.parse(text("waferscope-config")), data }})\n'
    )
    import_map = json.dumps({"imports": imports})
    style = inlined_theme() + source("player/player.css") + css
    t = t or language("en")
    scripts = " ".join(_digest(text) for text in (import_map, boot, later) if text)
    styles = "'unsafe-inline'" if later else _digest(style)
    policy = (
        f"default-src 'none'; script-src {scripts} data:; style-src {styles}; font-src data:; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    unscripted = unscripted or f"{html.escape(title)}. {t('embed_script')}"
    return f"""<!doctype html>
<html lang="{t.code}" data-theme="{html.escape(theme)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<link rel="icon" href="data:,">
{head}
{render("language.html", t=t, files=files).rstrip()}
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


def _digest(text):
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def _script_json(value):
    """Return JSON that cannot end the script element it stands in."""
    return json.dumps(value).replace("<", "\\u003c")
