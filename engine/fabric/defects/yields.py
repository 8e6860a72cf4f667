"""Yield: the share of chips that work, of single dies and of wafers with spare columns, by formula and by drawing lots.

A defect breaks the PE that it falls on. A die works without any defect. A wafer without spares does so too; with them,
if no row has more broken PEs than there are spare columns.

Not modelled: defects that come in clusters (the formula is then a negative binomial one, and all yields are higher),
defects of routers, wires and power, and dies that are sold with a part switched off.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import comb, exp, log1p

import numpy as np

from engine._jit import kernel
from engine.cited import table
from engine.language import message
from engine.machines import machines
from engine.trace import Table

POISSON = message("fabric_poisson")
BINOMIAL = message("fabric_binomial")

DENSITIES = np.logspace(2, 5, 61)  # 0.01 to 10 defects a cm2
DRAWN_DENSITIES = DENSITIES[::5]
N_WAFERS = 200
KINDS = ("die", "unspared", "spared")


@dataclass(frozen=True)
class Wafer:
    """What the yield of a wafer depends on.

    Attributes
    ----------
    width, height : int
        The mesh that a program sees [PE].
    spares : int
        Columns beside it [PE].
    pe_area, die_area : float
        Of a PE and of a single die [m2].
    """

    width: int
    height: int
    spares: int
    pe_area: float
    die_area: float

    @property
    def area(self) -> float:
        """Of the mesh and its spare columns [m2]."""
        return (self.width + self.spares) * self.height * self.pe_area

    @property
    def dies(self) -> int:
        """Dies that would have fitted on it."""
        return int(self.area // self.die_area)


def wafer(machine: str, spares: int) -> Wafer:
    """Return a wafer of `engine/data` with so many spare columns."""
    facts = machines()[machine].figures
    return Wafer(
        width=int(facts["width"].value),
        height=int(facts["height"].value),
        spares=spares,
        pe_area=facts["pe_area"].value,
        die_area=table("yield")["die"]["area"].value,
    )


def poisson(area: float, density: float) -> float:
    """Return the chance that no defect falls on an area.

    Parameters
    ----------
    area : float
        A [m2].
    density : float
        D [1/m2].

    Returns
    -------
    float
        exp(-A D), in [0, 1].

    Examples
    --------
    >>> round(poisson(510e-6, 1e3), 2)
    0.6
    """
    return exp(-area * density)


def spared(width: int, height: int, spares: int, share: float) -> float:
    r"""Return the chance that no row has more defective PEs than there are spare columns.

    .. math:: Y = \left( \sum_{k=0}^{s} \binom{n + s}{k} p^k (1 - p)^{n + s - k} \right)^{rows}

    Parameters
    ----------
    width, height : int
        The mesh, n and rows [PE].
    spares : int
        Spare columns, s [PE].
    share : float
        Chance of each PE to be defective, p, in [0, 1].

    Returns
    -------
    float
        Y, in [0, 1].

    Examples
    --------
    >>> spared(1, 1, 1, 0.5)
    0.75
    """
    n = width + spares
    row = sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(spares + 1))
    return min(1.0, row) ** height


def share_of(density: float, pe_area: float) -> float:
    """Return the chance of a PE to be defective at a density of defects [1/m2]."""
    return 1 - exp(-pe_area * density)


def density_of(share: float, pe_area: float) -> float:
    """Return the density of defects [1/m2] at which a PE is defective with some chance below 1."""
    return -log1p(-share) / pe_area


def by_formula(wafer: Wafer, density: float) -> tuple[float, float, float]:
    """Return the yields of a die, of the wafer without its spares, and of the wafer, at a density of defects [1/m2]."""
    whole = poisson(wafer.width * wafer.height * wafer.pe_area, density)
    share = share_of(density, wafer.pe_area)
    return poisson(wafer.die_area, density), whole, spared(wafer.width, wafer.height, wafer.spares, share)


def by_lot(wafer: Wafer, density: float, n_wafers: int, seed: int) -> tuple[float, float, float]:
    """Place defects on wafers and count what works.

    Parameters
    ----------
    wafer : Wafer
        Of which kind.
    density : float
        Defects [1/m2].
    n_wafers : int
        How many are made.
    seed : int
        Of the draw.

    Returns
    -------
    tuple of float
        Shares that work: of the dies that would have fitted on them, of the wafers by their mesh alone, and of the
        wafers with their spares.
    """
    draw = np.random.default_rng(seed)
    columns = wafer.width + wafer.spares
    n_dies = wafer.dies
    n_defects = draw.poisson(wafer.area * density, n_wafers)
    place = draw.random(n_defects.sum()) * columns * wafer.height
    cell = place.astype(np.int64)
    # As only areas matter, a die is a run of PEs, as a part of a row or as some rows.
    die = (place * (wafer.pe_area / wafer.die_area)).astype(np.int64)
    good = np.zeros(len(KINDS), np.int64)
    _count(n_defects, cell, die, n_dies, columns, wafer.height, wafer.spares, good)
    dies, unspared, with_spares = (int(n) for n in good)
    return dies / (n_wafers * n_dies), unspared / n_wafers, with_spares / n_wafers


@kernel
def _count(n_defects, cell, die, n_dies, columns, height, spares, good):
    """Count what works.

    Parameters
    ----------
    n_defects : (n_wafers,) int64 array
        Defects of each wafer.
    cell, die : (n,) int64 array
        PE and die of each defect; dies from `n_dies` on do not fit on the wafer.
    n_dies, columns, height, spares : int
        Dies and PEs of a wafer.
    good : (3,) int64 array
        Dies, wafers without spares and wafers with them; overwritten.
    """
    broken = np.full(columns * height, -1, np.int64)  # the last wafer on which it was
    hit = np.full(n_dies, -1, np.int64)
    row = np.zeros(height, np.int64)
    good[0] = n_dies * n_defects.size
    good[1] = n_defects.size
    good[2] = n_defects.size
    i = 0
    for made in range(n_defects.size):
        row[:] = 0
        whole = True
        worst = 0
        for _ in range(n_defects[made]):
            if die[i] < n_dies and hit[die[i]] < made:
                hit[die[i]] = made
                good[0] -= 1
            if broken[cell[i]] < made:
                broken[cell[i]] = made
                y = cell[i] // columns
                row[y] += 1
                worst = max(worst, row[y])
                if cell[i] - y * columns < columns - spares:
                    whole = False
            i += 1
        if not whole:
            good[1] -= 1
        if worst > spares:
            good[2] -= 1


@lru_cache(maxsize=64)
def curves(machine: str, spares: int, seed: int) -> dict[str, Table]:
    """Return yields against the density of defects.

    Parameters
    ----------
    machine : str
        A wafer whose yield is known.
    spares : int
        Spare columns [PE].
    seed : int
        Of the draws.

    Returns
    -------
    dict of str to Table
        "yields": `density` [1/m2] and, by formula, the yields named in `KINDS`; "yields_drawn": the same of `N_WAFERS`
        wafers each. Not to be changed.
    """
    made = wafer(machine, spares)
    formula = zip(*(by_formula(made, density) for density in DENSITIES), strict=True)
    drawn = zip(*(by_lot(made, density, N_WAFERS, seed) for density in DRAWN_DENSITIES), strict=True)
    return {
        "yields": Table.of("static", {"density": DENSITIES, **dict(zip(KINDS, formula, strict=True))}),
        "yields_drawn": Table.of("static", {"density": DRAWN_DENSITIES, **dict(zip(KINDS, drawn, strict=True))}),
    }
