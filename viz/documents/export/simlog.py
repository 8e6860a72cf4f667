"""Writes a run of the scene Dataflow as a log that wse-viz shows (https://github.com/davidz-cerebras/wse-viz).

wse-viz reads logs of the vendor's simulator. Written here are the lines that say how large the rectangle is, when a
wavelet lands at a router, and what a PE executes or that it stalls. Waferscope simulates no instructions: in place of
an opcode stands what the PE does, in place of an address the number of the operation in its program. In a log, y grows
to the north, and a wavelet lands "from link N" if it moves to the north, but "from link W" if it moves to the east.
"""

from itertools import pairwise

import numpy as np

from engine.fabric.machine.geometry import LINKS, beside
from engine.language import message
from engine.run import Run
from engine.scenarios import ScenarioError
from viz.documents.export.tracks import DOES, refuse_too_large, region

_FROM = {**dict(zip(LINKS, "NWSE", strict=True)), 5: "R"}  # by the port of the router that it has left; R is the ramp
_STALLED = DOES.index("stalled")


def sim_log(run: Run) -> str:
    """Return a run as a log.

    Parameters
    ----------
    run : Run
        Of the scene Dataflow, or of a window in a large one, whose north-west corner is then that of the log.

    Returns
    -------
    str
        Lines in the order of time [cycle].

    Raises
    ------
    ScenarioError
        If the run is of another scene, or has too many wavelets for a recording of each.
    """
    if run.scene != "fabric":
        raise ScenarioError(message("simlog_scene", got=repr(run.scene)))
    refuse_too_large(run)
    part = region(run)

    def named(x, y):
        return f"P{x}.{part['rows'] - 1 - y}"

    def place(cell):
        return cell % part["columns"], cell // part["columns"]

    lines = [(0, f"dimX={part['columns']}, dimY={part['rows']}")]
    lines += [(time, f"{named(*place(cell))}: {what}") for time, cell, what in _work(run.columns("activity"))]
    moves = run.columns("wavelets")
    for cell, port, color, t0, n in zip(
        *(moves[name].tolist() for name in ("cell", "port", "color", "t0", "n")), strict=True
    ):
        x, y = beside(*place(cell), port) if port in LINKS else place(cell)
        if port in _FROM and 0 <= x < part["columns"] and 0 <= y < part["rows"]:
            first = t0 + run.trace.meta["hop_latency" if port in LINKS else "ramp_latency"]
            lands = f"{named(x, y)} (hwtile) landing C{color} from link {_FROM[port]},"
            lines += [(time, lands) for time in range(first, first + n)]
    return "".join(f"@{time} {line}\n" for time, line in sorted(lines, key=lambda line: line[0]))


def _work(activity):
    """Yield time, cell and event wherever a PE begins to do something else."""
    order = np.lexsort((activity["t0"], activity["cell"]))
    spans = list(zip(*(activity[name][order].tolist() for name in ("cell", "kind", "op", "t0", "t1")), strict=True))
    for (cell, kind, op, t0, t1), (next_cell, _, _, then, _) in pairwise([*spans, (-1, 0, 0, 0, 0)]):
        if kind == _STALLED:
            yield t0, cell, "[EX OP] IDLE"
            yield t0, cell, f"Pipe: 0, Msg: stall: {DOES[kind]}"
        else:
            yield t0, cell, f"[EX OP] ^ 0x{op:04x}: T0 {DOES[kind].upper()}"
        if (cell, t1) != (next_cell, then):
            if kind == _STALLED:  # which ends only where something is executed
                yield t1, cell, f"[EX OP] ^ 0x{op:04x}: T0 NOP"
            yield t1, cell, "[EX OP] IDLE"
