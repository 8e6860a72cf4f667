"""Numbers that know where they came from, and the TOML files under `engine/data` that hold them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

# measured: somebody other than the vendor ran it, or a log shows it. claimed: the vendor says so.
# modelled: our engine or a stated formula gives it.
KINDS = ("measured", "claimed", "modelled")


@dataclass(frozen=True)
class Cited:
    """A number that knows where it came from.

    Attributes
    ----------
    value : float
        The number, in `unit`.
    unit : str
        SI unit, spelled as on screen ("B/s", "FLOP/s", "cycle").
    kind : str
        One of `KINDS`.
    source : str
        Document, with section or table.
    """

    value: float
    unit: str
    kind: str
    source: str

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {self.kind!r}")
        if not self.source.strip():
            raise ValueError("a figure without a source is not a fact")


@cache
def table(name: str) -> dict[str, dict]:
    """Read `engine/data/{name}.toml`; every sub-table with a `value` becomes a `Cited`.

    Parameters
    ----------
    name : str
        File name without its ending.

    Returns
    -------
    dict
        Entry name to a dict of plain values (labels) and `Cited` figures.

    Raises
    ------
    ValueError
        Where a figure lacks its unit, kind or source.

    Examples
    --------
    >>> table("yield")["defects"]["density"].unit
    '1/m2'
    """
    entries = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return {key: {k: _figure(f"{name}.{key}.{k}", v) for k, v in entry.items()} for key, entry in entries.items()}


def _figure(where, value):
    if not (isinstance(value, dict) and "value" in value):
        return value
    try:
        return Cited(**value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{where}: {error}") from error
