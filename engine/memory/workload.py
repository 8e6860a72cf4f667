"""What a kernel computes, stores and moves: FLOP, and bytes at each level of a machine.

Bytes follow from tiles. A matrix product of `rows × depth` and `depth × columns` in square tiles of side `t` reads
the first factor once for each `t` columns and the second once for each `t` rows. On a GPU the tile at the L2 cache is
what fits there, the tile of an SM is what half its registers can accumulate in four bytes each. A PE has no vector
registers: each multiply-add of its vectors reads two operands from SRAM and writes one.
"""

import math
from dataclasses import dataclass

from engine.memory.hierarchy import DTYPE_BYTES, Machine
from engine.models import models

KERNELS = ("axpy", "dot", "layernorm", "gemv", "gemm", "attention_decode", "model_pass")
WEIGHTS = ("resident", "hbm", "streamed")


@dataclass(frozen=True)
class Workload:
    """A kernel on a machine.

    Attributes
    ----------
    flop : float
        Operations [FLOP].
    footprint_bytes : float
        Operands and results [B].
    home : str
        Level that holds the operands when the kernel starts.
    fits : bool
        Whether they fit where they were meant to be; otherwise they come through the link.
    level_bytes : dict of str to float
        Bytes that cross each level [B], the home among them.
    exchange_s : float
        What the units tell each other at the end: reductions across the fabric or through L2 [s].
    read_share : float
        Reads among the bytes at the SRAM of a wafer, in [0, 1].
    """

    flop: float
    footprint_bytes: float
    home: str
    fits: bool
    level_bytes: dict[str, float]
    exchange_s: float
    read_share: float

    @property
    def moved_bytes(self) -> float:
        """Bytes that cross the home level [B]."""
        return self.level_bytes[self.home]

    @property
    def intensity(self) -> float:
        """FLOP for each byte that crosses the home level [FLOP/B]."""
        return self.flop / self.moved_bytes


@dataclass(frozen=True)
class _Counts:
    """Bytes before a machine's home level is known: `main` is HBM, `hops` and `passes` are of the exchange."""

    flop: float
    stored: float
    main: float
    l2: float
    l1: float
    sram: float
    fabric: float
    streamed: float
    hops: int = 0
    passes: int = 0
    read_share: float = 2 / 3  # a multiply-add of vectors reads two operands and writes one


def workload(machine: Machine, kernel: str, n: int, batch: int, dtype: str, weights: str) -> Workload:
    """Count a kernel on a machine.

    Parameters
    ----------
    machine : Machine
        Where it runs.
    kernel : str
        One of `KERNELS`. `n` is the length of a vector (axpy, dot), the width of a row (layernorm), the side of the
        matrix (gemv, gemm), the tokens in the cache (attention_decode), the parameters (model_pass).
    n, batch : int
        Size, and how many vectors, rows, right-hand sides, products, sequences or tokens. With `batch=0` a model
        pass only reads.
    dtype : str
        A key of `DTYPE_BYTES`.
    weights : str
        "resident": in the SRAM of a wafer; in the L2 of a GPU if they fit, else in its HBM. "hbm": in HBM, whatever
        their size. "streamed": outside a wafer, in the HBM of a GPU.

    Returns
    -------
    Workload
        With the home level after the question what fits.

    Notes
    -----
    Not modelled: PEs left over when a matrix is cut into tiles, instruction overhead, write-allocate.

    Examples
    --------
    >>> from engine.memory.hierarchy import machine
    >>> counted = workload(machine("a100_80"), "axpy", 2**30, 1, "fp16", "resident")
    >>> counted.home, counted.level_bytes["hbm"] / 2**30, round(counted.intensity, 3)
    ('hbm', 6.0, 0.333)
    """
    if kernel not in KERNELS:
        raise ValueError(f"kernel must be one of {', '.join(KERNELS)}, got {kernel!r}")
    counts = _COUNT[kernel](machine, float(n), float(batch), DTYPE_BYTES[dtype])
    home = _home(machine, weights, counts.stored)
    fits = counts.stored <= machine.level(home).capacity_bytes
    if home == "link":
        # Streaming is what was asked for; what stays must still fit.
        fits = counts.stored - counts.streamed <= machine.level("sram").capacity_bytes
    elif not fits:
        home = "link"
    if machine.family == "wafer":
        crossed = {"sram": counts.sram, "fabric": counts.fabric, "link": counts.streamed}
        exchange_s = counts.hops * machine.hop_s + (2 * machine.ramp_s if counts.hops else 0.0)
    else:
        crossed = {"l1": counts.l1, "l2": counts.l2, "hbm": counts.main, "link": counts.main}
        near = machine.levels[1]
        exchange_s = counts.passes * 2 * (machine.level("l2") if near.name == "l1" else near).latency_s
    names = [level.name for level in machine.levels]
    inward = names[: names.index(home) + 1]
    if home == "sram":
        inward.append("fabric")
    level_bytes = {name: crossed[name] for name in inward if crossed.get(name)}
    return Workload(counts.flop, counts.stored, home, fits, level_bytes, exchange_s, counts.read_share)


def _home(machine, weights, stored):
    if machine.family == "wafer":
        return "link" if weights == "streamed" else "sram"
    caches = [level for level in machine.levels if level.name == "l2"]
    if weights == "resident" and caches and stored <= caches[0].capacity_bytes:
        return "l2"
    return "hbm"


def _axpy(machine, n, batch, size):
    moved = 3 * n * batch * size
    return _Counts(2 * n * batch, 2 * n * batch * size, moved, moved, moved, moved, 0.0, moved)


def _dot(machine, n, batch, size):
    moved = 2 * n * batch * size
    hops = machine.width + machine.height
    return _Counts(2 * n * batch, moved, moved, moved, moved, moved, 0.0, moved, hops, 1, read_share=1.0)


def _layernorm(machine, n, batch, size):
    """Mean, variance, then scale: seven operations an element, three reads and a write, of which caches hold two."""
    row_bytes = n * batch * size
    once = 2 * row_bytes
    return _Counts(7 * n * batch, row_bytes, once, once, 2 * once, 2 * once, 0.0, once, 2 * machine.width, 0, 3 / 4)


def _gemv(machine, n, batch, size):
    return _product(machine, n, batch, 1.0, size)


def _gemm(machine, n, batch, size):
    return _product(machine, n, n, batch, size)


def _product(machine, n, columns, batch, size):
    """Count an n × n matrix times n × columns, `batch` times."""
    cache_bytes = next((level.capacity_bytes for level in machine.levels if level.name == "l2"), 0.0)
    tile = tile_side(machine)
    l2_tile = max(tile, math.floor(math.sqrt(cache_bytes / 3 / size)))

    def crossed(side):
        return batch * size * (n * n * math.ceil(columns / side) + n * columns * math.ceil(n / side) + n * columns)

    grid = math.sqrt(machine.n_units)
    return _Counts(
        flop=2 * n * n * columns * batch,
        stored=batch * size * (n * n + 2 * n * columns),
        main=crossed(l2_tile),
        l2=crossed(tile),
        l1=crossed(tile // 2),
        sram=3 * n * n * columns * batch * size,
        fabric=2 * grid * n * columns * batch * size,
        streamed=n * n * batch * size,
        hops=machine.width + machine.height,
    )


def tile_side(machine: Machine) -> int:
    """Return the side of the tile that an SM accumulates: four bytes each in half its registers, a multiple of 16."""
    return max(16, math.floor(math.sqrt(machine.registers_per_unit / 2 / 4)) // 16 * 16)


def _attention_decode(machine, n, batch, size):
    """One new token of each sequence looks at n cached ones in one layer of LLaMA 7B: nothing is reused."""
    cached = 2 * n * models()["llama-7b"].hidden * batch
    hops = 2 * (machine.width + machine.height)  # softmax statistics, then the weighted sum
    return _Counts(
        2 * cached, cached * size, cached * size, cached * size, cached * size, 3 * cached * size, 0.0,
        cached * size, hops, 1,
    )  # fmt: skip


def _model_pass(machine, n, batch, size):
    """Every weight is read once and multiplied with `batch` tokens; activations are small beside the weights."""
    tile = tile_side(machine)
    weights = n * size
    return _Counts(
        flop=2 * n * batch,
        stored=weights,
        main=weights,
        l2=weights * max(1, math.ceil(batch / tile)),
        l1=weights * max(1, math.ceil(batch / (tile // 2))),
        sram=weights * max(1.0, 3 * batch),
        fabric=0.0,
        streamed=weights,
        read_share=2 / 3 if batch else 1.0,
    )


_COUNT = {
    "axpy": _axpy,
    "dot": _dot,
    "layernorm": _layernorm,
    "gemv": _gemv,
    "gemm": _gemm,
    "attention_decode": _attention_decode,
    "model_pass": _model_pass,
}
