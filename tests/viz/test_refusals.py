"""What a page refuses, it names as its form does; only addresses and command lines speak of parameters and values."""

import re

import pytest

from engine.language import Language, languages
from engine.scenarios import SCENES, ScenarioError
from viz.components.refusal import in_words

REFUSED = {
    "fabric": (
        {"width": "wide"},
        {"algorithm": "two phases"},
        {"algorithm": "ring"},
        {"widht": 9},
        {"slow_factor": 2, "fault_x": 24},
        {"dead_link": "north", "fault_y": 0},
        {"dead_link": "up"},
        {"program": "weight_stream", "width": 1},
        {"machine": "wse1", "width": 603},
    ),
    "memory": ({"machines": "wse2,wse3,v100,a100_40,a100_80,h100"}, {"kernel": "fft"}, {"machines": "wse2,gpu"}),
    "scaling": (
        {"n_devices": 1, "model": "gpt3-175b"},
        {"n_devices": 8, "dp": 3},
        {"model": "gpt3-xl", "n_devices": 64, "global_batch": 64, "tp": 64},
        {"zero": 3, "pp": 2},
        {"cluster": "cs", "device": "a100_80"},
        {"global_batch": 0},
    ),
    "planner": ({"n_devices": 1}, {"tokens": "many"}, {"mtbf_hours": 0.01}),
}


@pytest.mark.parametrize(("scene", "asked"), [(scene, asked) for scene, some in REFUSED.items() for asked in some])
@pytest.mark.parametrize("code", languages())
def test_a_refusal_has_no_name_of_a_parameter_or_a_value_in_it(scene, asked, code):
    with pytest.raises(ScenarioError) as caught:
        SCENES[scene].read({name: str(value) for name, value in asked.items()})
    said = in_words(caught.value.said, SCENES[scene](), Language(code))
    assert not re.search(r"[a-z]_[a-z0-9]|\w=\w|'[^']+'", said), said
    assert said[0].isupper()
