"""What is wrong with a rectangle of PEs: compute elements that are slow, links that are long, links that are dead.

A slow CE takes several cycles for an element and issues no other meanwhile. A long link is one between neighbours of
the rectangle that lie further apart on the wafer: one wavelet a cycle still, each 1 + extra cycles on its way, and
room for as many more. What would cross a dead link goes around it, two hops more; where the rectangle is a single row
or column nothing goes around, and nothing moves over it.

Not modelled: that a detour shares its wires with the traffic of the PEs it passes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.fabric.core import layout as L
from engine.fabric.core.isa import EAST, WEST
from engine.fabric.machine.geometry import LINKS, PORT_NAMES, beside, opposite
from engine.fabric.machine.program import FabricError
from engine.language import message

MOST_EXTRA = 24  # where a hop takes one cycle
DETOUR_HOPS = 2  # a step aside, and one back
MOST_CYCLES = 8


@dataclass(frozen=True, eq=False)
class Faults:
    """What is wrong with each PE of a rectangle.

    Attributes
    ----------
    cycles : (height, width) int32 array
        Cycles that the CE takes for an element, 1 to `MOST_CYCLES` [cycle].
    extra : (height, width, 4) int32 array
        Hops beyond the first of the link through each port, 0 to `MOST_EXTRA`, or `CUT`; the same from both ends [hop].
    dead : (height, width, 4) bool array
        Links whose straight way is dead; their detour, if there is one, is in `extra`.
    """

    cycles: NDArray[np.int32]
    extra: NDArray[np.int32]
    dead: NDArray[np.bool_]

    def kill(self, x: int, y: int, port: int) -> None:
        """Break one link, both ways: what used it goes around, or nowhere if there is no way around.

        Parameters
        ----------
        x, y : int
            A PE at one of its ends.
        port : int
            The port of that PE behind which it lies.

        Raises
        ------
        FabricError
            If no PE of the rectangle is behind the port.
        """
        height, width = self.cycles.shape
        there_x, there_y = beside(x, y, port)
        if not (0 <= there_x < width and 0 <= there_y < height):
            raise FabricError(message("fabric_link_outside", got=PORT_NAMES[port], at=f"({x}, {y})"))
        around = height > 1 if port in (EAST, WEST) else width > 1
        self.lengthen(x, y, port, int(self.extra[y, x, port]) + DETOUR_HOPS if around else L.CUT)
        self.dead[y, x, port] = self.dead[there_y, there_x, opposite(port)] = True

    def lengthen(self, x: int, y: int, port: int, extra: int) -> None:
        """Set the hops beyond the first of a link (as for `kill`), both ways: 0 to `MOST_EXTRA`, or `CUT` [hop]."""
        there_x, there_y = beside(x, y, port)
        self.extra[y, x, port] = extra
        self.extra[there_y, there_x, opposite(port)] = extra

    def packed(self, hop_latency: int = 1) -> NDArray[np.int32]:
        """Return a number for each PE as the kernel keeps it: 5 bits for each link, then the CE's cycles minus one.

        Parameters
        ----------
        hop_latency : int
            Of the machine [cycle].

        Returns
        -------
        (n_pe,) int32 array
            0 where nothing is wrong.

        Raises
        ------
        FabricError
            If a link has more extra hops than an alarm of the kernel can lie ahead.
        """
        longest = int(self.extra.max(where=self.extra != L.CUT, initial=0))
        most = min(MOST_EXTRA, (L.WHEEL - 1) // hop_latency - 1)
        if longest > most:
            raise FabricError(message("fabric_link_too_long", most=most, got=longest))
        links = sum(self.extra[:, :, port] << (5 * port) for port in LINKS)
        return (links | (self.cycles - 1) << 20).ravel()


def healthy(width: int, height: int) -> Faults:
    """Return the faults of a rectangle that has none."""
    return Faults(
        np.ones((height, width), np.int32),
        np.zeros((height, width, 4), np.int32),
        np.zeros((height, width, 4), np.bool_),
    )
