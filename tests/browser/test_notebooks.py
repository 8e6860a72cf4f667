"""Runs in notebooks: a kernel leaves them in the file, and Visual Studio Code, from npm's code-server, opens it."""

import os
import re
import signal
import subprocess
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.browser.test_embed import READY, state
from tests.browser.waiting import until

pytestmark = pytest.mark.browser

NARROW = 900  # [px]: a column of cells narrower than the frame would be
CELLS = (
    "%load_ext viz.notebook\nimport panel as pn\npn.extension(inline=True)\n"
    "from engine.scenarios import scenario_class\nfrom viz.notebook import pane",
    'run = scenario_class("fabric").read({"width": 16, "height": 1, "words": 8}).simulate()\nrun',
    "pane(run)",
)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """A notebook that a kernel has run, told that Visual Studio Code has started it."""
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    written = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    client = NotebookClient(written, timeout=120, resources={"metadata": {"path": Path(__file__).parents[2]}})
    client.execute(env={**os.environ, "VSCODE_PID": "1"})
    file = tmp_path_factory.mktemp("notebooks") / "run.ipynb"
    nbformat.write(written, file)
    return file


@pytest.fixture(scope="module")
def code(npm, tmp_path_factory):
    """Visual Studio Code's address: its own server, as code-server packs it, without what would have to be compiled."""
    program = npm("code-server") / "lib/vscode"
    folder = tmp_path_factory.mktemp("code")
    settings = folder / "data/User/settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"security.workspace.trust.enabled": false}')
    command = [
        "node",
        program / "out/server-main.js",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--without-connection-token",
    ]
    command += ["--server-data-dir", folder, "--extensions-dir", folder / "extensions", "--telemetry-level", "off"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as server:
        port = next(filter(None, (re.search(r"listening on (\d+)", line) for line in server.stdout)))[1]
        yield f"http://127.0.0.1:{port}"
        os.killpg(server.pid, signal.SIGTERM)


@pytest.fixture
def outputs(code, notebook, new_page):
    """Open the notebook and wait until both players in it are drawn; nothing of theirs may be refused."""
    page = new_page((NARROW, 1600))
    refused = []

    def said(message):
        if message.location["url"].startswith("about:") or "Content Security Policy" in message.text:
            refused.append(message.text)

    page.on("console", said)
    page.goto(f"{code}/?folder={notebook.parent}")
    file = page.get_by_role("treeitem", name=notebook.name)

    def opened():  # as text, until the extensions are there
        file.click()
        return page.locator(".notebookOverlay").count()

    until(page, opened, pause_ms=500)

    def players():
        found = [frame for frame in page.frames if frame.url == "about:srcdoc"]
        return len(found) == 2 and found

    frames = until(page, players)
    for frame in frames:
        frame.wait_for_selector(READY)
    yield page, frames
    page.close()
    page.expected_errors.clear()  # its own: it misses what would have to be compiled
    assert not refused, refused


@pytest.mark.walk
def test_visual_studio_code_plays_a_run_and_its_panel_object(outputs):
    page, frames = outputs
    for frame in frames:
        width, height = frame.evaluate("[innerWidth, innerHeight]")
        assert 400 < width < 700
        assert width / height == pytest.approx(16 / 9, rel=0.01)
        frame.locator(".we-play").click()
        until(page, lambda frame=frame: state(frame)["playing"] and state(frame)["t"] > 0)
        page.keyboard.press("Space")
        until(page, lambda frame=frame: not state(frame)["playing"])
        assert state(frame)["t"] < state(frame)["duration"]
    with page.expect_download() as download:
        frames[0].get_by_role("button", name="Save a copy").click()
    assert download.value.suggested_filename == "waferscope-fabric.html"
