"""The Panel component of the player, in a served page."""

import socket
import time
import urllib.request

import panel as pn
import pytest
from tornado.web import RequestHandler, StaticFileHandler

from engine.language import language
from tests.browser.waiting import WAIT_S
from tests.viz.fabric_trace import blocked_line, chain_reduce
from viz.client import CLIENT
from viz.components.player import TracePlayer

pytestmark = pytest.mark.browser

TEMPLATE = """
{% extends base %}
{% block contents %}
<script type="text/fluent" id="texts" lang="en">TEXTS</script>
<main><h1>x</h1><div id="early"></div>{{ embed(roots.stage) }}</main>
<script type="module">
  import { createPlayer } from "/assets/player/player.js"
  window.waferscopeStage = createPlayer(document.querySelector("#early"), { src: "/runs/reduce", t: 5, heading: "h2" })
  window.waferscopeStage.then((player) => { window.firstPlayer = player })
</script>
{% endblock %}
""".replace("TEXTS", language("en").source("numbers", "scenario", "player", "fabric"))


def until(true):
    """Wait for what another thread does."""
    end = time.monotonic() + WAIT_S
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    assert true()


@pytest.fixture
def serve():
    """Serve an app that makes a TracePlayer in a page; return (players made, URL)."""
    runs = {"reduce": chain_reduce(6, 5, 4).packed(), "line": blocked_line().packed()}
    made = []

    class RunHandler(RequestHandler):
        def get(self, name):
            self.finish(runs[name])

    def start(template=None):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]

        def app():
            made.append(TracePlayer(src="/runs/reduce", heading="h2", height=500, sizing_mode="stretch_width"))
            if template is None:
                return made[-1]
            page = pn.Template(template)
            page.add_panel("stage", made[-1])
            return page

        patterns = [("/runs/(.*)", RunHandler), ("/assets/(.*)", StaticFileHandler, {"path": str(CLIENT)})]
        pn.serve(
            app, port=port, threaded=True, show=False, verbose=False, liveness=True, extra_patterns=patterns,
            websocket_origin=f"127.0.0.1:{port}",
        )  # fmt: skip
        url = f"http://127.0.0.1:{port}"

        def lives():
            try:
                return urllib.request.urlopen(f"{url}/liveness", timeout=1).close() is None
            except OSError:
                return False

        until(lives)
        return made, url

    yield start
    pn.state.kill_all_servers()
    pn.state.reset()


def test_parameters_and_player_follow_each_other(serve, page):
    made, url = serve()
    page.goto(url)
    element = page.locator(".ws-ready")
    element.wait_for()
    player = made[-1]
    duration = chain_reduce(6, 5, 4).trace.duration
    until(lambda: player.duration == duration)
    player.t = 30
    page.wait_for_function("() => true")
    until(lambda: element.evaluate("(e) => e.player.state.t") == 30)
    page.get_by_role("button", name="Play").click()
    until(lambda: player.playing)
    page.get_by_role("button", name="Pause").click()
    until(lambda: not player.playing and player.t > 30)
    element.evaluate("(e) => e.player.select(8)")
    until(lambda: player.selected == 8)
    player.src = "/runs/line"
    page.get_by_role("heading", name=str(blocked_line().title)).wait_for()
    until(lambda: player.duration == blocked_line().trace.duration)


def test_the_player_that_was_there_first_is_adopted(serve, page):
    made, url = serve(TEMPLATE)
    page.goto(url)
    page.wait_for_function("() => window.firstPlayer?.root.getRootNode() instanceof ShadowRoot")
    assert page.locator(".ws-player").count() == 1
    assert page.evaluate("firstPlayer.state.t") == 5
    page.get_by_role("button", name="One step forward").click()
    until(lambda: made[-1].t == 6)
    assert page.locator("canvas").evaluate("(canvas) => canvas.clientHeight") > 150
