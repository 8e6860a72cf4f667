"""Everything that a browser runs, and how Python takes it from here.

There is no build step: modules are served, and inlined into documents, as they stand.
"""

import base64
import posixpath
import re
from pathlib import Path

CLIENT = Path(__file__).parent
ENTRY = "player/player.js"
"""The module that a page with a player starts with; modules are named by their path within `CLIENT`."""

_IMPORT = re.compile(r"""(from |import\()(["`])((?:\.{1,2}/)+[a-z_/${}]+\.js)\2""")


def source(name: str) -> str:
    """Return the text of a file, named by its path within `CLIENT`."""
    return (CLIENT / name).read_text(encoding="utf-8")


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
            imports = _IMPORT.findall(source(name))
            ahead += [_beside(name, other) for how, _, other in imports if how == "from "]
    return found


def module_url(name: str) -> str:
    """Return a module as an address that holds it; its imports are named `waferscope/` and its path within `CLIENT`."""
    text = source(name)
    named = _IMPORT.sub(lambda at: f"{at[1]}{at[2]}waferscope/{_beside(name, at[3])}{at[2]}", text)
    return data_url("text/javascript", named)


def _beside(name, other):
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), other))


def inlined_theme() -> str:
    """Return theme.css with its font inside."""

    def inline(match):
        return f'url("{data_url("font/woff2", (CLIENT / "kit" / match[1]).read_bytes())}")'

    return re.sub(r'url\("([^"]+)"\)', inline, source("kit/theme.css"))


def data_url(kind: str, content: str | bytes) -> str:
    """Return content as an address that holds it; `kind` is its media type."""
    raw = content.encode() if isinstance(content, str) else content
    return f"data:{kind};base64,{base64.b64encode(raw).decode()}"
