"""Speed and size of the fabric simulation."""

import resource
from time import perf_counter

from engine.benchmark import Measurement
from engine.fabric.programs.all_reduce import reduce_broadcast
from engine.fabric.programs.broadcast import multicast
from engine.fabric.programs.stream import single
from engine.fabric.published import machine
from engine.fabric.recording import trace_of
from engine.fabric.simulate import simulate, warm_up


def measurements() -> list[Measurement]:
    """Run broadcasts of 64 words, a stream on rectangles of two sizes, and the full-wafer all-reduce; one thread."""
    warm_up()
    return [*_speed(64, 64, 50e6, repeats=15), *_speed(750, 994, 25e6, repeats=1), *_idle(), *_all_reduce()]


def _speed(width, height, budget, repeats):
    program = multicast(width, height, 64, 0)
    results = [simulate(program, machine()) for _ in range(repeats)]
    best = min(results, key=lambda result: result.seconds)
    name = f"broadcast of 64 words on {width} × {height} PEs"
    yield Measurement(name, best.hops / best.seconds, "hops/s", budget, at_least=True)
    yield Measurement(name, width * height * best.cycles / best.seconds, "PE-cycles/s")


def _idle():
    small, large = (simulate(single(64, height, 64, 0), machine()) for height in (1, 64))
    name = "visits of PEs, one stream: 64 rows over 1 row"
    yield Measurement(name, large.visits / small.visits, "ratio", 1.0)


def _all_reduce():
    start = perf_counter()
    result = simulate(reduce_broadcast(750, 994, 16, (20, 23), "centre", 0), machine(), "field")
    packed = trace_of(result, 1e-9, 16).pack()
    name = "all-reduce of 16 words on 750 × 994 PEs"
    yield Measurement(f"{name}, built, run and packed", perf_counter() - start, "s", 2.0)
    yield Measurement(f"{name}, trace", len(packed), "B", 4e6)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    yield Measurement(f"{name}, memory of the process", peak, "B", 2e9)
