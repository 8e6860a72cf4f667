"""The tool that holds the engine's results before and after a change side by side."""

import pytest

from engine.fabric.programs import PROGRAMS
from engine.scenarios import SCENES
from tests import corpus

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def addresses():
    return dict(corpus.addresses())


def test_it_collects_defaults_presets_and_every_algorithm(addresses):
    wanted = {f"{name}?" for name in SCENES}
    wanted |= {
        f"{name}?{scene.read(preset).query()}" for name, scene in SCENES.items() for preset in scene.presets.values()
    }
    assert wanted <= addresses.keys()
    algorithms = {(each.program, each.algorithm) for each in addresses.values() if each.scene == "fabric"}
    assert {(program, name) for program, recipe in PROGRAMS.items() for name in recipe.algorithms} <= algorithms


@pytest.mark.parametrize(
    "address",
    [
        "fabric?program=broadcast&width=750&height=994&words=2",  # in the text of a test
        "planner?n_devices=64&model=gpt3-13b&tp=4&tokens=20000000000",  # among the values of a test
        "fabric?program=stream&algorithm=single&width=12&height=1&words=1",  # of a lesson
        "fabric?algorithm=chain&width=16&height=1&words=128",  # on the curve of a preset
    ],
)
def test_it_collects_what_tests_lessons_and_curves_use(addresses, address):
    assert address in addresses


def test_it_names_each_difference_and_counts_what_is_on_one_side_only(addresses):
    same = corpus.entry(addresses["fabric?"])
    assert corpus.compare({"fabric?": same}, {"fabric?": corpus.entry(addresses["fabric?"])})[0] == []
    figures = same["figures"]
    changed = same | {"figures": figures | {"cycles": figures["cycles"] + 1, "new": 1}, "title": "Other"}
    differences, counts = corpus.compare({"fabric?": same, "memory?": same}, {"fabric?": changed})
    cycles = figures["cycles"]
    assert differences == [
        f"fabric?: title was {same['title']!r}, is 'Other'",
        f"fabric?: figure cycles was {cycles!r}, is {cycles + 1!r}",
    ]
    assert "1 addresses in the old one only" in counts
    assert "1 × figure new, new one only" in counts


def test_a_column_of_equal_numbers_in_another_type_is_equal_and_another_number_is_not():
    assert corpus._hash([1, 2]) == corpus._hash([1.0, 2.0]) != corpus._hash([1, 2 + 1e-15])
    assert corpus._hash(["a"]) != corpus._hash(["b"])
