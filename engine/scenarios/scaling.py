"""Scaling: N boxes, and how many times faster they are."""

import json
from collections.abc import Container
from dataclasses import replace
from typing import ClassVar

import numpy as np
import param

from engine.cited import table
from engine.cluster import gpu, wafer
from engine.cluster.causes import held_back
from engine.cluster.gpu import Job
from engine.cluster.layout import DoesNotFit
from engine.cluster.plan import Plan, plan_gpus, plan_wafers
from engine.cluster.published import points
from engine.cluster.rates import PRECISIONS, has_precision
from engine.cluster.recording import record
from engine.cluster.schedule import CONTEXT, DP, EXPERT, GRADIENTS, PP, WEIGHTS
from engine.cluster.wafer import Wafers
from engine.language import Message, Quantity, message
from engine.machines import clusters, machine_of, offered_clusters, program, program_of, programs
from engine.models import models, reshaped
from engine.quantities import FIGURE
from engine.run import Figure, Run
from engine.scenarios.scenario import Progress, Scenario, ScenarioError
from engine.trace import Table
from engine.transformer import FP16_BYTES, active_parameters, flop_per_token, layer_parameters, parameters

FAMILIES = {"gpu": "gpu", "cs": "wafer"}  # of the machines of a kind of cluster
MAX_DEVICES = 16384
MAX_BATCH = 131072
CURVE_POINTS = 12
LEAST_SHARE = 0.001  # of a step that is told of what held it back
FIRST_SHARE = 0.8  # of the best rate per device, that the first point of a curve has at least
ERAS = (2021, 2022, 2023, 2024, 2025)  # years whose software is known
SHAPE = (
    "layers",
    "hidden",
    "heads",
    "vocab",
    "ffn",
    "kv_heads",
    "head_size",
    "experts",
    "top_k",
)  # of a model, in place of its own
SET_UP = {"tp", "pp", "interleave", "zero", "recompute"}  # what a published run and a curve share, or not
GPU_ONLY = (
    "tp", "pp", "dp", "ep", "cp", "interleave", "zero", "recompute", "overlap", "precision", "imbalance",
    "gpus_per_node", "seed",
)  # fmt: skip


class ScalingScenario(Scenario):
    """A training step on N devices."""

    scene = "scaling"
    part = "engine.cluster"
    essential = ("cluster", "model", "n_devices", "global_batch", "mode")
    machine_menus: ClassVar[dict[str, str]] = {"device": "scaling"}
    presets: ClassVar[dict[str, dict]] = {
        # One CS-2 is about as fast as 12 A100, and 768 sequences divide evenly among 12 GPUs and all their doublings: a
        # batch that does not would bend their curve by an accident of division.
        "begun_alike": {"cluster": "cs", "model": "cerebras-gpt-13b", "n_devices": 128, "global_batch": 768},
        "175b_tensor_pipeline_data": {
            "model": "gpt3-175b", "n_devices": 1536, "global_batch": 1536, "micro_batch": 1, "tp": 8, "pp": 12,
            "interleave": 1, "zero": 0, "recompute": "full", "device": "a100_80", "software": "megatron",
        },
        "175b_zero_3": {
            "model": "gpt3-175b", "n_devices": 1536, "global_batch": 1536, "tp": 1, "pp": 1,
            "zero": 3, "recompute": "full", "device": "a100_80", "software": "megatron",
        },
        "genomes_gpus": {
            "model": "genslm-250m", "sequence_length": 10240, "n_devices": 512, "global_batch": 512, "micro_batch": 1,
            "tp": 1, "pp": 1, "zero": 1, "recompute": "full", "mode": "weak", "device": "polaris",
            "software": "unfused",
        },
        "genomes_wafers": {
            "cluster": "cs", "model": "genslm-250m", "sequence_length": 10240, "n_devices": 16, "global_batch": 1024,
            "mode": "weak", "device": "cs2", "software": "genslm-2022",
        },
        "gpt_j": {
            "cluster": "cs", "model": "gpt-j", "n_devices": 2, "global_batch": 120, "mode": "weak", "device": "cs2",
            "software": "2.0",
        },
        "same_batch": {
            "cluster": "cs", "model": "cerebras-gpt-1.3b", "n_devices": 64, "global_batch": 528, "mode": "strong",
            "device": "cs2", "software": "2.3",
        },
        "trillion": {
            "cluster": "cs", "model": "megatron-1t", "n_devices": 16, "global_batch": 288, "mode": "weak",
            "device": "cs3",
        },
    }  # fmt: skip

    cluster = param.Selector(default="gpu", objects=["gpu", "cs"])
    device = param.Selector(default=None, objects=list(offered_clusters("scaling")), allow_None=True)
    n_devices = param.Integer(384, bounds=(1, MAX_DEVICES), doc="[devices]")
    model = param.Selector(default="gpt3-175b", objects=list(models()))
    layers = param.Integer(None, allow_None=True, bounds=(1, 256), doc="[layers]")
    hidden = param.Integer(None, allow_None=True, bounds=(64, 65536))
    heads = param.Integer(None, allow_None=True, bounds=(1, 512), doc="[heads]")
    vocab = param.Integer(None, allow_None=True, bounds=(2, 1_000_000), doc="[words]")
    ffn = param.Integer(None, allow_None=True, bounds=(1, 1_048_576))
    kv_heads = param.Integer(None, allow_None=True, bounds=(1, 512), doc="[heads]")
    head_size = param.Integer(None, allow_None=True, bounds=(1, 1024))
    experts = param.Integer(None, allow_None=True, bounds=(0, 1024), doc="[experts]")
    top_k = param.Integer(None, allow_None=True, bounds=(0, 64), doc="[experts]")
    sequence_length = param.Integer(None, allow_None=True, bounds=(16, 262144), doc="[tokens]")
    global_batch = param.Integer(1536, bounds=(1, MAX_BATCH), doc="[sequences]")
    micro_batch = param.Integer(None, allow_None=True, bounds=(1, 65536), doc="[sequences]")
    tp = param.Integer(None, allow_None=True, bounds=(1, 64), doc="[ranks]")
    pp = param.Integer(None, allow_None=True, bounds=(1, 128), doc="[stages]")
    dp = param.Integer(None, allow_None=True, bounds=(1, MAX_DEVICES), doc="[replicas]")
    ep = param.Integer(None, allow_None=True, bounds=(1, 1024), doc="[ranks]")
    cp = param.Integer(None, allow_None=True, bounds=(1, 256), doc="[ranks]")
    precision = param.Selector(default=None, objects=list(PRECISIONS), allow_None=True)
    imbalance = param.Number(1.0, bounds=(1.0, 16.0))
    interleave = param.Integer(None, allow_None=True, bounds=(1, 64), doc="[chunks]")
    zero = param.Selector(default=None, objects=[0, 1, 2, 3], allow_None=True)
    recompute = param.Selector(default=None, objects=["none", "selective", "full"], allow_None=True)
    overlap = param.Boolean(None, allow_None=True)
    gpus_per_node = param.Integer(None, allow_None=True, bounds=(1, 72), doc="[GPUs]")
    era = param.Selector(default=None, objects=list(ERAS), allow_None=True)
    mode = param.Selector(default="strong", objects=["strong", "weak"])
    software = param.Selector(default=None, objects=[*programs("gpu"), *programs("wafer")], allow_None=True)
    sparsity = param.Number(0.0, bounds=(0.0, 0.95))
    seed = param.Integer(0, bounds=(0, 2**31 - 1))

    def relevant(self) -> tuple[str, ...]:
        """Return the names of the parameters that matter for this kind of cluster."""
        skipped = ("sparsity",) if self.cluster == "gpu" else GPU_ONLY
        return tuple(name for name in self.fields() if name not in skipped)

    def choices(self, name: str) -> list:
        """Return what can be chosen for this kind of cluster."""
        family = FAMILIES[self.cluster]
        if name == "software":
            return [each for each in programs(family) if self.era is None or program(each)["year"] <= self.era]
        if name in ("zero", "recompute") and self._software() in programs("gpu"):
            return list(program(self._software())[name])
        if name == "precision" and self._software() in programs("gpu"):
            return [each for each in program(self._software())["precisions"] if has_precision(self._device(), each)]
        found = super().choices(name)
        return [each for each in found if machine_of(each).family == family] if name == "device" else found

    def adapt(self, changed: Container[str]) -> None:
        """With another kind of cluster, take no more devices than the largest has."""
        if "cluster" in changed or "device" in changed:
            self.n_devices = min(self.n_devices, self._most_devices())

    def check(self) -> None:
        """Refuse what does not belong together, divide or fit in memory."""
        for name in ("device", "software"):
            value = getattr(self, name)
            if value is not None and value not in self.choices(name):
                setting = {"name": name, "cluster": self.cluster, "got": repr(value)}
                rule = "scaling_one_of" if self.era is None or name == "device" else "scaling_one_of_era"
                raise ScenarioError(message(rule, choices=self.choices(name), era=str(self.era), **setting))
        model = self._model()
        named = models()[self.model]
        if self.head_size is None and named.attention_width == named.hidden and model.hidden % model.heads:
            raise ScenarioError(message("scaling_multiple_of_heads", heads=str(model.heads), got=model.hidden))
        if model.heads % model.kv_heads:
            raise ScenarioError(message("scaling_kv_heads", heads=str(model.heads), got=model.kv_heads))
        if not (model.top_k <= model.experts and bool(model.top_k) == bool(model.experts)):
            raise ScenarioError(message("scaling_top_k", experts=str(model.experts), got=model.top_k))
        if self.precision and self.cluster == "gpu" and self.precision not in self.choices("precision"):
            raise ScenarioError(self._wrong_precision())
        if self.n_devices > self._most_devices():
            most = Quantity(self._most_devices(), machine_of(self._device()).device)
            raise ScenarioError(message("scaling_most_devices", most=most, got=self.n_devices))
        self.plan()

    def _wrong_precision(self):
        """Say whether it is the software or the device that rules the precision out."""
        able = program(self._software())["precisions"]
        if self.precision not in able:
            said = {"name": "precision", "software": self._software(), "choices": list(able)}
            return message("scaling_beyond_software", **said, got=self.precision)
        known = self.choices("precision")
        return message("scaling_precision", device=self._device(), choices=known, got=self.precision)

    def plan(self) -> Plan:
        """Settle what the scenario leaves to the engine.

        Raises
        ------
        ScenarioError
            Where the devices cannot hold or divide the work.
        """
        return self._plan(self.n_devices, self.global_batch, self.micro_batch, self.dp)

    def simulate(self, progress: Progress = lambda share: None) -> Run:
        """Simulate one step, and the steps of the curve."""
        plan = self.plan()
        step = plan.step(self.seed)
        progress(0.2)
        curve = self._curve(plan, step, progress)
        figures = self._figures(plan, step, curve)
        model = plan.job.model
        reduced = parameters(model, plan.job.sequence_length)
        if plan.layout:
            reduced /= plan.layout.tp * plan.layout.pp * plan.layout.interleave
            reduced /= gpu.n_reductions(plan.job, plan.layout)
        layer = FP16_BYTES * layer_parameters(plan.job.model)
        activations = FP16_BYTES * plan.job.sequence_length * plan.micro_batch * plan.job.model.hidden
        among = {}
        if plan.layout:
            own = activations / plan.layout.tp / plan.layout.cp
            among = {EXPERT: own * model.top_k, CONTEXT: own * 2 * model.kv_width / model.hidden}
        n_replicas = plan.layout.copies if plan.layout else plan.n_devices
        trace = record(
            step,
            plan.words(),
            n_replicas,
            plan.wafers is not None,
            {DP: FP16_BYTES * reduced, PP: activations, WEIGHTS: layer, GRADIENTS: layer} | among,
        )
        fewest, best = curve["n_devices"][0], curve["tokens_per_s"][0] * curve["linear"][0] / curve["n_devices"][0]
        batch = self.global_batch if self.mode == "strong" else None
        published = points(plan.job.model, self._device(), plan.job.sequence_length, batch, self.zero == 3, best)
        published["speedup"] = published["efficiency"] * published["n_devices"] / fewest * curve["linear"][0]
        places = zip(published["n_devices"], published["settings"], strict=True)
        published["query"] = [self.query(n_devices=int(n), **(settings | {"dp": None})) for n, settings in places]
        published["otherwise"] = [_otherwise(plan.words(), settings) for settings in published.pop("settings")]
        trace.tables.update({"curve": Table.of("static", curve), "published": Table.of("static", published)})
        return Run(self.scene, self.values(), self.title(), figures, trace, self._verdict(figures, int(fewest)))

    def title(self) -> Message:
        """Return how many devices train."""
        name = "scaling_title" if self.n_devices > 1 else "scaling_title_alone"
        return message(name, devices=self._devices(self.n_devices))

    def _verdict(self, figures, fewest):
        """Return how many times as fast the devices are as the fewest; None where they are the fewest."""
        if fewest == self.n_devices:
            return None
        return message(
            "verdict_scaling",
            devices=self._devices(self.n_devices),
            fewest=self._devices(fewest),
            times=Quantity(figures["speedup"].value, "", FIGURE),
            share=Quantity(figures["efficiency"].value, "share"),
        )

    def automatic(self, name: str) -> object:
        """Return the usual device of a kind of cluster, its nodes and software, the model's own shape and sequence."""
        if name in SHAPE:
            return getattr(self._model(), name)
        if name == "gpus_per_node":
            return clusters()[self._device()].gpus_per_node
        if name == "precision":
            known = self._software() in programs("gpu")
            return program(self._software())["precision"] if known else None
        found = {"device": self._device, "software": self._software, "sequence_length": self._sequence_length}
        return found[name]() if name in found else None

    def nearest_in_time(self, year: int) -> str | None:
        """Return the device of this kind of cluster that came out nearest to a year; None, auto, if no other is nearer.

        Parameters
        ----------
        year : int
            Of another device.
        """
        usual = self._device()
        offered = [usual, *filter(None, self.fields()["device"].objects)]
        kind = [each for each in offered if machine_of(each).family == machine_of(usual).family]
        found = min(kind, key=lambda each: abs(machine_of(each).year - year))  # of those as near, the first
        return None if found == usual else found

    def _devices(self, n):
        return Quantity(n, "GPU" if self.cluster == "gpu" else "wafer")

    def _model(self):
        given = {name: getattr(self, name) for name in SHAPE if getattr(self, name) is not None}
        return reshaped(models()[self.model], **given)

    def _sequence_length(self):
        return self.sequence_length or models()[self.model].sequence_length

    def _device(self):
        return self.device or ("a100_80" if self.cluster == "gpu" else "cs2")

    def _software(self):
        return self.software or program_of(self._device(), self.era)

    def _most_devices(self):
        largest = clusters()[self._device()].figures.get("largest")
        return int(largest.value) if largest else MAX_DEVICES

    def _plan(self, n_devices, global_batch, micro_batch, dp):
        job = Job(self._model(), self._sequence_length(), global_batch, self.imbalance)
        device, software = self._device(), self._software()
        if software is None:
            first = next(year for year in ERAS if program_of(device, year))
            raise ScenarioError(message("scaling_era", first=str(first), device=device, got=str(self.era)))
        try:
            if self.cluster == "cs":
                wafers = Wafers(machine_of(device).name, n_devices, software, self.sparsity)
                return plan_wafers(job, wafers, micro_batch)
            wishes = {"tp": self.tp, "pp": self.pp, "dp": dp, "micro_batch": micro_batch, "zero": self.zero}
            wishes |= {"recompute": self.recompute, "interleave": self.interleave, "overlap": self.overlap}
            wishes |= {"cp": self.cp, "ep": self.ep}
            return plan_gpus(job, device, software, n_devices, self.gpus_per_node, wishes, self.precision)
        except DoesNotFit as error:
            raise ScenarioError(error.said) from error

    def _curve_plan(self, n_devices):
        """Return the plan of a point of the curve, None where the work cannot be divided or held."""
        batch = self._batch_at(n_devices)
        if batch > MAX_BATCH:
            return None
        micro_batch = self.micro_batch
        if self.cluster == "gpu" and micro_batch is not None:
            # More replicas than micro-batches: a replica takes less at once.
            replicas = max(1, n_devices // ((self.tp or 1) * (self.pp or 1) * (self.cp or 1)))
            micro_batch = min(micro_batch, -(-batch // replicas)) if self.tp and self.pp else micro_batch
        elif self.cluster == "cs" and micro_batch is not None:
            micro_batch = min(micro_batch, -(-batch // n_devices))
        try:
            return self._plan(n_devices, batch, micro_batch, None) if batch else None
        except ScenarioError:
            return None

    def _curve(self, own, step, progress):
        """Return the columns of the curve: this scenario on half, twice … as many devices; `step` is of plan `own`."""
        plans = {}
        for n in self._smaller():
            if len(plans) == CURVE_POINTS or not (plan := self._curve_plan(n)):
                break  # fewer can hold or divide the work no better
            plans[n] = plan
        larger = self.n_devices * 2
        while larger <= self._most_devices() and len(plans) < CURVE_POINTS:
            if plan := self._curve_plan(larger):
                plans[larger] = plan
            larger *= 2
        steps, rates = {}, {}
        for i, (n, plan) in enumerate(sorted(plans.items())):
            steps[n] = (step if plan == own else plan.step(self.seed)).step_s
            rates[n] = plan.job.global_batch * plan.job.sequence_length / steps[n]
            progress(0.2 + 0.8 * (i + 1) / len(plans))
        # Few devices may be cramped: the curve begins with the fewest that do nearly as much each as any.
        best = max(rate / n for n, rate in rates.items())
        first = min(n for n, rate in rates.items() if rate / n >= FIRST_SHARE * best or n == self.n_devices)
        shown = [n for n in sorted(plans) if n >= first]
        n_devices, seconds, rate = (np.array([of(n) for n in shown]) for of in (float, steps.get, rates.get))
        flop = flop_per_token(own.job.model, own.job.sequence_length)
        return {
            "n_devices": n_devices,
            "step_time": seconds,
            "tokens_per_s": rate,
            "speedup": rate / rate[0],
            # On the line, every device does as much as those of the best point.
            "linear": best * n_devices / rate[0],
            "efficiency": rate / n_devices / best,
            "mfu": flop * rate / (n_devices * own.peak_flop_per_s),
            "query": [self._query_at(plans[n]) for n in shown],
            "layout": [json.dumps(plans[n].words()) for n in shown],
        }

    def _smaller(self):
        """Yield the devices of this scenario and half as many, again and again; with wafers one too."""
        n = self.n_devices
        while n % 2 == 0:
            yield n
            n //= 2
        yield n
        if n > 1 and self.cluster == "cs":
            yield 1

    def _batch_at(self, n_devices):
        """Return the batch that is asked for on so many devices."""
        return self.global_batch if self.mode == "strong" else round(self.global_batch * n_devices / self.n_devices)

    def _query_at(self, plan):
        """Return the query of the scenario at a point of the curve."""
        micro_batch = None if self.micro_batch is None else plan.micro_batch
        batch = self._batch_at(plan.n_devices)
        return self.query(n_devices=plan.n_devices, global_batch=batch, dp=None, micro_batch=micro_batch)

    def _batch_figure(self, plan):
        """Return the batch that is trained, if it is not the one that is asked for."""
        if plan.job.global_batch == self.global_batch:
            return {}
        source = message("figure_scaling_batch.source", asked=Quantity(self.global_batch, "sequence"))
        return {"batch": Figure(plan.job.global_batch, "sequence", message("figure_scaling_batch"), source)}

    def _figures(self, plan, step, curve):
        tokens = plan.job.global_batch * plan.job.sequence_length
        flop = flop_per_token(plan.job.model, plan.job.sequence_length) * tokens
        rate = flop / step.step_s / plan.n_devices
        at = list(curve["n_devices"]).index(plan.n_devices)
        shares, layout = step.accounts, plan.layout
        found: dict[str, tuple] = {
            "step_time": (step.step_s, "s"),
            "tokens_per_s": (tokens / step.step_s, "token/s"),
            "samples_per_s": (plan.job.global_batch / step.step_s, "sample/s"),
            "speedup": (float(curve["speedup"][at]), ""),
            "efficiency": (float(curve["efficiency"][at]), "share"),
            "mfu": (rate / plan.peak_flop_per_s, "share"),
            "flop_per_s_per_device": (rate, "FLOP/s"),
            "compute_share": (shares.compute, "share"),
            "bubble_share": (shares.bubble, "share"),
            "exposed_communication_share": (shares.exposed, "share"),
            "memory_per_device": (plan.memory_bytes(), "B"),
            "parameters": (parameters(plan.job.model, plan.job.sequence_length), ""),
            "layout": (f"{layout.tp} × {layout.pp} × {layout.dp}" if layout else f"num_csx={plan.n_devices}", ""),
            "micro_batch": (plan.micro_batch, "sequence"),
            "memory_saving": (plan.memory_saving(), ""),
        }
        model = plan.job.model
        if model.experts:
            found["active_parameters"] = active_parameters(model, plan.job.sequence_length), ""
        if layout:
            divided = {"expert_parallel": layout.ep, "context_parallel": layout.cp}
            found |= {name: (ranks, "rank") for name, ranks in divided.items() if ranks > 1}
            if layout.ep > 1:
                found["expert_exchange"] = gpu.routed_bytes(plan.job, layout), "B"
        elif model.experts:
            found["streamed"] = wafer.streamed_bytes(plan.job, plan.wafers, plan.micro_batch), "B"
        fewest = self._devices(int(curve["n_devices"][0]))
        sources = {"speedup": message("figure_scaling_speedup.source", fewest=fewest)}
        if layout:
            held = held_back(plan.job, layout, plan.cluster, step.step_s, self.seed)
            found |= {f"held_back_{effect}": (share, "share") for effect, share in held.items() if share >= LEAST_SHARE}
        else:
            sources |= {name: message(f"figure_scaling_{name}.wafers") for name in ("layout", "memory_per_device")}
        figures = {
            name: Figure(value, unit, message(key), sources.get(name, message(f"{key}.source")))
            for name, (value, unit) in found.items()
            for key in [f"figure_scaling_{name}"]
        }
        figures |= self._batch_figure(plan)
        if scaled := table("planner").get(f"error_{machine_of(self._device()).name}"):
            off, row = 1.0 + scaled["step"].value, Quantity(scaled["row"].value, scaled["row"].unit)
            for name in ("step_time", "tokens_per_s", "samples_per_s"):
                value = figures[name].value
                source = message("scaling_scaled", row=row)
                figures[name] = replace(figures[name], source=source, low=value / off, high=value * off)
        return figures


def _otherwise(layout, settings):
    """Whether a published run was set up otherwise than a layout, as far as it is known."""
    return any(layout[name] != settings[name] for name in SET_UP & settings.keys())
