"""The home page: what this is, a running picture, and a way into each scene."""

from tornado.web import RequestHandler

from engine.scenarios import SCENES
from viz.pages.scene import run_address
from viz.pages.shell import QUESTIONS, TITLES, render, shell


class HomeHandler(RequestHandler):
    """`/`: a plain page, no session."""

    def get(self):
        """Write the page."""
        scenes = [(name, TITLES[name], QUESTIONS[name], list(SCENES[name].presets)[:3]) for name in SCENES]
        self.set_header("Cache-Control", "no-cache")
        self.finish(render("home.html", shell=shell("home"), scenes=scenes, hero=run_address(SCENES["fabric"]())))
