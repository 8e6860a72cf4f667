"""A walk through the site in each engine that visitors have: nothing is blank, and nothing is logged as an error.

Playwright drives Chromium. Firefox ESR lacks a command that Playwright needs, so WebDriver BiDi is spoken to it here.
"""

import asyncio
import json
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from tornado.websocket import websocket_connect

from tests.browser.waiting import WAIT_S

pytestmark = pytest.mark.walk

PLACES = ("/", "/fabric", "/memory", "/scaling", "/planner", "/course/a-wavelets-journey#5")
SHOWN = """(() => {
  const canvas = document.querySelector(".ws-ready canvas")
  if (!canvas?.width) return false
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
  return new Set(new Uint32Array(data.buffer)).size > 5  // smooth edges have dozens of colours, an empty stage one
})()"""


def walk(app, go, evaluate):
    """Visit every place and wait until it is no longer blank."""
    for place in PLACES:
        go(app + place)
        end = time.monotonic() + WAIT_S
        while not evaluate(SHOWN):
            assert time.monotonic() < end, f"{place} stays blank"


class Firefox:
    """A Firefox that takes commands at an address, see https://www.w3.org/TR/webdriver-bidi/."""

    def __init__(self, address):
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)  # where Tornado looks for it
        self._socket = self._loop.run_until_complete(websocket_connect(address))
        self._n, self.errors = 0, []
        self._send("session.new", capabilities={})
        self._send("session.subscribe", events=["log.entryAdded"])

    def _send(self, method, **params):
        self._n += 1
        self._socket.write_message(json.dumps({"id": self._n, "method": method, "params": params}))
        while True:
            message = json.loads(self._loop.run_until_complete(self._socket.read_message()))
            if message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self.errors.append(message["params"]["text"])
            if message.get("id") == self._n:
                assert message["type"] == "success", message
                return message["result"]

    def go(self, url):
        """Open a page in a tab of its own: one that is left says that its session is lost."""
        self._tab = self._send("browsingContext.create", type="tab")["context"]
        self._send("browsingContext.setViewport", context=self._tab, viewport={"width": 1280, "height": 720})
        self._send("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluate(self, expression):
        """Return the value of an expression in the page."""
        found = self._send("script.evaluate", expression=expression, target={"context": self._tab}, awaitPromise=False)
        assert found["type"] == "success", found
        return found["result"]["value"]


@contextmanager
def firefox(profile):
    """Start Firefox; yields the address at which it takes commands."""
    program = shutil.which("firefox-esr") or shutil.which("firefox") or pytest.fail("Firefox is not installed")
    command = [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            said = next(line for line in process.stderr if "WebDriver BiDi listening on" in line)
            yield said.split()[-1] + "/session"
        finally:
            process.terminate()


def test_chromium_shows_every_place(app, page):
    walk(app, page.goto, page.evaluate)


def test_firefox_shows_every_place(app, tmp_path):
    def tour(address):
        browser = Firefox(address)
        walk(app, browser.go, browser.evaluate)
        return browser.errors

    with firefox(tmp_path) as address, ThreadPoolExecutor(1) as thread:  # Playwright's loop runs in this one
        assert thread.submit(tour, address).result() == []
