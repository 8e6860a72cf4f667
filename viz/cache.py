"""Finished bytes that are kept while there is room: runs, pages, films."""

from collections import OrderedDict


class ByteCache:
    """Bytes by key, the least recently used going first.

    Parameters
    ----------
    most_bytes : float
        Size of all keys and contents together [B]; the newest is kept however large it is.
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
