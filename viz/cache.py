"""Finished bytes that are kept while there is room: runs, pages and films in memory, runs also in files."""

import hashlib
import logging
import os
import shutil
import tempfile
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

_log = logging.getLogger(__name__)


class ByteCache:
    """Bytes by key, the least recently used going first.

    Parameters
    ----------
    most_bytes : float
        Size of all keys and contents together [B]; the newest is kept however large it is.

    Attributes
    ----------
    n_bytes : int
        Their present size [B].
    """

    def __init__(self, most_bytes: float):
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self.n_bytes = 0

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key, None where nothing is."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: str, content: bytes) -> None:
        """Keep a content, in place of an earlier one; others make room."""
        self._drop(key)
        self._kept[key] = content
        self.n_bytes += len(key) + len(content)
        while self.n_bytes > self._most_bytes and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def _drop(self, key):
        content = self._kept.pop(key, None)
        if content is not None:
            self.n_bytes -= len(key) + len(content)


class FileCache:
    """Bytes by key in the files of a folder, the least recently used going first; several processes may share it.

    A file gets its name when it is complete, and begins with a hash of its key and its content: one that is damaged
    or not its own is as good as none. Where the folder cannot be used, nothing is kept.

    Parameters
    ----------
    folder : Path
        Of this cache and nothing else.
    version : str
        What the contents are made by: those of other versions are removed.
    most_bytes : float
        Size of all files together [B]. Each process may exceed it by a hundredth.
    """

    def __init__(self, folder: Path, version: str, most_bytes: float):
        self._folder = folder / version
        self._most_bytes = most_bytes
        self._unseen = most_bytes  # put since the folder was looked through [B]

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key, None where nothing is, or nothing sound."""
        try:
            data = (self._folder / key).read_bytes()
        except OSError:
            return None
        content = data[hashlib.sha256().digest_size :]
        if data != _sealed(key, content):
            return None
        self.touch(key)
        return content

    def touch(self, key: str) -> None:
        """Take note that what is kept under a key has been used."""
        with suppress(OSError):
            os.utime(self._folder / key)

    def put(self, key: str, content: bytes) -> None:
        """Keep a content, in place of an earlier one; others make room."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(_sealed(key, content))
            os.replace(file.name, self._folder / key)
            self._unseen += len(content)
            if self._unseen > self._most_bytes / 100:
                self._unseen = 0
                self._make_room()
        except FileNotFoundError:
            pass  # another process has made room just now
        except OSError as error:
            _log.warning("A run is not kept on disk: %s", error)

    def _make_room(self):
        for other in self._folder.parent.iterdir():
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)
        files = []
        for file in os.scandir(self._folder):  # also those that a process has left unfinished
            with suppress(FileNotFoundError):  # another process makes room, too
                files.append((file.stat().st_mtime_ns, file.stat().st_size, file.path))
        n_bytes = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if n_bytes <= self._most_bytes:
                break
            Path(path).unlink(missing_ok=True)
            n_bytes -= size


def _sealed(key, content):
    return hashlib.sha256(key.encode() + content).digest() + content
