"""Speed and size of the fabric simulation."""

import resource
from time import perf_counter

from engine import parallel
from engine.benchmark import Measurement
from engine.fabric.core.isa import EAST
from engine.fabric.defects.faults import healthy
from engine.fabric.programs.all_reduce import reduce_broadcast
from engine.fabric.programs.broadcast import multicast
from engine.fabric.programs.stream import single
from engine.fabric.published import machine
from engine.fabric.simulation.simulate import simulate, warm_up
from engine.fabric.trace.tables import trace_of

_WAFER = (750, 994)


def measurements() -> list[Measurement]:
    """Run broadcasts of 64 words, a stream on rectangles of two sizes, and all-reduces of the full wafer."""
    warm_up()
    return [
        *_speed(64, 64, 50e6, repeats=15),
        *_speed(*_WAFER, 25e6, repeats=2),
        *_idle(),
        *_all_reduce(16, 2.0, repeats=3),
        *_threads(),
        *_all_reduce(256, 1.0, repeats=3),
    ]


def _speed(width, height, budget, repeats):
    program = multicast(width, height, 64, 0)
    best = min((simulate(program, machine()) for _ in range(repeats)), key=lambda result: result.seconds)
    name = f"broadcast of 64 words on {width} × {height} PEs"
    yield Measurement(name, best.hops / best.seconds, "hops/s", budget, at_least=True)
    yield Measurement(name, width * height * best.cycles / best.seconds, "PE-cycles/s")


def _idle():
    small, large = (simulate(single(64, height, 64, 0), machine()) for height in (1, 64))
    name = "visits of PEs, one stream: 64 rows over 1 row"
    yield Measurement(name, large.visits / small.visits, "ratio", 1.0)


def _all_reduce(words, budget, repeats):
    """Take the fastest of some runs: the first in a process also pays for memory that nothing has touched yet."""
    seconds, rates = [], []
    for _ in range(repeats):
        start = perf_counter()
        result = simulate(reduce_broadcast(*_WAFER, words, (20, 23), "centre", 0), machine(), "field", in_place=True)
        packed = trace_of(result, 1e-9, words).pack()
        seconds.append(perf_counter() - start)
        rates.append(result.hops / result.seconds)
        del result
    name = f"all-reduce of {words} words on {_WAFER[0]} × {_WAFER[1]} PEs"
    yield Measurement(f"{name}, built, run and packed", min(seconds), "s", budget)
    yield Measurement(f"{name}, simulation", max(rates), "hops/s", 25e6, at_least=True)
    yield Measurement(f"{name}, trace", len(packed), "B", 1e6)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    yield Measurement(f"{name}, memory of the process", peak, "B", 2e9)


def _threads():
    """Simulate the full wafer on one thread, and on as many as there are cores; no two rows are alike."""
    width, height = _WAFER
    program = reduce_broadcast(*_WAFER, 16, (20, 23), "centre", 0)
    faults = healthy(*_WAFER)
    for y in range(height):
        faults.lengthen(y % (width - 1), y, EAST, 1 + y // (width - 1))
    all_threads, seconds = parallel.N_THREADS, []
    for n_threads in (1, all_threads):
        parallel.N_THREADS = n_threads
        seconds.append(min(simulate(program, machine(), faults=faults).seconds for _ in range(3)))
    name = f"all-reduce of 16 words on {width} × {height} PEs with a long link in each row"
    yield Measurement(f"{name}, one thread over {all_threads}", seconds[0] / seconds[1], "ratio", 1.0, at_least=True)
