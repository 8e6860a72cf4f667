"""The memory scene: one kernel on two or three machines, on one clock."""

from dataclasses import replace
from typing import ClassVar

import param

from engine.inference.published import published
from engine.language import Message, Quantity, message
from engine.machines import offered
from engine.memory import capacity
from engine.memory.hierarchy import DTYPE_BYTES, custom, machine, short_names
from engine.memory.measure import Measured, measure
from engine.memory.recording import record
from engine.memory.workload import KERNELS, WEIGHTS
from engine.models import dense_models, models
from engine.quantities import FIGURE
from engine.run import Figure, Run
from engine.scenarios.scenario import Progress, Scenario, ScenarioError
from engine.trace import Table

_MAX_SIDE = 2**20
_EVEN = 1.02  # times as fast, below which nobody has won

# What n and batch are when they are left to the engine.
_SIZES = {
    "axpy": (2**30, 1),
    "dot": (2**30, 1),
    "layernorm": (2**13, 2**16),
    "gemv": (2**14, 1),
    "gemm": (2**13, 1),
    "attention_decode": (2**13, 8),
    "model_pass": (1, 1),  # its size is the model's
}


class MemoryScenario(Scenario):
    """Which kernel runs where, how large, and where its operands are."""

    scene = "memory"
    part = "engine.memory"
    essential = ("kernel", "model", "machines", "weights", "batch", "outstanding")
    at_most: ClassVar[dict[str, int]] = {"machines": 3}  # on one screen
    machine_menus: ClassVar[dict[str, str]] = {"machines": "memory"}
    presets: ClassVar[dict[str, dict]] = {
        "axpy": {"kernel": "axpy"},
        "reading": {"kernel": "model_pass", "batch": 0},
        "streamed": {"kernel": "model_pass", "batch": 0, "weights": "streamed"},
        "decode": {"kernel": "model_pass"},
        "gemm": {"kernel": "gemm"},
        "few_requests": {"kernel": "axpy", "outstanding": 4},
    }

    machines = param.ListSelector(default=["wse2", "a100_80"], objects=[*offered("memory"), "custom"])

    kernel = param.Selector(default="axpy", objects=list(KERNELS))

    model = param.Selector(default="llama3-8b", objects=list(dense_models()))

    n = param.Integer(None, allow_None=True, bounds=(1, 10**12))

    batch = param.Integer(None, allow_None=True, bounds=(0, 2**20))

    dtype = param.Selector(default="fp16", objects=list(DTYPE_BYTES))

    weights = param.Selector(default="resident", objects=list(WEIGHTS))

    outstanding = param.Integer(128, bounds=(1, 1024), doc="[requests]")

    seed = param.Integer(0, bounds=(0, 2**31 - 1))

    custom_tflop_per_s = param.Number(312.0, bounds=(0.1, 1e5), doc="[TFLOP/s]")

    custom_gb_per_s = param.Number(2039.0, bounds=(1.0, 1e8), doc="[GB/s]")

    custom_latency_ns = param.Number(331.0, bounds=(0.1, 1e4), doc="[ns]")

    custom_capacity_gb = param.Number(80.0, bounds=(0.001, 1e6), doc="[GB]")

    def size(self) -> tuple[int, int]:
        """Return n and batch, with those left to the engine filled in."""
        n, batch = _SIZES[self.kernel]
        return n if self.n is None else self.n, batch if self.batch is None else self.batch

    def relevant(self) -> tuple[str, ...]:
        """Return the parameters that matter: a pass has a model, other kernels a size; a custom machine its own."""
        left_out = {"n" if self.kernel == "model_pass" else "model"}
        return tuple(
            name
            for name in self.fields()
            if name not in left_out and (not name.startswith("custom_") or "custom" in self.machines)
        )

    def automatic(self, name: str) -> object:
        """Return the usual size of a kernel."""
        return dict(zip(("n", "batch"), self.size(), strict=True)).get(name)

    def choices(self, name: str) -> list:
        """Return what a Selector offers: without a GPU there is no HBM."""
        offered = super().choices(name)
        return [each for each in offered if each != "hbm"] if name == "weights" and not self._has_gpu() else offered

    def check(self) -> None:
        """Refuse what no kernel means, and more machines than a screen holds."""
        if len(self.machines) > self.at_most["machines"]:
            raise ScenarioError(
                message("memory_machines_at_most", most=self.at_most["machines"], got=len(self.machines))
            )
        n, batch = self.size()
        if batch == 0 and self.kernel != "model_pass":
            raise ScenarioError(message("memory_batch_at_least", kernel=self.kernel, got=batch))
        if self.kernel in ("gemv", "gemm") and n > _MAX_SIDE:
            raise ScenarioError(message("memory_n_at_most", most=_MAX_SIDE, got=Quantity(n, "", 12)))
        if self.weights == "hbm" and not self._has_gpu():
            raise ScenarioError(message("memory_no_hbm"))

    def title(self) -> Message:
        """Return what the kernel works on."""
        n, batch = self.size()
        name = f"memory_title_{self.kernel if batch else 'reading'}"
        return message(name, n=Quantity(n, ""), batch=batch, model=models()[self.model].label)

    def simulate(self, progress: Progress = lambda share: None) -> Run:
        """Run the kernel on each machine."""
        self.check()
        n, batch = self.size()
        results = []
        for i, name in enumerate(self.machines):
            progress(i / len(self.machines))
            where = self._custom() if name == "custom" else machine(name)
            asked = (self.kernel, n, batch, self.dtype, self.weights, self.outstanding, self.seed, self.model)
            results.append(measure(where, *asked))
        by_machine = {result.machine.name: _figures(result) for result in results}
        if self.kernel == "model_pass" and batch:
            for result in results:
                by_machine[result.machine.name] |= self._rates(result, batch)
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
            title=self.title(),
            figures=figures,
            trace=trace,
            verdict=_verdict(results) if len(results) > 1 else None,
        )
        progress(1.0)
        return run

    def _rates(self, result, batch):
        """Return the tokens of a second, and beside them what was published for the same."""
        where = result.machine
        found = {"tokens_per_s": _figure("tokens_per_s", batch / result.time_s, "token/s", machine=where.label)}
        passed = self.dtype == "fp16" and self.weights != "streamed"
        if passed and (rate := published(where.name, 1, self.model, prompt_tokens=batch if batch > 1 else None)):
            label = message("figure_memory_published_tokens_per_s", machine=where.label)
            found["published_tokens_per_s"] = Figure(rate.value, rate.unit, label, rate.source, rate.kind)
        return found

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
    found: dict[str, Figure] = {}

    def add(name, value, unit, kind="modelled", **words):
        found[name] = _figure(name, value, unit, kind, machine=where.label, **words)

    add("time", result.time_s, "s")
    add("fraction_of_peak", result.fraction_of_peak, "share")
    add("bound", result.bound, "")
    if work.exchange_s:
        add("steps", work.n_steps, "")
        add("exchange_time", work.exchange_s, "s")
    add("achieved_flop_per_s", result.achieved_flop_per_s, "FLOP/s")
    add("achieved_bandwidth", result.achieved_bytes_per_s, "B/s", level=home.label)
    add("flop", work.flop, "FLOP")
    add("bytes_moved", work.moved_bytes, "B", level=home.label)
    add("arithmetic_intensity", work.intensity, "FLOP/B")
    add("ridge", result.ridge, "FLOP/B", level=home.label)
    add("attainable_flop_per_s", result.attainable_flop_per_s, "FLOP/s")
    add("level", home.name, "")
    add("fits", work.fits, "", footprint=Quantity(work.footprint_bytes, "B", FIGURE))
    each = home.bandwidth_bytes_per_s * home.latency_s / where.units_served(home.name)
    add("outstanding_needed", each / result.simulation.request_bytes, "request")
    if work.home == "sram" and work.read_share > 2 / 3:
        slower = work.level_bytes["sram"] * work.read_share / (home.bandwidth_bytes_per_s * 2 / 3)
        add("time_read_ports", max(result.time_s, slower + work.exchange_s), "s")
    if where.area_m2:  # a real chip, not a custom one
        units = Quantity(where.n_units, where.unit)
        for end, value, clock_hz in zip(("low", "high"), where.local_bandwidth, where.clocks_hz, strict=True):
            ports = {
                "bytes": Quantity(where.local_bytes_per_cycle, "B", FIGURE),
                "clock": Quantity(clock_hz, "Hz", FIGURE),
            }
            add(f"local_bandwidth_{end}", value, "B/s", units=units, **ports)
        add("vendor_bandwidth", where.vendor_bandwidth, "B/s", kind="claimed")
        add("bandwidth_per_mm2", home.sheet_bytes_per_s / where.area_m2 / 1e6, "B/s/mm²", level=home.label)
    if where.power_w:
        add("bandwidth_per_w", home.sheet_bytes_per_s / where.power_w, "B/s/W", level=home.label)
    return found


def _compared(results):
    fastest = min(results, key=lambda result: result.time_s)
    slowest = max(results, key=lambda result: result.time_s)
    names = {"fastest": fastest.machine.label, "slowest": slowest.machine.label}
    return {
        "fastest": replace(_figure("fastest", fastest.machine.name, ""), said=fastest.machine.label),
        "time_ratio": _figure("time_ratio", slowest.time_s / fastest.time_s, "", **names),
    }


def _verdict(results):
    """Return who has won and by how much, with both times as the figures write them."""
    fastest, *_, slowest = sorted(results, key=lambda result: result.time_s)
    times = slowest.time_s / fastest.time_s
    if times < _EVEN:
        return message("verdict_memory_even", time=Quantity(fastest.time_s, "s", FIGURE))
    names = short_names([result.machine for result in results])
    differ = fastest.machine.family != slowest.machine.family
    return message(
        "verdict_memory",
        first=_kind(fastest, differ),
        winner=names[results.index(fastest)],
        last=_kind(slowest, differ),
        loser=names[results.index(slowest)],
        times=times,
        short=Quantity(fastest.time_s, "s", FIGURE),
        long=Quantity(slowest.time_s, "s", FIGURE),
    )


def _kind(result, differ):
    """Return the kind of a machine where that tells it from the other; "" for one that somebody has typed in."""
    return result.machine.family if differ and result.machine.area_m2 else ""


def _figure(name, value, unit, kind="modelled", **words):
    text = f"figure_memory_{name}"
    return Figure(value, unit, message(text, **words), message(f"{text}.source", **words), kind)


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
