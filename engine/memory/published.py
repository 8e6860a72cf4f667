"""The memory model beside worked arithmetic, vendors' headlines and measurements."""

from math import prod

from engine.cited import table
from engine.machines import machines
from engine.memory.hierarchy import machine
from engine.memory.measure import measure
from engine.published import Comparison

_OUTSTANDING = 128


def comparisons() -> list[Comparison]:
    """Return every row of `engine/data/memory_published.toml` with what the engine gives for it.

    Returns
    -------
    list of Comparison
        In the order of the file; a constant was chosen on those of which the file says so.
    """
    found = []
    for entry in table("memory_published").values():
        figure = entry["figure"]
        found.append(
            Comparison(
                set_name=entry["set"],
                row=entry["row"],
                published=figure.value * _reached(entry),
                engine=_engine(entry),
                unit=figure.unit,
                kind=figure.kind,
                source=figure.source,
                used=entry.get("used", "test"),
            )
        )
    return found


def sram_shares(machine: str) -> list[float]:
    """Return the shares of the bandwidth of a wafer's SRAM that published programs draw."""
    asked = {"machine": machine, "quantity": "sram_share"}
    return [each["figure"].value for each in table("memory_published").values() if asked.items() <= each.items()]


def _reached(entry):
    figures = machines()[entry["machine"]].figures
    times, over = (prod(figures[name].value for name in entry.get(key, [])) for key in ("times", "over"))
    return times / over


def _engine(entry):
    if entry["quantity"] == "sram_share":
        return machines()[entry["machine"]].figures["sram_share"].value
    where = machine(entry["machine"])
    low, high = where.local_bandwidth
    if entry["quantity"] == "local_bandwidth_low":
        return low
    if entry["quantity"] == "local_bandwidth_high":
        return high
    asked = (entry["kernel"], entry.get("n", 1), entry["batch"], "fp16", entry["weights"], _OUTSTANDING, 0)
    result = measure(where, *asked, entry.get("model", "llama3-8b"))
    return getattr(result, entry["quantity"])
