"""Where things are: cells, ports, windows, and lines of PEs along which collectives run.

A cell is one PE, numbered `y * width + x`; `x` grows EAST, `y` grows SOUTH.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.fabric.core.isa import EAST, NORTH, SOUTH, WEST

LINKS = (NORTH, EAST, SOUTH, WEST)
PORT_NAMES = ("north", "east", "south", "west", "ramp")


def opposite(port):
    """Return the port at which a wavelet enters that left its router through the link `port`.

    Examples
    --------
    >>> opposite(EAST) == WEST
    True
    """
    return (port + 2) % 4


def beside(x: int, y: int, port: int) -> tuple[int, int]:
    """Return the place to which the link `port` of a router leads.

    Examples
    --------
    >>> beside(3, 2, EAST)
    (4, 2)
    """
    return x + (0, 1, 0, -1)[port], y + (-1, 0, 1, 0)[port]


def n_links(width: int, height: int) -> int:
    """Count the links between routers of a rectangle, each direction by itself.

    Examples
    --------
    >>> n_links(3, 2)
    14
    """
    return 2 * ((width - 1) * height + width * (height - 1))


@dataclass(frozen=True, eq=False)
class Lines:
    """Parallel lines of PEs that all do the same: a reduction runs from the far end to position 0.

    Attributes
    ----------
    cells : (n_lines, length) int32 array
        Cells from the root outwards.
    toward : (length,) uint32 array
        Port through which the root is reached from each position; unused at position 0.
    behind : (length,) uint32 array
        Port that leads away from the root; unused at the last position.
    origin, goal : str
        Where data come from and where they go, as the messages `fabric_from` and `fabric_to` say it.
    """

    cells: NDArray[np.int32]
    toward: NDArray[np.uint32]
    behind: NDArray[np.uint32]
    origin: str
    goal: str

    @property
    def length(self) -> int:
        """PEs of one line."""
        return self.cells.shape[1]


def straight(cells: NDArray[np.int32], toward: int) -> Lines:
    """Return straight lines.

    Parameters
    ----------
    cells : (n_lines, length) int32 array
        Cells from the root outwards.
    toward : int
        Port that leads to the root.

    Returns
    -------
    Lines
    """
    length = cells.shape[1]
    return Lines(
        cells=np.ascontiguousarray(cells, np.int32),
        toward=np.full(length, toward, np.uint32),
        behind=np.full(length, opposite(toward), np.uint32),
        origin=PORT_NAMES[opposite(toward)],
        goal=PORT_NAMES[toward],
    )


def grid(width: int, height: int) -> NDArray[np.int32]:
    """Return the (height, width) int32 array of cell numbers."""
    return np.arange(width * height, dtype=np.int32).reshape(height, width)


def rows_to(width: int, height: int, x: int) -> list[Lines]:
    """Return the lines that lead to column `x` along every row: from the east, then from the west."""
    cells = grid(width, height)
    return [straight(cells[:, x:], WEST), straight(cells[:, x::-1], EAST)]


def column_to(width: int, height: int, x: int, y: int) -> list[Lines]:
    """Return the lines that lead to row `y` along column `x`: from the south, then from the north."""
    cells = grid(width, height)[:, x][None, :]
    return [straight(cells[:, y:], NORTH), straight(cells[:, y::-1], SOUTH)]


def snake(width: int, height: int) -> Lines:
    """Return the one line through all PEs that goes east in even rows and west in odd ones."""
    cells = grid(width, height)
    cells[1::2] = cells[1::2, ::-1].copy()
    cells = cells.reshape(1, -1)
    step_x = np.diff(cells[0] % width)
    behind = np.select([step_x == 1, step_x == -1], [EAST, WEST], SOUTH).astype(np.uint32)
    behind = np.append(behind, np.uint32(EAST))
    toward = np.insert(opposite(behind[:-1]), 0, WEST).astype(np.uint32)
    return Lines(cells, toward, behind, "behind", "on")


@dataclass(frozen=True)
class Window:
    """A square of PEs whose wavelets are recorded beside the field of a large run.

    Attributes
    ----------
    x, y : int
        Its north-west corner [PE].
    size : int
        Its side [PE].
    """

    x: int
    y: int
    size: int

    def recorded(self, width: int, height: int) -> tuple[slice, slice]:
        """Return the rows and the columns that are recorded: the square and its neighbours, within the mesh."""
        return tuple(
            slice(max(0, at - 1), min(at + self.size + 1, most)) for at, most in ((self.y, height), (self.x, width))
        )

    def cells(self, width: int, height: int) -> NDArray[np.int32]:
        """Return the recorded cells, row by row."""
        return grid(width, height)[self.recorded(width, height)].ravel()
