"""In which language a page is: its address decides, and where it does not the browser."""

import urllib.error
import urllib.request

import pytest

import viz.commands.bench


@pytest.fixture(scope="module")
def fetch():
    """Serve the routes and return `fetch(path, accepted) -> (headers, text)`."""
    with viz.commands.bench.local_server() as port:

        def fetch(path, accepted=""):
            request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Language": accepted})
            try:
                with urllib.request.urlopen(request) as answer:
                    return answer.headers, answer.read().decode()
            except urllib.error.HTTPError as error:
                with error:
                    return error.headers, error.read().decode()

        yield fetch


@pytest.mark.parametrize(
    ("path", "accepted", "code"),
    [
        ("/", "", "en"),
        ("/", "de-AT,de;q=0.9,en;q=0.8", "de"),
        ("/", "xx, en;q=0.5, de;q=0.1", "en"),
        ("/?lang=de-AT", "", "de"),
        ("/?lang=DE", "en", "de"),
        ("/?lang=en", "de", "en"),
        ("/?lang=xx", "de", "en"),
        ("/course", "de", "de"),
        ("/course?embed=1", "de", "en"),
        ("/course?class=ABC", "de", "en"),
        ("/embed/nothing", "de", "en"),
        ("/embed/nothing?lang=de-CH", "", "de"),
    ],
)
def test_the_address_decides_and_then_the_browser(fetch, path, accepted, code):
    headers, page = fetch(path, accepted)
    assert f'<html lang="{code}">' in page
    assert path.startswith("/embed") or headers["Vary"] == "Accept-Language"


def test_a_link_names_the_language_where_the_browser_would_ask_for_another(fetch):
    assert 'href="/fabric"' in fetch("/", "de")[1]
    assert 'href="/fabric?lang=en"' in fetch("/?lang=en", "de")[1]
    assert 'href="/fabric?lang=de"' in fetch("/?lang=de", "en")[1]
    assert 'href="/fabric"' in fetch("/?lang=en", "en")[1]
