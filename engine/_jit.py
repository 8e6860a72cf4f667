"""The one place where Numba compilation flags are chosen."""

import os
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from time import time

from llvmlite import ir
from numba import config, njit, types
from numba.core import cgutils
from numba.core.caching import CacheImpl, InTreeCacheLocator
from numba.extending import intrinsic

from engine.caches import user_cache

KEPT_S = 7 * 24 * 3600  # for which a cache that nobody uses is kept [s]


@cache
def cache_of(engine: Path, folder: Path, root: Path) -> Path:
    """Return the directory in which the compiled kernels of a folder are kept, and remove those that nobody uses.

    It is named after the content of what kernels are made of: the files of their folder that import this one, and this
    one. So it is the same in every checkout that has these files, and another one as soon as they have changed.

    Parameters
    ----------
    engine : Path
        The engine.
    folder : Path
        A folder of it, relative to it.
    root : Path
        Where the caches of all folders lie.

    Returns
    -------
    Path
        `root / "engine-FOLDER-HASH"`, which need not exist yet.
    """
    sources = [path.read_bytes() for path in (engine / "_jit.py", *sorted((engine / folder).glob("*.py")))]
    made_of = b"".join(sha256(source).digest() for source in sources if b"engine._jit" in source)
    name = "-".join(("engine", *folder.parts))
    found = root / f"{name}-{sha256(made_of).hexdigest()[:12]}"
    if found.exists():
        os.utime(found)  # somebody uses it
    else:
        for old in root.glob(f"{name}-{'[0-9a-f]' * 12}"):
            with suppress(FileNotFoundError):  # another process may remove it, too
                if time() - old.stat().st_mtime > KEPT_S:
                    rmtree(old, ignore_errors=True)
    return found


class KernelLocator(InTreeCacheLocator):
    """Tells Numba where to keep a kernel: in the cache of the user, or beside the sources where that is read-only."""

    def __init__(self, py_func, py_file, cache_path):
        super().__init__(py_func, py_file)
        self._cache_path = str(cache_path)

    @classmethod
    def from_function(cls, py_func, py_file):
        """Return where a function of the engine is kept, and None for any other."""
        engine, folder = Path(__file__).parent, Path(py_file).parent
        for root in (user_cache(), engine / "__pycache__"):
            if folder.is_relative_to(engine) and root.is_absolute():
                with suppress(OSError):
                    locator = cls(py_func, py_file, cache_of(engine, folder.relative_to(engine), root))
                    locator.ensure_cache_path()
                    return locator
        return None


if not config.CACHE_DIR:
    others = ",".join(locator.__name__ for locator in CacheImpl._locator_classes)
    config.CACHE_LOCATOR_CLASSES = f"{KernelLocator.__module__}.{KernelLocator.__name__},{others}"

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
