"""What a trace says about faults: the mesh is moved to where it lies on the wafer, and what is wrong is listed.

Every `cell` of the trace becomes the cell of the wafer, whose columns include the spare ones; meta.width is theirs. The
mark of the start says what is wrong.

meta
    mesh: columns of the mesh that the program sees [PE]; the columns of the wafer from there on are spares.
    slow: a list of [cell, cycles for an element].
unused (static)
    cell, defective: PEs of the wafer that the mesh does not use; 1 where the PE is defective, 0 where it is spare.
long_links (static)
    cell, port, to: a link that is longer than a hop or dead, with its end; its way back is another row. extra: hops
    beyond the first, 255 where nothing moves. dead: 1 where the straight way is dead.
"""

from dataclasses import replace

import numpy as np

from engine.fabric.core import layout as L
from engine.fabric.defects.faults import Faults
from engine.fabric.defects.spares import Mesh
from engine.language import Quantity, message
from engine.trace import Table, Trace

NEVER = np.uint32(2**32 - 1)
NOTHING_MOVES = 255
PLACED = ("cell", "source")  # columns that hold cells
RECORDED = ("wavelets", "activity", "routes", "memory", "programs")  # tables whose cells count within a window


def mark(trace: Trace, mesh: Mesh, faults: Faults) -> Trace:
    """Return the trace of a run with what was wrong in it.

    Parameters
    ----------
    trace : Trace
        Made by `engine.fabric.trace.tables.trace_of`.
    mesh : Mesh
        Where the PEs lie.
    faults : Faults
        What was wrong with them.

    Returns
    -------
    Trace
    """
    cells, window = mesh.cells, trace.meta.get("window")
    part, n_part = (cells, mesh.defective.size) if window is None else _part(window := dict(window), mesh)
    tables = {
        name: _placed(name, table, *((part, n_part) if name in RECORDED else (cells, mesh.defective.size)))
        for name, table in trace.tables.items()
    }
    unused = np.flatnonzero(mesh.unused).astype(np.uint32)
    defective = mesh.defective.ravel()[unused].astype(np.uint8)
    tables["unused"] = Table("static", {"cell": unused, "defective": defective})
    tables["long_links"] = _long_links(cells, faults)
    slow = np.flatnonzero(faults.cycles.ravel() > 1)
    meta = trace.meta | {
        "width": mesh.defective.shape[1],
        "mesh": mesh.column.shape[1],
        "slow": [[int(cells[cell]), int(faults.cycles.ravel()[cell])] for cell in slow],
        "deadlock": [[int(cells[cell]), color, int(cells[other])] for cell, color, other in trace.meta["deadlock"]],
    }
    if window:
        meta["window"] = window
    return replace(trace, tables=tables, meta=meta, marks=tuple(_told(trace.marks, mesh, meta["slow"], tables)))


def _told(marks, mesh, slow, tables):
    """Return the marks: the first one says what is wrong, and that of a deadlock why nothing moves."""
    width = mesh.defective.shape[1]
    links = tables["long_links"].columns
    n_defective, n_spares = int(mesh.defective.sum()), width - mesh.column.shape[1]
    wrong = []
    if n_spares:
        numbers = {"defective": Quantity(n_defective, "PE"), "spare": Quantity(n_spares, "column")}
        wrong.append(message("fabric_defective_and_spare", **numbers))
    for cell, cycles in slow:
        wrong.append(message("fabric_slow", at=_at(cell, width), cycles=Quantity(cycles, "cycle")))
    for i in np.flatnonzero(links["dead"])[:1]:
        ends = {"one": _at(links["cell"][i], width), "other": _at(links["to"][i], width)}
        wrong.append(message("fabric_dead", **ends))
    for one in marks:
        if one.name == "start":
            text = one.text
            for sentence in wrong:
                text = message("sentences", first=text, then=sentence)
            yield replace(one, text=text)
        elif one.name == "deadlock" and links["dead"].any():
            yield replace(one, text=message("fabric_nothing_crosses"))
        else:
            yield one


def _at(cell, width):
    return f"({cell % width}, {cell // width})"


def _part(window, mesh):
    """Return the cells of a recorded part, and their number, as they lie on the wafer; `window` is moved there."""
    width, columns = mesh.defective.shape[1], window["columns"]
    north, west, rows = window["north"], window["west"], window["rows"]
    places = mesh.cells.reshape(mesh.column.shape)[north : north + rows, west : west + columns].astype(np.int64)
    x = places % width
    asked = x[:, window["x"] - west :][:, : window["across"]]
    left, right = int(x.min()), int(x.max()) + 1
    window |= {
        "x": int(asked.min()),
        "across": int(asked.max() - asked.min()) + 1,
        "west": left,
        "columns": right - left,
    }
    local = (places // width - north) * (right - left) + x - left
    return local.ravel().astype(np.uint32), rows * (right - left)


def _placed(name, table, cells, n_places):
    """Return a table with its cells, or its rows where it has one for each cell, moved to the wafer."""
    columns = dict(table.columns)
    if table.group == "field" or name == "programs":
        for key, column in columns.items():
            moved = np.full(n_places, NEVER if column.dtype == np.uint32 else 0, column.dtype)
            moved[cells] = column
            columns[key] = moved
    for key in PLACED:
        if key in columns:
            columns[key] = cells[columns[key]]
    return replace(table, columns=columns)


def _long_links(cells, faults):
    width = faults.cycles.shape[1]
    y, x, port = np.nonzero((faults.extra > 0) | faults.dead)
    neighbour = (y + np.array([-1, 0, 1, 0])[port]) * width + x + np.array([0, 1, 0, -1])[port]
    extra = faults.extra[y, x, port]
    columns = {
        "cell": cells[y * width + x],
        "port": port.astype(np.uint8),
        "to": cells[neighbour],
        "extra": np.where(extra == L.CUT, NOTHING_MOVES, extra).astype(np.uint8),
        "dead": faults.dead[y, x, port].astype(np.uint8),
    }
    return Table("static", columns)
