"""The home page in Chromium: the race by mouse and by keyboard, on every screen and in every theme."""

import pytest

from engine.language import language, languages
from tests.browser.waiting import at_rest, until
from tests.sweeps import sampled
from viz.documents.home import SCENARIOS, Home

pytestmark = pytest.mark.browser

EN = language("en")
THEMES = ("light", "dark", "projector")


@pytest.fixture(scope="module")
def home():
    """What the page has to say, from runs that are made here."""
    return Home({name: scenario.simulate() for name, scenario in SCENARIOS.items()})


def wait_for(page, state):
    """Wait until the race is at one of its states."""
    page.wait_for_selector(f"#race[data-state={state}]")


@pytest.fixture
def hurried(new_page):
    """Open pages whose clock is in the tests' hands."""

    def start(*viewport, **options):
        page = new_page(*viewport, **options)
        page.clock.install()
        return page

    return start


def go(page, *states):
    """Press the button until the race is at the last of these states; the seconds that it takes pass at once."""
    for state in states:
        page.locator("#go").click()
        page.clock.fast_forward(4000)
        wait_for(page, state)


def shares(page):
    """Return how full the bars are: of the wafer, of the GPU, and of its enlarged beginning."""
    return page.evaluate("""[...document.querySelectorAll("#race .bar i")].map((bar) => {
      return bar.getBoundingClientRect().width / bar.parentElement.clientWidth
    })""")


def test_the_wafer_is_done_when_the_bar_of_the_gpu_has_not_visibly_moved(app, page, home):
    page.goto(app)
    assert shares(page) == [0, 0, 0]
    page.locator("#go").click()
    wait_for(page, "ahead")
    wafer, gpu, enlarged = shares(page)
    true = home.race["wafer"] / home.race["gpu"]
    assert wafer == 1
    assert gpu == pytest.approx(enlarged / home.race["magnified"], rel=0.01)
    assert true <= gpu < 3 * true < 0.002
    told = page.locator(".told [data-of=ahead]").inner_text()
    assert EN(home.said["ahead"]) in told and EN(home.said["skip"]) in page.locator("#go").inner_text()
    assert page.locator("#wafer strong").inner_text() == EN.quantity(home.race["wafer"], "s")
    assert page.locator("#wafer .added").inner_text() == f"{home.race['n']:,} numbers added"


def test_the_verdict_is_that_of_the_run_and_is_read_out(app, hurried, home):
    page = hurried()
    page.goto(app)
    go(page, "ahead", "done")
    told = page.locator(".told [data-of=done]").inner_text()
    assert EN(home.said["verdict"]) in told and EN(home.said["fair"]) in told
    heard = page.get_by_role("status").inner_text()
    assert heard == f"{EN(home.said['verdict'])} {EN(home.said['fair'])}"
    assert shares(page)[:2] == [1, 1]
    assert page.locator("#clock").inner_text() == EN.quantity(home.race["gpu"], "s")


def test_a_bet_starts_the_race_and_is_remembered_until_it_is_lost(app, hurried, home):
    page = hurried()
    page.goto(app)
    page.get_by_role("button", name="a hundredth").click()
    page.clock.fast_forward(4000)
    wait_for(page, "ahead")
    assert EN(home.said["bet_hundredth.lost"]) in page.locator(".told [data-of=ahead]").inner_text()
    go(page, "done", "turn", "ahead")
    assert "You bet" not in page.locator(".told").inner_text()


def test_one_may_wait_and_the_enlarged_beginning_moves(app, page):
    page.goto(app)
    page.locator("#go").click()
    wait_for(page, "ahead")
    page.get_by_role("button", name="I’ll wait").click()
    wait_for(page, "waiting")
    assert page.locator(".left").inner_text().startswith("As you wish: ")
    assert page.locator("#go").evaluate("one => one === document.activeElement"), "whose button has gone"
    before = shares(page)[2]
    until(page, lambda: shares(page)[2] > before + 0.01)
    page.locator("#go").click()
    wait_for(page, "done")


def test_three_scenes_at_which_the_gpu_wins_open(app, hurried, home):
    page = hurried()
    page.goto(app)
    go(page, "ahead", "done", "turn")
    links = page.locator(".wins a")
    assert links.count() == 3
    for name, link in zip(("outside", "silicon", "bill"), links.all(), strict=True):
        assert EN(home.said[f"gpu_{name}.won"]) in link.inner_text()
    links.first.click()
    page.wait_for_url("**/memory?weights=streamed")


def test_the_keyboard_alone_runs_the_whole_race(app, page):
    page.goto(app)
    page.locator("#go").focus()
    for state in ("ahead", "done", "turn"):
        page.keyboard.press("Enter")
        wait_for(page, state)
    page.keyboard.press("Space")
    wait_for(page, "run")
    page.keyboard.press("Enter")  # while it runs there is nothing to do
    assert page.locator("#race").get_attribute("data-state") == "run"


def test_with_reduced_motion_nothing_moves_but_the_race_that_was_asked_for(app, new_page):
    page = new_page(reduced_motion="reduce")
    page.goto(app)
    assert page.evaluate("getComputedStyle(document.getElementById('go')).animationName") == "none"
    page.locator("#sum").scroll_into_view_if_needed()
    page.wait_for_selector("#sum .ws-ready")
    assert not page.evaluate("document.querySelector('#sum .ws-player').player.state.playing")
    assert page.evaluate("getComputedStyle(document.querySelector('.curves svg')).transitionDuration") == "0s"
    page.locator("#go").click()
    wait_for(page, "ahead")
    page.locator("#go").click()
    wait_for(page, "done")


def test_the_whole_wafer_plays_when_it_is_seen_and_says_when_all_have_the_sum(app, page):
    page.goto(app)
    page.locator("#sum").scroll_into_view_if_needed()
    page.wait_for_selector("#sum .ws-ready")
    until(page, lambda: page.evaluate("document.querySelector('#sum .ws-player').player.state.t > 20"))
    duration = page.evaluate("document.querySelector('#sum .ws-player').player.state.duration")
    assert f"after {duration:,} cycles" in page.locator("#sum-said").inner_text()


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_axe_finds_nothing_in_any_theme_and_state(app, hurried, violations, size):
    page = hurried(size, reduced_motion="reduce")
    page.goto(app)
    at_rest(page)
    for state in ("ready", "ahead", "done", "turn"):
        if state != "ready":
            go(page, state)
        for theme in THEMES:
            page.evaluate("name => { document.documentElement.dataset.theme = name }", theme)
            assert violations(page) == [], (state, theme)


@pytest.mark.parametrize("theme", sampled(THEMES, "light"))
@pytest.mark.parametrize("code", languages())
def test_the_race_is_in_sight_on_a_laptop_and_nothing_jumps(app, hurried, code, theme):
    page = hurried()
    page.goto(f"{app}/?lang={code}&theme={theme}")
    at_rest(page)
    boxes = "[...document.querySelectorAll('.stage, .lane, .told')].map((one) => one.getBoundingClientRect().bottom)"
    before = page.evaluate(boxes)
    assert max(before) <= 720
    for state in ("ahead", "done", "turn"):
        go(page, state)
        assert page.evaluate(boxes) == before, state
    assert page.evaluate("""[...document.querySelectorAll(".told > :not([hidden]) *")].every((one) => {
      return one.scrollWidth <= one.clientWidth + 1 || getComputedStyle(one).display === "inline"
    })""")


@pytest.mark.parametrize("code", languages())
def test_on_a_phone_what_comes_next_is_at_hand_and_what_is_told_is_seen(app, hurried, code):
    page = hurried((390, 844), reduced_motion="reduce")
    page.goto(f"{app}/?lang={code}")
    button = page.locator("#go").bounding_box()
    assert button["y"] + button["height"] <= 844
    for state in ("ahead", "done"):
        go(page, state)
        told = page.locator(f".told [data-of={state}]").bounding_box()
        assert told["y"] + told["height"] <= page.locator("#go").bounding_box()["y"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_bars_and_marks_are_seen_where_the_system_chooses_the_colours(app, new_page):
    page = new_page(forced_colors="active")
    page.goto(app)
    seen = page.evaluate("""["#wafer .bar i", "#gpu .bar i", ".curves .mark"].map((each) => {
      const paint = (one) => getComputedStyle(one).backgroundColor
      return paint(document.querySelector(each)) !== paint(document.body)
    })""")
    assert seen == [True, True, True]
