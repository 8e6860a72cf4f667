"""The runs that the pages show before any simulation has run."""

import gzip

import pytest

from engine.scenarios import SCENES
from viz.web.scene import SHIPPED, run_address


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.run")), ids=lambda path: path.stem)
def test_a_shipped_run_is_what_the_engine_gives_today(path):
    fresh = SCENES[path.stem]().simulate().packed()
    assert gzip.decompress(path.read_bytes()) == gzip.decompress(fresh), (
        f"renew it: waferscope run {path.stem} --trace {path}"
    )


def test_the_defaults_of_the_first_scene_are_shipped():
    assert run_address(SCENES["fabric"]()).startswith("/assets/shipped/fabric.run")
