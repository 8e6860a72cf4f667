"""The speed of GPUs and of wafers on more and more machines, as the home page and the tour draw it."""

from engine.run import Run

APART = 0.2  # least distance of the names at the ends of two curves, of the height of their picture

# One training on two sides that begin at about the same speed, so that "so many times the machines" means the same to
# both, each with the newest program known. 768 sequences divide evenly among 12 GPUs and all their doublings.
PAIR = {"model": "cerebras-gpt-13b", "global_batch": 768}
SIDES = {
    "gpus": {**PAIR, "device": "a100_80", "n_devices": 12},
    "wafers": {**PAIR, "cluster": "cs", "device": "cs2", "n_devices": 1},
}


def curves_of(gpus: Run, wafers: Run) -> dict[str, list[float]]:
    """Return how many times as fast both sides are on so many times the machines, as far as both go.

    Parameters
    ----------
    gpus, wafers : Run
        Of the scenarios of `SIDES`, or of both with a growing batch.

    Returns
    -------
    dict of str to list of float
        `n` times the machines of the start, and the times as fast of `gpus` and `wafers`.
    """
    rates = {}
    for side, run in (("gpus", gpus), ("wafers", wafers)):
        curve = run.columns("curve")
        start = SIDES[side]["n_devices"]
        rates[side] = {
            n / start: float(rate) for n, rate in zip(curve["n_devices"], curve["tokens_per_s"], strict=True)
        }
    n = sorted(n for n in rates["gpus"].keys() & rates["wafers"].keys() if n >= 1)
    return {"n": n} | {side: [found[each] / found[1] for each in n] for side, found in rates.items()}


def ends_of(curves: dict[str, list[float]]) -> dict[str, float]:
    """Return where the names at the ends of two curves stand, in times as fast, so that they do not meet."""
    last = {side: curves[side][-1] for side in SIDES}
    middle, apart = sum(last.values()) / 2, APART * curves["n"][-1] / 2
    faster = max(last, key=last.get)
    return {
        side: max(last[side], middle + apart) if side == faster else min(last[side], middle - apart) for side in SIDES
    }
