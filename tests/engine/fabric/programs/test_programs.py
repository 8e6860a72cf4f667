"""Programs that compute: gemv, gemm, transpose, weight_stream and stencil."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from engine import machines as registry
from engine.fabric.core import operation
from engine.fabric.core.isa import MULTIPLY, RAMP, RECEIVE
from engine.fabric.machine.constants import Machine
from engine.fabric.machine.program import FabricError, multiply, sparse
from engine.fabric.programs import gemm, gemv, reduce, stencil, transpose, wave, weight_stream
from engine.fabric.simulation.simulate import simulate
from engine.scenarios import ScenarioError
from engine.scenarios.fabric import FabricScenario
from tests.engine.fabric.simulation.test_simulate import WSE2, assert_agrees, machines


@st.composite
def kernels(draw):
    """Any of the programs that compute, on few PEs."""
    width, height, edge = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(1, 3))
    algorithm = draw(st.sampled_from(sorted(reduce.ALGORITHMS)))
    group, seed = draw(st.integers(1, 4)), draw(st.integers(0, 9))
    root = draw(st.sampled_from(["corner", "centre"]))
    exchange = draw(st.sampled_from(["asynchronous", "lockstep"]))
    return draw(
        st.sampled_from(
            [
                lambda: gemv.gemv(width, height, algorithm, edge, group, root, seed),
                lambda: gemv.gemv(width, height, algorithm, edge, group, root, seed, pairs=True),
                lambda: gemm.summa(width, edge, seed),
                lambda: gemm.summa_in_step(width, edge, seed),
                lambda: gemm.shifted(width, "cannon", edge, exchange, seed),
                lambda: gemm.shifted(width, "mesh", edge, exchange, seed),
                lambda: transpose.direct(width, height, edge, seed),
                lambda: transpose.two_stage(2 * width, height, edge, seed),
                lambda: weight_stream.weight_stream(width + 1, height, algorithm, edge, group, 0.4, seed),
                lambda: stencil.stencil(width, height, edge, seed),
                lambda: wave.wave(width, height, edge, seed),
            ]
        )
    )()


@given(kernels(), machines)
@settings(deadline=None, max_examples=40)
@pytest.mark.slow
def test_every_kernel_agrees_with_the_reference_cycle_by_cycle_and_with_numpy(program, machine):
    assert_agrees(program, machine)
    result = simulate(program, machine)
    assert not result.deadlock
    # Whole numbers and eighths, few enough for all sums to be exact in fp32; in fp16, each of few sums may be rounded.
    assert result.max_error <= (2**-7 * np.abs(program.expected).max() if machine.half else 0)


@pytest.mark.parametrize(
    "program",
    [
        gemv.gemv(40, 30, "two_phase", 9, 6, "centre", 1),
        gemv.gemv(7, 33, "tree", 40, 1, "centre", 1),
        gemv.gemv(40, 30, "two_phase", 9, 6, "centre", 1, pairs=True),
        gemm.summa(13, 5, 1),
        gemm.shifted(20, "cannon", 4, "asynchronous", 1),
        gemm.shifted(21, "mesh", 4, "asynchronous", 1),
        gemm.shifted(21, "mesh", 4, "lockstep", 1),
        gemm.summa_in_step(12, 5, 1),
        transpose.direct(transpose.WIDEST_DIRECT, 3, 17, 1),
        transpose.two_stage(36, 3, 5, 1),
        transpose.two_stage(29, 2, 7, 1),
        weight_stream.weight_stream(20, 17, "two_phase", 5, 4, 0.7, 1),
        stencil.stencil(50, 30, 21, 1),
        wave.wave(23, 14, 11, 1),
        wave.wave(1, 9, 3, 1),
        # More than the 4,096 PEs that the kernel takes through several cycles by themselves.
        gemv.gemv(90, 70, "two_phase", 3, 9, "centre", 1),
        weight_stream.weight_stream(90, 70, "chain", 2, 1, 0.5, 1),
        stencil.stencil(90, 70, 7, 1),
    ],
)
@pytest.mark.slow
def test_larger_kernels_agree_with_numpy(program):
    result = simulate(program, WSE2)
    assert not result.deadlock
    assert np.abs(result.memory[program.results, : program.expected.shape[-1]]).max() > 0
    assert result.max_error == 0


def test_a_product_of_two_tiles_in_one_pe_takes_a_cycle_for_each_product():
    program = gemm.summa(1, 7, 0)
    assert simulate(program, WSE2).cycles == 7**3
    op = multiply("", (2, 3, 4), (0, 6, 18))
    assert op.n == 24


@given(st.floats(-7e4, 7e4, width=32) | st.floats(-(2**-10), 2**-10, width=32))
def test_sums_and_products_are_rounded_to_fp16_as_ieee_754_says(number):
    with np.errstate(over="ignore"):
        expected = np.float16(number).astype(np.float32)
    assert operation.half.py_func(np.float32(number)) == expected


def test_fp16_makes_products_faster_until_the_ports_of_the_memory_carry_no_more():
    def cycles(machine, dtype):
        scenario = read(program="gemv", width=1, height=1, words=64, machine=machine, dtype=dtype)
        return simulate(scenario.build(), scenario.constants()).cycles

    assert cycles("wse2", "fp32") == 4 * cycles("wse2", "fp16") == 64**2
    facts = registry.machines()["wse3"].figures
    wide = Machine.of(facts, "fp16")
    assert wide.lanes > wide.rate(2, 1) == int(facts["sram_read"].value) // 2 // 2
    assert cycles("wse3", "fp16") == 64**2 / wide.rate(2, 1)


def test_two_numbers_of_fp16_go_into_a_wavelet_and_come_out_of_it():
    numbers = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)
    numbers = numbers[~np.isnan(numbers)]
    taken = np.array([_through_a_wavelet(*both) for both in zip(numbers, numbers[::-1], strict=True)])
    assert (taken == np.stack([numbers, numbers[::-1]], axis=1)).all()


@njit
def _through_a_wavelet(a, b):
    wavelet = operation.pair(a, b)
    return operation.number(wavelet, 0), operation.number(wavelet, 1)


def test_the_vectors_of_gemv_take_half_the_wavelets_in_fp16():
    def run(words, dtype):
        scenario = read(program="gemv", width=9, height=7, words=words, dtype=dtype)
        return simulate(scenario.build(), scenario.constants())

    for words in (8, 7):  # an odd number leaves half a wavelet empty
        single, both = run(words, "fp32"), run(words, "fp16")
        assert both.hops / single.hops == pytest.approx((words + 1) // 2 / words, rel=0.05)
        assert both.cycles < single.cycles
        assert both.max_error == 0


@pytest.mark.slow
def test_sums_end_in_the_middle_where_that_is_faster():
    for program in ("gemv", "all_reduce"):
        for width, root in ((24, "corner"), (300, "centre")):
            asked = {"program": program, "width": width, "height": width, "words": 16}
            assert read(**asked).automatic("root") == root
            cycles = {which: cycles_and_form(**asked, root=which)[0] for which in ("corner", "centre")}
            assert cycles[root] == min(cycles.values())
            assert cycles_and_form(**asked)[0] == cycles[root]


def test_fp16_halves_what_a_number_takes_of_the_memory():
    with pytest.raises(ScenarioError, match="words must be at most 153 for gemv: a PE would hold 24,024 words of 2 B"):
        read(program="gemv", words=154, dtype="fp16")


def test_a_sum_that_fp16_cannot_hold_is_refused():
    with pytest.raises(ScenarioError, match="dtype must be fp32 for results above 65,504, got one of"):
        read(width=150, height=150, words=1, dtype="fp16").simulate()


def test_a_sparse_wavelet_carries_its_value_and_its_index():
    words = sparse([1.0, -2.5, 96.0], [0, 7, 65535]).view(np.uint32)
    assert (words & 0xFFFF).tolist() == [0, 7, 65535]
    assert (words & 0xFFFF0000).view(np.float32).tolist() == [1.0, -2.5, 96.0]


def read(**settings):
    return FabricScenario.read(settings)


def cycles_and_form(**settings):
    scenario = read(**settings)
    return simulate(scenario.build(), scenario.constants()).cycles, scenario.closed_form().cycles


@pytest.mark.parametrize(("width", "height", "words"), [(2, 2, 1), (24, 14, 16), (5, 40, 9), (33, 3, 50)])
@pytest.mark.slow
def test_gemv_with_a_chain_and_dense_weights_follow_their_closed_forms(width, height, words):
    gemv_chain = {"program": "gemv", "algorithm": "chain", "width": width, "height": height, "words": words}
    cycles, form = cycles_and_form(**gemv_chain, root="corner")
    assert cycles == form
    # From the middle the two sides may differ by one PE, which is a hop of the chain.
    cycles, form = cycles_and_form(**gemv_chain, root="centre")
    assert abs(cycles - form) <= 2 * WSE2.ramp_latency + 2
    cycles, form = cycles_and_form(program="weight_stream", width=width, height=height, words=min(words, 9))
    assert cycles == form


@pytest.mark.parametrize("algorithm", ["summa", "cannon", "mesh"])
@pytest.mark.slow
def test_gemm_takes_what_its_compute_elements_do(algorithm):
    for width, words in ((8, 8), (14, 12), (20, 6)):
        cycles, form = cycles_and_form(program="gemm", algorithm=algorithm, width=width, words=words)
        assert cycles == pytest.approx(form, rel=0.03)


@pytest.mark.parametrize(
    ("algorithm", "width", "words"),
    [
        *(("mesh", width, words) for width in (1, 2, 3, 8, 9) for words in (1, 2, 3, 4, 7)),
        *(("summa", width, words) for width in (1, 2, 3, 9, 12) for words in (1, 3, 4, 5, 8)),
        *(("cannon", width, 1) for width in (1, 2, 3, 8, 16, 50)),
        ("cannon", 40, 2),
        ("cannon", 40, 3),
    ],
)
@pytest.mark.parametrize("machine", ["wse2", "wse3"])
@pytest.mark.slow
def test_gemm_in_lockstep_follows_its_closed_form_to_the_cycle(algorithm, width, words, machine):
    own = {"algorithm": algorithm, "width": width, "words": words, "machine": machine}
    cycles, form = cycles_and_form(program="gemm", exchange="lockstep", dtype="fp16", **own)
    assert cycles == form


def test_the_way_back_of_a_ring_is_in_every_step_in_lockstep_and_once_without():
    def cycles(algorithm, exchange):
        return cycles_and_form(program="gemm", algorithm=algorithm, exchange=exchange, width=24, words=1)[0]

    assert cycles("cannon", "asynchronous") - cycles("mesh", "asynchronous") < 2 * 24
    assert cycles("cannon", "lockstep") - cycles("mesh", "lockstep") > 10 * 24


def test_an_all_to_all_is_bound_by_the_middle_link_of_the_row():
    excess = []
    for words in (4, 16, 64):
        cycles, bound = cycles_and_form(program="transpose", algorithm="direct", width=20, height=2, words=words)
        assert cycles >= bound
        excess.append(cycles / bound - 1)
    assert excess[0] > excess[1] > excess[2]
    assert excess[2] < 0.1


@pytest.mark.parametrize("width", [8, 25, 26, 24, 60])
@pytest.mark.slow
def test_an_all_to_all_in_two_stages_takes_rows_of_any_width_and_comes_near_what_they_cannot_do_without(width):
    cycles, bound = cycles_and_form(program="transpose", width=width, height=1, words=32)
    assert bound <= cycles < 1.5 * bound
    assert bound >= 32 * (width // 2) * (width - width // 2)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 7, 12, 15])
def test_the_rounds_of_a_chain_hold_every_way_once_and_none_that_overlap(n):
    rounds = list(transpose._rounds(n))
    assert sorted(way for ways in rounds for way in ways) == [(a, z) for a in range(n) for z in range(a + 1, n)]
    assert len(rounds) == n // 2 * (n - n // 2)
    for ways in rounds:
        ordered = sorted(ways)
        assert all(before[1] <= after[0] for before, after in pairwise(ordered))


@pytest.mark.slow
def test_a_step_of_a_stencil_does_not_depend_on_the_size_of_the_fabric_and_is_affine_in_the_cells():
    small = [simulate(stencil.stencil(12, 12, cells, 0), WSE2).cycles for cells in (100, 200, 300)]
    large = [simulate(stencil.stencil(60, 40, cells, 0), WSE2).cycles for cells in (100, 200, 300)]
    assert small[2] - small[1] == small[1] - small[0] == large[1] - large[0]
    assert large[2] == pytest.approx(small[2], rel=0.01)
    assert large[2] == pytest.approx(read(program="stencil", words=300).closed_form().cycles, rel=0.01)


@pytest.mark.slow
def test_a_step_of_the_25_point_star_does_not_depend_on_the_size_of_the_fabric():
    small, large = ([simulate(wave.wave(n, n, cells, 0), WSE2).cycles for cells in (20, 40, 60)] for n in (10, 25))
    assert small[2] - small[1] == small[1] - small[0] == large[1] - large[0]
    assert large[2] == pytest.approx(small[2], rel=0.002)


def test_the_25_point_star_does_43_instructions_for_a_cell_on_its_own_and_hears_16_columns():
    program = wave.wave(9, 9, 50, 0)
    (ops,) = program.kinds[program.kind[4 * 9 + 4]]
    does = [op.does for op in ops if op.n > 50 - wave.REACH - 1]
    assert len(does) == wave.STEPS * 63
    assert sum(bool(what & MULTIPLY) for what in does) == wave.STEPS * 43
    assert sum(bool(what & RECEIVE) for what in does) == wave.STEPS * 16


def test_zeros_that_are_not_sent_save_their_time_until_the_sums_take_longer():
    def cycles(sparsity, height):
        return cycles_and_form(program="weight_stream", width=8, height=height, words=8, sparsity=sparsity)[0]

    dense = cycles(0, 4)
    assert dense / cycles(0.5, 4) == pytest.approx(2, rel=0.25)
    assert dense / cycles(0.95, 4) < 8
    seen = {s: simulate(read(program="weight_stream", sparsity=s, words=4).build(), WSE2).hops for s in (0, 0.9)}
    assert seen[0.9] < seen[0]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"program": "gemv", "words": 109}, "words must be at most 108 for gemv: a PE would hold 12,099 words of 4 B"),
        (
            {"program": "gemm", "width": 8, "words": 49},
            "words must be at most 48 for gemm: a PE would hold 12,005 words",
        ),
        ({"program": "gemm", "algorithm": "summa", "width": 8, "words": 48}, "words must be at most 41 for gemm"),
        ({"program": "weight_stream", "words": 29}, "words must be at most 28 for weight_stream"),
        ({"program": "stencil", "words": 6000}, "words must be at most 5,999 for stencil"),
        ({"program": "transpose", "width": 20, "words": 201}, "words must be at most 200 for transpose"),
        (
            {"program": "transpose", "algorithm": "direct", "width": 20, "words": 301},
            "words must be at most 300 for transpose",
        ),
        (
            {"program": "transpose", "algorithm": "direct", "width": 24},
            "width must be at most 23 PEs for direct, got 24; each of them needs a color of its own",
        ),
        (
            {"program": "gemm", "algorithm": "summa", "width": 65, "words": 2, "slow_factor": 2},
            "width must be at most 64 PEs for summa, got 65; each of them has a program of its own",
        ),
        ({"program": "weight_stream", "width": 1}, "width must be at least 2 PEs, the edge and the others"),
        (
            {"program": "gemm", "width": 300, "words": 8, "slow_factor": 2},
            "a run may take at most 600 million wavelet hops and products",
        ),
    ],
)
def test_a_tile_that_does_not_fit_is_refused_with_the_largest_that_fits(settings, sentence):
    with pytest.raises(ScenarioError) as caught:
        read(**settings)
    assert str(caught.value).startswith(sentence)
    fits = sentence.split("at most ")
    if sentence.startswith("words"):
        read(**settings | {"words": int(fits[1].split()[0].replace(",", ""))})


def test_a_row_with_more_pes_than_colors_suffice_for_is_refused():
    with pytest.raises(FabricError, match="a program must do with 24 colors"):
        transpose.direct(24, 1, 1, 0)


def test_every_route_of_a_transpose_ends_at_a_ramp():
    program = transpose.direct(9, 1, 2, 0)
    for color in range(len(program.colors)):
        codes = program.routes[color]
        laid = codes[codes > 0]
        takes = [code for code in laid if code >> 3 & 1 << RAMP]
        assert len(takes) >= 1


def test_the_form_offers_what_a_kernel_looks_at():
    assert "sparsity" in read(program="weight_stream").relevant()
    assert "sparsity" not in read().relevant()
    assert "height" not in read(program="gemm").relevant()
    assert "group" in read(program="gemv").relevant()


def test_marks_and_operations_tell_what_happens():
    run = read(program="gemv", width=5, height=4, words=3).simulate()
    assert [mark.name for mark in run.trace.marks] == [
        "start",
        "first_wavelet",
        "first_product",
        "multiplied",
        "all_done",
    ]
    meta = run.trace.meta
    assert "Multiply the tile of 3 × 3 by x." in [str(meta["operations"][i]) for i in meta["programs"][0]]
    colors = [(str(color["role"]), str(color["name"])) for color in meta["colors"]]
    assert colors[:2] == [
        ("x along its column", "x along its column"),
        ("partial sums west", "partial sums west, even"),
    ]
