"""A lesson packed for a learning platform."""

import html
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace

import pytest

from engine.language import language
from lessons.catalogue import course
from lessons.evaluation import evaluate
from viz.commands.cli import main
from viz.documents.export.scorm import scorm_package

CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADLCP = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"


@pytest.fixture(scope="module")
def ready():
    return evaluate(course()[0])


def unzipped(package):
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        assert files.testzip() is None
        return {name: files.read(name).decode() for name in files.namelist()}


@pytest.mark.slow
def test_the_manifest_leads_to_the_page(ready):
    files = unzipped(scorm_package(ready, language("en")))
    manifest = ET.fromstring(files["imsmanifest.xml"])
    assert manifest.findtext(f"{CP}metadata/{CP}schemaversion") == "1.2"
    item = manifest.find(f"{CP}organizations/{CP}organization/{CP}item")
    assert item.findtext(f"{CP}title") == ready.title
    resource = manifest.find(f"{CP}resources/{CP}resource")
    assert resource.get("identifier") == item.get("identifierref")
    assert resource.get(f"{ADLCP}scormtype") == "sco"
    assert resource.get("href") in files
    assert {file.get("href") for file in resource} == files.keys() - {"imsmanifest.xml"}


def test_the_page_leads_nowhere_or_to_the_site_that_is_named(ready):
    page = unzipped(scorm_package(ready, language("en")))["index.html"]
    assert not re.search(r'(src|href)="/', page)
    page = unzipped(scorm_package(ready, language("en"), "https://example.org/"))["index.html"]
    assert not re.search(r'(src|href)="/', page)
    assert 'href="https://example.org/course"' in page


def test_a_term_leads_to_the_glossary_of_the_site_or_shows_only_what_it_means(ready):
    lesson = replace(ready, leaves_out='<a href="/course/glossary?lesson=mine#own" class="term">own</a>')
    assert '<a href="#own" class="term">' in unzipped(scorm_package(lesson, language("en")))["index.html"]
    page = unzipped(scorm_package(lesson, language("en"), "https://example.org"))["index.html"]
    assert '<a href="https://example.org/course/glossary?lesson=mine#own" class="term">' in page


def test_a_chart_and_a_second_run_that_are_evidence_are_in_the_package():
    lesson = next(lesson for lesson in course() if lesson.slug == "adding-up")
    ready = evaluate(replace(lesson, steps=lesson.steps[:4], splits=()))
    page = unzipped(scorm_package(ready, language("en")))["index.html"]
    assert '"waferscope/scenes/fabric/space_time_chart.js": "data:' in page and ".space-time canvas" in page
    seconds = re.findall(r'"beside": "([^"]*)"', page)
    assert len(seconds) == 2
    runs = [html.unescape(run) for run in re.findall(r'data-run="([^"]*)"', page)]
    assert {json.loads(f'"{second}"') for second in seconds} <= set(runs)


def test_equal_lessons_give_equal_packages(ready):
    assert scorm_package(ready, language("en")) == scorm_package(ready, language("en"))


@pytest.mark.slow
def test_the_command_writes_a_package_or_says_which_lessons_there_are(monkeypatch, capsys, tmp_path, ready):
    def waferscope(*words):
        monkeypatch.setattr("sys.argv", ["waferscope", "lesson", "scorm", *words])
        try:
            main()
        except SystemExit as stop:
            return stop.code or 0
        return 0

    assert waferscope(ready.slug, "--to", str(tmp_path / "lesson.zip"), "--lang", "de") == 0
    assert '<html lang="de">' in unzipped((tmp_path / "lesson.zip").read_bytes())["index.html"]
    assert waferscope("none", "--to", str(tmp_path / "none.zip")) == 2
    assert ready.slug in capsys.readouterr().err
    assert waferscope(ready.slug, "--to", str(tmp_path)) == 2
    assert capsys.readouterr().err.count("\n") == 1
