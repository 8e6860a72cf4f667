"""What plays on a wafer does not flash: WCAG 2.3.1 allows three falls of its light in a second."""

import json
import subprocess

import pytest

from engine.scenarios.fabric import FabricScenario
from tests.viz.client.test_modules import JS, NODE

MOST = 3  # falls in a second
MESH = {"width": "100", "height": "80", "words": "16"}
RUNS = {
    "stencil": MESH | {"program": "stencil"},
    "star": MESH | {"program": "stencil", "algorithm": "star_25"},
    "all_reduce": MESH | {"program": "all_reduce"},
    "gemv": {"program": "gemv", "width": "100", "height": "80"},
    "broadcast": MESH | {"program": "broadcast"},
    "chain": MESH | {"program": "reduce", "algorithm": "chain"},
}


@pytest.mark.slow
def test_no_program_makes_the_wafer_flash_at_any_speed(tmp_path):
    files = []
    for name, settings in RUNS.items():
        run = FabricScenario.read(settings).simulate()
        assert run.trace.meta["recorded"] == "field"
        files.append(tmp_path / name)
        files[-1].write_bytes(run.packed())
    command = [NODE, "--import", JS / "texts.mjs", JS / "flashes.mjs", *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(RUNS)
    assert all(run["most"] <= MOST for run in found), found
