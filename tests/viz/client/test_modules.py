"""Runs the tests of the player's pure modules under Node, on a run that Python packs."""

import json
import os
import subprocess
from pathlib import Path

import playwright

from engine.trace import Table
from tests.viz.fabric_trace import chain_reduce
from viz.client import CLIENT, modules_for
from viz.documents.document import standalone_html

JS = Path(__file__).parents[2] / "js"
NODE = Path(playwright.__file__).parent / "driver" / "node"  # comes with the browser's driver: none need be installed


def test_pure_modules_under_node(tmp_path):
    run = chain_reduce(7, 5, 3)
    run.trace.tables["curve"] = Table.of("static", {"words": ["", "β·n"], "rate": [0.1, 1e300], "fits": [True, False]})
    (tmp_path / "run.wst").write_bytes(run.packed())
    expected = {
        name: {key: column.tolist() for key, column in table.columns.items()}
        for name, table in run.trace.tables.items()
    }
    (tmp_path / "expected.json").write_text(json.dumps(expected))
    files = sorted(map(str, JS.glob("*.test.mjs")))
    environment = os.environ | {"RUN": str(tmp_path / "run.wst"), "EXPECTED": str(tmp_path / "expected.json")}
    done = subprocess.run([NODE, "--test", *files], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_a_page_holds_every_module_and_ends_no_script_early():
    page = standalone_html(chain_reduce(2, 2, 1).packed(), "</script><b>", options={"label": "</script><script>x"})
    assert page.count("</script>") == 4
    assert all(f'"waferscope/{name}"' in page for name in modules_for("fabric"))


def test_modules_of_a_scene_exist_and_start_with_the_player():
    found = modules_for("fabric")
    assert found[0] == "player/player.js"
    assert {"kit/trace.js", "scenes/fabric/renderer.js", "scenes/fabric/mesh.js"} < set(found)
    assert all((CLIENT / name).is_file() for name in found)
