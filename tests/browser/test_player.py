"""The trace player in a real Chromium."""

import json
from itertools import pairwise

import numpy as np
import pytest

from engine.language import language
from engine.trace import Table, Trace, unpack
from tests.browser.waiting import drawn, until
from tests.standalone import standalone_html
from tests.viz.fabric_trace import blocked_line, chain_reduce, field

pytestmark = pytest.mark.browser

STATE = "(element) => element.player.state"
SHA = """async (element, t) => {
  if (t !== null) element.player.seek(t)
  const canvas = element.querySelector("canvas")
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
  let hash = 0xcbf29ce484222325n
  const words = new BigUint64Array(data.buffer, 0, data.byteLength >> 3)
  for (const word of words) hash = BigInt.asUintN(64, (hash ^ word) * 0x100000001b3n)
  return hash.toString(16)
}"""
RUNS = {}


def run(name):
    """Build each run once: they are only read."""
    makers = {
        "small": lambda: chain_reduce(6, 5, 4),
        "reduce": chain_reduce,
        "large": lambda: chain_reduce(64, 64, 16),
        "line": blocked_line,
        "field": field,
    }
    if name not in RUNS:
        RUNS[name] = makers[name]()
    return RUNS[name]


@pytest.fixture
def show(site, page):
    """Open a run in a page of the static site; return the player's element."""
    folder, url = site

    def start(name="reduce", theme="light", on=page, **options):
        found = run(name)
        text = standalone_html(found.packed(), str(found.title), theme=theme, options={"autoplay": False} | options)
        (folder / "page.html").write_text(text, encoding="utf-8")
        on.goto(f"{url}/page.html")
        element = on.locator(".ws-ready")
        element.wait_for()
        on.evaluate("document.fonts.ready")
        return element

    return start


def state(element):
    return element.evaluate(STATE)


@pytest.mark.parametrize("seed", range(3))
def test_javascript_reads_every_column_as_python_does(site, page, seed):
    folder, url = site
    rng = np.random.default_rng(seed)
    columns = {}
    for name, dtype in dict(a="u1", b="u2", c="u4", d="i4").items():
        info = np.iinfo(dtype)
        columns[name] = rng.integers(info.min, info.max, 1001 + 3 * seed, dtype, endpoint=True)
    columns["e"] = rng.normal(size=1001 + 3 * seed).astype(np.float32)
    packed = Trace(7, "cycle", 1e-9, {"x": Table("series", columns)}, (), {"text": "<é>"}).pack(scene="fabric")
    (folder / "run.wst").write_bytes(packed)
    (folder / "empty.html").write_text('<!doctype html><link rel="icon" href="data:,">')
    page.goto(f"{url}/empty.html")
    found = page.evaluate(
        """async () => {
          const { unpack } = await import("/viz/client/kit/trace.js")
          const run = await unpack(await (await fetch("/run.wst")).arrayBuffer())
          const { group, rows, ...columns } = run.tables.x
          return { meta: run.meta, rows, columns: Object.entries(columns).map(([name, a]) => [name, Array.from(a)]) }
        }"""
    )
    trace, _ = unpack(packed)
    assert found["meta"] == {"text": "<é>"}
    assert found["rows"] == 1001 + 3 * seed
    assert {name: values for name, values in found["columns"]} == {
        name: column.tolist() for name, column in trace.tables["x"].columns.items()
    }


def test_it_plays_and_pauses_and_the_last_frame_stays(show, page):
    element = show()
    page.get_by_role("button", name="Play").click()
    until(page, lambda: state(element)["frames"] > 5)
    assert state(element)["playing"]
    page.get_by_role("button", name="Pause").click()
    t = state(element)["t"]
    assert 0 < t
    drawn(page)
    assert state(element)["t"] == t


def test_speed_multiplies_the_pace(show, page):
    element = show()
    element.evaluate(
        """(element) => {
          const { player } = element
          const times = []
          window.rates = Promise.all([1, 4].map(async (speed, k) => {
            await new Promise((done) => setTimeout(done, k * 500))
            player.setSpeed(speed); player.seek(0); player.play()
            const start = performance.now()
            await new Promise((done) => setTimeout(done, 400))
            times[k] = player.state.t / (performance.now() - start); player.pause()
            return times[k]
          }))
        }"""
    )
    slow, fast = page.evaluate("rates")
    assert 2.5 < fast / slow < 6


def test_it_ends_and_plays_again_from_the_start(show, page):
    element = show("small")
    element.evaluate(
        """(e) => { e.ended = 0; e.addEventListener("end", () => e.ended++)
          e.player.seek(e.player.state.duration - 0.5); e.player.play() }"""
    )
    page.wait_for_function("() => document.querySelector('.ws-player').ended === 1")
    assert not state(element)["playing"]
    page.get_by_role("button", name="Play").click()
    assert state(element)["t"] < 5


def test_keys_do_everything(show, page):
    element = show()
    page.locator(".ws-stage").focus()
    press = page.keyboard.press
    marks = [mark.t for mark in run("reduce").trace.marks]
    for key, t in [
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("]", marks[0]),
        ("]", marks[1]),
        ("[", marks[0]),
    ]:
        press(key)
        assert state(element)["t"] == t
    press("End")
    assert state(element)["t"] == run("reduce").trace.duration
    press("Home")
    assert state(element)["t"] == 0
    press(" ")
    assert state(element)["playing"]
    press("r")
    assert (state(element)["playing"], state(element)["t"]) == (False, 0)
    press(">")
    assert state(element)["speed"] == 2
    press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    assert sheet.get_by_text("Play or pause").is_visible()
    press("Escape")
    assert not sheet.is_visible()


# Resolves with the keys that the player takes and its sheet does not name.
NOT_IN_THE_SHEET = """player => {
  const arrows = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]
  const named = [...arrows, "Home", "End", "PageUp", "PageDown", "Enter", "Escape"]
  const printed = Array.from({length: 95}, (_, i) => String.fromCharCode(126 - i)) // letters before what zooms in
  const stage = player.querySelector(".ws-stage")
  const told = () => {
    player.player.help()
    return [...player.querySelectorAll("dialog dt")].flatMap(entry => entry.dataset.on.split("\\t"))
  }
  const before = told()
  player.querySelector("dialog").close()
  const taken = [...printed, ...named].filter(key => {
    const event = new KeyboardEvent("keydown", {key, bubbles: true, composed: true, cancelable: true})
    stage.dispatchEvent(event)
    player.querySelector("dialog").close()
    return event.defaultPrevented
  })
  const all = [...before, ...told(), ...arrows] // arrows stand with Enter, after which they move what is selected
  return [taken, taken.filter(key => !all.includes(key))]
}"""


def test_the_sheet_names_every_key_that_the_player_takes(show):
    taken, missing = show().evaluate(NOT_IN_THE_SHEET)
    assert missing == []
    assert {" ", "[", "]", "l", "Enter", "?"} < set(taken)


def test_the_time_bar_scrubs_by_pointer_and_by_arrow(show, page):
    element = show()
    box = page.locator(".ws-range").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    t = state(element)["t"]
    assert abs(t - run("reduce").trace.duration / 2) < 4
    page.keyboard.press("ArrowLeft")
    assert state(element)["t"] == t - 1


def test_marks_are_buttons_with_their_sentence(show, page):
    element = show()
    mark = run("reduce").trace.marks[2]
    button = page.get_by_role("button", name=str(mark.text))
    button.hover()
    assert page.locator(".ws-tip").is_visible()
    button.click()
    assert state(element)["t"] == mark.t
    assert page.locator(".ws-say").inner_text() == f"At cycle {mark.t}: {mark.text}"


def test_words_are_spoken_once_a_second_at_most(show, page):
    element = show(speed=4)
    element.evaluate(
        """(e) => { e.said = []; new MutationObserver(() => e.player.state.playing && e.said.push(performance.now()))
          .observe(e.querySelector(".ws-say span"), { childList: true }); e.player.play() }"""
    )
    until(page, lambda: element.evaluate("(e) => e.said.length") >= 2)
    said = element.evaluate("(e) => { e.player.destroy(); return e.said }")
    assert all(b - a > 900 for a, b in pairwise(said))


def test_reduced_motion_starts_paused_and_moves_in_whole_cycles(new_page, show):
    page = new_page(reduced_motion="reduce")
    element = show(on=page, autoplay=True)
    assert not state(element)["playing"]
    element.evaluate(
        "(e) => { e.times = []; e.addEventListener('time', ({ detail }) => e.times.push(detail.t)); e.player.play() }"
    )
    times = until(page, lambda: element.evaluate("(e) => e.times"))
    assert all(t == int(t) for t in times)


@pytest.mark.parametrize("name", ["small", "reduce", "line", "field"])
def test_pictures_depend_on_the_time_alone(show, name):
    element = show(name)
    middle = run(name).trace.duration // 2
    first = element.evaluate(SHA, middle)
    assert element.evaluate(SHA, 3) != first
    assert element.evaluate(SHA, middle) == first
    element.evaluate("(e) => { e.player.step(1); e.player.step(-1) }")
    assert element.evaluate(SHA, None) == first


def test_a_click_inspects_a_pe_and_arrows_move_on(show, page):
    element = show("small")
    element.evaluate("(e) => { e.picked = []; e.addEventListener('select', ({ detail }) => e.picked.push(detail.id)) }")
    place = element.evaluate("(e) => e.player.renderer.place(8)")
    canvas = page.locator("canvas").bounding_box()
    page.mouse.click(canvas["x"] + place["x"] + place["width"] / 2, canvas["y"] + place["y"] + place["height"] / 2)
    card = page.get_by_label("Inspector")
    assert card.get_by_text("PE (2, 1)").is_visible()
    words = [int(v) for v in run("small").trace.tables["memory"].columns["before"][8 * 4 : 9 * 4]]
    assert " ".join(map(str, words)) in card.text_content()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    assert element.evaluate("(e) => e.picked") == [8, 9, 15, 14, 8]
    assert state(element)["t"] == 0
    page.keyboard.press("]")
    assert state(element)["t"] > 0
    page.keyboard.press("Escape")
    assert not card.is_visible()
    page.keyboard.press("ArrowRight")
    assert state(element)["selected"] is None


def test_the_inspector_counts_what_waits_in_a_queue(show, page):
    element = show("line")
    element.evaluate("(e) => { e.player.seek(18); e.player.select(5) }")
    card = page.get_by_label("Inspector")
    assert "2 of at most 2" in card.inner_text()
    assert "stalled" in card.inner_text()


@pytest.mark.parametrize("scale", [0.5, 1.37])
def test_hits_are_right_under_a_transform(show, page, scale):
    element = show("small")
    page.evaluate(f"document.querySelector('main').style.transform = 'scale({scale})'")
    page.evaluate("document.querySelector('main').style.transformOrigin = '0 0'")
    place = element.evaluate("(e) => e.player.renderer.place(7)")
    box = page.locator("canvas").bounding_box()
    page.mouse.click(
        box["x"] + scale * (place["x"] + place["width"] / 2), box["y"] + scale * (place["y"] + place["height"] / 2)
    )
    assert state(element)["selected"] == 7


def test_themes_and_sizes_change_the_picture_and_come_back(show, page):
    element = show()
    wait = lambda: page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")  # noqa: E731
    light = element.evaluate(SHA, 60)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    wait()
    assert element.evaluate(SHA, 60) != light
    page.set_viewport_size({"width": 700, "height": 700})
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    wait()
    size = element.evaluate("(e) => [e.querySelector('canvas').width, e.querySelector('.ws-stage').clientWidth]")
    assert size[0] == size[1] < 700
    page.set_viewport_size({"width": 1280, "height": 720})
    wait()
    assert element.evaluate(SHA, 60) == light


@pytest.mark.parametrize("size", [(1280, 720), (390, 844), (480, 270)])
def test_nothing_is_wider_than_the_page(new_page, show, size):
    page = new_page(viewport=size)
    show(on=page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_destroy_leaves_no_frame_and_no_element(show, page):
    element = show()
    count = """() => { const request = window.requestAnimationFrame; window.asked = 0
      window.requestAnimationFrame = (f) => { window.asked++; return request(f) }
      window.drawn = (n) => new Promise((done) => {
        const next = () => n-- > 0 ? request(next) : done(asked)
        next()
      }) }"""
    page.evaluate(count)
    element.evaluate("(e) => { e.player.play(); e.player.destroy() }")
    asked = page.evaluate("drawn(2)")
    assert page.evaluate("drawn(9)") == asked
    assert page.locator(".ws-player").count() == 0


def test_it_rests_while_it_cannot_be_seen(show, page):
    element = show()
    element.evaluate("(e) => e.player.play()")
    page.evaluate("document.querySelector('main').style.marginTop = '3000px'")

    def rests():
        frames = state(element)["frames"]
        drawn(page)
        return frames == state(element)["frames"]

    until(page, rests)
    page.evaluate("document.querySelector('main').style.marginTop = ''")
    until(page, lambda: not rests())


@pytest.mark.parametrize("name", ["reduce", "field"])
def test_one_file_plays_without_a_network(new_page, tmp_path, name):
    page = new_page()
    file = tmp_path / "run.html"
    file.write_text(standalone_html(run(name).packed(), "<script>alert(1)</script> & co"), encoding="utf-8")
    page.context.set_offline(True)
    requests = []
    page.on("request", lambda request: requests.append(request.url) if not request.url.startswith("data:") else None)
    page.goto(file.as_uri())
    element = page.locator(".ws-ready")
    element.wait_for()
    until(page, lambda: state(element)["frames"] > 3)
    assert requests == [file.as_uri()]
    assert page.title() == "<script>alert(1)</script> & co"
    assert page.evaluate("document.fonts.check('16px Inter')")


def test_a_run_is_swapped_in_place_and_errors_can_be_retried(site, new_page):
    folder, url = site
    page = new_page()
    (folder / "a.wst").write_bytes(run("small").packed())
    (folder / "b.wst").write_bytes(run("line").packed())
    (folder / "modules.html").write_text(
        """<!doctype html><html lang="en"><title>x</title><link rel="icon" href="data:,">
        <link rel="stylesheet" href="viz/client/kit/theme.css">
        <link rel="stylesheet" href="viz/client/player/player.css">
        <script type="text/fluent" id="texts" lang="en">TEXTS</script>
        <div id="here" style="height: 500px"></div><script type="module">
        import { createPlayer } from "./viz/client/player/player.js"
        window.player = await createPlayer(document.querySelector("#here"), { src: "a.wst", heading: "h1" })
        </script>""".replace("TEXTS", language("en").source("numbers", "scenario", "player", "fabric"))
    )
    page.goto(f"{url}/modules.html")
    page.get_by_role("heading", name=str(run("small").title)).wait_for()
    assert page.evaluate("player.load('b.wst')")
    assert page.get_by_role("heading", name=str(run("line").title)).is_visible()
    assert page.locator("canvas").count() == 1
    assert page.evaluate("Promise.all([player.load('a.wst'), player.load('b.wst')])") == [False, True]
    assert not page.evaluate("player.load('missing.wst')")
    assert "the server answered 404" in page.get_by_role("alert").inner_text()
    page.expected_errors.clear()  # Chromium reports the 404 in the console
    (folder / "missing.wst").write_bytes(run("small").packed())
    page.get_by_role("button", name="Retry").click()
    page.get_by_role("alert").wait_for(state="detached")
    assert page.evaluate("player.run.title") == str(run("small").title)
    (folder / "bad.wst").write_bytes(b"no run")
    page.evaluate("player.load('bad.wst')")
    assert "not a run of Waferscope" in page.get_by_role("alert").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_axe_finds_no_violation(show, page, violations, theme):
    element = show("small", theme=theme)
    element.evaluate("(e) => { e.player.seek(20); e.player.select(8) }")
    assert violations(page) == []
    element.evaluate("(e) => { e.player.select(null); e.player.help() }")
    assert violations(page) == []


def test_panel_component_declares_what_it_needs():
    from viz.components.player import TracePlayer

    assert json.dumps(TracePlayer.param.values()["module"])
