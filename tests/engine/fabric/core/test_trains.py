"""Trains: long streams that the kernel advances in one step, and what may come in their way."""

import numpy as np
import pytest
from hypothesis import given, settings

from engine.fabric.core.isa import ADD, EAST, RAMP, RECEIVE, SEND, SOUTH, STORE, WEST
from engine.fabric.machine.program import Builder, Op
from engine.fabric.programs import all_reduce, broadcast, reduce, stream
from engine.fabric.simulation import placement
from engine.fabric.simulation.placement import prepare
from engine.fabric.simulation.simulate import simulate
from engine.scenarios import Cancelled
from tests.engine.fabric.simulation.test_simulate import WSE2, WSE3, assert_agrees, machines, streams

BOTH = pytest.mark.parametrize("machine", [WSE2, WSE3], ids=["wse2", "wse3"])


@given(streams(most_words=40), machines)
@settings(deadline=None, max_examples=60)
@pytest.mark.slow
def test_long_streams_agree_with_the_reference_cycle_by_cycle(program, machine):
    assert_agrees(program, machine)


@pytest.mark.parametrize("words", [30, 37])
@BOTH
def test_long_collectives_agree_with_the_reference_cycle_by_cycle(words, machine):
    for program in (
        stream.merging(5, 2, words, 0),
        stream.crossing(4, 3, words, 0),
        stream.circular(3, 3, words, 0),
        reduce.reduce(5, 2, "star", words, (2, 2), 0),
        reduce.reduce(6, 2, "two_phase", words, (2, 2), 0),
        reduce.reduce(6, 1, "tree", words, (2, 2), 0),
        all_reduce.reduce_broadcast(4, 3, words, (2, 2), "centre", 0),
    ):
        assert_agrees(program, machine)


def row(*receivers, words=40, drops=(1, 2, 3)):
    """PE 0 sends to `drops` of four PEs in a row; each receiver is the operations of one of them."""
    b = Builder(4, 1)
    color = b.color("along the row")
    b.route([0], color, (RAMP, 1 << EAST))
    for x in (1, 2, 3):
        onward = 1 << EAST if x < 3 else 0
        b.route([x], color, (WEST, onward | (1 << RAMP if x in drops else 0)))
    b.run([0], Op("", SEND, words, send=color))
    for x, ops in receivers:
        b.run([x], *ops)
    return b.build(np.arange(4 * words).reshape(4, words), [], [])


def hear(n, words=40):
    return Op("", RECEIVE | ADD | STORE, n, receive=0, period=words)


@pytest.mark.parametrize("late", [1, 2, 3])
@pytest.mark.parametrize("n", [3, 17])
@BOTH
def test_a_branch_that_stops_in_the_midst_of_a_train_stops_all_of_it(late, n, machine):
    parts = [(x, [hear(n), hear(40 - n)] if x == late else [hear(40)]) for x in (1, 2, 3)]
    assert_agrees(row(*parts), machine)


@pytest.mark.parametrize("n", [1, 5, 35])
@BOTH
def test_a_receiver_that_takes_too_few_of_a_train_is_a_deadlock(n, machine):
    program = row((1, [hear(40)]), (2, [hear(n)]), (3, [hear(40)]))
    assert simulate(program, machine).deadlock
    assert_agrees(program, machine)


@BOTH
def test_a_train_that_outlasts_the_last_operation_is_counted_until_its_end(machine):
    assert_agrees(row((3, [hear(11)]), drops=(3,)), machine)


@pytest.mark.parametrize("start", [0, 4, 20])
@BOTH
def test_another_color_comes_in_the_way_of_a_train(start, machine):
    b = Builder(3, 2)
    long, short = b.color("long"), b.color("short")
    b.route([0], long, (RAMP, 1 << EAST))
    b.route([1], long, (WEST, 1 << EAST))
    b.route([2], long, (WEST, 1 << RAMP))
    b.route([4], short, (RAMP, 1 << 0))
    b.route([1], short, (SOUTH, 1 << EAST))
    b.route([2], short, (WEST, 1 << RAMP))
    b.run([0], Op("", SEND, 40, send=long))
    if start:
        b.run([4], Op("", STORE, start))
    b.run([4], Op("", SEND, 3, send=short))
    b.run([2], Op("", RECEIVE | STORE, 3, receive=short), thread=1)
    b.run([2], Op("", RECEIVE | STORE, 40, receive=long))
    assert_agrees(b.build(np.arange(6 * 40).reshape(6, 40), [], []), machine)


def test_an_uncontended_train_costs_its_head_and_its_tail():
    short, long = (simulate(broadcast.multicast(16, 16, words, 0), WSE2) for words in (20, 250))
    assert long.max_error == short.max_error == 0
    assert long.hops == 250 / 20 * short.hops
    assert long.visits < 1.05 * short.visits


def test_a_wafer_laid_out_in_pieces_is_the_same():
    program = all_reduce.reduce_broadcast(9, 12, 3, (3, 3), "centre", 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placement, "BAND_CELLS", 18)
        _, whole = prepare(program, WSE2)
        patch.setattr(placement, "RANGE_BANDS", 1)
        _, parts = prepare(program, WSE2)
        for name in ("pe", "memory", "n_alarms", "count"):
            assert (getattr(whole, name) == getattr(parts, name)).all(), name
        seen = []

        def stop(share):
            seen.append(share)
            raise Cancelled

        with pytest.raises(Cancelled):
            prepare(program, WSE2, progress=stop)
        assert len(seen) == 1
