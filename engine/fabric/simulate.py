"""The cycle-level simulation of the fabric: one kernel that advances, and the wrapper that runs a program.

The rules. Everything below is decided on the state at the start of a cycle; what moves is seen in the next one.

Router. A route gives, for a router and a color, one input port and any set of outputs; up to four such switch positions
exist, of which one is in force. Every input of a color has a queue of `queue_depth` wavelets. The wavelet at the head
of the queue of the input in force moves if every output is free: its link has not been taken in this cycle by another
color, and the queue at the other end has room. It moves to all outputs at once (multicast) or to none. Over a link it
is in the next router's queue one cycle later. Wavelets at inputs that are not in force wait.

Links are shared. In each router the color that moved longest ago goes first, the lower color first among equals (a
least-recently-served arbiter). A color that cannot move is passed over and blocks no other.

Ramp. A link like the others, with a latency of T_R cycles each way and a queue of T_R + `queue_depth` wavelets per
color: the pipeline and what waits at its end. A wavelet that leaves the router in cycle t can be used by the compute
element in cycle t + T_R. An element that is issued in cycle t is at the router T_R + 1 cycles later: one cycle of the
compute element and the ramp. A chain hop is therefore 1 + T_R + 1 + T_R cycles.

Compute element (CE). Each of its threads runs vector operations in order, an element at a time; the CE issues at most
one element a cycle, of the thread served longest ago among those that can go. An element needs its wavelet at the CE
and room on the ramp. After the last element of an operation the next one of the thread starts `vector_gap` cycles
later, and so does an operation of another thread that waited for it. All tasks start together after `task_startup`
cycles, from which the cycles of the kernel and of the trace are counted.

Arithmetic. An element of a multiplication is one product, added or not; where it hears its factors, each serves for a
row of products. Elements that follow each other in a row or column of the result go together in one cycle: as many as
the CE has multiply-adds, and as its memory ports carry operands of, whichever is less. A wavelet carries one number,
whatever its size, so nothing else becomes faster with fp16. Numbers are kept and sent as fp32, or as fp16, to which
every sum and product is then rounded (to the nearest, ties to even); a product that is added is rounded to fp32 first.

Control wavelets. A SWITCH_ADV travels in order behind the data and moves the switch of every router it crosses to its
next position, where there is one, for what follows it. The ramp of a destination drops it.

Faults. A CE that takes k cycles for an element issues the next one k cycles later, sends what comes of it on the ramp
after these k, and its next operation starts `vector_gap` cycles after them. A link of 1 + e hops takes as many cycles
and the queue behind it has room for e more wavelets. No wavelet moves over a dead link.

Errors. Two wavelets of one color that enter a router over two links in one cycle, or a wavelet at a router whose color
has no such input, end the run with `FabricError`. If nothing can move and work remains, the run ends as a deadlock.

Cost. Only PEs where something may happen are visited: a blocked queue sleeps until the queue in front of it gives way,
an idle PE costs nothing, and so does one that a train of wavelets runs through, one a cycle, until its end (trains.py).
The order of the visits in a cycle makes no difference. Therefore, as long as no operation that sends north or south has
been reached, bands of rows are taken through several cycles one after the other, and on several threads: each stays in
the cache, and none can know of the others (bands.py). So long, too, of rows that are alike only one is simulated, and
the others repeat its sums on their own numbers (rows.py).

Not modelled: bank conflicts of the memory, task scheduling by the hardware, TEARDOWN and ring mode of switches.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from engine._jit import lean_kernel
from engine.cited import Cited
from engine.fabric import kernel, rows
from engine.fabric.bands import advance, share_done
from engine.fabric.faults import Faults
from engine.fabric.geometry import Window
from engine.fabric.layout import (
    COLLISION,
    DEADLOCK,
    DETOUR,
    END,
    ERROR_CELL,
    ERROR_COLOR,
    INDEX,
    NO_ROUTE,
    RUNNING,
    STALLED,
    VISITS,
    State,
    T,
    Tables,
)
from engine.fabric.pieces import in_pieces
from engine.fabric.placement import prepare
from engine.fabric.program import FabricError, Program
from engine.fabric.recorder import ELEMENTS, HOPS, SHOWN_WORDS, Recorder, recorder
from engine.fabric.recording import trace_of

_SLICE_S = 0.025  # a progress bar moves, and a run can be cancelled, about that often
BYTES = {"fp32": 4, "fp16": 2}
_PIECES = 16  # in which results are compared


@dataclass(frozen=True)
class Machine:
    """The constants of the fabric that the simulation needs.

    Attributes
    ----------
    ramp_latency : int
        T_R, each way [cycle].
    queue_depth : int
        Wavelets per color and input.
    vector_gap : int
        From the end of a vector operation to the start of one that depends on it [cycle].
    task_startup : int
        From the start of the program to the first element of a task [cycle].
    lanes : int
        Multiply-adds that the CE can do in a cycle.
    reads, writes : int
        Numbers that the ports of the memory carry in a cycle.
    half : bool
        Whether numbers are fp16, otherwise fp32.
    """

    ramp_latency: int
    queue_depth: int
    vector_gap: int
    task_startup: int
    lanes: int
    reads: int
    writes: int
    half: bool

    @classmethod
    def of(cls, facts: dict[str, Cited], dtype: str = "fp32", ramp_latency: int | None = None) -> "Machine":
        """Return the constants of a wafer.

        Parameters
        ----------
        facts : dict of str to Cited
            A machine of `engine/data/machines.toml`.
        dtype : str
            A key of `BYTES`.
        ramp_latency : int or None
            In place of the wafer's [cycle].
        """
        if ramp_latency is None:
            ramp_latency = int(facts["ramp_latency"].value)
        return cls(
            ramp_latency=ramp_latency,
            queue_depth=int(facts["queue_depth"].value),
            vector_gap=int(facts["vector_gap"].value),
            task_startup=int(facts["task_startup"].value),
            lanes=int(facts[f"{dtype}_per_cycle"].value) // 2,
            reads=int(facts["sram_read"].value) // BYTES[dtype],
            writes=int(facts["sram_write"].value) // BYTES[dtype],
            half=dtype == "fp16",
        )

    def cycles(self, n: int, n_reads: int = 2) -> int:
        """Return how long an operation on vectors of `n` numbers in memory takes, which reads some and writes one.

        Examples
        --------
        >>> Machine(2, 2, 15, 56, lanes=4, reads=8, writes=4, half=True).cycles(10)
        3
        """
        return -(-n // self.rate(n_reads, 1))

    def rate(self, n_reads: int, n_writes: int) -> int:
        """Return how many elements of an operation go in a cycle: what lanes do and ports carry, at least one."""
        ports = min(self.reads // max(1, n_reads), self.writes // max(1, n_writes))
        return max(1, min(self.lanes, ports))


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
    tables: Tables
    state: State
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
) -> Result:
    """Run a program to its end.

    Parameters
    ----------
    program : Program
        What to run.
    machine : Machine
        Where.
    record : str
        "none", "field" (event times of each cell) or "wavelets" (everything).
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
        raise FabricError(f"dtype must be fp32 for results above {most:,.0f}, got one of {largest:,.0f}")
    rec = _recorder(record, program, window)
    before = program.memory[rec.row >= 0, :SHOWN_WORDS]
    tables, state = prepare(program, machine, faults, progress, in_place)
    progress(0.0)
    began = perf_counter()
    like = rows.repeated(program, tables, state, rec)
    if like is not None:
        done, rec = rows.run_once(like, program, tables, state, rec, hops, progress)
        if not done:
            rec = _recorder(record, program, window)
            tables, state = prepare(program, machine, faults, progress, in_place)
    seconds = perf_counter() - began
    n_visits = 50_000
    while True:
        start, visited = perf_counter(), int(state.count[VISITS])
        status, rec = advance(tables, state, rec, 1 << 30, n_visits)
        took = perf_counter() - start
        seconds += took
        if status != RUNNING:
            break
        n_visits = max(10_000, int(_SLICE_S * (int(state.count[VISITS]) - visited) / took))
        progress(share_done(state.count, rec, hops))
    if status in (COLLISION, NO_ROUTE):
        raise _error(status, program, machine, state)
    cycles = int(state.count[END])
    if status == DEADLOCK:
        cycles = int(np.flatnonzero(rec.counted()[:, [HOPS, ELEMENTS]].any(axis=1)).max(initial=-1)) + 1
    kernel._settle(cycles, tables, state, rec)
    counted = rec.counted(cycles)
    return Result(
        program=program,
        machine=machine,
        cycles=cycles,
        deadlock=status == DEADLOCK,
        seconds=seconds,
        hops=int(counted[:, HOPS].sum()),
        detour_hops=int(state.count[DETOUR]),
        elements=int(counted[:, ELEMENTS].sum()),
        stalled=int(state.count[STALLED]),
        visits=int(state.count[VISITS]),
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
    step = n // _PIECES + 1
    bits = in_pieces(
        lambda start, stop: _largest_bits(start, stop, program.results, expected, memory),
        [(at, min(n, at + step)) for at in range(0, n, step)],
        progress,
    )
    return float(np.int32(max(bits, default=0)).view(np.float32))


@lean_kernel
def _largest_bits(start, stop, results, expected, memory):
    """Return the largest difference from what is expected, as bits: they are in the order of the numbers."""
    largest = np.int32(0)
    for i in range(start, stop):
        row = i if expected.shape[0] > 1 else 0
        for word in range(expected.shape[1]):
            difference = np.float32(memory[results[i] & INDEX, word] - expected[row, word])
            largest = max(largest, difference.view(np.int32) & 0x7FFFFFFF)
    return largest


def _error(status, program, machine, state):
    y, x = divmod(int(state.count[ERROR_CELL]), program.width)
    color, cycle = int(state.count[ERROR_COLOR]), int(state.count[T]) + machine.task_startup
    where = f"PE ({x}, {y}), color {color} ({program.colors[color]}), cycle {cycle}"
    if status == COLLISION:
        return FabricError(f"a color may enter a router over one link in a cycle, got two at {where}")
    return FabricError(f"a wavelet must meet a route that takes it, got none at {where}")


def warm_up() -> None:
    """Compile the kernels, or load them from the cache."""
    from engine.fabric.programs.stream import circular

    # Too many words for the queues between two PEs: a deadlock, which every kernel has a part in.
    jammed = simulate(circular(2, 2, 20, 0), Machine(1, 1, 0, 0, 1, 1, 1, False), "wavelets")
    trace_of(jammed, 1e-9, 20)
    rows.warm_up(jammed.tables, jammed.state, jammed.recorder)
