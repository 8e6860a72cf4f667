"""Takes pictures of a run: a headless browser draws them with the player's own renderer.

A second renderer in Python would have to be kept equal to the first, shape by shape and font by font. The browser is
the one that is on the machine; nothing is downloaded, and the font is inside the page, so that pictures are the same
everywhere.
"""

import base64
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.language import Refusal, message
from engine.run import Run
from engine.scenarios import Scenario
from viz.documents.embed import embed_html

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PACKAGES = ("playwright", "imageio_ffmpeg", "PIL", "pptx")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none")
_NO_BROWSER = message("export_no_browser")
_PLAYER = (
    "const player = document.querySelector('.ws-player').player; "
    "const still = await import('waferscope/player/still.js');"
)


class ExportError(Refusal):
    """Says why a file cannot be written, and what to do."""


class Camera:
    """Draws a run at any time. Made by `camera`."""

    def __init__(self, page):
        self._page = page

    def png(self, t: float, scale: float) -> bytes:
        """Return the picture of a time as PNG, `scale` times 1280×720."""
        return self._picture("image/png", t, t, scale)

    def jpeg(self, t: float, said: float, scale: float) -> bytes:
        """Return the picture of a time as JPEG, with the sentence of the time `said`."""
        return self._picture("image/jpeg", t, said, scale)

    def svg(self, t: float) -> str:
        """Return the picture of a time as SVG."""
        return self._page.evaluate(f"async (t) => {{ {_PLAYER} return still.stillSvg(player, t) }}", float(t))

    def _picture(self, kind, t, said, scale):
        url = self._page.evaluate(
            f"async ([kind, t, said, scale]) => {{ {_PLAYER}"
            "return (await still.still(player, t, scale, said)).toDataURL(kind, 0.96) }",
            [kind, float(t), float(said), scale],  # times of a run may be NumPy's, which Playwright does not take
        )
        return base64.b64decode(url.partition(",")[2])


@contextmanager
def camera(run: Run, scenario: Scenario, view: dict[str, str]) -> Iterator[Camera]:
    """Open a run in a headless browser.

    Parameters
    ----------
    run : Run
        What is shown.
    scenario : Scenario
        Of the run.
    view : dict of str to str
        As in an embed's address, of which theme, look and language are taken.

    Yields
    ------
    Camera
        Usable until the block ends.

    Raises
    ------
    ExportError
        If there is no browser, or no Playwright to drive it.
    """
    seen = {name: view[name] for name in ("theme", "look", "lang") if name in view}
    html = embed_html(run.packed(), scenario, seen | {"static": "1"})
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder, "run.html")
        file.write_text(html, encoding="utf-8")
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(file.as_uri())
        page.wait_for_selector("[data-waferscope-ready]", timeout=60_000)
        yield Camera(page)


@contextmanager
def chromium():
    """Open the headless browser of this machine.

    Yields
    ------
    playwright.sync_api.Browser
        Closed at the end of the block.

    Raises
    ------
    ExportError
        If there is no browser, no Playwright to drive it, or if it fails inside the block.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise ExportError(message("export_packages", command="pip install 'waferscope[export]'")) from error
    path = browser_path()
    if os.environ.get("CHROMIUM") and not path:
        raise ExportError(_NO_BROWSER)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        except Error as error:
            raise ExportError(_NO_BROWSER) from error
        try:
            yield browser
        except Error as error:
            raise ExportError(message("export_not_drawn", reason=error.message.splitlines()[0])) from error
        finally:
            browser.close()


def browser_path() -> str | None:
    """Return the path of the browser of this machine, of `CHROMIUM` where that is set; None where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def can_draw() -> bool:
    """Return whether this machine has the browser and the packages that films are made with."""
    return bool(browser_path()) and all(importlib.util.find_spec(name) for name in PACKAGES)
