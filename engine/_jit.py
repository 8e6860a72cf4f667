"""The one place where Numba compilation flags are chosen."""

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

# cache: a process does not recompile what has not changed.
# nogil: the server runs callbacks on a thread pool; a kernel must not stall other sessions.
# fastmath stays off: results must match the reference in tests/reference bit for bit.
kernel = njit(cache=True, nogil=True)

# For a kernel that works on many arrays at once, and the steps it is made of. It allocates nothing, so it needs no
# counting of references, which would cost more than the work.
lean_kernel = njit(cache=True, nogil=True, _nrt=False)
step = njit(cache=True, nogil=True, _nrt=False, forceinline=True)


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
