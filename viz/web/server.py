"""Handlers beside the Panel pages: runs, assets, health. None of them has a session."""

import asyncio
import hashlib
import json
from pathlib import Path

from tornado.web import HTTPError, StaticFileHandler

from engine.scenarios import SCENES, scenario_class
from viz.address import split_query
from viz.client import CLIENT
from viz.runs import engine_version
from viz.web.course import Course, course_routes
from viz.web.embed import EmbedHandler
from viz.web.films import FilmHandler
from viz.web.handlers import Handler, RunningHandler
from viz.web.home import HomeHandler
from viz.web.share import ExportHandler, LessonQrHandler, OembedHandler, QrHandler
from viz.web.talk import TalkHandler, TourHandler

A_YEAR = "public, max-age=31536000, immutable"


class RunHandler(RunningHandler):
    """`/run/SCENE?QUERY`: the packed run of a scenario, a pure function of its address."""

    async def get(self, scene):
        """Answer from the store, or compute on a thread of the store."""
        query, view = split_query(self.request.query)
        scenario = scenario_class(scene).read_query(query)
        packed = await asyncio.wrap_future(self.ask(scenario).future)
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("Cache-Control", A_YEAR if view.get("v") == engine_version() else "no-cache")
        self.set_header("Etag", f'"{hashlib.sha256(packed).hexdigest()[:24]}"')
        if self.check_etag_header():
            self.set_status(304)
            return
        self.finish(packed)


class HealthHandler(Handler):
    """`/health`: for whoever watches the process."""

    def get(self):
        """Say that the event loop answers, and for which scenes and engine."""
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps({"status": "ok", "engine": engine_version(), "scenes": list(SCENES)}))


class AssetHandler(StaticFileHandler):
    """`/assets/…`: style sheets, modules and fonts of this package."""

    SUFFIXES = (".css", ".js", ".woff2", ".svg", ".png")

    def set_extra_headers(self, path):
        """Let a sandboxed frame, which has no origin, load modules: nothing here is secret."""
        self.set_header("Access-Control-Allow-Origin", "*")

    def validate_absolute_path(self, root, absolute_path):
        """Refuse everything that is not meant for a browser."""
        if Path(absolute_path).suffix not in self.SUFFIXES:
            raise HTTPError(404)
        return super().validate_absolute_path(root, absolute_path)


def routes(lessons: Course) -> list:
    """Return the patterns to add to those of Panel.

    Parameters
    ----------
    lessons : Course
        That is served.

    Returns
    -------
    list of tuple
        For tornado.
    """
    return [
        *course_routes(lessons),
        (r"/", HomeHandler),
        (r"/tour", TourHandler),
        (r"/talk", TalkHandler),
        (r"/run/([a-z]+)", RunHandler),
        (r"/embed/([^/]*)", EmbedHandler),
        (r"/export/([^/]*)\.(html|csv|json|pftrace)", ExportHandler),
        (r"/export/([^/]*)\.(mp4|gif|pptx|zip)", FilmHandler),
        (r"/qr/([^/]*)", QrHandler),
        (r"/qr/course/([a-z0-9-]+)/([0-9]{1,2})", LessonQrHandler),
        (r"/oembed", OembedHandler),
        (r"/health", HealthHandler),
        (r"/assets/(.*)", AssetHandler, {"path": str(CLIENT)}),
    ]
