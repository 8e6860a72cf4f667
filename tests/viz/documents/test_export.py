"""Runs as files, as far as no browser draws them."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language import language
from engine.run import RESULTS, Run
from engine.scenarios import ScenarioError
from engine.trace import Mark, Trace
from tests.viz.documents.test_embed import Sums
from tests.viz.fabric_trace import chain_reduce
from viz.documents.export import ExportError, export, figures_csv, run_json
from viz.documents.export.film import FILM_FPS, LONGEST_S, shots

times = st.integers(0, 3_000_000)


@given(duration=times, poster=times, start=times, marks=st.lists(times, max_size=4), fps=st.sampled_from([5, 12, 30]))
def test_a_film_starts_with_its_poster_ends_with_the_run_and_keeps_to_its_length(duration, poster, start, marks, fps):
    poster, start = min(poster, duration), min(start, duration)
    named = tuple(Mark(t, f"m{k}", "Now.") for k, t in enumerate(sorted(marks)) if t <= duration)
    run = Run("fabric", {}, "A film", {}, Trace(duration, "cycle", 1e-9, {}, named))
    film = list(shots(run, poster, start, fps))
    assert film[0] == (poster, poster)
    assert film[-1] == (duration, duration)
    assert len(film) <= LONGEST_S * fps + 1
    played = [t for t, _ in film[1:]]
    assert played == sorted(played)
    assert played[0] == start
    assert all(said <= t for t, said in film[1:])


def test_the_sentence_of_a_mark_is_shown_when_the_film_passes_it():
    run = chain_reduce(6, 5, 4)
    said = {said for _, said in shots(run, 0, 0, FILM_FPS)}
    assert {mark.t for mark in run.trace.marks} <= said


def test_figures_are_written_without_loss():
    run = chain_reduce(4, 3, 2)
    rows = list(csv.DictReader(io.StringIO(figures_csv(run, language("en")))))
    assert [row["name"] for row in rows] == list(run.figures)
    assert int(rows[0]["value"]) == run.figures["cycles"].value
    assert rows[0]["written"] == f"{run.figures['cycles'].value} cycles"
    assert rows[0]["source"] == run.figures["cycles"].source
    told = json.loads(run_json(run, language("en")))
    assert told["figures"]["cycles"] == run.figures["cycles"].fields() | {"label": "simulated"}
    assert told["results"] == RESULTS
    assert {row["results"] for row in rows} == {str(RESULTS)}


def test_a_page_and_figures_need_no_browser_and_are_equal_each_time(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    scenario = Sums()
    run = scenario.simulate()
    for name in ("a.html", "b.html", "a.csv", "a.json"):
        assert export(scenario, run, {"theme": "dark"}, tmp_path / name) == [tmp_path / name]
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert (tmp_path / "a.html").stat().st_size < 3e6


def test_a_page_links_back_only_to_a_site_that_is_named(tmp_path):
    scenario = Sums(width=7)
    run = scenario.simulate()
    export(scenario, run, {}, tmp_path / "a.html", site="https://wafers.example/")
    assert f'"link": "https://wafers.example/fabric?width=7&v={RESULTS}"' in (tmp_path / "a.html").read_text()
    export(scenario, run, {}, tmp_path / "b.html")
    assert '"link": ""' in (tmp_path / "b.html").read_text()


@pytest.mark.parametrize(
    ("name", "view", "error", "says"),
    [
        ("a.doc", {}, ExportError, r"to must end in \.html"),
        ("a.html", {"t": "m:nowhere"}, ScenarioError, "t must name a mark of this run"),
        ("a.html", {"theme": "pink"}, ScenarioError, "theme must be light, dark or projector"),
        ("file/a.html", {}, ExportError, "to must be a place that can be written"),
        ("a.png", {}, ExportError, "install Chromium or Chrome, or name one in CHROMIUM"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(tmp_path, monkeypatch, name, view, error, says):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    (tmp_path / "file").write_text("in the way")
    scenario = Sums()
    with pytest.raises(error, match=says):
        export(scenario, scenario.simulate(), view, tmp_path / name)
