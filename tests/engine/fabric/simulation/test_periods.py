"""Periods: what a steady state repeats is skipped, and nothing but the cost of a run differs."""

import pytest
from hypothesis import given, settings

from engine.fabric.programs import all_reduce, gemm, stream, transpose, wave, weight_stream
from engine.fabric.simulation import periods
from engine.fabric.simulation.placement import SHORTCUTS
from engine.fabric.simulation.simulate import simulate
from engine.fabric.trace.tables import trace_of
from tests.engine.fabric.simulation.test_simulate import WSE2, WSE3, bearing, faulty, machines, streams

NOT_SKIPPED = [name for name in SHORTCUTS if name != "periods"]


@pytest.fixture(autouse=True)
def looks_often(monkeypatch):
    monkeypatch.setattr(periods, "LEAST_WAIT", 60)
    monkeypatch.setattr(periods, "WAIT", 0)
    monkeypatch.setattr(periods, "LONGEST_WAIT", 1)


def both(program, machine, shortcuts=SHORTCUTS, faults=None):
    """Run a program with periods skipped and without, hold the runs to each other, and return whether any was."""
    skipped, whole = (
        simulate(program, machine, "field", faults=faults, shortcuts=[s for s in shortcuts if s in allowed])
        for allowed in (SHORTCUTS, NOT_SKIPPED)
    )
    assert trace_of(skipped, 1e-9, 8).pack() == trace_of(whole, 1e-9, 8).pack()
    assert skipped.memory.tobytes() == whole.memory.tobytes()
    for name in ("cycles", "deadlock", "hops", "detour_hops", "elements", "stalled", "max_error"):
        assert getattr(skipped, name) == getattr(whole, name), name
    return skipped.visits < whole.visits


@pytest.mark.parametrize("machine", [WSE2, WSE3], ids=["wse2", "wse3"])
@pytest.mark.parametrize("trains", [True, False])
def test_periods_change_nothing_of_any_program(machine, trains):
    programs = [
        gemm.shifted(4, "mesh", 12, "asynchronous", 0),
        gemm.shifted(5, "cannon", 12, "lockstep", 0),
        gemm.summa(4, 12, 0),
        stream.merging(6, 3, 200, 0),
        stream.crossing(5, 4, 200, 0),
        all_reduce.ring(4, 4, 400, 0),
        transpose.two_stage(6, 2, 60, 0),
        wave.wave(6, 6, 100, 0),
        weight_stream.weight_stream(4, 5, "chain", 6, 2, 0.5, 0),
    ]
    shortcuts = [name for name in SHORTCUTS if trains or name != "trains"]
    skipped = [both(program, machine, shortcuts) for program in programs]
    assert skipped[0] and skipped[1] and sum(skipped) > 4


@pytest.mark.parametrize("trains", [True, False])
@given(faulty(streams(most_words=150)), machines)
@settings(deadline=None, max_examples=40)
@pytest.mark.slow
def test_periods_change_nothing_of_random_streams(trains, faulty, machine):
    program, faults = faulty
    both(program, bearing(faults, machine), [name for name in SHORTCUTS if trains or name != "trains"], faults)
