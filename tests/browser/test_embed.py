"""The page of a run inside hosts: a window, a frame, a sandbox, a deck."""

import base64
import json
import zlib

import pytest

from engine.scenarios import SCENES, Scenario, scenario_class
from tests.browser import waiting
from tests.browser.messages import HOST, check
from tests.viz.fabric_trace import chain_reduce
from viz.documents.embed import embed_html
from viz.documents.embed_charts import usual_charts
from viz.notebook import frame_html

pytestmark = pytest.mark.browser

READY = "[data-waferscope-ready]"


class Sums(Scenario):
    scene = "fabric"


RUN = chain_reduce(6, 5, 4)


def embed(file, run=RUN, **view):
    """Write the page of a run and return its path."""
    file.write_text(embed_html(run.packed(), Sums(), view, link=""), encoding="utf-8")
    return file


@pytest.fixture
def framed(site, page):
    """Open a run in a frame: `framed(sandbox="", hash="", **view) -> (page, frame)`."""
    folder, url = site

    def start(sandbox=None, fragment="", on=page, **view):
        embed(folder / "embed.html", **view)
        attribute = "" if sandbox is None else f'sandbox="{sandbox}"'
        text = HOST.replace("FILE", f"embed.html{fragment}").replace("SANDBOX", attribute)
        (folder / "host.html").write_text(text)
        on.goto(f"{url}/host.html")
        frame = on.frames[1]
        frame.wait_for_selector(READY)
        return on, frame

    return start


def state(frame):
    return frame.evaluate("document.querySelector('.ws-player').player.state")


def until(frame, condition, arg=None):
    """Wait for a condition; unlike Playwright's own way this needs no eval, which the page forbids."""
    return waiting.until(frame, lambda: frame.evaluate(condition, arg))


def heard(page, kind):
    return page.evaluate("(kind) => of(kind)", kind)


def wait_heard(page, kind):
    until(page, "(kind) => of(kind).length", kind)
    return heard(page, kind)[-1]


def test_a_page_opens_from_a_file_with_every_request_blocked(new_page, tmp_path):
    page = new_page()
    asked = []

    def block(route):
        if route.request.url.startswith("file:"):
            asked.append(route.request.url)
            route.continue_()
        else:
            route.abort()

    page.context.set_offline(True)
    page.route(lambda url: not url.startswith("data:"), block)
    file = embed(tmp_path / "sums.html", autoplay="visible")
    assert file.stat().st_size < 3e6
    page.goto(file.as_uri())
    page.wait_for_selector(READY)
    until(page, "document.querySelector('.ws-player').player.state.t > 1")
    assert asked == [file.as_uri()]
    assert page.evaluate("document.fonts.check('16px Inter')")


def test_a_page_plays_in_a_sandbox_and_talks_to_its_host(framed):
    page, frame = framed(sandbox="allow-scripts", autoplay="off")
    assert wait_heard(page, "loaded")["duration"] == RUN.trace.duration
    assert {message["origin"] for message in page.evaluate("heard")} == {"null"}
    page.evaluate("command('play')")
    until(frame, "document.querySelector('.ws-player').player.state.t > 0.2")
    page.evaluate("command('pause', {id: 1})")
    page.evaluate("command('capture', {id: 2, format: 'png', scale: 0.25})")
    assert wait_heard(page, "reply")["data"].startswith("data:image/png;base64,")


def test_a_host_hears_two_stages_and_gets_answers_to_its_questions(framed):
    page, _frame = framed(autoplay="off")
    loaded = wait_heard(page, "loaded")
    types = page.evaluate("heard.map(({ data }) => data.type)")
    assert types.index("ready") < types.index("loaded")
    ready = heard(page, "ready")[0]
    assert ready["markers"] == [vars(mark) | {"text": str(mark.text)} for mark in RUN.trace.marks]
    assert ready["size"] == [1280, 720]
    assert loaded["duration"] == RUN.trace.duration
    for number, what in enumerate(["state", "figures", "scenario", "marks", "view", "link"]):
        page.evaluate("([id, what]) => command('get', { id, what })", [number, what])
        until(page, "(id) => of('reply').some((reply) => reply.id === id)", number)
    replies = {reply["id"]: reply["data"] for reply in heard(page, "reply")}
    assert replies[1]["cycles"]["value"] == RUN.figures["cycles"].value
    check(page)
    assert replies[3] == [vars(mark) | {"text": str(mark.text)} for mark in RUN.trace.marks]


def test_commands_move_the_picture_and_a_repeated_one_is_applied_once(framed):
    page, frame = framed(autoplay="off")
    page.evaluate("command('seek', {marker: 'rows_done'})")
    rows_done = next(mark.t for mark in RUN.trace.marks if mark.name == "rows_done")
    until(frame, "(t) => document.querySelector('.ws-player').player.state.t === t", rows_done)
    page.evaluate("command('step', {id: 'a', n: -1}); command('step', {id: 'a', n: -1})")
    until(frame, "(t) => document.querySelector('.ws-player').player.state.t < t", rows_done)
    assert state(frame)["t"] == rows_done - 1
    page.evaluate("command('set', {params: {theme: 'dark', controls: 'none'}})")
    frame.wait_for_selector("[data-theme=dark]")
    assert not frame.is_visible(".ws-transport")
    page.evaluate("command('play', {until: 'm:rows_done', speed: 4})")
    assert wait_heard(page, "ended")["ns"] == "waferscope"
    assert state(frame)["t"] == rows_done
    assert not state(frame)["playing"]
    page.evaluate("command('reset')")
    until(frame, "document.querySelector('.ws-player').player.state.t === 0")


def test_what_a_host_may_not_say_changes_nothing(framed):
    page, frame = framed(autoplay="off")
    before = state(frame)
    for message in (
        "{type: 'play'}",
        "{ns: 'waferscope', v: 2, type: 'play'}",
        "{ns: 'waferscope', v: 1, type: 'constructor'}",
        "{ns: 'waferscope', v: 1, type: '__proto__'}",
        "{ns: 'waferscope', v: 1, type: 'play', until: 'm:nowhere'}",
        "{ns: 'waferscope', v: 1, type: 'seek', t: {}}",
        '\'{"method":"play"}\'',
        "null",
    ):
        page.evaluate(f"say({message})")
        greeted = len(heard(page, "ready"))
        page.evaluate("command('hello')")
        until(page, "(n) => of('ready').length > n", greeted)
        assert state(frame) | {"frames": 0} == before | {"frames": 0}, message


def test_messages_of_another_origin_are_ignored(framed, monkeypatch):
    monkeypatch.setenv("WAFERSCOPE_FRAME_ANCESTORS", "https://decks.example")
    page, frame = framed(autoplay="off")
    frame.evaluate("addEventListener('message', () => { window.told = true })")
    page.evaluate("command('play')")
    until(frame, "window.told")
    assert not state(frame)["playing"]
    assert heard(page, "ready")


def test_a_deck_starts_and_stops_the_frame_and_finds_it_where_it_was(framed):
    page, frame = framed(autoplay="slide")
    waiting.drawn(frame)
    assert not state(frame)["playing"]
    assert frame.is_visible(".we-play")
    page.evaluate("say('slide:start')")
    until(frame, "document.querySelector('.ws-player').player.state.t > 1")
    page.evaluate("say('slide:stop')")
    until(frame, "!document.querySelector('.ws-player').player.state.playing")
    kept = state(frame)["t"]
    page.evaluate("document.querySelector('iframe').src = 'about:blank'")
    page.evaluate("document.querySelector('iframe').src = 'embed.html'")
    again = page.frames[1]
    again.wait_for_selector(READY)
    assert state(again)["t"] == kept
    assert not state(again)["playing"]


def test_an_embed_plays_when_it_is_seen_but_never_against_reduced_motion(framed, new_page):
    _, frame = framed()
    until(frame, "document.querySelector('.ws-player').player.state.playing")
    _, frame = framed(on=new_page(reduced_motion="reduce"))
    waiting.drawn(frame)
    assert not state(frame)["playing"]
    assert frame.is_visible(".we-play")


@pytest.mark.parametrize("autoplay", ["slide", "off"])
def test_a_deck_that_is_early_starts_only_what_may_start_by_itself(framed, page, autoplay):
    early = """addEventListener("message", ({ data }) => data.type === "ready" && say("slide:start"))"""
    page.add_init_script(f"if (window === top) {early}")
    page, frame = framed(autoplay=autoplay)
    assert wait_heard(page, "loaded")
    if autoplay == "slide":
        until(frame, "document.querySelector('.ws-player').player.state.playing")
    waiting.drawn(frame)
    assert state(frame)["playing"] == (autoplay == "slide")
    assert frame.is_visible(".we-play") == (autoplay == "off")


def test_an_embed_plays_though_a_busy_browser_tells_late_that_it_is_seen(framed, page):
    page.add_init_script(
        """window.IntersectionObserver = class extends IntersectionObserver {
          constructor(hear, options) {
            super((entries) => hear([{ isIntersecting: false, intersectionRatio: 0 }, ...entries]), options)
          }
        }"""
    )
    _, frame = framed()
    until(frame, "document.querySelector('.ws-player').player.state.playing")


def test_keys_that_the_deck_needs_are_given_back(framed):
    page, frame = framed(autoplay="off")
    page.evaluate("command('hello')")
    frame.locator("canvas").click(position={"x": 3, "y": 3})
    before = state(frame)["t"]
    for key in ("ArrowRight", "PageDown", "Escape", "f", "s", "b"):
        page.keyboard.press(key)
    until(page, "of('key').length >= 6")
    assert [message["key"] for message in heard(page, "key")] == ["ArrowRight", "PageDown", "Escape", "f", "s", "b"]
    assert state(frame)["t"] == before
    native = page.evaluate("heard.map(({ data }) => data).filter((data) => typeof data === 'string').map(JSON.parse)")
    assert native[0] == {"method": "triggerKey", "args": [39]}


def test_a_deck_that_says_nothing_gets_its_keys_and_the_focus_back(framed):
    page, frame = framed(autoplay="off")
    page.evaluate("() => { window.pressed = []; onkeydown = ({ key, keyCode }) => { pressed.push([key, keyCode]) } }")
    frame.locator("canvas").click(position={"x": 3, "y": 3})
    page.keyboard.press("PageDown")
    until(page, "pressed.length && document.hasFocus()")
    page.keyboard.press("ArrowLeft")
    until(page, "pressed.length > 1")
    assert page.evaluate("pressed") == [["PageDown", 34], ["ArrowLeft", 37]]


def test_the_keyboard_alone_reaches_the_controls_of_a_frame(framed):
    page, frame = framed(autoplay="off")
    for _ in range(12):
        page.keyboard.press("Tab")
        if frame.evaluate("document.activeElement?.matches('.ws-range')"):
            break
    before = state(frame)["t"]
    page.keyboard.press("ArrowRight")
    until(frame, "(t) => document.querySelector('.ws-player').player.state.t > t", before)
    assert not heard(page, "key")


def test_the_decks_keys_step_through_the_marks_first(framed):
    page, frame = framed(autoplay="off", markers="fragments", motion="reduced")
    frame.locator("canvas").click(position={"x": 3, "y": 3})
    times = []
    for _ in RUN.trace.marks:
        page.keyboard.press("ArrowRight")
        until(frame, "(t) => document.querySelector('.ws-player').player.state.t !== t", times[-1] if times else None)
        times.append(state(frame)["t"])
    assert times == [mark.t for mark in RUN.trace.marks]
    assert not heard(page, "key")
    page.keyboard.press("ArrowRight")
    until(page, "of('key').length === 1")


def test_the_hash_sets_the_view_and_says_what_it_does_not_understand(framed):
    _page, frame = framed(fragment="#theme=projector&t=m:rows_done&autoplay=off&speed=9&x=<b>", autoplay="off")
    assert frame.locator("html").get_attribute("data-theme") == "projector"
    warning = frame.locator(".we-warning")
    assert warning.inner_text() == "Unknown settings, left out: speed=9, x=<b>"


def test_a_long_hash_says_the_same(framed):
    state = base64.urlsafe_b64encode(zlib.compress(b"theme=projector&t=m:rows_done&x=1")).decode().rstrip("=")
    page, frame = framed(fragment=f"#autoplay=off&s={state}")
    assert frame.locator("html").get_attribute("data-theme") == "projector"
    assert frame.locator(".we-warning").inner_text() == "Unknown settings, left out: x=1"
    page.evaluate("document.querySelector('iframe').src = 'embed.html#s=AAAA'")
    frame.get_by_text("Unknown settings, left out: s=AAAA").wait_for()


def test_a_frame_says_which_height_it_wants(framed):
    page, _frame = framed(autoplay="off")
    assert wait_heard(page, "resize")["h"] == 540
    page.evaluate("document.querySelector('iframe').width = 640")
    until(page, "of('resize').at(-1).h === 360")


def test_a_saved_copy_opens_where_the_player_was(framed, new_page, tmp_path):
    page, frame = framed(autoplay="off", controls="full")
    page.evaluate("command('seek', {t: 7}); command('set', {params: {theme: 'dark'}})")
    frame.wait_for_selector("[data-theme=dark]")
    with page.expect_download() as download:
        frame.get_by_role("button", name="Save a copy").click()
    file = tmp_path / "copy.html"
    download.value.save_as(file)
    other = new_page()
    other.context.set_offline(True)
    other.goto(file.as_uri())
    other.wait_for_selector(READY)
    assert other.locator("html").get_attribute("data-theme") == "dark"
    assert state(other)["t"] == 7


def test_svg_and_png_show_the_same_picture(framed):
    _page, frame = framed(autoplay="off")
    difference = frame.evaluate(
        """async () => {
          const { still, stillSvg } = await import("waferscope/player/still.js")
          const player = document.querySelector(".ws-player").player
          const picture = await still(player, 20, 0.5)
          const image = new Image()
          image.src = "data:image/svg+xml," + encodeURIComponent(stillSvg(player, 20))
          await image.decode()
          const { width, height } = picture
          const canvas = Object.assign(document.createElement("canvas"), { width, height })
          canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
          const pixels = (of) => of.getContext("2d").getImageData(100, 100, 440, 150).data
          const [a, b] = [pixels(picture), pixels(canvas)]
          return a.reduce((sum, value, k) => sum + Math.abs(value - b[k]), 0) / a.length
        }"""
    )
    assert difference < 2


def test_the_stage_scales_and_keeps_its_pixels_sharp(framed):
    _page, frame = framed(autoplay="off")
    box = frame.evaluate(
        "(({ width, height }) => [width, height])(document.querySelector('.we-stage').getBoundingClientRect())"
    )
    assert box == pytest.approx([960, 540], abs=0.5)
    canvas = frame.evaluate("(({ width }) => width)(document.querySelector('canvas'))")
    assert canvas == pytest.approx(
        frame.evaluate("document.querySelector('canvas').getBoundingClientRect().width"), abs=1.5
    )


def test_an_embed_is_accessible_in_every_theme(framed, violations):
    page, frame = framed(autoplay="off", controls="full")
    page.goto(frame.url)
    page.wait_for_selector(READY)
    for theme in ("light", "dark", "projector"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        assert violations(page) == [], theme


def test_a_static_page_is_a_still_of_its_time(framed):
    _page, frame = framed(static="1", t="m:rows_done")
    assert state(frame)["t"] == next(mark.t for mark in RUN.trace.marks if mark.name == "rows_done")
    assert not frame.is_visible(".ws-transport")
    assert not frame.is_visible(".we-play")
    assert json.loads(frame.locator("#waferscope-config").text_content())["view"]["static"] == "1"


# JupyterLab shows the output of a cell in its own page.
def test_a_notebook_shows_the_page_in_a_sandboxed_frame(site, page, monkeypatch):
    folder, url = site
    monkeypatch.setitem(SCENES, "fabric", Sums)
    output = json.dumps(frame_html(RUN)).replace("</", "<\\/")
    (folder / "cell.html").write_text(
        f'<!doctype html><link rel="icon" href="data:,"><div id="output"></div>'
        f"<script>document.getElementById('output').innerHTML = {output}</script>",
        encoding="utf-8",
    )
    page.goto(f"{url}/cell.html")
    waiting.until(page, lambda: len(page.frames) == 2)
    frame = page.frames[1]
    frame.wait_for_selector(READY)
    with page.expect_download() as download:
        frame.get_by_role("button", name="Save a copy").click()
    assert download.value.suggested_filename == "waferscope-fabric.html"
    frame.locator(".we-play").click()
    until(frame, "document.querySelector('.ws-player').player.state.t > 0.2")


def charted(file, **view):
    """Write the page of a real run with charts and return its path."""
    scenario = scenario_class("fabric").read({"width": "6", "height": "5", "words": "4"})
    run = scenario.simulate()
    page = embed_html(run.packed(), scenario, {"charts": "activity", "autoplay": "off", **view})
    file.write_text(page, encoding="utf-8")
    return file


CHARTS = "[data-waferscope-charts]"
PIXELS = """[...document.querySelectorAll('.we-charts canvas')].map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  return [canvas.width, data.reduce((sum, value, k) => (k % 4 < 3 ? (sum * 31 + value) % 1e9 : sum), 0)]
})"""
DRAWN = f"(pixels => pixels.length > 0 && pixels.every(([, ink]) => ink))({PIXELS})"


def test_charts_are_drawn_offline_after_the_first_picture_and_keep_its_clock(new_page, tmp_path):
    page = new_page()
    page.context.set_offline(True)
    page.goto(charted(tmp_path / "charts.html").as_uri())
    page.wait_for_selector(CHARTS)
    until(page, DRAWN)
    assert [figure.inner_text() for figure in page.locator(".we-charts figcaption").all()]
    assert all(width > 420 for width, _ in page.evaluate(PIXELS))  # sharp where a slide is scaled up
    assert page.evaluate("typeof Bokeh") == "undefined"
    line, player = "document.querySelector('.we-charts .time-line')", "document.querySelector('.ws-player').player"
    duration, width = page.evaluate(f"[{player}.state.duration, {line}.parentElement.clientWidth]")
    for t in (1, duration):
        page.evaluate(f"{player}.seek({t})")
        x = page.evaluate(f"new DOMMatrix({line}.style.transform).e")
        assert x == pytest.approx(46 + (width - 56) * t / duration, abs=0.1)


def test_charts_take_the_theme_that_a_host_sets_and_play_in_a_sandbox(site, page):
    folder, url = site
    charted(folder / "embed.html")
    (folder / "host.html").write_text(HOST.replace("FILE", "embed.html").replace("SANDBOX", 'sandbox="allow-scripts"'))
    page.goto(f"{url}/host.html")
    frame = page.frames[1]
    frame.wait_for_selector(CHARTS)
    light = frame.evaluate(PIXELS)
    page.evaluate("command('set', {params: {theme: 'dark'}})")
    frame.wait_for_selector("[data-theme=dark]")
    until(frame, f"((before) => JSON.stringify({PIXELS}) !== before)", json.dumps(light, separators=(",", ":")))
    assert not heard(page, "error")
    page.evaluate("command('set', {id: 3, params: {charts: 'activity'}})")
    assert "its scenario cannot change" in wait_heard(page, "reply")["error"]


def test_space_time_and_path_are_drawn_from_the_run_and_lead_to_a_pe_and_a_cycle(new_page, tmp_path, violations):
    page = new_page((1920, 1080))  # a stage that is scaled up
    page.context.set_offline(True)
    page.goto(charted(tmp_path / "drawn.html", charts="space_time,path").as_uri())
    page.wait_for_selector(CHARTS)
    until(page, DRAWN)
    assert page.evaluate("typeof Bokeh") == "undefined"
    ((width, ink),) = page.evaluate(PIXELS)
    box = page.locator(".space-time canvas").bounding_box()
    assert abs(width - box["width"]) <= 2  # sharp
    path = page.locator(".we-charts table")
    assert [row.inner_text().split()[0] for row in path.locator("tbody tr").all()] == [
        "Distance", "Contention", "Depth", "Products", "Start-up",
    ]  # fmt: skip
    parts = [int(cell.inner_text()) for cell in path.locator("tbody td:nth-child(2)").all()]
    run = page.evaluate("document.querySelector('.ws-player').player.run.figures.cycles.value")
    assert sum(parts) == run
    for part in page.locator(".we-charts figure").all():
        inner, outer = part.locator("figcaption").bounding_box(), page.locator(".we-charts").bounding_box()
        assert inner["y"] + inner["height"] <= outer["y"] + outer["height"] + 1
    page.mouse.click(box["x"] + 0.75 * box["width"], box["y"] + 0.6 * box["height"])
    now = state(page)
    assert now["selected"] is not None
    assert abs(now["t"] / now["duration"] - 0.6) < 0.1
    line = page.locator(".time-line").bounding_box()
    assert abs(line["y"] - (box["y"] + 0.6 * box["height"])) < 12
    page.get_by_role("radio", name="Row").check(force=True)
    assert page.evaluate(PIXELS)[0][1] != ink
    assert violations(page) == []


def test_charts_of_every_scene_are_drawn_in_every_theme(new_page, tmp_path, violations):
    page = new_page()
    for scene in SCENES:
        scenario = SCENES[scene]()
        run = scenario.simulate()
        view = {"charts": ",".join(list(usual_charts(scene))[-2:]), "theme": "projector", "autoplay": "off"}
        file = tmp_path / f"{scene}.html"
        file.write_text(embed_html(run.packed(), scenario, view), encoding="utf-8")
        page.goto(file.as_uri())
        page.wait_for_selector(CHARTS)
        until(page, DRAWN)
        assert violations(page) == [], scene
