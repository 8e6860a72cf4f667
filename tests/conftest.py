"""Tests keep runs in a folder of their own."""

import os
import tempfile

_FOLDER = tempfile.TemporaryDirectory(prefix="waferscope-", ignore_cleanup_errors=True)
os.environ["WAFERSCOPE_CACHE"] = _FOLDER.name


def pytest_unconfigure():
    _FOLDER.cleanup()
