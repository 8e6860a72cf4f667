"""Waiting for what a page does, as long as a busy machine needs: budgets are the bench's."""

import time

WAIT_S = 30

PICTURES = """(n) => new Promise((done) => {
  const next = () => n-- > 0 ? requestAnimationFrame(next) : done()
  next()
})"""
REST = """(n) => new Promise((done) => {
  let still = 0
  const seen = new MutationObserver(() => { still = 0 })
  seen.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  const ends = ({ effect }) => Number.isFinite(effect.getComputedTiming().endTime)
  const next = () => {
    const moves = document.getAnimations().some((one) => one.playState === "running" && ends(one))
    if (moves || document.fonts.status !== "loaded") still = 0
    if (still++ < n) return requestAnimationFrame(next)
    seen.disconnect()
    done()
  }
  next()
})"""


def until(page, what, pause_ms=30):
    """Wait until a function gives something true, and return that."""
    end = time.monotonic() + WAIT_S
    while True:
        found = what()
        if found:
            return found
        assert time.monotonic() < end, f"it never became true, it is {found!r}"
        page.wait_for_timeout(pause_ms)


def drawn(page, n_pictures=6):
    """Wait until a page has drawn some pictures more: what moves by itself has moved by then."""
    page.evaluate(PICTURES, n_pictures)


def at_rest(page, n_pictures=10):
    """Wait until a page has its fonts and nothing on it has changed or moved for some pictures."""
    page.evaluate(REST, n_pictures)
