import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from viz.cache import ByteCache, FileCache


def test_the_least_recently_used_makes_room():
    cache = ByteCache(30)
    for name in "abc":
        cache.put(name, 9 * name.encode())
    cache.get("a")
    cache.put("d", b"d" * 9)
    assert [name for name in "abcd" if cache.get(name)] == ["a", "c", "d"]
    assert cache.n_bytes == 30


def test_what_is_put_again_counts_once():
    cache = ByteCache(30)
    for _ in range(300):
        cache.put("a", b"a" * 9)
    cache.put("b", b"b" * 19)
    assert cache.get("a") == b"a" * 9
    assert cache.n_bytes == 30


def test_the_newest_is_kept_however_large_it_is():
    cache = ByteCache(30)
    cache.put("a", b"a")
    cache.put("b", b"b" * 100)
    assert (cache.get("a"), cache.get("b")) == (None, b"b" * 100)
    cache.put("c", b"c")
    assert cache.n_bytes == 2


@pytest.fixture
def files(tmp_path):
    return FileCache(tmp_path / "runs", "v1", 1e6)


def paths(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_in_a_file_outlasts_the_process(files, tmp_path):
    files.put("a", b"content")
    assert FileCache(tmp_path / "runs", "v1", 1e6).get("a") == b"content"
    files.put("a", b"other")
    assert files.get("a") == b"other"
    assert files.get("b") is None


@pytest.mark.slow
@given(st.binary(min_size=1, max_size=60), st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_that_is_damaged_or_cut_is_as_good_as_none(files, tmp_path, content, data):
    files.put("a", content)
    (path,) = paths(tmp_path)
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = bytearray(whole)
    damaged[at] ^= data.draw(st.integers(1, 255))
    for wrong in (bytes(damaged), whole[:at], whole + b"more", bytes(len(whole))):
        path.write_bytes(wrong)
        assert files.get("a") is None
    path.write_bytes(whole)
    assert files.get("a") == content


def test_a_file_under_another_key_is_as_good_as_none(files, tmp_path):
    files.put("a", b"content")
    (path,) = paths(tmp_path)
    path.rename(path.with_name("b"))
    assert files.get("b") is None


def test_files_keep_to_their_size_and_the_least_recently_used_go(tmp_path):
    files = FileCache(tmp_path, "v1", 3800)
    for age, key in enumerate(["used", "touched", "unused", "unfinished"]):
        files.put(key, bytes(900))
        os.utime(tmp_path / "v1" / key, ns=(10**9, 10**9 * (age + 1)))
    assert files.get("used") == bytes(900)
    files.touch("touched")
    files.put("new", bytes(900))
    files.put("newer", bytes(900))
    assert [path.name for path in paths(tmp_path)] == ["new", "newer", "touched", "used"]
    assert sum(path.stat().st_size for path in paths(tmp_path)) <= 3800


def test_contents_of_another_version_are_not_served_and_removed(files, tmp_path):
    files.put("a", b"old")
    changed = FileCache(tmp_path / "runs", "v2", 1e6)
    assert changed.get("a") is None
    changed.put("b", b"new")
    assert [path.name for path in paths(tmp_path)] == ["b"]
    files.put("c", b"an older process goes on")
    assert files.get("c") == b"an older process goes on"


def test_where_no_file_can_be_written_nothing_is_kept(tmp_path, caplog):
    (tmp_path / "runs").write_text("a file where the folder should be")
    files = FileCache(tmp_path / "runs", "v1", 1e6)
    files.put("a", b"content")
    assert files.get("a") is None
    assert "not kept on disk" in caplog.text


HAMMER = """
import sys
from pathlib import Path
from viz.cache import FileCache

files, found = FileCache(Path(sys.argv[1]), "v1", 200_000), 0
for n in range(600):
    key = str(n % 40)
    content = key.encode() * 5000
    got = files.get(key)
    assert got in (None, content), key
    found += got is not None
    if n % 3 == 0:
        files.put(key, content)
print(found)
"""


def test_several_processes_share_the_files_and_none_reads_half_of_one(tmp_path):
    command = [sys.executable, "-W", "error", "-c", HAMMER, str(tmp_path)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for process in started:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        assert int(out) > 0
    assert sum(path.stat().st_size for path in paths(tmp_path)) <= 200_000 + 3 * 10_032
