"""The home page: what this is, a running picture, and a way into each scene."""

from tornado.web import RequestHandler

from engine.scenarios import SCENES
from viz.pages.scene import run_address
from viz.pages.shell import TITLES, render, shell

# What each scene lets people find out, as a question.
QUESTIONS = {
    "fabric": "How do 745,500 small cores add up their numbers, when each can only talk to its neighbours?",
    "memory": "What changes when all memory is one clock cycle away? And what when it is not?",
    "scaling": "Twice the machines: twice the speed? Sometimes. See where the time goes.",
    "planner": "From a speed to a project: how many days, how many failures, how long a context?",
}


class HomeHandler(RequestHandler):
    """`/`: a plain page, no session."""

    def get(self):
        """Write the page."""
        scenes = [(name, TITLES[name], QUESTIONS[name], list(SCENES[name].presets)[:3]) for name in SCENES]
        self.set_header("Cache-Control", "no-cache")
        self.finish(render("home.html", shell=shell("home"), scenes=scenes, hero=run_address(SCENES["fabric"]())))
