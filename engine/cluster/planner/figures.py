"""The figures of a plan: days, cost, energy, failures and the first step, each with its interval."""

from dataclasses import astuple

from engine.cited import table
from engine.cluster.plan import Plan
from engine.cluster.planner.recording import Lane
from engine.cluster.planner.startup import Estimate
from engine.cluster.planner.training import DAY_S, HOUR_S, Wishes
from engine.language import Quantity, message
from engine.run import Figure
from engine.transformer import flop_per_token, parameters

MWH_J = 3.6e9
# What has to be chosen besides model, batch and tokens.
DECISIONS = {
    "gpu": ("tp", "pp", "dp", "micro_batch", "interleave", "zero", "recompute", "overlap"),
    "cs": ("num_csx",),
}


def figures(lane: Lane, plan: Plan, n_steps: int, step_s: float, wishes: Wishes, price: float | None) -> dict:
    """Return the figures of a training by name, the most telling first.

    Parameters
    ----------
    lane : Lane
        The training with its futures.
    plan : Plan
        Of its step.
    n_steps, step_s : int, float
        Steps of the training, and the length of one [s].
    wishes : Wishes
        What is given about failures.
    price : float or None
        Price of a device where it is given [USD/h].

    Returns
    -------
    dict of str to Figure
        Those with an interval hold its ends.
    """
    planned, model, length = lane.planned, plan.job.model, plan.job.sequence_length
    spread, task, devices = lane.spread, planned.training, planned.devices
    decisions = DECISIONS[devices.family]
    tokens = n_steps * plan.tokens_a_step
    amounts: dict[str, tuple[Estimate | float, str]] = {
        "goodput": (spread.goodput, "share"),
        "interruptions": (spread.interruptions, ""),
        "time_to_first_step": (_scaled(planned.first_step, 1 / 60), "min"),
        "parameters": (parameters(model, length), ""),
        "tokens": (tokens, "token"),
        "undisturbed_days": (task.undisturbed_s / DAY_S, "day"),
        "step_days": (task.work_s / DAY_S, "day"),
        "tokens_per_s": (plan.tokens_a_step / step_s, "token/s"),
        "device_hours": (planned.device_hours(spread.days.value), "h"),
        "training_flop": (flop_per_token(model, length) * tokens, "FLOP"),
        "memory_per_device": (plan.memory_bytes(), "B"),
        "checkpoint_hours": (task.interval_s / HOUR_S, "h"),
        "checkpoint_time": (planned.checkpoint, "s"),
        "cluster_mtbf": (task.mtbf_s / HOUR_S, "h"),
        "decisions": (len(decisions), ""),
    }
    if devices.rent:
        amounts["rent"] = _scaled(spread.days, planned.device_hours(1.0) * devices.rent.value), "USD"
    given = message("planner_given")
    sources = {
        "interruptions": message(
            "figure_planner_interruptions.source", mtbf=given if wishes.mtbf_hours else devices.mtbf.source
        ),
        "checkpoint_time": message(f"figure_planner_checkpoint_time.{devices.family}"),
        "rent": devices.rent and message("figure_planner_rent.source", price=devices.rent.source),
        "decisions": ", ".join(decisions),
    }
    if devices.wafers:
        sources["memory_per_device"] = message("figure_planner_memory_per_device.wafers")
    if scaled := table("planner").get(f"error_{devices.machine}"):
        rate, off = plan.tokens_a_step / step_s, 1 + planned.step_error
        amounts["tokens_per_s"] = Estimate(rate, rate / off, rate * off), "token/s"
        sources["tokens_per_s"] = message("scaling_scaled", row=Quantity(scaled["row"].value, scaled["row"].unit))
    if wishes.checkpoint_hours:
        sources["checkpoint_hours"] = given
    found = spent(lane, price)
    for name, (amount, unit) in amounts.items():
        value, low, high = astuple(amount) if isinstance(amount, Estimate) else (amount, None, None)
        key = f"figure_planner_{name}"
        source = sources.get(name, message(f"{key}.source"))
        found[name] = Figure(value, unit, message(key), source, "modelled", low, high)
    return found


def spent(lane: Lane, price: float | None, *, other: bool = False) -> dict[str, Figure]:
    """Return the days, the cost and the energy of a training.

    Parameters
    ----------
    lane : Lane
        The training with its futures.
    price : float or None
        As of `figures`.
    other : bool
        Whether it is on the other kind of cluster: then its names begin with `other_`, and its labels name the devices.
    """
    devices, prefix = lane.planned.devices, "other_" if other else ""
    usd_a_day = lane.planned.device_hours(1.0) * (price or devices.price.value)
    asked_price = message("planner_given") if price else devices.price.source
    amounts = {
        "days": (lane.spread.days, "day", {}),
        "cost": (_scaled(lane.spread.days, usd_a_day), "USD", {"price": asked_price}),
        "energy": (_scaled(lane.spread.energy_j, 1 / MWH_J), "MWh", {"power": devices.drawn.source}),
    }
    named = {"devices": lane.devices} if other else {}
    return {
        f"{prefix}{name}": Figure(
            estimate.value, unit, message(f"figure_planner_{prefix}{name}", **named),
            message(f"figure_planner_{name}.source", **words), "modelled", estimate.low, estimate.high,
        )
        for name, (estimate, unit, words) in amounts.items()
    }  # fmt: skip


def with_ends(found: dict[str, Figure]) -> dict[str, Figure]:
    """Return figures, followed by the ends of their intervals as `NAME_low` and `NAME_high`."""
    ends = {
        f"{name}_{end}": Figure(value, figure.unit, message(f"planner_{end}_end", figure=figure.label), figure.source)
        for name, figure in found.items()
        for end in ("low", "high")
        if (value := getattr(figure, end)) is not None
    }
    return found | ends


def _scaled(estimate, factor):
    return Estimate(*(value * factor for value in astuple(estimate)))
