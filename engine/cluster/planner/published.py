"""The planner beside published trainings: what `waferscope check` prints.

Rows about failures begin with the published time of the steps, so that they do not inherit the error of the step. No
figure of GlaxoSmithKline's training is in a document we could read; Argonne's rates are rows of the scaling scene.
"""

from engine import transformer
from engine.cited import Cited, table
from engine.cluster import failures
from engine.cluster.gpu import Job
from engine.cluster.plan import plan_gpus, plan_wafers
from engine.cluster.planner import startup, training
from engine.cluster.planner.training import DAY_S, HOUR_S, Devices, Wishes
from engine.cluster.wafer import Wafers
from engine.models import models
from engine.published import Comparison

MOST_WAFERS = 64
A100 = "a100_80"


def comparisons() -> list[Comparison]:
    """Return every published training beside the planner's."""
    facts = table("published_trainings")
    return [
        *_from_scratch_on_gpus(facts),
        *_from_scratch_on_wafers(facts),
        *_with_failures(facts),
        *_start_up(facts),
    ]


def gpu_rate(model: str, n_devices: int, global_batch: int, device: str, software: str, **wishes) -> float:
    """Return tokens per second of a named model on GPUs, with the fastest layout that keeps to the wishes."""
    plan = plan_gpus(_job(model, global_batch), device, software, n_devices, None, {"interleave": 1} | wishes)
    return plan.job.global_batch * plan.job.sequence_length / plan.step(0).step_s


def wafer_rate(model: str, n_systems: int, global_batch: int, release: str) -> float:
    """Return tokens per second of a named model on CS-2 systems."""
    plan = plan_wafers(_job(model, global_batch), Wafers("wse2", n_systems, release))
    return plan.job.global_batch * plan.job.sequence_length / plan.step(0).step_s


def _job(model, global_batch):
    return Job(models()[model], models()[model].sequence_length, global_batch)


def wafers_needed(model: str, tokens: float, share: int, release: str, most_days: float) -> tuple[int, float]:
    """Return the fewest CS-2 that finish in time, with `share` sequences of the batch each, and their days.

    Start-up, checkpoints and failures are included.

    Examples
    --------
    >>> wafers_needed("cerebras-gpt-1.3b", 26.3e9, 132, "2.3", 0.5)[0]
    4
    """
    for n in range(1, MOST_WAFERS + 1):
        days = _wafer_plan(model, n, tokens, share * n, release).days
        if days <= most_days:
            return n, days
    raise ValueError(f"{model} must finish on at most {MOST_WAFERS} CS-2 within {most_days} days")


def _wafer_plan(model, n, tokens, global_batch, release, wishes=Wishes()):  # noqa: B008 - frozen
    shape = models()[model]
    work_s = tokens / wafer_rate(model, n, global_batch, release)
    size = transformer.parameters(shape, shape.sequence_length)
    return training.plan(Devices(True, "wse2", n), work_s, size, shape.layers, wishes)


def _row(set_name, row, published: Cited, engine, used="test"):
    return Comparison(set_name, row, published.value, engine, published.unit, published.kind, published.source, used)


def _from_scratch_on_gpus(facts):
    name = "Days of steps, GPUs"
    rate = gpu_rate("gpt3-175b", 1024, 1536, A100, "megatron", tp=8, recompute="full")
    yield _row(name, "GPT-3 175B, 300B tokens, 1,024 A100", facts["megatron_175b"]["days"], 300e9 / rate / DAY_S)
    rate = gpu_rate("gpt3-175b", 1024, 1024, A100, "megatron", tp=8, recompute="full")
    yield _row(name, "OPT-175B, 300B tokens, 1,024 A100", facts["opt_175b"]["step_days"], 300e9 / rate / DAY_S)
    # Only for 65B is the number of GPUs printed: taken for all.
    for size, tokens in (("7b", 1e12), ("13b", 1e12), ("33b", 1.4e12), ("65b", 1.4e12)):
        hours = 2048 * tokens / gpu_rate(f"llama-{size}", 2048, 2048, A100, "flash") / HOUR_S
        label = f"Llama {size.upper()}, {tokens / 1e12:g}T tokens, 2,048 A100"
        yield _row("Device-hours of steps", label, facts[f"llama_{size}"]["gpu_hours"], hours)


def _from_scratch_on_wafers(facts):
    name = "Days from scratch, the fewest CS-2 that keep the promise"
    for model, label, tokens, share, key in (
        ("cerebras-gpt-1.3b", "1.3B, 26.3B tokens", 26.3e9, 132, "gpt_1_3b"),
        ("neox-20b", "20B, 400B tokens", 400e9, 192, "gpt_20b"),
    ):
        for release in ("1.7", "2.3"):
            fact = facts[key]["days"]
            n, days = wafers_needed(model, tokens, share, release, fact.value)
            yield _row(name, f"{label}, {n} CS-2, release {release}", fact, days)
    for release in ("1.7", "2.3"):
        fact = facts["gpt_6b"]["hours"]
        n, days = wafers_needed("gpt-j", 10e9, 120, release, fact.value / 24)
        yield _row(
            "Hours, the fewest CS-2 that keep the promise",
            f"6B, 10B tokens, {n} CS-2, release {release}",
            fact,
            24 * days,
        )


def _with_failures(facts):
    name, planner = "Failures", table("planner")
    opt = facts["opt_175b"]
    wishes = Wishes(mtbf_hours=planner["failures_gpu"]["mtbf_opt"].value, recovery="by_hand")
    plan = training.plan(Devices(False, A100, 1024), opt["step_days"].value * DAY_S, 175e9, 96, wishes)
    yield _row(name, "OPT-175B: days, from 33 ideal ones", opt["days"], plan.days)
    yield _row(name, "OPT-175B: restarts", opt["restarts"], failures.expected_interruptions(plan.training))
    bloom = facts["bloom_176b"]
    work_s = bloom["tokens"].value / 2048**2 * bloom["step"].value
    mtbf = planner["failures_gpu"]["mtbf_bloom"].value
    wishes = Wishes(mtbf, bloom["checkpoint_hours"].value, "by_hand")
    plan = training.plan(Devices(False, A100, 384), work_s, 176.2e9, 70, wishes)
    yield _row(name, "BLOOM-176B: GPU-hours, from its step", bloom["gpu_hours"], plan.device_hours(plan.days))
    a_week = 7 * 24 * 384 / Devices(False, A100, 384).mtbf.value
    yield _row(name, "BLOOM-176B: GPU failures a week, at the rate of Llama 3", bloom["gpu_failures_a_week"], a_week)
    llama = facts["llama3_405b"]
    plan = training.plan(
        Devices(False, "h100", 16384), llama["days"].value * llama["goodput"].value * DAY_S, 405e9, 126
    )
    found = failures.expected_interruptions(plan.training) * llama["days"].value / plan.days
    yield _row(name, "Llama 3 405B: interruptions in 54 days", llama["interruptions"], found, "calibrate")
    yield _row(name, "Llama 3 405B: goodput (published: above)", llama["goodput"], plan.goodput)


def _start_up(facts):
    resumed = _wafer_plan("gpt-j", 2, 640_000 * 2048, 64, "2.3", Wishes(resumed=True))
    job = facts["gptj_job"]
    yield _row("A job on two CS-2", "GPT-J: launch to first step", job["first_step"], resumed.first_step.value / 60)
    yield _row("A job on two CS-2", "GPT-J: launch to end", job["minutes"], resumed.days * 24 * 60)
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
