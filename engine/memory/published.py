"""The memory model beside worked arithmetic, vendors' headlines and measurements."""

from dataclasses import replace
from math import prod

from engine.cited import Cited, table
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
                engine=_engine(entry, entry.get("side")),
                unit=figure.unit,
                kind=figure.kind,
                source=figure.source,
                used=entry.get("used", "test"),
                auto=_engine(entry) if "side" in entry else None,
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


def _square(wafer, side):
    """Return a wafer of which one square works at a time; layers that do not fit there lie in others."""
    share = side**2 / wafer.n_units
    levels = tuple(
        level
        if level.is_shared
        else replace(
            level,
            bandwidth_bytes_per_s=share * level.bandwidth_bytes_per_s,
            sheet_bytes_per_s=share * level.sheet_bytes_per_s,
        )
        for level in wafer.levels
    )
    peak, reached = (
        {dtype: share * flop for dtype, flop in each.items()}
        for each in (wafer.peak_flop_per_s, wafer.reached_flop_per_s)
    )
    return replace(
        wafer, n_units=side**2, width=side, height=side, levels=levels, peak_flop_per_s=peak, reached_flop_per_s=reached
    )


def _engine(entry, side=None):
    if entry["quantity"] == "sram_share":
        return machines()[entry["machine"]].figures["sram_share"].value
    where = machine(entry["machine"])
    if side:
        where = _square(where, side)
    low, high = where.local_bandwidth
    if entry["quantity"] == "local_bandwidth_low":
        return low
    if entry["quantity"] == "local_bandwidth_high":
        return high
    asked = (entry["kernel"], entry.get("n", 1), entry["batch"], "fp16", entry["weights"], _OUTSTANDING, 0)
    result = measure(where, *asked, entry.get("model", "llama3-8b"))
    if entry["quantity"] == "tokens_per_s":
        return entry["batch"] / result.time_s
    return getattr(result, entry["quantity"])


def tokens_per_s(machine: str, model: str, batch: int, dtype: str, weights: str) -> list[Cited]:
    """Return the published rates of a model on a machine, passed through as said [token/s]."""
    asked = {"machine": machine, "model": model, "batch": batch, "quantity": "tokens_per_s"}
    if dtype != "fp16" or weights == "streamed":
        return []
    return [entry["figure"] for entry in table("memory_published").values() if asked.items() <= entry.items()]
