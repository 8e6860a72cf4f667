"""Documents with the shortcode: pandoc, which Quarto drives, writes them; Chromium opens them.

No registry of packages has Quarto's program, so quarto.lua stands in for it: it calls the extension as Quarto does.
"""

import subprocess
import zipfile
from pathlib import Path

import pypandoc
import pytest
from PIL import Image

from tests.browser.test_embed import READY, embed, state
from tests.browser.waiting import until

pytestmark = pytest.mark.browser

STAND_IN = Path(__file__).parent / "quarto.lua"
EXTENSION = Path(__file__).parents[2] / "docs/embed/quarto/_extensions/waferscope/waferscope.lua"
DOCUMENT = """# A sum

{{< waferscope file="sum.html" poster="sum.png" title="A sum & its way" >}}

After it.
"""


@pytest.fixture
def write(site):
    """Write a document: `write(format, *options, text=DOCUMENT) -> path`, beside an exported page and its poster."""
    folder, _ = site
    embed(folder / "sum.html", theme="dark", t="m:rows_done", autoplay="off")
    Image.new("RGB", (160, 90), "#009e73").save(folder / "sum.png")

    def run(form, *options, text=DOCUMENT):
        target = folder / f"document.{form}"
        command = [pypandoc.get_pandoc_path(), "-f", STAND_IN, "--lua-filter", STAND_IN, "-M", f"extension={EXTENSION}"]
        command += ["-t", form, "-s", "-M", "title=Sums", "-V", 'header-includes=<link rel="icon" href="data:,">']
        done = subprocess.run(
            [*command, *options, "-o", target], input=text, cwd=folder, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return target

    return run


@pytest.mark.parametrize("options", [(), ("--embed-resources",)])
def test_a_document_shows_the_export_with_what_is_set_inside_it(write, site, page, options):
    file = write("html", *options).rename(site[0] / "document.html")
    page.goto(f"{site[1]}/{file.name}")
    frame = until(page, lambda: next((frame for frame in page.frames if frame.url.endswith("/sum.html")), None))
    frame.wait_for_selector(READY)
    assert frame.evaluate("document.documentElement.dataset.theme") == "dark"
    frame.locator(".we-play").click()
    until(page, lambda: state(frame)["t"] > 0)
    element = page.locator("iframe")
    assert element.get_attribute("title") == "A sum & its way"
    box = element.bounding_box()
    assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.01)


@pytest.mark.parametrize("options", [(), ("--embed-resources",)])
def test_a_deck_gets_a_frame_that_fills_its_slide_and_plays(write, site, npm, page, options):
    package = npm("reveal-5")
    if not (site[0] / "reveal").exists():
        (site[0] / "reveal").symlink_to(package)
    written = write("revealjs", "-V", "revealjs-url=reveal", *options)
    page.goto(f"{site[1]}/{written.rename(site[0] / 'deck.html').name}")
    until(page, lambda: page.evaluate("window.Reveal?.isReady()"))
    page.keyboard.press("ArrowRight")
    frame = until(page, lambda: next((frame for frame in page.frames if frame.url.endswith("/sum.html")), None))
    frame.wait_for_selector(READY)
    frame.locator(".we-play").click()
    until(page, lambda: state(frame)["t"] > 0)
    box = page.locator("iframe").bounding_box()
    assert box["width"] > 0.9 * page.evaluate("Reveal.getConfig().width * Reveal.getScale()")


@pytest.mark.parametrize("form", ["docx", "pptx", "epub"])
def test_paper_powerpoint_and_books_get_the_poster(write, form, site):
    with zipfile.ZipFile(write(form)) as file:
        pictures = [file.read(name) for name in file.namelist() if "/media/" in name]
    assert (site[0] / "sum.png").read_bytes() in pictures


def test_a_shortcode_without_a_source_says_so(write):
    assert "waferscope: give url= or file=" in write("html", text="{{< waferscope title=x >}}").read_text()
