"""The memory model beside worked arithmetic, vendors' headlines and measurements."""

from engine.cited import table
from engine.memory.hierarchy import machine
from engine.memory.measure import measure
from engine.published import Comparison

_OUTSTANDING = 128


def comparisons() -> list[Comparison]:
    """Return every row of `engine/data/memory_published.toml` with what the engine gives for it.

    Returns
    -------
    list of Comparison
        In the order of the file; nothing was fitted to any of them.
    """
    found = []
    for entry in table("memory_published").values():
        figure = entry["figure"]
        found.append(
            Comparison(
                set_name=entry["set"],
                row=entry["row"],
                published=figure.value,
                engine=_engine(entry),
                unit=figure.unit,
                kind=figure.kind,
                source=figure.source,
            )
        )
    return found


def _engine(entry):
    where = machine(entry["machine"])
    low, high = where.local_bandwidth
    if entry["quantity"] == "local_bandwidth_low":
        return low
    if entry["quantity"] == "local_bandwidth_high":
        return high
    result = measure(where, entry["kernel"], entry["n"], entry["batch"], "fp16", entry["weights"], _OUTSTANDING, seed=0)
    return getattr(result, entry["quantity"])
