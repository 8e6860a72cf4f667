"""What a scaling scenario costs."""

from collections.abc import Callable
from time import perf_counter

from engine.benchmark import Measurement
from engine.cluster import gpu, wafer
from engine.cluster.collectives import network
from engine.cluster.gpu import Cluster, Job, Layout
from engine.cluster.rates import gpu as gpu_of
from engine.cluster.rates import software
from engine.models import models

_STEP_MS = 20
_CURVE_MS = 250
_REPEATS = 7


def measurements() -> list[Measurement]:
    """Time a step on many stages, a step on wafers and curves of twelve points.

    Returns
    -------
    list of Measurement
        Best of a few repetitions, kernels compiled before.
    """
    gpu.warm_up()
    wafer.warm_up()
    stack = software("megatron")
    cluster = Cluster(gpu_of("a100_80", stack), network("a100_80"), stack)
    large = Job(models()["megatron-1t"], 2048, 3072)
    small = Job(models()["cerebras-gpt-13b"], 2048, 1080)
    shapes = [Layout(8, 12, 2**k, 1, recompute="full", overlap=False) for k in range(12)]

    def pipeline():
        gpu.step(large, Layout(8, 64, 6, 1, recompute="full", overlap=False), cluster)

    def sharded():
        gpu.step(large, Layout(1, 1, 384, 1, zero=3, recompute="full"), cluster)

    def wafers():
        wafer.step(small, wafer.Wafers("wse2", 12, "2.3"), 90)

    def curve():
        for layout in shapes:
            gpu.step(Job(models()["gpt3-175b"], 2048, 4096), layout, cluster)

    return [
        _timed("scaling, 64 stages of 512 micro-batches", pipeline, _STEP_MS),
        _timed("scaling, 128 layers with ZeRO 3", sharded, _STEP_MS),
        _timed("scaling, 12 wafers", wafers, _STEP_MS),
        _timed("scaling, a curve of 12 points", curve, _CURVE_MS),
    ]


def _timed(name: str, run: Callable[[], None], budget_ms: float) -> Measurement:
    best_s = float("inf")
    for _ in range(_REPEATS):
        begin = perf_counter()
        run()
        best_s = min(best_s, perf_counter() - begin)
    return Measurement(name, best_s * 1e3, "ms", budget_ms)
