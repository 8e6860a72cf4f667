"""The cycle-level simulation of the fabric: the wrapper that runs a program on the kernel.

The rules are those at the head of `engine.fabric.machine`.

Cost. Only PEs where something may happen are visited: a blocked queue sleeps until the queue in front of it gives way,
and an idle PE costs nothing. The order of the visits in a cycle makes no difference.

Five shortcuts save more, and change nothing of the result. A train of wavelets that follow each other runs through a PE
without a visit until it ends (core/trains.py). Products of a CE that wait for nothing are done together
(core/products.py). What a steady state repeats every few cycles is done over without visits (periods.py). As long as no
operation has been reached that sends north or south, no row can know of another: bands of rows, each small enough for
the cache of a core, are taken through several cycles one after the other, on several threads (bands.py), and of rows
that are alike only one is simulated, whose sums the others repeat on their own numbers (rows.py).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from engine.fabric.core import kernel, log, placing, results
from engine.fabric.core import layout as L
from engine.fabric.core.log import Recorder
from engine.fabric.defects.faults import Faults
from engine.fabric.machine.constants import Machine
from engine.fabric.machine.geometry import Window
from engine.fabric.machine.program import FabricError, Program
from engine.fabric.programs.stream import circular
from engine.fabric.simulation import periods, rows
from engine.fabric.simulation.bands import advance, share_done
from engine.fabric.simulation.placement import SHORTCUTS, ends_of_steps, prepare, recorder
from engine.fabric.trace.tables import trace_of
from engine.language import message
from engine.parallel import parallel_map

_SLICE_S = 0.025  # a progress bar moves, and a run can be cancelled, about that often
_RANGES = 16  # in which results are compared


@dataclass(frozen=True, eq=False)
class Result:
    """What a simulation gives. Cycles are counted from the moment the tasks have started.

    Attributes
    ----------
    program : Program
        What ran.
    machine : Machine
        Where.
    cycles : int
        Until the last operation ended; in a deadlock, until the last wavelet crossed a link or element was issued
        [cycle].
    deadlock : bool
        Whether it ended with work undone.
    begins : tuple of int
        When the steps of the program began, but for the first [cycle].
    seconds : float
        Wall time of the simulation itself, which no figure shows [s].
    hops : int
        Wavelets over links, each link counted.
    detour_hops : int
        Hops beyond the first that wavelets took over long links.
    elements : int
        Elements issued by compute elements.
    stalled : int
        Cycles for which a head of a router's queue, or a CE with something to send, could not move, summed.
    visits : int
        Visits of a PE that the simulation took: its cost.
    before : (n_listed, n_shown) float32 array
        First words at the start, of the PEs whose wavelets are recorded.
    memory : (n_pe, n_words) float32 array
        Contents at the end.
    max_error : float
        Largest difference between the result and NumPy's.
    window : Window or None
        PEs whose wavelets are recorded beside the field.
    tables, state, recorder
        What the kernel worked on.
    """

    program: Program
    machine: Machine
    cycles: int
    deadlock: bool
    begins: tuple[int, ...]
    seconds: float
    hops: int
    detour_hops: int
    elements: int
    stalled: int
    visits: int
    before: NDArray[np.float32]
    memory: NDArray[np.float32]
    max_error: float
    window: Window | None
    tables: L.Tables
    state: L.State
    recorder: Recorder


def simulate(
    program: Program,
    machine: Machine,
    record: str = "none",
    hops: float = 0,
    progress: Callable[[float], None] = lambda share: None,
    faults: Faults | None = None,
    window: Window | None = None,
    in_place: bool = False,
    shortcuts: Collection[str] = SHORTCUTS,
) -> Result:
    """Run a program to its end.

    Parameters
    ----------
    program : Program
        What to run.
    machine : Machine
        Where.
    record : str
        "none", "field" (when each PE is at work) or "wavelets" (everything).
    window : Window, optional
        With "field": PEs of which everything is recorded too.
    hops : float
        Expected number of wavelet hops, for the share reported to `progress`.
    progress : callable
        Receives the finished share in [0, 1] every 50 ms or so; what it raises ends the run.
    faults : Faults, optional
        What is wrong with the machine.
    in_place : bool
        Whether the memory of the program is overwritten, rather than copied: the largest array of a long vector.
    shortcuts : collection of str
        Which of `SHORTCUTS` it may take. They change nothing of the result but `seconds` and `visits`.

    Returns
    -------
    Result

    Raises
    ------
    FabricError
        Names the rule, the PE, the color and the cycle.
    """
    largest, most = float(np.abs(program.expected).max(initial=0)), float(np.finfo(np.float16).max)
    if machine.half and largest > most:
        raise FabricError(message("fabric_too_large", most=int(most), got=int(largest)))
    rec = _recorder(record, program, window)
    before = program.memory[rec.row >= 0, : log.SHOWN_WORDS]
    tables, state = prepare(program, machine, faults, progress, in_place, shortcuts)
    progress(0.0)
    began = perf_counter()
    ends, begins = ends_of_steps(program, tables.first)[1:], []
    if "rows" in shortcuts and not ends:
        usable, rec = rows.advance_alike(program, tables, state, rec, hops, progress)
        if not usable:
            rec = _recorder(record, program, window)
            tables, state = prepare(program, machine, faults, progress, in_place, shortcuts)
    seconds = perf_counter() - began
    n_visits = 50_000
    while True:
        start, visited = perf_counter(), int(state.count[L.VISITS])
        status, rec = advance(tables, state, rec, 1 << 30, n_visits)
        took = perf_counter() - start
        seconds += took
        if status == L.DONE and ends:
            tables.end[:] = ends.pop(0)
            state.count[L.T] = state.count[L.END]
            begins.append(int(state.count[L.END]) + machine.vector_gap)
            state.count[L.UNFINISHED] = placing._begin_step(begins[-1], tables, state)
            continue
        if status != L.RUNNING:
            break
        n_visits = max(10_000, int(_SLICE_S * (int(state.count[L.VISITS]) - visited) / took))
        progress(share_done(state.count, rec, hops))
    if status in (L.COLLISION, L.NO_ROUTE):
        raise _error(status, program, machine, state)
    cycles = int(state.count[L.END])
    if status == L.DEADLOCK:
        cycles = int(np.flatnonzero(rec.counted()[:, [log.HOPS, log.ELEMENTS]].any(axis=1)).max(initial=-1)) + 1
    kernel._settle(cycles, tables, state, rec)
    counted = rec.counted(cycles)
    return Result(
        program=program,
        machine=machine,
        cycles=cycles,
        deadlock=status == L.DEADLOCK,
        begins=tuple(begins),
        seconds=seconds,
        hops=int(counted[:, log.HOPS].sum()),
        detour_hops=int(state.count[L.DETOUR]),
        elements=int(counted[:, log.ELEMENTS].sum()),
        stalled=int(state.count[L.STALLED]),
        visits=int(state.count[L.VISITS]),
        before=before,
        memory=state.memory,
        max_error=_largest_error(program, state.memory, lambda _: progress(1.0)),
        window=window,
        tables=tables,
        state=state,
        recorder=rec,
    )


def _recorder(record, program, window):
    if window:
        return recorder("wavelets", program, window.cells(program.width, program.height))
    return recorder(record, program)


def _largest_error(program, memory, progress):
    n, expected = program.results.size, np.atleast_2d(program.expected)
    step = n // _RANGES + 1
    bits = parallel_map(
        lambda start, stop: results._largest_bits(start, stop, program.results, expected, memory),
        [(at, min(n, at + step)) for at in range(0, n, step)],
        progress,
    )
    return float(np.int32(max(bits, default=0)).view(np.float32))


def _error(status, program, machine, state):
    y, x = divmod(int(state.count[L.ERROR_CELL]), program.width)
    color, cycle = int(state.count[L.ERROR_COLOR]), int(state.count[L.T]) + machine.task_startup
    where = {"at": f"({x}, {y})", "color": color, "name": program.colors[color][1], "cycle": cycle}
    return FabricError(message("fabric_collision" if status == L.COLLISION else "fabric_no_route", **where))


def warm_up() -> None:
    """Compile the kernels, or load them from the cache."""
    # Too many words for the queues between two PEs: a deadlock, which every kernel has a part in.
    jammed = simulate(circular(2, 2, 20, 0), Machine(1, 1, 1, 0, 0, 1, 1, 1, False), "wavelets")
    trace_of(jammed, 1e-9, 20)
    rows.warm_up(jammed.tables, jammed.state, jammed.recorder)
    periods.warm_up(jammed.tables, jammed.state, jammed.recorder)
