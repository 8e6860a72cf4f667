"""What a program is: routes of colors, and the vector operations of every kind of PE.

Ports, route codes and what an operation does are numbers of core/isa.py. PEs that run the same operations are of one
kind; kinds and routes are made for whole sets of PEs at once.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.fabric.core.isa import ADD, EAST, MULTIPLY, N_COLORS, N_POSITIONS, NORTH, SOUTH, STORE, WEST
from engine.language import Message, Refusal, message


class FabricError(Refusal):
    """The program breaks a rule of the fabric; the sentence names the PE, the color and the cycle."""


@dataclass(frozen=True)
class Op:
    """One vector operation of a compute element.

    Attributes
    ----------
    text : Message
        What it does, as a short sentence.
    does : int
        RECEIVE, ADD, STORE, SEND, MULTIPLY, combined. Without RECEIVE the operand is the memory alone.
    n : int
        Elements [word]; of MULTIPLY, one product each.
    receive, send : int
        Colors; -1 where the operation does not.
    period : int
        Memory words it runs over before it starts again at the first; `n` or less.
    advance : bool
        Whether a SWITCH_ADV control wavelet follows the last element on the color it sends.
    after, of : int
        Operations of thread `of` that must have ended before this one starts.
    ring, shift : int
        Where `ring` is not 0, it runs in a ring: the memory is divided into blocks of `n` words, as many as the
        rectangle has columns (1) or rows (2), and the PE works on block `(x + shift) % width` or
        `(y + shift) % height`.
    first : int
        First memory word.
    shape : (int, int, int)
        Of MULTIPLY: rows, inner, columns of C = A B, or C += A B with ADD. It takes A column by column, and for each
        number of A one row of B. With RECEIVE, the numbers of A are heard, each with its place: see `sparse`.
    at : (int, int, int)
        Of MULTIPLY: memory words at which A, B and C begin, each row after row; with RECEIVE, A is two words for
        what was heard last.
    step : int
        Step of the program that it is part of: none begins before all PEs have ended the one before it.
    """

    text: Message
    does: int
    n: int
    receive: int = -1
    send: int = -1
    period: int = 0
    advance: bool = False
    after: int = 0
    of: int = 0
    ring: int = 0
    shift: int = 0
    first: int = 0
    shape: tuple[int, int, int] = (0, 0, 0)
    at: tuple[int, int, int] = (0, 0, 0)
    step: int = 0


@dataclass(frozen=True, eq=False)
class Program:
    """A program for a rectangle of PEs, with its data and the result it must have.

    Attributes
    ----------
    width, height : int
        The rectangle [PE].
    colors : tuple of (role, name)
        What each color carries, and what it is called: colors of one role may differ in their names.
    routes : (n_colors, n_pe) uint32 array
        Route codes, 0 where the color has no route.
    kind : (n_pe,) int32 array
        Index into `kinds`.
    kinds : tuple of tuple of tuple of Op
        Threads, and the operations of each in order, of every kind of PE.
    memory : (n_pe, n_words) float32 array
        Contents at the start; after a run in place, at the end.
    results : (n_results,) int32 array
        Cells that hold the result at the end.
    expected : (n_words,) or (n_results, n_words) float32 array
        The result, by NumPy: of all those cells, or of each; it begins at their first word.
    milestones : tuple of (name, sentence)
        What is said when all its PEs have done a certain number of operations.
    milestone : (n_pe, 2) int32 array
        Index of the milestone a PE takes part in, -1 for none, and that number of operations of its thread 0.
    pairs : bool
        Whether a wavelet carries two numbers of fp16. An element of an operation that is no multiplication is then two
        words of memory, and `n` and `period` count such pairs.
    """

    width: int
    height: int
    colors: tuple[tuple[Message, Message], ...]
    routes: NDArray[np.uint32]
    kind: NDArray[np.int32]
    kinds: tuple
    memory: NDArray[np.float32]
    results: NDArray[np.int32]
    expected: NDArray[np.float32]
    milestones: tuple[tuple[str, Message], ...]
    milestone: NDArray[np.int32]
    pairs: bool = False


def multiply(text: Message, shape: tuple[int, int, int], at: tuple[int, int, int], add: bool = True) -> Op:
    """Return the operation C += A B on the PE's own memory, or C = A B; see `Op`."""
    rows, inner, columns = shape
    does = MULTIPLY | STORE | (ADD if add else 0)
    return Op(text, does, rows * inner * columns, shape=shape, at=at)


def sparse(values, places) -> NDArray[np.float32]:
    """Return wavelets that carry 16 bits of data and 16 bits of index.

    Parameters
    ----------
    values : (n,) float32 array
        The data, of which the upper 16 bits (bfloat16) are kept.
    places : (n,) int array
        The indices, below 65,536. In a MULTIPLY, column * rows + row of the element of A.

    Returns
    -------
    (n,) float32 array
        The 32 bits of each wavelet.

    Examples
    --------
    >>> hex(sparse([1.0], [5]).view(np.uint32)[0])
    '0x3f800005'
    """
    data = np.asarray(values, np.float32).view(np.uint32) & np.uint32(0xFFFF0000)
    return (data | np.asarray(places, np.uint32)).view(np.float32)


def bit(port):
    """Return the mask of one output port."""
    return np.uint32(1) << np.asarray(port, np.uint32)


@dataclass(eq=False)
class Builder:
    """Makes a `Program`: claims colors, lays routes, appends operations, for sets of cells at a time.

    Attributes
    ----------
    width, height : int
        The rectangle [PE].
    pairs : bool
        See `Program`.
    """

    width: int
    height: int
    pairs: bool = False
    _colors: list = field(default_factory=list)
    _routes: list = field(default_factory=list)
    _kinds: list = field(default_factory=lambda: [()])
    _made: dict = field(default_factory=dict)

    def __post_init__(self):
        n_pe = self.width * self.height
        self._kind = np.zeros(n_pe, np.int32)
        self._milestones = []
        self._milestone = np.full((n_pe, 2), -1, np.int32)

    def color(self, role: Message, which: Message | None = None) -> int:
        """Claim the next color for a role.

        Parameters
        ----------
        role : Message
            What it carries.
        which : Message, optional
            What tells it from other colors of the role.

        Raises
        ------
        FabricError
            If the program needs more colors than the fabric routes.
        """
        if len(self._colors) == N_COLORS:
            raise FabricError(message("fabric_colors_run_out", n=N_COLORS, role=role))
        self._colors.append((role, message("fabric_color", role=role, which=which) if which else role))
        self._routes.append(np.zeros(self.width * self.height, np.uint32))
        return len(self._colors) - 1

    def route(self, cells, color: int, *positions) -> None:
        """Lay a route in some routers.

        Parameters
        ----------
        cells : (...) int32 array
            The routers.
        color : int
            A claimed color.
        *positions : (input port, mask of output ports)
            Switch positions, the first one to begin with; each entry an int or an array over `cells`. Masks are made
            of `bit`.

        Raises
        ------
        FabricError
            If a router has another route on this color already.
        """
        code = np.uint32(0)
        for i, (source, outputs) in enumerate(positions):
            position = np.asarray(source, np.uint32) | (np.asarray(outputs, np.uint32) << np.uint32(3))
            code = code | (position << np.uint32(8 * i))
        laid = self._routes[color][cells]
        again = (laid != 0) & (laid != code)
        if again.any():
            y, x = divmod(int(np.asarray(cells)[again][0]), self.width)
            raise FabricError(message("fabric_second_route", name=self._colors[color][1], at=f"({x}, {y})"))
        self._routes[color][cells] = code

    def run(self, cells, *ops: Op, thread: int = 0) -> None:
        """Append operations to a thread of some PEs.

        Parameters
        ----------
        cells : (...) int32 array
            The PEs.
        *ops : Op
            What they do next, in order.
        thread : int
            Which of their threads does it; threads of a PE run side by side.
        """
        old = self._kind[cells]
        new = np.zeros(len(self._kinds), np.int32)
        for kind in np.flatnonzero(np.bincount(old.ravel(), minlength=new.size)):
            new[kind] = self._append(int(kind), ops, thread)
        self._kind[cells] = new[old]

    def milestone(self, cells, name: str, text: Message) -> None:
        """Say a sentence when these PEs have done what they have been told so far; a PE is part of its last one."""
        n_ops = np.array([len(kind[0]) if kind else 0 for kind in self._kinds], np.int32)
        self._milestone[cells, 0] = len(self._milestones)
        self._milestone[cells, 1] = n_ops[self._kind[cells]]
        self._milestones.append((name, text))

    def n_ops(self, cells) -> int:
        """Return how many operations thread 0 of these PEs has so far; it must be the same for all."""
        counts = {len(self._kinds[kind][0]) if self._kinds[kind] else 0 for kind in np.unique(self._kind[cells])}
        (count,) = counts
        return count

    def _append(self, kind, ops, thread):
        made = self._made.setdefault((kind, ops, thread), len(self._kinds))
        if made == len(self._kinds):
            threads = list(self._kinds[kind])
            threads += [()] * (thread + 1 - len(threads))
            threads[thread] = (*threads[thread], *ops)
            self._kinds.append(tuple(threads))
        return made

    def build(self, memory, results, expected) -> Program:
        """Return the program.

        Parameters
        ----------
        memory : (n_pe, n_words) float32 array
            Contents at the start.
        results : (n_results,) int array
            Cells that hold the result at the end.
        expected : (n_words,) or (n_results, n_words) float32 array
            The result, by NumPy.

        Raises
        ------
        FabricError
            If a route leaves the rectangle.
        """
        routes = np.stack(self._routes) if self._routes else np.zeros((1, self._kind.size), np.uint32)
        self._check_edges(routes)
        return Program(
            width=self.width,
            height=self.height,
            colors=tuple(self._colors) or ((message("fabric_no_color"),) * 2,),
            routes=routes,
            kind=self._kind,
            kinds=tuple(self._kinds),
            memory=np.ascontiguousarray(memory, np.float32),
            results=np.ascontiguousarray(results, np.int32),
            expected=np.ascontiguousarray(expected, np.float32),
            milestones=tuple(self._milestones),
            milestone=self._milestone,
            pairs=self.pairs,
        )

    def _check_edges(self, routes):
        shaped = routes.reshape(-1, self.height, self.width)
        edges = {NORTH: np.s_[:, :1], EAST: np.s_[:, :, -1:], SOUTH: np.s_[:, -1:], WEST: np.s_[:, :, :1]}
        for port, edge in edges.items():
            mask = sum(1 << (8 * position + 3 + port) for position in range(N_POSITIONS))
            outside = np.argwhere(shaped[edge] & np.uint32(mask))
            if outside.size:
                color, y, x = outside[0]
                y, x = (y or (0 if port != SOUTH else self.height - 1)), (x or (0 if port != EAST else self.width - 1))
                raise FabricError(message("fabric_route_leaves", color=int(color), at=f"({x}, {y})"))
