"""The Trace: a recording from which any instant of a run can be drawn.

A trace is a set of tables of numbers. Each table belongs to a group that says what a row means:

field
    a cell of a 2-D map, with the times at which its state changes
move
    something that travels from A to B, with the time it leaves
span
    a lane (or cell), busy with one kind of work from t0 to t1
series
    a value sampled over time
static
    what does not change: routes, names, places, curves

Times are integers: ticks whose length the header states. Marks are named times with a sentence.

The file, version 2. Everything is little-endian; the whole is gzip'ed without a time stamp, so equal
traces give equal bytes::

    4 bytes    magic "WSTR"
    4 bytes    uint32: length of the header in bytes
    header     UTF-8 JSON, padded with spaces to a multiple of 8 together with the 8 bytes before it
    buffers    one per column of numbers, each padded with zeros to a multiple of 8

The header holds `version`, `duration` (ticks), `tick` (`unit` and `seconds`), `marks` (list of `t`, `name`,
`text`), `meta` (what the renderer of the scene needs), `tables` (name to `group`, `rows`, `columns`) and whatever
the run adds (`scene`, `title`, `scenario`, `figures`). A column is `dtype` (`u1 u2 u4 i4 f4 f8`, or `b1` for truth),
`offset` from the first buffer, `length`, and `delta`: whether an integer column holds differences modulo 2**bits
between neighbours, stored as byte planes (all low bytes first), which is what makes regular traffic small. A column of
words is `dtype` `text` and `values`, the words themselves; it has no buffer.
"""

import gzip
import json
import struct
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.language import Message, decoded, encoded

MAGIC = b"WSTR"
VERSION = 2
GROUPS = ("field", "move", "span", "series", "static")

_DTYPES = {
    "u1": np.uint8, "u2": np.uint16, "u4": np.uint32, "i4": np.int32, "f4": np.float32, "f8": np.float64, "b1": np.bool_
}  # fmt: skip
_NAMES = {np.dtype(dtype): name for name, dtype in _DTYPES.items()}


@dataclass(frozen=True)
class Mark:
    """A named time with a sentence.

    Attributes
    ----------
    t : int
        Time [tick].
    name : str
        Identifier within the trace, in snake_case: lessons and links name it.
    text : Message
        One sentence: what happens now.
    """

    t: int
    name: str
    text: Message


@dataclass(frozen=True, eq=False)
class Table:
    """Equally long columns of one meaning.

    Attributes
    ----------
    group : str
        One of `GROUPS`.
    columns : dict of str to (rows,) array
        uint8, uint16, uint32, int32, float32, float64, bool or str.
    """

    group: str
    columns: dict[str, NDArray]

    def __post_init__(self):
        if self.group not in GROUPS:
            raise ValueError(f"group must be one of {', '.join(GROUPS)}, got {self.group!r}")
        for name, column in self.columns.items():
            if column.dtype not in _NAMES and column.dtype.kind != "U":
                raise ValueError(f"column {name!r} must be one of {', '.join(_DTYPES)} or text, got {column.dtype}")
        lengths = {name: column.size for name, column in self.columns.items()}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"columns of a table must be equally long, got {lengths}")

    @classmethod
    def of(cls, group: str, columns: dict[str, ArrayLike]) -> "Table":
        """Return a table of what was computed in Python's or NumPy's widest types.

        Parameters
        ----------
        group : str
            One of `GROUPS`.
        columns : dict of str to (rows,) array or list
            Words, truth, or numbers.

        Returns
        -------
        Table
            Whole numbers as uint32 where all fit, other numbers as float64.
        """
        return cls(group, {name: _narrowed(np.asarray(column)) for name, column in columns.items()})


@dataclass(frozen=True, eq=False)
class Trace:
    """A recording of one run.

    Attributes
    ----------
    duration : int
        Time at which the run has ended [tick].
    tick_unit : str
        What one tick is called: "cycle", "ns".
    tick_s : float
        Length of one tick [s].
    tables : dict of str to Table
        By name; the renderer of the scene knows them.
    marks : tuple of Mark
        In order of time.
    meta : dict
        JSON values and messages that the renderer needs.
    """

    duration: int
    tick_unit: str
    tick_s: float
    tables: dict[str, Table]
    marks: tuple[Mark, ...] = ()
    meta: dict = field(default_factory=dict)

    def pack(self, **extra) -> bytes:
        """Write the trace as bytes.

        Parameters
        ----------
        **extra
            JSON values to put into the header beside the trace's own.

        Returns
        -------
        bytes
            The gzip'ed container described at the top of this module.
        """
        tables, buffers, offset = {}, [], 0
        for name, table in self.tables.items():
            columns = {}
            for key, column in table.columns.items():
                if column.dtype.kind == "U":
                    columns[key] = {"dtype": "text", "values": column.tolist()}
                    continue
                delta = column.dtype.kind in "ui"
                raw = _encode(column) if delta else np.ascontiguousarray(column).tobytes()
                raw += bytes(-len(raw) % 8)
                columns[key] = {
                    "dtype": _NAMES[column.dtype],
                    "offset": offset,
                    "length": int(column.size),
                    "delta": delta,
                }
                buffers.append(raw)
                offset += len(raw)
            rows = next((int(column.size) for column in table.columns.values()), 0)
            tables[name] = {"group": table.group, "rows": rows, "columns": columns}
        header = {
            "version": VERSION,
            "duration": int(self.duration),
            "tick": {"unit": self.tick_unit, "seconds": self.tick_s},
            "marks": [vars(mark) for mark in self.marks],
            "meta": self.meta,
            "tables": tables,
            **extra,
        }
        head = json.dumps(header, separators=(",", ":"), sort_keys=False, allow_nan=False, default=_json).encode()
        head += b" " * (-(len(head) + 8) % 8)
        # Level 1: a trace is packed while somebody waits, and differences already take most of its size away.
        return gzip.compress(b"".join([MAGIC, struct.pack("<I", len(head)), head, *buffers]), 1, mtime=0)


def unpack(data: bytes) -> tuple[Trace, dict]:
    """Read what `Trace.pack` wrote.

    Parameters
    ----------
    data : bytes
        A packed trace.

    Returns
    -------
    trace : Trace
        Equal to the one packed, column by column.
    header : dict
        The whole header, with what the run added.

    Raises
    ------
    ValueError
        If the data are no trace, or of another version.
    """
    raw = gzip.decompress(data)
    if raw[:4] != MAGIC:
        raise ValueError(f"a trace starts with {MAGIC!r}, got {raw[:4]!r}")
    (length,) = struct.unpack_from("<I", raw, 4)
    header = json.loads(raw[8 : 8 + length])
    if header["version"] != VERSION:
        raise ValueError(f"this reads traces of version {VERSION}, got version {header['version']}")
    start = 8 + length
    tables = {
        name: Table(table["group"], {key: _decode(raw, start, column) for key, column in table["columns"].items()})
        for name, table in header["tables"].items()
    }
    trace = Trace(
        duration=header["duration"],
        tick_unit=header["tick"]["unit"],
        tick_s=header["tick"]["seconds"],
        tables=tables,
        marks=tuple(Mark(mark["t"], mark["name"], decoded(mark["text"])) for mark in header["marks"]),
        meta=decoded(header["meta"]),
    )
    return trace, header


def _json(value):
    if (json_value := encoded(value)) is value:
        raise TypeError(f"what a header holds must be JSON or a message, got {value!r}")
    return json_value


def _narrowed(column):
    if column.dtype.kind not in "iuf":
        return column
    fits = column.dtype.kind != "f" and column.size and 0 <= column.min() and column.max() < 2**32
    return column.astype(np.uint32 if fits else np.float64)


def _encode(column):
    unsigned = np.ascontiguousarray(column).view(f"<u{column.itemsize}")
    difference = np.diff(unsigned, prepend=unsigned.dtype.type(0))
    return difference.view(np.uint8).reshape(-1, column.itemsize).T.tobytes()


def _decode(raw, start, column):
    if column["dtype"] == "text":
        return np.array(column["values"], str)
    dtype = np.dtype(_DTYPES[column["dtype"]])
    offset, length = start + column["offset"], column["length"]
    if not column["delta"]:
        return np.frombuffer(raw, dtype, length, offset).copy()
    planes = np.frombuffer(raw, np.uint8, length * dtype.itemsize, offset).reshape(dtype.itemsize, length)
    difference = np.ascontiguousarray(planes.T).view(f"<u{dtype.itemsize}").reshape(length)
    return np.cumsum(difference, dtype=difference.dtype).view(dtype)
