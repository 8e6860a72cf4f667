import math
from dataclasses import asdict, replace
from itertools import count, pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import parallel
from engine.fabric.core import kernel, log, periods, placing, replay, results, spans
from engine.fabric.core import layout as L
from engine.fabric.core.isa import ADD, EAST, MULTIPLY, NORTH, RAMP, RECEIVE, SEND, SOUTH, STORE, WEST
from engine.fabric.defects.faults import healthy
from engine.fabric.machine.constants import Machine
from engine.fabric.machine.geometry import LINKS, PORT_NAMES, n_links
from engine.fabric.machine.program import Builder, FabricError, Op
from engine.fabric.programs import all_reduce, broadcast, gemv, reduce, stencil, stream
from engine.fabric.published import machine
from engine.fabric.simulation import bands, placement
from engine.fabric.simulation.bands import advance
from engine.fabric.simulation.placement import SHORTCUTS, prepare, recorder
from engine.fabric.simulation.simulate import simulate, warm_up
from engine.fabric.trace.tables import spells, trace_of
from engine.scenarios import Cancelled
from tests.reference import fabric as reference

WSE2 = machine()
WSE3 = machine("wse3")  # where a hop takes two cycles
machines = st.builds(
    Machine,
    hop_latency=st.integers(1, 3),
    ramp_latency=st.integers(1, 4),
    queue_depth=st.integers(1, 3),
    vector_gap=st.integers(0, 5),
    task_startup=st.just(0),
    lanes=st.integers(1, 4),
    reads=st.integers(1, 8),
    writes=st.integers(1, 4),
    half=st.booleans(),
)
PORTS = (*PORT_NAMES, "down")


def named_programs(width, height, words, seed):
    group = (3, 2)
    yield stream.single(width, height, words, seed)
    yield stream.merging(width, height, words, seed)
    yield stream.crossing(width, height, words, seed)
    yield stream.circular(width, height, words, seed)
    yield broadcast.multicast(width, height, words, seed)
    for algorithm in (*reduce.ALGORITHMS, "snake"):
        yield reduce.reduce(width, height, algorithm, words, group, seed)
    yield all_reduce.reduce_broadcast(width, height, words, group, "corner", seed)
    yield all_reduce.reduce_broadcast(width, height, words, group, "centre", seed)
    yield all_reduce.ring(width, height, words, seed)


def twin(program, machine, faults):
    """The same program for the reference, in words."""
    routes, threads, memory = {}, {}, {}
    for cell in range(program.width * program.height):
        y, x = divmod(cell, program.width)
        memory[x, y] = program.memory[cell].tolist()
        for color, code in enumerate(program.routes[:, cell].tolist()):
            positions = []
            while code:
                outputs = {name for port, name in enumerate(PORT_NAMES) if code >> (3 + port) & 1}
                positions.append((PORT_NAMES[code & 7], outputs))
                code >>= 8
            if positions:
                routes[x, y, color] = positions
        threads[x, y] = [
            [
                {
                    "receives": op.receive if op.does & RECEIVE else None,
                    "adds": bool(op.does & ADD),
                    "stores": bool(op.does & STORE),
                    "sends": op.send if op.does & SEND else None,
                    "n": op.n,
                    "period": op.period or op.n,
                    "advance": op.advance,
                    "after": op.after,
                    "of": op.of,
                    "ring": {0: None, 1: "x", 2: "y"}[op.ring],
                    "shift": op.shift,
                    "multiplies": bool(op.does & MULTIPLY),
                    "first": op.first,
                    "shape": op.shape,
                    "at": op.at,
                    "step": op.step,
                }
                for op in thread
            ]
            for thread in program.kinds[program.kind[cell]]
        ]
    size = (program.width, program.height)
    slow, long = {}, {}
    if faults:
        slow = {(x, y): int(cycles) for (y, x), cycles in np.ndenumerate(faults.cycles)}
        hops = np.where(faults.extra == L.CUT, 0, faults.extra + 1)
        long = {(x, y, PORT_NAMES[port]): int(n) for (y, x, port), n in np.ndenumerate(hops)}
    constants = {name: value for name, value in asdict(machine).items() if name != "task_startup"}
    return reference.Fabric(*size, routes, threads, memory, **constants, pairs=program.pairs, slow=slow, long=long)


def moves_of(result):
    rec, n_colors = result.recorder, len(result.program.colors)
    assert rec.used[log.N_SEEN] <= rec.log_value.size
    next_t = rec.listed_moves[:, log.MOVE_T0].copy()
    moves = []
    for i, value in zip(rec.log_move[: rec.used[log.N_SEEN]], rec.log_value, strict=False):
        place = rec.moves[i, log.MOVE_PLACE]
        y, x = divmod(place // (6 * n_colors), result.program.width)
        moves.append((next_t[i], x, y, PORTS[place % 6], place // 6 % n_colors, value))
        next_t[i] += 1
    return sorted(moves)


def elements_of(result):
    rec = result.recorder
    for cell, _, op, t0, t1 in rec.listed_work.tolist():
        y, x = divmod(cell, result.program.width)
        for t in range(t0, t1, (int(result.state.pe[cell, L.FAULTS]) >> 20) + 1):
            yield t, x, y, op


def spells_of(result):
    """Return the spells and the passes of each PE in turn, and the longest pause left out."""
    tables = spells(result.recorder, result.cycles)
    cells = tables["cells"].columns
    found = []
    for name, bits in (("spells", {1: {"moves"}, 2: {"computes"}, 3: {"moves", "computes"}}), ("passes", None)):
        mine = [[] for _ in result.program.kind]
        rows = tables[name].columns
        places = [cell for k in range(int(cells[name].max())) for cell in np.flatnonzero(cells[name] > k)]
        for i, cell in enumerate(places):
            t0, does = int(rows["t0"][i]), bits[int(rows["does"][i])] if bits else {"passes"}
            mine[cell].append((t0, t0 + int(rows["length"][i]), does))
        assert len(places) == rows["t0"].size
        found.append(mine)
    return *found, max(log.PAUSE, int(result.recorder.cells[:, log.JOINED].max()))


def spells_expected(slow):
    places = [(x, y) for y in range(slow.height) for x in range(slow.width)]
    found, longest = [], log.PAUSE
    for moments, most in ((slow.work, log.MOST_SPELLS), (slow.passes, log.MOST_PASSES)):
        until = {place: [(t0, min(t1, slow.cycle), does) for t0, t1, does in moments[place]] for place in places}
        mine = [reference.spells(until[place], log.PAUSE, most) for place in places]
        found.append([each for each, _ in mine])
        longest = max([longest, *(pause for _, pause in mine)])
    return *found, longest


def bearing(faults, machine):
    """The machine, with hops of one cycle where a link is too long for an alarm of slower ones."""
    longest = faults.extra.max(where=faults.extra != L.CUT, initial=0)
    return replace(machine, hop_latency=1) if machine.hop_latency * (1 + longest) >= L.WHEEL else machine


def assert_agrees(program, machine, faults=None, shortcuts=SHORTCUTS):
    """Hold the kernel to the reference: all PEs in one band, and a band for each row with trains as short as can be."""
    slow = twin(program, machine, faults)
    try:
        end = slow.run()
    except reference.Collision:
        end = "got two"
    except reference.NoRoute:
        end = "got none"
    options = {"record": "wavelets", "faults": faults, "shortcuts": shortcuts}
    for changed in ({}, {"BAND_CELLS": 1, "SHORTEST_TRAIN": 2, "BLOCK_WORDS": 5}):
        with pytest.MonkeyPatch.context() as patch:
            for name, value in changed.items():
                patch.setattr(placement, name, value)
            if end.startswith("got"):
                with pytest.raises(FabricError, match=f"{end} at PE .* cycle {slow.cycle}"):
                    simulate(program, machine, **options)
            else:
                assert_same(simulate(program, machine, **options), slow, end)


def assert_same(fast, slow, end):
    program = fast.program
    assert fast.deadlock == (end == "deadlock")
    assert fast.cycles == slow.cycle
    assert moves_of(fast) == sorted(slow.moves)
    before = {}
    for (x, y), pe in slow.pes.items():
        lengths = np.cumsum([0] + [len(thread.operations) for thread in pe.threads])
        before[x, y] = lengths
    expected = sorted((t, x, y, before[x, y][thread] + op) for t, x, y, thread, op in slow.elements)
    assert sorted(elements_of(fast)) == expected
    assert spells_of(fast) == spells_expected(slow)
    assert fast.stalled == slow.stalled
    assert fast.memory.tolist() == [
        slow.pes[cell % program.width, cell // program.width].memory for cell in range(program.kind.size)
    ]


@pytest.mark.parametrize("machine", [WSE2, WSE3], ids=["wse2", "wse3"])
@pytest.mark.parametrize(("width", "height", "words"), [(2, 2, 1), (5, 3, 4), (3, 6, 13), (7, 2, 12)])
@pytest.mark.slow
def test_named_programs_agree_with_the_reference_cycle_by_cycle(width, height, words, machine):
    for program in named_programs(width, height, words, seed=1):
        assert_agrees(program, machine)


@st.composite
def streams(draw, most_words=9):
    """Some streams with turns and drops, on few colors, worked on by several threads."""
    width, height = draw(st.integers(2, 4)), draw(st.integers(1, 4))
    b = Builder(width, height)
    n_threads = {}
    for i in range(draw(st.integers(1, 5))):
        color = b.color(f"stream {i}")
        path = [(draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1)))]
        ports = []
        for _ in range(draw(st.integers(1, 6))):
            x, y = path[-1]
            steps = {EAST: (x + 1, y), WEST: (x - 1, y), NORTH: (x, y - 1), SOUTH: (x, y + 1)}
            open_steps = {
                port: to for port, to in steps.items() if 0 <= to[0] < width and 0 <= to[1] < height and to not in path
            }
            if not open_steps:
                break
            port = draw(st.sampled_from(sorted(open_steps)))
            ports.append(port)
            path.append(open_steps[port])
        assume(ports)
        words = draw(st.integers(1, most_words))
        for place, (x, y) in enumerate(path):
            cell = y * width + x
            source = RAMP if place == 0 else (ports[place - 1] + 2) % 4
            onward = 1 << ports[place] if place < len(ports) else 0
            drop = place == len(ports) or (place > 0 and draw(st.booleans()))
            b.route([cell], color, (source, onward | (drop and 1 << RAMP)))
            thread = draw(st.integers(0, min(2, n_threads.get(cell, 0))))
            n_threads[cell] = max(n_threads.get(cell, 0), thread + 1)
            if place == 0:
                advance = draw(st.booleans())
                after = draw(st.integers(0, 1)) if thread else 0
                b.run([cell], Op("", SEND, words, send=color, advance=advance, after=after), thread=thread)
            elif drop:
                does = RECEIVE | draw(st.sampled_from([STORE, ADD | STORE, 0]))
                b.run([cell], Op("", does, words, receive=color), thread=thread)
    return b.build(np.arange(most_words * width * height).reshape(-1, most_words), [], [])


@st.composite
def nonsense(draw):
    """Any routes, with switches, and any operations: most of it jams or breaks a rule."""
    width, height = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    b = Builder(width, height)
    n_colors = draw(st.integers(1, 3))
    for i in range(n_colors):
        b.color(f"color {i}")
    for cell in range(width * height):
        y, x = divmod(cell, width)
        inside = {NORTH: y > 0, EAST: x < width - 1, SOUTH: y < height - 1, WEST: x > 0, RAMP: True}
        ports = [port for port, there in inside.items() if there]
        for color in range(n_colors):
            positions = []
            for _ in range(draw(st.integers(0, 3))):
                outputs = draw(st.sets(st.sampled_from(ports), min_size=1, max_size=2))
                positions.append((draw(st.sampled_from(ports)), sum(1 << port for port in outputs)))
            if positions:
                b.route([cell], color, *positions)
        # Two operations at a time that hear one color are no program: nobody says which of them gets a wavelet.
        hearing = draw(st.permutations(range(n_colors)))
        for thread in range(draw(st.integers(0, min(2, n_colors)))):
            for _ in range(draw(st.integers(1, 2))):
                kept = [SEND, RECEIVE | STORE, RECEIVE | ADD | STORE, RECEIVE | ADD | SEND]
                products = [MULTIPLY | STORE, MULTIPLY | ADD | STORE | SEND, RECEIVE | MULTIPLY | ADD | STORE]
                does = draw(st.sampled_from(kept + products))
                shape = draw(st.tuples(*[st.integers(1, 2)] * 3))
                op = Op(
                    "",
                    does,
                    math.prod(shape) if does & MULTIPLY else draw(st.integers(1, 6)),
                    receive=hearing[thread] if does & RECEIVE else -1,
                    send=draw(st.integers(0, n_colors - 1)) if does & SEND else -1,
                    advance=bool(does & SEND) and draw(st.booleans()),
                    after=draw(st.integers(0, 1)) if thread else 0,
                    of=draw(st.integers(0, thread)),
                    shape=shape,
                    at=(0, 4, 8),
                )
                b.run([cell], op, thread=thread)
    return b.build(np.arange(12 * width * height).reshape(-1, 12), [], [])


@st.composite
def faulty(draw, programs):
    """A program, and a few faults of its rectangle."""
    program = draw(programs)
    width, height = program.width, program.height
    faults = healthy(width, height)
    for _ in range(draw(st.integers(0, 3))):
        faults.cycles[draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))] = draw(st.integers(1, 8))
    links = [(x, y, port) for x in range(width) for y in range(height) for port in (EAST, SOUTH)]
    inside = [link for link in links if link[link[2] - 1] + 1 < (width, height)[link[2] - 1]]
    for _ in range(draw(st.integers(0, 4)) if inside else 0):
        link = draw(st.sampled_from(inside))
        faults.lengthen(*link, draw(st.one_of(st.integers(0, 5), st.sampled_from([24, L.CUT]))))
    return program, faults


@given(faulty(st.one_of(streams(), nonsense())), machines)
@settings(deadline=None, max_examples=200)
@pytest.mark.slow
def test_programs_on_faulty_fabrics_agree_with_the_reference_cycle_by_cycle(faulty, machine):
    assert_agrees(faulty[0], bearing(faulty[1], machine), faulty[1])


@pytest.mark.parametrize("machine", [WSE2, WSE3], ids=["wse2", "wse3"])
def test_named_programs_on_a_faulty_fabric_agree_with_the_reference_cycle_by_cycle(machine):
    faults = healthy(5, 3)
    faults.cycles[1, 2] = 3
    faults.lengthen(1, 1, EAST, 2)
    faults.lengthen(3, 0, SOUTH, 1)
    for program in named_programs(5, 3, 4, seed=1):
        assert_agrees(program, machine, faults)
        assert simulate(program, machine, faults=faults).max_error == 0


@given(streams(), machines)
@settings(deadline=None, max_examples=150)
@pytest.mark.slow
def test_random_streams_agree_with_the_reference_cycle_by_cycle(program, machine):
    assert_agrees(program, machine)


@given(nonsense(), machines)
@settings(deadline=None, max_examples=150)
@pytest.mark.slow
def test_random_nonsense_agrees_with_the_reference_cycle_by_cycle(program, machine):
    assert_agrees(program, machine)


@pytest.mark.parametrize(
    ("width", "height", "words", "group"), [(2, 1, 5, 1), (9, 1, 3, 4), (6, 7, 12, 3), (13, 5, 1, 9)]
)
def test_every_collective_gives_the_sum_that_numpy_gives(width, height, words, group):
    programs = [reduce.reduce(width, height, a, words, (group, group), 3) for a in (*reduce.ALGORITHMS, "snake")]
    programs += [all_reduce.reduce_broadcast(width, height, words, (group,) * 2, r, 3) for r in ("corner", "centre")]
    programs += [all_reduce.ring(width, height, words, 3), broadcast.multicast(width, height, words, 3)]
    for program in programs:
        result = simulate(program, WSE2)
        assert not result.deadlock
        assert result.max_error == 0


@given(st.integers(1, 40), st.integers(1, 30), st.integers(1, 4), st.integers(1, 9), st.integers(2, 4))
@settings(deadline=None, max_examples=30)
def test_chain_and_broadcast_follow_their_closed_forms(n_pe, words, hop, ramp, depth):
    machine = replace(WSE2, hop_latency=hop, ramp_latency=ramp, queue_depth=depth, task_startup=0)
    chain = simulate(reduce.reduce(n_pe, 1, "chain", words, (1, 1), 0), machine)
    cast = simulate(broadcast.multicast(n_pe, 1, words, 0), machine)
    assume(n_pe > 1)
    assert chain.cycles == words + (hop + 2 * ramp + 1) * (n_pe - 1)
    assert cast.cycles == words + hop * (n_pe - 1) + 1 + 2 * ramp


def test_no_wavelet_beats_the_shortest_path_and_no_link_carries_two_in_a_cycle():
    for program in named_programs(6, 5, 9, seed=2):
        result = simulate(program, WSE2, "wavelets")
        links = [(t, x, y, port) for t, x, y, port, _, _ in moves_of(result)]
        assert len(links) == len(set(links))
        assert result.recorder.counted()[:, log.HOPS].max() <= n_links(6, 5)
    far = simulate(stream.single(9, 1, 1, 0), WSE2, "wavelets")
    assert far.cycles == 1 + 2 * 2 + 1 + 8


def test_every_wavelet_that_is_sent_reaches_each_of_its_destinations():
    result = simulate(broadcast.multicast(5, 4, 7, 0), WSE2, "wavelets")
    moves = moves_of(result)
    sent = [value for *_, port, _, value in moves if port == "down"]
    for x in range(5):
        for y in range(4):
            heard = [value for _, mx, my, port, _, value in moves if (mx, my, port) == (x, y, "ramp")]
            assert heard == (sent if (x, y) != (0, 0) else [])


def test_two_streams_on_one_link_take_turns():
    result = simulate(stream.merging(8, 1, 20, 0), WSE2, "wavelets")
    shared = [color for _, x, _, port, color, _ in moves_of(result) if (x, port) == (6, "east")]
    assert sorted(shared) == [0] * 20 + [1] * 20
    both = shared[shared.index(0) :]
    assert all(a != b for a, b in pairwise(both[:20]))


def test_a_blocked_color_does_not_hold_up_another_on_its_link():
    b = Builder(4, 1)
    blocked, free = b.color("blocked"), b.color("free")
    for color in (blocked, free):
        b.route([0], color, (RAMP, 1 << EAST))
        b.route([1, 2], color, (WEST, 1 << EAST))
        b.route([3], color, (WEST, 1 << RAMP))
    b.run([0], Op("", SEND, 40, send=blocked), thread=0)
    b.run([0], Op("", SEND, 40, send=free), thread=1)
    b.run([3], Op("", RECEIVE, 40, receive=free))
    result = simulate(b.build(np.ones((4, 40)), [], []), WSE2, "wavelets")
    assert result.deadlock
    arrived = [color for _, x, _, port, color, _ in moves_of(result) if (x, port) == (3, "ramp")]
    assert arrived.count(free) == 40


def test_a_collision_names_pe_color_and_cycle():
    b = Builder(3, 1)
    color = b.color("both ways")
    b.route([0], color, (RAMP, 1 << EAST))
    b.route([2], color, (RAMP, 1 << WEST))
    b.route([1], color, (WEST, 1 << RAMP), (EAST, 1 << RAMP))
    b.run([0, 2], Op("", SEND, 6, send=color))
    with pytest.raises(FabricError, match=r"got two at PE \(1, 0\), color 0 \(both ways\), cycle 59"):
        simulate(b.build(np.ones((3, 6)), [], []), WSE2)


def test_a_wavelet_without_a_route_names_pe_color_and_cycle():
    b = Builder(2, 1)
    color = b.color("nowhere")
    b.route([0], color, (RAMP, 1 << EAST))
    b.run([0], Op("", SEND, 6, send=color))
    with pytest.raises(FabricError, match=r"got none at PE \(1, 0\), color 0 \(nowhere\), cycle 59"):
        simulate(b.build(np.ones((2, 6)), [], []), WSE2)


def test_a_program_without_results_has_no_error():
    assert simulate(Builder(2, 1).build(np.ones((2, 6)), [], []), WSE2).max_error == 0


def test_the_largest_result_in_half_precision_is_65504():
    program, half = stream.single(4, 1, 3, 0), replace(WSE2, half=True)
    assert simulate(replace(program, expected=np.full_like(program.expected, -65504)), half).cycles > 0
    with pytest.raises(FabricError, match="dtype must be fp32 for results above 65,504, got one of 65,505"):
        simulate(replace(program, expected=np.full(program.expected.shape, -65505.0)), half)


def test_a_route_out_of_the_rectangle_is_refused():
    for port in LINKS:
        b = Builder(1, 1)
        b.route([0], b.color("out"), (RAMP, 1 << port))
        with pytest.raises(FabricError, match=r"leaving it at PE \(0, 0\)"):
            b.build(np.ones((1, 1)), [], [])


@pytest.mark.parametrize("words", [10, 11])
def test_a_circle_of_waits_is_a_deadlock_once_the_queues_between_two_pes_are_full(words):
    result = simulate(stream.circular(4, 3, words, 0), WSE2, "wavelets")
    assert result.deadlock == (words > 10)
    found = trace_of(result, 1e-9, words).meta["deadlock"]
    if result.deadlock:
        ring = {0: 1, 1: 2, 2: 3, 3: 7, 7: 11, 11: 10, 10: 9, 9: 8, 8: 4, 4: 0}
        assert {cell: waits_for for cell, _, waits_for in found} == ring
    else:
        assert found == []
        assert result.max_error == 0


def test_an_idle_wafer_is_free():
    small = simulate(stream.single(40, 1, 100, 0), WSE2)
    large = simulate(stream.single(40, 200, 100, 0), WSE2)
    assert large.hops == small.hops
    assert large.visits == small.visits
    far = simulate(stream.single(80, 1, 100, 0), WSE2)
    assert far.visits < 2.2 * small.visits


def test_a_run_reports_progress_and_can_be_cancelled():
    seen = []

    def stop_soon(share):
        seen.append(share)
        if len(seen) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        simulate(all_reduce.ring(64, 64, 512, 0), WSE2, hops=2 * 64 * 4 * 63**2 * 8, progress=stop_soon)
    assert 0 == seen[0] < seen[1] < seen[2] < 1


def test_a_run_of_one_slice_reports_its_end_and_can_be_cancelled_too():
    seen = []
    simulate(all_reduce.ring(4, 4, 8, 0), WSE2, progress=seen.append)
    assert (seen[0], seen[-1]) == (0, 1)

    def stop(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        simulate(stream.single(4, 1, 3, 0), WSE2, progress=stop)


@pytest.mark.parametrize("seconds", [1 / 64, 1])
def test_a_slice_does_what_the_one_before_would_have_done_in_a_fortieth_of_a_second(seconds, monkeypatch):
    clock, asked, done = count(0, seconds), [], []

    def slice_of(tables, state, rec, until, n_visits):
        if len(asked) == 4:
            raise Cancelled
        asked.append(n_visits)
        before = int(state.count[L.VISITS])
        try:
            return advance(tables, state, rec, until, n_visits)
        finally:
            done.append(int(state.count[L.VISITS]) - before)

    monkeypatch.setattr("engine.fabric.simulation.simulate.perf_counter", lambda: next(clock))
    monkeypatch.setattr("engine.fabric.simulation.simulate.advance", slice_of)
    with pytest.raises(Cancelled):
        simulate(all_reduce.ring(64, 64, 512, 0), WSE2)
    assert asked == [50_000, *(max(10_000, int(visits / 40 / seconds)) for visits in done[:-1])]


def test_slices_do_not_change_the_result():
    program = reduce.reduce(7, 5, "two_phase", 9, (3, 3), 0)
    whole = simulate(program, WSE2)
    tables, state = prepare(program, WSE2)
    rec = recorder("none", program)
    status, t = L.RUNNING, 0
    while status == L.RUNNING:
        t += 1
        status, rec = advance(tables, state, rec, t, 1 << 30)
    assert state.count[L.END] == whole.cycles
    assert (state.memory == whole.memory).all()


def test_a_slice_advances_even_where_one_cycle_is_more_than_its_share():
    program = all_reduce.reduce_broadcast(9, 7, 3, (3, 3), "centre", 0)
    whole = simulate(program, WSE2)
    tables, state = prepare(program, WSE2)
    rec = recorder("none", program)
    status, before = L.RUNNING, -1
    while status == L.RUNNING:
        status, rec = advance(tables, state, rec, 1 << 30, 1)
        assert status != L.RUNNING or state.count[L.T] > before
        before = state.count[L.T]
    assert state.count[L.END] == whole.cycles


def test_bands_do_not_change_the_result():
    program = all_reduce.reduce_broadcast(21, 16, 5, (4, 4), "centre", 0)
    whole = simulate(program, WSE2, "field")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placement, "BAND_CELLS", 50)
        banded = simulate(program, WSE2, "field")
    assert banded.tables.window > 1
    assert banded.state.n_alarms.shape[1] == 8
    assert (banded.cycles, banded.hops, banded.stalled) == (whole.cycles, whole.hops, whole.stalled)
    assert (banded.recorder.cells == whole.recorder.cells).all()
    n = banded.cycles
    assert (banded.recorder.cycles[:n] == whole.recorder.cycles[:n]).all()


@pytest.mark.parametrize("n_threads", [2, 3])
def test_threads_do_not_change_the_result(n_threads):
    program = all_reduce.reduce_broadcast(21, 40, 30, (4, 4), "centre", 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placement, "BAND_CELLS", 42)
        patch.setattr(parallel, "N_THREADS", 1)
        one = simulate(program, WSE2, "field")
        patch.setattr(parallel, "N_THREADS", n_threads)
        several = simulate(program, WSE2, "field")
    assert one.state.n_alarms.shape[1] == 20 >= bands.LEAST_BANDS
    for name in ("cycles", "hops", "elements", "stalled", "visits", "max_error"):
        assert getattr(one, name) == getattr(several, name), name
    assert (one.memory == several.memory).all()
    assert trace_of(one, 1e-9, 30).pack() == trace_of(several, 1e-9, 30).pack()


def test_threads_find_the_same_error():
    b = Builder(3, 40)
    color = b.color("both ways")
    cells = np.arange(120).reshape(40, 3)
    b.route(cells[:, 0], color, (RAMP, 1 << EAST))
    b.route(cells[:, 2], color, (RAMP, 1 << WEST))
    b.route(cells[:, 1], color, (WEST, 1 << RAMP), (EAST, 1 << RAMP))
    # The further down, the earlier: the last row is the first to break the rule.
    for y in range(40):
        b.run(cells[y, [0, 2]], Op("", STORE, 41 - y), Op("", SEND, 6, send=color))
    down = b.color("to the south")
    b.route([0], down, (RAMP, 1 << SOUTH))
    b.route([3], down, (NORTH, 1 << RAMP))
    b.run([0], Op("", SEND, 1, send=down))
    program = b.build(np.ones((120, 41)), [], [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placement, "BAND_CELLS", 6)
        for n_threads in (1, 2, 3):
            patch.setattr(parallel, "N_THREADS", n_threads)
            with pytest.raises(FabricError, match=r"got two at PE \(1, 39\), color 0"):
                simulate(program, WSE2)


def test_threads_find_a_deadlock_before_anything_crosses():
    b = Builder(2, 20)
    color, down = b.color("never sent"), b.color("to the south")
    b.route(np.arange(1, 40, 2), color, (WEST, 1 << RAMP))
    b.route(np.arange(0, 40, 2), color, (RAMP, 1 << EAST))
    b.route([1], down, (RAMP, 1 << SOUTH))
    b.route([3], down, (NORTH, 1 << RAMP))
    b.run(np.arange(1, 40, 2), Op("", RECEIVE | STORE, 6, receive=color))
    b.run([1], Op("", SEND, 1, send=down))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placement, "BAND_CELLS", 2)
        patch.setattr(parallel, "N_THREADS", 2)
        assert simulate(b.build(np.ones((40, 6)), [], []), WSE2).deadlock


def test_a_run_in_place_gives_the_same_trace():
    copied, in_place = (
        trace_of(
            simulate(all_reduce.reduce_broadcast(6, 5, 12, (3, 2), "centre", 0), WSE2, "wavelets", in_place=yes),
            1e-9,
            12,
        )
        for yes in (False, True)
    )
    assert copied.pack() == in_place.pack()
    memory = in_place.tables["memory"].columns
    assert (memory["before"] != memory["after"]).all()


def test_kernels_are_private_and_compiled_once_when_warmed_up():
    warm_up()
    for program in (reduce.reduce(3, 3, "two_phase", 2, (2, 2), 0), stream.circular(3, 3, 20, 0)):
        for record in ("wavelets", "field"):
            result = simulate(program, WSE2, record)
            trace_of(result, 1e-9, 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placement, "BAND_CELLS", 1)
        simulate(reduce.reduce(3, 9, "two_phase", 2, (2, 2), 0), WSE2, "field")
    kernels = (
        kernel._advance,
        kernel._settle,
        placing._count,
        periods._periods,
        periods._repeat,
        placing._lay,
        replay._is_quiet,
        replay._repeat,
        results._largest_bits,
        spans._uncovered,
    )
    for function in kernels:
        assert function.py_func.__name__.startswith("_")
        assert function.targetoptions["nogil"] is True
        assert len(function.signatures) == 1, function.signatures


@pytest.mark.slow
def test_without_pauses_spells_last_as_many_cycles_as_elements_are_issued(monkeypatch):
    monkeypatch.setattr(log, "PAUSE", 0)
    monkeypatch.setattr(log, "MOST_SPELLS", 125)
    programs = (
        all_reduce.reduce_broadcast(60, 40, 16, (8, 8), "centre", 0),
        all_reduce.reduce_broadcast(60, 40, 64, (8, 8), "corner", 0),
        broadcast.multicast(60, 40, 16, 0),
        reduce.reduce(60, 40, "chain", 16, (8, 8), 0),
        gemv.gemv(60, 40, "two_phase", 4, 8, "centre", 0),
        stencil.stencil(60, 40, 16, 0),
    )
    for program in programs:
        result = simulate(program, WSE2, "field")
        tables = spells(result.recorder, result.cycles)
        assert tables["cells"].columns["spells"].max() < log.MOST_SPELLS
        assert tables["spells"].columns["length"].sum() == result.elements


@pytest.mark.slow
def test_where_a_pe_has_no_room_for_its_spells_the_trace_says_which_pauses_are_left_out():
    run = simulate(stencil.stencil(9, 7, 16, 0), WSE2, "field")
    trace = trace_of(run, 1e-9, 16)
    assert trace.tables["cells"].columns["spells"].max() == log.MOST_SPELLS
    assert trace.meta["pause"] > log.PAUSE
    few = trace_of(simulate(broadcast.multicast(9, 7, 16, 0), WSE2, "field"), 1e-9, 16)
    assert few.meta["pause"] == log.PAUSE
