"""What the README states about accuracy is what the engine gives today."""

from importlib import import_module
from pathlib import Path

import pytest

from viz.commands.cli import PARTS, summary_lines

pytestmark = pytest.mark.slow

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
START, END = "<!-- waferscope check --summary -->\n", "<!-- end -->"


def test_the_table_of_errors_is_that_of_check():
    stated = README.partition(START)[2].partition(END)[0].splitlines()
    rows = [row for part in PARTS for row in import_module(f"{part}.published").comparisons()]
    assert stated == summary_lines(rows), "renew it with the output of `waferscope check --summary`"
