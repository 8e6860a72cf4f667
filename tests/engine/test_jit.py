import ast
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from engine import _jit

ENGINE = Path(_jit.__file__).parent
CORE = Path("fabric", "core")
KERNEL_FILES = [path for path in ENGINE.rglob("*.py") if "from engine._jit import" in path.read_text(encoding="utf-8")]


@pytest.fixture
def checkout(tmp_path):
    return copytree(ENGINE, tmp_path / "checkout" / "engine", ignore=ignore_patterns("__pycache__", "data"))


def cache_name(engine, folder=CORE):
    return _jit.cache_of.__wrapped__(engine, folder, engine / "kept").name


def edit(path):
    path.write_text(path.read_text(encoding="utf-8") + "# one more line\n", encoding="utf-8")


def test_what_no_kernel_is_made_of_leaves_the_cache_alone(checkout):
    before = cache_name(checkout)
    assert before.startswith("engine-fabric-core-")
    for name in ("models.py", "fabric/machine/program.py", "fabric/simulation/simulate.py", "memory/simulate.py"):
        edit(checkout / name)
    for path in (checkout / CORE).iterdir():
        os.utime(path, (0, 0))  # as a checkout may do
    assert cache_name(checkout) == before


@pytest.mark.parametrize("name", ["_jit.py", "fabric/core/isa.py", "fabric/core/layout.py", "fabric/core/router.py"])
def test_a_change_in_what_kernels_are_made_of_gives_another_cache(checkout, name):
    before, elsewhere = cache_name(checkout), cache_name(checkout, Path("memory"))
    edit(checkout / name)
    assert cache_name(checkout) != before
    assert (cache_name(checkout, Path("memory")) != elsewhere) == (name == "_jit.py")


def test_a_cache_is_removed_once_nobody_has_used_it_for_long(checkout):
    root = checkout / "kept"
    in_use, left = (root / f"engine-fabric-core-{digit * 12}" for digit in "ab")
    other = root / f"engine-memory-{'c' * 12}"
    for cache, age in ((in_use, _jit.KEPT_S - 60), (left, _jit.KEPT_S + 60), (other, _jit.KEPT_S + 60)):
        cache.mkdir(parents=True)
        (cache / "kernel.nbi").touch()
        os.utime(cache, (os.stat(cache).st_mtime - age,) * 2)
    cache_name(checkout)
    assert in_use.exists() and other.exists() and not left.exists()


def test_use_keeps_a_cache(checkout):
    cache = checkout / "kept" / cache_name(checkout)
    cache.mkdir(parents=True)
    os.utime(cache, (0, 0))
    cache_name(checkout)
    assert os.stat(cache).st_mtime > 1e9


@pytest.mark.slow
def test_another_checkout_compiles_nothing(checkout, tmp_path):
    other = copytree(checkout, tmp_path / "other" / "engine")
    code = """
import numpy as np
from engine.fabric.core.spans import _uncovered
none = np.zeros(0, np.int32)
assert _uncovered(*[none] * 7, np.zeros((4, 0), np.int32)) == 0
print(_uncovered.stats.cache_path, sum(_uncovered.stats.cache_hits.values()))
"""
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": ""}
    printed = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=engine.parent, env=environment, text=True, check=True, capture_output=True
        ).stdout
        for engine in (checkout, other)
    ]
    cache = tmp_path / "cache" / "waferscope" / cache_name(checkout)
    assert printed == [f"{cache} 0\n", f"{cache} 1\n"]


@pytest.mark.parametrize("path", KERNEL_FILES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_a_kernel_is_made_of_files_that_its_cache_is_named_after(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    source = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module.startswith("engine"):
            for name in node.names:
                module = ENGINE.parent / node.module.replace(".", "/") / f"{name.name}.py"
                source[name.asname or name.name] = module if module.exists() else module.parent.with_suffix(".py")
    compiled = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and {"kernel", "lean_kernel", "step"} & {getattr(name, "id", "") for name in node.decorator_list}
    ]
    used = {name.id for node in compiled for name in ast.walk(node) if isinstance(name, ast.Name)}
    of = {source[name] for name in used & source.keys()} - {ENGINE / "_jit.py"}
    assert of <= {file for file in KERNEL_FILES if file.parent == path.parent}
