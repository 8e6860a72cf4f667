"""The app: Panel pages and session-free handlers in one process."""

import gc
import os
import socket
from pathlib import Path

import panel as pn
from bokeh.settings import settings
from tornado.web import OutputTransform

from engine.scenarios import SCENES
from viz.documents.home import SCENARIOS
from viz.heap import keep_memory
from viz.runs import RUNS
from viz.web.course import Course
from viz.web.handlers import MissingHandler
from viz.web.scene import scene_page
from viz.web.server import routes
from viz.web.talk import warm


def serve(port: int, lessons_dir: Path | None = None) -> None:
    """Serve until interrupted.

    Compiles the kernels by running each scene's defaults, then listens and prints the address. `WAFERSCOPE_ORIGINS`
    (comma-separated hosts) names the hosts that pages may be opened under; without it, this machine's own names.

    Parameters
    ----------
    port : int
        Port to listen on; 0 takes a free one.
    lessons_dir : Path, optional
        A teacher's own folder of lessons.
    """
    keep_memory()
    print("Compiling the kernels…", flush=True)  # noqa: T201
    for scene in SCENES.values():
        scene().simulate()
    for scenario in SCENARIOS.values():
        RUNS.ask(scenario)  # the first visitor of the home page finds them
    server = make_server(port, lessons_dir)
    settings.perform_document_validation = False  # a walk through every page that is asked for; tests do it
    settings.perform_error_diagnostics = False  # Panel asks each model for what it lacks; nobody reads what is similar
    gc.freeze()  # what is there now stays, and need not be looked through each time that a page is left
    server.start()
    server.io_loop.add_callback(warm)
    print(f"Waferscope is at http://localhost:{server.port}/", flush=True)  # noqa: T201
    server.io_loop.start()


def make_server(port: int, lessons_dir: Path | None = None) -> pn.io.server.Server:
    """Build the server without starting it.

    Parameters
    ----------
    port : int
        Port to listen on; 0 takes a free one.
    lessons_dir : Path, optional
        A teacher's own folder of lessons.

    Returns
    -------
    panel.io.server.Server
        With all pages and handlers.
    """
    pn.extension(sizing_mode="stretch_width")
    lessons = Course(lessons_dir)
    port = port or _free_port()
    origins = os.environ.get("WAFERSCOPE_ORIGINS", f"localhost:{port},127.0.0.1:{port}").split(",")
    server = pn.io.server.get_server(
        {scene: _page(scene, lessons) for scene in SCENES},
        port=port,
        # Where a platform sets $PORT, its router must reach us; else only this machine may.
        address="0.0.0.0" if "PORT" in os.environ else "127.0.0.1",
        websocket_origin=origins,
        extra_patterns=routes(lessons),
        default_handler_class=MissingHandler,
        location=False,
        compress_response=True,
        unused_session_lifetime_milliseconds=15_000,
        keep_alive_milliseconds=25_000,
    )
    server._tornado.add_transform(_Varying)
    return server


class _Varying(OutputTransform):
    """Says of a page of a scene what it depends on beside its address; Panel makes the handler."""

    def __init__(self, request):
        super().__init__(request)
        self._is_scene = request.path.strip("/") in SCENES

    def transform_first_chunk(self, status_code, headers, chunk, finishing):
        """Add the header."""
        if self._is_scene:
            headers.add("Vary", "Accept-Language")
        return status_code, headers, chunk


def _page(scene, lessons):
    return lambda: scene_page(scene, lessons)  # Panel shows a partial as its repr


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
