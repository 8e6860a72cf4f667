"""Planner: how many days, and what happens in them."""

import math
from functools import lru_cache
from typing import ClassVar

import param

from engine.cited import table
from engine.cluster import failures
from engine.cluster.plan import Plan
from engine.cluster.planner import columns, configuration, context, counterpart, recording, training
from engine.cluster.planner.figures import DECISIONS, MWH_J, figures, spent, with_ends
from engine.cluster.planner.training import DAY_S, HOUR_S, Devices, Planned, Wishes
from engine.language import Message, Quantity, message
from engine.machines import clusters, machine_of, offered_clusters
from engine.quantities import FIGURE, rounded
from engine.run import Figure, Run
from engine.scenarios.scaling import GPU_ONLY, MAX_DEVICES, ScalingScenario
from engine.scenarios.scenario import Progress, ScenarioError
from engine.trace import Table
from engine.transformer import flop_per_token, parameters

LONGEST_DAYS = 3650.0
DOUBLINGS = range(-5, 4)  # of the devices, along the charts
COMPARED = ("days", "other_days", "cost", "other_cost", "energy", "other_energy")  # figures that are told first
MOST_TIMES = 3.0  # as long as the cluster asked for: beyond, the other is no counterpart


class PlannerScenario(ScalingScenario):
    """A whole training on N devices."""

    scene = "planner"
    part = "engine.cluster.planner"
    essential = ("cluster", "model", "n_devices", "tokens", "recovery")
    machine_menus: ClassVar[dict[str, str]] = {"device": "planner"}
    presets: ClassVar[dict[str, dict]] = {
        "gpt_3": {
            "model": "gpt3-175b", "n_devices": 1024, "global_batch": 1536, "micro_batch": 1, "tp": 8, "pp": 16,
            "zero": 0, "recompute": "full", "software": "megatron", "tokens": 300e9,
        },
        "opt": {
            "model": "gpt3-175b", "n_devices": 1024, "global_batch": 1024, "tp": 8, "recompute": "full",
            "tokens": 300e9, "mtbf_hours": 12288, "recovery": "by_hand", "era": 2022,
        },
        "llama_3": {
            "model": "llama-405b", "device": "h100", "n_devices": 16384, "global_batch": 2048, "tp": 8, "pp": 16,
            "interleave": 4, "recompute": "full", "software": "te", "tokens": 15.6e12,
        },
        "wafers_1_3b": {
            "cluster": "cs", "model": "cerebras-gpt-1.3b", "n_devices": 4, "global_batch": 528, "tokens": 26.3e9,
        },
        "wafers_20b": {
            "cluster": "cs", "model": "neox-20b", "n_devices": 7, "global_batch": 1512, "tokens": 400e9,
        },
        "wafers_fine_tune": {
            "cluster": "cs", "model": "cerebras-gpt-1.3b", "n_devices": 4, "global_batch": 528, "tokens": None,
            "fine_tune": True,
        },
    }  # fmt: skip

    device = param.Selector(default=None, objects=list(offered_clusters("planner")), allow_None=True)
    n_devices = param.Integer(1024)
    seed = param.Integer()
    tokens = param.Number(300e9, allow_None=True, bounds=(1e6, 1e14), doc="[tokens]")
    fine_tune = param.Boolean(False)
    mtbf_hours = param.Number(None, allow_None=True, bounds=(1.0, 1e8), doc="[h]")
    checkpoint_interval = param.Number(None, allow_None=True, bounds=(0.01, 10_000.0), doc="[h]")
    recovery = param.Selector(default="automatic", objects=list(training.RECOVERIES))
    price = param.Number(None, allow_None=True, bounds=(0.001, 1e6), doc="[USD/h]")

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
            given = getattr(self, name)
            raise ScenarioError(message(
                f"planner_refused_{name}",
                most=int(failures.MAX_INTERRUPTIONS),
                got="auto" if given is None else Quantity(given, "", 12),
                gives=message("planner_uncounted") if math.isinf(expected) else round(expected),
            ))  # fmt: skip
        if planned.days > LONGEST_DAYS:
            most, takes = (Quantity(round(days), "day") for days in (LONGEST_DAYS, planned.days))
            got = Quantity(self._tokens(plan), "", 3)
            raise ScenarioError(message("planner_refused_tokens", most=most, got=got, takes=takes))

    def simulate(self, progress: Progress = lambda share: None) -> Run:
        """Plan the training here and on the other kind of cluster, and play seeded futures of both."""
        plan = self.plan()
        lane, other = self._lane(plan), None
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
        lengths = self._lengths(twin)
        charts = {
            "frontier": columns.frontier(points),
            "context": lengths,
            "configuration": self._configurations(twin),
            "startup": columns.first_step([each.planned for each in (lane, other) if each]),
            "fine_tune": columns.fine_tune(plan, _step_s(plan, self.seed)),
        }
        found = figures(lane, plan, self._n_steps(plan), _step_s(plan, self.seed), self._wishes(), self.price)
        beside = self._figures_of_other(other, twin, lengths) if other else {}
        found |= self._batch_figure(plan) | self._context_figures(lengths) | beside
        first = {name: found[name] for name in COMPARED if name in found}
        trace = recording.record(lane, other, reason)
        trace.meta["layout"] = plan.words() | self._taken(plan, lane)
        trace.tables.update({name: Table.of("static", chart) for name, chart in charts.items()})
        told = with_ends(first | found)
        return Run(self.scene, self.values(), self.title(), told, trace, self._verdict(lane, found, other, twin))

    def _context_figures(self, lengths):
        return {
            name: Figure(
                context.longest(lengths, self.cluster, fused), "token",
                message(f"figure_planner_{name}"), message(f"figure_planner_{name}.source"),
            )
            for name, fused in (("longest_context", True), ("longest_context_unfused", False))
        }  # fmt: skip

    def _figures_of_other(self, other, twin, lengths):
        return {
            "other": Figure(f"{twin.n_devices} {other.device}", "", *self._said_of_other(twin)),
            **spent(other, twin.price, other=True),
            "other_longest_context": Figure(
                context.longest(lengths, twin.cluster, True), "token",
                message("figure_planner_other_longest_context", device=other.device),
                message("figure_planner_longest_context.source"),
            ),
        }  # fmt: skip

    def _said_of_other(self, twin):
        """Return what the other cluster is beside this one, and how it was found."""
        trained, asked = twin.plan().job.global_batch, self.global_batch
        batch, same = Quantity(trained, "sequence"), Quantity(asked, "sequence")
        if not self._keeps_up(twin):
            return message("figure_planner_fastest_other"), message("figure_planner_fastest_other.source", batch=batch)
        source = "source" if trained == asked else "nearby"
        return message("figure_planner_other"), message(f"figure_planner_other.{source}", batch=batch, same=same)

    def title(self) -> Message:
        """Return how many devices train."""
        return message("planner_title", devices=self._devices(self.n_devices))

    def _verdict(self, lane, found, other, twin):
        """Return who is ahead in time, in energy and in cost, and why the other cluster has so many devices.

        Which of two times is shorter is open where their intervals overlap.
        """
        own = {"devices": lane.devices, "days": Quantity(found["days"].value * DAY_S, "s", FIGURE)}
        if other is None:
            return message("verdict_planner_alone", **own)
        mine, theirs = lane.spread.days, other.spread.days
        overlap = mine.low <= theirs.high and theirs.low <= mine.high
        more = {name: found[f"other_{name}"].value / found[name].value for name in ("energy", "cost")}
        dearer = {name: ratio >= 1 for name, ratio in more.items()}
        return message(
            "verdict_planner",
            others=other.devices,
            other_days=Quantity(theirs.value * DAY_S, "s", FIGURE),
            chosen="fewest" if self._keeps_up(twin) else "fastest",
            time="open" if overlap else "own" if mine.value < theirs.value else "other",
            spent="one" if len(set(dearer.values())) == 1 else "both",
            saves_energy=(lane if dearer["energy"] else other).device,
            saves_cost=(lane if dearer["cost"] else other).device,
            **{name: max(ratio, 1 / ratio) for name, ratio in more.items()},
            **own,
        )

    def _taken(self, plan, lane):
        """Return what is taken for the wishes that are left to the engine."""
        devices, task = lane.planned.devices, lane.planned.training
        taken = {
            "tokens": self._tokens(plan),
            "mtbf_hours": devices.mtbf.value,
            "checkpoint_interval": task.interval_s / HOUR_S,
            "price": devices.price.value,
        }
        return {name: rounded(value, FIGURE) for name, value in taken.items()}

    def _keeps_up(self, twin):
        return twin._tokens_per_s(twin.plan()) >= self._tokens_per_s(self.plan())

    def _devices(self, n):
        return Quantity(n, self._noun())

    def _noun(self):
        return machine_of(self._device()).device

    def _tokens(self, plan: Plan) -> float:
        if self.tokens is not None:
            return self.tokens
        facts = table("planner")
        if self.fine_tune:
            return facts["fine_tune"]["steps"].value * plan.tokens_a_step
        return facts["chinchilla"]["tokens_per_parameter"].value * parameters(plan.job.model, plan.job.sequence_length)

    def _n_steps(self, plan: Plan) -> int:
        return plan.n_steps(self._tokens(plan))

    def _tokens_per_s(self, plan: Plan) -> float:
        return plan.tokens_a_step / _step_s(plan, self.seed)

    def _planned(self, plan: Plan) -> Planned:
        return training.plan(
            Devices(
                self.cluster == "cs", machine_of(self._device()).name, plan.n_devices, bool(plan.job.model.experts)
            ),
            self._n_steps(plan) * _step_s(plan, self.seed),
            parameters(plan.job.model, plan.job.sequence_length),
            plan.job.model.layers,
            self._wishes(),
        )

    def _wishes(self):
        return Wishes(self.mtbf_hours, self.checkpoint_interval, self.recovery, self.fine_tune)

    def _lane(self, plan: Plan) -> recording.Lane:
        planned = self._planned(plan)
        futures = failures.futures(planned.training, training.N_FUTURES, self.seed)
        return recording.Lane(self._noun(), planned, futures)

    # ------------------------------------------------------------------ the other kind of cluster
    def _counterpart(self) -> "tuple[PlannerScenario | None, Message | None]":
        """Return the same training on the other kind of cluster, of about the same year, and why there is none.

        It has the fewest devices whose steps keep up (`planner.counterpart`); or the fastest that can be used or
        bought, if they need no more than `MOST_TIMES` the time.
        """
        plan = self.plan()
        rate = self._tokens_per_s(plan)
        blank = {name: self.fields()[name].default for name in GPU_ONLY if name != "seed"}
        blank |= {name: None for name in ("device", "software", "micro_batch", "mtbf_hours", "price")}
        other = {"cluster": "cs" if self.cluster == "gpu" else "gpu", "sparsity": 0.0}
        twin = type(self)(**self.values() | blank | other)
        twin.device = twin.nearest_in_time(machine_of(self._device()).year)
        if self.fine_tune and self.tokens is None:
            twin.tokens = self._tokens(plan)
        try:
            found = twin._fewest(rate, plan)
            twin.n_devices = found.n
            twin.check()
            if rate > MOST_TIMES * found.rate:
                times, devices = round(rate / found.rate), twin._devices(found.n)
                raise ScenarioError(message("planner_too_slow", devices=devices, times=times))
        except ScenarioError as error:
            return None, error.said
        return twin, None

    def _fewest(self, rate, plan):
        """Return the fewest devices that keep up with a rate; `plan` is one of the other kind."""
        if self.cluster == "cs":
            counts = range(1, min(self.global_batch, self._most_devices()) + 1)
        else:
            node = self.gpus_per_node or clusters()[self._device()].gpus_per_node
            counts = counterpart.whole_nodes(node, self._most_devices())
        facts = machine_of(self._device()).figures
        peak = max(facts[name].value for name in ("peak_fp8", "peak_fp16") if name in facts)
        most = counterpart.FIRST_SHARE * peak / flop_per_token(plan.job.model, plan.job.sequence_length)

        def rate_at(n):
            try:
                return self._tokens_per_s(self._plan(n, self.global_batch, None, None))
            except ScenarioError:
                return 0.0

        return counterpart.fewest(rate, counts, rate_at, most)

    # ------------------------------------------------------------------ charts
    def _points(self):
        """Return the plans along the number of devices: this scenario on half, twice … as many."""
        points = []
        for doubling in DOUBLINGS:
            n = self.n_devices * 2.0**doubling
            plan = self._curve_plan(int(n)) if n == int(n) and n <= MAX_DEVICES else None
            if plan is None:
                continue
            expected = failures.expected_interruptions(self._planned(plan).training)
            if expected > failures.MAX_INTERRUPTIONS:
                continue
            lane = self._lane(plan)
            planned, days = lane.planned, lane.spread.days
            points.append({
                "cluster": self.cluster,
                "n_devices": plan.n_devices,
                "days": days.value,
                "days_low": days.low,
                "days_high": days.high,
                "undisturbed_days": planned.training.undisturbed_s / DAY_S,
                "goodput": planned.goodput,
                "interruptions": expected,
                "cost": planned.device_hours(days.value) * (self.price or planned.devices.price.value),
                "energy": planned.energy_j(days.value) / MWH_J,
                "query": self._query_at(plan),
            })  # fmt: skip
        return points

    def _lengths(self, twin):
        """Return memory against context on both clusters; each length with the plan that it is of."""
        found = context.columns([(each.plan(), each._device()) for each in filter(None, (self, twin))])
        blank = {name: self.fields()[name].default for name in GPU_ONLY if name != "seed"} | {"micro_batch": None}
        rows = zip(found["cluster"], found["flash"], found["sequence_length"], strict=True)
        found["query"] = [
            (self if cluster == self.cluster else twin).query(
                sequence_length=length, **(blank | {"software": context.STACKS[fused]} if cluster == "gpu" else {})
            )
            for cluster, fused, length in rows
        ]
        return found

    def _configurations(self, twin):
        texts = {}
        for scenario in filter(None, (self, twin)):
            plan = scenario.plan()
            planned = scenario._planned(plan)
            step_s = _step_s(plan, scenario.seed)
            n_steps = scenario._n_steps(plan)
            every = max(1, round(planned.training.interval_s / step_s))
            if plan.wafers:
                texts["cs"] = configuration.for_wafers(plan.job, plan.n_devices, n_steps, every)
            else:
                node = plan.cluster.network.node_size
                texts["gpu"] = configuration.for_gpus(plan.job, plan.layout, node, n_steps, every)
        kinds = list(texts)
        return {
            "cluster": kinds,
            "text": [texts[kind] for kind in kinds],
            "decisions": [len(DECISIONS[kind]) for kind in kinds],
        }


@lru_cache(maxsize=1024)
def _step_s(plan: Plan, seed: int) -> float:
    return plan.step(seed).step_s
