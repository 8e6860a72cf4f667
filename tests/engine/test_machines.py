"""A machine is one file: menus come from it, and what it does not say is neither offered nor guessed."""

import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cited import DATA, Cited
from engine.language import Language
from engine.machines import (
    NEEDS,
    OPTIONAL,
    PARTS,
    VARIABLE,
    MachineError,
    clusters,
    largest,
    load,
    machine_of,
    machines,
    offered,
    read,
)
from engine.scenarios import SCENES, ScenarioError

ROOT = Path(__file__).parents[2]
SHIPPED = DATA / "machines"
MENUS = [(scene, name) for scene, each in SCENES.items() for name in each.machine_menus]
# Settings of each scene that take little time, and those that a machine may be asked with.
SMALL = {
    "fabric": {"width": 6, "height": 5, "words": 4},
    "memory": {"n": 4096, "batch": 4},
    "scaling": {"layers": 4, "hidden": 1024, "heads": 8, "n_devices": 8, "global_batch": 8},
    "planner": {"model": "gpt3-13b", "n_devices": 16, "global_batch": 16, "tokens": 1e9},
    "inference": {"model": "gpt3-xl", "prompt_tokens": 64, "output_tokens": 64},
}
OPTIONS = {
    "fabric": ("program", "dtype"),
    "memory": ("kernel", "dtype", "weights"),
    "scaling": ("software", "mode"),
    "planner": ("recovery",),
    "inference": ("precision",),
}
TIMES = {"fabric": "cycles", "memory": "{}_time", "scaling": "step_time", "planner": "days", "inference": "token_time"}


def asked(scene, name):
    """Return the settings that ask a scene for a machine, or a cluster."""
    menu, *_ = SCENES[scene].machine_menus
    kind = {}
    if menu == "device":
        kind = {"cluster": "cs" if machine_of(name).family == "wafer" else "gpu"}
    return SMALL[scene] | kind | {menu: name}


def menu_of(scene):
    menu, *_ = SCENES[scene].machine_menus
    return [name for name in SCENES[scene].fields()[menu].objects if name not in ("custom", None)]


@pytest.mark.parametrize(("scene", "name"), [(scene, name) for scene, _ in MENUS for name in menu_of(scene)])
def test_every_machine_runs_with_every_option_of_every_scene_that_offers_it(scene, name):
    settings = asked(scene, name)
    first = SCENES[scene].read(settings)
    time = TIMES[scene].format(name)
    for option in OPTIONS[scene]:
        assert option in first.relevant()
        for value in first.choices(option):
            if value is not None:
                run = SCENES[scene].read(settings | {option: value}).simulate()
                assert 0 < run.figures[time].value < math.inf


@pytest.mark.parametrize("name", offered("yield"))
def test_every_wafer_whose_yield_is_known_has_defects(name):
    figures = SCENES["fabric"].read(SMALL["fabric"] | {"machine": name, "defects": 0.02}).simulate().figures
    assert 0 < figures["yield_spared"].value <= 1


def test_menus_keep_their_order():
    newest = ["b200", "gb200_nvl72", "gb300_nvl72", "mi355x"]
    assert list(machines()) == ["wse1", "wse2", "wse3", "v100", "a100_40", "a100_80", "h100", "h200", *newest]
    gpus = ["v100", "a100_40", "a100_80", "polaris", "perlmutter", "jean_zay", "neox", "h100", "h200"]
    assert menu_of("planner") == [*gpus, "gb200_nvl72", "cs2", "cs3"]
    assert menu_of("scaling") == list(clusters()) == [*gpus, *newest, "cs2", "cs3"]
    assert menu_of("fabric") == ["wse1", "wse2", "wse3"]
    assert menu_of("memory") == ["wse2", "wse3", "v100", "a100_40", "a100_80", "h100", "h200"]


def test_what_devices_report_and_what_a_node_shares_is_as_it_is():
    assert machines()["h200"].figures["l2"].value == 60e6
    v100 = clusters()["v100"]
    assert v100.figures["nic"].value * v100.gpus_per_node == 8 * 100e9 / 8  # a DGX-2 has eight cards of 100 Gb/s


def test_a_machine_that_is_not_known_well_enough_is_refused_with_what_is_not_known():
    missing = r"got 'wse1'; not known of WSE-1 \(CS-1\): peak rates, levels of memory, achieved shares$"
    with pytest.raises(ScenarioError, match=missing):
        SCENES["memory"].read({"machines": "wse1"})
    with pytest.raises(ScenarioError, match=r"got 'h100'$"):  # a GPU has no fabric: nothing is missing
        SCENES["fabric"].read({"machine": "h100"})


def test_figures_of_a_machine_do_not_share_a_name():
    for parts in PARTS.values():
        names = [name for part in parts.values() for name in part]
        assert len(names) == len(set(names))


# ------------------------------------------------------------------ machines in a folder of one's own
MADE_UP = """
import json, sys
from engine.language import language
from engine.machines import machines
from engine.scenarios import SCENES, ScenarioError

answers = []
for scene, items in json.load(sys.stdin):
    try:
        run = SCENES[scene].read(items).simulate()
        words = {name: figure.words(language("de")) for name, figure in run.figures.items()}
        answers.append({name: figure.value for name, figure in run.figures.items()}
                       | {"title": str(run.title), "words": words})
    except ScenarioError as error:
        answers.append(str(error))
json.dump([answers, {scene: [each for each in SCENES[scene]().choices(menu)] for scene, menu in %r},
           [*machines()], SCENES["fabric"].read({"machine": "no_yield"}).relevant()], sys.stdout)
"""


def shipped(name, *changes):
    """Return the text of a shipped file with parts of it replaced."""
    text = (SHIPPED / f"{name}.toml").read_text(encoding="utf-8")
    for pattern, other in changes:
        text, n = re.subn(pattern, other, text, count=1, flags=re.MULTILINE | re.DOTALL)
        assert n == 1, pattern
    return text


def part(name):
    """Return the pattern of a part of a file, for `shipped`."""
    return rf"^\[{re.escape(name)}\]$.*?(?=^\[|\Z)"


ASKED = [
    ("memory", {"machines": "my_gpu,h100"}),
    ("memory", {"machines": "my_wafer"}),
    ("memory", {"machines": "wse2,bare"}),
    *(("scaling", SMALL["scaling"] | {"device": name}) for name in ("my_gpu", "h100", "my_site", "bare_site")),
    *(("scaling", SMALL["scaling"] | {"cluster": "cs", "device": name}) for name in ("my_cs", "cs2")),
    *(("planner", SMALL["planner"] | {"device": name}) for name in ("my_gpu", "h100", "my_site", "bare_site")),
    *(("planner", SMALL["planner"] | {"cluster": "cs", "device": name}) for name in ("my_cs", "cs2")),
    ("fabric", {"machine": "my_wafer", "width": 800, "height": 3, "words": 2, "defects": 0.001}),
    ("fabric", {"machine": "wse2", "width": 800, "height": 3, "words": 2}),
    ("fabric", {"machine": "no_yield"}),
    ("fabric", {"machine": "no_yield", "defects": 0.01}),
]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """Ask an engine with four more machines for runs; see `ASKED` and `MADE_UP`."""
    folder = tmp_path_factory.mktemp("machines")
    named = (r"^label = .*?$", 'label = "My GPU"'), (r"^device = .*?$", 'device = "MG"')
    site = re.search(part("clusters.h100"), shipped("h100"), re.MULTILINE | re.DOTALL)[0].replace("h100", "my_site")
    mine = (r"clusters.h100", "clusters.my_gpu")
    price = (r"^device_hour = \{ value = 1.227", "device_hour = { value = 2.454")
    wide = (r"^width = \{ value = 755", "width = { value = 800"), (r"^\[clusters.cs2\]", "[clusters.my_cs]")
    unknown = [(part(name), "") for name in ("memory", "power", "price")]
    files = {
        "my_gpu": shipped("h100", *named, mine, price) + site,
        "my_wafer": shipped("wse2", *wide),
        "no_yield": shipped("wse3", (part("clusters.cs3"), ""), (part("yield"), "")),
        "bare": shipped("h100", *named, (r"clusters.h100", "clusters.bare_site"), *unknown),
    }
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    code = MADE_UP % (MENUS,)
    environment = os.environ | {VARIABLE: str(folder), "PYTHONPATH": str(ROOT)}
    found = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(ASKED), env=environment, cwd=ROOT, text=True, capture_output=True
    )
    assert found.returncode == 0, found.stderr
    answers, *others = json.loads(found.stdout)
    return list(zip(ASKED, answers, strict=True)), *others


def answers_of(made_up, scene):
    return [answer for (asked_scene, _), answer in made_up[0] if asked_scene == scene]


@pytest.mark.slow
def test_a_machine_of_ones_own_is_in_every_menu_that_it_is_known_for(made_up):
    _, menus, names, _ = made_up
    assert {"my_gpu", "my_wafer", "no_yield", "bare"} <= set(names)
    assert {"my_gpu", "my_wafer", "no_yield"} <= set(menus["memory"]) and "bare" not in menus["memory"]
    assert {"my_wafer", "no_yield"} == set(menus["fabric"]) - set(menu_of("fabric"))
    assert {"my_gpu", "my_site", "bare_site"} == set(menus["scaling"]) - {None, *menu_of("scaling")}
    assert {"my_gpu", "my_site"} == set(menus["planner"]) - {None, *menu_of("planner")}


@pytest.mark.slow
def test_a_copy_of_a_machine_runs_like_it(made_up):
    memory, *_ = answers_of(made_up, "memory")
    assert memory["my_gpu_time"] == memory["h100_time"] > 0
    mine, theirs, site, bare, my_cs, cs2 = answers_of(made_up, "scaling")
    assert mine["step_time"] == theirs["step_time"] == site["step_time"] == bare["step_time"] > 0
    assert my_cs["step_time"] == cs2["step_time"] > 0
    mine, theirs, site, _, my_cs, cs2 = answers_of(made_up, "planner")
    assert mine["days"] == theirs["days"]
    assert mine["cost"] == site["cost"] == pytest.approx(2 * theirs["cost"])  # the price of its file
    assert mine["title"] == "16 MG: how many days?"
    assert my_cs["cost"] == cs2["cost"] > 0


def test_the_fastest_is_named_by_the_label_of_its_file(made_up):
    memory, *_ = answers_of(made_up, "memory")
    assert (memory["fastest"], memory["words"]["fastest"]) == ("my_gpu", "My GPU")
    assert "my_gpu" not in memory["words"].values()


def test_a_wider_wafer_runs_wider_programs(made_up):
    wide, narrow, *_ = answers_of(made_up, "fabric")
    assert wide["cycles"] > 800 and wide["yield_spared"] > 0
    assert narrow == "width must be at most 755 PEs on WSE-2 (CS-2), got 800"


def test_what_a_file_leaves_out_is_not_offered_and_refused_by_name(made_up):
    *_, relevant = made_up
    *_, with_bare = answers_of(made_up, "memory")
    assert with_bare.endswith("got 'wse2,bare'; not known of My GPU: levels of memory")
    *_, bare_site, _, _ = answers_of(made_up, "planner")
    assert bare_site.endswith("got 'bare_site'; not known of My GPU: power with hosts and switches, price")
    *_, sound, defective = answers_of(made_up, "fabric")
    assert sound["cycles"] > 0
    assert defective == "defects must be 0, got 0.01; not known of WSE-3 (CS-3): area of a PE"
    assert "defects" not in relevant and "slow_factor" in relevant


# ------------------------------------------------------------------ broken files
def clock(value="1.83e9", unit="Hz", kind="claimed", source="a book"):
    """Return the change that gives the H100 another clock."""
    figure = f'{{ value = {value}, unit = "{unit}", kind = "{kind}", source = "{source}" }}'
    return r"^clock = .*?$", f"clock = {figure}"


BROKEN = [
    ((r"^family = .*?$", 'family = "tpu"'), "family must be one of wafer, gpu, got 'tpu'"),
    ((r"^label = .*?$", "label = 7"), "label must be text, got 7"),
    ((r"^device = .*?$", ""), "device must be given, got nothing"),
    ((r"^year = .*?$", 'year = "2022"'), "year must be a whole number from 1900 to 2100, got '2022'"),
    ((r"^software = .*?$", 'software = "2.3"'), "software must be one of .*, megatron, .*, got '2.3'"),
    ((part("chip"), ""), "chip must be given, got nothing"),
    ((r"^\[peak\]", "[peek]"), "peek must be one of label, .*, clusters, got 'peek'"),
    ((r"^clock = .*?$", ""), "chip.clock must be given, got nothing"),
    ((r"^clock = ", "clok = "), "chip.clok must be one of n_sm, .*, got 'clok'"),
    ((r"^clock = .*?$", "clock = 1.83e9"), "chip.clock must be a table, got 1830000000.0"),
    ((r"^clock = .*?$", "clock = { value = 1.83e9 }"), "chip.clock.unit must be given, got nothing"),
    (clock(value="-1"), "chip.clock.value must be a number above 0, got -1"),
    (clock(value="nan"), "chip.clock.value must be a number above 0, got nan"),
    (clock(value="true"), "chip.clock.value must be a number above 0, got True"),
    ((r"^n_sm = { value = 132", "n_sm = { value = 131.5"), "chip.n_sm.value must be a whole number, got 131.5"),
    (clock(unit="GHz"), "chip.clock.unit must be 'Hz', got 'GHz'"),
    (clock(kind="heard"), "chip.clock.kind must be one of measured, claimed, modelled, got 'heard'"),
    ((r"^gpus_per_node = 8", "gpus_per_node = 8\nmesh = 1"), "clusters.h100.mesh must be one of true, false, got 1"),
    (clock(source=" "), "chip.clock.source must be text, got ' '"),
    ((r"^gpus_per_node = 8", "gpus_per_node = 99"), "clusters.h100.gpus_per_node must be a whole number from 1 to 72"),
    ((r"^gpus_per_node = 8", ""), "clusters.h100.gpus_per_node must be given, got nothing"),
    ((r"^\[clusters.h100\]", "[clusters.H100]"), "clusters.H100 must be named by a-z, 0-9 and _, got 'H100'"),
    ((r"^year", "year year"), "must be TOML: .*line 4.*"),
]


@pytest.mark.parametrize(("change", "sentence"), BROKEN)
def test_a_broken_file_is_refused_with_file_key_rule_and_value(tmp_path, change, sentence):
    path = tmp_path / "mine.toml"
    path.write_text(shipped("h100", change), encoding="utf-8")
    with pytest.raises(MachineError) as refused:
        read(path)
    assert re.match(rf"{re.escape(str(path))}: {sentence}", str(refused.value)), refused.value
    assert all(str(path) in Language(code)(refused.value.said) for code in ("de", "fr"))


def test_some_figures_may_be_left_out(tmp_path):
    path = tmp_path / "mine.toml"
    for source in SHIPPED.glob("*.toml"):
        text = source.read_text(encoding="utf-8")
        path.write_text(re.sub(rf"^({'|'.join(OPTIONAL)}) = .*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
        left = machines()[source.stem].figures.keys() - OPTIONAL
        assert read(path).figures.keys() == left


@pytest.mark.parametrize("name", ["My", "custom", "a-b"])
def test_the_name_of_a_file_can_stand_in_an_address_and_is_free(tmp_path, name):
    path = tmp_path / f"{name}.toml"
    path.write_text(shipped("h100"), encoding="utf-8")
    with pytest.raises(MachineError, match=f"the file’s name must be a-z, 0-9 and _, and not custom, got '{name}'"):
        read(path)


@pytest.mark.parametrize("name", ["a100_80", "mine"])
def test_a_name_is_used_once(tmp_path, name):
    path = tmp_path / f"{name}.toml"  # its own name, or that of its cluster
    path.write_text(shipped("h100"), encoding="utf-8")
    theirs = SHIPPED / f"{'h100' if name == 'mine' else name}.toml"
    with pytest.raises(MachineError, match=f"{path}: a name must not be used in {theirs} too, got '{theirs.stem}'"):
        load([SHIPPED / "a100_80.toml", SHIPPED / "h100.toml", path])


def test_the_largest_of_a_figure_is_that_of_all_wafers():
    assert (largest("height"), largest("width")) == (1170, 755)


def test_every_figure_has_its_unit_kind_and_source():
    for machine in machines().values():
        assert machine.figures and all(isinstance(figure, Cited) for figure in machine.figures.values())
    assert set(NEEDS) >= set(SCENES)
