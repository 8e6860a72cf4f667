import gzip
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.trace import Mark, Table, Trace, unpack

DTYPES = (np.uint8, np.uint16, np.uint32, np.int32, np.float32, np.float64, np.bool_)


def trace_of(**columns):
    return Trace(10, "cycle", 1e-9, {"table": Table("series", columns)}, (Mark(3, "half", "Half."),), {"width": 2})


@settings(deadline=None)
@given(st.sampled_from(DTYPES).flatmap(lambda dtype: arrays(dtype, st.integers(0, 40))))
def test_every_column_survives_packing(column):
    trace, _ = unpack(trace_of(values=column).pack())
    found = trace.tables["table"].columns["values"]
    assert found.dtype == column.dtype
    assert found.tobytes() == column.tobytes()


def test_words_survive_packing():
    words = np.array(["", "β·n", 'a "quoted" word'])
    trace, _ = unpack(trace_of(words=words, n=np.arange(3, dtype=np.uint8)).pack())
    assert trace.tables["table"].columns["words"].tolist() == words.tolist()


def test_a_table_of_python_values_keeps_every_digit():
    table = Table.of(
        "static", {"n": [0, 2**32 - 1], "large": [2**32, -1], "x": [0.1, 1e300], "is": [True, False], "w": ["a", "b"]}
    )
    found = {name: (column.dtype.str, column.tolist()) for name, column in table.columns.items()}
    assert found == {
        "n": ("<u4", [0, 2**32 - 1]), "large": ("<f8", [2**32, -1]), "x": ("<f8", [0.1, 1e300]),
        "is": ("|b1", [True, False]), "w": ("<U1", ["a", "b"]),
    }  # fmt: skip


def test_header_carries_marks_meta_and_what_the_run_adds():
    trace, header = unpack(trace_of().pack(scene="fabric", figures={"cycles": 3}))
    assert trace.marks == (Mark(3, "half", "Half."),)
    assert trace.meta == {"width": 2}
    assert (header["scene"], header["figures"]["cycles"]) == ("fabric", 3)


def test_the_file_is_as_its_description_says():
    """The head comment of the module, which other readers go by."""
    columns = {name: np.array([1, 0, 1], dtype) for name, dtype in zip(("a", "b", "c", "d"), DTYPES[:4], strict=True)}
    columns |= {"x": np.array([0.5, 1, 2], np.float64), "is": np.array([True, False, True]), "w": np.array(["a"] * 3)}
    packed = trace_of(**columns).pack()
    assert packed[:8] == b"\x1f\x8b\x08\0\0\0\0\0"  # no time stamp
    raw = gzip.decompress(packed)
    length = int.from_bytes(raw[4:8], "little")
    assert (raw[:4], (8 + length) % 8) == (b"WSTR", 0)
    header = json.loads(raw[8 : 8 + length])
    stored = header["tables"]["table"]["columns"]
    assert [stored[name]["dtype"] for name in columns] == ["u1", "u2", "u4", "i4", "f8", "b1", "text"]
    assert [stored[name].get("delta") for name in columns] == [True] * 4 + [False, False, None]
    assert [stored[name].get("offset") for name in columns] == [0, 8, 16, 32, 48, 72, None]
    assert stored["w"] == {"dtype": "text", "values": ["a", "a", "a"]}
    assert (header["tables"]["table"]["rows"], len(raw)) == (3, 8 + length + 80)
    # Differences modulo 2**16, the low bytes before the high ones.
    assert raw[8 + length :][8:16] == bytes([1, 255, 1, 0, 255, 0, 0, 0])
    assert np.frombuffer(raw, "<f8", 3, 8 + length + 48).tolist() == [0.5, 1, 2]


def test_equal_traces_give_equal_bytes():
    values = np.arange(1000, dtype=np.uint32)
    assert trace_of(values=values).pack() == trace_of(values=values.copy()).pack()


def test_regular_traffic_packs_small():
    values = np.arange(100_000, dtype=np.uint32) * 3
    assert len(trace_of(values=values).pack()) < 4000


def test_other_versions_and_other_files_are_refused():
    with pytest.raises(ValueError, match="a trace starts with"):
        unpack(gzip.compress(b"PNG, perhaps"))
    other = gzip.decompress(trace_of().pack()).replace(b'"version":2', b'"version":9')
    with pytest.raises(ValueError, match="version 2, got version 9"):
        unpack(gzip.compress(other))


def test_tables_refuse_unequal_columns_and_wide_types():
    with pytest.raises(ValueError, match="equally long"):
        Table("move", {"a": np.zeros(2, np.uint8), "b": np.zeros(3, np.uint8)})
    with pytest.raises(ValueError, match="must be one of u1"):
        Table("move", {"a": np.zeros(2, np.int64)})
    with pytest.raises(ValueError, match="group must be one of field, move, span, series, static, got 'moves'"):
        Table("moves", {})
