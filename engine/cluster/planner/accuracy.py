r"""How far a simulated step may be off, from the published rows that no constant was chosen on.

Rows of one set share machine, software and author, so they err together: a set counts once, however many rows it has. A
training that somebody plans is like a row of a set that the model has not seen. With :math:`k` sets, and the logarithm
of engine over published as error, it lies with a chance of nine in ten within

.. math:: t_{0.95}(k)\, s, \qquad s^2 = \frac{1}{k} \sum_{sets} \frac{1}{n} \sum_{rows} \ln^2 \frac{engine}{published} ,

where Student's :math:`t` allows for the fewness of the sets. CS-3, on whose rows no constant was chosen, has the mean
square of its own rows in place of that of all sets. GPUs that run with the constants of others are no sets of these:
they are held to the interval of the others. Models with experts, on which no constant was chosen either, have an
interval of their own. Not modelled: trainings unlike all published ones; sequences that are divided and products in 4
bits, of which there are few rows.
"""

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist, fmean

from engine.cited import table
from engine.cluster.published import comparisons

INSIDE = 0.9  # share of new cases that the interval shall hold
FAMILIES = {
    "gpu": lambda name: "CS-" not in name and not _said(name, "constants") and not _said(name, "apart"),
    "carried": lambda name: bool(_said(name, "constants")) and not _said(name, "apart"),
    "experts": lambda name: _said(name, "apart") == "experts",
    "cs": lambda name: "CS-" in name,
    "wse3": lambda name: "CS-3" in name,
}
NOT_RATES = ("All-reduce", "Speed-up")


def log_errors(family: str) -> dict[str, list[float]]:
    """Return the logarithms of engine over published of all tested rows, by set.

    Parameters
    ----------
    family : str
        "gpu", "cs", "wse3", which is scaled from another machine, "carried": GPUs with the constants of others, or
        "experts": models with experts on GPUs.
    """
    errors: dict[str, list[float]] = {}
    for row in comparisons():
        if row.used == "test" and not row.set_name.startswith(NOT_RATES) and FAMILIES[family](row.set_name):
            errors.setdefault(row.set_name, []).append(math.log(row.engine / row.published))
    return errors


def _said(set_name, key):
    """Return what `data/published_sets.toml` says of a set, None where it says nothing of this."""
    return table("published_sets").get(set_name, {}).get(key)


def step_error(errors: Mapping[str, Sequence[float]], n_sets: int | None = None) -> float:
    """Return e, so that nine of ten new steps lie between the simulated one over 1 + e and times 1 + e.

    Parameters
    ----------
    errors : mapping of str to sequence of float
        As `log_errors`.
    n_sets : int, optional
        Sets that the constants are known from, by default as many as there are errors of.

    Examples
    --------
    >>> round(step_error({"one": [0.1, -0.1], "two": [0.1]}), 2)
    0.33
    """
    mean_square = fmean(fmean(error * error for error in each) for each in errors.values())
    return math.expm1(_student(0.5 + INSIDE / 2, n_sets or len(errors)) * math.sqrt(mean_square))


def _student(p, n):
    """Return the quantile of Student's t with n degrees of freedom: Abramowitz and Stegun 1964, 26.7.5."""
    z = NormalDist().inv_cdf(p)
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    )
