"""Machines as levels of memory: how much each holds, how wide it is and how far away."""

import math
from dataclasses import dataclass
from functools import cache

from engine.language import Message, message
from engine.machines import machines, offered

DTYPE_BYTES = {"fp8": 1, "fp16": 2, "fp32": 4}


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
        Sum over all units [B/s].
    latency_s : float
        From leaving a compute unit to data back, nobody else on the way [s].
    is_shared : bool
        Whether all units queue at one pipe, or each has its own.
    """

    name: str
    label: str
    capacity_bytes: float
    bandwidth_bytes_per_s: float
    latency_s: float
    is_shared: bool


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
    peak_flop_per_s : dict of str to float
        By dtype [FLOP/s].
    levels : tuple of Level
        From near to far.
    request_bytes : dict of str to int
        What one request brings, by the level that holds the operands [B].
    registers_per_unit : float
        Register file of a unit [B]: it bounds the tile of a matrix product.
    width, height : int
        Rectangle of PEs of a wafer, 0 for a GPU.
    hop_s, ramp_s : float
        Router to router and router to PE [s], 0 for a GPU.
    local_bytes_per_cycle : int
        What the memory beside a unit reads and writes in a cycle [B].
    clocks_hz : tuple of float
        Lowest and highest documented clock [Hz].
    vendor_bandwidth : float
        The headline of the vendor [B/s].
    area_m2, power_w : float or None
        Of one chip.
    """

    name: str
    label: str | Message
    family: str
    unit: str
    n_units: int
    peak_flop_per_s: dict[str, float]
    levels: tuple[Level, ...]
    request_bytes: dict[str, int]
    registers_per_unit: float
    width: int
    height: int
    hop_s: float
    ramp_s: float
    local_bytes_per_cycle: int
    clocks_hz: tuple[float, float]
    vendor_bandwidth: float
    area_m2: float | None
    power_w: float | None

    def level(self, name: str) -> Level:
        """Return a level by name."""
        return next(level for level in self.levels if level.name == name)

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
    return (_wafer if entry.family == "wafer" else _gpu)(name, entry.label, fact)


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
    main = Level("hbm", "memory", capacity_bytes, bandwidth_bytes_per_s, latency_s, True)
    return Machine(
        "custom",
        message("value_custom"),
        "gpu",
        "unit",
        like.n_units,
        dict.fromkeys(DTYPE_BYTES, flop_per_s),
        (like.level("register"), main, far),
        like.request_bytes,
        like.registers_per_unit,
        0,
        0,
        0.0,
        0.0,
        like.local_bytes_per_cycle,
        like.clocks_hz,
        bandwidth_bytes_per_s,
        None,
        None,
    )


def _wafer(name, label, fact):
    clock_hz = fact.get("clock_max", fact["clock"])  # the clock of the advertised peak and bandwidth
    n_pe = fact["n_pe"]
    ports = fact["sram_read"] + fact["sram_write"]
    hop_s, ramp_s = fact["hop_latency"] / clock_hz, fact["ramp_latency"] / clock_hz
    wire_bytes_per_s = n_pe * fact["link_bits"] / 8 * clock_hz
    levels = (
        Level(
            "register",
            "registers",
            n_pe * fact["registers_per_pe"],
            n_pe * fact["register_bandwidth"] * clock_hz,
            1 / clock_hz,
            False,
        ),
        Level("sram", "sram", fact["sram"], fact["memory_bandwidth"], fact["sram_latency"] / clock_hz, False),
        Level("fabric", "neighbour", 0.0, wire_bytes_per_s, hop_s + 2 * ramp_s, False),
        Level("link", "outside", math.inf, fact["io_bandwidth"], fact["io_latency"], True),
    )
    return Machine(
        name,
        label,
        "wafer",
        "PE",
        int(n_pe),
        _peaks(fact),
        levels,
        {"sram": int(ports), "link": int(fact["io_request"])},
        fact["registers_per_pe"],
        int(fact["width"]),
        int(fact["height"]),
        hop_s,
        ramp_s,
        int(ports),
        (fact["clock"], clock_hz),
        fact["memory_bandwidth"],
        fact["area"],
        fact["power"],
    )


def _gpu(name, label, fact):
    n_sm, clock_hz = fact["n_sm"], fact["clock"]
    l1_bytes_per_s = n_sm * fact["l1_bandwidth"] * clock_hz
    levels = (
        Level(
            "register",
            "registers",
            n_sm * fact["registers_per_sm"],
            n_sm * fact["register_bandwidth"] * clock_hz,
            1 / clock_hz,
            False,
        ),
        Level("l1", "l1", n_sm * fact["l1_per_sm"], l1_bytes_per_s, fact["l1_latency"] / clock_hz, False),
        Level("l2", "l2", fact["l2"], fact["l2_bandwidth"] * clock_hz, fact["l2_latency"] / clock_hz, True),
        Level("hbm", "hbm", fact["hbm"], fact["hbm_bandwidth"], fact["hbm_latency"] / clock_hz, True),
        Level("link", "host", math.inf, fact["host_bandwidth"], fact["host_latency"], True),
    )
    request = int(fact["request"])
    return Machine(
        name,
        label,
        "gpu",
        "SM",
        int(n_sm),
        _peaks(fact),
        levels,
        {"l2": request, "hbm": request, "link": request},
        fact["registers_per_sm"],
        0,
        0,
        0.0,
        0.0,
        int(fact["l1_bandwidth"]),
        (clock_hz, clock_hz),
        fact["hbm_bandwidth"],
        fact["area"],
        fact["power"],
    )


def _peaks(fact):
    """Peak by dtype; a machine without fp8 units computes on fp8 data at the speed of fp16."""
    return {"fp8": fact.get("peak_fp8", fact["peak_fp16"]), "fp16": fact["peak_fp16"], "fp32": fact["peak_fp32"]}
