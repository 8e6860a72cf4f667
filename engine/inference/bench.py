"""What an inference scenario costs."""

from time import perf_counter

from engine.benchmark import Measurement
from engine.inference.serving import Demand, serve
from engine.models import models

_BUDGET_MS = 20
_REPEATS = 5


def measurements() -> list[Measurement]:
    """Time a large model on wafers, for as many users as a curve has points.

    Returns
    -------
    list of Measurement
        Best of a few repetitions.
    """
    best_s = float("inf")
    for _ in range(_REPEATS):
        begin = perf_counter()
        for users in range(1, 17):
            serve("wse3", 8, Demand(models()["llama3-70b"], 1000, 1000, users))
        best_s = min(best_s, perf_counter() - begin)
    return [Measurement("inference, 70B on 8 wafers, 16 points", best_s * 1e3, "ms", _BUDGET_MS)]
