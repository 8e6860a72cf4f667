"""Machines as levels of memory: how much each holds, how wide it is and how far away."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from engine.fabric.machine.constants import Machine as Constants
from engine.language import Message, message
from engine.machines import machines, offered

DTYPE_BYTES = {"fp8": 1, "fp16": 2, "fp32": 4}
_SIZE_OR_SYSTEM = re.compile(r" (\(|SXM).*")  # behind the name of a chip


@dataclass(frozen=True)
class Level:
    """One level of a memory hierarchy, of the whole machine.

    Attributes
    ----------
    name : str
        One of register, l1, sram, fabric, l2, hbm, link.
    label : str
        Its name among those of the message `memory_level`.
    capacity_bytes : float
        What all units together hold there [B], infinite outside the machine and 0 for wires.
    bandwidth_bytes_per_s : float
        Sum over all units, as far as it is reached [B/s].
    sheet_bytes_per_s : float
        The same on the data sheet [B/s].
    latency_s : float
        From leaving a compute unit to data back, nobody else on the way [s].
    is_shared : bool
        Whether all units queue at one pipe, or each has its own.
    is_assumed : bool
        Whether nobody has published its latency.
    """

    name: str
    label: str
    capacity_bytes: float
    bandwidth_bytes_per_s: float
    sheet_bytes_per_s: float
    latency_s: float
    is_shared: bool
    is_assumed: bool = False


@dataclass(frozen=True)
class Machine:
    """A wafer or a GPU.

    Attributes
    ----------
    name, family : str
        Key in `engine.machines`, and wafer or gpu.
    label : str or Message
        For the screen.
    unit : str
        What a compute unit is: "PE", "SM" or, of no real machine, "unit".
    n_units : int
        Compute units.
    peak_flop_per_s, reached_flop_per_s : dict of str to float
        By dtype, on the data sheet and as far as large products of matrices reach it [FLOP/s].
    levels : tuple of Level
        From near to far.
    request_bytes : dict of str to int
        What one request brings, by the level that holds the operands [B].
    registers_per_unit : float
        Register file of a unit [B]: it bounds the tile of a matrix product.
    width, height : int
        Rectangle of PEs of a wafer, 0 for a GPU.
    fabric : engine.fabric.machine.constants.Machine or None
        Constants of the routers and PEs of a wafer, in cycles.
    local_bytes : float
        Of the memory beside a unit: a PE's SRAM, an SM's L1 [B].
    local_bytes_per_cycle : int
        What it reads and writes in a cycle [B].
    clocks_hz : tuple of float
        Lowest and highest documented clock [Hz].
    vendor_bandwidth : float
        The headline of the vendor [B/s].
    area_m2 : float or None
        Of the chip.
    power_w : float or None
        From the wall for one in a cluster, with its share of hosts and switches [W]: of one kind for all machines.
    """

    name: str
    label: str | Message
    family: str
    unit: str
    n_units: int
    peak_flop_per_s: dict[str, float]
    reached_flop_per_s: dict[str, float]
    levels: tuple[Level, ...]
    request_bytes: dict[str, int]
    registers_per_unit: float
    width: int
    height: int
    fabric: Constants | None
    local_bytes: float
    local_bytes_per_cycle: int
    clocks_hz: tuple[float, float]
    vendor_bandwidth: float
    area_m2: float | None
    power_w: float | None

    def level(self, name: str) -> Level:
        """Return a level by name."""
        return next(level for level in self.levels if level.name == name)

    @property
    def cycle_s(self) -> float:
        """One cycle of its units [s]."""
        return self.level("register").latency_s

    @property
    def local_bandwidth(self) -> tuple[float, float]:
        """Units × bytes a cycle × clock, at the lowest and the highest documented clock [B/s]."""
        low, high = (self.n_units * self.local_bytes_per_cycle * clock_hz for clock_hz in self.clocks_hz)
        return low, high

    def units_served(self, home: str) -> int:
        """Return how many units share the work when the operands come from `home`.

        What streams into a wafer enters at its edge, so there a column of PEs is a unit.
        """
        return self.width if self.family == "wafer" and home == "link" else self.n_units


def short_names(machines: Sequence[Machine]) -> list[str | Message]:
    """Return what machines are called where there is little room, and still each by another name.

    Examples
    --------
    >>> short_names([machine("wse2"), machine("a100_80")]), short_names([machine("a100_40"), machine("a100_80")])
    (['WSE-2', 'A100'], ['A100 SXM 40 GB', 'A100 SXM 80 GB'])
    """
    labels = [each.label for each in machines]
    short = [_SIZE_OR_SYSTEM.sub("", label) if isinstance(label, str) else label for label in labels]
    return short if len({str(name) for name in short}) == len(short) else labels


@cache
def machine(name: str) -> Machine:
    """Return the levels of a machine.

    Parameters
    ----------
    name : str
        One that the memory scene is offered.

    Returns
    -------
    Machine
        With every figure as its file has it.

    Raises
    ------
    ValueError
        If there is no such machine.

    Examples
    --------
    >>> [level.name for level in machine("a100_80").levels]
    ['register', 'l1', 'l2', 'hbm', 'link']
    """
    if name not in offered("memory"):
        raise ValueError(f"machine must be one of {', '.join(offered('memory'))}, got {name!r}")
    entry = machines()[name]
    fact = {key: figure.value for key, figure in entry.figures.items()}
    if entry.family == "wafer":
        found = _wafer(name, entry.label, fact, Constants.of(entry.figures))
    else:
        found = _gpu(name, entry.label, fact)
    assumed = {key for key, figure in entry.figures.items() if figure.kind == "modelled"}
    link = "io_latency" if entry.family == "wafer" else "host_latency"
    levels = (
        replace(level, is_assumed=(link if level.name == "link" else f"{level.name}_latency") in assumed)
        for level in found.levels
    )
    return replace(found, levels=tuple(levels))


def custom(flop_per_s: float, bandwidth_bytes_per_s: float, latency_s: float, capacity_bytes: float) -> Machine:
    """Return an A100 80 GB whose compute and main memory are replaced.

    Parameters
    ----------
    flop_per_s, bandwidth_bytes_per_s : float
        Peak, whatever the dtype [FLOP/s], and width of the main memory [B/s].
    latency_s : float
        From leaving a unit to data back [s].
    capacity_bytes : float
        Of the main memory [B].

    Returns
    -------
    Machine
        Its caches serve nothing from memory: they have no capacity, and are as wide as the compute can use.
    """
    like = machine("a100_80")
    far = like.level("link")
    main = Level("hbm", "memory", capacity_bytes, bandwidth_bytes_per_s, bandwidth_bytes_per_s, latency_s, True)
    peaks = dict.fromkeys(DTYPE_BYTES, flop_per_s)
    return Machine(
        "custom",
        message("value_custom"),
        "gpu",
        "unit",
        like.n_units,
        peaks,
        peaks,
        (like.level("register"), main, far),
        like.request_bytes,
        like.registers_per_unit,
        0,
        0,
        None,
        like.local_bytes,
        like.local_bytes_per_cycle,
        like.clocks_hz,
        bandwidth_bytes_per_s,
        None,
        None,
    )


def _wafer(name, label, fact, fabric):
    clock_hz = fact.get("clock_max", fact["clock"])  # the clock of the advertised peak and bandwidth
    n_pe = fact["n_pe"]
    ports = fact["sram_read"] + fact["sram_write"]
    wire_bytes_per_s = n_pe * fact["link_bits"] / 8 * clock_hz
    register_bytes_per_s = n_pe * fact["register_bandwidth"] * clock_hz
    near_s = fact["sram_latency"] / clock_hz
    neighbour_s = (fabric.hop_latency + 2 * fabric.ramp_latency) / clock_hz
    levels = (
        _level("register", "registers", n_pe * fact["registers_per_pe"], register_bytes_per_s, 1 / clock_hz, False),
        _level("sram", "sram", fact["sram"], fact["memory_bandwidth"], near_s, False, fact["sram_share"]),
        _level("fabric", "neighbour", 0.0, wire_bytes_per_s, neighbour_s, False),
        _level("link", "outside", math.inf, fact["io_bandwidth"], fact["io_latency"], True),
    )
    return Machine(
        name,
        label,
        "wafer",
        "PE",
        int(n_pe),
        *_peaks(fact),
        levels,
        {"sram": int(ports), "link": int(fact["io_request"])},
        fact["registers_per_pe"],
        int(fact["width"]),
        int(fact["height"]),
        fabric,
        fact["sram_per_pe"],
        int(ports),
        (fact["clock"], clock_hz),
        fact["memory_bandwidth"],
        fact["area"],
        fact.get("node_share"),
    )


def _gpu(name, label, fact):
    n_sm, clock_hz = fact["n_sm"], fact["clock"]
    l1_bytes_per_s = n_sm * fact["l1_bandwidth"] * clock_hz
    register_bytes_per_s = n_sm * fact["register_bandwidth"] * clock_hz
    l2_bytes_per_s = fact["l2_bandwidth"] * clock_hz
    l1_s, l2_s, hbm_s = (fact[f"{name}_latency"] / clock_hz for name in ("l1", "l2", "hbm"))
    levels = (
        _level("register", "registers", n_sm * fact["registers_per_sm"], register_bytes_per_s, 1 / clock_hz, False),
        _level("l1", "l1", n_sm * fact["l1_per_sm"], l1_bytes_per_s, l1_s, False),
        _level("l2", "l2", fact["l2"], l2_bytes_per_s, l2_s, True),
        _level("hbm", "hbm", fact["hbm"], fact["hbm_bandwidth"], hbm_s, True, fact["hbm_share"]),
        _level("link", "host", math.inf, fact["host_bandwidth"], fact["host_latency"], True),
    )
    request = int(fact["request"])
    return Machine(
        name,
        label,
        "gpu",
        "SM",
        int(n_sm),
        *_peaks(fact),
        levels,
        {"l2": request, "hbm": request, "link": request},
        fact["registers_per_sm"],
        0,
        0,
        None,
        fact["l1_per_sm"],
        int(fact["l1_bandwidth"]),
        (clock_hz, clock_hz),
        fact["hbm_bandwidth"],
        fact["area"],
        fact.get("node_share"),
    )


def _level(name, label, capacity_bytes, sheet_bytes_per_s, latency_s, is_shared, share=1.0):
    """Return a level; where no share of its bandwidth was measured, all of it is reached."""
    return Level(name, label, capacity_bytes, share * sheet_bytes_per_s, sheet_bytes_per_s, latency_s, is_shared)


def _peaks(fact):
    """Return the peak by dtype, and what is reached; without fp8 units, fp8 data are computed on like fp16."""
    peaks = {"fp16": fact["peak_fp16"], "fp32": fact["peak_fp32"], "fp8": fact.get("peak_fp8", fact["peak_fp16"])}
    reached = {dtype: fact["gemm_share"] * peak for dtype, peak in peaks.items()}
    if "gemm_share_fp8" in fact:  # a share of the 16-bit peak
        reached["fp8"] = fact["gemm_share_fp8"] * fact["peak_fp16"]
    return peaks, reached
