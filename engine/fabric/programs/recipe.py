"""What is known about a program besides how it runs: its choices, its limits, its closed form and its cost."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from engine.fabric.machine.constants import Machine
from engine.fabric.machine.program import Program
from engine.fabric.programs import model


@dataclass(frozen=True)
class Settings:
    """What is asked of a program, and where it runs.

    Attributes
    ----------
    machine : Machine
        Constants of the fabric.
    algorithm : str
        One of the recipe's.
    width, height : int
        The rectangle [PE].
    words : int
        Length of the vector of each PE, rows and columns of its tile, or its cells [word].
    group : int or None
        PEs in a group of a two-phase sum; None takes the square root of the line [PE].
    root : str
        Where an all-reduce collects the sum: "corner" or "centre".
    sparsity : float
        Share of the weights that are zero, in [0, 1).
    seed : int
        Of the numbers.
    """

    machine: Machine
    algorithm: str
    width: int
    height: int
    words: int
    group: int | None = None
    root: str = "corner"
    sparsity: float = 0.0
    seed: int = 0

    @property
    def n_pe(self) -> int:
        """PEs of the rectangle."""
        return self.width * self.height

    @property
    def size(self) -> str:
        """The rectangle, as read in a title."""
        return f"{self.width} × {self.height} PEs"

    @property
    def vector(self) -> str:
        """The words, as read in a title."""
        return f"{self.words} word{'s' if self.words > 1 else ''}"

    def group_of(self, length: int) -> int:
        """Return the PEs in a group of a two-phase sum along a line of `length` PEs."""
        return min(length, self.group or math.isqrt(length - 1) + 1)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a program is made for a rectangle, and what can be said about it before it runs.

    Attributes
    ----------
    algorithms : tuple of str
        How it can be computed; the first is what "auto" means.
    build : (Settings) -> Program
        The program itself.
    title : (Settings) -> str
        What it does, in a few words.
    note : (Settings) -> str
        What each PE does, in one or two sentences.
    closed_form : (Settings) -> Terms
        Its cycles, without start-up.
    source : (Settings) -> str
        Where the closed form comes from, or what it counts.
    hops : (Settings) -> float
        About how many wavelet hops it takes.
    products : (Settings) -> float
        About how many products its compute elements do.
    held : (Settings) -> int
        Words that a PE holds.
    check : (Settings) -> None
        Raises `FabricError`, "PARAMETER must be ..., got VALUE", where a rectangle cannot be used.
    options : (algorithm) -> tuple of str
        Which of group, root and sparsity it looks at.
    line : (Settings) -> int
        PEs of a line that is summed, of which "auto" groups take the square root.
    square : bool
        Whether it runs on a square of PEs, so that only the width is looked at.
    computes : bool
        Whether it adds or multiplies, so that the format of the numbers matters.
    flows : (Settings) -> bool
        Whether its wavelets follow each other closely, which makes a recording of them small.
    """

    algorithms: tuple[str, ...]
    build: Callable[[Settings], Program]
    title: Callable[[Settings], str]
    note: Callable[[Settings], str]
    closed_form: Callable[[Settings], model.Terms]
    source: Callable[[Settings], str] = lambda settings: model.SOURCE
    hops: Callable[[Settings], float]
    products: Callable[[Settings], float] = lambda settings: 0
    held: Callable[[Settings], int] = lambda settings: settings.words
    check: Callable[[Settings], None] = lambda settings: None
    options: Callable[[str], tuple[str, ...]] = lambda algorithm: ("group",) if algorithm == "two_phase" else ()
    line: Callable[[Settings], int] = lambda settings: settings.width
    square: bool = False
    computes: bool = True
    flows: Callable[[Settings], bool] = lambda settings: True
