"""The one place where Numba compilation flags are chosen."""

from hashlib import sha256
from pathlib import Path

from llvmlite import ir
from numba import config, njit, types
from numba.core import cgutils
from numba.extending import intrinsic


def _cache_dir():
    """Return a directory for this state of the sources.

    Numba compiles anew when the file of a kernel has changed, but does not see the files of the steps and the
    constants that it is made of.
    """
    engine = Path(__file__).parent
    stats = [(path, path.stat()) for path in sorted(engine.rglob("*.py"))]
    state = [(str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats]
    return str(engine / "__pycache__" / f"kernels-{sha256(repr(state).encode()).hexdigest()[:12]}")


config.CACHE_DIR = config.CACHE_DIR or _cache_dir()

# cache: a process does not recompile what has not changed.
# nogil: the server runs callbacks on a thread pool; a kernel must not stall other sessions.
# fastmath stays off: results must match the reference in tests/reference bit for bit.
kernel = njit(cache=True, nogil=True)

# For a kernel that works on many arrays at once, and the steps it is made of. It allocates nothing, so it needs no
# counting of references, which would cost more than the work. Steps are for kernels only: what would let Python or C
# call them is left out, because it takes longer to compile than the steps.
lean_kernel = njit(cache=True, nogil=True, _nrt=False, no_cfunc_wrapper=True)
step = njit(_nrt=False, forceinline=True, no_cfunc_wrapper=True, no_cpython_wrapper=True)


@intrinsic
def popcount(typingctx, mask):
    """Count the bits that are set."""

    def codegen(context, builder, signature, args):
        return builder.ctpop(args[0])

    return mask(mask), codegen


@intrinsic
def prefetch(typingctx, array, index):
    """Ask for the cache line of `array.ravel()[index]`, which must be contiguous; nothing waits for it."""

    def codegen(context, builder, signature, args):
        made = context.make_array(signature.args[0])(context, builder, args[0])
        int32 = ir.IntType(32)
        place = builder.bitcast(builder.gep(made.data, [args[1]]), ir.IntType(8).as_pointer())
        function = cgutils.get_or_insert_function(
            builder.module, ir.FunctionType(ir.VoidType(), [place.type, int32, int32, int32]), "llvm.prefetch.p0"
        )
        builder.call(function, [place, int32(1), int32(3), int32(1)])
        return context.get_dummy_value()

    return types.void(array, types.intp), codegen
