"""Columns of the planner's charts that need no other model: the frontier, the first step, and fine-tuning."""

from collections.abc import Sequence

from engine.cited import table
from engine.cluster.plan import Plan
from engine.cluster.planner.training import DAY_S, Planned
from engine.transformer import flop_per_token, parameters


def of_rows(rows: Sequence[dict]) -> dict[str, list]:
    """Return rows as columns, none for no row."""
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def frontier(points: Sequence[dict]) -> dict[str, list]:
    """Return plans as columns, with `best`: whether no other plan is both faster and cheaper."""
    rows = [
        point | {"best": not any(p["days"] < point["days"] and p["cost"] < point["cost"] for p in points)}
        for point in points
    ]
    return of_rows(rows)


def first_step(trainings: Sequence[Planned]) -> dict[str, list]:
    """Return what comes before the first step of some trainings: `cluster`, `phase`, `minutes`, `low` and `high`."""
    rows = [
        {
            "cluster": planned.devices.family,
            "phase": name,
            "minutes": estimate.value / 60,
            "low": estimate.low / 60,
            "high": estimate.high / 60,
        }
        for planned in trainings
        for name, estimate in planned.phases
    ]
    return of_rows(rows)


def fine_tune(plan: Plan, step_s: float) -> dict[str, list]:
    """Return what fine-tuning a model, training it, and training a larger one from scratch take on the same devices.

    Parameters
    ----------
    plan : Plan
        A step of the model.
    step_s : float
        Its length [s].

    Returns
    -------
    dict of str to list
        `what` ("fine_tuned", "from_scratch" or "larger"), `parameters`, `tokens` of whole steps, `flop` and `days` of
        steps. FLOP grow with parameters times tokens; the larger model is given this one's share of the peak.
    """
    facts, model, length = table("planner"), plan.job.model, plan.job.sequence_length
    size = parameters(model, length)
    ratio, larger = facts["chinchilla"]["tokens_per_parameter"].value, facts["fine_tune"]["larger"].value
    cases = (
        ("fine_tuned", size, facts["fine_tune"]["steps"].value),
        ("from_scratch", size, plan.n_steps(ratio * size)),
        ("larger", size * larger, plan.n_steps(ratio * size * larger)),
    )
    flop = flop_per_token(model, length)
    return of_rows(
        [
            {
                "what": what,
                "parameters": n,
                "tokens": n_steps * plan.tokens_a_step,
                "flop": flop * n_steps * plan.tokens_a_step * n / size,
                "days": n_steps * step_s * n / size / DAY_S,
            }
            for what, n, n_steps in cases
        ]
    )
