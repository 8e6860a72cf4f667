"""Programs for the fabric, by name, in the order in which they are offered."""

from engine.fabric.programs import all_reduce, broadcast, gemm, gemv, reduce, stencil, stream, transpose, weight_stream
from engine.fabric.programs.recipe import Recipe, Settings

PROGRAMS: dict[str, Recipe] = {
    "reduce": reduce.RECIPE,
    "broadcast": broadcast.RECIPE,
    "all_reduce": all_reduce.RECIPE,
    "stream": stream.RECIPE,
    "gemv": gemv.RECIPE,
    "gemm": gemm.RECIPE,
    "transpose": transpose.RECIPE,
    "weight_stream": weight_stream.RECIPE,
    "stencil": stencil.RECIPE,
}

__all__ = ["PROGRAMS", "Recipe", "Settings"]
