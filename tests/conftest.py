"""Tests keep runs in a folder of their own, run the dear files first, and draw the same examples each time."""

import os
import tempfile

from hypothesis import settings

_FOLDER = tempfile.TemporaryDirectory(prefix="waferscope-", ignore_cleanup_errors=True)
os.environ["WAFERSCOPE_CACHE"] = _FOLDER.name

settings.register_profile("checks", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("checks")


def pytest_collection_modifyitems(items):
    """Put files that drive a browser first and quick ones last: the processes that share them end together."""
    dear = {}
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        dear[item.path] = max(dear.get(item.path, 0), 2 if "browser" in marks else 1 if "slow" in marks else 0)
    items.sort(key=lambda item: -dear[item.path])


def pytest_unconfigure():
    _FOLDER.cleanup()
