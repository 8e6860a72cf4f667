"""The planner beside published trainings: what `waferscope check` prints.

Each row about a whole training has the interval that the planner gives. Rows about failures begin with the published
time of the steps, so that they do not inherit the error of the step. Argonne's rates are rows of the scaling scene.
"""

import math

from engine import transformer
from engine.cited import Cited, table
from engine.cluster import failures
from engine.cluster.gpu import Job
from engine.cluster.plan import plan_gpus, plan_wafers
from engine.cluster.planner import startup, training
from engine.cluster.planner.startup import Estimate
from engine.cluster.planner.training import DAY_S, Devices, Planned, Wishes
from engine.cluster.wafer import Wafers
from engine.models import models
from engine.published import Comparison

MOST_WAFERS = 64
A100 = "a100_80"
NOT_COMPARED = "GSK's epigenomes on a CS system: no time or rate of this training is in a source that we could read."
LLAMA_GPUS = (256, 2048)


def comparisons() -> list[Comparison]:
    """Return every published training beside the planner's."""
    facts = table("published_trainings")
    return [
        *_from_scratch_on_gpus(facts),
        *_from_scratch_on_wafers(facts),
        *_with_failures(facts),
        *_start_up(facts),
    ]


def gpu_work_s(tokens: float, model: str, n_devices: int, global_batch: int, device: str, software: str, **wishes):
    """Return how long whole steps on GPUs take [s], with the fastest layout that keeps to the wishes."""
    plan = plan_gpus(_job(model, global_batch), device, software, n_devices, None, wishes)
    return plan.n_steps(tokens) * plan.step(0).step_s


def wafer_work_s(tokens: float, model: str, n_systems: int, global_batch: int, release: str) -> float:
    """Return how long whole steps on CS-2 systems take [s]."""
    plan = plan_wafers(_job(model, global_batch), Wafers("wse2", n_systems, release))
    return plan.n_steps(tokens) * plan.step(0).step_s


def _job(model, global_batch):
    return Job(models()[model], models()[model].sequence_length, global_batch)


def wafers_needed(model: str, tokens: float, share: int, release: str, most_days: float) -> Planned:
    """Return the training on the fewest CS-2 that finish in time, with `share` sequences of the batch each.

    Start-up, checkpoints and failures are included.

    Examples
    --------
    >>> wafers_needed("cerebras-gpt-1.3b", 26.3e9, 132, "2.3", 0.5).devices.n
    4
    """
    for n in range(1, MOST_WAFERS + 1):
        planned = _wafer_plan(model, n, tokens, share * n, release)
        if planned.days <= most_days:
            return planned
    raise ValueError(f"{model} must finish on at most {MOST_WAFERS} CS-2 within {most_days} days")


def _wafer_plan(model, n, tokens, global_batch, release, wishes=Wishes()):  # noqa: B008 - frozen
    shape = models()[model]
    work_s = wafer_work_s(tokens, model, n, global_batch, release)
    size = transformer.parameters(shape, shape.sequence_length)
    return training.plan(Devices(True, "wse2", n), work_s, size, shape.layers, wishes)


def _gpu_plan(model, n_devices, tokens, global_batch, device, software):
    shape = models()[model]
    work_s = gpu_work_s(tokens, model, n_devices, global_batch, device, software)
    size = transformer.parameters(shape, shape.sequence_length)
    return training.plan(Devices(False, device, n_devices), work_s, size, shape.layers)


def _row(set_name, row, published: Cited, engine, used="test", interval: Estimate | None = None, times=1.0):
    ends = (interval.low * times, interval.high * times) if interval else (None, None)
    return Comparison(
        set_name, row, published.value, engine, published.unit, published.kind, published.source, used, *ends
    )


def _of_steps(days):
    """Return days of steps with the error of the step alone."""
    off = 1 + table("planner")["error_gpu"]["step"].value
    return Estimate(days, days / off, days * off)


def _spread(planned):
    return training.spread(planned, failures.futures(planned.training, training.N_FUTURES, 0))


def _from_scratch_on_gpus(facts):
    name = "Days of steps, GPUs"
    for label, fact, batch in (
        ("GPT-3 175B", facts["megatron_175b"]["days"], 1536),
        ("OPT-175B", facts["opt_175b"]["step_days"], 1024),
    ):
        days = gpu_work_s(300e9, "gpt3-175b", 1024, batch, A100, "megatron", tp=8, recompute="full") / DAY_S
        yield _row(name, f"{label}, 300B tokens, 1,024 A100", fact, days, interval=_of_steps(days))
    for size, tokens in (("7b", 1e12), ("13b", 1e12), ("33b", 1.4e12), ("65b", 1.4e12)):
        # Only for 65B is the number of GPUs printed: the others are taken to have had as many, or fewer.
        found = []
        counts = LLAMA_GPUS[-1:] if size == "65b" else LLAMA_GPUS
        for n in counts:
            planned = _gpu_plan(f"llama-{size}", n, tokens, 2048, A100, "flash")
            days = _spread(planned).days
            found.append([planned.device_hours(each) for each in (days.value, days.low, days.high)])
        hours, low, high = zip(*found, strict=True)
        label = f"Llama {size.upper()}, {tokens / 1e12:g}T tokens, {' to '.join(f'{n:,}' for n in counts)} A100"
        interval = Estimate(hours[-1], min(low), max(high))
        yield _row("Device-hours", label, facts[f"llama_{size}"]["gpu_hours"], hours[-1], interval=interval)


def _from_scratch_on_wafers(facts):
    name = "Days from scratch, the fewest CS-2 that keep the promise"
    for model, label, tokens, share, key in (
        ("cerebras-gpt-1.3b", "1.3B, 26.3B tokens", 26.3e9, 132, "gpt_1_3b"),
        ("neox-20b", "20B, 400B tokens", 400e9, 192, "gpt_20b"),
    ):
        for release in ("1.7", "2.3"):
            fact = facts[key]["days"]
            planned = wafers_needed(model, tokens, share, release, fact.value)
            row = f"{label}, {planned.devices.n} CS-2, release {release}"
            yield _row(name, row, fact, planned.days, interval=_spread(planned).days)
    for release in ("1.7", "2.3"):
        fact = facts["gpt_6b"]["hours"]
        planned = wafers_needed("gpt-j", 10e9, 120, release, fact.value / 24)
        yield _row(
            "Hours, the fewest CS-2 that keep the promise",
            f"6B, 10B tokens, {planned.devices.n} CS-2, release {release}",
            fact, 24 * planned.days, interval=_spread(planned).days, times=24,
        )  # fmt: skip


def _with_failures(facts):
    name, planner = "Failures", table("planner")
    opt = facts["opt_175b"]
    wishes = Wishes(mtbf_hours=planner["failures_gpu"]["mtbf_opt"].value, recovery="by_hand")
    plan = training.plan(Devices(False, A100, 1024), opt["step_days"].value * DAY_S, 175e9, 96, wishes)
    found = _spread(plan)
    yield _row(name, "OPT-175B: days, from 33 ideal ones", opt["days"], plan.days, interval=found.days)
    restarts = found.interruptions
    yield _row(name, "OPT-175B: restarts", opt["restarts"], restarts.value, interval=restarts)
    bloom = facts["bloom_176b"]
    work_s = math.ceil(bloom["tokens"].value / 2048**2) * bloom["step"].value
    mtbf = planner["failures_gpu"]["mtbf_bloom"].value
    wishes = Wishes(mtbf, bloom["checkpoint_hours"].value, "by_hand")
    plan = training.plan(Devices(False, A100, 384), work_s, 176.2e9, 70, wishes)
    yield _row(
        name, "BLOOM-176B: GPU-hours, from its step", bloom["gpu_hours"], plan.device_hours(plan.days),
        interval=_spread(plan).days, times=plan.device_hours(1.0),
    )  # fmt: skip
    a_week = 7 * 24 * 384 / Devices(False, A100, 384).mtbf.value
    yield _row(name, "BLOOM-176B: GPU failures a week, at the rate of Llama 3", bloom["gpu_failures_a_week"], a_week)
    llama = facts["llama3_405b"]
    plan = training.plan(
        Devices(False, "h100", 16384), llama["days"].value * llama["goodput"].value * DAY_S, 405e9, 126
    )
    found, share = _spread(plan), llama["days"].value / plan.days
    yield _row(
        name, "Llama 3 405B: interruptions in 54 days", llama["interruptions"], found.interruptions.value * share,
        "calibrate", found.interruptions, share,
    )  # fmt: skip
    yield _row(name, "Llama 3 405B: goodput (published: above)", llama["goodput"], plan.goodput)


def _start_up(facts):
    resumed = _wafer_plan("gpt-j", 2, 640_000 * 2048, 64, "2.3", Wishes(resumed=True))
    job = facts["gptj_job"]
    name, first = "A job on two CS-2", resumed.first_step
    yield _row(name, "GPT-J: launch to first step", job["first_step"], first.value / 60, interval=first, times=1 / 60)
    yield _row(
        name, "GPT-J: launch to end", job["minutes"], resumed.days * 24 * 60,
        interval=_spread(resumed).days, times=24 * 60,
    )  # fmt: skip
    lines = {
        "initialisation": lambda row: startup.initialisation(int(row["n_devices"])),
        "compile": lambda row: startup.compilation(int(row["layers"])),
        "weights": lambda row: startup.programming(float(row["parameters"])),
        "checkpoint": lambda row: startup.wafer_checkpoint(float(row["parameters"])),
    }
    for row in startup.rows("startup"):
        if row["what"] in lines:
            minutes = lines[row["what"]](row).value / 60
            where = f"{row['run']}, {int(row['n_devices']):,} device{'s' if row['n_devices'] != '1' else ''}"
            yield Comparison(
                f"Start-up: {row['what']}",
                where,
                float(row["minutes"]),
                minutes,
                "min",
                row["kind"],
                row["source"],
                "calibrate",
            )
