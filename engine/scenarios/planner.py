"""Planner: how many days, and what happens in them."""

import math
from dataclasses import asdict
from functools import lru_cache
from typing import ClassVar

import param

from engine.cited import table
from engine.cluster import failures, rates
from engine.cluster.gpu import Cluster
from engine.cluster.plan import Plan
from engine.cluster.planner import configuration, context, growth, recording, training
from engine.cluster.planner.training import DAY_S, HOUR_S, Devices, Planned, Wishes
from engine.run import Figure, Run
from engine.scenarios.scaling import GPU_ONLY, MAX_DEVICES, WAFER_DEVICES, ScalingScenario
from engine.scenarios.scenario import Progress, ScenarioError
from engine.transformer import flop_per_token, parameters

LONGEST_DAYS = 3650.0
DOUBLINGS = range(-5, 4)  # of the devices, along the charts
SEARCH = 4  # corrections of the number of wafers that are as fast as some GPUs
MWH_J = 3.6e9
# What has to be chosen besides model, batch and tokens.
DECISIONS = {
    "gpu": ("tp", "pp", "dp", "micro_batch", "interleave", "zero", "recompute", "overlap"),
    "cs": ("num_csx",),
}


class PlannerScenario(ScalingScenario):
    """A whole training on N devices."""

    scene = "planner"
    essential = ("cluster", "model", "n_devices", "tokens", "recovery")
    presets: ClassVar[dict[str, dict]] = {
        "175B, Megatron on 1,024 A100": {
            "model": "gpt3-175b", "n_devices": 1024, "global_batch": 1536, "micro_batch": 1, "tp": 8, "pp": 16,
            "zero": 0, "recompute": "full", "software": "megatron", "tokens": 300e9,
        },
        "OPT-175B, restarted by hand": {
            "model": "gpt3-175b", "n_devices": 1024, "global_batch": 1024, "tp": 8, "recompute": "full",
            "tokens": 300e9, "mtbf_hours": 12288, "recovery": "by_hand",
        },
        "Llama 3 405B on 16,384 H100": {
            "model": "llama-405b", "device": "h100", "n_devices": 16384, "global_batch": 2048, "tp": 8, "pp": 16,
            "interleave": 4, "recompute": "full", "software": "te", "tokens": 15.6e12,
        },
        "1.3B on 4 CS-2": {
            "cluster": "cs", "model": "cerebras-gpt-1.3b", "n_devices": 4, "global_batch": 528, "tokens": 26.3e9,
        },
        "20B on 7 CS-2": {
            "cluster": "cs", "model": "neox-20b", "n_devices": 7, "global_batch": 1512, "tokens": 400e9,
        },
        "Fine-tune 1.3B on 4 CS-2": {
            "cluster": "cs", "model": "cerebras-gpt-1.3b", "n_devices": 4, "global_batch": 528, "tokens": None,
            "fine_tune": True,
        },
    }  # fmt: skip

    n_devices = param.Integer(1024)
    seed = param.Integer(doc="Chooses when devices fail, and which GPUs are a little slower.")
    tokens = param.Number(
        300e9, allow_None=True, bounds=(1e6, 1e14), label="Tokens",
        doc="What the model is trained on; auto: 20 for each parameter, or 2,000 steps of fine-tuning [tokens].",
    )  # fmt: skip
    fine_tune = param.Boolean(False, label="Fine-tune", doc="Whether it begins with weights that somebody has trained.")
    mtbf_hours = param.Number(
        None, allow_None=True, bounds=(1.0, 1e8), label="Time between failures",
        doc="Mean time between failures of one device; auto: published for GPUs, assumed for CS systems [h].",
    )  # fmt: skip
    checkpoint_interval = param.Number(
        None, allow_None=True, bounds=(0.01, 10_000.0), label="Checkpoint interval",
        doc="Work between checkpoints; auto: what loses least time [h].",
    )  # fmt: skip
    recovery = param.Selector(
        default="automatic", objects=list(training.RECOVERIES), label="Recovery",
        doc="Who notices that it stands still: a program within 10 minutes, or somebody within 18 hours.",
    )  # fmt: skip
    price = param.Number(
        None, allow_None=True, bounds=(0.001, 1e6), label="Price",
        doc="Price of a device for an hour; auto: rent of a GPU, purchase of a CS system over four years [USD/h].",
    )  # fmt: skip

    def relevant(self) -> tuple[str, ...]:
        """Return the names of the parameters that matter for this kind of cluster."""
        skipped = ("sparsity",) if self.cluster == "gpu" else tuple(n for n in GPU_ONLY if n != "seed")
        return tuple(name for name in self.fields() if name not in skipped)

    def check(self) -> None:
        """Refuse what the scaling scene refuses, and a training that makes no headway or takes too long."""
        super().check()
        plan = self.plan()
        planned = self._planned(plan)
        expected = failures.expected_interruptions(planned.training)
        if expected > failures.MAX_INTERRUPTIONS:
            name = "mtbf_hours" if self.checkpoint_interval is None else "checkpoint_interval"
            rule = "leave" if name == "mtbf_hours" else "be short enough to leave"
            given = self.mtbf_hours if name == "mtbf_hours" else self.checkpoint_interval
            raise ScenarioError(
                f"{name} must {rule} at most {failures.MAX_INTERRUPTIONS:,.0f} interruptions of the training, "
                f"got {'auto' if given is None else f'{given:g}'}, which gives "
                f"{'more than can be counted' if math.isinf(expected) else f'{expected:,.0f}'}"
            )
        if planned.days > LONGEST_DAYS:
            raise ScenarioError(
                f"tokens must keep the training within {LONGEST_DAYS:,.0f} days, got {self._tokens(plan):.3g}, "
                f"which takes {planned.days:,.0f} days"
            )

    def simulate(self, progress: Progress = lambda share: None) -> Run:
        """Plan the training here and on the other kind of cluster, and play seeded futures of both."""
        lane, other = self._lane(self.plan()), None
        progress(0.3)
        twin, reason = self._counterpart()
        if twin is not None:
            other = twin._lane(twin.plan())
        progress(0.5)
        points = self._points()
        progress(0.6)
        if twin is not None:
            points = [*points, *twin._points()]
        progress(0.8)
        charts = {
            "days": _columns([point for point in points if point["cluster"] == self.cluster]),
            "frontier": _columns(_with_frontier(points)),
            "context": self._context(twin),
            "context_published": context.published(),
            "growth": growth.ladder(),
            "configuration": self._configurations(twin),
            "startup": _startup_columns(lane, other),
            "fine_tune": self._fine_tune_columns(lane),
        }
        trace = recording.record(lane, other, reason)
        return Run(self.scene, self.values(), self._title(), self._figures_of(lane, other), trace, charts)

    def _title(self):
        return f"{self.n_devices:,} {self._noun()}: how many days?"

    def _noun(self):
        label = table("machines")[self._machine()]["label"]
        name = label.split("(")[1].rstrip(")") if self.cluster == "cs" else label.split(" ")[0]
        return name

    def _machine(self):
        device = self._device()
        return WAFER_DEVICES[device] if self.cluster == "cs" else table("clusters")[device]["machine"]

    def _tokens(self, plan: Plan) -> float:
        if self.tokens is not None:
            return self.tokens
        facts = table("planner")
        if self.fine_tune:
            return facts["fine_tune"]["steps"].value * plan.job.global_batch * plan.job.sequence_length
        return facts["chinchilla"]["tokens_per_parameter"].value * parameters(plan.job.model, plan.job.sequence_length)

    def _tokens_per_s(self, plan: Plan) -> float:
        return plan.job.global_batch * plan.job.sequence_length / _step_s(plan, self.seed)

    def _planned(self, plan: Plan) -> Planned:
        return training.plan(
            Devices(self.cluster == "cs", self._machine(), plan.n_devices),
            self._tokens(plan) / self._tokens_per_s(plan),
            parameters(plan.job.model, plan.job.sequence_length),
            plan.job.model.layers,
            Wishes(self.mtbf_hours, self.checkpoint_interval, self.recovery, self.fine_tune),
        )

    def _lane(self, plan: Plan) -> recording.Lane:
        planned = self._planned(plan)
        futures = failures.futures(planned.training, training.N_FUTURES, self.seed)
        return recording.Lane(f"{plan.n_devices:,} {self._noun()}", planned, futures)

    def _price(self, devices: Devices) -> float:
        return devices.price.value if self.price is None else self.price

    # ------------------------------------------------------------------ the other kind of cluster
    def _counterpart(self) -> "tuple[PlannerScenario | None, str]":
        """Return the same training on the other kind of cluster, and why there is none.

        It has the fewest devices whose steps keep up, or the most that can be used.
        """
        rate = self._tokens_per_s(self.plan())
        blank = {name: self.fields()[name].default for name in GPU_ONLY if name != "seed"}
        blank |= {name: None for name in ("device", "software", "micro_batch", "mtbf_hours", "price")}
        other = {"cluster": "cs" if self.cluster == "gpu" else "gpu", "sparsity": 0.0}
        twin = type(self)(**self.values() | blank | other)
        try:
            twin.n_devices = twin._fewest_wafers(rate) if twin.cluster == "cs" else twin._fewest_gpus(rate)
            twin.check()
        except ScenarioError as error:
            return None, str(error)
        return twin, ""

    def _rate_at(self, n):
        return self._tokens_per_s(self._plan(n, self.global_batch, None, None))

    def _fewest_wafers(self, rate):
        n, most = 1, min(self.global_batch, MAX_DEVICES)
        for _ in range(SEARCH):
            found = self._rate_at(n)
            if found >= rate and (n == 1 or self._rate_at(n - 1) < rate):
                break
            n = min(max(1, math.ceil(n * rate / found)), most)
        return n

    def _fewest_gpus(self, rate):
        fastest, reason = None, None
        for n in sorted(each << k for k in range(11) for each in (8, 12) if each << k <= MAX_DEVICES):
            try:
                if self._rate_at(n) >= rate:
                    return n
                fastest = n
            except ScenarioError as error:
                reason = error
        if fastest is None:
            raise reason
        return fastest

    # ------------------------------------------------------------------ charts
    def _points(self):
        """Return the plans along the number of devices: this scenario on half, twice … as many.

        The ends of their days are those of the step's error alone.
        """
        points = []
        for doubling in DOUBLINGS:
            n = self.n_devices * 2.0**doubling
            plan = self._curve_plan(int(n)) if n == int(n) and n <= MAX_DEVICES else None
            if plan is None:
                continue
            planned = self._planned(plan)
            if failures.expected_interruptions(planned.training) > failures.MAX_INTERRUPTIONS:
                continue
            days = planned.days
            first = planned.training.start_s / DAY_S
            points.append({
                "cluster": self.cluster,
                "n_devices": plan.n_devices,
                "days": days,
                "days_low": first + (days - first) * (1 - planned.step_error),
                "days_high": first + (days - first) * (1 + planned.step_error),
                "undisturbed_days": planned.training.undisturbed_s / DAY_S,
                "goodput": planned.goodput,
                "interruptions": failures.expected_interruptions(planned.training),
                "cost": planned.device_hours(days) * self._price(planned.devices),
                "energy": planned.energy_j(days) / MWH_J,
                "query": self._query_at(plan),
            })  # fmt: skip
        return points

    def _context(self, twin):
        parts = []
        for scenario in filter(None, (self, twin)):
            plan = scenario.plan()
            if plan.wafers:
                for fused in (False, True):
                    parts.append((scenario, fused, context.wafer_columns(plan.job, plan.wafers, fused)))
                continue
            for fused, name in ((False, "megatron"), (True, "flash")):
                stack = rates.software(name)
                cluster = Cluster(rates.gpu(scenario._device(), stack), plan.cluster.network, stack)
                parts.append((scenario, fused, context.gpu_columns(plan.job, cluster, plan.n_devices)))
        columns = {"cluster": [], "flash": []}
        for scenario, fused, found in parts:
            columns["cluster"] += [scenario.cluster] * len(found["fits"])
            columns["flash"] += [fused] * len(found["fits"])
            for name, values in found.items():
                columns.setdefault(name, []).extend(values)
        return columns

    def _configurations(self, twin):
        texts = {}
        for scenario in filter(None, (self, twin)):
            plan = scenario.plan()
            planned = scenario._planned(plan)
            step_s = _step_s(plan, scenario.seed)
            n_steps = math.ceil(planned.training.work_s / step_s)
            every = max(1, round(planned.training.interval_s / step_s))
            if plan.wafers:
                texts["cs"] = configuration.for_wafers(plan.job, plan.n_devices, n_steps, every)
            else:
                node = plan.cluster.network.node_size
                texts["gpu"] = configuration.for_gpus(plan.job, plan.layout, node, n_steps, every)
        kinds = list(texts)
        facts = table("planner")
        return {
            "cluster": kinds,
            "text": [texts[kind] for kind in kinds],
            "decisions": [len(DECISIONS[kind]) for kind in kinds],
            "lines_of_code": [facts[f"code_{kind}"]["lines"].value for kind in kinds],
        }

    def _fine_tune_columns(self, lane):
        """Return what training this model, fine-tuning it, and training a larger one from scratch take here."""
        plan = self.plan()
        facts = table("planner")
        size = parameters(plan.job.model, plan.job.sequence_length)
        ratio, larger = facts["chinchilla"]["tokens_per_parameter"].value, facts["fine_tune"]["larger"].value
        few = facts["fine_tune"]["steps"].value * plan.job.global_batch * plan.job.sequence_length
        # FLOP grow with parameters times tokens; the larger model is given this one's share of the peak.
        whats = ["this model, fine-tuned", "this model, from scratch", f"a model {larger:g} times larger, from scratch"]
        tokens = [few, ratio * size, ratio * size * larger]
        sizes = [size, size, size * larger]
        flop = flop_per_token(plan.job.model, plan.job.sequence_length)
        rate = self._tokens_per_s(plan)
        return {
            "what": whats,
            "parameters": sizes,
            "tokens": tokens,
            "flop": [flop * t * s / size for t, s in zip(tokens, sizes, strict=True)],
            "days": [t * s / size / rate / DAY_S for t, s in zip(tokens, sizes, strict=True)],
        }

    # ------------------------------------------------------------------ figures
    def _figures_of(self, lane, other):
        plan, planned = self.plan(), lane.planned
        spread = training.spread(planned, lane.futures)
        first, task = planned.first_step, planned.training
        price = self._price(planned.devices)
        band = "5 and 95 % of 200 seeded futures, and the error of the step that `waferscope check` shows"
        line = "lines through published timings"
        mtbf = "given" if self.mtbf_hours else planned.devices.mtbf.source
        cost_rule = "given price" if self.price else planned.devices.price.source
        cost = _scaled(spread.days, planned.device_hours(1.0) * price)
        energy = _scaled(spread.energy_j, 1 / MWH_J)
        wait = _scaled(first, 1 / 60)
        checkpoint_rule = (
            "a line through timings of models up to 7B: one writer, however many systems"
            if self.cluster == "cs"
            else "bytes a parameter, and bytes a second of each GPU, as BLOOM's"
        )
        mean = "closed form of the mean: steps, checkpoints, failures"
        timings = "shortest and longest of the published timings"
        rows = (
            ("days", spread.days, "day", "from start to end", mean, band),
            ("goodput", spread.goodput, "share", "goodput", "steps that count over elapsed time", band),
            ("interruptions", spread.interruptions, "", "interruptions", f"closed form; of a device: {mtbf}", band),
            ("time_to_first_step", wait, "min", "to the first step", line, timings),
            ("cost", cost, "USD", "cost", f"device-hours × price; {cost_rule}", band),
            ("energy", energy, "MWh", "energy", "power over the days; low end: of the GPUs alone", band),
        )
        figures = {
            name: Figure(estimate.value, unit, label, f"{source}; from {estimate.low:.3g} to {estimate.high:.3g}")
            for name, estimate, unit, label, source, _ in rows
        }
        tokens = self._tokens(plan)
        figures |= {
            "undisturbed_days": Figure(task.undisturbed_s / DAY_S, "day", "if nothing failed", "steps and checkpoints"),
            "step_days": Figure(task.work_s / DAY_S, "day", "of steps", "tokens / tokens per second"),
            "tokens": Figure(tokens, "token", "tokens", "given, 20 a parameter, or 2,000 steps of fine-tuning"),
            "tokens_per_s": Figure(self._tokens_per_s(plan), "token/s", "tokens a second", "the simulated step"),
            "device_hours": Figure(planned.device_hours(spread.days.value), "h", "device-hours", "devices × days"),
            "training_flop": Figure(
                flop_per_token(plan.job.model, plan.job.sequence_length) * tokens, "FLOP", "to compute",
                "model FLOP of PaLM, appendix B",
            ),
            "checkpoint_hours": Figure(
                task.interval_s / HOUR_S, "h", "between checkpoints",
                "given" if self.checkpoint_interval else "Young and Daly: what loses least time",
            ),
            "checkpoint_time": Figure(task.checkpoint_s, "s", "to write a checkpoint", checkpoint_rule),
            "cluster_mtbf": Figure(task.mtbf_s / HOUR_S, "h", "between failures", "of a device, over the devices"),
            "decisions": Figure(
                len(DECISIONS[self.cluster]), "", "numbers to choose", ", ".join(DECISIONS[self.cluster])
            ),
            "lines_of_code": _cited(table("planner")[f"code_{planned.devices.family}"]["lines"], "lines of code"),
        }  # fmt: skip
        for name, estimate, unit, label, _, ends in rows:
            figures[f"{name}_low"] = Figure(estimate.low, unit, f"{label}, low end", ends)
            figures[f"{name}_high"] = Figure(estimate.high, unit, f"{label}, high end", ends)
        if other is not None:
            figures["other"] = Figure(
                other.name, "", "about as fast", "the fewest of the other kind whose steps keep up"
            )
            figures["other_days"] = Figure(other.planned.days, "day", f"on {other.name}", mean)
        return figures


@lru_cache(maxsize=1024)
def _step_s(plan: Plan, seed: int) -> float:
    return plan.step(seed).step_s


def _scaled(estimate, factor):
    return type(estimate)(*(value * factor for value in asdict(estimate).values()))


def _cited(fact, label):
    return Figure(fact.value, fact.unit, label, fact.source, fact.kind)


def _columns(points):
    return {name: [point[name] for point in points] for name in points[0]} if points else {}


def _with_frontier(points):
    """Add whether no other plan is both faster and cheaper."""
    return [
        point | {"best": not any(p["days"] < point["days"] and p["cost"] < point["cost"] for p in points)}
        for point in points
    ]


def _startup_columns(lane, other):
    columns = {"cluster": [], "phase": [], "minutes": [], "low": [], "high": []}
    for each in filter(None, (lane, other)):
        for name, estimate in each.planned.phases:
            columns["cluster"].append(each.planned.devices.family)
            columns["phase"].append(name)
            columns["minutes"].append(estimate.value / 60)
            columns["low"].append(estimate.low / 60)
            columns["high"].append(estimate.high / 60)
    return columns
