"""A mesh of PEs laid around the defective ones of a wafer.

Beside the columns of the mesh the wafer has spare ones, at the east. Each row uses its healthy PEs from the west on and
skips the defective ones: what lies behind a defect moves one column to the east. A link then spans what it skips, and
one between two rows that have moved differently spans the columns between its ends. The program sees neighbours; a link
over k hops takes k cycles.

Not modelled: defects of routers and wires (a skipped PE still lets wavelets pass), and what else passes the same wires.
How spares are laid out on the product has not been published.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.fabric.core.isa import EAST, NORTH, SOUTH, WEST
from engine.fabric.defects.faults import Faults, healthy
from engine.fabric.machine.program import FabricError
from engine.language import Quantity, message


@dataclass(frozen=True, eq=False)
class Mesh:
    """Where the PEs of a mesh lie on the wafer.

    Attributes
    ----------
    defective : (height, width + spares) bool array
        PEs of the wafer that do not work.
    column : (height, width) int32 array
        Column of the wafer of each PE of the mesh; its row is its own.
    """

    defective: NDArray[np.bool_]
    column: NDArray[np.int32]

    @property
    def unused(self) -> NDArray[np.bool_]:
        """The (height, width + spares) PEs of the wafer that the mesh does not use."""
        unused = np.ones(self.defective.shape, np.bool_)
        np.put_along_axis(unused, self.column, False, axis=1)
        return unused

    @property
    def cells(self) -> NDArray[np.uint32]:
        """The (n_pe,) cell of the wafer of each cell of the mesh."""
        height, columns = self.defective.shape
        return (np.arange(height)[:, None] * columns + self.column).ravel().astype(np.uint32)

    def faults(self) -> Faults:
        """Return the faults of the mesh: its long links."""
        height, width = self.column.shape
        faults = healthy(width, height)
        across = np.diff(self.column, axis=1) - 1
        down = np.abs(np.diff(self.column, axis=0))
        faults.extra[:, :-1, EAST] = faults.extra[:, 1:, WEST] = across
        faults.extra[:-1, :, SOUTH] = faults.extra[1:, :, NORTH] = down
        return faults


def scatter(width: int, height: int, share: float, seed: int) -> NDArray[np.bool_]:
    """Draw defective PEs at random, each by itself, column by column: one spare more changes no other column.

    Parameters
    ----------
    width, height : int
        The rectangle of the wafer, spares included [PE].
    share : float
        Chance of each PE to be defective, in [0, 1].
    seed : int
        Of the draw.

    Returns
    -------
    (height, width) bool array
    """
    return np.random.default_rng(seed).random((width, height)).T < share


def lay_around(defective: NDArray[np.bool_], spares: int) -> Mesh:
    """Lay a mesh around defective PEs, row by row.

    Parameters
    ----------
    defective : (height, width + spares) bool array
        PEs that do not work.
    spares : int
        Columns more than the mesh has.

    Returns
    -------
    Mesh

    Raises
    ------
    FabricError
        Where a row has more defects than there are spare columns.

    Examples
    --------
    >>> lay_around(np.array([[False, True, False, False]]), 1).column.tolist()
    [[0, 2, 3]]
    """
    worst = defective.sum(axis=1)
    row = int(worst.argmax())
    if worst[row] > spares:
        least = Quantity(int(worst[row]), "column")
        raise FabricError(message("fabric_too_few_spares", least=least, row=row, got=spares))
    healthy_first = np.argsort(defective, axis=1, kind="stable")
    return Mesh(defective, healthy_first[:, : defective.shape[1] - spares].astype(np.int32))
