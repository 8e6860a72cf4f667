"""Rows that are alike and simulated once: nothing may differ from a run in which every row is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import parallel
from engine.fabric.core.isa import ADD, EAST, NORTH, RAMP, RECEIVE, SEND, SOUTH, STORE, WEST
from engine.fabric.defects.faults import healthy
from engine.fabric.machine.geometry import Window
from engine.fabric.machine.program import Builder, FabricError, Op
from engine.fabric.programs import all_reduce, gemv, reduce, stream
from engine.fabric.simulation import placement, rows
from engine.fabric.simulation.placement import SHORTCUTS
from engine.fabric.simulation.simulate import simulate
from engine.fabric.trace.tables import trace_of
from engine.scenarios import Cancelled
from tests.engine.fabric.simulation.test_simulate import WSE2, machines, twin

COUNTS = ("cycles", "hops", "detour_hops", "elements", "stalled", "deadlock", "max_error")


def run(program, machine, monkeypatched, once=True, **options):
    """Simulate with a band for each row; `once` says whether rows may repeat others."""
    done = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placement, "BAND_CELLS", 1)
        for name, value in monkeypatched.items():
            patch.setattr(placement, name, value)
        run_once = rows._run_once
        patch.setattr(rows, "_run_once", lambda *args: done.append(run_once(*args)) or done[-1])
        result = simulate(program, machine, **options, shortcuts=SHORTCUTS if once else ("trains", "bands"))
    return result, [finished for finished, _ in done]


def assert_same_as_every_row(program, machine=WSE2, faults=None, window=None, repeats=True):
    """Hold a run in which rows repeat others to one in which every row is simulated, and to the reference."""
    for changed in ({}, {"SHORTEST_TRAIN": 2, "BLOCK_WORDS": 5}):
        options = {"record": "field", "faults": faults, "window": window}
        every, _ = run(program, machine, changed, once=False, **options)
        once, done = run(program, machine, changed, **options)
        assert done == [True] * repeats
        assert [getattr(once, name) for name in COUNTS] == [getattr(every, name) for name in COUNTS]
        assert once.memory.tobytes() == every.memory.tobytes()
        assert trace_of(once, 1e-9, 4).pack() == trace_of(every, 1e-9, 4).pack()
        assert once.visits < every.visits or not repeats
    return once


@pytest.mark.parametrize("words", [1, 5, 40])
@pytest.mark.parametrize("root", ["corner", "centre"])
def test_an_all_reduce_is_the_same_bit_for_bit(words, root):
    program = all_reduce.reduce_broadcast(13, 9, words, (4, 3), root, 2)
    program.memory[:] = np.random.default_rng(1).normal(size=program.memory.shape)  # the order of summation counts
    assert_same_as_every_row(program)
    assert_same_as_every_row(program, replace(WSE2, half=True))


@pytest.mark.parametrize("algorithm", reduce.ALGORITHMS)
def test_every_reduction_is_the_same_bit_for_bit(algorithm):
    assert_same_as_every_row(reduce.reduce(9, 8, algorithm, 12, (3, 3), 0))


@given(machines, st.integers(2, 9), st.integers(4, 7), st.integers(1, 30), st.sampled_from(list(reduce.ALGORITHMS)))
@settings(deadline=None, max_examples=30)
@pytest.mark.slow
def test_reductions_agree_with_the_reference_on_any_machine(machine, width, height, words, algorithm):
    program = reduce.reduce(width, height, algorithm, words, (3, 2), 0)
    slow = twin(program, machine, None)
    slow.run()
    fast, done = run(program, machine, {}, record="none")
    assert done == [True]
    assert (fast.cycles, fast.stalled, fast.elements) == (slow.cycle, slow.stalled, len(slow.elements))
    assert fast.hops == sum(port in ("north", "east", "south", "west") for *_, port, _, _ in slow.moves)
    assert fast.memory.tolist() == [slow.pes[cell % width, cell // width].memory for cell in range(width * height)]


@st.composite
def rows_that_talk(draw):
    """Rows of a few patterns of streams to the east and west, and a column along which some then send on."""
    width, height = draw(st.integers(2, 4)), draw(st.integers(3, 6))
    b = Builder(width, height)
    cells = np.arange(width * height).reshape(height, width)
    pattern = np.array(draw(st.sampled_from([[0] * 6, [0, 0, 0, 1, 1, 1], [0, 1, 0, 1, 1, 0]]))[:height])
    for which in (0, 1):
        mine = cells[pattern == which]
        for i in range(draw(st.integers(0, 3)) if len(mine) else 0):
            color = b.color(f"pattern {which}, stream {i}")
            start, length = draw(st.integers(0, width - 1)), draw(st.integers(1, width - 1))
            step, words = draw(st.sampled_from([1, -1])), draw(st.integers(1, 12))
            path = [x for x in range(start, start + step * (length + 1), step) if 0 <= x < width]
            toward, behind = (EAST, WEST) if step == 1 else (WEST, EAST)
            thread = draw(st.integers(0, 1))
            for place, x in enumerate(path):
                onward = 1 << toward if place < len(path) - 1 else 0
                drop = place == len(path) - 1 or (place > 0 and draw(st.booleans()))
                if len(path) > 1:
                    b.route(mine[:, x], color, (behind if place else RAMP, onward | (drop and 1 << RAMP)))
                    n = draw(st.sampled_from([words, words, max(1, words - 1)]))
                    does = SEND if place == 0 else RECEIVE | draw(st.sampled_from([ADD | STORE, STORE]))
                    if place == 0 or drop:
                        colors = {"receive": color} if place else {"send": color}
                        b.run(mine[:, x], Op("", does, words if place == 0 else n, **colors), thread=thread)
    x, words = draw(st.integers(0, width - 1)), draw(st.integers(1, 6))
    down = b.color("down")
    sends, hears = cells[0 : height - 1 : 2, x], cells[1:height:2, x]
    b.route(sends, down, (RAMP, 1 << SOUTH))
    b.route(hears, down, (NORTH, 1 << RAMP))
    b.run(cells[:, x], Op("", STORE, draw(st.sampled_from([1, 30, 60])), period=12))
    b.run(sends, Op("", SEND, words, send=down))
    b.run(hears, Op("", RECEIVE | ADD | STORE, words, receive=down))
    memory = np.random.default_rng(draw(st.integers(0, 9))).normal(size=(width * height, 12))
    return b.build(memory, [], [])


@given(rows_that_talk(), machines)
@settings(deadline=None, max_examples=120)
@pytest.mark.slow
def test_random_rows_are_the_same_bit_for_bit_and_agree_with_the_reference(program, machine):
    every, _ = run(program, machine, {}, once=False, record="field")
    once, _ = run(program, machine, {}, record="field")
    assert trace_of(once, 1e-9, 4).pack() == trace_of(every, 1e-9, 4).pack()
    assert once.memory.tobytes() == every.memory.tobytes()
    assert [getattr(once, name) for name in COUNTS] == [getattr(every, name) for name in COUNTS]
    slow = twin(program, machine, None)
    assert once.deadlock == (slow.run() == "deadlock")
    assert (once.cycles, once.stalled, once.elements) == (slow.cycle, slow.stalled, len(slow.elements))


def test_a_row_that_is_like_no_other_is_simulated_for_itself():
    faults = healthy(9, 8)
    faults.cycles[6, 4] = 3
    assert_same_as_every_row(reduce.reduce(9, 8, "two_phase", 12, (3, 3), 0), faults=faults)


def test_rows_in_a_window_are_simulated_on_numbers():
    program = all_reduce.reduce_broadcast(9, 12, 7, (3, 3), "centre", 0)
    once = assert_same_as_every_row(program, window=Window(2, 3, 3))
    assert once.window == Window(2, 3, 3)


@pytest.mark.parametrize("n_threads", [1, 3])
def test_threads_do_not_change_rows_that_are_alike(n_threads):
    program = all_reduce.reduce_broadcast(21, 40, 30, (4, 4), "centre", 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parallel, "N_THREADS", n_threads)
        assert_same_as_every_row(program)


def test_the_progress_of_rows_that_are_alike_goes_forward_and_can_be_cancelled():
    program = all_reduce.reduce_broadcast(21, 40, 30, (4, 4), "centre", 0)
    seen = []
    whole, _ = run(program, WSE2, {}, progress=seen.append, hops=2e5)
    assert seen == sorted(seen)
    assert any(0 < share < 1 for share in seen)
    assert whole.max_error == 0

    def stop(share):
        if share:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(program, WSE2, {}, progress=stop, hops=2e5)


def test_rows_with_products_or_without_a_way_between_them_are_all_simulated():
    for program in (gemv.gemv(6, 5, "chain", 3, 3, "centre", 0), stream.single(6, 5, 9, 0)):
        assert run(program, WSE2, {})[1] == []


@pytest.mark.parametrize("longer", [0, 4])
def test_rows_go_on_from_the_switches_and_turns_at_which_they_were(longer):
    b = Builder(3, 4)
    cells = np.arange(12).reshape(4, 3)
    through, merging, turning, down = (b.color(name) for name in ("through", "merging", "turning", "down"))
    b.route(cells[:, 0], through, (RAMP, 1 << EAST))
    b.route(cells[:, 1], through, (WEST, 1 << EAST))
    b.route(cells[:, 1], merging, (RAMP, 1 << EAST))
    for color in (through, merging):
        b.route(cells[:, 2], color, (WEST, 1 << RAMP))
    b.route(cells[:, 2], turning, (RAMP, 1 << WEST))
    b.route(cells[:, 1], turning, (EAST, 1 << RAMP), (RAMP, 1 << WEST))
    b.route(cells[:, 0], turning, (EAST, 1 << RAMP))
    b.route(cells[::2, 0], down, (RAMP, 1 << SOUTH))
    b.route(cells[1::2, 0], down, (NORTH, 1 << RAMP))
    wait = Op("", STORE, 60, period=12)

    def hear(color, n):
        return Op("", RECEIVE | ADD | STORE, n, receive=color)

    b.run(cells[:, 0], Op("", SEND, 5 + longer, send=through), wait)
    b.run(cells[::2, 0], Op("", SEND, 2, send=down))
    b.run(cells[1::2, 0], hear(down, 2))
    b.run(cells[:, 0], Op("", SEND, 6, send=through), hear(turning, 3))
    b.run(cells[:, 1], Op("", SEND, 6, send=merging), hear(turning, 4), wait, Op("", SEND, 9, send=merging))
    b.run(cells[:, 1], Op("", SEND, 3, send=turning))
    b.run(cells[:, 2], Op("", SEND, 4, send=turning, advance=True))
    b.run(cells[:, 2], hear(through, 5 + longer), hear(through, 6), thread=1)
    b.run(cells[:, 2], hear(merging, 6), hear(merging, 9), thread=2)
    assert_same_as_every_row(b.build(np.random.default_rng(0).normal(size=(12, 12)), [], []))


def rows_that_wait():
    """Three columns for what rows do, and one along which every second row sends down after 30 cycles."""
    b = Builder(4, 4)
    cells = np.arange(16).reshape(4, 4)
    down = b.color("down")
    b.route(cells[::2, 3], down, (RAMP, 1 << SOUTH))
    b.route(cells[1::2, 3], down, (NORTH, 1 << RAMP))
    b.run(cells[:, 3], Op("", STORE, 30, period=12))
    b.run(cells[::2, 3], Op("", SEND, 2, send=down))
    b.run(cells[1::2, 3], Op("", RECEIVE | STORE, 2, receive=down))
    return b, cells


def test_rows_go_on_with_the_color_that_moved_longest_ago():
    b, cells = rows_that_wait()
    first, second = b.color("moves last before, and second after"), b.color("moves first after")
    b.route(cells[:, 0], first, (RAMP, 1 << EAST))
    b.route(cells[:, 1], first, (WEST, 1 << EAST))
    b.route(cells[:, 2], first, (WEST, 1 << RAMP))
    b.route(cells[:, 1], second, (RAMP, 1 << EAST))
    b.route(cells[:, 2], second, (WEST, 1 << EAST))
    b.route(cells[:, 3], second, (WEST, 1 << RAMP))
    # After these waits both have a wavelet at the router of column 1 in the same cycle.
    for x, color, before, wait in ((0, first, 2, 60), (1, second, 1, 62)):
        wait = Op("", STORE, wait, period=12)
        b.run(cells[:, x], Op("", SEND, before, send=color), wait, Op("", SEND, 1, send=color))
        hears = [Op("", RECEIVE | STORE, n, receive=color) for n in (before, 1)]
        b.run(cells[:, x + 2], *hears, thread=1)
    assert_same_as_every_row(b.build(np.ones((16, 12)), [], []))


def test_rows_go_on_with_the_thread_that_was_served_longest_ago():
    b, cells = rows_that_wait()
    for thread, column in ((0, 1), (1, 2)):
        color = b.color(f"thread {thread}")
        b.route(cells[:, 0], color, (RAMP, 1 << EAST))
        b.route(cells[:, 1:column], color, (WEST, 1 << EAST))
        b.route(cells[:, column], color, (WEST, 1 << RAMP))
        before = Op("", STORE, 3 - thread)
        b.run(cells[:, 0], before, Op("", SEND, 1, send=color, after=1, of=2), thread=thread)
        b.run(cells[:, column], Op("", RECEIVE | STORE, 1, receive=color))
    b.run(cells[:, 0], Op("", STORE, 60, period=12), thread=2)
    assert_same_as_every_row(b.build(np.ones((16, 12)), [], []))


def test_more_sums_than_there_is_room_for_have_all_rows_simulated():
    program = reduce.reduce(9, 8, "two_phase", 12, (3, 3), 0)
    every, _ = run(program, WSE2, {}, once=False, record="field")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "_SUMS", 0)
        once, done = run(program, WSE2, {}, record="field")
    assert done == [False]
    assert trace_of(once, 1e-9, 4).pack() == trace_of(every, 1e-9, 4).pack()


def late_stream():
    """Rows that still pass words along when their first PE has sent some down."""
    b = Builder(3, 4)
    along, down = b.color("along"), b.color("down")
    cells = np.arange(12).reshape(4, 3)
    b.route(cells[:, 1], along, (RAMP, 1 << EAST))
    b.route(cells[:, 2], along, (WEST, 1 << RAMP))
    b.route(cells[:3, 0], down, (RAMP, 1 << SOUTH))
    b.route(cells[3:, 0], down, (NORTH, 1 << RAMP))
    b.run(cells[:, 1], Op("", SEND, 40, send=along))
    b.run(cells[:, 2], Op("", RECEIVE | ADD | STORE, 40, receive=along))
    b.run(cells[:, 0], Op("", STORE, 3))
    return b, cells, down


def test_rows_in_which_something_is_under_way_when_they_begin_to_talk_are_all_simulated():
    b, cells, down = late_stream()
    b.run(cells[2:3, 0], Op("", SEND, 4, send=down))
    b.run(cells[3:, 0], Op("", RECEIVE | STORE, 4, receive=down))
    program = b.build(np.arange(12 * 40).reshape(12, 40), [], [])
    assert run(program, WSE2, {}, in_place=True)[1] == [False]
    program = b.build(np.arange(12 * 40).reshape(12, 40), [], [])
    every, _ = run(program, WSE2, {}, once=False, record="field")
    once, _ = run(program, WSE2, {}, record="field", in_place=True)
    assert trace_of(once, 1e-9, 4).pack() == trace_of(every, 1e-9, 4).pack()
    assert once.memory.tobytes() == every.memory.tobytes()


def test_a_run_in_place_that_begins_again_begins_with_the_numbers_of_the_program():
    program = all_reduce.ring(6, 7, 24, 0)
    once, done = run(program, WSE2, {}, record="field", in_place=True)
    assert done == [False]
    assert once.max_error == 0


def test_an_error_in_rows_that_are_alike_names_the_first_of_them():
    b = Builder(3, 6)
    cells = np.arange(18).reshape(6, 3)
    both, down = b.color("both ways"), b.color("down")
    b.route(cells[:, 0], both, (RAMP, 1 << EAST))
    b.route(cells[:, 2], both, (RAMP, 1 << WEST))
    b.route(cells[:, 1], both, (WEST, 1 << RAMP), (EAST, 1 << RAMP))
    b.route(cells[:1, 1], down, (RAMP, 1 << SOUTH))
    b.route(cells[1:2, 1], down, (NORTH, 1 << RAMP))
    b.run(cells[:, [0, 2]], Op("", SEND, 6, send=both))
    b.run(cells[:1, 1], Op("", RECEIVE | STORE, 6, receive=both), Op("", SEND, 1, send=down))
    with pytest.raises(FabricError, match=r"got two at PE \(1, 0\), color 0"):
        run(b.build(np.ones((18, 6)), [], []), WSE2, {})
