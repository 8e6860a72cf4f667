"""What the home page says is what its runs say: each claim is computed here once more, by another way."""

import re

import pytest
from markupsafe import escape

from engine.language import language, languages
from engine.machines import machines
from engine.memory.published import sram_shares
from engine.scenarios import SCENES
from viz.documents.curves import APART
from viz.documents.home import BETS, LASTS_S, SCENARIOS, WHOLE_WAFER, Home, home_html

EN = language("en")
WIDEST_PX = 1200  # of a bar of the race


@pytest.fixture(scope="module")
def home():
    """The page of runs that are made here."""
    return Home({name: scenario.simulate() for name, scenario in SCENARIOS.items()})


def values(scene, query=""):
    """Return the figures of a scenario as it is addressed."""
    run = SCENES[scene].read_query(query).simulate()
    return {name: figure.value for name, figure in run.figures.items()}


def numbers(text):
    """Return the numbers in an English sentence."""
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\.?\d*", text)]


def test_the_wafer_wins_the_race_by_as_much_as_the_page_says(home):
    found = values("memory")
    assert found["fastest"] == "wse2"
    verdict = EN(home.said["verdict"])
    assert verdict.startswith(f"The wafer is {EN.number(found['time_ratio'], 2)} times as fast: ")
    ns = [1e9 * found[f"{name}_time"] for name in ("wse2", "a100_80")]
    assert numbers(verdict)[1:] == pytest.approx(ns, rel=0.005) and verdict.count(" ns") == 2
    assert numbers(EN(home.said["ahead"])) == [float(f"{100 / found['time_ratio']:.1e}")]


def test_what_is_said_of_fairness_is_of_the_figures(home):
    found = values("memory")
    sheet = found["wse2_vendor_bandwidth"] / found["a100_80_vendor_bandwidth"]
    # Bandwidth per mm² is a figure, by the data sheets; from it follows how many GPUs are as large as a wafer.
    chips = sheet / (found["wse2_bandwidth_per_mm2"] / found["a100_80_bandwidth_per_mm2"])
    said = numbers(EN(home.said["fair"]))
    least, most = min(sram_shares("wse2")), max(sram_shares("wse2"))
    assumed = machines()["wse2"].figures["sram_share"].value
    shares = [100 * share for share in (assumed, least, most)]
    slowest = found["time_ratio"] * least / assumed
    assert said == pytest.approx([chips, found["time_ratio"] / chips, sheet, *shares, slowest], rel=0.03)
    assert found["time_ratio"] <= sheet, "programs reach no more than the data sheets say"
    assert found["wse2_bytes_moved"] == 3 * 2 * home.race["n"]
    assert EN(home.said["racing_why"]).startswith("Each addition takes 3 trips to memory")


def test_the_race_takes_some_seconds_and_the_gpu_does_not_visibly_move(home):
    race = home.race
    assert race["wafer"] * race["slower"] == pytest.approx(LASTS_S, abs=1)
    assert WIDEST_PX * race["wafer"] / race["gpu"] < 1
    assert 0.02 < race["magnified"] * race["wafer"] / race["gpu"] < 0.6, "enlarged, it does"
    hours, minutes = (*numbers(EN(home.said["skip"])), 0)[:2]
    assert 60 * hours + minutes == round((race["gpu"] - race["wafer"]) * race["slower"] / 60)


@pytest.mark.parametrize("bet", [bet for bet, share in BETS.items() if share])
def test_every_bet_is_too_high_but_the_least(home, bet):
    assert list(BETS)[-1] == "less"
    times = BETS[bet] * values("memory")["time_ratio"]
    assert times > 1.5
    assert numbers(EN(home.said[f"bet_{bet}.lost"])) == pytest.approx([times], rel=0.05)


def test_gpus_win_where_the_page_says_so(home):
    outside = values("memory", "weights=streamed")
    assert outside["fastest"] == "a100_80"
    gpus, wafers = (
        "n_devices=12&device=a100_80",
        "cluster=cs&n_devices=1&device=cs2",
    )
    both = "&model=cerebras-gpt-13b&global_batch=768"
    rates = [values("scaling", words + both)["tokens_per_s"] for words in (gpus, wafers)]
    bills = [values("planner", f"{words}{both}&tokens=auto")["cost"] for words in (gpus, wafers)]
    area = {name: values("memory")[f"{name}_vendor_bandwidth"] for name in ("wse2", "a100_80")}
    per_mm2 = {name: area[name] / values("memory")[f"{name}_bandwidth_per_mm2"] for name in area}
    silicon = rates[0] / (12 * per_mm2["a100_80"]) / (rates[1] / per_mm2["wse2"])
    won = {"outside": outside["time_ratio"], "silicon": silicon, "bill": bills[1] / bills[0]}
    for name, times in won.items():
        assert times > 1.5, name
        assert numbers(EN(home.said[f"gpu_{name}.won"])) == pytest.approx([times], rel=0.05), name


def test_the_curves_begin_together_and_what_is_said_of_their_ends_is_true(home):
    curves = home.curves
    assert curves["n"] == [2**i for i in range(len(curves["n"]))] and curves["n"][-1] >= 64
    assert curves["gpus"][0] == curves["wafers"][0] == 1
    start = {side: SCENARIOS[side].simulate().figures["tokens_per_s"].value for side in ("gpus", "wafers")}
    assert 0.8 < start["gpus"] / start["wafers"] < 1.25, "at about the same speed"
    last = curves["n"][-1]
    assert numbers(EN(home.said["scaled"])) == pytest.approx([last, curves["gpus"][-1], curves["wafers"][-1]], rel=0.01)
    assert (home.ends["wafers"] > home.ends["gpus"]) == (curves["wafers"][-1] > curves["gpus"][-1])
    assert abs(home.ends["wafers"] - home.ends["gpus"]) >= 0.99 * APART * last
    same = {side: curves[side][-1] / last for side in start}
    at, growing = numbers(EN(home.said["growing"]))[-1], numbers(EN(home.said["growing"]))[:2]
    assert at >= 64 and all(share > 90 and share > 100 * of for share, of in zip(growing, same.values(), strict=True))
    page = home_html(home, EN)
    for side, share in same.items():
        assert f"<b>{EN(f'curves_{side}')}</b>{EN.quantity(share, 'share', 2)} of linear" in page


def test_the_sum_is_of_as_many_cores_as_the_page_says(home):
    assert numbers(EN(home.said["sum"])) == [WHOLE_WAFER.width * WHOLE_WAFER.height]


@pytest.mark.parametrize("code", languages())
def test_the_page_says_all_of_it_in_every_language(home, code):
    t = language(code)
    page = home_html(home, t)
    left_to_the_script = {"wait"}
    for name, said in home.said.items():
        assert name in left_to_the_script or str(escape(t(said))) in page, name


def test_examples_and_cases_lead_to_scenes_that_take_their_address(home):
    page = home_html(home, language("de"))
    addresses = re.findall(r'href="/(fabric|memory|scaling|planner)\?([^"]*)"', page)
    assert len(addresses) > 12
    for scene, query in addresses:
        words, _, spoken = query.replace("&amp;", "&").rpartition("lang=")
        assert spoken == "de"
        SCENES[scene].read_query(words.rstrip("&")).check()
