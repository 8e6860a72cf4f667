"""Builds the sample deck: frames, posters and reveal.js beside it.

`npm install reveal.js`, then `python docs/embed/deck/build.py node_modules/reveal.js`, then serve docs/embed. Versions
4, 5 and 6 of reveal.js will do.
"""

import shutil
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


def take_reveal(package: Path, folder: Path) -> None:
    """Copy what the deck needs of reveal.js.

    Parameters
    ----------
    package : Path
        Folder of the npm package.
    folder : Path
        Where `reveal/` is made.
    """
    shutil.copytree(package / "dist", folder / "reveal/dist")
    places = [package / "plugin/notes/notes.js", package / "dist/plugin/notes.js"]  # until and since version 6
    shutil.copy(next(place for place in places if place.exists()), folder / "reveal/notes.js")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    take_reveal(Path(sys.argv[1]), HERE)
    build(HERE)
