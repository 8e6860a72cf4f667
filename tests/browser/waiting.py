"""Waiting for what a page does, as long as a busy machine needs: budgets are the bench's."""

import time

WAIT_S = 30


def until(page, what, pause_ms=30):
    """Wait until a function gives something true, and return that."""
    end = time.monotonic() + WAIT_S
    while True:
        found = what()
        if found:
            return found
        assert time.monotonic() < end, f"it never became true, it is {found!r}"
        page.wait_for_timeout(pause_ms)
