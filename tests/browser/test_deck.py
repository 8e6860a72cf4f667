"""The sample deck in real reveal.js, of each version that decks are made with."""

import importlib.util
import io
from pathlib import Path

import pytest
from PIL import Image

from engine.language import language
from engine.scenarios import scenario_class
from lessons.talk import read_tour
from tests.browser.waiting import drawn, until
from tests.sweeps import sampled
from viz.documents.embed import RULES, embed_html
from viz.documents.tour import tour_slides

pytestmark = pytest.mark.browser

EMBED = Path(__file__).parents[2] / "docs/embed"
STATE = "document.querySelector('.ws-player').player.state"


def _build():
    spec = importlib.util.spec_from_file_location("build_deck", EMBED / "deck/build.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    return build


def _frames():
    return _build().frames_of(EMBED / "deck/index.html")


@pytest.fixture(scope="session")
def scenes(tmp_path_factory):
    """Write the frames and posters of the deck."""
    folder = tmp_path_factory.mktemp("scenes")
    tour = folder / "tour.html"
    tour.write_text(tour_slides(read_tour(), language("de")))
    stations = _build().frames_of(tour)
    for name, (scene, *settings) in (_frames() | {"tour-race": stations["tour-race"]}).items():
        pairs = dict(setting.split("=") for setting in settings)
        view = {key: pairs.pop(key) for key in RULES if key in pairs}
        scenario = scenario_class(scene).read(pairs)
        run = scenario.simulate()
        (folder / f"{name}.html").write_text(embed_html(run.packed(), scenario, view))
        Image.new("RGB", (160, 90), "#009e73").save(folder / f"{name}.png")
    for name in stations.keys() - {"tour-race"}:  # the tests of keys look at the race alone
        for suffix in ("html", "png"):
            (folder / f"{name}.{suffix}").symlink_to(folder / f"row.{suffix}")
    return folder


@pytest.fixture(scope="session", params=sampled(["reveal-4", "reveal-5", "reveal-6"], "reveal-5"))
def reveal(request, npm):
    """Return the folder of a package of reveal.js."""
    return npm(request.param)


@pytest.fixture(scope="session")
def deck(site, scenes, reveal):
    """Build the deck beside reveal.js and return its address."""
    folder, url = site
    place = folder / f"{len(list(folder.iterdir()))}-reveal"
    (place / "deck").mkdir(parents=True)
    for name in ("waferscope-reveal.js", "waferscope-reveal.css"):
        (place / name).write_text((EMBED / name).read_text())
    (place / "deck/index.html").write_text((EMBED / "deck/index.html").read_text())
    (place / "deck/tour.html").write_text((scenes / "tour.html").read_text())
    (place / "deck/scenes").symlink_to(scenes)
    _build().take_reveal(reveal, place / "deck")
    return f"{url}/{place.name}/deck/index.html"


def frame_of(page, name):
    """Return the frame of a slide once its picture is there."""

    def ready():
        found = [frame for frame in page.frames if frame.url.endswith(f"/{name}.html")]
        return found[0] if found and found[0].query_selector("[data-waferscope-ready]") else None

    return until(page, ready)


def go(page, name):
    page.evaluate(
        "(name) => deck.slide(deck.getHorizontalSlides().findIndex((slide) => slide.dataset.name === name))",
        name,
    )


def open_deck(page, address):
    page.goto(address)
    until(page, lambda: page.evaluate("window.deck?.isReady()"))


def test_a_frame_starts_with_its_slide_and_is_found_where_it_was(deck, page):
    open_deck(page, deck)
    go(page, "row")
    row = frame_of(page, "row")
    until(page, lambda: row.evaluate(f"{STATE}.t > 1"))
    page.keyboard.press("PageDown")
    go(page, "rectangle")
    frame_of(page, "rectangle")
    go(page, "row")
    again = frame_of(page, "row")
    assert again.evaluate(f"{STATE}.t") > 1


def test_fragments_step_forward_and_back_through_the_marks(deck, page):
    open_deck(page, deck)
    go(page, "rectangle")
    frame = frame_of(page, "rectangle")
    marks = {
        mark["name"]: mark["t"] for mark in frame.evaluate("document.querySelector('.ws-player').player.run.marks")
    }
    page.evaluate("document.activeElement.blur()")
    for key, mark in [
        ("ArrowRight", "first_wavelet"),
        ("ArrowRight", "rows_done"),
        ("ArrowRight", "all_done"),
        ("ArrowLeft", "rows_done"),
    ]:
        page.keyboard.press(key)
        until(page, lambda t=marks[mark]: frame.evaluate(f"{STATE}.t") == t)
    page.goto("about:blank")
    open_deck(page, f"{deck}#/3/0/1")  # a link to the second fragment
    again = frame_of(page, "rectangle")
    until(page, lambda: again.evaluate(f"{STATE}.t") == marks["rows_done"])


def test_after_a_click_in_the_frame_the_keys_still_move_the_deck(deck, page):
    open_deck(page, deck)
    go(page, "crossing")
    frame = frame_of(page, "crossing")
    frame.locator("canvas").click(position={"x": 4, "y": 4})
    page.keyboard.press("ArrowRight")
    until(page, lambda: page.evaluate("deck.getCurrentSlide().dataset.name") == "circle")
    circle = frame_of(page, "circle")
    circle.locator("canvas").click(position={"x": 4, "y": 4})
    page.keyboard.press("PageUp")
    until(page, lambda: page.evaluate("deck.getCurrentSlide().dataset.name") == "crossing")


FILE, SERVED = "../deck/scenes/crossing.html", "{app}/embed/fabric?program=stream&algorithm=crossing&width=12&height=9"
FORMS = [
    f'data-src="{FILE}"',
    f'src="{FILE}"',
    f'data-preload data-src="{FILE}"',
    f'data-src="{SERVED}"',
    f'src="{SERVED}"',
    f'data-late="{FILE}"',  # it is not there yet when reveal.js says that its slide is shown
]


@pytest.fixture(params=["", "waferscope"], ids=["without the plugin", "with the plugin"])
def forms(request, site, deck, app):
    """Write a deck with a slide for each form of the snippet and four more after it; return its address."""
    folder, _ = site
    place = folder / deck.split("/")[-3] / "forms"
    place.mkdir(exist_ok=True)
    frames = [f"<iframe data-waferscope-frame {form.format(app=app)} width=640 height=360></iframe>" for form in FORMS]
    (place / "index.html").write_text(
        f"""<!doctype html><meta charset="utf-8"><title>Forms</title><link rel="icon" href="data:,">
        <link rel="stylesheet" href="../deck/reveal/dist/reveal.css"><div class="reveal"><div class="slides">
        {"".join(f"<section>{frame}</section>{'<section>Then</section>' * 4}" for frame in frames)}
        </div></div><script src="../deck/reveal/dist/reveal.js"></script><script type="module">
        import waferscope from "../waferscope-reveal.js"
        window.deck = new Reveal({{ hash: true, plugins: [{request.param}] }})
        deck.on("slidechanged", ({{ currentSlide }}) => setTimeout(() => {{
          const late = currentSlide.querySelector("[data-late]")
          if (late) late.src = late.dataset.late
        }}))
        deck.initialize()
        </script>"""
    )
    return deck.replace("/deck/", "/forms/")


def test_after_one_click_any_number_of_keys_move_the_deck(forms, page):
    open_deck(page, forms)
    page.evaluate("() => { window.seen = []; deck.on('slidechanged', ({ indexh }) => seen.push(indexh)) }")
    for n, form in enumerate(FORMS):
        page.evaluate("(n) => deck.slide(n)", 5 * n)
        inside = page.frame_locator("section.present iframe")
        inside.locator(":root[data-waferscope-ready] canvas").first.click(position={"x": 4, "y": 4})
        page.evaluate("seen.length = 0")
        for step in range(1, 5):
            page.keyboard.press("ArrowRight")
            until(page, lambda n=step: page.evaluate("seen.length") >= n)
        assert page.evaluate("seen") == [5 * n + step for step in range(1, 5)], form


def test_the_plugin_takes_the_focus_from_the_frame_of_a_slide_that_a_remote_leaves(deck, page):
    open_deck(page, deck)
    go(page, "crossing")
    frame_of(page, "crossing").locator("canvas").click(position={"x": 4, "y": 4})
    page.evaluate("deck.next()")
    page.keyboard.press("PageUp")
    until(page, lambda: page.evaluate("deck.getCurrentSlide().dataset.name") == "crossing")


def test_in_the_speaker_view_nothing_starts_by_itself(deck, page):
    open_deck(page, deck)
    go(page, "row")
    frame_of(page, "row")
    page.evaluate("document.activeElement.blur()")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    until(page, lambda: sum("receiver" in frame.url for frame in speaker.frames) >= 2)
    until(page, lambda: "what does a core do" in speaker.content())
    upcoming = [frame for frame in speaker.frames if frame.url.endswith("/rectangle.html")]
    for frame in upcoming:
        frame.wait_for_selector("[data-waferscope-ready]")
        drawn(frame)
    assert all(not frame.evaluate(f"{STATE}.playing") for frame in upcoming)
    # The notes of reveal.js 4 read every message as JSON once their window is open, those of other plugins too.
    page.goto("about:blank")
    page.expected_errors[:] = [error for error in page.expected_errors if "is not valid JSON" not in error]


def test_posters_are_printed_in_place_of_frames(deck, page):
    page.goto(f"{deck}?print-pdf")
    until(page, lambda: page.evaluate("window.deck?.isReady() && document.querySelectorAll('.pdf-page').length === 10"))
    assert page.locator("iframe:visible").count() == 0
    assert page.locator("img.waferscope-poster:visible").count() == len(_frames())
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert printed.startswith(b"%PDF")
    assert io.BytesIO(printed).getbuffer().nbytes > 10_000


def test_the_deck_has_ten_slides_each_with_notes(deck, page):
    open_deck(page, deck)
    assert page.evaluate("deck.getTotalSlides()") == 10
    assert page.locator(".slides > section > aside.notes").count() == 10


def test_the_tour_is_a_deck_too_and_keys_stay_with_it(deck, page):
    open_deck(page, deck.replace("index.html", "tour.html"))
    stations = [station.name for station in read_tour()]
    assert page.evaluate("deck.getTotalSlides()") == 1 + len(stations)
    go(page, "race")
    frame = frame_of(page, "tour-race")
    until(page, lambda: frame.evaluate(f"{STATE}.t > 1"))
    assert frame.evaluate(f"{STATE}.speed") == 2
    frame.locator("canvas").click(position={"x": 4, "y": 4})
    for name in stations[stations.index("race") + 1 :][:2]:
        page.keyboard.press("ArrowRight")
        until(page, lambda name=name: page.evaluate("deck.getCurrentSlide().dataset.name") == name)
