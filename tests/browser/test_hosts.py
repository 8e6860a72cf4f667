"""What the dialog "Share & embed" offers, where it is offered for: real tools make deck and page for Chromium."""

import json
import re
import subprocess

import pytest

from tests.browser.test_embed import READY, state
from tests.browser.waiting import until

pytestmark = pytest.mark.browser


@pytest.fixture
def offered(app, page):
    """Open the dialog and take what it offers: `offered("Slidev") -> str`."""
    page.goto(f"{app}/fabric?algorithm=chain&width=16&height=1&words=8")
    page.locator("#share-open:enabled").click()
    dialog = page.get_by_role("dialog", name="Share & embed")
    dialog.wait_for()
    dialog.get_by_label("Size").select_option("640×360")
    yield lambda label: dialog.get_by_label(label, exact=True).input_value()


def embedded(page):
    """Return the frame of the embed once its picture is there."""
    frame = until(page, lambda: next((frame for frame in page.frames if "/embed/fabric" in frame.url), None))
    frame.wait_for_selector(READY)
    return frame


MORE = "\n\n---\n\n".join(["# Then"] * 4)


def turn(page, address):
    """Press keys after one click: the first makes a frame of another origin hand over the focus, the others turn."""

    def turned():
        if not page.url.endswith(address(3)):
            page.keyboard.press("ArrowRight")
        return page.url.endswith(address(3))

    until(page, turned, pause_ms=200)
    for n in (4, 5, 6):
        page.keyboard.press("ArrowRight")
        until(page, lambda n=n: page.url.endswith(address(n)))


def test_a_deck_of_marp_plays_it_and_gets_its_keys_back(offered, npm, site, page):
    folder, url = site
    (folder / "favicon.ico").touch()
    (folder / "marp.md").write_text(
        f"---\nmarp: true\n---\n# One\n\n---\n\n{offered('Web page or deck')}\n\n---\n\n{MORE}\n"
    )
    command = ["node", npm("@marp-team/marp-cli") / "marp-cli.js", "--html", "--no-stdin", "marp.md"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    page.goto(f"{url}/marp.html")
    page.keyboard.press("ArrowRight")
    frame = embedded(page)
    frame.locator(".we-play").wait_for(state="detached")  # it has started by itself
    frame.locator("canvas").click(position={"x": 4, "y": 4})
    turn(page, "#{}".format)


@pytest.mark.walk
def test_a_deck_of_slidev_plays_it_on_its_slide_and_gets_its_keys_back(offered, npm, site, page):
    folder, url = site
    # Nothing from outside, and no lock that keeps a screen awake: there need not be one.
    head = 'theme: none\nrouterMode: hash\nwakeLock: false\nfavicon: "data:,"\nfonts: {provider: none}'
    (folder / "slidev.md").write_text(f"---\n{head}\n---\n# One\n\n{offered('Slidev')}\n\n---\n\n{MORE}\n")
    command = ["node", npm("@slidev/cli") / "bin/slidev.mjs", "build", "slidev.md", "--base", "./"]
    done = subprocess.run([*command, "--out", "slidev"], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    page.goto(f"{url}/slidev/index.html#/2")
    frame = embedded(page)
    frame.locator(".we-play").wait_for(state="detached")
    box = page.locator("iframe").bounding_box()  # it is scaled: Playwright's clicks inside it miss
    assert box["height"] == pytest.approx(720, rel=0.01)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 4)
    turn(page, "#/{}".format)


def test_a_page_of_myst_has_the_frame_and_takes_the_film(offered, npm, tmp_path, page):
    (tmp_path / "index.md").write_text(f"# Sums\n\n{offered('MyST')}\n\n![A sum](x.*)\n")
    # A theme draws what is written into the content; the usual one would be fetched.
    (tmp_path / "myst.yml").write_text("version: 1\nproject:\n  title: Sums\nsite:\n  template: ./theme\n")
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/template.yml").write_text("jtex: v1\nkind: site\nversion: 1.0.0\n")
    for ending in ("png", "mp4"):
        (tmp_path / f"x.{ending}").write_bytes(b"x")
    command = ["node", npm("mystmd") / "dist/myst.cjs", "build", "--site"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    content = json.loads((tmp_path / "_build/site/content/index.json").read_text())
    nodes = list(walked(content["mdast"]))
    (frame,) = [node for node in nodes if node["type"] == "iframe"]
    assert re.match(r"http://[^/]+/embed/fabric\?.*width=16", frame["src"])
    assert frame["width"] == "100%"
    (film,) = [node for node in nodes if node["type"] == "image"]
    assert film["url"].endswith(".mp4")
    page.goto(frame["src"])
    page.wait_for_selector(READY)


def walked(node):
    yield node
    for child in node.get("children", ()):
        yield from walked(child)


@pytest.mark.parametrize("keeps", ["src width height title", "src"])
def test_what_an_lms_leaves_of_the_frame_plays(offered, site, page, keeps):
    folder, url = site
    allowed = "|".join(keeps.split())
    left = re.sub(rf' (?!(?:{allowed})=)[a-z]+="[^"]*"', "", offered("Web page or deck"))
    assert "style" not in left
    left = left.replace("<iframe", "<iframe sandbox=allow-scripts")
    (folder / "lms.html").write_text(f'<!doctype html><link rel="icon" href="data:,"><h1>Week 3</h1>{left}')
    page.goto(f"{url}/lms.html")
    frame = embedded(page)
    frame.locator(".we-play").wait_for(state="detached")
    frame.locator(".ws-main").click()
    until(page, lambda: not state(frame)["playing"])
