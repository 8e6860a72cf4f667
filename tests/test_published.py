"""Published figures beside the engine: what the documents state, what `check` tells, the limits of the fabric.

Tests of one file share a process, so the fabric's are computed once.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from engine.fabric.published import comparisons
from engine.published import Comparison
from viz.commands import cli

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
START, END = "<!-- waferscope check --summary -->\n", "<!-- end -->"


def stated(name):
    """Return the lines of the table in a document."""
    return (ROOT / name).read_text(encoding="utf-8").partition(START)[2].partition(END)[0].splitlines()


def test_the_tables_of_errors_are_those_of_check():
    by_scene = cli.comparisons()
    advice = "renew it with the output of `waferscope check --summary`"
    assert stated("README.md") == cli.overview_lines(by_scene), advice
    assert stated("docs/accuracy.md") == cli.summary_lines([row for rows in by_scene.values() for row in rows]), advice


def test_the_overview_counts_published_rows_that_nothing_was_calibrated_on():
    def row(set_name, error, kind="measured", used="test"):
        return Comparison(set_name, "row", 1.0, 1.0 + error, "s", kind, "source", used)

    far = [row("A set", 0.1), row("A set", -0.3), row("A set", 5.0, used="calibrate"), row("A set", 5.0, "modelled")]
    lines = cli.overview_lines({"memory": far, "scaling": [row("All-reduce", 0.5), row("BERT on one CS-2", 0.25)]})
    assert lines[2:] == [
        "| Memory | 2 | 20.0% | 30% |",
        "| Scaling: sums between GPUs | 1 | 50.0% | 50% |",
        "| Scaling: steps on CS systems | 1 | 25.0% | 25% |",
    ]


def test_check_tells_the_error_of_every_published_row(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["waferscope", "check", "--json"])
    with suppress(SystemExit):
        cli.main()
    for row in json.loads(capsys.readouterr().out):
        assert row["error"] == pytest.approx((row["engine"] - row["published"]) / row["published"])
        assert row["source"]


def test_what_only_verifies_stands_apart():
    def row(name, kind):
        return Comparison(name, "row", 1.0, 1.0, "s", kind, "source")

    published, apart = "\n".join(
        cli.summary_lines([row("Formula", "modelled"), row("Run", "measured"), row("Sheet", "claimed")])
    ).split("\n\n")
    assert published.startswith("| published set |")
    assert "| Run |" in published
    assert "| Sheet |" in published
    assert apart.startswith("| verification")
    assert "| Formula |" in apart
    own = {row.set_name for row in comparisons() if row.is_verification}
    assert own == {
        "Closed forms, start-up not counted",
        "Kernels, start-up not counted",
        "Chips that work, drawn over formula",
    }


def test_published_counts_are_met_within_three_cycles_and_closed_forms_exactly():
    for row in comparisons():
        if row.set_name.startswith("Reduce on 512"):
            assert abs(row.engine - row.published) <= 3, row
        elif row.set_name.startswith(("Closed forms", "One PE more")):
            assert row.engine == row.published, row


def test_kernels_follow_the_closed_forms_that_are_listed():
    listed = [row for row in comparisons() if row.set_name.startswith("Kernels")]
    assert {row.row.split(",")[0].split(" ")[0] for row in listed} >= {
        "gemv",
        "weights",
        "mesh",
        "stencil",
        "all-to-all",
    }
    for row in listed:
        # Chance decides which row of PEs has most weights, and so takes longest.
        bounds = 0.2 if "two stages" in row.row else 0.1
        assert abs(row.error) < (bounds if "zero" in row.row or "bound" in row.row else 0.02), row


def test_a_step_of_the_25_point_star_takes_what_was_measured():
    listed = [row for row in comparisons() if row.set_name.startswith("25-point star")]
    assert len(listed) == 12
    for row in listed:
        assert row.used == "test"
        assert abs(row.error) < 0.05, row


@pytest.mark.parametrize("size", ["16,384", "32,768"])
def test_a_matrix_times_a_vector_takes_what_was_measured(size):
    (row,) = [row for row in comparisons() if row.set_name.startswith(f"Matrix of {size}")]
    assert row.used == "test"
    assert abs(row.error) < 0.15, row


def test_mesh_gains_on_720_by_720_pes_what_was_measured():
    (row,) = [row for row in comparisons() if row.set_name.startswith("Mesh compared")]
    assert row.used == "test"
    assert abs(row.error) < 0.15, row
