import threading
from typing import ClassVar

import numpy as np
import param
import pytest

from engine.run import Run
from engine.scenarios import Cancelled, Scenario
from engine.trace import Table, Trace
from viz.runs import RunStore


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


@pytest.fixture(autouse=True)
def fresh():
    Slow.gate.clear()
    Slow.started.clear()
    yield
    Slow.gate.set()


def test_equal_scenarios_are_computed_once_and_then_kept():
    store = RunStore()
    first, second = store.ask(Slow()), store.ask(Slow())
    Slow.gate.set()
    assert first.future.result(5) is second.future.result(5)
    assert store.ask(Slow()).future.result(5) is first.future.result(5)
    assert Slow.started == [1]


def test_progress_reaches_everybody_who_asked():
    store, heard = RunStore(), {"a": threading.Event(), "b": threading.Event()}
    store.ask(Slow(), lambda share: heard["a"].set())
    store.ask(Slow(), lambda share: heard["b"].set())
    assert heard["a"].wait(5)
    assert heard["b"].wait(5)


def test_a_run_stops_when_the_last_who_asked_cancels():
    store = RunStore()
    first, second = store.ask(Slow()), store.ask(Slow())
    first.cancel()
    assert not second.future.done()
    second.cancel()
    with pytest.raises(Cancelled):
        second.future.result(5)


def test_a_run_that_nobody_waits_for_when_its_turn_comes_is_not_begun():
    store = RunStore(n_threads=1)
    first, second, third = (store.ask(Slow(size=size)) for size in (1, 2, 3))
    second.cancel()
    second.cancel()
    with pytest.raises(Cancelled):
        second.future.result(0)
    assert not third.begun.done()
    Slow.gate.set()
    assert third.future.result(5).run.scenario["size"] == 3
    assert first.begun.result() <= third.begun.result()
    assert Slow.started == [1, 3]


def test_one_who_waits_and_is_cancelled_leaves_the_run_to_the_others():
    store = RunStore()
    busy, ticket = store.ask(Slow(size=2)), store.ask(Slow())
    assert not ticket.future.cancel()
    Slow.gate.set()
    assert ticket.future.result(5).run.title == busy.future.result(5).run.title


def test_after_a_cancelled_run_the_same_can_be_asked_again():
    store = RunStore()
    store.ask(Slow()).cancel()
    again = store.ask(Slow())
    Slow.gate.set()
    assert again.future.result(5).run.title == "Slow"


def test_the_oldest_runs_make_room():
    store = RunStore(kept_bytes=3000)
    Slow.gate.set()
    for size in (1000, 1001, 1002, 1003):
        store.ask(Slow(size=size)).future.result(5)
    store.ask(Slow(size=1003)).future.result(5)
    assert Slow.started == [1000, 1001, 1002, 1003]
    store.ask(Slow(size=1000)).future.result(5)
    assert Slow.started[-1] == 1000
