"""Where outlasts the process what took long to compute."""

import os
from pathlib import Path


def user_cache() -> Path:
    """Return the folder of Waferscope among the caches of the user: `XDG_CACHE_HOME`, by default `~/.cache`."""
    return Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "waferscope"
