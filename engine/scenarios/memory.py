"""The memory scene: one kernel on two or three machines, on one clock."""

from typing import ClassVar

import param

from engine.machines import offered
from engine.memory import capacity
from engine.memory.hierarchy import DTYPE_BYTES, custom, machine
from engine.memory.measure import Measured, measure
from engine.memory.recording import record, written
from engine.memory.workload import KERNELS, WEIGHTS
from engine.run import Figure, Run
from engine.scenarios.scenario import Progress, Scenario, ScenarioError
from engine.trace import Table

_MAX_MACHINES = 3
_MAX_SIDE = 2**20

# What n and batch are when they are left to the engine.
_SIZES = {
    "axpy": (2**30, 1),
    "dot": (2**30, 1),
    "layernorm": (2**13, 2**16),
    "gemv": (2**14, 1),
    "gemm": (2**13, 1),
    "attention_decode": (2**13, 8),
    "model_pass": (1_300_000_000, 1),
}
_TITLES = {
    "axpy": "Add two vectors of {n} elements",
    "dot": "Multiply and sum two vectors of {n} elements",
    "layernorm": "Normalise {batch} row{s} of {n} elements",
    "gemv": "Multiply a {n} × {n} matrix with {batch} vector{s}",
    "gemm": "Multiply {n} × {n} matrices",
    "attention_decode": "One new token looks back at {n}, in {batch} sequence{s}",
    "model_pass": "Pass {batch} token{s} through a model of {n} parameters",
    "reading": "Read a model of {n} parameters once",
}


class MemoryScenario(Scenario):
    """Which kernel runs where, how large, and where its operands are."""

    scene = "memory"
    part = "engine.memory"
    essential = ("kernel", "machines", "weights", "batch", "outstanding")
    machine_menus: ClassVar[dict[str, str]] = {"machines": "memory"}
    presets: ClassVar[dict[str, dict]] = {
        "Add two vectors (AXPY)": {"kernel": "axpy"},
        "Read a whole model once": {"kernel": "model_pass", "batch": 0},
        "Streamed from outside: the wafer loses": {"kernel": "model_pass", "batch": 0, "weights": "streamed"},
        "One token at a time (decode)": {"kernel": "attention_decode", "batch": 1},
        "Multiply matrices": {"kernel": "gemm"},
        "Few requests under way": {"kernel": "axpy", "outstanding": 4},
    }

    machines = param.ListSelector(
        default=["wse2", "a100_80"],
        objects=[*offered("memory"), "custom"],
        label="Machines",
        doc="One to three machines side by side.",
    )

    kernel = param.Selector(default="axpy", objects=list(KERNELS), label="Kernel", doc="What is computed.")

    n = param.Integer(
        None,
        allow_None=True,
        bounds=(1, 10**12),
        label="Size",
        doc="Elements of a vector or row, side of a matrix, tokens looked back at, or parameters of a model.",
    )

    batch = param.Integer(
        None,
        allow_None=True,
        bounds=(0, 2**20),
        label="Batch",
        doc="Vectors, rows, right-hand sides, products, sequences or tokens; 0 only reads a model.",
    )

    dtype = param.Selector(default="fp16", objects=list(DTYPE_BYTES), label="Data type", doc="Of all operands.")

    weights = param.Selector(
        default="resident",
        objects=list(WEIGHTS),
        label="Operands are",
        doc="Where they start: in the nearest memory that holds them, in HBM, or outside a wafer.",
    )

    outstanding = param.Integer(
        128,
        bounds=(1, 1024),
        label="Outstanding",
        doc="Requests that a compute unit may have under way; a PE needs no more than two to its SRAM [requests].",
    )

    seed = param.Integer(0, bounds=(0, 2**31 - 1), label="Seed", doc="Of the spread of trips beyond the chip.")

    custom_tflop_per_s = param.Number(
        312.0, bounds=(0.1, 1e5), label="Your peak", doc="Peak of the custom machine [TFLOP/s]."
    )

    custom_gb_per_s = param.Number(
        2039.0, bounds=(1.0, 1e8), label="Your bandwidth", doc="Main memory of the custom machine [GB/s]."
    )

    custom_latency_ns = param.Number(
        331.0, bounds=(0.1, 1e4), label="Your latency", doc="From leaving a unit to data back [ns]."
    )

    custom_capacity_gb = param.Number(
        80.0, bounds=(0.001, 1e6), label="Your capacity", doc="Main memory of the custom machine [GB]."
    )

    def size(self) -> tuple[int, int]:
        """Return n and batch, with those left to the engine filled in."""
        n, batch = _SIZES[self.kernel]
        return n if self.n is None else self.n, batch if self.batch is None else self.batch

    def relevant(self) -> tuple[str, ...]:
        """Return the parameters that matter: those of the custom machine only where it is shown."""
        return tuple(name for name in self.fields() if not name.startswith("custom_") or "custom" in self.machines)

    def choices(self, name: str) -> list:
        """Return what a Selector offers: without a GPU there is no HBM."""
        offered = super().choices(name)
        return [each for each in offered if each != "hbm"] if name == "weights" and not self._has_gpu() else offered

    def check(self) -> None:
        """Refuse what no kernel means, and more machines than a screen holds."""
        if len(self.machines) > _MAX_MACHINES:
            raise ScenarioError(f"machines must be at most {_MAX_MACHINES} on one screen, got {len(self.machines)}")
        n, batch = self.size()
        if batch == 0 and self.kernel != "model_pass":
            raise ScenarioError(f"batch must be at least 1 for {self.kernel}, got {batch}")
        if self.kernel in ("gemv", "gemm") and n > _MAX_SIDE:
            raise ScenarioError(f"n must be at most {_MAX_SIDE} for the side of a matrix, got {n}")
        if self.weights == "hbm" and not self._has_gpu():
            raise ScenarioError("weights must be resident or streamed where no machine has HBM, got 'hbm'")

    def simulate(self, progress: Progress = lambda share: None) -> Run:
        """Run the kernel on each machine."""
        self.check()
        n, batch = self.size()
        results = []
        for i, name in enumerate(self.machines):
            progress(i / len(self.machines))
            where = self._custom() if name == "custom" else machine(name)
            results.append(measure(where, self.kernel, n, batch, self.dtype, self.weights, self.outstanding, self.seed))
        by_machine = {result.machine.name: _figures(result) for result in results}
        names = dict.fromkeys(name for found in by_machine.values() for name in found)
        figures = {
            f"{where}_{name}": found[name] for name in names for where, found in by_machine.items() if name in found
        }
        if len(results) > 1:
            figures |= _compared(results)
        trace = record(results)
        trace.tables["fits"] = _fits(results)
        run = Run(
            scene=self.scene,
            scenario=self.values(),
            title=_TITLES[self.kernel if batch else "reading"].format(
                n=f"{n:,}", batch=f"{batch:,}", s="" if batch == 1 else "s"
            ),
            figures=figures,
            trace=trace,
        )
        progress(1.0)
        return run

    def _has_gpu(self):
        return any(name == "custom" or machine(name).family == "gpu" for name in self.machines)

    def _custom(self):
        return custom(
            self.custom_tflop_per_s * 1e12,
            self.custom_gb_per_s * 1e9,
            self.custom_latency_ns * 1e-9,
            self.custom_capacity_gb * 1e9,
        )


def _figures(result: Measured) -> dict[str, Figure]:
    """Return the figures of one machine; their names get its prefix."""
    where, work = result.machine, result.work
    home = where.level(work.home)
    label = where.label
    needed = (
        home.bandwidth_bytes_per_s * home.latency_s / where.units_served(home.name) / result.simulation.request_bytes
    )
    found = {
        "time": Figure(result.time_s, "s", f"{label}: time", "simulated requests, then the exchange at the end"),
        "fraction_of_peak": Figure(
            result.fraction_of_peak, "share", f"{label}: of its peak", "achieved over peak FLOP/s"
        ),
        "bound": Figure(result.bound, "", f"{label}: bound by", "the largest part of the time"),
        "achieved_flop_per_s": Figure(result.achieved_flop_per_s, "FLOP/s", f"{label}: achieved", "FLOP over time"),
        "achieved_bandwidth": Figure(
            result.achieved_bytes_per_s, "B/s", f"{label}: bandwidth", f"bytes from {home.label} over time"
        ),
        "flop": Figure(work.flop, "FLOP", f"{label}: operations", "counted"),
        "bytes_moved": Figure(work.moved_bytes, "B", f"{label}: bytes", f"counted at {home.label}, with reuse"),
        "arithmetic_intensity": Figure(work.intensity, "FLOP/B", f"{label}: intensity", "FLOP over bytes moved"),
        "ridge": Figure(result.ridge, "FLOP/B", f"{label}: ridge", f"peak over bandwidth of {home.label}"),
        "attainable_flop_per_s": Figure(
            result.attainable_flop_per_s, "FLOP/s", f"{label}: roofline", "lower of peak and intensity × bandwidth"
        ),
        "level": Figure(home.name, "", f"{label}: operands in", "where they are when the kernel starts"),
        "fits": Figure(work.fits, "", f"{label}: fits", f"{written(work.footprint_bytes, 'B')} against the capacity"),
        "outstanding_needed": Figure(
            needed, "request", f"{label}: needed under way", "Little's law: bandwidth × latency, over units and bytes"
        ),
    }  # fmt: skip
    if work.home == "sram" and work.read_share > 2 / 3:
        slower = work.level_bytes["sram"] * work.read_share / (home.bandwidth_bytes_per_s * 2 / 3)
        found["time_read_ports"] = Figure(
            max(result.time_s, slower + work.exchange_s),
            "s",
            f"{label}: time by read ports",
            "the headline counts read and write ports; reads have 16 of 24 bytes a cycle",
        )
    if where.area_m2:  # a real chip, not a custom one
        low, high = where.local_bandwidth
        ports = f"{where.n_units:,} {where.unit}s × {where.local_bytes_per_cycle} B ×"
        found |= {
            "local_bandwidth_low": Figure(
                low, "B/s", f"{label}: beside the units, from", f"{ports} {where.clocks_hz[0] / 1e9:.3g} GHz"
            ),
            "local_bandwidth_high": Figure(
                high, "B/s", f"{label}: beside the units, to", f"{ports} {where.clocks_hz[1] / 1e9:.3g} GHz"
            ),
            "vendor_bandwidth": Figure(
                where.vendor_bandwidth, "B/s", f"{label}: as advertised", "the vendor's headline", kind="claimed"
            ),
            "bandwidth_per_mm2": Figure(
                home.bandwidth_bytes_per_s / where.area_m2 / 1e6,
                "B/s/mm2",
                f"{label}: per mm²",
                f"{home.label} over area",
            ),
            "bandwidth_per_w": Figure(
                home.bandwidth_bytes_per_s / where.power_w, "B/s/W", f"{label}: per watt", f"{home.label} over power"
            ),
        }
    return found


def _compared(results):
    fastest = min(results, key=lambda result: result.time_s)
    slowest = max(results, key=lambda result: result.time_s)
    return {
        "fastest": Figure(fastest.machine.name, "", "Fastest", "shortest time, one chip against one chip"),
        "time_ratio": Figure(slowest.time_s / fastest.time_s, "", "Slowest over fastest", "ratio of the times"),
    }


def _fits(results):
    """Return what trainings need beside what the machines hold."""
    pairs = [(need, result.machine) for need in capacity.needs() for result in results]
    columns = {
        "model": [need.label for need, _ in pairs],
        "machine": [where.name for _, where in pairs],
        "weights_bytes": [need.weights_bytes for need, _ in pairs],
        "optimiser_bytes": [need.optimiser_bytes for need, _ in pairs],
        "activation_bytes": [need.activation_bytes for need, _ in pairs],
        "capacity_bytes": [capacity.capacity_bytes(where) for _, where in pairs],
        "leaves": [capacity.leaves(need, where) for need, where in pairs],
    }
    return Table.of("static", columns)
