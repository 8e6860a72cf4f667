"""What `waferscope bench` measures of the app: embeds in bytes, seconds and requests a second."""

import asyncio
import gzip
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import tornado.httpserver
import tornado.netutil
import tornado.web

from engine.benchmark import Measurement
from engine.scenarios import SCENES
from viz.documents.embed import embed_html
from viz.documents.embed_charts import usual_charts
from viz.runs import RUNS

WIRE_BYTES = 1.5e6
FILE_BYTES = 3e6
RATE = 500
FIRST_PICTURE_S = 1.0
CLIENTS, MEASURED_S = 4, 2.0


def measurements() -> list[Measurement]:
    """Measure the embed of each scene at its defaults.

    Returns
    -------
    list of Measurement
        Size over the wire and as a file, requests a second of a warm scenario and, where a browser is found, the time
        to the first picture.
    """
    rows = []
    for name, scene in SCENES.items():
        scenario = scene()
        packed = RUNS.ask(scenario).future.result()
        for what, view in (("", {}), (" with charts", {"charts": _charts(name)})):
            page = embed_html(packed, scenario, view).encode()
            wire = len(gzip.compress(page, 6))
            rows.append(Measurement(f"embed {name}{what}: over the wire", wire, "B", WIRE_BYTES))
            rows.append(Measurement(f"export {name}{what}: one file", len(page), "B", FILE_BYTES))
    with local_server() as port:
        name = next(iter(SCENES))
        rows.append(Measurement(f"embed {name}: warm, {os.cpu_count()} cores", _rate(port, name), "1/s", RATE, True))
        for what, query in (("", ""), (" with charts", f"?charts={_charts(name)}")):
            seconds = _first_picture(port, f"{name}{query}")
            if seconds is not None:
                rows.append(Measurement(f"embed {name}{what}: first picture", seconds, "s", FIRST_PICTURE_S))
    return rows


def _charts(scene):
    """Return as many charts as an embed takes; where the page draws some itself, one of those and one of Bokeh's."""
    return ",".join(list(usual_charts(scene))[-2:])


@contextmanager
def local_server() -> Iterator[int]:
    """Serve the session-free routes of the app in a thread of their own.

    Yields
    ------
    int
        Port on this machine.
    """
    from viz.web.course import Course
    from viz.web.server import routes

    sockets = tornado.netutil.bind_sockets(0, "127.0.0.1")
    up, loops = threading.Event(), []

    async def serve():
        server = tornado.httpserver.HTTPServer(tornado.web.Application(routes(Course())))
        server.add_sockets(sockets)
        down = asyncio.Event()
        loops.append((asyncio.get_running_loop(), down))
        up.set()
        await down.wait()
        server.stop()
        await server.close_all_connections()
        await asyncio.sleep(0)  # their sockets close in the next turn of the loop

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    up.wait()
    try:
        yield sockets[0].getsockname()[1]
    finally:
        loop, down = loops[0]
        loop.call_soon_threadsafe(down.set)
        thread.join()


def _rate(port, scene):
    """Return finished requests a second of several clients that ask again at once [1/s]."""
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        _ask(connection, scene)
    end = time.perf_counter() + MEASURED_S

    def client(_):
        n = 0
        with closing(HTTPConnection("127.0.0.1", port)) as connection:
            while time.perf_counter() < end:
                _ask(connection, scene)
                n += 1
        return n

    with ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(client, range(CLIENTS))) / MEASURED_S


def _ask(connection, scene):
    connection.request("GET", f"/embed/{scene}", headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"/embed/{scene} was answered by {answer.status}")


def _first_picture(port, embed):
    """Return the time from the request to the drawn picture in a browser that is already open [s], None without one."""
    from viz.documents.export.camera import ExportError, chromium

    try:
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"http://127.0.0.1:{port}/embed/{embed}")
            page.goto("about:blank")
            page.goto(f"http://127.0.0.1:{port}/embed/{embed}")
            page.wait_for_selector("[data-waferscope-ready]")
            return page.evaluate("performance.getEntriesByName('waferscope first picture')[0].startTime") / 1e3
    except ExportError:
        return None
