"""The figures of a plan: days, failures, cost, energy and the first step, each with its interval."""

from dataclasses import asdict

from engine.cited import table
from engine.cluster.plan import Plan
from engine.cluster.planner import training
from engine.cluster.planner.recording import Lane
from engine.cluster.planner.startup import Estimate
from engine.cluster.planner.training import DAY_S, HOUR_S, Wishes
from engine.run import Figure
from engine.transformer import flop_per_token, parameters

MWH_J = 3.6e9
BAND = "5 and 95 % of 200 seeded futures, and what nine of ten steps of new runs are off, as `waferscope check` shows"
MEAN = "closed form of the mean: steps, checkpoints, failures"
# What has to be chosen besides model, batch and tokens.
DECISIONS = {
    "gpu": ("tp", "pp", "dp", "micro_batch", "interleave", "zero", "recompute", "overlap"),
    "cs": ("num_csx",),
}
CHECKPOINT_RULES = {
    "gpu": "bytes a parameter, and bytes a second of each GPU, as BLOOM's",
    "cs": "a line through timings of models up to 6B; larger ones write in parts",
}


def figures(lane: Lane, plan: Plan, tokens: float, tokens_per_s: float, wishes: Wishes, price: float | None) -> dict:
    """Return the figures of a training by name, the most telling first.

    Parameters
    ----------
    lane : Lane
        The training with its futures.
    plan : Plan
        Of its step.
    tokens, tokens_per_s : float
        What is trained on [token], and how fast [token/s].
    wishes : Wishes
        What is given about failures.
    price : float or None
        Price of a device where it is given [USD/h].

    Returns
    -------
    dict of str to Figure
        Those with an interval hold its ends, and are followed at the end by `NAME_low` and `NAME_high`.
    """
    devices, model, length = lane.planned.devices, plan.job.model, plan.job.sequence_length
    found = _estimates(lane, wishes, price)
    task = lane.planned.training
    found |= {
        "parameters": Figure(parameters(model, length), "", "parameters", "shape of the model"),
        "tokens": Figure(tokens, "token", "tokens", "given, 20 a parameter, or 2,000 steps of fine-tuning"),
        "undisturbed_days": Figure(task.undisturbed_s / DAY_S, "day", "if nothing failed", "steps and checkpoints"),
        "step_days": Figure(task.work_s / DAY_S, "day", "of steps", "tokens / tokens per second"),
        "tokens_per_s": Figure(tokens_per_s, "token/s", "tokens a second", "the simulated step"),
        "device_hours": Figure(
            lane.planned.device_hours(found["days"].value), "h", "device-hours", "devices × days"
        ),
        "training_flop": Figure(
            flop_per_token(model, length) * tokens, "FLOP", "to compute", "model FLOP of PaLM, appendix B"
        ),
        "memory_per_device": Figure(
            plan.memory_bytes(), "B", "memory a device", "model state, activations and reserve of the fullest device"
        ),
        "checkpoint_hours": Figure(
            task.interval_s / HOUR_S, "h", "between checkpoints",
            "given" if wishes.checkpoint_hours else "Young and Daly: what loses least time",
        ),
        "checkpoint_time": Figure(
            task.checkpoint_s, "s", "to write a checkpoint", CHECKPOINT_RULES[devices.family],
            low=lane.planned.checkpoint.low, high=lane.planned.checkpoint.high,
        ),
        "cluster_mtbf": Figure(task.mtbf_s / HOUR_S, "h", "between failures", "of a device, over the devices"),
        "decisions": Figure(
            len(DECISIONS[devices.family]), "", "numbers to choose", ", ".join(DECISIONS[devices.family])
        ),
        "lines_of_code": _cited(table("planner")[f"code_{devices.family}"]["lines"], "lines of code"),
    }  # fmt: skip
    for name, figure in list(found.items()):
        for end in ("low", "high"):
            if (value := getattr(figure, end)) is not None:
                found[f"{name}_{end}"] = Figure(value, figure.unit, f"{figure.label}, {end} end", figure.source)
    return found


def _estimates(lane, wishes, price):
    planned = lane.planned
    spread = training.spread(planned, lane.futures)
    devices = planned.devices
    mtbf = "given" if wishes.mtbf_hours else devices.mtbf.source
    rule = "given price" if price else devices.price.source
    hour = price or devices.price.value
    rows = {
        "days": (spread.days, "day", "from start to end", f"{MEAN}; ends: {BAND}"),
        "goodput": (spread.goodput, "share", "goodput", f"steps that count over elapsed time; ends: {BAND}"),
        "interruptions": (spread.interruptions, "", "interruptions", f"closed form; of a device: {mtbf}; ends: {BAND}"),
        "time_to_first_step": (
            _scaled(planned.first_step, 1 / 60), "min", "to the first step",
            "lines through published timings; ends: the shortest and the longest of them",
        ),
        "cost": (
            _scaled(spread.days, planned.device_hours(1.0) * hour), "USD", "cost",
            f"device-hours × price; {rule}; ends: {BAND}",
        ),
        "energy": (
            _scaled(spread.energy_j, 1 / MWH_J), "MWh", "energy",
            f"power over the days; low end: of the GPUs alone; ends: {BAND}",
        ),
    }  # fmt: skip
    return {
        name: Figure(estimate.value, unit, label, source, low=estimate.low, high=estimate.high)
        for name, (estimate, unit, label, source) in rows.items()
    }


def _scaled(estimate, factor):
    return Estimate(*(value * factor for value in asdict(estimate).values()))


def _cited(fact, label):
    return Figure(fact.value, fact.unit, label, fact.source, fact.kind)
