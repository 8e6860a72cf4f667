"""Speed and size of the fabric simulation."""

import resource

from engine.benchmark import Measurement
from engine.fabric.programs.broadcast import multicast
from engine.fabric.published import machine
from engine.fabric.simulate import simulate, warm_up


def measurements() -> list[Measurement]:
    """Run broadcasts of 64 words and the full-wafer all-reduce; the best of a few runs each, one thread."""
    warm_up()
    rows = []
    for width, height, budget, repeats in ((64, 64, 50e6, 9), (750, 994, 25e6, 2)):
        program = multicast(width, height, 64, 0)
        results = [simulate(program, machine()) for _ in range(repeats)]
        seconds = min(result.seconds for result in results)
        size, result = f"broadcast of 64 words, {width} × {height}", results[0]
        rows += [
            Measurement(size, result.hops / seconds, "hops/s", budget, at_least=True),
            Measurement(size, width * height * result.cycles / seconds, "PE-cycles/s"),
        ]
    chain = [simulate(multicast(8, height, 64, 0), machine()).visits / (8 * 64 * height) for height in (8, 64)]
    rows.append(Measurement("visits of a PE per word it receives, 8 × 8", chain[0], "visits"))
    rows.append(Measurement("visits of a PE per word it receives, 8 × 64", chain[1], "visits", 1.2 * chain[0]))
    rows.append(_all_reduce())
    rows.append(_trace_size())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    rows.append(Measurement("memory of the process, full wafer", peak, "B", 2e9))
    return rows
