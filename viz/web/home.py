"""The home page: what this is, a running picture, and a way into each scene."""

from engine.scenarios import SCENES
from viz.address import run_address
from viz.documents.shell import render, shell
from viz.web.handlers import PageHandler


class HomeHandler(PageHandler):
    """`/`: a plain page, no session."""

    def get(self):
        """Write the page."""
        t = self.texts
        scenes = [
            (name, [t(f"preset_{name}_{preset}") for preset in list(SCENES[name].presets)[:3]]) for name in SCENES
        ]
        self.set_header("Cache-Control", "no-cache")
        parts, hero = shell("home", t, ["fabric"]), run_address(SCENES["fabric"]())
        self.finish(render("home.html", t=t, shell=parts, scenes=scenes, hero=hero))
