"""Documents with the shortcode: pandoc, which Quarto drives, writes them; Chromium opens them.

No registry of packages has Quarto's program, so quarto.lua stands in for it: it calls the extension as Quarto does.
"""

import subprocess
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.test_deck import until
from tests.browser.test_embed import READY, embed, state

pytestmark = pytest.mark.browser

EXTENSION = Path(__file__).parents[2] / "docs/embed/quarto/_extensions/waferscope/waferscope.lua"
DOCUMENT = """# A sum

{{< waferscope file="sum.html" poster="sum.png" title="A sum & its way" >}}

After it.
"""


@pytest.fixture
def write(needs, site):
    """Write a document: `write(format, *options, text=DOCUMENT) -> path`, beside an exported page and its poster."""
    folder, _ = site
    pandoc = needs("pandoc")
    embed(folder / "sum.html", theme="dark", t="m:rows_done", autoplay="off")
    Image.new("RGB", (160, 90), "#009e73").save(folder / "sum.png")

    def run(form, *options, text=DOCUMENT):
        target = folder / f"document.{form}"
        command = [pandoc, "-f", "markdown-smart", "-t", form, "-s", "-M", f"extension={EXTENSION}", "-M", "title=Sums"]
        command += ["-V", 'header-includes=<link rel="icon" href="data:,">']
        command += ["--lua-filter", Path(__file__).parent / "quarto.lua", *options, "-o", target]
        done = subprocess.run(command, input=text, cwd=folder, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return target

    return run


@pytest.mark.parametrize("options", [(), ("--self-contained",)])
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


def test_a_deck_gets_a_frame_that_fills_its_slide(write, site):
    text = write("revealjs").read_text()
    assert '<iframe class="r-stretch" src="sum.html" data-external="1"' in text


@pytest.mark.parametrize("form", ["docx", "pptx"])
def test_paper_and_powerpoint_get_the_poster(write, form, site):
    with zipfile.ZipFile(write(form)) as file:
        pictures = [file.read(name) for name in file.namelist() if "/media/" in name]
    assert (site[0] / "sum.png").read_bytes() in pictures


def test_a_shortcode_without_a_source_says_so(write):
    assert "waferscope: give url= or file=" in write("html", text="{{< waferscope title=x >}}").read_text()
