"""The app as a process that tests start, kill and start again on the same port."""

import asyncio
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).parents[4]


def run_apart(coroutine):
    """Run a coroutine in a thread of its own: a browser that other tests drive has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, coroutine).result()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(port, folder, **environment):
    """Run the app as it is run, with a teacher's own folder of lessons."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("PORT", "WAFERSCOPE_ORIGINS", "REDIS_URL")
    }
    command = [sys.executable, "-m", "viz", "serve", "--port", str(port), "--lessons", str(folder)]
    with subprocess.Popen(command, cwd=REPOSITORY, env=kept | environment, stdout=subprocess.PIPE, text=True) as server:
        assert any("http://" in line for line in server.stdout)
        try:
            yield
        finally:
            server.kill()  # without a farewell: streams break as they would
