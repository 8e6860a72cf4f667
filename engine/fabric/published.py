"""The fabric beside published cycle counts and closed forms."""

import csv
from functools import cache

from engine.cited import DATA, table
from engine.fabric import model
from engine.fabric.programs.all_reduce import reduce_broadcast
from engine.fabric.programs.broadcast import multicast
from engine.fabric.programs.gemm import shifted, summa
from engine.fabric.programs.gemv import gemv
from engine.fabric.programs.reduce import reduce
from engine.fabric.programs.stencil import STEPS, stencil
from engine.fabric.programs.transpose import transpose
from engine.fabric.programs.weight_stream import weight_stream
from engine.fabric.simulate import Machine, simulate
from engine.published import Comparison


def machine(name: str = "wse2") -> Machine:
    """Return the constants of a wafer as `engine/data/machines.toml` has them."""
    facts = table("machines")[name]
    return Machine(**{key: int(facts[key].value) for key in Machine.__dataclass_fields__})


def reduce_counts() -> list[dict[str, str]]:
    """Return the rows of `engine/data/wafer_reduce_counts.csv`."""
    with (DATA / "wafer_reduce_counts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def comparisons() -> list[Comparison]:
    """Return every published count and closed form beside the simulation."""
    return [*_counts(), *_closed_forms(), *_steps(), *_all_reduce(), *_kernels(), *_gemv()]


def _counts():
    wafer = machine()
    for row in reduce_counts():
        n_pe, words, group = int(row["n_pe"]), int(row["words"]), int(row["group"])
        result = simulate(reduce(n_pe, 1, "two_phase", words, (group, 1), 0), wafer)
        algorithm = "chain" if group == n_pe else f"groups of {group}"
        yield Comparison(
            set_name="Reduce on 512 × 1 PEs, 4,096 words",
            row=algorithm,
            published=float(row["cycles"]),
            engine=result.cycles + wafer.task_startup,
            unit="cycle",
            kind=row["kind"],
            source=row["source"],
            used=row["used"],
        )


def _closed_forms():
    wafer = machine()
    ramp = wafer.ramp_latency
    rows = [
        ("broadcast, 64 × 1, 64 words", multicast(64, 1, 64, 0), model.broadcast(64, 63, ramp)),
        ("broadcast, 64 × 64, 64 words", multicast(64, 64, 64, 0), model.broadcast(64, 126, ramp)),
        ("broadcast, 512 × 1, 1 word", multicast(512, 1, 1, 0), model.broadcast(1, 511, ramp)),
        ("chain, 64 × 1, 64 words", reduce(64, 1, "chain", 64, (1, 1), 0), model.reduce("chain", 64, 64, 1, ramp)),
        ("chain, 512 × 1, 1 word", reduce(512, 1, "chain", 1, (1, 1), 0), model.reduce("chain", 1, 512, 1, ramp)),
        ("snake, 8 × 8, 16 words", reduce(8, 8, "snake", 16, (1, 1), 0), model.reduce("chain", 16, 64, 1, ramp)),
    ]
    for name, program, form in rows:
        yield Comparison(
            set_name="Closed forms, start-up not counted",
            row=name,
            published=float(form.cycles),
            engine=simulate(program, wafer).cycles,
            unit="cycle",
            kind="modelled",
            source="Luczynski et al., HPDC'24, arXiv:2404.15888 (through summaries)",
        )


def _steps():
    wafer = machine()
    chains = [simulate(reduce(n, 1, "chain", 16, (1, 1), 0), wafer).cycles for n in (20, 21)]
    casts = [simulate(multicast(n, 1, 16, 0), wafer).cycles for n in (20, 21)]
    for row, published, (shorter, longer) in (("hop of a chain", 6.0, chains), ("bypassed router", 1.0, casts)):
        yield Comparison(
            set_name="One PE more",
            row=row,
            published=published,
            engine=longer - shorter,
            unit="cycle",
            kind="measured",
            source="logs of the vendor simulator, github.com/pr0f3ss/SpMM_Cerebras",
        )


def _all_reduce():
    width, height = 602, 595
    wafer = machine("wse1")
    groups = tuple(round((size // 2 + 1) ** 0.5) for size in (width, height))
    result = simulate(reduce_broadcast(width, height, 1, groups, "centre", 0), wafer)
    yield Comparison(
        set_name="All-reduce of one word on 602 × 595 PEs of a CS-1",
        row="two phases to the centre, broadcast",
        published=1.1 * (width + height),
        engine=result.cycles + wafer.task_startup,
        unit="cycle",
        kind="measured",
        source="Rocki et al., SC20, arXiv:2010.03660 (as quoted): about 10 % above the diameter",
    )


def _kernels():
    wafer = machine()
    ramp, gap = wafer.ramp_latency, wafer.vector_gap
    chain, long_chain = model.reduce("chain", 16, 24, 1, ramp), model.reduce("chain", 14 * 8**2, 14, 1, ramp)
    rows = [
        (
            "gemv, chain, 24 × 14 PEs, tiles of 16",
            gemv(24, 14, "chain", 16, 1, 0),
            model.gemv(16, 14, chain, ramp, gap),
        ),
        (
            "weights, all of them, 24 × 14 PEs, tiles of 8",
            weight_stream(24, 14, "chain", 8, 1, 0.0, 0),
            model.weight_stream(8, 24, 14 * 8**2, long_chain, ramp, gap),
        ),
        (
            "weights, three in four zero, 24 × 14 PEs, tiles of 8",
            weight_stream(24, 14, "chain", 8, 1, 0.75, 0),
            model.weight_stream(8, 24, 0.25 * 14 * 8**2, long_chain, ramp, gap),
        ),
        ("summa, 16 × 16 PEs, tiles of 8", summa(16, 8, 0), model.gemm("summa", 8, 16, ramp, gap)),
        ("cannon, 16 × 16 PEs, tiles of 8", shifted(16, "cannon", 8, 0), model.gemm("cannon", 8, 16, ramp, gap)),
        ("mesh, 16 × 16 PEs, tiles of 8", shifted(16, "mesh", 8, 0), model.gemm("mesh", 8, 16, ramp, gap)),
        ("stencil, 30 × 20 PEs, 100 cells", stencil(30, 20, 100, 0), model.stencil(100, STEPS, ramp, gap)),
        ("stencil, 60 × 40 PEs, 100 cells", stencil(60, 40, 100, 0), model.stencil(100, STEPS, ramp, gap)),
        ("all-to-all in rows of 20, 64 words: bound", transpose(20, 2, 64, 0), model.transpose(64, 20, ramp)),
    ]
    for name, program, form in rows:
        yield Comparison(
            set_name="Kernels, start-up not counted",
            row=name,
            published=float(form.cycles),
            engine=simulate(program, wafer).cycles,
            unit="cycle",
            kind="modelled",
            source="closed forms of this project: work of a compute element, and the middle link of a row",
        )


def _gemv():
    """Compare with a measured time; a row and the way down a column are run by themselves, as all are alike."""
    wafer = machine()
    figure = table("wafer_kernels")["gemv_16k"]["cycles"]
    edge, side = 25, 660
    down = simulate(multicast(1, side, edge, 0), wafer).cycles
    row = simulate(gemv(side, 1, "two_phase", edge, 26, 0), wafer).cycles
    yield Comparison(
        set_name="Matrix of 16,384 × 16,384 times a vector",
        row=f"{side} × {side} PEs assumed; here fp32, a product a cycle; there fp16, up to 4",
        published=figure.value,
        engine=wafer.task_startup + down + wafer.vector_gap + row,
        unit=figure.unit,
        kind=figure.kind,
        source=figure.source,
    )
