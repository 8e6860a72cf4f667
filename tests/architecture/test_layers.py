import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def loaded_by(module):
    code = f"import sys, {module}; print(' '.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    return set(
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, text=True, check=True, capture_output=True
        ).stdout.split()
    )


@pytest.mark.slow
def test_the_engine_runs_without_a_screen():
    assert not loaded_by("engine.scenarios") & {"panel", "bokeh", "tornado", "typer", "viz", "lessons"}


def test_only_the_scenarios_know_param():
    for path in (ROOT / "engine").rglob("*.py"):
        if "scenarios" not in path.parts:
            assert "import param" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("pattern", ["*.py", "*.js", "*.md", "*.toml", "*.txt", "*.yml", "Makefile"])
def test_nothing_names_a_place_on_one_machine(pattern):
    for path in ROOT.rglob(pattern):
        if not {".venv", "node_modules"} & set(path.parts):
            text = path.read_text(encoding="utf-8")
            for place in (ROOT, Path.home()):
                assert f"{place}/" not in text, f"{path}: {place}"


def test_the_pins_choose_no_index_of_packages():
    for path in ROOT.glob("requirements*.txt"):
        options = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("-")]
        assert not options, f"{path}: {options}"
    lock = (ROOT / "tests/js/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
