"""Addresses and commands with a former name of a parameter give the run of today's."""

import json
import sys
import urllib.request

import pytest

from engine.scenarios.former import FORMER
from viz.commands import cli
from viz.commands.bench import local_server
from viz.commands.sweep import from_ranges

SMALL = "height=1&words=2&algorithm=chain"


@pytest.fixture
def once(monkeypatch):
    monkeypatch.setitem(FORMER, "fabric", {"columns": "width"})


@pytest.mark.parametrize("path", ["/run/fabric", "/export/fabric.json", "/export/fabric.csv"])
def test_a_server_answers_an_old_address_as_that_of_today(once, path):
    with local_server() as port:
        old, now = (
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}?{name}=9&{SMALL}", timeout=30).read()
            for name in ("columns", "width")
        )
    assert old == now


def test_an_embed_of_an_old_address_leads_to_the_scene_of_today(once):
    with local_server() as port:
        text = urllib.request.urlopen(f"http://127.0.0.1:{port}/embed/fabric?columns=9&{SMALL}", timeout=30).read()
    assert b'"query": "algorithm=chain&width=9&height=1&words=2"' in text
    assert b"columns=" not in text


def test_commands_take_it(once, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["waferscope", "run", "fabric", "columns=9", *SMALL.split("&"), "--json"])
    cli.main()
    assert json.loads(capsys.readouterr().out)["scenario"]["width"] == 9
    assert from_ranges("fabric", {"columns": "8,9"}) == [{"width": "8"}, {"width": "9"}]
