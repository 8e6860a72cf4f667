"""The inference scene: a model writes for its users, on wafers and on GPUs, on one clock."""

from dataclasses import replace
from functools import lru_cache
from typing import ClassVar

import param

from engine.inference import recording
from engine.inference.published import published
from engine.inference.recording import System
from engine.inference.serving import PRECISIONS, Demand, most_users, serve, served_models
from engine.language import Message, Quantity, message
from engine.machines import machines, offered
from engine.quantities import FIGURE
from engine.run import Figure, Run
from engine.scenarios.scenario import Progress, Scenario, ScenarioError

MOST_WAFERS = 64
MILLION = 1e6
HOUR_S = 3600.0
PROMPTS = range(4, 18)  # of the chart, as powers of two
USUAL = {"wafer": "h100", "gpu": "wse3"}  # what stands beside a family


class InferenceScenario(Scenario):
    """Which model writes on which machines, how long its texts are, and for how many users."""

    scene = "inference"
    part = "engine.inference"
    essential = ("model", "machine", "other", "users", "prompt_tokens", "output_tokens")
    machine_menus: ClassVar[dict[str, str]] = {"machine": "inference", "other": "inference"}
    presets: ClassVar[dict[str, dict]] = {
        "one_user": {},
        "many_users": {"users": 64},
        "gpu_wins": {"machine": "h100", "n_machines": 8, "users": 512},
        "large": {"model": "llama-405b", "precision": "fp8", "other": "b200"},
        "experts": {"model": "gpt-oss-120b", "precision": "fp4", "other": "b200"},
        "draft": {"model": "llama3-70b", "speculation": 3.0},
    }

    model = param.Selector(default="llama3-8b", objects=list(served_models()))

    machine = param.Selector(default="wse3", objects=list(offered("inference")))

    n_machines = param.Integer(None, allow_None=True, bounds=(1, MOST_WAFERS))

    other = param.Selector(default=None, objects=list(offered("inference")), allow_None=True)

    users = param.Integer(1, bounds=(1, 2**16))

    prompt_tokens = param.Integer(1000, bounds=(1, 2**17), doc="[tokens]")

    output_tokens = param.Integer(1000, bounds=(1, 2**17), doc="[tokens]")

    precision = param.Selector(default="fp16", objects=list(PRECISIONS))

    speculation = param.Number(1.0, bounds=(1.0, 16.0), doc="[tokens]")

    def demand(self) -> Demand:
        """Return what is asked for."""
        return Demand(
            served_models()[self.model], self.prompt_tokens, self.output_tokens, self.users, self.precision,
            self.speculation,
        )  # fmt: skip

    def beside(self) -> str:
        """Return the machine that stands beside that of the scenario."""
        return self.other or USUAL[machines()[self.machine].family]

    def automatic(self, name: str) -> object:
        """Return how many machines hold the model and its users, and what stands beside them."""
        if name == "n_machines":
            return fewest(self.machine, self.demand())
        return self.beside() if name == "other" else None

    def check(self) -> None:
        """Refuse more GPUs than a node has, and users that do not fit."""
        machine, demand = machines()[self.machine], self.demand()
        n = self.n_machines
        if n and machine.family == "gpu" and n > _most(self.machine):
            most = Quantity(_most(self.machine), machine.device)
            raise ScenarioError(message("inference_one_node", most=most, got=n))
        if n is None and fewest(self.machine, demand):
            return
        n = n or _most(self.machine)
        fit, devices = most_users(self.machine, n, demand), Quantity(n, machine.device, 12)
        if fit == 0:
            raise ScenarioError(message("inference_does_not_fit", model=demand.model.label, devices=devices))
        if self.users > fit:
            raise ScenarioError(message("inference_users_at_most", most=fit, devices=devices, got=self.users))

    def title(self) -> Message:
        """Return what writes for how many users."""
        return message("inference_title", model=served_models()[self.model].label, users=self.users)

    def simulate(self, progress: Progress = lambda share: None) -> Run:
        """Serve the users on the machines, and on those beside them."""
        self.check()
        demand = self.demand()
        asked = [(self.machine, self.n_machines)]
        if self.beside() != self.machine:
            asked.append((self.beside(), None))
        systems = []
        for name, given in asked:
            n = given or fewest(name, demand)
            if n:
                systems.append(_system(name, n, demand))
            progress(len(systems) / 3)
        figures = {}
        for i, system in enumerate(systems):
            prefix = "other_" if i else ""
            figures |= {f"{prefix}{name}": figure for name, figure in self._figures(system).items()}
        run = Run(
            self.scene, self.values(), self.title(), figures, recording.record(systems), _verdict(systems, figures)
        )
        progress(1.0)
        return run

    def _figures(self, system):
        served, found = system.served, {}

        def add(name, value, unit):
            text = f"figure_inference_{name}"
            found[name] = Figure(value, unit, message(text, devices=system.devices), message(f"{text}.source"))

        add("tokens_per_s_per_user", served.tokens_per_s_per_user, "token/s")
        rate = published(system.name, system.n, self.model, self.precision, self.users)
        if rate and self.speculation == 1:
            label = message("figure_inference_published", devices=system.devices)
            found["published"] = Figure(rate.value, rate.unit, label, rate.source, rate.kind)
        add("tokens_per_s", served.tokens_per_s, "token/s")
        add("bandwidth_share", served.bandwidth_share, "share")
        add("token_time", served.pass_s, "s")
        add("first_token_time", served.first_token_s, "s")
        add("prefill_tokens_per_s", served.prefill_tokens_per_s, "token/s")
        add("most_users", most_users(system.name, system.n, self.demand()), "")
        if cost := _cost(system):
            add("cost", cost, "USD")
        return found


def _most(name):
    """Return the most machines that serve one model together."""
    machine = machines()[name]
    return MOST_WAFERS if machine.family == "wafer" else min(MOST_WAFERS, machine.clusters[0].gpus_per_node)


@lru_cache(maxsize=1024)
def fewest(name: str, demand: Demand) -> int | None:
    """Return the fewest machines that hold a model and its users, GPUs in powers of two; None where too few exist."""
    counts = range(1, MOST_WAFERS + 1) if machines()[name].family == "wafer" else [2**k for k in range(7)]
    return next((n for n in counts if n <= _most(name) and serve(name, n, demand)), None)


def _system(name, n, demand):
    machine, most = machines()[name], most_users(name, n, demand)
    counts = sorted({min(most, 2**k) for k in range(most.bit_length() + 1)})
    users = [replace(demand, users=count) for count in counts]
    prompts = [replace(demand, users=1, prompt_tokens=2**k) for k in PROMPTS]
    asked = [[served for each in some if (served := serve(name, n, each))] for some in (users, prompts)]
    return System(name, machine.label, machine.family, machine.device, n, serve(name, n, demand), *asked)


def _cost(system):
    """Return what a million tokens cost of the hardware [USD], None where its price is not known."""
    price = machines()[system.name].figures.get("device_hour")
    return price and system.n * price.value / HOUR_S / system.served.tokens_per_s * MILLION


def _verdict(systems, figures):
    """Say who writes faster, and which share of its bandwidth each uses."""

    def said(system, prefix=""):
        return {
            f"{prefix}devices": system.devices,
            f"{prefix}rate": Quantity(system.served.tokens_per_s_per_user, "token/s", FIGURE),
            f"{prefix}share": Quantity(system.served.bandwidth_share, "share"),
        }

    first, *rest = sorted(systems, key=lambda system: -system.served.tokens_per_s_per_user)
    if not rest:
        return message("verdict_inference_alone", **said(first))
    times = first.served.tokens_per_s_per_user / rest[0].served.tokens_per_s_per_user
    return message("verdict_inference", times=times, **said(first), **said(rest[0], "other_"))
