"""Writes a run as a trace of Perfetto (https://perfetto.dev), which trace tools read: tracks, slices and flows.

The file is one `perfetto.protos.Trace`. Its dozen fields are written here, in a few lines: the package `perfetto` would
do it with all of protobuf and more than a thousand kinds of message. The tests read the files with that package.
"""

import json

import numpy as np

from engine.language import Language, Quantity
from engine.run import RESULTS, Run
from viz.documents.export.tracks import Rows, Track, rows

STRETCH = 1000
"""How many times as long a run is written whose ticks round to no nanosecond, Perfetto's unit of time."""

_CLEARED, _NEEDS_NAMES = 1, 2  # TracePacket.SequenceFlags
_EXPLICIT = 3  # TrackDescriptor.ChildTracksOrdering
_BEGIN, _END, _INSTANT = 1, 2, 3  # TrackEvent.Type
# The order at one time: what began earlier ends, what takes no time happens, something begins, a message is received.
_ENDS, _HAPPENS, _BEGINS, _IS_RECEIVED = range(4)


def perfetto_trace(run: Run, t: Language) -> bytes:
    """Return a run as a trace of Perfetto.

    Parameters
    ----------
    run : Run
        Of any scene.
    t : Language
        Of all names.

    Returns
    -------
    bytes
        A .pftrace; equal runs give equal bytes.

    Raises
    ------
    ScenarioError
        As `viz.documents.export.tracks.rows`.
    """
    tick_s = run.trace.tick_s
    work = _Work(tick_s * 1e9 * (STRETCH if _stretched(tick_s) else 1))
    for table in rows(run, t):
        work.add(table)
    attributes = {
        "waferscope.scene": run.scene,
        "waferscope.scenario": json.dumps(run.scenario),
        "waferscope.results": str(RESULTS),
        "waferscope.tick_s": repr(tick_s),
        "waferscope.stretch": str(STRETCH if _stretched(tick_s) else 1),
    }
    said = [_bytes(1, _text(1, key) + _text(3, value)) for key, value in attributes.items()]
    clock = t("pftrace_stretched" if _stretched(tick_s) else "pftrace_clock", tick=Quantity(tick_s, "s", 4))
    return b"".join([_packet(_bytes(126, b"".join(said))), *work.packets(t(run.title), clock)])


def _stretched(tick_s):
    return round(tick_s * 1e9) == 0


class _Work:
    """One trace in work: `_tracks` and `_names` number what they are asked for, `_events` are in no order."""

    def __init__(self, tick_ns):
        self._tick_ns = tick_ns
        self._tracks: dict[tuple[Track, int], int] = {((), 0): 1}
        self._free: dict[Track, list[int]] = {}  # when each of the parallel tracks of one name is free again
        self._names: dict[str, int] = {}
        self._columns: dict[str, int] = {}
        self._events: list[tuple[int, int, bytes]] = []  # time [ns], order, TrackEvent
        self._n_flows = 0

    def add(self, table: Rows):
        """Take in the rows of a table."""
        begin = self._ns(table.begin)
        end = begin if table.end is None else self._ns(table.end)
        what = [_number(10, self._names.setdefault(name, len(self._names) + 1)) for name in table.what]
        notes = [b""] * len(begin)
        for name, column in table.notes.items():
            named = _number(1, self._columns.setdefault(name, len(self._columns) + 1))
            notes = [
                note if value is None else note + _bytes(4, named + _number(3, int(value)))
                for note, value in zip(notes, column, strict=True)
            ]
        sent = [b""] * len(begin)
        if table.to is not None:
            for i, (track, time) in enumerate(zip(table.to, self._ns(table.arrive), strict=True)):
                self._n_flows += 1
                sent[i] = _fixed(47, self._n_flows)
                self._event(time, _IS_RECEIVED, _INSTANT, self._track(track), what[i] + _fixed(48, self._n_flows))
        for i in sorted(range(len(begin)), key=lambda i: (begin[i], end[i])):
            if table.end is None:
                self._event(begin[i], _HAPPENS, _INSTANT, self._track(table.where[i]), what[i])
                continue
            track = self._track(table.where[i], self._lane(table.where[i], begin[i], end[i]))
            lasts = begin[i] < end[i]
            self._event(begin[i], _BEGINS if lasts else _HAPPENS, _BEGIN, track, what[i] + notes[i] + sent[i])
            self._event(end[i], _ENDS if lasts else _HAPPENS, _END, track)

    def packets(self, title, clock):
        """Return all packets: names, then tracks, then events in the order of time."""
        names = _interned(2, self._names) + _interned(3, self._columns)
        yield _packet(_bytes(12, names) + _number(13, _CLEARED))
        rank = dict.fromkeys([track for track, _ in self._tracks], 0)
        n_children = dict.fromkeys(rank, 0)
        for track in sorted(rank)[1:]:
            rank[track] = n_children[track[:-1]]
            n_children[track[:-1]] += 1
        for (track, _), uuid in sorted(self._tracks.items()):
            is_root = not track
            name = title if is_root else track[-1][1]
            within = _text(14, clock) if is_root else _number(5, self._tracks[track[:-1], 0]) + _number(12, rank[track])
            yield _packet(_bytes(60, _number(1, uuid) + _text(2, name) + within + _number(11, _EXPLICIT)))
        for time, _, event in sorted(self._events, key=lambda event: event[:2]):
            yield _packet(_number(8, time) + _number(13, _NEEDS_NAMES) + _bytes(11, event))

    def _ns(self, ticks):
        return np.rint(np.asarray(ticks, float) * self._tick_ns).astype(np.int64).tolist()

    def _event(self, time, order, kind, track, more=b""):
        self._events.append((time, order, _number(9, kind) + _number(11, track) + more))

    def _lane(self, track, begin, end):
        """Return the first of the parallel tracks that is free: slices of one track may only nest."""
        free = self._free.setdefault(track, [])
        lane = next((i for i, time in enumerate(free) if time <= begin), len(free))
        free[lane : lane + 1] = [end]
        return lane

    def _track(self, track, lane=0):
        """Return the number of a track; those around it get theirs before."""
        if (track, lane) not in self._tracks:
            self._track(track[:-1])
            self._tracks[track, lane] = len(self._tracks) + 1
        return self._tracks[track, lane]


def _interned(kind, numbers):
    return b"".join(_bytes(kind, _number(1, number) + _text(2, name)) for name, number in numbers.items())


def _packet(content):
    """Return a TracePacket of the one sequence, as a field of the Trace."""
    return _bytes(1, _number(10, 1) + content)


# How Protocol Buffers write a field: https://protobuf.dev/programming-guides/encoding


def _varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field, value):
    return _varint(field << 3) + _varint(value)


def _fixed(field, value):
    return _varint(field << 3 | 1) + value.to_bytes(8, "little")


def _bytes(field, content):
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _text(field, text):
    return _bytes(field, text.encode())
