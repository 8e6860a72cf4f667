"""A server that strangers keep busy: what is kept is answered at once, what nobody waits for is not computed."""

import json
import socket
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from typing import ClassVar

import param
import pytest

import viz.commands.bench
import viz.web.embed
import viz.web.handlers
from engine.scenarios import SCENES, Scenario
from tests.viz.fabric_trace import chain_reduce
from viz.cache import ByteCache, FileCache
from viz.runs import RunStore

N_STRANGERS = 12  # more than there are threads of the engine and threads for everything else


class Sums(Scenario):
    """A quick scene; a heavy run goes on until it is cancelled or the gate opens."""

    scene = "fabric"
    width = param.Integer(6, bounds=(2, 64), label="Width", doc="Columns [PE].")
    heavy = param.Boolean(False, label="Heavy", doc="Whether the run waits for the gate.")
    gate: ClassVar[threading.Event]
    begun: ClassVar[list[int]]

    def simulate(self, progress=lambda share: None):
        if self.heavy:
            self.begun.append(self.width)
            while not self.gate.wait(0.01):
                progress(0.5)
        return chain_reduce(self.width, 5, 4)


@pytest.fixture
def port(monkeypatch, tmp_path):
    """Serve `Sums` alone, with a store of its own."""
    for name in reversed(tuple(SCENES)):  # so that they come back in their order
        monkeypatch.delitem(SCENES, name)
    monkeypatch.setitem(SCENES, "fabric", Sums)
    Sums.gate, Sums.begun = threading.Event(), []
    monkeypatch.setattr(viz.web.embed.EmbedHandler, "pages", ByteCache(1e6))
    monkeypatch.setattr(viz.web.handlers, "RUNS", RunStore(FileCache(tmp_path / "runs", "v1", 1e6)))
    with viz.commands.bench.local_server() as port:
        yield port
        Sums.gate.set()


@pytest.fixture
def leaving():
    """Return a stack that closes what is entered into it."""
    with ExitStack() as stack:
        yield stack


def get(port, path):
    """Return status, headers and body of an answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read()


def send(port, path, hasty=False):
    """Send a request and return its open connection; what is hasty arrives together with the end of its connection."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    if hasty and hasattr(socket, "TCP_CORK"):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return connection


def leave(connection):
    """Close a connection, and wait until the server has noticed."""
    with connection:
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""


def until(condition):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


def occupy(port, leaving, paths):
    """Let strangers ask and wait, until the engine works for the first of them."""
    for path in paths:
        leaving.enter_context(send(port, path))
    until(lambda: len(Sums.begun) == 2)


def heavy(path="/run/fabric"):
    return [f"{path}?heavy=true&width={2 + n}" for n in range(N_STRANGERS)]


@pytest.mark.parametrize("path", ["/run/fabric", "/embed/fabric", "/export/fabric.json"])
def test_what_is_kept_is_answered_while_many_wait_for_the_engine(port, leaving, path):
    kept = ("/run/fabric?width=9", "/embed/fabric?width=9", "/export/fabric.csv?width=9", "/course/glossary")
    before = [get(port, address)[2] for address in kept]
    occupy(port, leaving, heavy(path))
    start = time.monotonic()
    assert [get(port, address)[2] for address in kept] == before
    assert time.monotonic() - start < 2
    assert len(Sums.begun) == 2


@pytest.mark.parametrize("path", ["/run/fabric", "/embed/fabric", "/export/fabric.json", "/export/fabric.html"])
def test_what_was_asked_for_by_those_who_have_gone_is_not_computed(port, leaving, path):
    occupy(port, leaving, [f"{path}?heavy=true&width={width}" for width in (62, 63)])
    *hasty, last = heavy(path)
    for address in hasty:
        send(port, address, hasty=True).close()
    leave(send(port, last))
    leaving.close()
    with send(port, "/run/fabric?heavy=true&width=40"):
        until(lambda: 40 in Sums.begun)
    assert sorted(Sums.begun) == [40, 62, 63]


def test_a_run_goes_on_while_one_of_those_who_asked_is_there(port, leaving):
    stay, go = (leaving.enter_context(send(port, "/run/fabric?heavy=true")) for _ in range(2))
    until(lambda: Sums.begun == [6])
    go.close()
    assert get(port, "/run/fabric?width=12")[0] == 200
    Sums.gate.set()
    assert stay.recv(15) == b"HTTP/1.1 200 OK"
    assert Sums.begun == [6]


def test_a_busy_moment_is_told_as_such_and_not_kept(port, leaving, monkeypatch):
    monkeypatch.setattr(viz.web.embed, "WAIT_S", 0.2)
    occupy(port, leaving, heavy()[:2])
    for path in ("/embed/fabric?width=12", "/export/fabric.json?width=12", "/oembed?url=/fabric?width=12"):
        status, headers, page = get(port, path)
        assert status == 503
        assert headers["Retry-After"] == headers["Refresh"] == "10"
        assert headers["Cache-Control"] == "no-store"
        assert "the server has been busy with other runs for 200 ms; try again in a few seconds." in page.decode()
    german = get(port, "/embed/fabric?width=12&lang=de")[2].decode()
    assert "der Server ist seit 200 ms mit anderen Läufen beschäftigt" in german
    leaving.close()
    monkeypatch.setattr(viz.web.embed, "WAIT_S", 10)
    assert get(port, "/embed/fabric?width=12")[0] == 200
    assert json.loads(get(port, "/oembed?url=/fabric?width=12")[2])["type"] == "rich"


def test_waiting_for_a_turn_does_not_count_as_computing(port, leaving, monkeypatch):
    monkeypatch.setattr(viz.web.embed, "LIMIT_S", 0.2)
    occupy(port, leaving, heavy()[:2])
    waits = leaving.enter_context(send(port, "/embed/fabric?width=12"))
    time.sleep(0.5)
    Sums.gate.set()
    assert waits.recv(15) == b"HTTP/1.1 200 OK"


def test_a_run_that_took_too_long_is_tried_again(port, monkeypatch):
    monkeypatch.setattr(viz.web.embed, "LIMIT_S", 0.2)
    assert get(port, "/embed/fabric?heavy=true")[0] == 400
    monkeypatch.setattr(viz.web.embed, "LIMIT_S", 10)
    Sums.gate.set()
    assert get(port, "/embed/fabric?heavy=true")[0] == 200


class Counting(ByteCache):
    n_puts = 0

    def put(self, key, content):
        self.n_puts += 1
        super().put(key, content)


def test_a_page_that_many_ask_for_at_once_is_made_once(port, leaving, monkeypatch):
    monkeypatch.setattr(viz.web.embed.EmbedHandler, "pages", pages := Counting(1e6))
    asking = [leaving.enter_context(send(port, "/embed/fabric?heavy=true")) for _ in range(N_STRANGERS)]
    until(lambda: Sums.begun == [6])
    Sums.gate.set()
    assert all(connection.recv(15) == b"HTTP/1.1 200 OK" for connection in asking)
    assert pages.n_puts == 1
