import numpy as np
import pytest

from engine.fabric.machine.constants import Machine
from engine.fabric.machine.geometry import Window
from engine.fabric.programs import all_reduce, gemv, stream
from engine.fabric.simulation.simulate import simulate
from engine.fabric.trace.tables import trace_of
from engine.machines import machines
from engine.scenarios import ScenarioError
from engine.scenarios.fabric import FabricScenario
from engine.trace import unpack

WSE2 = Machine.of(machines()["wse2"].figures)
COUNTS = ("cycles", "hops", "elements", "stalled", "deadlock", "max_error")
WIDTH, HEIGHT = 64, 64
PROGRAMS = {
    "all_reduce": lambda: all_reduce.reduce_broadcast(WIDTH, HEIGHT, 8, (8, 8), "centre", 1),
    "gemv": lambda: gemv.gemv(WIDTH, HEIGHT, "two_phase", 3, 8, "centre", 1),
    "deadlock": lambda: stream.circular(WIDTH, HEIGHT, 40, 0),
}


def part_of(full, window):
    """The rows of a full recording that belong to the recorded cells, numbered as a window numbers them."""
    rows, columns = window.recorded(WIDTH, HEIGHT)
    local = np.full((HEIGHT, WIDTH), -1)
    local[rows, columns] = np.arange((rows.stop - rows.start) * (columns.stop - columns.start)).reshape(
        rows.stop - rows.start, -1
    )
    local = local.ravel()
    found = {}
    for name in ("wavelets", "activity", "routes", "memory"):
        columns_of = full.tables[name].columns
        here = local[columns_of["cell"]] >= 0
        found[name] = {key: column[here] for key, column in columns_of.items()}
        found[name]["cell"] = local[found[name]["cell"]]
    return found


def in_order(columns, names):
    return sorted(zip(*(columns[name].tolist() for name in names), strict=True))


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("window", [Window(20, 24, 16), Window(0, 0, 8), Window(56, 30, 8), Window(0, 0, 64)])
@pytest.mark.slow
def test_a_window_holds_the_rows_that_a_full_recording_has_of_its_pes(name, window):
    program = PROGRAMS[name]()
    full, part = simulate(program, WSE2, "wavelets"), simulate(program, WSE2, "field", window=window)
    assert [getattr(part, count) for count in COUNTS] == [getattr(full, count) for count in COUNTS]
    whole, trace = trace_of(full, 1e-9, 8), trace_of(part, 1e-9, 8)
    expected = part_of(whole, window)
    for name, skipped in (("wavelets", "value"), ("activity", None), ("routes", None), ("memory", None)):
        names = [key for key in expected[name] if key != skipped]
        assert in_order(trace.tables[name].columns, names) == in_order(expected[name], names)
    assert trace.duration == whole.duration
    assert trace.meta["deadlock"] == whole.meta["deadlock"]


def test_a_window_changes_neither_the_field_nor_the_marks():
    program = PROGRAMS["all_reduce"]()
    plain = trace_of(simulate(program, WSE2, "field"), 1e-9, 8)
    part = trace_of(simulate(program, WSE2, "field", window=Window(2, 2, 4)), 1e-9, 8)
    assert part.marks == plain.marks
    for name in ("cells", "utilisation"):
        for key, column in plain.tables[name].columns.items():
            np.testing.assert_array_equal(part.tables[name].columns[key], column)


def test_values_of_a_window_are_those_of_its_wavelets():
    program = gemv.gemv(24, 24, "chain", 3, 1, "centre", 1)
    window = Window(10, 10, 4)
    whole, part = (
        trace_of(simulate(program, WSE2, *how[:1], window=how[1]), 1e-9, 8)
        for how in (("wavelets", None), ("field", window))
    )

    def values(trace, local=lambda cell: cell):
        moves, numbers = trace.tables["wavelets"].columns, trace.tables["values"].columns["value"]
        found = {}
        for cell, port, color, t0, n, first in zip(
            *(moves[key].tolist() for key in ("cell", "port", "color", "t0", "n", "value")), strict=True
        ):
            found[local(cell), port, color, t0] = numbers[first : first + n].tolist()
        return found

    local = {cell: i for i, cell in enumerate(window.cells(24, 24).tolist())}
    expected = {key: found for key, found in values(whole, local.get).items() if key[0] is not None}
    assert values(part) == expected


def test_what_a_window_lists_does_not_grow_with_the_mesh():
    def rows(size):
        program = all_reduce.reduce_broadcast(size, size, 4, (8, 8), "centre", 1)
        middle = size // 2
        rec = simulate(program, WSE2, "field", window=Window(middle - 8, middle - 8, 16)).recorder
        return rec.open_move.size, len(rec.listed_moves)

    (cells, small), (same, large) = rows(40), rows(160)
    assert cells == same
    assert large < 1.5 * small


LARGE = {"program": "all_reduce", "width": 80, "height": 60, "words": 3}


@pytest.mark.parametrize("faults", [{}, {"defects": 0.005, "spares": 6, "seed": 2}, {"slow_factor": 5}])
def test_a_scenario_has_the_same_figures_with_a_window_and_without(faults):
    plain = FabricScenario.read(LARGE | faults).simulate()
    run = FabricScenario.read(LARGE | faults | {"window": 12, "window_x": 20}).simulate()
    assert run.figures == plain.figures
    assert run.title == plain.title
    assert run.trace.marks == plain.trace.marks
    trace, _ = unpack(run.packed())
    window = trace.meta["window"]
    assert window["y"] == 24  # the middle
    assert window["west"] < window["x"] and window["across"] >= 12 and window["down"] == 12
    n_cells = window["columns"] * window["rows"]
    for name in ("wavelets", "activity", "routes", "memory"):
        assert trace.tables[name].columns["cell"].max() < n_cells
    assert trace.tables["programs"].columns["program"].size == n_cells


def test_a_window_beside_the_rectangle_or_too_full_is_refused_and_a_form_settles_it():
    beside = LARGE | {"window": 12, "window_x": 80}
    with pytest.raises(ScenarioError, match="window_x must be less than 80 PEs, the size of the rectangle, got 80"):
        FabricScenario.read(beside)
    settled = FabricScenario.settle(beside, ("width",))
    assert (settled["window"], settled["window_x"]) == (0, None)
    full = {"program": "gemm", "width": 48, "words": 14, "window": 40, "window_x": 4}
    with pytest.raises(ScenarioError, match=r"window must be at most \d+ PEs here"):
        FabricScenario.read(full)
    settled = FabricScenario.settle(full, ("window",))
    assert 0 < settled["window"] < 40
    assert settled["window_x"] == 4 + (40 - settled["window"]) // 2
    FabricScenario.read(settled)


def test_a_window_goes_unseen_where_everything_is_recorded():
    scenario = FabricScenario.read({"window": 8})
    assert not {"window", "window_x", "window_y"} & set(scenario.relevant())
    assert scenario.simulate().trace.meta["recorded"] == "wavelets"


def test_the_dies_of_a_wafer_fill_it_equally():
    facts = machines()["wse2"].figures
    across, down = FabricScenario.read({"width": 70, "height": 60}).simulate().trace.meta["chip"]["die"]
    assert across * facts["die_columns"].value == facts["width"].value
    assert down * facts["die_rows"].value == facts["height"].value


def test_beside_a_window_its_neighbours_are_recorded_within_the_mesh():
    assert Window(0, 3, 4).recorded(5, 9) == (slice(2, 8), slice(0, 5))
    assert Window(2, 5, 4).recorded(9, 9) == (slice(4, 9), slice(1, 7))
    assert Window(1, 0, 1).cells(4, 3).tolist() == [0, 1, 2, 4, 5, 6]
