"""The model beside whole published tables, of which only some rows are shipped; `tables` has them."""

import csv
from pathlib import Path

import numpy as np
import pytest

from engine.cluster import published

TABLES = Path(__file__).parent / "tables"


def table(name):
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def as_published(row):
    """Return a measured iteration of vTrain as a row of `published_steps.csv`."""
    names = {
        "layers": "layers",
        "hidden": "hidden_size",
        "heads": "attention_heads",
        "sequence_length": "sequence_length",
        "global_batch": "global_batch",
        "micro_batch": "micro_batch",
        "n_devices": "GPUs",
        "tp": "tensor_parallelism",
        "pp": "pipeline_parallelism",
        "dp": "data_parallelism",
    }
    known = {"vocab": "51200", "interleave": "1", "zero": "0", "recompute": "full", "overlap": "auto"}
    where = {"device": "a100_80", "software": "megatron-deepspeed", "cp": None, "ep": None, "precision": None}
    return {name: row[column] for name, column in names.items()} | known | where


def test_one_node_of_vtrain_without_the_rows_that_are_shipped():
    keys = (
        "layers",
        "hidden",
        "heads",
        "sequence_length",
        "global_batch",
        "micro_batch",
        "n_devices",
        "tp",
        "pp",
        "dp",
    )

    def key(row):
        return tuple(row[name] for name in keys)

    shipped = {key(row) for row in published.rows("published_steps") if row["set"] == "vTrain, one node"}
    found = [(as_published(row), float(row["iteration_time_(ms)"]) / 1e3) for row in table("vtrain_one_node.csv")]
    others = [(row, seconds) for row, seconds in found if key(row) not in shipped]
    assert len(found) - len(others) == len(shipped)
    errors = np.array([published.step_s(row) / seconds - 1 for row, seconds in others])
    print(f"vTrain, one node, {errors.size} rows: mean error {np.abs(errors).mean():.1%}, bias {errors.mean():+.1%}")
    assert np.abs(errors).mean() < 0.10
    assert abs(errors.mean()) < 0.05


def test_every_row_of_mosaicml_is_shipped():
    given = [int(row["GlobalBatchSize_(T)"]) / int(row["Throughput_(T/s)"]) for row in table("mosaicml_throughput.csv")]
    shipped = [float(row["step_s"]) for row in published.rows("published_steps") if row["set"].startswith("MosaicML")]
    assert sorted(shipped) == pytest.approx(sorted(given), rel=1e-5)
