"""Small runs of the fabric scene, written by hand rules, for the tests of the player.

They follow the timing of a chain reduce exactly (down the ramp, one link, up the ramp, one addition a hop) and the
layout of tables that the player's fabric renderer reads.
"""

import numpy as np

from engine.language import message
from engine.run import Figure, Run
from engine.trace import Mark, Table, Trace

NORTH, EAST, SOUTH, WEST, UP, DOWN = range(6)
RECEIVING, COMPUTING, SENDING, STALLED = 1, 2, 3, 4
NEVER = 0xFFFFFFFF


def said(text):
    """Return what no language has a message for."""
    return message("verbatim", text=text)


def chain_reduce(width=24, height=14, words=16, ramp=2, values=True, seed=1) -> Run:
    """Sum along every row to the west, then along column 0 to the north."""
    rng = np.random.default_rng(seed)
    data = rng.integers(0, 10, (height, width, words)).astype(np.float32)
    hop = 2 * ramp + 2
    moves, spans, sums, routes = [], [], [], []

    def line(cells, port, color, start, vectors):
        """Reduce along `cells` to the last, on colors `color` and the next in turn; return the sum and its time."""
        total = np.zeros(words, np.float32)
        for k, cell in enumerate(cells):
            send = start + k * hop
            total = total + vectors[k]
            last = k == len(cells) - 1
            if k:
                arrive = send - 1 - ramp
                moves.append((cell, UP, color + (k + 1) % 2, arrive, words, (len(sums) - 1) * words))
                spans.append((cell, RECEIVING, 0, arrive, send - 1))
                spans.append((cell, COMPUTING, 0 if not last else 1, send - 1, send - 1 + words))
            else:
                spans.append((cell, SENDING, 2, send, send + words))
            if not last:
                if k:
                    sums.append(total)
                else:
                    sums.append(vectors[0])
                moves.append((cell, DOWN, color + k % 2, send, words, (len(sums) - 1) * words))
                moves.append((cell, port, color + k % 2, send + ramp, words, (len(sums) - 1) * words))
            if k:
                routes.append((cell, color + (k + 1) % 2, 0, (port + 2) % 4, 1 << 4))
            if not last:
                routes.append((cell, color + k % 2, 0, 4, 1 << port))
        return total, start + (len(cells) - 1) * hop + words - 1

    rows, done = [], 0
    for y in range(height):
        cells = [y * width + x for x in range(width - 1, -1, -1)]
        total, done = line(cells, WEST, 0, y % 3, [data[y, x] for x in range(width - 1, -1, -1)])
        rows.append(total)
    rows_done = done + 3
    total, end = line([y * width for y in range(height - 1, -1, -1)], NORTH, 2, rows_done + 2, rows[::-1])
    assert np.array_equal(total, data.sum((0, 1)))
    moves.sort(key=lambda row: row[3])
    spans.sort(key=lambda row: row[3])
    duration = end + 2
    memory = [
        (y * width + x, w, data[y, x, w], total[w] if x == y == 0 else data[y, x, w])
        for y in range(height)
        for x in range(width)
        for w in range(min(words, 8))
    ]
    tables = {
        "wavelets": _table("move", moves, cell="u4", port="u1", color="u1", t0="u4", n="u4", value="u4"),
        "activity": _table("span", spans, cell="u4", kind="u1", op="u1", t0="u4", t1="u4"),
        "routes": _table("static", routes, cell="u4", color="u1", position="u1", input="u1", outputs="u1"),
        "memory": _table("static", memory, cell="u4", word="u1", before="f4", after="f4"),
        "programs": Table("static", {"program": np.zeros(width * height, np.uint16)}),
        "utilisation": _utilisation(moves, spans, width, height, duration),
    }
    if values:
        tables["values"] = Table("static", {"value": np.concatenate(sums).astype(np.float32)})
    else:
        tables["wavelets"].columns["value"][:] = NEVER
    marks = (
        Mark(ramp, "first_wavelet", said("The first values leave the east edge.")),
        Mark(hop - 1, "first_sum", said("The second column starts to add what arrives.")),
        Mark(rows_done, "rows_done", said(f"All {height} rows are summed into column 0; the column starts.")),
        Mark(end, "all_done", said(f"PE (0, 0) holds the sum of {width * height} vectors.")),
    )
    meta = {
        "width": width,
        "height": height,
        "hop_latency": 1,
        "ramp_latency": ramp,
        "words": words,
        "recorded": "wavelets",
        "colors": _colors(*(("partial sums west", "row sums north")[k // 2] for k in range(4))),
        "operations": [
            f"Receive {words} words from the east, add, send west",
            f"Receive {words} words and add",
            f"Send {words} words",
        ],
        "programs": [[0, 1, 2]],
    }
    return _run(said(f"Adding up {width * height} vectors on the wafer"), duration, tables, marks, meta)


def blocked_line(width=8, words=12, opens=20, depth=2) -> Run:
    """Send along one row to a PE that takes nothing before cycle `opens`: queues fill backwards, the sender stalls."""
    left, queue, taken = words, [0] * width, 0
    moves, spans, t = [], [], 0
    stalled_since = {}
    while taken < words:
        free = [depth - q for q in queue]
        leave = [x for x in range(width - 1) if queue[x] and free[x + 1]]
        consume = queue[-1] and t >= opens
        for x in range(width - 1):
            if queue[x] and not free[x + 1]:
                stalled_since.setdefault(x, t)
            elif x in stalled_since:
                spans.append((x, STALLED, 0, stalled_since.pop(x), t))
        for x in leave:
            moves.append((x, EAST, 0, t, 1, NEVER))
        if consume:
            moves.append((width - 1, UP, 0, t, 1, NEVER))
        for x in leave:
            queue[x] -= 1
            queue[x + 1] += 1
        taken += bool(consume)
        queue[-1] -= bool(consume)
        if left and free[0]:  # what goes down a ramp of latency 1 now is in the router one cycle later
            moves.append((0, DOWN, 0, t, 1, NEVER))
            queue[0] += 1
            left -= 1
        t += 1
    spans.append((width - 1, COMPUTING, 0, opens + 1, t + 1))
    moves.sort(key=lambda row: row[3])
    spans.sort(key=lambda row: row[3])
    tables = {
        "wavelets": _table("move", moves, cell="u4", port="u1", color="u1", t0="u4", n="u4", value="u4"),
        "activity": _table("span", spans, cell="u4", kind="u1", op="u1", t0="u4", t1="u4"),
        "programs": Table("static", {"program": np.zeros(width, np.uint16)}),
        "utilisation": _utilisation(moves, spans, width, 1, t + 1),
    }
    meta = {
        "width": width,
        "height": 1,
        "hop_latency": 1,
        "ramp_latency": 1,
        "words": words,
        "recorded": "wavelets",
        "colors": _colors("stream east"),
        "operations": ["Receive and add"],
        "programs": [[0]],
    }
    marks = (Mark(opens, "opens", said("The last PE starts to take what waits.")),)
    return _run(said("A stream waits for its receiver"), t + 1, tables, marks, meta)


def crossing(size=9, words=6) -> Run:
    """Send one stream east and one south through the same router, each on its own color; then one more back west."""
    middle = size // 2
    moves, spans = [], []
    for color, (first, step, port) in enumerate(
        [(middle * size, 1, EAST), (middle, size, SOUTH), (middle * size + size - 1, -1, WEST)]
    ):
        moves.append((first, DOWN, color, 0, words, NEVER))
        spans.append((first, SENDING, 0, 0, words))
        moves += [(first + k * step, port, color, 2 + k, words, NEVER) for k in range(size - 1)]
        last = first + (size - 1) * step
        moves.append((last, UP, color, 1 + size, words, NEVER))
        spans.append((last, RECEIVING, 0, 1 + size, 3 + size + words))
    moves.sort(key=lambda row: row[3])
    spans.sort(key=lambda row: row[3])
    duration = size + words + 5
    tables = {
        "wavelets": _table("move", moves, cell="u4", port="u1", color="u1", t0="u4", n="u4", value="u4"),
        "activity": _table("span", spans, cell="u4", kind="u1", op="u1", t0="u4", t1="u4"),
        "programs": Table("static", {"program": np.zeros(size * size, np.uint16)}),
        "utilisation": _utilisation(moves, spans, size, size, duration),
    }
    meta = {
        "width": size,
        "height": size,
        "hop_latency": 1,
        "ramp_latency": 2,
        "words": words,
        "recorded": "wavelets",
        "colors": _colors("stream east", "stream south", "stream west"),
        "operations": ["Send or receive"],
        "programs": [[0]],
        "deadlock": [[0, 0, 1], [1, 0, size + 1], [size + 1, 0, 0]],
    }
    return _run(said("Streams that meet do not block each other"), duration, tables, (), meta)


def field(width=750, height=994, words=16) -> Run:
    """Broadcast from the centre of a whole wafer, kept as spells."""
    y, x = np.mgrid[:height, :width]
    first = (abs(x - width // 2) + abs(y - height // 2)).astype(np.uint32)
    done = first + 2 + words
    duration = int(done.max()) + 1
    t = np.linspace(0, duration, 120, endpoint=False).astype(np.uint32)
    share = ((first.ravel()[None] <= t[:, None]) & (t[:, None] < done.ravel()[None])).mean(1).astype(np.float32)
    one, none = (np.full(first.size, n, np.uint8) for n in (1, 0))
    nothing = np.empty(0, np.uint16)
    received = {"t0": first.ravel() + 2, "length": np.full(first.size, words, np.uint16), "does": one}
    tables = {
        "cells": Table("field", {"done": done.ravel(), "spells": one, "passes": none}),
        "spells": Table("span", received),
        "passes": Table("span", {"t0": nothing, "length": nothing}),
        "utilisation": Table("series", {"t": t, "links": share, "pes": share, "stalled": share * np.float32(0)}),
    }
    meta = {
        "width": width,
        "height": height,
        "hop_latency": 1,
        "ramp_latency": 2,
        "words": words,
        "recorded": "field",
        "colors": _colors("one vector to all"),
        "operations": [],
        "programs": [],
    }
    marks = (Mark(int(first.max()), "last_reached", said("The corner is reached last.")),)
    return _run(said(f"One vector to {width * height:,} PEs"), duration, tables, marks, meta)


def _colors(*names):
    return [{"id": i, "role": name, "name": name} for i, name in enumerate(names)]


def _table(group, rows, **dtypes):
    columns = zip(*rows, strict=True)
    return Table(group, {name: np.array(c, np.dtype(d)) for (name, d), c in zip(dtypes.items(), columns, strict=True)})


def _utilisation(moves, spans, width, height, duration, windows=120):
    edges = np.linspace(0, duration, min(windows, duration) + 1).astype(int)
    links, pes, stalled = np.zeros((3, duration + max(m[4] for m in moves) + 1))
    for _, port, _, t0, n, _ in moves:
        links[t0 : t0 + n] += port < 4
    for _, kind, _, t0, t1 in spans:
        (stalled if kind == STALLED else pes)[t0:t1] += 1
    mean = [np.add.reduceat(a[:duration], edges[:-1]) / np.diff(edges) for a in (links, pes, stalled)]
    total = max(1, 2 * (width * (height - 1) + height * (width - 1)))
    shares = [mean[0] / total, mean[1] / (width * height), mean[2] / (width * height)]
    named = dict(zip(("links", "pes", "stalled"), (s.astype(np.float32) for s in shares), strict=True))
    return Table("series", {"t": edges[:-1].astype(np.uint32), **named})


def _run(title, duration, tables, marks, meta):
    trace = Trace(int(duration), "cycle", 1 / 0.85e9, tables, marks, meta)
    cycles = Figure(int(duration), "cycles", said("simulated"), "the rules of the tests")
    return Run("fabric", {}, title, {"cycles": cycles}, trace)
