"""What `waferscope bench` measures of a live page: start, first picture, and a change of a control."""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

from engine.benchmark import Measurement
from engine.scenarios import SCENES

START_S = 5.0
ALIVE_S = 2.0
CHANGE_S = 0.15
WAFER_S = 2.0
BAR_S = 0.3  # from which on a long run shows its progress
FRAME_S = 4e-3
LATE_S = 8e-3  # the same, of the slowest frames
BACK_S = 0.1
KEPT_S = 0.05
PLAYED_MS = 4000
SETTLE_MS = 500  # between two changes, for the charts to follow
CHANGES = 40  # of each scene, to values that nobody has asked before
# The query in which each scene is changed, where its defaults are not enough work.
AT = {"fabric": "program=reduce&algorithm=two_phase&width=64&height=64"}

ROW = "program=all_reduce&root=centre&width=750&height=1"
WAFER = "program=all_reduce&root=centre&width=750&height=994"
CROWDED = SCENES["planner"].read(SCENES["planner"].presets["llama_3"])
# What is looked at while it plays: name to address and what is done first.
PICTURES = {
    "the wafer": (f"fabric?{WAFER}", ""),
    "every PE of a region of 32 × 32": (f"fabric?{WAFER}&window=32", ""),
    "every PE of a region of 64 × 64": (f"fabric?{WAFER}&window=64", ""),
    "the inside of a PE of the wafer": (f"fabric?{WAFER}&window=32", "player.enter()"),
    "a mesh of 64 × 64": ("fabric?program=all_reduce&width=64&height=64", ""),
    "three machines": ("memory?machines=a100_80,h100,v100", ""),
    "a step of training": ("scaling", ""),
    "a training with many failures": (f"planner?{CROWDED.query()}", ""),
}

# Resolves with the times at which the run of the next change is drawn, and at which its progress is first shown (null
# if never), counted from the input.
CHANGE = """([name, value]) => new Promise(resolve => {
  const roots = [...document.querySelectorAll("*")].map(element => element.shadowRoot)
  const field = roots.map(root => root?.querySelector(`#field-${name}`)).find(Boolean)
  const start = performance.now()
  const box = document.getElementById("progress")
  let shown = null
  const bar = new MutationObserver(() => { if (!box.hidden) shown ??= performance.now() - start })
  bar.observe(box, {attributes: true})
  const seen = new PerformanceObserver(list => {
    const drawn = list.getEntriesByName("waferscope drawn").find(entry => entry.startTime > start)
    if (!drawn) return
    seen.disconnect()
    bar.disconnect()
    resolve([drawn.startTime - start, shown])
  })
  seen.observe({entryTypes: ["mark"]})
  field.value = value
  field.dispatchEvent(new Event("input", {bubbles: true}))
})"""

# Resolves with the time from a jump to a cycle until it has been drawn.
BACK = """({player}, cycle) => new Promise(resolve => {
  const start = performance.now()
  player.seek(cycle)
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)))
})"""


def measurements() -> list[Measurement]:
    """Start the app and measure its dataflow page in Chromium.

    Returns
    -------
    list of Measurement
        Start of the app; where a browser is found, the first picture with an empty cache, for each scene the median
        and the 95th percentile of changes of a control, the same for the full wafer, and the script of a frame; then
        the first byte of a run of the full wafer that was computed before a restart.
    """
    from viz.documents.export.camera import can_draw, chromium

    rows = []
    with tempfile.TemporaryDirectory() as cache:
        with _app(cache) as (address, seconds):
            rows.append(Measurement("start of the app, installed and compiled", seconds, "s", START_S))
            if can_draw():  # without a browser there is no page to measure
                with chromium() as browser:
                    rows += _pages(browser, address)
            _first_byte(address)
        with _app(cache) as (address, _):
            rows.append(Measurement("the full wafer after a restart: first byte", _first_byte(address), "s", KEPT_S))
    return rows


def _pages(browser, address):
    yield Measurement("dataflow page: first picture", _alive(browser, address), "s", ALIVE_S)
    yield from _wafer(browser, address)
    for scene in SCENES.values():
        times = [drawn for drawn, _ in _changes(browser, address, *_change(scene))]
        yield from _spread(f"change of a control, {scene.scene}", times, CHANGE_S)
    for name, picture in PICTURES.items():
        yield from _spread(f"script of a frame, {name}", _frames(browser, address, *picture), LATE_S, FRAME_S)
    yield Measurement("the wafer a jump back in time later", _back(browser, address), "s", BACK_S)


def _change(scene):
    """Return scene, query, field, first and last value of the changes of a scene: of the last essential number."""
    fields = scene.fields()
    name = [name for name in scene.essential if isinstance(fields[name].default, int | float)][-1]
    first = int(fields[name].default) + 1
    return scene.scene, AT.get(scene.scene, ""), name, first, first + CHANGES - 1


@contextmanager
def _app(cache: str) -> Iterator[tuple[str, float]]:
    """Run the app in a process of its own; yields its address and the time it took to listen [s]."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "viz", "serve", "--port", "0"]
    environment = {**os.environ, "WAFERSCOPE_CACHE": cache}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        address = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
        try:
            yield address.rstrip("/"), time.perf_counter() - start
        finally:
            server.terminate()


def _first_byte(address):
    """Return the time to the first byte of the run of the preset of the full wafer [s]."""
    start = time.perf_counter()
    with urlopen(f"{address}/run/fabric?{WAFER}") as answer:
        answer.read(1)
        return time.perf_counter() - start


def _alive(browser, address):
    """Return the time to the first picture of the page with an empty cache [s]."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{address}/fabric")
    page.wait_for_function("performance.getEntriesByName('waferscope drawn').length")
    alive = page.evaluate("performance.getEntriesByName('waferscope drawn')[0].startTime") / 1e3
    page.close()
    return alive


def _spread(name, values, budget, half=None):
    """Return median and 95th percentile of measured times, each beside its budget [s]."""
    slow = sorted(values)[int(0.95 * len(values))]
    yield Measurement(f"{name}: median", statistics.median(values), "s", half)
    yield Measurement(f"{name}: 95th percentile", slow, "s", budget)


def _wafer(browser, address):
    """Return how long a sum over the full wafer takes, in a process that has not run one and in one that has."""
    name = "all-reduce on the full wafer, request to first frame"
    ((first, _),) = _changes(browser, address, "fabric", f"{ROW}&words=13", "height", 994, 994)
    yield Measurement(f"{name}: first of the process", first, "s")
    others = _changes(browser, address, "fabric", f"{WAFER}&words=13", "words", 14, 18)
    yield Measurement(f"{name}: median", statistics.median(drawn for drawn, _ in others), "s", WAFER_S)
    bars = [shown for drawn, shown in others if drawn > 2 * BAR_S]
    if bars and None not in bars:
        yield Measurement("progress shown after", statistics.median(bars), "s", BAR_S + CHANGE_S)


def _frames(browser, address, path, first):
    """Return the processor time of the script of each frame, while a run plays [s]."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{address}/{path}")
    page.wait_for_function("performance.getEntriesByName('waferscope drawn').length", timeout=60_000)
    page.wait_for_timeout(1500)
    player = page.locator(".ws-player")
    if first:
        player.evaluate(f"({{player}}) => {first}")
        page.wait_for_timeout(1000)
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    player.evaluate("({player}) => player.play()")
    page.wait_for_timeout(PLAYED_MS)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    page.close()
    finished = (event for event in events if event["name"] == "FireAnimationFrame" and "tdur" in event)
    return [event["tdur"] / 1e6 for event in finished]


def _back(browser, address):
    """Return the median time from a jump back in a run of the full wafer to its picture [s]."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{address}/fabric?{WAFER}")
    page.wait_for_function("performance.getEntriesByName('waferscope drawn').length", timeout=60_000)
    page.wait_for_timeout(1500)
    player = page.locator(".ws-player")
    player.evaluate("({player}) => player.pause()")
    times = []
    for cycle in range(2000, 0, -250):
        player.evaluate("({player}) => player.seek(Infinity)")
        page.wait_for_timeout(SETTLE_MS)
        times.append(player.evaluate(BACK, cycle) / 1e3)
    page.close()
    return statistics.median(times)


def _changes(browser, address, scene, query, field, first, last):
    """Return for changes of a control to what nobody has asked before the times until its run is drawn [s].

    Beside each stands when its progress was shown [s], None for never.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{address}/{scene}?{query}")
    page.locator(f"#field-{field}").wait_for(state="attached")
    page.wait_for_function("performance.getEntriesByName('waferscope drawn').length", timeout=60_000)
    page.wait_for_timeout(SETTLE_MS)
    times = []
    for value in range(first, last + 1):
        times.append([ms and ms / 1e3 for ms in page.evaluate(CHANGE, [field, value])])
        page.wait_for_timeout(SETTLE_MS)
    page.close()
    return times
