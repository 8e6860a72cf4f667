"""The kernel is complete without its shortcuts: whichever are left out, nothing but the cost of a run differs."""

import pytest
from hypothesis import given, settings

from engine.fabric.programs import all_reduce, broadcast, gemm, gemv, reduce, stream, wave, weight_stream
from engine.fabric.simulation import placement
from engine.fabric.simulation.placement import SHORTCUTS
from engine.fabric.simulation.simulate import simulate
from engine.fabric.trace.tables import trace_of
from tests.engine.fabric.simulation.test_simulate import (
    WSE2,
    WSE3,
    assert_agrees,
    bearing,
    faulty,
    machines,
    named_programs,
    nonsense,
    streams,
)

LEFT_OUT = pytest.mark.parametrize("left_out", [*((name,) for name in SHORTCUTS), SHORTCUTS], ids="-".join)


def without(names):
    return [name for name in SHORTCUTS if name not in names]


@LEFT_OUT
def test_named_programs_agree_with_the_reference(left_out):
    for program in named_programs(4, 3, 13, seed=1):
        assert_agrees(program, WSE3, shortcuts=without(left_out))


@LEFT_OUT
@given(streams(most_words=20), machines)
@settings(deadline=None, max_examples=25)
def test_random_streams_agree_with_the_reference(left_out, program, machine):
    assert_agrees(program, machine, shortcuts=without(left_out))


@pytest.mark.slow
@given(faulty(nonsense()), machines)
@settings(deadline=None, max_examples=60)
def test_random_nonsense_on_faulty_fabrics_agrees_with_the_reference_without_any(faulty, machine):
    assert_agrees(faulty[0], bearing(faulty[1], machine), faulty[1], shortcuts=())


@pytest.mark.slow
@LEFT_OUT
@pytest.mark.parametrize("words", [1, 40])
@pytest.mark.parametrize("machine", [WSE2, WSE3], ids=["wse2", "wse3"])
def test_the_trace_is_the_same_byte_for_byte(left_out, words, machine):
    programs = [
        lambda: all_reduce.reduce_broadcast(9, 12, words, (3, 3), "centre", 0),
        lambda: all_reduce.ring(6, 7, 12 * words, 0),
        lambda: reduce.reduce(9, 12, "tree", words, (3, 3), 0),
        lambda: broadcast.multicast(9, 12, words, 0),
        lambda: gemv.gemv(6, 12, "chain", 3, 3, "centre", 0),
        lambda: gemv.gemv(6, 12, "two_phase", 9, 3, "centre", 0, pairs=True),
        lambda: stream.circular(5, 12, words, 0),
        lambda: gemm.shifted(5, "mesh", min(words, 6), "asynchronous", 0),
        lambda: wave.wave(5, 6, words, 0),
        lambda: weight_stream.weight_stream(4, 5, "chain", min(words, 4), 2, 0.5, 0),
    ]
    for build in programs:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(placement, "BAND_CELLS", 1)
            with_all, with_some = (
                simulate(build(), machine, "field", shortcuts=s) for s in (SHORTCUTS, without(left_out))
            )
        assert trace_of(with_some, 1e-9, words).pack() == trace_of(with_all, 1e-9, words).pack()
        assert with_some.memory.tobytes() == with_all.memory.tobytes()
        assert with_some.detour_hops == with_all.detour_hops and with_some.stalled == with_all.stalled


@pytest.mark.parametrize("shortcut", ["trains", "products", "rows"])
def test_a_shortcut_that_is_taken_saves_visits(shortcut):
    program = all_reduce.reduce_broadcast(9, 12, 40, (3, 3), "centre", 0)
    if shortcut == "products":
        program = gemm.shifted(4, "mesh", 8, "asynchronous", 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placement, "BAND_CELLS", 1)
        with_all, with_some = (simulate(program, WSE2, shortcuts=s) for s in (SHORTCUTS, without((shortcut,))))
    assert with_all.visits < 0.8 * with_some.visits


def test_without_bands_there_is_one():
    result = simulate(broadcast.multicast(9, 999, 1, 0), WSE2, shortcuts=without(("bands",)))
    assert result.state.n_alarms.shape[1] == 1
    assert simulate(broadcast.multicast(9, 999, 1, 0), WSE2).state.n_alarms.shape[1] == 3
