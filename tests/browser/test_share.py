"""The dialog "Share & embed" of the running app."""

import csv
import html
import io
import json
import re

import pytest
from playwright.sync_api import expect

from engine.language import language
from engine.run import RESULTS

pytestmark = pytest.mark.browser

EN = language("en")


@pytest.fixture
def dialog(app, page):
    """Open the dialog of a scene: `dialog(query) -> the dialog's locator`."""

    def start(query=""):
        page.goto(f"{app}/memory{query}")
        page.locator("#share-open:enabled").click()
        found = page.get_by_role("dialog", name="Share & embed")
        found.wait_for()
        return found

    return start


def value(dialog, name):
    return dialog.get_by_label(name, exact=True).input_value()


def test_the_preview_is_what_is_copied(app, page, dialog):
    share = dialog("?kernel=gemm")
    share.get_by_label("Theme").select_option("dark")
    share.get_by_label("Controls").select_option("none")
    share.get_by_label("Size").select_option("640×360")
    source = f"{app}/embed/memory?kernel=gemm&theme=dark&controls=none&v={RESULTS}"
    frame = page.frame_locator("#share-preview")
    frame.locator("[data-waferscope-ready][data-theme=dark]").wait_for()
    assert page.locator("#share-preview").get_attribute("src") == source
    assert value(share, "Link") == f"{app}/memory?kernel=gemm&v={RESULTS}"
    assert f'src="{source.replace("&", "&amp;")}"' in value(share, "Web page or deck")
    assert 'width="640" height="360"' in value(share, "Web page or deck")
    assert f'{{{{< waferscope url="{source}"' in value(share, "Quarto")
    assert value(share, "Slidev") == f"---\nlayout: iframe\nurl: {source}\n---\n"
    assert value(share, "MyST").startswith(f":::{{iframe}} {source}\n")
    assert value(share, "Markdown").endswith(f"({app}/memory?kernel=gemm&v={RESULTS})")
    assert value(share, "Film") == "waferscope export memory kernel=gemm theme=dark controls=none --to memory.mp4"


def test_a_german_page_shares_what_is_german(app, page):
    page.goto(f"{app}/memory?lang=de")
    page.locator("#share-open:enabled").click()
    share = page.get_by_role("dialog", name="Teilen & einbetten")
    page.frame_locator("#share-preview").locator("html[lang=de][data-waferscope-ready]").wait_for()
    assert f'src="{app}/embed/memory?lang=de&amp;v={RESULTS}" title="Zwei Vektoren' in value(
        share, "Webseite oder Folien"
    )
    assert value(share, "Link") == f"{app}/memory?lang=de&v={RESULTS}"
    assert value(share, "Film") == "waferscope export memory lang=de --to memory.mp4"
    page.frame_locator("#share-preview").locator(".ws-main").focus()
    page.keyboard.press("Escape")
    share.wait_for(state="hidden")


def test_what_is_copied_as_a_frame_is_a_frame(page, dialog):
    share = dialog("?n=4096")
    text = value(share, "Web page or deck")
    found = page.evaluate(
        "(text) => new DOMParser().parseFromString(text, 'text/html').querySelector('iframe').src", text
    )
    answer = page.request.get(found)
    assert answer.status == 200
    assert "waferscope-config" in answer.text()


def test_copying_says_so(page, dialog):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    share = dialog()
    share.get_by_role("button", name="Copy: Link").click()
    share.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == value(share, "Link")


def test_downloads_are_the_files_of_the_export(page, dialog):
    share = dialog("?kernel=gemm")
    page.frame_locator("#share-preview").locator("[data-waferscope-ready]").wait_for()
    names = {
        "Page, works offline": "html",
        "Figures, CSV": "csv",
        "JSON": "json",
        "Trace, Perfetto": "pftrace",
        "PNG": "png",
        "SVG": "svg",
    }
    got = {}
    for name, ending in names.items():
        with page.expect_download() as download:
            share.get_by_text(name, exact=True).click()
        assert download.value.suggested_filename == f"waferscope-memory.{ending}"
        got[ending] = download.value.path().read_bytes()
    assert got["png"].startswith(b"\x89PNG")
    assert got["svg"].startswith(b"<svg")
    assert b"waferscope-config" in got["html"]
    figures = json.loads(got["json"])["figures"]
    assert [row["name"] for row in csv.DictReader(io.StringIO(got["csv"].decode()))] == list(figures)


@pytest.mark.parametrize(("height", "recorded"), [(14, True), (64, False)])
def test_a_run_that_is_too_large_for_a_trace_says_so_instead_of_offering_one(app, page, height, recorded):
    page.goto(f"{app}/fabric?width=66&height={height}&words=1")
    page.locator("#share-open:enabled").click()
    trace = page.locator("#share-pftrace")
    expect(trace).to_have_text(EN("share_pftrace" if recorded else "share_pftrace.large"))
    expect(trace).to_be_enabled(enabled=recorded)
    answer = page.request.get(f"{app}/export/fabric.pftrace?width=66&height={height}&words=1")
    assert answer.ok == recorded == bool(trace.get_attribute("href"))


def test_the_qr_code_and_oembed_name_the_page(app, page, dialog):
    share = dialog("?kernel=gemm")
    looked = page.request.get(f"{app}/qr/memory?kernel=gemm&lang=de&chart=fits&beside=kernel%3Ddot")
    assert looked.status == 200
    picture = page.request.get(f"{app}/qr/memory?kernel=gemm")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert share.get_by_alt_text("QR code of the link").evaluate("(image) => image.naturalWidth") > 0
    link = page.locator('link[type="application/json+oembed"]').get_attribute("href")
    answer = page.request.get(f"{app}{link}&maxwidth=640").json()
    assert (answer["type"], answer["width"], answer["height"]) == ("rich", 640, 360)
    assert page.request.get(html.unescape(re.search(r'src="([^"]+)"', answer["html"])[1])).status == 200
    refused = page.request.get(f"{app}/oembed?url=/embed/%3Cb%3E")
    assert refused.status == 400
    assert "<b>" not in refused.text()


def test_the_dialog_is_accessible(page, dialog, violations):
    dialog()
    page.frame_locator("#share-preview").locator("[data-waferscope-ready]").wait_for()
    assert [found for found in violations(page) if any("share" in node for node in found[1])] == []
    page.keyboard.press("Escape")
    assert not page.locator("#share").is_visible()


SAYS = {
    "": "Figures may differ from those when this link was made",
    "&lang=de": "Die Zahlen können andere sein als damals, als dieser Link entstand",
}


@pytest.mark.parametrize("lang", SAYS)
def test_a_link_from_before_the_results_changed_says_that_figures_may_differ(app, page, lang, violations):
    page.goto(f"{app}/memory?kernel=gemm&v={RESULTS - 1}{lang}")
    page.locator("#share-open:enabled").wait_for()
    note = page.get_by_role("note").filter(has_text=SAYS[lang])
    assert note.is_visible()
    assert not [found for found in violations(page) if any("made-before" in node for node in found[1])]
    page.locator("#field-kernel").select_option(index=1)
    note.wait_for(state="detached")  # what is shown now is another run
    page.wait_for_function("!location.search.includes('v=')")


@pytest.mark.parametrize("query", ["", "?kernel=gemm", f"?kernel=gemm&v={RESULTS}"])
def test_a_link_of_today_or_without_a_version_says_nothing(app, page, query):
    page.goto(f"{app}/memory{query}")
    page.locator("#share-open:enabled").wait_for()
    assert page.get_by_text(SAYS[""]).count() == 0


@pytest.mark.parametrize("lang", SAYS)
def test_an_embed_from_before_the_results_changed_says_so_in_its_frame(app, page, lang):
    page.set_viewport_size({"width": 640, "height": 360})
    page.goto(f"{app}/embed/memory?v={RESULTS - 1}&controls=none{lang}")
    note = page.get_by_role("note").filter(has_text=SAYS[lang])
    note.wait_for()
    box = note.bounding_box()
    assert box["y"] + box["height"] <= 360
    for query in (f"?v={RESULTS}", "?controls=none"):
        page.goto(f"{app}/embed/memory{query}")
        page.locator("[data-waferscope-ready]").wait_for()
        assert page.get_by_role("note").count() == 0
