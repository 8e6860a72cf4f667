"""The fabric beside published cycle counts and closed forms."""

import csv
from functools import cache
from math import sqrt

from engine.cited import DATA, table
from engine.fabric.defects import yields
from engine.fabric.machine.constants import Machine
from engine.fabric.programs import PROGRAMS, wave
from engine.fabric.simulation.simulate import simulate
from engine.machines import machines
from engine.published import Comparison


def machine(name: str = "wse2", dtype: str = "fp32") -> Machine:
    """Return the constants of a wafer of `engine.machines`."""
    return Machine.of(machines()[name].figures, dtype)


def _waferllm():
    """Return the constants of a WSE-2 on which the programs of WaferLLM run, as their authors count its memory."""
    return Machine.of(machines()["wse2"].figures | table("wafer_kernels")["waferllm"], "fp16")


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of `engine/data`."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def comparisons() -> list[Comparison]:
    """Return every published count and closed form beside the simulation."""
    return [
        *_counts(),
        *_closed_forms(),
        *_steps(),
        *_all_reduce(),
        *_kernels(),
        *_stencil(),
        *_gemm(),
        *_gemv(),
        *_yields(),
    ]


def _asked(program, algorithm, width, height, words, on=None, **own):
    """Return the recipe of a program, and what it is asked for."""
    recipe = PROGRAMS[program]
    return recipe, recipe.settings(on or machine(), algorithm, width, height, words, **own)


def _cycles(recipe, settings):
    return simulate(recipe.build(settings), settings.machine).cycles


def _counts():
    for row in rows_of("wafer_reduce_counts.csv"):
        n_pe, words, group = int(row["n_pe"]), int(row["words"]), int(row["group"])
        recipe, settings = _asked("reduce", "two_phase", n_pe, 1, words, group=group)
        algorithm = "chain" if group == n_pe else f"groups of {group}"
        yield Comparison(
            set_name="Reduce on 512 × 1 PEs, 4,096 words",
            row=algorithm,
            published=float(row["cycles"]),
            engine=_cycles(recipe, settings) + settings.machine.task_startup,
            unit="cycle",
            kind=row["kind"],
            source=row["source"],
            used=row["used"],
        )


def _beside_closed_form(set_name, rows, source):
    for name, (recipe, settings) in rows:
        yield Comparison(
            set_name=set_name,
            row=name,
            published=float(recipe.closed_form(settings).cycles),
            engine=_cycles(recipe, settings),
            unit="cycle",
            kind="modelled",
            source=source,
        )


def _closed_forms():
    rows = [
        ("broadcast, 64 × 1, 64 words", _asked("broadcast", "multicast", 64, 1, 64)),
        ("broadcast, 64 × 64, 64 words", _asked("broadcast", "multicast", 64, 64, 64)),
        ("broadcast, 512 × 1, 1 word", _asked("broadcast", "multicast", 512, 1, 1)),
        ("chain, 64 × 1, 64 words", _asked("reduce", "chain", 64, 1, 64)),
        ("chain, 512 × 1, 1 word", _asked("reduce", "chain", 512, 1, 1)),
        ("snake, 8 × 8, 16 words", _asked("reduce", "snake", 8, 8, 16)),
    ]
    source = "Luczynski et al., HPDC'24, arXiv:2404.15888 (through summaries)"
    return _beside_closed_form("Closed forms, start-up not counted", rows, source)


def _steps():
    chains = [_cycles(*_asked("reduce", "chain", n, 1, 16)) for n in (20, 21)]
    casts = [_cycles(*_asked("broadcast", "multicast", n, 1, 16)) for n in (20, 21)]
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
    size = (width, height, 1)
    recipe, settings = _asked("all_reduce", "reduce_broadcast", *size, machine("wse1"), group=17, root="centre")
    yield Comparison(
        set_name="All-reduce of one word on 602 × 595 PEs of a CS-1",
        row="two phases to the centre, broadcast",
        published=1.1 * (width + height),
        engine=_cycles(recipe, settings) + settings.machine.task_startup,
        unit="cycle",
        kind="measured",
        source="Rocki et al., SC20, arXiv:2010.03660 (as quoted): about 10 % above the diameter",
    )


def _kernels():
    sparse = _asked("weight_stream", "chain", 24, 14, 8, sparsity=0.75)
    rows = [
        ("gemv, chain, 24 × 14 PEs, tiles of 16", _asked("gemv", "chain", 24, 14, 16)),
        ("weights, all of them, 24 × 14 PEs, tiles of 8", _asked("weight_stream", "chain", 24, 14, 8)),
        ("weights, three in four zero, 24 × 14 PEs, tiles of 8", sparse),
        ("summa, 16 × 16 PEs, tiles of 8", _asked("gemm", "summa", 16, 16, 8)),
        ("cannon, 16 × 16 PEs, tiles of 8", _asked("gemm", "cannon", 16, 16, 8)),
        ("mesh, 16 × 16 PEs, tiles of 8", _asked("gemm", "mesh", 16, 16, 8)),
        ("stencil, 30 × 20 PEs, 100 cells", _asked("stencil", "five_point", 30, 20, 100)),
        ("stencil, 60 × 40 PEs, 100 cells", _asked("stencil", "five_point", 60, 40, 100)),
        ("25-point star, 10 × 10 PEs, 100 cells", _asked("stencil", "star_25", 10, 10, 100)),
        ("all-to-all in rows of 20, 64 words: bound", _asked("transpose", "direct", 20, 2, 64)),
        ("all-to-all in two stages, rows of 90, 16 words: bound", _asked("transpose", "two_stage", 90, 1, 16)),
    ]
    source = "closed forms of this project: work of a compute element, and the middle link of a row"
    return _beside_closed_form("Kernels, start-up not counted", rows, source)


def _stencil():
    """Compare the time of a step with measured runs; it does not depend on the size of the fabric, so a small one does.

    Nothing is fitted to these rows. The clock is the one all SDK examples have; the paper does not state another.
    """
    clock = machines()["wse2"].figures["clock"].value
    side = 2 * wave.GROUPS
    cycles = {}
    for row in rows_of("wafer_stencil.csv"):
        cells = int(row["cells"])
        if cells not in cycles:
            cycles[cells] = _cycles(*_asked("stencil", "star_25", side, side, cells)) / wave.STEPS
        yield Comparison(
            set_name="25-point star, cycles of a step",
            row=f"{cells:,} cells, {row['width']} × {row['height']} PEs; here {side} × {side}",
            published=float(row["seconds"]) / int(row["steps"]) * clock,
            engine=cycles[cells],
            unit="cycle",
            kind=row["kind"],
            source=f"{row['source']}, at {clock / 1e6:g} MHz",
        )


def _gemm():
    """Compare what the way of the tiles makes of a product of matrices on 720 × 720 PEs that exchange in lockstep.

    That many steps of that many PEs are not simulated; closed forms give them, which small squares follow to the cycle.
    The source has one figure for both of the others.
    Left out is that the same paper finds two to three times the speed without naming the size: from matrices of 2,048²
    to those of 8,192² the engine's gain falls from ten to 1.3.
    """
    gain, side, size = table("wafer_kernels")["mesh_gemm"]["gain_large"], 720, 8192

    def cycles(name):
        recipe, settings = _asked("gemm", name, side, side, -(-size // side), _waferllm(), exchange="lockstep")
        return recipe.closed_form(settings).cycles

    summa, cannon = (cycles(other) / cycles("mesh") for other in ("summa", "cannon"))
    yield Comparison(
        set_name="Mesh compared with other matrix multiplications",
        row=f"SUMMA ({summa:.2f}) and Cannon ({cannon:.2f}) over mesh, their mean, matrices of {size:,}², "
        f"{side} × {side} PEs, fp16, in lockstep",
        published=gain.value,
        engine=(summa + cannon) / 2,
        unit="ratio",
        kind=gain.kind,
        source=gain.source,
    )


def _gemv():
    """Compare with a measured time; a row is run by itself, as all are alike, after the way of x along a column.

    The published program has x in all rows, and sends y from the middle of each line to all of it. Here x is sent from
    the middle, over the same hops and before the products instead of after the sums.
    """
    side, wafer = 660, _waferllm()
    for name, size in (("gemv_16k", 2**14), ("gemv_32k", 2**15)):
        figure = table("wafer_kernels")[name]["cycles"]
        recipe, settings = _asked("gemv", "two_phase", side, side, -(-size // side), wafer)
        row, _ = recipe.part(settings)
        others = recipe.closed_form(settings).cycles - recipe.closed_form(row).cycles
        yield Comparison(
            set_name=f"Matrix of {size:,} × {size:,} times a vector",
            row=f"{side} × {side} PEs assumed, from the middle and to the middle, two numbers a wavelet",
            published=figure.value,
            engine=wafer.task_startup + _cycles(recipe, row) + others,
            unit=figure.unit,
            kind=figure.kind,
            source=figure.source,
        )


def _yields():
    """Compare chips drawn at random with the formulas; the interval holds 95 of 100 draws."""
    n_wafers = 2000
    for row, kind, spares, density in (
        ("single die, 0.1 defects a cm²", "die", 1, 1e3),
        ("whole wafer without spares, 0.001 defects a cm²", "unspared", 1, 1e1),
        ("whole wafer, 1 spare column, 0.1 defects a cm²", "spared", 1, 1e3),
        ("whole wafer, 2 spare columns, 0.3 defects a cm²", "spared", 2, 3e3),
        ("whole wafer, 3 spare columns, 1 defect a cm²", "spared", 3, 1e4),
    ):
        made, which = yields.wafer("wse2", spares), yields.KINDS.index(kind)
        drawn = yields.by_lot(made, density, n_wafers, seed=0)[which]
        n = n_wafers * (made.dies if kind == "die" else 1)
        spread = 1.96 * sqrt(drawn * (1 - drawn) / n)
        yield Comparison(
            set_name="Chips that work, drawn over formula",
            row=row,
            published=yields.by_formula(made, density)[which],
            engine=drawn,
            unit="ratio",
            kind="modelled",
            source=str(yields.BINOMIAL if kind == "spared" else yields.POISSON),
            low=drawn - spread,
            high=drawn + spread,
        )
