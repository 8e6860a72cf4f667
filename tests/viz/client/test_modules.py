"""Runs the tests of the player's pure modules under Node, on a run that Python packs."""

import json
import os
import re
import subprocess
from pathlib import Path

import numpy as np
import playwright

from engine.fabric.trace.critical_path import PARTS
from engine.language import language
from engine.trace import Table
from tests.standalone import standalone_html
from tests.viz.fabric_trace import chain_reduce
from viz.client import CLIENT, modules_for, source
from viz.components.player import TracePlayer
from viz.documents.embed import RULES

JS = Path(__file__).parents[2] / "js"
NODE = Path(playwright.__file__).parent / "driver" / "node"  # comes with the browser's driver: none need be installed


def test_pure_modules_under_node(tmp_path):
    run = chain_reduce(7, 5, 3)
    run.trace.tables["curve"] = Table.of("static", {"words": ["", "β·n"], "rate": [0.1, 1e300], "fits": [True, False]})
    whole = [0, 1, 40_000, 3, 2**32 - 1, 2**31]
    kinds = {
        **{kind: np.array([n % 2 ** (8 * int(kind[1])) for n in whole], kind) for kind in ("u1", "u2", "u4")},
        "i4": np.array([0, -1, 2**31 - 1, -(2**31), 7, -7], np.int32),
        "f4": np.array([0, -1.5, 1e30, 2, 3, 4], np.float32),
    }
    run.trace.tables["kinds"] = Table("static", kinds)
    (tmp_path / "run.wst").write_bytes(run.packed())
    expected = {
        name: {key: column.tolist() for key, column in table.columns.items()}
        for name, table in run.trace.tables.items()
    }
    (tmp_path / "expected.json").write_text(json.dumps(expected))
    files = sorted(map(str, JS.glob("*.test.mjs")))
    environment = os.environ | {"RUN": str(tmp_path / "run.wst"), "EXPECTED": str(tmp_path / "expected.json")}
    done = subprocess.run(
        [NODE, "--import", JS / "texts.mjs", "--test", *files],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_a_page_holds_every_module_and_ends_no_script_early():
    page = standalone_html(chain_reduce(2, 2, 1).packed(), "</script><b>", options={"label": "</script><script>x"})
    assert page.count("</script>") == 5
    assert all(f'"waferscope/{name}"' in page for name in modules_for("fabric"))


def test_modules_of_a_scene_exist_and_start_with_the_player():
    found = modules_for("fabric")
    assert found[0] == "player/player.js"
    assert {"kit/trace.js", "scenes/fabric/renderer.js", "scenes/fabric/mesh.js"} < set(found)
    assert all((CLIENT / name).is_file() for name in found)


def exported(module, name):
    """Return a value that a module exports, as JSON holds it."""
    script = f'import {{ {name} }} from "{CLIENT / module}"; console.log(JSON.stringify({name}))'
    return json.loads(subprocess.check_output([NODE, "--input-type=module", "--eval", script], text=True))


def test_python_schema_and_modules_know_the_same_speeds():
    speeds = [f"{speed:g}" for speed, _ in exported("player/timeline.js", "SPEEDS")]
    assert [f"{speed:g}" for speed in TracePlayer.param.speed.objects] == speeds
    setting = RULES["speed"]
    assert setting["pattern"] == f"^({'|'.join(map(re.escape, speeds))})$"
    assert language("en")("view_speed") == f"one of {', '.join(speeds)}"
    assert language("en")("embed_speed") == f"speed must be {language('en')('view_speed')}"


def test_python_and_modules_know_the_same_parts_of_the_path():
    assert list(exported("scenes/fabric/path.js", "PARTS")) == list(PARTS)


def test_the_plugin_of_a_deck_knows_the_keys_that_a_frame_hands_on():
    plugin = (CLIENT.parents[1] / "docs/embed/waferscope-reveal.js").read_text(encoding="utf-8")
    keys, known = (re.findall(r"^ +(\S+|\" \"): (\d+),$", text, re.M) for text in (source("kit/channel.js"), plugin))
    assert keys == known != []
