"""What a memory scenario costs."""

from time import perf_counter

from engine.benchmark import Measurement
from engine.memory.hierarchy import machine
from engine.memory.measure import measure
from engine.memory.recording import record
from engine.memory.simulate import warm_up

_BUDGET_MS = 20
_BUDGET_KB = 200
_REPEATS = 5


def measurements() -> list[Measurement]:
    """Time the longest scenarios and weigh their recordings.

    Returns
    -------
    list of Measurement
        Best of a few repetitions, kernels compiled before.
    """
    warm_up()
    found = []
    for names in (("wse2", "a100_80"), ("wse3", "h100", "a100_40")):
        best_s, packed = float("inf"), b""
        for _ in range(_REPEATS):
            begin = perf_counter()
            results = [measure(machine(name), "gemm", 2**13, 1, "fp16", "hbm", 128, seed=0) for name in names]
            packed = record(results).pack()
            best_s = min(best_s, perf_counter() - begin)
        label = f"memory, matrix product on {len(names)} machines"
        found.append(Measurement(f"{label}: simulate and pack", best_s * 1e3, "ms", _BUDGET_MS))
        found.append(Measurement(f"{label}: packed recording", len(packed) / 1e3, "kB", _BUDGET_KB))
    return found
