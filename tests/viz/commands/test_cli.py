import json
import os
import subprocess
import sys

import pytest

from engine.cited import DATA
from engine.machines import VARIABLE
from engine.trace import unpack
from viz.commands import cli


@pytest.fixture
def waferscope(monkeypatch, capsys):
    """Run the command in this process; returns (exit code, standard output, standard error)."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["waferscope", *words])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()

    return run


SMALL = ("program=reduce", "algorithm=chain", "width=4", "height=1", "words=3")


def test_run_prints_a_table_with_units(waferscope):
    code, out, _ = waferscope("run", "fabric", *SMALL)
    assert code == 0
    assert "cycles" in out
    assert "modelled" in out


def test_run_prints_json_with_scene_scenario_and_figures(waferscope):
    _, out, _ = waferscope("run", "fabric", *SMALL, "--json")
    told = json.loads(out)
    assert told["scene"] == "fabric"
    assert (told["scenario"]["width"], told["scenario"]["algorithm"]) == (4, "chain")
    assert set(told["figures"]["cycles"]) == {"value", "unit", "kind"}
    assert told["figures"]["max_error"]["value"] == 0


def test_run_writes_a_trace_that_can_be_read(waferscope, tmp_path):
    waferscope("run", "fabric", *SMALL, "--trace", str(tmp_path / "chain.run"))
    trace, header = unpack((tmp_path / "chain.run").read_bytes())
    figures = header["figures"]
    assert figures["cycles"]["value"] - figures["startup_cycles"]["value"] == trace.duration


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("run", "mesh"), "scene must be one of fabric, memory"),
        (("run", "fabric", "widht=4"), "fabric has no parameter 'widht'; perhaps width is meant"),
        (("run", "fabric", "width=0"), "width must be a whole number from 1 to"),
        (("run", "fabric", "width"), "a parameter must be given as key=value, got 'width'"),
        (("run", "fabric", "width=2", "width=3"), "width must be given once, got it twice"),
        (
            ("run", "fabric", *SMALL, "--trace", "/nowhere/x"),
            "trace must be a file that can be written, got '/nowhere/x'",
        ),
        (("run",), "Missing argument"),
        (("fly",), "No such command 'fly'"),
    ],
)
def test_bad_input_gives_one_sentence_and_code_2(waferscope, words, sentence):
    code, out, error = waferscope(*words)
    assert code == 2
    assert out == ""
    assert error.startswith(f"waferscope: {sentence}")
    assert error.count("\n") == 1


@pytest.mark.slow
def test_a_broken_file_of_a_machine_gives_one_sentence_and_code_2(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('family = "gpu"\nlabel = ""\n')
    code, _, error = with_machines(tmp_path, "-m", "viz", "run", "memory")
    assert (code, error) == (2, f"waferscope: {path}: device must be given, got nothing\n")
    code, _, error = with_machines(tmp_path / "nowhere", "-m", "viz", "run", "memory")
    assert (code, error) == (2, f"waferscope: {VARIABLE} must name a folder, got {str(tmp_path / 'nowhere')!r}\n")


@pytest.mark.slow
def test_runs_with_other_machines_are_told_apart_in_caches(tmp_path):
    version = ("-c", "from viz.runs import engine_version; print(engine_version())")
    found = {with_machines(tmp_path, *version)}
    h100 = (DATA / "machines/h100.toml").read_text(encoding="utf-8").replace("clusters.h100", "clusters.mine")
    for text in (h100, h100.replace("value = 700,", "value = 701,")):
        (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
        found.add(with_machines(tmp_path, *version))
    assert len(found) == 3 and {code for code, *_ in found} == {0}


def with_machines(folder, *words):
    """Run Python with machines of one's own; returns (exit code, standard output, standard error)."""
    done = subprocess.run(
        [sys.executable, *words], env=os.environ | {VARIABLE: str(folder)}, text=True, capture_output=True
    )
    return done.returncode, done.stdout, done.stderr
