"""What a kernel computes, stores and moves: FLOP, bytes at each level of a machine, and what its units tell each other.

Bytes follow from tiles. A matrix product of `rows × depth` and `depth × columns` in square tiles of side `t` reads
the first factor once for each `t` columns and the second once for each `t` rows. On a GPU the tile at the L2 cache is
what fits there, the tile of an SM is what half its registers can accumulate in four bytes each. A PE has no vector
registers: each multiply-add of its vectors reads two operands from SRAM and writes one.

The same rule holds on all machines for operands that do not fit: what passes the link is what tiles as large as the
last memory, SRAM of a wafer or HBM of a GPU, let in, times the share of the operands that is not there.

A pass through a model is a chain: each layer is a few products, each of which needs the result of the one before. What
it takes on a wafer is that of `engine.inference`, without what earlier tokens have left; on a GPU there is the launch
of each kernel.
"""

import math
from dataclasses import dataclass

from engine.inference import gpu, wafer
from engine.memory.exchange import all_reduce_s, grid, sum_s
from engine.memory.hierarchy import DTYPE_BYTES, Machine
from engine.models import Model, models
from engine.transformer import layer_parameters, parameters

KERNELS = ("axpy", "dot", "layernorm", "gemv", "gemm", "attention_decode", "model_pass")
PRODUCTS = ("gemv", "gemm", "model_pass")  # whose operations are those of matrices
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
        Level that requests are made to: where the operands are when the kernel starts. Where they do not fit it is the
        link, unless the part that fits takes longer to fetch.
    fits : bool
        Whether they fit where they were meant to be; otherwise a part comes through the link.
    level_bytes : dict of str to float
        Bytes that cross each level [B], the home among them.
    exchange_s : float
        What the units wait for between dependent steps and at the end: sums across the fabric or through L2, launches
        of kernels [s].
    pass_s : float
        What all of a pass through a model takes on a wafer, otherwise 0 [s].
    n_steps : int
        Steps of which each needs the result of the one before.
    n_units : int
        Compute units that have work; where operands come in through the edge of a wafer, columns of them.
    read_share : float
        Reads among the bytes at the SRAM of a wafer, in [0, 1].
    """

    flop: float
    footprint_bytes: float
    home: str
    fits: bool
    level_bytes: dict[str, float]
    exchange_s: float
    pass_s: float
    n_steps: int
    n_units: int
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
    """Bytes before a machine's home level is known.

    `main` is HBM. `weights` of `stored` may be streamed; through the link then come `far_weights`, and `far_rest` if
    nothing else is there either. `used` is the rectangle of PEs.
    """

    flop: float
    stored: float
    main: float
    l2: float
    l1: float
    sram: float
    fabric: float
    weights: float
    far_weights: float
    far_rest: float
    used: tuple[int, int]
    exchange_s: float = 0.0
    pass_s: float = 0.0
    n_steps: int = 1
    read_share: float = 2 / 3  # a multiply-add of vectors reads two operands and writes one


def workload(
    machine: Machine, kernel: str, n: int, batch: int, dtype: str, weights: str, model: str = "llama3-8b"
) -> Workload:
    """Count a kernel on a machine.

    Parameters
    ----------
    machine : Machine
        Where it runs.
    kernel : str
        One of `KERNELS`. `n` is the length of a vector (axpy, dot), the width of a row (layernorm), the side of the
        matrix (gemv, gemm), the tokens in the cache (attention_decode); a model pass has none.
    n, batch : int
        Size, and how many vectors, rows, right-hand sides, products, sequences or tokens. With `batch=0` a model
        pass only reads.
    dtype : str
        A key of `DTYPE_BYTES`.
    weights : str
        "resident": in the SRAM of a wafer; in the L2 of a GPU if they fit, else in its HBM. "hbm": in HBM, whatever
        their size. "streamed": outside a wafer, in the HBM of a GPU.
    model : str
        Which model a pass goes through, a key of `engine.models.models`.

    Returns
    -------
    Workload
        With the home level after the question what fits.

    Notes
    -----
    Not modelled: PEs left over when a matrix is cut into tiles; in all but a pass through a model a rectangle smaller
    than all PEs chosen for its shorter ways; write-allocate; in a pass the keys and values of earlier tokens.

    Examples
    --------
    >>> from engine.memory.hierarchy import machine
    >>> counted = workload(machine("a100_80"), "axpy", 2**30, 1, "fp16", "resident")
    >>> counted.home, counted.level_bytes["hbm"] / 2**30, round(counted.intensity, 3)
    ('hbm', 6.0, 0.333)
    """
    if kernel not in KERNELS:
        raise ValueError(f"kernel must be one of {', '.join(KERNELS)}, got {kernel!r}")
    size = DTYPE_BYTES[dtype]
    if kernel == "model_pass":
        counts = _model_pass(machine, models()[model], float(batch), size)
    else:
        counts = _COUNT[kernel](machine, float(n), float(batch), size)

    is_wafer = machine.family == "wafer"
    last = machine.level("sram" if is_wafer else "hbm")
    is_streamed = is_wafer and weights == "streamed"
    stays = counts.stored - (counts.weights if is_streamed else 0.0)
    away = max(0.0, 1.0 - last.capacity_bytes / stays) if stays else 0.0
    outside = (1.0 if is_streamed else away) * counts.far_weights + away * counts.far_rest
    if is_wafer:
        crossed = {"sram": counts.sram, "fabric": counts.fabric, "link": outside}
    elif weights == "resident" and counts.stored <= _cache_bytes(machine):
        crossed, last = {"l1": counts.l1, "l2": counts.l2}, machine.level("l2")
    else:
        crossed = {"l1": counts.l1, "l2": counts.l2, "hbm": counts.main, "link": outside}
    names = [level.name for level in machine.levels]
    level_bytes = {name: crossed[name] for name in names if crossed.get(name)}
    link_s = outside / machine.level("link").bandwidth_bytes_per_s
    home = "link" if is_streamed or link_s > crossed[last.name] / last.bandwidth_bytes_per_s else last.name

    n_units = machine.units_served(home)
    if home == "sram":
        width, height = counts.used
        n_units = max(1, round(n_units * width * height / (machine.width * machine.height)))
    return Workload(
        counts.flop, counts.stored, home, away == 0, level_bytes, counts.exchange_s, counts.pass_s, counts.n_steps,
        n_units, counts.read_share,
    )  # fmt: skip


def _cache_bytes(machine):
    return next((level.capacity_bytes for level in machine.levels if level.name == "l2"), 0.0)


def _vectors(machine, elements, **counts):
    """Count what has no reuse and no shape: everything streams, and as many PEs work as there are elements."""
    width, height = grid(machine, elements, elements)
    if width:
        height = min(height, math.ceil(elements / width))
    moved = counts["sram"]
    defaults = {"main": moved, "l2": moved, "l1": moved, "fabric": 0.0}
    return _Counts(**defaults | counts, weights=counts["stored"], far_weights=moved, far_rest=0.0, used=(width, height))


def _axpy(machine, n, batch, size):
    return _vectors(machine, n * batch, flop=2 * n * batch, stored=2 * n * batch * size, sram=3 * n * batch * size)


def _dot(machine, n, batch, size):
    width, height = grid(machine, n * batch, math.ceil(n * batch / max(1, machine.width)))
    exchange_s = sum_s(machine, width, batch * size) + sum_s(machine, height, batch * size) + _through_l2_s(machine)
    moved = 2 * n * batch * size
    return _vectors(
        machine, n * batch, flop=2 * n * batch, stored=moved, sram=moved, exchange_s=exchange_s, read_share=1.0
    )


def _layernorm(machine, n, batch, size):
    """Mean, variance, then scale: seven operations an element, three reads and a write, of which caches hold two."""
    width, height = used = grid(machine, n, batch)
    once = 2 * n * batch * size
    sums = all_reduce_s(machine, width, math.ceil(batch / height) * size) if width else 0.0
    return _Counts(
        7 * n * batch, n * batch * size, once, once, 2 * once, 2 * once, 0.0, n * batch * size, once, 0.0, used,
        2 * sums, read_share=3 / 4,
    )  # fmt: skip


def _gemv(machine, n, batch, size):
    width, height = grid(machine, n, n)
    exchange_s = all_reduce_s(machine, width, n * batch * size / height) if width else 0.0
    return _product(machine, n, batch, 1.0, size, exchange_s)


def _gemm(machine, n, batch, size):
    width, height = grid(machine, n, n)
    # Until the last PE has its first tiles.
    filling = machine.fabric and (width + height) * machine.fabric.hop_latency + 2 * machine.fabric.ramp_latency
    return _product(machine, n, n, batch, size, (filling or 0) * machine.cycle_s)


def _product(machine, n, columns, batch, size, exchange_s):
    """Count an n × n matrix times n × columns, `batch` times."""
    tile = tile_side(machine)
    l2_tile = max(tile, _side(_cache_bytes(machine), size))
    last_tile = _side(machine.level("sram" if machine.family == "wafer" else "hbm").capacity_bytes, size)

    def crossed(side):
        return batch * size * n * n * math.ceil(columns / side), batch * size * n * columns * (math.ceil(n / side) + 1)

    far_weights, far_rest = crossed(last_tile)
    width, height = used = grid(machine, n, n)
    return _Counts(
        flop=2 * n * n * columns * batch,
        stored=batch * size * (n * n + 2 * n * columns),
        main=sum(crossed(l2_tile)),
        l2=sum(crossed(tile)),
        l1=sum(crossed(tile // 2)),
        sram=3 * n * n * columns * batch * size,
        fabric=2 * math.sqrt(width * height) * n * columns * batch * size,
        weights=batch * size * n * n,
        far_weights=far_weights,
        far_rest=far_rest,
        used=used,
        exchange_s=exchange_s,
    )


def _side(capacity_bytes, size):
    """Return the side of three square tiles that fill a memory."""
    return max(1, math.floor(math.sqrt(capacity_bytes / 3 / size)))


def tile_side(machine: Machine) -> int:
    """Return the side of the tile that an SM accumulates: four bytes each in half its registers, a multiple of 16."""
    return max(16, math.floor(math.sqrt(machine.registers_per_unit / 2 / 4)) // 16 * 16)


def _attention_decode(machine, n, batch, size):
    """One new token of each sequence looks at n cached ones in one layer of LLaMA 7B: nothing is reused."""
    hidden = models()["llama-7b"].hidden
    cached = 2 * n * hidden * batch
    width, height = used = grid(machine, hidden, n * batch)
    exchange_s = _through_l2_s(machine)
    if width:
        # Scores are summed along rows; their maximum, their sum and the weighted values along columns.
        exchange_s += all_reduce_s(machine, width, n * batch * size / height)
        exchange_s += 2 * all_reduce_s(machine, height, batch * size)
        exchange_s += all_reduce_s(machine, height, hidden * batch * size / width)
    return _Counts(
        2 * cached, cached * size, cached * size, cached * size, cached * size, 3 * cached * size, 0.0, cached * size,
        cached * size, 0.0, used, exchange_s,
    )  # fmt: skip


def _model_pass(machine, model: Model, batch, size):
    """Every weight is read once and multiplied with `batch` tokens; activations are small beside the weights."""
    tile = tile_side(machine)
    multiplied = model.layers * layer_parameters(model) + model.hidden * model.vocab
    weights = multiplied * size
    used, pass_s, exchange_s = grid(machine, model.hidden, model.hidden), 0.0, 0.0
    if batch and machine.family == "wafer":
        used, pass_s = _on_squares(machine, model, int(batch), size)
    elif batch:
        exchange_s = gpu.kernels(model) * gpu.launch_s()
    return _Counts(
        flop=2 * multiplied * batch,
        stored=float(parameters(model, model.sequence_length) * size),
        main=weights,
        l2=weights * max(1, math.ceil(batch / tile)),
        l1=weights * max(1, math.ceil(batch / (tile // 2))),
        sram=weights * max(1.0, 3 * batch),
        fabric=0.0,
        weights=float(parameters(model, model.sequence_length) * size),
        far_weights=weights,
        far_rest=0.0,
        used=used,
        exchange_s=exchange_s,
        pass_s=pass_s,
        n_steps=gpu.kernels(model) if batch else 1,
        read_share=2 / 3 if batch else 1.0,
    )


def _on_squares(machine, model, batch, size):
    """Return the square of PEs that works at a time and what a pass takes: on those where it is fastest."""
    where = wafer.wafer(machine.name, "fp32" if size == DTYPE_BYTES["fp32"] else "fp16")
    placed = [wafer.spread(where, model, side, 1, size, 0.0) for side in wafer.sides(where)]
    whole = wafer.Squares(min(where.width, where.height), model.layers, 1, 1)  # of what comes from outside
    taken = {
        squares.side: sum(wafer.passing(where, model, squares, batch, 1, batch > 1).values())
        for squares in [each for each in placed if each.layers] or [whole]
    }
    side = min(taken, key=taken.get)
    return (side, side), taken[side]


def _through_l2_s(machine):
    """Return how long it takes on a GPU to leave a result in L2 and to read another one there [s]."""
    if machine.family == "wafer":
        return 0.0
    near = machine.levels[1]
    return 2 * (machine.level("l2") if near.name == "l1" else near).latency_s


_COUNT = {
    "axpy": _axpy,
    "dot": _dot,
    "layernorm": _layernorm,
    "gemv": _gemv,
    "gemm": _gemm,
    "attention_decode": _attention_decode,
}
