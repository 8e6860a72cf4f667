"""How fast the planner is: what `waferscope bench` prints."""

from time import perf_counter

from engine.benchmark import Measurement
from engine.cluster import failures
from engine.cluster.failures import Training
from engine.cluster.planner.training import DAY_S, HOUR_S, N_FUTURES

REPEATS = 5


def measurements() -> list[Measurement]:
    """Return the rate of the Monte-Carlo on a training with as many failures as that of Llama 3."""
    training = Training(600.0, 50 * DAY_S, 240.0, 3.0, 3.1 * HOUR_S, 600.0, 480.0)
    failures.warm_up()
    best = float("inf")
    for seed in range(REPEATS):
        start = perf_counter()
        n_failures = int(failures.futures(training, N_FUTURES, seed).n_failures.sum())
        best = min(best, (perf_counter() - start) / n_failures)
    return [Measurement("failures simulated", 1e-6 / best, "M/s", 1.0, at_least=True)]
