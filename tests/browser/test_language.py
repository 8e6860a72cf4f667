"""Every page in every language: no text of another one, and no number in another's form."""

import re

import pytest

from engine.language import language, languages
from engine.scenarios import SCENES
from tests.sweeps import sampled
from viz.documents.embed import embed_html
from viz.documents.embed_charts import usual_charts

pytestmark = pytest.mark.browser

OTHERS = [code for code in languages() if code != "en"]
PLAIN = ("", "course", "course/glossary", "course/adding-up/teacher", "course/adding-up?handout=answers", "nowhere")

# Notes what is written onto a canvas; the page's own texts are read from its nodes.
NOTE = """
  globalThis.onCanvas = new Set()
  for (const name of ["fillText", "strokeText"]) {
    const { [name]: write } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype[name] = function (text, ...rest) {
      onCanvas.add(String(text))
      return write.call(this, text, ...rest)
    }
  }
"""
# What a sighted or a listening visitor may meet, at seven instants of the run if there is one. Left out are documents
# that are cited, names and addresses in code, and what is marked as being in another language.
SHOWN = """async () => {
  const LEFT_OUT = "script, style, code, pre, textarea, cite, noscript, .language, [lang]:not(html)"
  const ATTRIBUTES = ["aria-label", "aria-valuetext", "aria-description", "title", "placeholder", "alt"]
  const found = new Set()
  const visit = (root) => {
    for (const node of root.childNodes ?? []) {
      if (node instanceof Text) found.add(node.data.trim())
      if (!(node instanceof Element) || node.matches(LEFT_OUT)) continue
      for (const name of ATTRIBUTES) if (node.hasAttribute(name)) found.add(node.getAttribute(name))
      visit(node)
      if (node.shadowRoot) visit(node.shadowRoot)
    }
  }
  const all = (root) => [...root.querySelectorAll("*")].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])])
  for (const element of all(document)) if (element.tagName === "DETAILS") element.open = true
  const player = all(document).find((element) => element.player)?.player
  player?.renderer && player.select(player.renderer.middle())
  for (let i = 0; player?.renderer && i <= 6; i++) {
    player.seek(player.state.duration * i / 6)
    await new Promise(requestAnimationFrame)
    visit(document.body)
  }
  visit(document.body)
  return [...new Set([...found, ...onCanvas])].filter(Boolean)
}"""

ENGLISH = re.compile(r"\b(the|of|and|with|which|from|its|are|is|not|all|by|at|how|what)\b", re.IGNORECASE)
SHARED = {"at", "not", "all", "is", "des", "du"}  # words of other languages too
NUMBER = re.compile(r"(?<![\w.,/=-])[\d.,\u202f]*\d(?![\w/=-]|[.,]\d)")
FORM = {
    "en": re.compile(r"\d{1,3}(,\d{3})*(\.\d+)?|\d+"),
    "de": re.compile(r"\d{1,3}(\.\d{3})*(,\d+)?|\d+"),
    "fr": re.compile(r"\d{1,3}(\u202f\d{3})*(,\d+)?|\d+"),
}


RELEASES = set(SCENES["scaling"].param.software.objects)  # a number in their name is no quantity


def foreign(texts, code):
    """Return the texts that hold English words, or numbers written as elsewhere."""
    english = {"en": ()}.get(code, [text for text in texts if code != "en" and _is_english(text)])

    def written_elsewhere(text):
        numbers = {number.strip(".,") for number in NUMBER.findall(text)} - RELEASES
        return any(not FORM[code].fullmatch(number) for number in numbers)

    numbers = list(filter(written_elsewhere, texts))
    return sorted({*english, *numbers})


def _is_english(text):
    return any(word.lower() not in SHARED for word in ENGLISH.findall(text))


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("code", sampled(languages(), "de"))
def test_a_scene_speaks_one_language(app, page, scene, code):
    page.set_default_timeout(30_000)  # a first run, on a busy machine
    page.add_init_script(NOTE)
    page.goto(f"{app}/{scene}?lang={code}&theme=light")
    page.wait_for_selector("#early-stage:empty", state="attached")
    page.wait_for_selector("form.scenario")
    page.locator("#share-open").click()
    assert foreign(page.evaluate(SHOWN), code) == []
    assert page.locator("html").get_attribute("lang") == code


@pytest.mark.parametrize("code", sampled(languages(), "de"))
def test_a_page_speaks_one_language(app, page, code):
    page.add_init_script(NOTE)
    for path in PLAIN:
        page.goto(f"{app}/{path}{'&' if '?' in path else '?'}lang={code}")
        if not path:
            page.wait_for_function("() => document.querySelector('.ws-ready canvas')")
        assert foreign(page.evaluate(SHOWN), code) == [], path
        page.expected_errors.clear()  # Chromium reports the status of a page that is not there


@pytest.mark.parametrize("place", ["", "fabric", "course", "course/adding-up"])
@pytest.mark.parametrize("code", sampled(languages(), "de"))
def test_no_page_is_wider_than_its_window(app, page, code, place):
    page.goto(f"{app}/{place}?lang={code}")
    page.wait_for_function("document.querySelector('.ws-ready, .course, #contents-button')")
    for width in (1280, 1001, 1000, 841, 840, 724, 640, 601, 600, 390, 320):
        page.set_viewport_size({"width": width, "height": 720})
        # Figures follow a window a moment later.
        page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("code", sampled(OTHERS, "de"))
def test_an_embed_speaks_one_language(scene, code, tmp_path, page):
    scenario = SCENES[scene]()
    run = scenario.simulate()
    charts = ",".join(list(usual_charts(scene))[:2])
    text = embed_html(run.packed(), scenario, {"lang": code, "controls": "full", "charts": charts})
    file = tmp_path / "embed.html"
    file.write_text(text)
    page.add_init_script(NOTE)
    page.goto(file.as_uri())
    page.wait_for_selector("[data-waferscope-charts]")
    page.keyboard.press("?")
    assert foreign(page.evaluate(SHOWN), code) == []
    svg = page.evaluate("""async () => {
      const { player } = document.querySelector(".ws-player")
      const { stillSvg } = await import("waferscope/player/still.js")
      return stillSvg(player, player.run.marks[0].t)
    }""")
    t = language(code)
    assert page.title() == t(run.title) != str(run.title)
    assert t(run.title) in svg
    assert str(run.title) not in text.partition("<main>")[0]
    assert page.locator("html").get_attribute("lang") == code


def test_a_sentence_of_the_server_arrives_in_the_language_of_the_page(app, page):
    page.goto(f"{app}/fabric?lang=de&width=9999")
    sentence = page.get_by_role("alert").inner_text()
    refused = "Breite muss eine ganze Zahl von 1 bis 755 PEs sein, nicht „9999“."
    assert sentence == f"{refused} Alles Übrige aus der Adresse gilt."


def test_the_browser_chooses_the_language_of_a_first_visit(app, new_page):
    for asked, found in (("de-AT", "de"), ("fr-CA", "fr"), ("pt-BR", "en")):
        page = new_page(locale=asked)
        page.goto(f"{app}/")
        assert page.locator("html").get_attribute("lang") == found
        page.goto(f"{app}/?lang=en")
        assert page.locator("html").get_attribute("lang") == "en"


def test_the_language_stays_while_one_goes_about(app, page):
    page.goto(f"{app}/")
    page.get_by_role("link", name="Deutsch").click()
    page.get_by_role("heading", name="Ein Wafer gegen eine GPU: das Rennen.").wait_for()
    page.get_by_role("navigation").get_by_role("link", name="Datenfluss", exact=True).click()
    page.wait_for_selector("form.scenario")
    page.get_by_label("Breite", exact=True).fill("12")
    page.wait_for_url("**/fabric?algorithm=star&width=12&lang=de")
    page.get_by_role("link", name="Kurs").click()
    page.get_by_role("heading", name="Der Kurs").wait_for()
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="The course").wait_for()
