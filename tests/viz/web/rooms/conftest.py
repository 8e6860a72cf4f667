"""A store of each kind: in memory, and a real Redis of the test's own."""

import os
import shutil
import socket
import subprocess
import time

import pytest

from viz.web.rooms.stores import MemoryStore, RedisStore


@pytest.fixture(scope="session")
def redis_url():
    """The address of a Redis that is started for the tests and keeps nothing."""
    if not shutil.which("redis-server"):
        if os.environ.get("CI") == "true":
            pytest.fail("no redis-server found, and CI=true", pytrace=False)
        pytest.skip("no redis-server found: ROOMS IN REDIS ARE NOT TESTED")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 0.1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


@pytest.fixture(params=["memory", "redis"])
def make_store(request):
    """A function that gives the store of one process; in Redis, all of them share what they keep."""
    if request.param == "memory":
        return MemoryStore
    url = request.getfixturevalue("redis_url")
    subprocess.run(["redis-cli", "-u", url, "flushall"], check=True, stdout=subprocess.DEVNULL)
    return lambda **options: RedisStore(url, **options)
