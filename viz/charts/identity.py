"""How a machine looks in every chart, whatever it stands beside: its family's hue and mark, its own tone and dash."""

from dataclasses import dataclass

from engine.machines import clusters, machine_of, machines

MARKERS = {"wafer": "circle", "gpu": "square"}  # a wafer is round
DASHES = (  # of the members of a family, from the oldest
    [2, 4], "solid", [8, 5], [12, 4, 2, 4], [4, 4], [16, 3], [12, 4, 2, 4, 2, 4], [8, 3, 8, 10], [2, 8], [20, 8, 4, 8],
)  # fmt: skip
TONES = (("card", 0.3), ("card", 0.0), ("ink", 0.3), ("ink", 0.5))  # of its generations: mixed with what, and how much


@dataclass(frozen=True)
class Identity:
    """The look of a machine.

    Attributes
    ----------
    family : str
        One of `engine.machines.FAMILIES`: its role in `PAINT`.
    marker : str
        Of its points, as Bokeh calls it.
    dash : str or list of int
        Of its lines, as Bokeh takes it.
    mixed : str
        Role in `PAINT` of what is mixed into the hue of the family.
    part : float
        How much of that, in [0, 1].
    """

    family: str
    marker: str
    dash: str | list[int]
    mixed: str
    part: float

    def colour(self, paint: dict[str, str]) -> str:
        """Return the colour in a theme, a value of `PAINT`, as #RRGGBB."""
        return "#" + "".join(
            f"{round(own + (other - own) * self.part):02X}"
            for own, other in zip(_channels(paint[self.family]), _channels(paint[self.mixed]), strict=True)
        )


OWN = Identity("ink2", "triangle", [6, 3], "card", 0.0)  # of a machine that somebody has typed in


def identity(name: str) -> Identity:
    """Return the look of a machine.

    Parameters
    ----------
    name : str
        A key of `engine.machines.machines` or `clusters`, or what a device is called among many.

    Returns
    -------
    Identity
        The same for all clusters of a machine; `OWN` for any other name.

    Examples
    --------
    >>> identity("cs2") == identity("wse2") == identity("CS-2"), identity("wse2").marker, identity("A100").marker
    (True, 'circle', 'square')
    """
    named = {machine.device: machine for machine in machines().values()}
    named |= {key: machine_of(key) for key in clusters()} | machines()
    machine = named.get(name)
    if machine is None:
        return OWN
    family = sorted((other for other in machines().values() if other.family == machine.family), key=_age)
    generation = sorted({other.year for other in family}).index(machine.year)
    mixed, part = TONES[min(generation, len(TONES) - 1)]
    return Identity(machine.family, MARKERS[machine.family], DASHES[family.index(machine) % len(DASHES)], mixed, part)


def wear(look: Identity, paint: dict[str, str], line=None, dots=None, *, filled: bool = False) -> None:
    """Give glyphs the look of a machine.

    Parameters
    ----------
    look : Identity
        That of the machine.
    paint : dict of str to str
        A value of `PAINT`.
    line, dots : bokeh.models.GlyphRenderer, optional
        Changed in place.
    filled : bool
        Whether the dots are full.
    """
    colour = look.colour(paint)
    if line is not None:
        line.glyph.update(line_color=colour, line_dash=look.dash)
    if dots is not None:
        dots.glyph.update(line_color=colour, fill_color=colour if filled else paint["card"], marker=look.marker)


def _age(machine):
    return machine.year, machine.name


def _channels(colour):
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
