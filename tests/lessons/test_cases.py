"""Figures that lessons quote by name are those of the published tables."""

import csv

import pytest

from engine.cited import DATA, table

CASES = table("cases")


def published(name, column, **cells):
    """Return a column of the one row of a table that has these cells."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        (found,) = [row for row in csv.DictReader(file) if cells.items() <= row.items()]
    return float(found[column])


@pytest.mark.parametrize(
    ("case", "row"),
    [
        (("growth", "bert_base"), ("growth", "flop", {"model": "BERT-Base"})),
        (("growth", "bert_large"), ("growth", "flop", {"model": "BERT-Large"})),
        (("growth", "gpt3_175b"), ("growth", "flop", {"model": "GPT-3 175B"})),
        (("context", "short_gpu"), ("context", "tokens_per_s_per_device", {"sequence_length": "2048"})),
        (("context", "long_gpu"), ("context", "tokens_per_s_per_device", {"sequence_length": "65536"})),
        (("genslm", "cs2_1"), ("published_wafers", "samples_per_s", {"row": "250M on 1"})),
        (("genslm", "cs2_4"), ("published_wafers", "samples_per_s", {"row": "250M on 4"})),
        (("genslm", "small_cs2_4"), ("published_wafers", "samples_per_s", {"row": "25M on 4"})),
    ]
    + [
        (
            ("genslm", name),
            (
                "published_genslm",
                "samples_per_s",
                {"device": "polaris", "model": model, "sequence_length": "10240", "n_devices": "512"},
            ),
        )
        for name, model in (("a100_512", "genslm-250m"), ("small_a100_512", "genslm-25m"))
    ],
)
def test_a_quoted_figure_is_that_of_its_table(case, row):
    entry, name = case
    table_name, column, cells = row
    assert CASES[entry][name].value == published(table_name, column, **cells)
