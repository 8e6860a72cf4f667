import numpy as np
import pytest

from engine.fabric.geometry import Window
from engine.fabric.programs import all_reduce, gemv, stream
from engine.fabric.recording import trace_of
from engine.fabric.simulate import Machine, simulate

WSE2 = Machine(2, 2, 15, 56, lanes=1, reads=2, writes=1, half=False)
COUNTS = ("cycles", "hops", "elements", "stalled", "deadlock", "max_error")
WIDTH, HEIGHT = 64, 64
PROGRAMS = {
    "all_reduce": lambda: all_reduce.reduce_broadcast(WIDTH, HEIGHT, 8, (8, 8), "centre", 1),
    "gemv": lambda: gemv.gemv(WIDTH, HEIGHT, "two_phase", 3, 8, 1),
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
def test_a_window_holds_the_rows_that_a_full_recording_has_of_its_pes(name, window):
    program = PROGRAMS[name]()
    full, part = simulate(program, WSE2, "wavelets"), simulate(program, WSE2, "field", window=window)
    assert [getattr(part, count) for count in COUNTS] == [getattr(full, count) for count in COUNTS]
    whole, trace = trace_of(full, 1e-9, 8), trace_of(part, 1e-9, 8)
    expected = part_of(whole, window)
    for table, skipped in (("wavelets", "value"), ("activity", None), ("routes", None), ("memory", None)):
        names = [key for key in expected[table] if key != skipped]
        assert in_order(trace.tables[table].columns, names) == in_order(expected[table], names)
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
    program = gemv.gemv(24, 24, "chain", 3, 1, 1)
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
