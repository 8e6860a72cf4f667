"""What `waferscope bench` measures of a live page: start, first picture, and a change of a control."""

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from engine.benchmark import Measurement

START_S = 5.0
ALIVE_S = 2.0
CHANGE_S = 0.15
SETTLE_MS = 500  # between two changes, for the charts to follow
# What is changed on each page, in values that nobody has asked before: scene, query, field, first value, last value.
CHANGES = {
    "dataflow at 64 × 64": ("fabric", "program=reduce&algorithm=two_phase&width=64&height=64", "words", 4, 43),
    "memory": ("memory", "", "outstanding", 33, 72),
    "scaling": ("scaling", "", "global_batch", 1001, 1040),
    "planner": ("planner", "", "mtbf_hours", 20_001, 20_040),
}

# Resolves with the time at which the run of the next change is drawn, counted from the input.
CHANGE = """([name, value]) => new Promise(resolve => {
  const roots = [...document.querySelectorAll("*")].map(element => element.shadowRoot)
  const field = roots.map(root => root?.querySelector(`#field-${name}`)).find(Boolean)
  const start = performance.now()
  const seen = new PerformanceObserver(list => {
    const drawn = list.getEntriesByName("waferscope drawn").find(entry => entry.startTime > start)
    if (drawn) { seen.disconnect(); resolve(drawn.startTime - start) }
  })
  seen.observe({entryTypes: ["mark"]})
  field.value = value
  field.dispatchEvent(new Event("input", {bubbles: true}))
})"""


def measurements() -> list[Measurement]:
    """Start the app and measure its dataflow page in Chromium.

    Returns
    -------
    list of Measurement
        Start of the app; where a browser is found, the first picture with an empty cache, and for each scene the
        median and the 95th percentile of changes of a control.
    """
    from viz.export.camera import ExportError, chromium

    rows = []
    with _app() as (address, seconds):
        rows.append(Measurement("start of the app, installed and compiled", seconds, "s", START_S))
        try:
            with chromium() as browser:
                rows.append(Measurement("dataflow page: first picture", _alive(browser, address), "s", ALIVE_S))
                for name, change in CHANGES.items():
                    times = sorted(_changes(browser, address, *change))
                    slow = times[int(0.95 * len(times))]
                    rows.append(Measurement(f"change of a control, {name}: median", statistics.median(times), "s"))
                    rows.append(Measurement(f"change of a control, {name}: 95th percentile", slow, "s", CHANGE_S))
        except ExportError:
            pass  # without a browser there is no page to measure
    return rows


@contextmanager
def _app() -> Iterator[tuple[str, float]]:
    """Run the app in a process of its own; yields its address and the time it took to listen [s]."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "viz", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        address = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
        try:
            yield address.rstrip("/"), time.perf_counter() - start
        finally:
            server.terminate()


def _alive(browser, address):
    """Return the time to the first picture of the page with an empty cache [s]."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{address}/fabric")
    page.wait_for_function("performance.getEntriesByName('waferscope drawn').length")
    alive = page.evaluate("performance.getEntriesByName('waferscope drawn')[0].startTime") / 1e3
    page.close()
    return alive


def _changes(browser, address, scene, query, field, first, last):
    """Return the times from an input to the first frame of its run [s], each of a run that nobody has asked before."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{address}/{scene}?{query}")
    page.locator(f"#field-{field}").wait_for(state="attached")
    page.wait_for_timeout(1000)
    times = []
    for value in range(first, last + 1):
        times.append(page.evaluate(CHANGE, [field, value]) / 1e3)
        page.wait_for_timeout(SETTLE_MS)
    page.close()
    return times
