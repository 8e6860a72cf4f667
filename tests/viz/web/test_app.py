"""The process that serves: what it does before the first visitor."""

import platform
import subprocess
import sys

import pytest

HELD = """
import numpy as np
from viz.heap import keep_memory

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

keep_memory()
array = np.ones(100_000_000, np.uint8)
full = resident()
del array
assert resident() > full - 10_000_000, (resident(), full)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries keep what they like")
def test_memory_that_a_run_has_freed_is_kept_for_the_next():
    subprocess.run([sys.executable, "-c", HELD], check=True, timeout=60)
