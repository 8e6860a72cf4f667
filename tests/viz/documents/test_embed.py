"""Embeds and their addresses: whatever stands in one, the answer is a page that says what it is."""

import base64
import gzip
import json
import re
import runpy
import urllib.error
import urllib.request
import zlib
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import param
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import viz.commands.bench
import viz.web.embed
from engine.language import languages
from engine.scenarios import SCENES, Scenario, ScenarioError
from tests.viz.fabric_trace import chain_reduce
from viz.cache import ByteCache
from viz.client import CLIENT, source
from viz.documents.embed import RULES, SCHEMA, check_view, embed_html, read_address
from viz.documents.embed_charts import usual_charts


class Sums(Scenario):
    """A scene for the tests: it is quick, and it can be made slow."""

    scene = "fabric"
    width = param.Integer(6, bounds=(2, 64), label="Width", doc="Columns [PE].")
    slow = param.Boolean(False, label="Slow", doc="Whether the run takes longer than a page may wait.")

    def simulate(self, progress=lambda share: None):
        while self.slow:
            progress(0.5)
        return chain_reduce(self.width, 5, 4)


@pytest.fixture
def scene(monkeypatch):
    """Let the only scene be `Sums`."""
    for name in reversed(tuple(SCENES)):  # so that they come back in their order
        monkeypatch.delitem(SCENES, name)
    monkeypatch.setitem(SCENES, "fabric", Sums)
    monkeypatch.setattr(viz.web.embed.EmbedHandler, "pages", ByteCache(1e6))
    return "fabric"


@pytest.fixture
def fetch(scene):
    """Serve the routes and return `fetch(path, **headers) -> (status, headers, text)`."""

    def request(url, headers):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as got:
                return got.status, got.headers, got.read()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.headers, refused.read()

    with viz.commands.bench.local_server() as port:

        def fetch(path, **headers):
            status, got, body = request(f"http://127.0.0.1:{port}{path}", headers)
            return status, got, (gzip.decompress(body) if got.get("Content-Encoding") == "gzip" else body).decode()

        yield fetch


class Reader(HTMLParser):
    """The text, elements and attributes of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def test_an_embed_is_one_cacheable_page_without_session(fetch):
    status, headers, page = fetch("/embed/fabric?width=7&theme=dark")
    assert status == 200
    assert "max-age" in headers["Cache-Control"]
    assert "Set-Cookie" not in headers
    assert "X-Frame-Options" not in headers
    assert "Content-Security-Policy" not in headers
    assert '<html lang="en" data-theme="dark">' in page
    assert not re.search(r'(src|href)="(?!data:)', page)
    again, _, _ = fetch("/embed/fabric?width=7&theme=dark", **{"If-None-Match": headers["Etag"]})
    assert again == 304


def test_a_page_crosses_the_wire_compressed_and_equal_addresses_give_equal_bytes(fetch):
    _, headers, page = fetch("/embed/fabric", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    viz.web.embed.EmbedHandler.pages = ByteCache(1e6)
    assert fetch("/embed/fabric")[2] == page


def test_who_may_frame_an_embed_can_be_named(fetch, monkeypatch):
    monkeypatch.setenv("WAFERSCOPE_FRAME_ANCESTORS", "https://decks.example 'self'")
    _, headers, page = fetch("/embed/fabric")
    assert headers["Content-Security-Policy"] == "frame-ancestors https://decks.example 'self'"
    assert '"hosts": ["https://decks.example", "\'self\'"]' in page


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/embed/nosuch", "scene must be one of fabric, got &#39;nosuch&#39;"),
        ("/embed/", "scene must be one of fabric"),
        ("/embed/fabric?width=1000", "width must be a whole number from 2 to 64 PE"),
        ("/embed/fabric?colour=red", "no parameter &#39;colour&#39;"),
        ("/embed/fabric?speed=3", "speed must be one of 0.25, 0.5, 1, 2, 4"),
        ("/embed/fabric?t=m:nowhere", "t must name a mark of this run (first_wavelet, first_sum, rows_done, all_done)"),
        ("/embed/fabric?width=4&width=5", "width must be given once"),
        ("/embed/%3Cscript%3E", "&lt;script&gt;"),
    ],
)
def test_bad_input_gives_a_readable_page_with_a_way_to_the_defaults(fetch, path, says):
    status, headers, page = fetch(path)
    assert status == 400
    assert headers["Cache-Control"] == "no-store"
    assert says in page
    assert 'href="/embed/fabric"' in page


def test_a_run_that_takes_too_long_is_refused_with_the_command_that_exports_it(fetch, monkeypatch):
    monkeypatch.setattr(viz.web.embed, "LIMIT_S", 0.2)
    status, _, page = fetch("/embed/fabric?slow=true&width=9")
    assert status == 400
    assert "must be computed within 200 ms" in page
    assert "waferscope export fabric width=9 slow=true --to fabric.html" in page


def test_a_run_that_is_too_large_is_refused_with_the_command_that_exports_it(fetch, monkeypatch):
    monkeypatch.setattr(viz.web.embed, "LIMIT_BYTES", 1000)
    status, _, page = fetch("/embed/fabric?width=64")
    assert status == 400
    assert "waferscope export fabric width=64 --to fabric.html" in page


def shortened(query):
    """Write a query as the dialog does."""
    return base64.urlsafe_b64encode(zlib.compress(query.encode())).decode().rstrip("=")


words = st.sampled_from([*RULES, "s", "width", "slow", "x", "__proto__", "name", ""])
hostile = st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><b>", "javascript:alert(1)", "%00", "'"]
)
values = st.one_of(
    st.text(max_size=30),
    hostile,
    hostile.map(lambda text: shortened(urlencode({"theme": text, text: "4"}))),
    st.sampled_from(["4", "dark", "m:all_done", "m:x", "1e99", "NaN", "all", "space_time", "space_time,x"]),
)


@given(
    scene=st.one_of(st.just("fabric"), st.text(max_size=20), hostile),
    pairs=st.lists(st.tuples(words, values), max_size=4),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.slow
def test_no_address_breaks_a_page_or_writes_into_it(fetch, scene, pairs):
    path = f"/embed/{quote(scene, safe='')}?{urlencode([(k, v) for k, v in pairs if k != 'slow'], errors='replace')}"
    status, headers, page = fetch(path)
    assert status in (200, 400)
    assert "text/html" in headers["Content-Type"]
    assert "Traceback" not in page
    reader = Reader(page)
    assert "img" not in reader.tags
    assert "b" not in reader.tags
    assert reader.tags.count("script") == (5 if status == 200 else 0)  # with the texts
    assert not any(name.startswith("on") for name, _ in reader.attributes)


@given(st.binary(max_size=40))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bytes_that_are_no_text_are_refused_too(fetch, junk):
    status, _, page = fetch(f"/embed/fabric?{quote(junk)}&%ff=%fe")
    assert status == 400
    assert Reader(page).tags.count("script") == 0


def test_no_parameter_of_a_scene_has_the_name_of_a_view_setting():
    for scenario in SCENES.values():
        assert not set(RULES) & set(scenario.fields())


def test_an_embed_speaks_every_language_there_is():
    for code in languages():
        check_view({"lang": code})
    with pytest.raises(ScenarioError, match=f"lang must be one of {', '.join(languages())}, got 'xx'"):
        check_view({"lang": "xx"})


def test_bad_input_is_answered_in_the_language_that_was_asked_for(fetch):
    status, _, page = fetch("/embed/fabric?width=1000&lang=de")
    assert status == 400
    text = " ".join(Reader(page).text.split())
    assert "Dieses Bild kann nicht gezeigt werden width muss eine ganze Zahl von 2 bis 64 PEs sein" in text
    assert ("href", "/embed/fabric?lang=de") in Reader(page).attributes
    assert len(page) < 2000
    assert '<html lang="en">' in fetch("/embed/fabric?width=1000&lang=xx")[2]


@pytest.mark.parametrize("name", RULES)
def test_each_view_setting_keeps_to_its_own_rule(name):
    with pytest.raises(ScenarioError, match=f"{name} must be"):
        check_view({name: "no such thing"})
    assert RULES[name]["description"].endswith(".")


def test_the_schema_and_the_modules_know_the_same_messages():
    embed = [f"embed/{path.name}" for path in (CLIENT / "embed").glob("*.js")]
    sources = [source(name) for name in (*embed, "pages/lesson_frame.js", "kit/channel.js")]
    commands, told = set(), set()
    for text in sources:
        table = re.search(r"const commands = \{\n(.*?)\n  \}\n", text, re.S)
        commands |= set(re.findall(r"^    (?:async )?(\w+)[(:,]", table[1], re.M)) if table else set()
        told |= set(re.findall(r'tell\("(\w+)"', text))
    assert commands == set(SCHEMA["$defs"]["commands"])
    assert told == set(SCHEMA["$defs"]["events"])


def test_the_document_of_messages_is_that_of_the_schema():
    folder = CLIENT.parents[1] / "docs/embed"
    assert (folder / "messages.md").read_text() == runpy.run_path(str(folder / "messages.py"))["document"]()


def test_a_page_says_what_it_shows_to_browsers_without_scripts():
    scenario = Sums()
    run = scenario.simulate()
    page = embed_html(run.packed(), scenario, {})
    assert re.search(r"<noscript>.*simulated: \d+\Wcycles.*</noscript>", page, re.S)


@pytest.mark.slow
def test_the_bench_measures_sizes_and_requests(monkeypatch):
    monkeypatch.setattr(viz.commands.bench, "MEASURED_S", 0.2)
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    rows = {row.name: row for row in viz.commands.bench.measurements()}
    for name in SCENES:
        sizes = [rows[of] for of in (f"embed {name}: over the wire", f"embed {name} with charts: over the wire")]
        sizes += [rows[f"export {name} with charts: one file"]]
        assert 0 < sizes[0].value < sizes[1].value < sizes[2].value
        assert sizes[0].value < rows[f"export {name}: one file"].value < sizes[2].value
        assert all(row.kept for row in sizes)
    (rate,) = (row for name, row in rows.items() if "warm" in name)
    assert rate.value > 50


def test_an_address_is_parted_without_loss():
    scenario, view = read_address("width=8&theme=dark&t=m:rows_done&slow=")
    assert scenario == {"width": "8", "slow": ""}
    assert view == {"theme": "dark", "t": "m:rows_done"}
    assert json.loads(json.dumps(view)) == view


@pytest.mark.slow
def test_charts_are_equal_each_time_and_keep_to_the_budget():
    for name, scene in SCENES.items():
        scenario = scene()
        run = scenario.simulate()
        view = {"charts": ",".join(list(usual_charts(name))[:2])}
        page = embed_html(run.packed(), scenario, view)
        assert len(gzip.compress(page.encode(), 6)) < viz.commands.bench.WIRE_BYTES
        assert len(page.encode()) < viz.commands.bench.FILE_BYTES
        assert embed_html(run.packed(), scenario, view) == page


def test_charts_that_the_page_draws_itself_need_no_bokeh():
    scenario = SCENES["fabric"]()
    run = scenario.simulate()
    views = ({}, {"charts": "space_time,path"}, {"charts": "activity"})
    plain, charted, activity = (embed_html(run.packed(), scenario, view) for view in views)
    assert len(charted) - len(plain) < 40_000
    assert len(activity) - len(plain) < 40_000
    modules = [f"waferscope/scenes/fabric/{name}_chart.js" for name in ("space_time", "path", "activity")]
    held = [[module in page for module in modules] for page in (plain, charted, activity)]
    assert held == [[False] * 3, [True, True, False], [False, False, True]]
    assert re.search("style-src 'sha256-", charted)


def test_charts_of_another_scene_are_refused():
    run = SCENES["memory"]().simulate()
    with pytest.raises(ScenarioError, match=r"charts must name charts of this scene \(roofline, bandwidth, fits\)"):
        check_view({"charts": "space_time"}, run)


def test_a_chart_that_only_some_runs_have_is_refused_for_the_others():
    scenario = SCENES["fabric"].read({"width": "6", "height": "5", "words": "2"})
    run = scenario.simulate()
    with pytest.raises(ScenarioError, match="charts must name charts of this run, which has no 'yields'"):
        embed_html(run.packed(), scenario, {"charts": "yields"})
    scenario = SCENES["fabric"].read({"width": "9", "height": "9", "defects": "0.02"})
    run = scenario.simulate()
    page = embed_html(run.packed(), scenario, {"charts": "yields"})
    assert "wafer without spares, 0.01 defects per cm" in page


def test_only_a_page_with_charts_carries_bokeh():
    scenario = SCENES["memory"]()
    run = scenario.simulate()
    plain, charted = (embed_html(run.packed(), scenario, view) for view in ({}, {"charts": "fits"}))
    assert len(charted) - len(plain) > 300_000
    assert "style-src 'sha256-" in plain


@pytest.mark.slow
@given(
    st.dictionaries(st.sampled_from(["width", "x y", "ü"]), st.text(max_size=40)), st.sampled_from(["dark", "light"])
)
def test_a_long_address_says_the_same(scenario, theme):
    query = urlencode({**scenario, "theme": theme}, errors="replace")
    assert read_address(f"s={shortened(query)}") == read_address(query)


@pytest.mark.parametrize("state", ["", "!", "AAAA", "a" * 9000, shortened("width=8")[:-3] + "%00"])
def test_a_long_address_that_cannot_be_read_is_refused(fetch, state):
    status, _, page = fetch(f"/embed/fabric?s={state}")
    assert status == 400
    assert "s must be what the dialog writes" in page


def test_a_long_address_is_not_inflated_without_end(fetch):
    status, _, page = fetch(f"/embed/fabric?s={shortened('width=8&' + 'x' * 3_000_000)}")
    assert status == 400
    assert len(page) < 30_000
