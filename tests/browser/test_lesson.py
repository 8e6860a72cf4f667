"""A lesson in a real browser: by keyboard alone, drawn by pointer, kept over a reload, and nothing for axe to find."""

import csv
import io
from itertools import pairwise

import pytest

from tests.browser.keys import tab_to
from tests.sweeps import sampled

pytestmark = pytest.mark.browser

LESSON = "/course/a-wavelets-journey"


@pytest.fixture
def opened(app, new_page):
    """Open a part of the lesson: `opened(part, viewport, **context options)`; runs jump to their marks."""

    def open_part(part=1, viewport=(1280, 720), **options):
        page = new_page(viewport, **{"reduced_motion": "reduce", **options})
        page.goto(f"{app}{LESSON}#{part}")
        page.wait_for_selector("body[data-ready]")
        return page

    return open_part


def parts(page):
    """Return what each part asks: ask, draw, transfer, recall or nothing."""
    return page.evaluate(
        "[...document.querySelectorAll('.part')].map(part => part.querySelector('form')?.dataset.kind ?? '')"
    )


def shown(page):
    return page.locator(".part:visible")


def right_of(page, part):
    """Return which option of a part is right."""
    return page.evaluate(f"JSON.parse(document.getElementById('data').textContent).parts[{part - 1}].question.right")


def test_a_lesson_is_taken_from_start_to_handout_by_keyboard_alone(opened, violations):
    page = opened()
    kinds = parts(page)
    for n, kind in enumerate(kinds, 1):
        assert page.locator("#where").inner_text() == f"Step {n} of {len(kinds)}"
        if kind == "draw":
            tab_to(page, "#plot [role=slider]")
            before = page.locator("#plot [role=slider]").first.get_attribute("aria-valuenow")
            page.keyboard.press("ArrowUp")
            assert page.locator("#plot [role=slider]").first.get_attribute("aria-valuenow") > before
            page.keyboard.press("ArrowRight")
            assert page.evaluate("document.activeElement.getAttribute('aria-label')").endswith("at 16")
            tab_to(page, f"#part-{n} .commit")
            page.keyboard.press("Enter")
        elif kind:
            tab_to(page, f"#part-{n} .answers input")
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        if kind:
            page.wait_for_selector(f"#part-{n} .outcome:not([hidden])")
            assert page.evaluate("document.activeElement.className") == "verdict"
            why = page.locator(f"#part-{n} .why input")
            if why.count():
                tab_to(page, f"#part-{n} .why input")
                page.keyboard.press("Space")
                page.wait_for_selector(f"#part-{n} .reason.truth:not([hidden])")
            assert page.locator(f"#part-{n} .feedback.truth").is_visible()
        assert violations(page) == []
        page.keyboard.press("PageDown")
    assert "predictions were right or close" in page.locator("#recap").inner_text()
    tab_to(page, "#part-12 a[href*=handout]")
    page.keyboard.press("Enter")
    page.wait_for_selector("body.handout[data-drawn]")
    assert page.get_by_role("img", name="Streams of 1 word on 9").count() == 1
    assert violations(page) == []
    page.get_by_role("link", name="Questions with answers").click()
    page.wait_for_selector("body.handout[data-drawn]")
    assert page.locator(".frame canvas").count() >= 3 and page.locator("svg .truth").count() == 1
    assert violations(page) == []


def test_a_lesson_opens_with_its_question_over_a_picture_that_moves_and_recall_can_be_skipped(opened):
    page = opened(reduced_motion="no-preference")
    page.wait_for_function("document.querySelector('.ws-player')?.player?.state.t > 0")
    question = page.locator("#part-1 .leading").inner_text()
    assert question.endswith("?") and page.locator("#overlay").inner_text() == question
    kinds = parts(page)
    asked = [n for n, kind in enumerate(kinds, 1) if kind == "recall"]
    assert asked[0] == 3 and all(later - n > 1 for n, later in pairwise(asked))
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    tab_to(page, "#part-3 .skip-recall")
    page.keyboard.press("Enter")
    assert page.locator("#part-4").is_visible()
    page.goto(page.url.split("#")[0] + f"#{len(kinds)}")
    page.reload()
    assert question in page.locator(f"#part-{len(kinds)}").inner_text()
    assert "not made any predictions yet" in page.locator("#recap").inner_text()


def test_nothing_plays_before_a_prediction_and_show_me_is_no_answer(opened):
    page = opened(2)
    page.wait_for_selector(".ws-ready")
    assert page.locator("#player").evaluate("box => box.inert")
    page.locator("h1:visible").focus()
    page.keyboard.press("Space")
    assert page.evaluate("document.querySelector('.ws-player').player.state.playing") is False
    shown(page).locator(".show-me").click()
    page.wait_for_selector("#part-2 .outcome:not([hidden])")
    assert not page.locator("#player").evaluate("box => box.inert")
    assert page.evaluate("document.querySelector('.ws-player').player.state.t") == 60
    page.goto(page.url.split("#")[0] + "#12")
    page.reload()
    assert "not made any predictions yet" in page.locator("#recap").inner_text()


def test_the_film_of_an_answer_can_be_skipped(opened):
    page = opened(5, reduced_motion="no-preference")
    page.wait_for_selector(".ws-ready")
    skip = page.get_by_role("button", name="Skip the film")
    assert skip.is_hidden()
    shown(page).locator(".answers label").nth(1).click()
    shown(page).locator(".commit").click()
    skip.click()
    page.wait_for_selector("#part-5 .outcome:not([hidden])", timeout=2000)
    assert skip.is_hidden()
    assert page.evaluate("document.querySelector('.ws-player').player.state.playing") is False


def test_arrows_turn_pages_where_nothing_else_uses_them(opened):
    page = opened(2)
    page.keyboard.press("ArrowRight")
    assert page.locator("#where").inner_text().startswith("Step 3")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#where").inner_text().startswith("Step 2")
    shown(page).locator(".answers input").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#where").inner_text().startswith("Step 2")


def test_the_run_plays_to_its_mark_and_stops(opened):
    page = opened(7, reduced_motion="no-preference")
    page.wait_for_selector(".ws-ready")
    shown(page).locator(".answers label").nth(2).click()
    shown(page).locator(".commit").click()
    page.wait_for_function("document.querySelector('.ws-player').player.state.playing")
    page.wait_for_selector("#part-7 .outcome:not([hidden])", timeout=20_000)
    state = page.evaluate("document.querySelector('.ws-player').player.state")
    assert (state["t"], state["playing"]) == (60, False)


def open_of(page, title):
    """Go to the part with a title, ask for the answer and wait for it."""
    page.evaluate(
        """title => {
          const titles = [...document.querySelectorAll(".part h1")].map((heading) => heading.textContent)
          location.hash = titles.indexOf(title) + 1
        }""",
        title,
    )
    page.get_by_role("heading", name=title).wait_for()
    shown(page).locator(".show-me").click()
    page.wait_for_selector(".part:not([hidden]) .outcome:not([hidden])")


def test_a_second_run_and_the_values_stay_beside_the_explanation_until_the_next_step(opened, violations):
    page = opened(2)
    page.wait_for_selector(".ws-ready")
    assert page.locator("#bars").is_hidden()
    shown(page).locator(".show-me").click()
    for _ in ("at once", "after a reload"):
        page.wait_for_selector("#bars:not([hidden])")
        assert page.locator(".ws-player").count() == 2
        names = page.locator(".ws-name:visible").all_inner_texts()
        assert [name[-1] for name in map(str.split, names)] == ["word", "words"]
        one, hundred = page.locator("#bars .bar").evaluate_all("bars => bars.map(bar => bar.offsetWidth)")
        assert abs(hundred / one - 113 / 14) < 0.5
        painted = page.locator("#bars .bar").first.evaluate("bar => getComputedStyle(bar).backgroundColor")
        assert painted != "rgba(0, 0, 0, 0)"
        assert "113 cycles" in page.locator("#bars").inner_text()
        assert violations(page) == []
        page.reload()
    page.wait_for_selector("#bars:not([hidden])")
    page.locator("#next").click()
    assert page.locator("#bars").is_hidden()
    assert page.locator(".ws-player").count() == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_values_alone_take_the_place_of_a_run_that_does_not_show_them(opened, violations, width):
    page = opened(1, (width, 844))
    open_of(page, "How fast is one link?")
    page.wait_for_selector("#bars:not([hidden])")
    assert page.locator("#player").is_hidden()
    link, nvlink = page.locator("#bars .bar").evaluate_all("bars => bars.map(bar => bar.offsetWidth)")
    assert nvlink > 20 * link
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


def test_a_chart_of_the_run_stands_under_it_as_evidence(app, page):
    page.goto(f"{app}/course/adding-up")
    page.wait_for_selector("body[data-ready]")
    open_of(page, "A tree")
    chart = page.locator("#chart canvas")
    chart.wait_for()
    assert "113 cycles" in chart.get_attribute("aria-label")
    assert chart.bounding_box()["height"] > 90
    assert page.locator("#bars li").count() == 2


def test_a_wrong_answer_is_kept_over_a_reload_and_revisited_at_the_end(opened):
    page = opened(3)
    right = right_of(page, 3)
    shown(page).locator(".answers label").nth((right + 1) % 3).click()
    shown(page).locator(".commit").click()
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.locator("#part-3 .feedback:visible").count() == 2
    page.goto(page.url.split("#")[0] + "#12")
    page.get_by_role("button", name="Try again").click()
    assert page.locator("#part-3 .outcome").is_hidden()
    shown(page).locator(".answers label").nth(right).click()
    shown(page).locator(".commit").click()
    assert "and that is right" in page.locator("#part-3 .verdict").inner_text()


def test_whoever_is_wrong_is_told_why_one_might_think_so_and_then_what_is_so(opened):
    page = opened(2)
    right = right_of(page, 2)
    shown(page).locator(".answers label").nth((right + 1) % 3).click()
    shown(page).locator(".commit").click()
    page.wait_for_selector("#part-2 .outcome:not([hidden])")
    own, truth = page.locator("#part-2 .feedback:visible").all()
    assert own.get_attribute("data-option") == str((right + 1) % 3)
    assert truth.get_attribute("data-option") == str(right)
    assert truth.inner_text().startswith("What happens:")
    reasons = page.locator("#part-2 .why label")
    n_wrong = next(i for i in range(reasons.count()) if reasons.nth(i).get_attribute("data-right") is None)
    reasons.nth(n_wrong).click()
    own, truth = page.locator("#part-2 .reason:visible").all()
    assert own.get_attribute("data-option") == str(n_wrong)
    assert truth.inner_text().startswith("The reason:")


def test_a_part_that_asks_nothing_is_open_though_a_question_was_left_unanswered(opened):
    page = opened()
    ask = parts(page).index("ask")
    assert parts(page)[ask - 1] == ""
    page = opened(ask + 1)
    closed = "document.getElementById('player').inert"
    assert page.evaluate(closed)
    page.locator("#back").click()
    assert not page.evaluate(closed)


def test_a_curve_is_drawn_with_the_pointer_and_its_points_open_their_runs(opened):
    page = opened(4)
    box = page.locator("#plot .curve").bounding_box()
    page.mouse.move(box["x"] + 150, box["y"] + box["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.88, box["y"] + box["height"] * 0.2, steps=20)
    page.mouse.up()
    drawn = [float(v) for v in page.locator("#plot [role=slider]").evaluate_all("a => a.map(p => p.ariaValueNow)")]
    assert drawn == sorted(drawn) and drawn[-1] > 5 * drawn[0]
    shown(page).locator(".commit").click()
    assert "On the left and on the right, your curve is too high" in shown(page).locator(".verdict").inner_text()
    page.get_by_role("button", name="Watch the simulation at 64").click()
    page.wait_for_selector(".ws-ready")
    page.wait_for_function("document.querySelector('.ws-player').player.state.src?.includes('words=64')")
    page.get_by_role("button", name="Back to the curve").click()
    assert page.locator("#plot .curve").is_visible()


@pytest.mark.parametrize("viewport", [(390, 844), (1366, 768)])
def test_a_guess_above_the_straight_line_is_called_impossible_and_the_numbers_fit(app, new_page, violations, viewport):
    page = new_page(viewport, reduced_motion="reduce")
    page.goto(f"{app}/course/adding-gpus-stops-helping#2")
    page.wait_for_selector("body[data-ready]")
    sliders = page.locator("#plot [role=slider]")
    for n in range(sliders.count()):
        sliders.nth(n).press("End")  # on the line
    sliders.last.press("PageUp")
    assert violations(page) == []
    sliders.last.press("Enter")
    verdict = shown(page).locator(".verdict").inner_text()
    assert "At 1,024" in verdict and "impossible" in verdict and "straight line" in verdict
    names = page.locator("#plot .curve text").all_text_contents()
    assert {"linear", "you", "simulated", "given", "GPUs", "times as fast as one GPU"} <= set(names)
    assert page.locator(".part:visible .numbers").evaluate("e => e.scrollWidth <= e.clientWidth")
    apart = """texts => { const boxes = texts.map(e => e.getBoundingClientRect()).filter(b => b.width)
      return boxes.every((a, i) => boxes.every((b, j) => i >= j || a.right <= b.left || b.right <= a.left ||
        a.bottom - 4 <= b.top || b.bottom - 4 <= a.top)) }"""
    assert page.locator("#plot .curve text").evaluate_all(apart)
    assert violations(page) == []


def test_a_term_shows_its_definition_on_focus_and_hides_it_on_escape(opened):
    page = opened(1)
    page.locator("#part-1 a.term").first.focus()
    assert "Processing element" in page.locator("#definition").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#definition").is_hidden()


def test_on_a_phone_the_question_comes_before_the_picture_that_waits_for_it(opened):
    page = opened(2, (390, 844))
    above = "document.querySelector('.part:not([hidden])').getBoundingClientRect().top < \
        document.querySelector('.stage').getBoundingClientRect().top"
    assert page.evaluate(above)
    page.get_by_role("button", name="Skip the prediction").click()
    page.wait_for_function(f"!({above})")


def test_a_step_leads_to_itself_in_the_other_language(opened):
    page = opened(2)
    page.get_by_role("link", name="Deutsch").click()
    page.wait_for_url(f"**{LESSON}?lang=de#2")
    assert shown(page).locator("h1").inner_text() == "Hundert Wavelets"


@pytest.mark.parametrize("lang", sampled(["en", "de"], "de"))
@pytest.mark.parametrize(
    "path",
    [
        "/course{}",
        LESSON + "{}#2",
        LESSON + "{}#4",
        LESSON + "/teacher{}",
        "/course/glossary{}",
    ],
)
def test_pages_of_the_course_have_nothing_for_axe_in_any_theme_and_fit_a_phone(app, new_page, violations, path, lang):
    page = new_page((390, 844), reduced_motion="reduce")
    page.goto(app + path.format(f"?lang={lang}"))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for theme in ("light", "dark", "projector"):
        page.evaluate("name => { document.documentElement.dataset.theme = name }", theme)
        assert violations(page) == []


def test_the_home_page_leads_to_the_course_in_one_click(app, page):
    page.goto(app)
    page.get_by_role("link", name="Course", exact=True).click()
    page.wait_for_url("**/course")


def test_a_step_opens_in_the_scene_without_the_controls_that_it_hides(app, page):
    page.goto(f"{app}/fabric?program=stream&algorithm=single&width=9&height=1&words=100&hide=words")
    page.get_by_label("Width").first.wait_for()
    assert page.get_by_label("Words per PE").count() == 0
    assert page.get_by_text("has no parameter").count() == 0


def test_answers_leave_as_csv(opened):
    page = opened(2)
    shown(page).locator(".answers label", has_text="after 14 cycles, as before").click()
    shown(page).locator(".commit").click()
    page.wait_for_selector("#part-2 .outcome:not([hidden])")
    page.keyboard.press("PageDown")
    shown(page).locator(".show-me").click()
    page.goto(page.url.split("#")[0] + "#12")
    with page.expect_download() as download:
        page.get_by_role("button", name="Answers, CSV").click()
    assert download.value.suggested_filename == "a-wavelets-journey.csv"
    [row] = csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")))
    assert (row["learner"], row["part"], row["kind"], row["result"]) == ("1", "2", "ask", "wrong")
    assert (row["answer"], row["right answer"]) == ("after 14 cycles, as before", "after 113 cycles")
