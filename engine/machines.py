"""The registry of machines: one file each, `engine/data/machines/NAME.toml`, from which every menu comes.

A file begins with `label`, as in a menu; `device`, what one is called among many ("128 A100"); `family`, wafer or gpu;
the `year` it came out; and `software`, what a training on it runs unless a scenario says otherwise. Then come parts
with the figures of `PARTS`, each with its unit, kind and source, and the clusters that such devices stand in.

A part is complete, or it is left out: then it is not known, and whatever needs it (`NEEDS`) does not offer the machine.
More machines may lie in a folder of your own, which the environment variable WAFERSCOPE_MACHINES names.
"""

import math
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.cited import DATA, KINDS, Cited, table
from engine.language import Message, Refusal, message

VARIABLE = "WAFERSCOPE_MACHINES"
FAMILIES = ("wafer", "gpu")  # in the order of a menu with both
MOST_GPUS_PER_NODE = 72
WAFER_MM = 300  # across the round slice of silicon that a chip is cut from

PEAK = {"peak_fp4": "FLOP/s", "peak_fp8": "FLOP/s", "peak_fp16": "FLOP/s", "peak_fp32": "FLOP/s"}  # dense
# Drawn from the wall per device, hosts and switches included; storage and cooling are not.
POWER = {"node_share": "W"}
# device_hour is the hardware with hosts and switches at the prices of price_year, written off over four years of use:
# no power, staff or profit. rent_hour is the price on the list of a cloud.
PRICE = {"device_hour": "USD/h", "price_year": "year", "rent_hour": "USD/h"}

# Figures of each part with their units, by family.
PARTS = {
    "wafer": {
        # width and height are those of the largest rectangle that a program gets, memory_bandwidth and
        # fabric_bandwidth the vendor's headlines, power that of a system.
        "chip": {
            "n_pe": "PE", "n_pe_fabricated": "PE", "width": "PE", "height": "PE", "die_columns": "die",
            "die_rows": "die", "clock": "Hz", "clock_max": "Hz", "sram": "B", "sram_per_pe": "B",
            "sram_read": "B/cycle", "sram_write": "B/cycle", "memory_bandwidth": "B/s", "fabric_bandwidth": "bit/s",
            "area": "m2", "power": "W",
        },
        "peak": PEAK,
        # Of a router and its PE: sdk_hop_latency is what the vendor's SDK assumes where a measurement says otherwise,
        # vector_gap the time between dependent vector operations, task_startup that from the start of the program to
        # the first element, the rest as `engine.fabric` explains it.
        "fabric": {
            "hop_latency": "cycle", "sdk_hop_latency": "cycle", "ramp_latency": "cycle", "queue_depth": "wavelet",
            "vector_gap": "cycle", "task_startup": "cycle", "fp16_per_cycle": "FLOP/cycle",
            "fp32_per_cycle": "FLOP/cycle", "n_colors": "color",
        },
        # From the registers of a PE to what comes in from outside, over all links together.
        "memory": {
            "registers_per_pe": "B", "register_bandwidth": "B/cycle", "sram_latency": "cycle",
            "link_bits": "bit/cycle", "io_bandwidth": "B/s", "io_latency": "s", "io_request": "B",
        },
        # Shares that are reached: of the 16-bit peak by large products of matrices, of memory_bandwidth by vectors.
        "calibration": {"gemm_share": "", "sram_share": ""},
        "power": POWER,
        "price": PRICE,
        "yield": {"pe_area": "m2"},
    },
    "gpu": {
        # power is that of the GPU alone, nvlink_bandwidth both ways together.
        "chip": {
            "n_sm": "SM", "clock": "Hz", "hbm": "B", "hbm_bandwidth": "B/s", "nvlink_bandwidth": "B/s", "area": "m2",
            "power": "W",
        },
        "peak": PEAK,
        # From the registers of an SM to the host. Bandwidths of registers and L1 are those of an SM.
        "memory": {
            "registers_per_sm": "B", "register_bandwidth": "B/cycle", "l1_per_sm": "B", "l1_bandwidth": "B/cycle",
            "l1_latency": "cycle", "l2": "B", "l2_bandwidth": "B/cycle", "l2_latency": "cycle", "hbm_latency": "cycle",
            "request": "B", "host_bandwidth": "B/s", "host_latency": "s",
        },
        # Shares that are reached: of the 16-bit peak by large products of matrices and by fused attention, of
        # hbm_bandwidth by a long stream.
        "calibration": {"gemm_share": "", "gemm_share_fp8": "", "attention_share": "", "hbm_share": ""},
        "power": POWER,
        "price": PRICE,
    },
}  # fmt: skip
# Of a cluster of wafers, the most that can be joined. Of GPUs, for each: the network between nodes, and the bandwidth
# of collectives over all of a node; mesh = true where they are joined in pairs, so that fewer of them have less.
CLUSTER = {"wafer": {"largest": "system"}, "gpu": {"nic": "B/s", "link": "B/s"}}
OPTIONAL = {
    "n_pe_fabricated", "die_columns", "die_rows", "clock_max", "fabric_bandwidth", "n_colors", "nvlink_bandwidth",
    "peak_fp4", "peak_fp8", "gemm_share_fp8", "largest", "rent_hour", "sdk_hop_latency",
}  # fmt: skip
# Counts, also of bytes or operations in a cycle, of which there is no half.
WHOLE = {
    "n_pe", "width", "height", "sram_read", "sram_write", "hop_latency", "sdk_hop_latency", "ramp_latency",
    "queue_depth", "vector_gap", "task_startup", "fp16_per_cycle", "fp32_per_cycle", "io_request", "n_sm",
    "l1_bandwidth", "request", "price_year",
}  # fmt: skip

# Parts that a scene or an option needs beside the chip, by family; it offers machines of these families only.
NEEDS = {
    "fabric": {"wafer": ("fabric",)},
    "yield": {"wafer": ("fabric", "yield")},
    "memory": {"wafer": ("peak", "fabric", "memory", "calibration"), "gpu": ("peak", "memory", "calibration")},
    "inference": {"wafer": ("fabric", "memory"), "gpu": ("peak", "clusters", "calibration")},
    "scaling": {
        "wafer": ("peak", "memory", "calibration", "clusters", "software"),
        "gpu": ("peak", "clusters", "calibration", "software"),
    },
    "planner": {
        "wafer": ("peak", "memory", "calibration", "clusters", "software", "power", "price"),
        "gpu": ("peak", "clusters", "calibration", "software", "power", "price"),
    },
}


class MachineError(Refusal):
    """A sentence that names the file, the key, the rule and the value."""


@dataclass(frozen=True, eq=False)
class Cluster:
    """Devices of a machine with their network.

    Attributes
    ----------
    name, label : str
        Key, and words for the screen.
    machine : str
        Key of `machines`.
    rank : int
        Place in a menu among the clusters of machines of the same year.
    gpus_per_node : int
        GPUs on one fast switch, 1 for wafers.
    mesh : bool
        Whether the GPUs of a node are joined in pairs, without a switch.
    figures : mapping of str to Cited
        Those of `CLUSTER`.
    """

    name: str
    label: str
    machine: str
    rank: int
    gpus_per_node: int
    mesh: bool
    figures: Mapping[str, Cited]


@dataclass(frozen=True, eq=False)
class Machine:
    """What a file says about a machine.

    Attributes
    ----------
    name, label, device : str
        Stem of the file, words for the screen, and what one is called among many.
    family : str
        One of `FAMILIES`.
    year : int
        When it came out: the place in a menu.
    software : str or None
        One of `programs`, None where no training on it is known.
    parts : frozenset of str
        Those that are known, with "clusters" and "software".
    figures : mapping of str to Cited
        Of all parts that are known.
    clusters : tuple of Cluster
        In the order of the file.
    """

    name: str
    label: str
    device: str
    family: str
    year: int
    software: str | None
    parts: frozenset[str]
    figures: Mapping[str, Cited]
    clusters: tuple[Cluster, ...]

    def lacks(self, use: str) -> tuple[str, ...] | None:
        """Return the parts that a use needs and that are not known; None where it is for another family."""
        needs = NEEDS[use].get(self.family)
        return None if needs is None else tuple(part for part in needs if part not in self.parts)


@cache
def machines() -> dict[str, Machine]:
    """Return all machines by name, in the order of menus: by family, year and name.

    Raises
    ------
    MachineError
        Where a file is broken, or two of them use one name.

    Examples
    --------
    >>> machines()["wse2"].figures["n_pe"].unit
    'PE'
    """
    return load(files())


@cache
def clusters() -> dict[str, Cluster]:
    """Return all clusters by name, in the order of menus: GPUs first, then by year, rank and name."""
    pairs = [(machine, cluster) for machine in machines().values() for cluster in machine.clusters]
    pairs.sort(key=lambda pair: (pair[0].family, pair[0].year, pair[1].rank, pair[1].name))
    return {cluster.name: cluster for _, cluster in pairs}


def machine_of(cluster: str) -> Machine:
    """Return the machine that a cluster is made of."""
    return machines()[clusters()[cluster].machine]


def offered(use: str) -> tuple[str, ...]:
    """Return the names of the machines that a key of `NEEDS` offers.

    Examples
    --------
    >>> "wse1" in offered("fabric"), "wse1" in offered("memory")
    (True, False)
    """
    return tuple(name for name, machine in machines().items() if machine.lacks(use) == ())


def largest(figure: str) -> int:
    """Return the largest value of a figure among the wafers of the fabric."""
    return max(int(machines()[name].figures[figure].value) for name in offered("fabric"))


def offered_clusters(use: str) -> tuple[str, ...]:
    """Return the names of the clusters of these machines."""
    return tuple(name for name, cluster in clusters().items() if cluster.machine in offered(use))


def not_known(name: str, use: str) -> Message | None:
    """Say why a use does not offer a machine or cluster, if it is for what is not known of it.

    Examples
    --------
    >>> str(not_known("wse1", "memory"))
    'not known of WSE-1 (CS-1): peak rates, levels of memory, achieved shares'
    """
    machine = machines().get(clusters()[name].machine if name in clusters() else name)
    lacking = machine and machine.lacks(use)
    if not lacking:
        return None
    return message("not_known", machine=machine.label, parts=[message(f"part_{part}") for part in lacking])


def programs(family: str) -> tuple[str, ...]:
    """Return the ways to program clusters: of `data/software.toml`, or releases of `data/wafer_software.toml`."""
    if family == "gpu":
        return tuple(table("software"))
    return tuple(name for name, entry in table("wafer_software").items() if "attention" in entry)


def program(name: str) -> dict[str, object]:
    """Return an entry of `data/software.toml` or `data/wafer_software.toml`, with what it takes over from another."""
    entry = table("software").get(name) or table("wafer_software")[name]
    rest = {key: value for key, value in entry.items() if key != "like"}
    return program(entry["like"]) | rest if "like" in entry else rest


def program_of(cluster: str, year: int | None = None) -> str | None:
    """Return what a training on a cluster runs: the newest program that is known for its machine.

    Parameters
    ----------
    cluster : str
        A key of `clusters`.
    year : int, optional
        The newest up to that year, None where there was none, or no such machine.

    Examples
    --------
    >>> program_of("a100_80", 2021), program_of("a100_80", 2020)
    ('megatron', None)
    """
    machine = machine_of(cluster)
    names = programs(machine.family)
    names = names[: names.index(machine.software) + 1]
    known = [name for name in names if year is None or max(machine.year, program(name)["year"]) <= year]
    return known[-1] if known else None


def files() -> list[Path]:
    """Return the files of all machines: the shipped ones, and those of the folder that `VARIABLE` names."""
    found = sorted((DATA / "machines").glob("*.toml"))
    if folder := os.environ.get(VARIABLE):
        if not Path(folder).is_dir():
            raise MachineError(message("machine_no_folder", variable=VARIABLE, got=repr(folder)))
        found += sorted(Path(folder).glob("*.toml"))
    return found


def load(paths: Iterable[Path]) -> dict[str, Machine]:
    """Read files of machines; see `machines`."""
    found, taken = [], {}
    for path in paths:
        machine = read(path)
        found.append(machine)
        for name in (machine.name, *(cluster.name for cluster in machine.clusters)):
            if taken.setdefault(name, path) != path:
                raise MachineError(message("machine_twice", path=str(path), other=str(taken[name]), got=repr(name)))
    found.sort(key=lambda machine: (FAMILIES.index(machine.family), machine.year, machine.name))
    return {machine.name: machine for machine in found}


def read(path: Path) -> Machine:
    """Read the file of a machine.

    Raises
    ------
    MachineError
        Where it is broken.
    """
    try:
        with path.open("rb") as file:
            entry = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MachineError(message("machine_no_toml", path=str(path), error=str(error))) from error
    return _File(path).machine(entry)


@dataclass(frozen=True)
class _File:
    """Checks what a file says; keys are spelled with dots."""

    path: Path

    def machine(self, entry):
        name = self.path.stem
        is_free = _is_key(name) and name != "custom"
        self._must(is_free, message("machine_file_name"), message("machine_rule_name"), name)
        family = entry.get("family")
        self._must(family in FAMILIES, "family", _one_of(FAMILIES), family)
        schema = PARTS[family]
        self._keys("", entry, ("label", "device", "family", "year", "chip"), (*schema, "software", "clusters"))
        label, device = self._text("label", entry["label"]), self._text("device", entry["device"])
        software = entry.get("software")
        known = programs(family)
        self._must(software in (None, *known), "software", _one_of(known), software)
        figures = {}
        for part, units in schema.items():
            if part in entry:
                figures |= self._part(part, entry[part], units)
        places = self._table("clusters", entry.get("clusters", {}))
        return Machine(
            name=name,
            label=label,
            device=device,
            family=family,
            year=self._whole("year", entry["year"], 1900, 2100),
            software=software,
            parts=frozenset(part for part in (*schema, "software", "clusters") if entry.get(part)),
            figures=figures,
            clusters=tuple(self._cluster(key, place, name, label, family) for key, place in places.items()),
        )

    def _cluster(self, key, entry, machine, label, family):
        where = f"clusters.{key}"
        self._must(_is_key(key), where, message("machine_rule_key"), key)
        own = ("gpus_per_node",) if family == "gpu" else ()
        figures = self._part(where, entry, CLUSTER[family], own, ("label", "rank", *(("mesh",) if own else ())))
        mesh = entry.get("mesh", False)
        self._must(isinstance(mesh, bool), f"{where}.mesh", _one_of(["true", "false"]), mesh)
        return Cluster(
            name=key,
            label=self._text(f"{where}.label", entry.get("label", label)),
            machine=machine,
            rank=self._whole(f"{where}.rank", entry.get("rank", 0), 0, 1000),
            gpus_per_node=self._whole(f"{where}.gpus_per_node", entry.get("gpus_per_node", 1), 1, MOST_GPUS_PER_NODE),
            mesh=mesh,
            figures=figures,
        )

    def _part(self, where, entry, units, required=(), allowed=()):
        needed = [name for name in units if name not in OPTIONAL]
        self._keys(f"{where}.", self._table(where, entry), (*required, *needed), (*units, *allowed))
        return {name: self._figure(where, name, entry[name], units[name]) for name in units if name in entry}

    def _figure(self, part, name, entry, unit):
        where = f"{part}.{name}"
        self._keys(f"{where}.", self._table(where, entry), ("value", "unit", "kind", "source"))
        value = entry["value"]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        self._must(is_number and 0 < value < math.inf, f"{where}.value", message("machine_rule_positive"), value)
        is_whole = name not in WHOLE or value == int(value)
        self._must(is_whole, f"{where}.value", message("machine_rule_whole"), value)
        self._must(entry["unit"] == unit, f"{where}.unit", message("machine_rule_unit", unit=repr(unit)), entry["unit"])
        self._must(entry["kind"] in KINDS, f"{where}.kind", _one_of(KINDS), entry["kind"])
        self._text(f"{where}.source", entry["source"])
        return Cited(**entry)

    def _keys(self, where, entry, required, optional=()):
        for key in entry:
            allowed = (*required, *optional)
            self._must(key in allowed, where + key, _one_of(dict.fromkeys(allowed)), key)
        for key in required:
            if key not in entry:
                raise MachineError(message("machine_missing", path=str(self.path), key=where + key))

    def _table(self, where, entry):
        self._must(isinstance(entry, dict), where, message("machine_rule_table"), entry)
        return entry

    def _text(self, where, value):
        self._must(isinstance(value, str) and value.strip(), where, message("machine_rule_text"), value)
        return value

    def _whole(self, where, value, least, most):
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        rule = message("machine_rule_between", least=str(least), most=str(most))
        self._must(is_whole and least <= value <= most, where, rule, value)
        return value

    def _must(self, holds, where, rule, value):
        if not holds:
            values = {"path": str(self.path), "where": where, "rule": rule, "got": repr(value)}
            raise MachineError(message("machine_must", **values))


def _one_of(choices):
    return message("machine_rule_choice", choices=list(choices))


def _is_key(name):
    return bool(re.fullmatch("[a-z][a-z0-9_]*", name))


def area_mm2(machine: str) -> int:
    """Return how large the chip of a machine is [mm²]."""
    return round(machines()[machine].figures["area"].value * 1e6)
