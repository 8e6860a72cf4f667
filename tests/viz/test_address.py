import json
import re

import pytest

from engine.scenarios import SCENES
from viz.address import VIEW, split_query
from viz.client import source


def test_the_browser_knows_the_same_names_of_a_look():
    found = re.search(r"VIEW = (\[.*\])", source("kit/address.js"))
    assert tuple(json.loads(found[1])) == VIEW


@pytest.mark.parametrize("scene", SCENES)
def test_no_parameter_is_called_like_a_look(scene):
    assert not set(VIEW) & set(SCENES[scene].fields())


def test_an_address_is_parted_into_scenario_and_look():
    query = "n_devices=96&read=efficiency&axes=linear&against=zero%3D3%26tp%3D1"
    assert split_query(query) == (
        "n_devices=96",
        {"read": "efficiency", "axes": "linear", "against": "zero=3&tp=1"},
    )
