"""The version of the results is raised when, and only when, a figure is another than before."""

import json

import pytest

from engine.run import RESULTS
from tests.corpus import RESULTS_FILE, changes, kept_results

KEPT = json.loads(RESULTS_FILE.read_text(encoding="utf-8"))


def test_figures_are_those_of_their_version():
    assert len(KEPT["figures"]) > 50
    changed = changes(KEPT["figures"], kept_results())
    assert not changed, "raise RESULTS in engine/run.py, and run `python tests/corpus.py renew`"
    assert KEPT["version"] == RESULTS, "run `python tests/corpus.py renew`"


@pytest.mark.parametrize(("now", "n"), [(263, 0), (264, 1), (None, 1)])
def test_a_change_of_any_figure_is_named(now, n):
    kept = KEPT["figures"]["fabric?"]
    assert kept["cycles"] == 263
    found = changes({"fabric?": kept}, {"fabric?": kept | {"cycles": now}})
    assert found == [f"fabric?: cycles was 263, is {now}"][:n]


def test_the_last_digits_may_be_those_of_another_processor():
    kept = {"fabric?": {"time": 309.4117647058823}}
    assert not changes(kept, {"fabric?": {"time": 309.4117647058825}})
    assert changes(kept, {"fabric?": {"time": 309.41177}})
