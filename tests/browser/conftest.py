"""A real Chromium and strict pages: a test fails on console errors, page errors and requests that leave the machine."""

import os
import re
import shutil
import subprocess
import sys
import threading
import warnings
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import axe_playwright_python
import pytest

from engine.scenarios import SCENES
from tests.browser.waiting import WAIT_S

SECOND_VISIT = f"try {{ sessionStorage.setItem('waferscope seen', '{' '.join(SCENES)}') }} catch {{}}"
REPOSITORY = Path(__file__).parents[2]
PACKAGES = REPOSITORY / "tests/js/node_modules"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
]
LOCAL = ("http://localhost", "http://127.0.0.1", "file:", "data:", "blob:")


def _missing(what):
    """Fail where a missing tool hides tests (CI=true), else skip so that it is seen."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, and CI=true", pytrace=False)
    pytest.skip(f"{what}: THIS IS NOT TESTED")


@pytest.fixture(scope="session")
def needs():
    """Find a program: `needs("soffice")` gives its path."""

    def find(name):
        return shutil.which(name) or _missing(f"{name} is not installed")

    return find


@pytest.fixture(scope="session")
def npm():
    """Find a package that `tests/js/package.json` pins: `npm("reveal-5")` gives its folder."""

    def find(name):
        folder = PACKAGES / name
        return folder if folder.is_dir() else _missing(f"{name} is not in {PACKAGES} (`make test` installs it)")

    return find


@pytest.fixture(scope="session")
def browser():
    """Chromium, of $CHROMIUM or installed."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path or not Path(path).exists():
        _missing("no Chromium or Chrome found (set CHROMIUM to its path)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=1000 * WAIT_S)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        with sync_playwright() as playwright:
            found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            yield found
            found.close()


@pytest.fixture
def new_page(browser):
    """Open strict pages: `new_page(viewport=(1280, 720), **context options)`.

    Scenes rest as on a second visit, unless it is `first_visit=True`.
    """
    contexts, bad = [], []

    def request(sent):
        if not sent.url.startswith(LOCAL):
            bad.append(f"request to {sent.url}")

    def start(viewport=(1280, 720), first_visit=False, **options):
        context = browser.new_context(viewport={"width": viewport[0], "height": viewport[1]}, **options)
        context.set_default_timeout(1000 * WAIT_S)
        contexts.append(context)
        if not first_visit:
            context.add_init_script(SECOND_VISIT)
        page = context.new_page()
        page.on("pageerror", lambda error: bad.append(f"page error: {error}"))
        page.on("console", lambda message: bad.append(f"console: {message.text}") if message.type == "error" else None)
        page.on("request", request)
        page.expected_errors = bad
        return page

    yield start
    for context in contexts:
        context.close()
    assert not bad, bad


@pytest.fixture
def page(new_page):
    """One strict page of 1280×720."""
    return new_page()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A static site: (folder to write pages into, its URL); the repository's viz/ is at /viz/."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "viz").symlink_to(REPOSITORY / "viz")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The address of the running app, started as a visitor of the README would start it for the first time."""
    command = [sys.executable, "-m", "viz", "serve", "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if name not in ("PORT", "WAFERSCOPE_ORIGINS")}
    environment["WAFERSCOPE_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    with subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, text=True) as server:
        address = next(re.search(r"http://\S+", line) for line in server.stdout if "http://" in line)
        yield address[0].rstrip("/")
        server.terminate()


@pytest.fixture
def violations():
    """Run axe-core in a page: `violations(page)` lists what it finds."""
    source = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

    def run(page):
        page.evaluate(source)
        found = page.evaluate("axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)")
        return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]

    return run
