"""Films and slides made by the server for the dialog, with a bar that moves."""

import io
import json
import urllib.error
import urllib.request
import zipfile

import pytest
from pptx import Presentation

pytestmark = pytest.mark.browser

SHORT = "algorithm=chain&width=4&height=1&words=1&t=m:all_done"  # a film of little more than a second


def open_dialog(page, app, query):
    page.context.set_default_timeout(60_000)
    page.goto(f"{app}/fabric?{query}")
    page.locator("#share-open:enabled").click()
    share = page.get_by_role("dialog", name="Share & embed")
    share.wait_for()
    return share


def test_the_dialog_hands_out_a_film_once_the_server_has_drawn_it(app, page):
    share = open_dialog(page, app, "algorithm=chain&width=2&height=1&words=1")
    with page.expect_download() as download:
        share.get_by_role("button", name="Film, MP4").click()
        share.locator("#share-making").wait_for()
        page.wait_for_function("document.getElementById('share-progress').value > 0")
    film = download.value.path().read_bytes()
    assert download.value.suggested_filename == "waferscope-fabric.mp4"
    assert film[4:8] == b"ftyp"
    assert not share.locator("#share-making").is_visible()


def events(app, path):
    """Return what the event stream of a file says, one message after the other."""
    request = urllib.request.Request(f"{app}{path}", headers={"Accept": "text/event-stream"})
    with urllib.request.urlopen(request, timeout=100) as answer:
        return [json.loads(line[6:]) for line in answer.read().decode().splitlines() if line.startswith("data: ")]


def test_slide_and_folder_are_complete(app, browser):
    told = events(app, f"/export/fabric.pptx?{SHORT}")
    assert told[-1] == {"done": True}
    shares = [message["share"] for message in told[:-1]]
    assert shares == sorted(shares)
    with urllib.request.urlopen(f"{app}/export/fabric.pptx?{SHORT}") as answer:
        (slide,) = Presentation(io.BytesIO(answer.read())).slides
    assert f"Live: {app}/fabric" in slide.notes_slide.notes_text_frame.text
    assert events(app, f"/export/fabric.zip?{SHORT}")[-1] == {"done": True}
    with urllib.request.urlopen(f"{app}/export/fabric.zip?{SHORT}") as answer:
        names = zipfile.ZipFile(io.BytesIO(answer.read())).namelist()
    assert {name.partition(".")[2] for name in names} == {
        "html",
        "json",
        "csv",
        "pftrace",
        "log",
        "png",
        "svg",
        "gif",
        "mp4",
        "pptx",
    }


def test_cancelling_says_so_and_leaves_the_server_free(app, page):
    share = open_dialog(page, app, "words=64")
    share.get_by_role("button", name="GIF").click()
    page.wait_for_function("document.getElementById('share-progress').value > 0")
    share.get_by_role("button", name="Cancel").click()
    share.get_by_text("Cancelled.").wait_for()
    assert events(app, f"/export/fabric.gif?{SHORT}")[-1] == {"done": True}


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/export/fabric.mp4?width=100000", "width must be"),
        ("/export/fabric.mp4?theme=pink", "theme must be light, dark or projector"),
        ("/export/fabric.mp4?t=m:nowhere", "t must name a mark"),
        ("/export/nosuch.mp4", "scene must be one of"),
    ],
)
def test_what_cannot_be_filmed_is_said_in_a_sentence(app, path, says):
    request = urllib.request.Request(f"{app}{path}", headers={"Accept": "text/event-stream"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            text = refused.read().decode()
    assert says in text
    assert "Traceback" not in text
