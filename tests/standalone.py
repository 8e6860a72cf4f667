"""A page with a player alone, for tests of the player."""

from viz.client import ENTRY
from viz.documents.document import document

_PAGE_CSS = """
body { margin: 0; background: var(--paper); }
main { --stage-shape: auto; height: 100vh; height: 100dvh; padding: 14px 18px 8px; box-sizing: border-box; }
@media (max-height: 420px) { main { padding: 6px 10px; } }
"""


def standalone_html(packed: bytes, title: str, *, theme: str = "light", options: dict | None = None) -> str:
    """Return one page with a player that needs no server and no network.

    `options` are further ones of `createPlayer`, JSON values only; the other parameters are those of `document`.
    """
    options = {"heading": "h1", "label": title, "autoplay": True} | (options or {})
    return document(packed, title, theme=theme, config=options, start=f"{ENTRY}#createPlayer", css=_PAGE_CSS)
