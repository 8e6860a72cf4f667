import param
import pytest

from engine.scenarios import SCENES, Scenario, ScenarioError
from engine.scenarios.planner import PlannerScenario


class Sample(Scenario):
    scene = "sample"
    width = param.Integer(8, bounds=(1, 64), label="Width", doc="Columns [PE].")
    clock_ghz = param.Number(0.85, bounds=(0.1, 5.0), label="Clock", doc="Clock [GHz].")
    program = param.Selector(default="reduce", objects=["reduce", "stream"], label="Program", doc="What runs.")
    machines = param.ListSelector(default=["a"], objects=["a", "b"], label="Machines", doc="Which.")
    overlap = param.Boolean(True, label="Overlap", doc="Whether.")
    tp = param.Integer(None, allow_None=True, bounds=(1, 64), label="TP", doc="Ranks [rank].")

    def check(self):
        if self.program == "stream" and self.width < 2:
            raise ScenarioError(f"width must be at least 2 PE for a stream, got {self.width}")


def test_words_values_and_query_round_trip():
    sample = Sample.read({"width": "12", "clock_ghz": "1.1", "machines": "b,a", "overlap": "false", "tp": "4"})
    assert Sample.read(sample.values()).values() == sample.values()
    assert Sample.read_query("?" + sample.query()).values() == sample.values()
    assert sample.query() == "width=12&clock_ghz=1.1&machines=b,a&overlap=false&tp=4"
    assert Sample().query() == ""


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("tokens", 123_456_789_012.0, "123456789012"),
        ("tokens", 1.23456789012e13, "1.23456789012e+13"),
        ("price", 98765.4321012, "98765.4321012"),
        ("price", 0.00123456789012, "0.00123456789012"),
    ],
)
def test_an_address_keeps_twelve_digits_of_a_number(name, value, word):
    scenario = PlannerScenario()
    setattr(scenario, name, value)
    assert scenario.spelled() == {name: word}
    read = PlannerScenario.read_query(scenario.query())
    assert getattr(read, name) == value
    assert read.key() == scenario.key()


def test_a_whole_number_may_be_spelled_with_a_point_or_exponent():
    assert Sample.read({"width": "1.2e1"}).width == 12


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ({"width": "65"}, "width must be a whole number from 1 to 64 PEs, got '65'"),
        ({"width": "2.5"}, "width must be a whole number from 1 to 64 PEs, got '2.5'"),
        ({"width": "nan"}, "width must be a whole number from 1 to 64 PEs, got 'nan'"),
        ({"width": "1_0"}, "width must be a whole number from 1 to 64 PEs, got '1_0'"),
        ({"width": True}, "width must be a whole number from 1 to 64 PEs, got True"),
        ({"width": ""}, "width must be a whole number from 1 to 64 PEs, got ''"),
        ({"clock_ghz": "inf"}, "clock_ghz must be a number from 0.1 to 5 GHz, got 'inf'"),
        ({"clock_ghz": "1e999"}, "clock_ghz must be a number from 0.1 to 5 GHz, got '1e999'"),
        ({"program": "sum"}, "program must be one of reduce, stream, got 'sum'"),
        ({"machines": "a,c"}, "machines must be a comma-separated list from a, b, got 'a,c'"),
        ({"machines": "a,a"}, "machines must be a comma-separated list from a, b, got 'a,a'"),
        ({"overlap": "1"}, "overlap must be true or false, got '1'"),
        ({"tp": "0"}, "tp must be a whole number from 1 to 64 ranks, or auto, got '0'"),
        ({"width": "auto"}, "width must be a whole number from 1 to 64 PEs, got 'auto'"),
        ({"hops": "3"}, "sample has no parameter 'hops'; it has width, clock_ghz"),
        ({"widht": "3"}, "sample has no parameter 'widht'; perhaps width is meant"),
        ({"name": "x"}, "sample has no parameter 'name'"),
        ({"program": "stream", "width": 1}, "width must be at least 2 PE for a stream, got 1"),
    ],
)
def test_a_bad_value_is_refused_with_parameter_rule_and_value(items, sentence):
    with pytest.raises(ScenarioError) as caught:
        Sample.read(items)
    assert str(caught.value).startswith(sentence)


def test_a_long_value_is_not_repeated_in_full():
    with pytest.raises(ScenarioError) as caught:
        Sample.read({"program": "x" * 10_000})
    assert len(str(caught.value)) < 150


def test_keys_tell_scenarios_apart_and_only_them():
    assert Sample().key() == Sample.read({"width": "8"}).key()
    assert Sample().key() != Sample.read({"width": "9"}).key()


class Choosy(Scenario):
    scene = "choosy"
    late = param.Boolean(False, label="Late", doc="Whether.")
    kind = param.Selector(default="a", objects=["a", "b", "c"], label="Kind", doc="Which.")
    way = param.Selector(default="y", allow_None=True, objects=["x", "y"], label="Way", doc="Which.")

    def choices(self, name):
        return {"kind": ["b", "c"], "way": ["x"]}[name] if self.late else super().choices(name)


def test_a_switch_is_spelled_true_or_false():
    assert Choosy.read({"late": "True"}).query() == "late=true"
    assert Choosy.read({"late": "true"}).late is True
    assert Choosy.read({"late": "FALSE"}).query() == ""


def test_what_is_left_to_the_engine_is_spelled_auto():
    assert Choosy.read({"way": "auto"}).query() == "way=auto"
    assert (Choosy.read({"way": None}).way, Sample.read({"tp": "auto"}).query()) == (None, "")
    with pytest.raises(ScenarioError, match="way must be one of x, y, or auto, got 'z'"):
        Choosy.read({"way": "z"})


def test_a_number_may_be_at_either_of_its_bounds():
    assert [Sample.read({"width": word}).width for word in ("1", "64")] == [1, 64]
    assert [Sample.read({"clock_ghz": word}).clock_ghz for word in ("0.1", "5")] == [0.1, 5]


def test_a_form_replaces_a_choice_that_does_not_go_with_the_others():
    assert Choosy.settle({"kind": "a", "way": "y"}) == {"late": False, "kind": "a", "way": "y"}
    assert Choosy.settle({"late": "true", "kind": "a", "way": "y"}) == {"late": True, "kind": "b", "way": None}
    assert Choosy.settle({"late": "true", "kind": "c", "way": "x"}) == {"late": True, "kind": "c", "way": "x"}


def test_what_is_refused_is_repeated_up_to_sixty_characters():
    for n, shown in ((58, f"'{'8' * 58}'"), (59, f"'{'8' * 56}…")):
        with pytest.raises(ScenarioError, match="must be") as caught:
            Sample.read({"program": "8" * n})
        assert str(caught.value) == f"program must be one of reduce, stream, got {shown}"


def test_a_description_ends_with_its_unit_where_it_has_one():
    fields = SCENES["scaling"].fields()
    assert fields["n_devices"].doc == "Number of devices [devices]."
    assert fields["model"].doc == "Shape of the transformer."
