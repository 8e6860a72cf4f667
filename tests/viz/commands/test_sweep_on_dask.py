"""Sweeps on a real Dask scheduler with real workers, each a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from engine.scenarios import ScenarioError
from viz.commands.sweep import cluster, processes, sweep

pytestmark = pytest.mark.slow

SCENARIOS = [
    {"model": "gpt3-2.7b", "global_batch": "64", "n_devices": n, "seed": str(seed)}
    for seed in range(4)
    for n in ("8", "19", "16", "32")
]


@pytest.fixture
def start(tmp_path):
    """Start a scheduler or a worker, and end what was started."""
    started = []

    def start(module, *arguments, **options):
        command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen(command, **quiet, **options))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait(10)


@pytest.fixture
def scheduler(start, tmp_path):
    """Start a scheduler; return its address and its process."""
    file = tmp_path / "scheduler.json"
    process = start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    deadline = time.monotonic() + 30
    while not file.exists() or not file.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return json.loads(file.read_text())["address"], process


def worker(start, address, **options):
    return start("dask_worker", address, "--nthreads", "1", "--no-nanny", **options)


def test_a_cluster_gives_the_rows_of_this_machine_though_it_loses_a_worker(tmp_path, start, scheduler):
    address, _ = scheduler
    here, there = tmp_path / "here.csv", tmp_path / "there.csv"
    with processes(1) as pool:
        assert sweep("scaling", SCENARIOS, here, pool) == (16, 4)

    first = worker(start, address)

    def lose(n_done, n_failed, n):
        if n_done > 3 and first.poll() is None:
            first.send_signal(signal.SIGKILL)
            first.wait(10)
            worker(start, address)

    with cluster(address) as pool:
        assert sweep("scaling", SCENARIOS[:12], there, pool, lose) == (12, 3)
    assert first.returncode == -signal.SIGKILL
    with cluster(address) as pool:
        heard = []
        assert sweep("scaling", SCENARIOS, there, pool, lambda *counts: heard.append(counts)) == (16, 4)
    assert heard[0] == (12, 3, 16)
    assert there.read_bytes() == here.read_bytes()
    assert b"off a multiple of dp" in there.read_bytes()


def test_a_scheduler_that_ends_costs_no_finished_row(tmp_path, start, scheduler):
    address, process = scheduler
    worker(start, address)
    path = tmp_path / "results.csv"

    def end(n_done, n_failed, n):
        if n_done > 3:
            process.kill()

    with pytest.raises(ScenarioError, match="does not answer any more"), cluster(address) as pool:
        sweep("scaling", SCENARIOS, path, pool, end)
    assert len(path.read_text().splitlines()) > 4


def test_workers_without_waferscope_are_refused(tmp_path, start, scheduler):
    address, _ = scheduler
    (tmp_path / "viz").mkdir()
    (tmp_path / "viz" / "__init__.py").touch()  # hides the package
    worker(start, address, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)})
    with pytest.raises(ScenarioError, match=r"every worker of .* must have the waferscope of this machine"):
        with cluster(address):
            pass


def refusal(*arguments, address="tcp://127.0.0.1:1"):
    command = [sys.executable, *arguments, "scaling", "n_devices=8", "--scheduler", address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    return done.stderr


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "smoke://signals"])
def test_an_address_that_does_not_answer_is_refused_in_a_sentence(address):
    assert refusal("-m", "viz", "sweep", address=address) == (
        f"waferscope: --scheduler must be the address of a Dask scheduler that answers within 10 s, got {address!r}\n"
    )


def test_a_missing_extra_is_said_in_a_sentence():
    without = (
        "import sys; sys.modules['distributed'] = None; from viz.commands.cli import main; "
        "sys.argv[0:1] = ['', 'sweep']; main()"
    )
    assert refusal("-c", without) == (
        "waferscope: --scheduler needs the optional packages of waferscope[dask], which are missing\n"
    )
