"""Builds the frames and posters of the sample deck: `python docs/embed/deck/build.py`, then serve docs/embed.

The deck expects reveal.js (4 or 5) in the folder `reveal` beside it: `npm install reveal.js@5` and copy or link it.
"""

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).parent


class Frames(HTMLParser):
    """Collects name and scenario of each frame."""

    def __init__(self):
        super().__init__()
        self.found = {}

    def handle_starttag(self, tag, attrs):
        """Read the attributes of a frame."""
        given = dict(attrs)
        if "data-scenario" in given:
            self.found[Path(given["data-src"]).stem] = given["data-scenario"].split()


def build(folder: Path, endings: tuple[str, ...] = (".html", ".png")) -> None:
    """Export each frame of the deck.

    Parameters
    ----------
    folder : Path
        Where `scenes/` is made.
    endings : tuple of str
        Files to write for each.
    """
    frames = Frames()
    frames.feed((HERE / "index.html").read_text(encoding="utf-8"))
    for name, (scene, *settings) in frames.found.items():
        for ending in endings:
            file = folder / "scenes" / f"{name}{ending}"
            controls = ["controls=mini"]
            subprocess.run(
                [sys.executable, "-m", "viz", "export", scene, *settings, *controls, "--to", file], check=True
            )


if __name__ == "__main__":
    build(HERE)
