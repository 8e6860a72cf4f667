"""Texts that a page carries for its scripts."""

import re
from pathlib import Path

import pytest

import engine
from engine.scenarios import SCENES
from viz.documents.shell import page_texts

TEXTS = Path(engine.__file__).parent / "texts/en"


@pytest.mark.parametrize("settings", [{"era": 2021}, {"cluster": "cs", "model": "gpt3-xl", "n_devices": 2}])
def test_a_page_of_plans_has_whatever_a_run_of_them_says(settings):
    carried = "\n".join((TEXTS / f"{name}.ftl").read_text(encoding="utf-8") for name in page_texts("planner", ()))
    run = SCENES["planner"].read(settings).simulate()
    said = [run.trace.meta["no_other"], *(each for f in run.figures.values() for each in (f.label, f.source))]
    names = {each.id.partition(".")[0] for each in said if hasattr(each, "id")}
    assert names <= set(re.findall(r"^(\w+) =", carried, re.MULTILINE))
