"""A page in German has no English sentence left; what is missing in lessons/texts/de.toml is named."""

import ast
import json
from pathlib import Path

import pytest

from engine.language import language
from engine.scenarios import SCENES
from viz.components.form import words
from viz.documents.embed import embed_html
from viz.documents.embed_charts import usual_charts

pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parents[2]
REFUSALS = ("ScenarioError", "FabricError")
SHOWN = """async () => {
  const all = []
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      all.push(element)
      if (element.shadowRoot) visit(element.shadowRoot)
    }
  }
  visit(document)
  for (const element of all) if (element.tagName === "DETAILS") element.open = true
  const player = all.find((element) => element.player).player
  player.select(player.renderer.middle())
  for (let i = 0; i <= 6; i++) {
    player.seek(player.state.duration * i / 6)
    await new Promise(requestAnimationFrame)
  }
}"""
MISSING = "[...waferscopeLanguage.missing]"


def said():
    """Return what forms and refusals may say, a sentence with a number or a name in each of its gaps."""
    for scene in SCENES.values():
        yield from scene.presets
        for name, parameter in scene.fields().items():
            yield parameter.label.partition(" [")[0]
            yield parameter.doc
            yield from (
                words(scene, name, choice, language("en"))
                for choice in getattr(parameter, "objects", [])
                if choice is not None
            )
    for path in sorted((REPOSITORY / "engine/scenarios").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS:
                text = node.args[0]
                if isinstance(text, ast.JoinedStr):
                    yield "".join(part.value if isinstance(part, ast.Constant) else "7" for part in text.values)
                elif isinstance(text, ast.Constant):
                    yield text.value


def test_forms_and_refusals_are_translated(app, page):
    page.goto(f"{app}/?lang=de")
    page.evaluate(f"for (const text of {json.dumps(list(said()))}) waferscopeLanguage.translate(text)")
    assert page.evaluate(MISSING) == []


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_on_the_page_of_a_scene_stays_english(app, page, scene):
    page.set_default_timeout(30_000)  # a first run, on a busy machine
    page.goto(f"{app}/{scene}?lang=de&theme=light")
    page.wait_for_selector("#early-stage:empty", state="attached")
    page.wait_for_selector("form.scenario")
    page.evaluate(SHOWN)
    page.locator("#share-open").click()
    assert page.evaluate(MISSING) == []
    assert page.locator("html").get_attribute("lang") == "de"


def test_a_sentence_of_the_server_arrives_in_german(app, page):
    page.goto(f"{app}/fabric?lang=de&width=9999")
    sentence = page.get_by_role("alert").inner_text().replace("\u202f", " ")
    assert sentence == "width muss eine ganze Zahl von 1 bis 755 PEs sein, nicht '9999'. Gezeigt werden die Vorgaben."


def test_the_language_stays_while_one_goes_about(app, page):
    page.goto(f"{app}/")
    page.get_by_role("link", name="Deutsch").click()
    page.get_by_role("heading", name="Sehen Sie, wie ein Wafer Daten bewegt").wait_for()
    page.get_by_role("link", name="Datenfluss", exact=True).click()
    page.wait_for_selector("form.scenario")
    page.get_by_label("Breite", exact=True).fill("12")
    page.wait_for_url("**/fabric?width=12&lang=de")
    page.get_by_role("link", name="Kurs").click()
    page.get_by_role("heading", name="Der Kurs").wait_for()
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="The course").wait_for()


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_in_an_embed_stays_english(scene, tmp_path, page):
    scenario = SCENES[scene]()
    run = scenario.simulate()
    charts = ",".join(list(usual_charts(scene))[:2])
    text = embed_html(run.packed(), scenario, {"lang": "de", "controls": "full", "charts": charts})
    file = tmp_path / "embed.html"
    file.write_text(text)
    page.goto(file.as_uri())
    page.wait_for_selector("[data-waferscope-charts]")
    page.evaluate(SHOWN)
    svg = page.evaluate("""async () => {
      const { player } = document.querySelector(".ws-player")
      const { still, stillSvg } = await import("waferscope/player/still.js")
      for (const { t } of player.run.marks) await still(player, t)
      return stillSvg(player, player.run.marks[0].t)
    }""")
    page.keyboard.press("?")
    assert page.evaluate(MISSING) == []
    t = language("de")
    assert page.title() == t.said(run.title) != run.title
    assert t.said(run.title) in svg
    assert run.title not in text.partition("<main>")[0]
    assert page.locator("html").get_attribute("lang") == "de"


def test_python_and_the_browser_translate_alike(app, page):
    texts = list(said())
    for scene in SCENES.values():
        run = scene().simulate()
        texts += [run.title, *(mark.text for mark in run.trace.marks)]
        texts += [word for figure in run.figures.values() for word in (figure.label, figure.unit, str(figure.value))]
    page.goto(f"{app}/?lang=de")
    there = page.evaluate(f"{json.dumps(texts)}.map(waferscopeLanguage.translate)")
    assert list(map(language("de").translate, texts)) == there


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/nothing", "Diese Seite gibt es nicht"),
        ("/course/nothing", "Eine Lektion nothing gibt es nicht."),
        ("/course/adding-up?handout=x", "handout muss questions oder answers sein."),
    ],
)
def test_what_cannot_be_shown_is_said_on_a_page_that_leads_on(app, page, violations, address, sentence):
    page.goto(f"{app}{address}{'&' if '?' in address else '?'}lang=de")
    page.get_by_text(sentence).wait_for()
    assert page.evaluate(MISSING) == []
    assert violations(page) == []
    page.expected_errors.clear()  # Chromium reports the status in the console
    page.get_by_role("link", name="Startseite").click()
    page.wait_for_url(f"{app}/?lang=de")
