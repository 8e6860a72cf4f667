import gc
import os
import threading
import time
import tracemalloc
from typing import ClassVar

import numpy as np
import param
import pytest

import viz.runs
from engine.run import Run
from engine.scenarios import SCENES, Cancelled, Scenario
from engine.trace import Table, Trace
from viz.cache import FileCache
from viz.runs import RunStore, engine_version, run_files


class Slow(Scenario):
    """Counts its runs, reports progress, and waits for a gate."""

    scene = "slow"
    size = param.Integer(1, bounds=(1, 10**6), label="Size", doc="Bytes of the trace [B].")
    gate = threading.Event()
    started: ClassVar[list[int]] = []

    def simulate(self, progress=lambda share: None):
        self.started.append(self.size)
        while not self.gate.wait(0.005):
            progress(0.5)
        column = np.random.default_rng(0).integers(0, 255, self.size).astype(np.uint8)
        trace = Trace(1, "cycle", 1.0, {"noise": Table("series", {"x": column})})
        return Run("slow", self.values(), "Slow", {}, trace)


@pytest.fixture
def files(tmp_path):
    return FileCache(tmp_path / "runs", "v1", 1e6)


@pytest.fixture(autouse=True)
def fresh():
    Slow.gate.clear()
    Slow.started.clear()
    yield
    Slow.gate.set()


def test_equal_scenarios_are_computed_once_and_then_kept(files):
    store = RunStore(files)
    first, second = store.ask(Slow()), store.ask(Slow())
    Slow.gate.set()
    assert first.future.result(5) is second.future.result(5)
    assert store.ask(Slow()).future.result(5) is first.future.result(5)
    assert Slow.started == [1]


def test_progress_reaches_everybody_who_asked(files):
    store, heard = RunStore(files), {"a": threading.Event(), "b": threading.Event()}
    store.ask(Slow(), lambda share: heard["a"].set())
    store.ask(Slow(), lambda share: heard["b"].set())
    assert heard["a"].wait(5)
    assert heard["b"].wait(5)


def test_a_run_stops_when_the_last_who_asked_cancels(files):
    store = RunStore(files)
    first, second = store.ask(Slow()), store.ask(Slow())
    first.cancel()
    assert not second.future.done()
    second.cancel()
    with pytest.raises(Cancelled):
        second.future.result(5)


def test_a_run_that_nobody_waits_for_when_its_turn_comes_is_not_begun(files):
    store = RunStore(files, n_threads=1)
    first, second, third = (store.ask(Slow(size=size)) for size in (1, 2, 3))
    second.cancel()
    second.cancel()
    with pytest.raises(Cancelled):
        second.future.result(0)
    assert not third.begun.done()
    Slow.gate.set()
    assert Run.unpack(third.future.result(5)).scenario["size"] == 3
    assert first.begun.result() <= third.begun.result()
    assert Slow.started == [1, 3]


def test_one_who_waits_and_is_cancelled_leaves_the_run_to_the_others(files):
    store = RunStore(files)
    busy, ticket = store.ask(Slow(size=2)), store.ask(Slow())
    assert not ticket.future.cancel()
    Slow.gate.set()
    assert Run.unpack(ticket.future.result(5)).title == Run.unpack(busy.future.result(5)).title


def test_after_a_cancelled_run_the_same_can_be_asked_again(files):
    store = RunStore(files)
    store.ask(Slow()).cancel()
    again = store.ask(Slow())
    Slow.gate.set()
    assert Run.unpack(again.future.result(5)).title == "Slow"


def test_the_oldest_runs_make_room(tmp_path):
    nowhere = tmp_path / "a file where a folder should be"
    nowhere.touch()
    store = RunStore(FileCache(nowhere, "v1", 1e6), kept_bytes=3000)
    Slow.gate.set()
    for size in (1000, 1001, 1002, 1003):
        store.ask(Slow(size=size)).future.result(5)
    store.ask(Slow(size=1003)).future.result(5)
    assert Slow.started == [1000, 1001, 1002, 1003]
    store.ask(Slow(size=1000)).future.result(5)
    assert Slow.started[-1] == 1000


@pytest.mark.slow
def test_the_store_holds_no_more_than_it_counts(files):
    """Unpacked, the runs are sixteen times as large."""
    store = RunStore(files)

    def ask(seeds):
        scenarios = [SCENES["fabric"].read({"width": 64, "height": 64, "words": 64, "seed": seed}) for seed in seeds]
        return sum(len(store.ask(scenario).future.result()) for scenario in scenarios)

    ask(range(2))  # also compiles the kernels
    tracemalloc.start()
    try:
        packed = ask(range(2, 10))
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < 1.5 * packed
    finally:
        tracemalloc.stop()


def file_of(tmp_path, scenario):
    """Return the file of a run, once it is there."""
    path, end = tmp_path / "runs/v1" / scenario.key(), time.monotonic() + 5
    while not path.exists():
        assert time.monotonic() < end, "it was not written"
        time.sleep(0.005)
    return path


@pytest.fixture
def packed(files, tmp_path):
    """Compute a run in a process that has gone since."""
    Slow.gate.set()
    packed = RunStore(files).ask(Slow()).future.result(5)
    file_of(tmp_path, Slow())
    assert Slow.started == [1]
    return packed


def test_after_a_restart_a_run_is_there_without_being_simulated(packed, files):
    ticket = RunStore(files).ask(Slow())
    assert ticket.future.done()
    assert ticket.future.result() == packed
    assert Slow.started == [1]


@pytest.mark.parametrize("wrong", [lambda whole: whole[:-1], lambda whole: whole[:60] + b"?" + whole[61:]])
def test_a_run_whose_file_is_cut_or_damaged_is_simulated_again(packed, files, tmp_path, wrong):
    path = file_of(tmp_path, Slow())
    whole = path.read_bytes()
    path.write_bytes(wrong(whole))
    assert RunStore(files).ask(Slow()).future.result(5) == packed
    assert Slow.started == [1, 1]
    end = time.monotonic() + 5
    while path.read_bytes() != whole:
        assert time.monotonic() < end, "it was not written again"
        time.sleep(0.005)


def test_a_run_of_another_engine_is_not_served(packed, tmp_path):
    assert RunStore(FileCache(tmp_path / "runs", "v2", 1e6)).ask(Slow()).future.result(5) == packed
    assert Slow.started == [1, 1]


def test_a_run_that_is_served_from_memory_counts_as_used_on_disk(files, tmp_path):
    store = RunStore(files)
    Slow.gate.set()
    store.ask(Slow()).future.result(5)
    path = file_of(tmp_path, Slow())
    os.utime(path, (1, 1))
    store.ask(Slow())
    assert path.stat().st_mtime > 1


def test_the_version_of_the_engine_is_that_of_its_files(tmp_path, monkeypatch):
    monkeypatch.setattr(viz.runs, "ENGINE", tmp_path)
    (tmp_path / "model.py").write_text("speed = 1")
    before = engine_version.__wrapped__()
    (tmp_path / "model.py").touch()
    assert engine_version.__wrapped__() == before
    (tmp_path / "model.py").write_text("speed = 2")
    assert engine_version.__wrapped__() != before


def test_where_runs_are_kept_can_be_said(tmp_path, monkeypatch):
    monkeypatch.setenv("WAFERSCOPE_CACHE", str(tmp_path))
    run_files().put("key", b"content")
    assert (tmp_path / "runs" / engine_version() / "key").is_file()
    monkeypatch.delenv("WAFERSCOPE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    run_files().put("key", b"content")
    assert [path.name for path in (tmp_path / "home").rglob("*") if path.is_file()] == ["key"]
