"""Runs in notebooks."""

import html
import re

import pytest
from IPython.core.interactiveshell import InteractiveShell

from engine.scenarios import SCENES
from tests.viz.documents.test_embed import Sums
from viz.notebook import frame_html, pane


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setitem(SCENES, "fabric", Sums)
    run = Sums().simulate()
    run.scenario.update(Sums().values())
    return run


def test_a_run_at_the_end_of_a_cell_is_shown_once_the_extension_is_loaded(run):
    shell = InteractiveShell()
    shown = shell.display_formatter.format(run)[0]
    assert "text/html" not in shown
    assert len(shown["text/plain"]) < 5000  # a saved cell holds it too, so not the recording
    shell.extension_manager.load_extension("viz.notebook")
    shown = shell.display_formatter.format(run)[0]["text/html"]
    page = html.unescape(re.search(r'srcdoc="([^"]*)"', shown)[1])
    assert page.startswith("<!doctype html>")
    assert str(run.title) in page
    shell.extension_manager.unload_extension("viz.notebook")
    assert "text/html" not in shell.display_formatter.format(run)[0]


def test_a_run_is_a_panel_object_too(run):
    assert frame_html(run, theme="dark") == pane(run, theme="dark").object
