"""What is known about a program besides how it runs: its choices, its limits, its closed form and its cost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.fabric.core.isa import N_COLORS
from engine.fabric.machine.constants import Machine
from engine.fabric.machine.program import FabricError, Program
from engine.fabric.programs import model
from engine.language import Message, Quantity, message


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
    seed : int
        Of the numbers.
    own : mapping of str to value
        The parameters that the program has for itself, all of them; None where one is left to the engine.
    """

    machine: Machine
    algorithm: str
    width: int
    height: int
    words: int
    seed: int = 0
    own: Mapping[str, object] = field(default_factory=dict)

    @property
    def n_pe(self) -> int:
        """PEs of the rectangle."""
        return self.width * self.height

    @property
    def size(self) -> Message:
        """The rectangle, as read in a title."""
        return message("fabric_size", width=self.width, height=self.height)

    @property
    def vector(self) -> Quantity:
        """The words, as read in a title."""
        return Quantity(self.words, "word")


# Why rows cannot be wider.
COLOR_EACH = message("fabric_color_each", n=N_COLORS)
PROGRAM_EACH = message("fabric_program_each")


def check_width(settings: Settings, most: int, reason: Message) -> None:
    """Raise `FabricError` where a rectangle is wider than an algorithm can be made for, and say why."""
    if settings.width > most:
        limit = {"most": Quantity(most, "PE"), "algorithm": settings.algorithm}
        refusal = message("fabric_widest", **limit, got=settings.width)
        raise FabricError(message("refused_since", refusal=refusal, reason=reason))


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A parameter that a program has for itself. Programs that share one declare it alike.

    What is said of it is the message `parameter_fabric_NAME`, with its attribute `doc`.

    Attributes
    ----------
    default : int, float, str or None
        None leaves it to the engine, and is spelled "auto".
    unit : str
        Of a number, "" where it has none.
    bounds : (least, most) or None
        Of a number, which is whole where they are ints; `softbounds` are those of a slider.
    choices : tuple of str
        Of a word.
    when : (algorithm) -> bool
        Whether the algorithm looks at it.
    automatic : (Settings) -> value
        What the engine takes where it is left to it.
    most : (Settings) -> int
        The largest value that makes a difference.
    along : bool
        Whether a curve can be drawn along it; then there is a message `fabric_along_NAME`, with its attributes.
    """

    default: int | float | str | None
    unit: str = ""
    bounds: tuple[int | float, int | float] | None = None
    softbounds: tuple[int | float, int | float] | None = None
    choices: tuple[str, ...] = ()
    when: Callable[[str], bool] = field(default=lambda algorithm: True, compare=False)
    automatic: Callable[[Settings], object] = field(default=lambda settings: None, compare=False)
    most: Callable[[Settings], int] | None = field(default=None, compare=False)
    along: bool = False


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a program is made for a rectangle, and what can be said about it before it runs.

    Attributes
    ----------
    algorithms : tuple of str
        How it can be computed; the first is what "auto" means.
    rivals : bool
        Whether all of them come to the same result, so that the fastest has won.
    build : (Settings) -> Program
        The program itself.
    title : (Settings) -> Message
        What it does, in a few words.
    note : (Settings) -> Message
        What each PE does, in one or two sentences.
    closed_form : (Settings) -> Terms
        Its cycles, without start-up.
    source : (Settings) -> Message
        Where the closed form comes from, or what it counts.
    hops : (Settings) -> float
        About how many wavelet hops it takes.
    products : (Settings) -> float
        About how many products its compute elements do.
    held : (Settings) -> int
        Words that a PE holds.
    check : (Settings) -> None
        Raises `FabricError`, "PARAMETER must be ..., got VALUE", where a rectangle cannot be used.
    part : (Settings) -> (Settings, float) or None
        What stands for a rectangle that is too large to be simulated, if anything does; and how often what it takes
        beyond its closed form counts in that of the whole.
    parameters : dict of str to Parameter
        Those that it has for itself, by name.
    square : bool
        Whether it runs on a square of PEs, so that only the width is looked at.
    computes : bool
        Whether it adds or multiplies, so that the format of the numbers matters.
    flows : (Settings) -> bool
        Whether its wavelets follow each other closely, which makes a recording of them small.
    place : int
        Its place among the programs that are offered; those of the same place follow by name.
    """

    algorithms: tuple[str, ...]
    rivals: bool = True
    build: Callable[[Settings], Program]
    title: Callable[[Settings], Message]
    note: Callable[[Settings], Message]
    closed_form: Callable[[Settings], model.Terms]
    source: Callable[[Settings], Message] = lambda settings: model.SOURCE
    hops: Callable[[Settings], float]
    products: Callable[[Settings], float] = lambda settings: 0
    held: Callable[[Settings], int] = lambda settings: settings.words
    check: Callable[[Settings], None] = lambda settings: None
    part: Callable[[Settings], tuple[Settings, float] | None] = lambda settings: None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    square: bool = False
    computes: bool = True
    flows: Callable[[Settings], bool] = lambda settings: True
    place: int = 100

    def settings(
        self, machine: Machine, algorithm: str | None, width: int, height: int, words: int, **more
    ) -> Settings:
        """Return what the program is asked for, with what is not said filled in.

        Parameters
        ----------
        machine, algorithm, width, height, words
            As in `Settings`; no algorithm for the first, and the height of a square is its width.
        **more
            `seed`, and any of `parameters`.
        """
        seed = more.pop("seed", 0)
        own = {name: parameter.default for name, parameter in self.parameters.items()}
        if unknown := more.keys() - own.keys():
            raise TypeError(f"a program has only parameters that its recipe declares, got {', '.join(unknown)}")
        height = width if self.square else height
        return Settings(machine, algorithm or self.algorithms[0], width, height, words, seed, own | more)
