"""Builds the sample deck, and that of the tour of the talk: frames, posters and reveal.js beside them.

`npm install reveal.js`, then `python docs/embed/deck/build.py node_modules/reveal.js`, then serve docs/embed: the
decks are index.html and tour.html. A language may follow, in which the tour is told. Versions 4, 5 and 6 of reveal.js
will do.
"""

import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

from engine.language import language
from lessons.talk import read_tour
from viz.documents.tour import tour_slides

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


def frames_of(deck: Path) -> dict[str, list[str]]:
    """Return the scene and the settings of each frame of a deck, by the name of its file."""
    frames = Frames()
    frames.feed(deck.read_text(encoding="utf-8"))
    return frames.found


def build(deck: Path, folder: Path, endings: tuple[str, ...] = (".html", ".png")) -> None:
    """Export each frame of a deck.

    Parameters
    ----------
    deck : Path
        Its page.
    folder : Path
        Where `scenes/` is made.
    endings : tuple of str
        Files to write for each.
    """
    for name, (scene, *settings) in frames_of(deck).items():
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
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    take_reveal(Path(sys.argv[1]), HERE)
    tour = HERE / "tour.html"
    tour.write_text(tour_slides(read_tour(), language(*sys.argv[2:] or ["en"])), encoding="utf-8")
    for deck in (HERE / "index.html", tour):
        build(deck, HERE)
