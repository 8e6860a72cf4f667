"""What a scenario is, and how it is spelled: in an address, on a command line, in JSON."""

import hashlib
import json
import math
import re
from collections.abc import Callable, Container, Mapping
from difflib import get_close_matches
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode

import param

from engine.language import Message, Quantity, Refusal, language, message
from engine.machines import not_known
from engine.run import Run
from engine.scenarios.former import items_now

# Called with the finished share of the work in [0, 1], at least every 50 ms while a run takes long.
# To cancel the run, raise `Cancelled` from it.
Progress = Callable[[float], None]

VERSION = 5  # part of every key: raise it when equal scenarios may give other bytes than before

MEANT = 0.7  # how alike an unknown name and a parameter are where the parameter is probably meant


class ScenarioError(Refusal):
    """A sentence that names the parameter, the rule and the value."""


class Cancelled(Exception):
    """Raised from a progress callback to stop a run."""


class Scenario(param.Parameterized):
    """What to simulate, and nothing else.

    A subclass declares its Parameters (each with bounds, and `doc="[unit]"` where it has one; what else is said of
    it is the message `parameter_SCENE_NAME` and its attribute `doc`), sets `scene`, `part`, `essential` and `presets`,
    and implements `check` (rules across parameters), `simulate` and, where some parameters matter only for some values
    of others, `relevant` and `choices`. A Parameter that may be left to the engine has `allow_None=True` and is spelled
    "auto".

    Attributes
    ----------
    scene : str
        Name of the scene.
    part : str
        Package of the engine that computes it; it has `published`, with `comparisons()`, and `bench`, with
        `measurements()`.
    essential : tuple of str
        The parameters that a form shows first, at most six that matter together.
    groups : dict of str to tuple of str
        Parameters that a form shows together, by what they are about; those in none come first.
    presets : dict of str to dict
        A few words for a button, and the settings it stands for.
    at_most : dict of str to int
        How many can be chosen of a ListSelector; others have no limit.
    machine_menus : dict of str to str
        Parameters that name machines or clusters, and what these must be known for: a key of `engine.machines.NEEDS`.
    """

    scene = ""
    part = ""
    essential: tuple[str, ...] = ()
    groups: ClassVar[dict[str, tuple[str, ...]]] = {}
    presets: ClassVar[dict[str, dict]] = {}
    at_most: ClassVar[dict[str, int]] = {}
    machine_menus: ClassVar[dict[str, str]] = {}

    __abstract = True

    def __init_subclass__(cls, **options):
        """Give the parameters their labels and descriptions, which stand in the texts; the unit stands here."""
        super().__init_subclass__(**options)
        t = language("en")
        for name, parameter in vars(cls).items():
            if isinstance(parameter, param.Parameter) and (key := f"parameter_{cls.scene}_{name}") in t:
                unit = unit_of(parameter)
                parameter.label = t(key)
                parameter.doc = t(f"{key}.doc").removesuffix(".") + (f" [{unit}]." if unit else ".")

    @classmethod
    def fields(cls) -> dict[str, param.Parameter]:
        """Return the parameters of the scenario by name, in the order of their declaration."""
        return {name: p for name, p in cls.param.objects("existing").items() if name != "name"}

    @classmethod
    def said_of(cls, name: str) -> str:
        """Return the name of the message on a parameter, "" without one; a scene that extends another has its too."""
        scenes = (each.scene for each in cls.__mro__ if issubclass(each, Scenario))
        return next((key for scene in scenes if (key := f"parameter_{scene}_{name}") in language("en")), "")

    @classmethod
    def read(cls, items: Mapping[str, object]) -> "Scenario":
        """Make a scenario from names and values; what is not named keeps its default.

        Parameters
        ----------
        items : mapping of str to str or JSON value
            As on a command line, in an address or in JSON, with names and values of today or of before (`former.py`).

        Returns
        -------
        Scenario
            Checked.

        Raises
        ------
        ScenarioError
            Where a name is unknown, or a value breaks a rule.
        """
        scenario = cls._parse(items)
        scenario.check()
        return scenario

    @classmethod
    def valid(cls, items: Mapping[str, object]) -> tuple[dict[str, object], list[Message]]:
        """Part names and values that can be read from those that cannot, in the order in which parameters are declared.

        Parameters
        ----------
        items : mapping of str to str or JSON value
            As for `read`.

        Returns
        -------
        valid : dict
            What `read` takes, but for the rules across parameters.
        refused : list of Message
            On each of the others.
        """
        valid, refused = {}, []
        items, fields = items_now(cls.scene, items), list(cls.fields())
        for name in sorted(items, key=lambda name: fields.index(name) if name in fields else len(fields)):
            value = items[name]
            try:
                cls._parse(valid | {name: value})
            except ScenarioError as error:
                refused.append(error.said)
            else:
                valid[name] = value
        return valid, refused

    @classmethod
    def settle(cls, items: Mapping[str, object], changed: Container[str] = ()) -> dict[str, object]:
        """Return the values with each choice that does not go with the others replaced by the first that does.

        This is for a form, where one control changes at a time; an address is refused instead.

        Parameters
        ----------
        items : mapping of str to str or JSON value
            As for `read`.
        changed : container of str
            What was changed last; see `adapt`.

        Returns
        -------
        dict
            Parameter name to JSON value, all parameters.

        Raises
        ------
        ScenarioError
            As `read`, but for the rules across parameters.
        """
        scenario = cls._parse(items)
        for name, parameter in cls.fields().items():
            if type(parameter) is param.Selector and getattr(scenario, name) not in scenario.choices(name):
                setattr(scenario, name, None if parameter.allow_None else scenario.choices(name)[0])
        scenario.adapt(changed)
        return scenario.values()

    def adapt(self, changed: Container[str]) -> None:
        """Make other values follow a change in a form where the user would only meet a refusal or a long wait."""

    @classmethod
    def _parse(cls, items):
        fields, items = cls.fields(), items_now(cls.scene, items)
        for key in items:
            if key not in fields:
                raise ScenarioError(cls._unknown(key))
        try:
            return cls(**{key: cls._read_value(key, value) for key, value in items.items()})
        except ScenarioError:
            raise
        except ValueError as error:
            raise ScenarioError(message("verbatim", text=str(error))) from error

    @classmethod
    def _unknown(cls, name):
        names = list(cls.fields())
        if near := get_close_matches(name, names, 1, MEANT):
            return message("no_parameter_near", scene=cls.scene, name=repr(name), near=near[0])
        return message("no_parameter", scene=cls.scene, name=repr(name), names=names)

    @classmethod
    def _read_value(cls, name, value):
        try:
            return _value(name, cls.fields()[name], value)
        except ScenarioError as error:
            words = value if isinstance(value, list) else str(value).split(",")
            reasons = [not_known(str(word), cls.machine_menus[name]) for word in words if name in cls.machine_menus]
            reason = next(filter(None, reasons), None)
            if reason is None:
                raise
            raise ScenarioError(message("refused_since", refusal=error.said, reason=reason)) from error

    @classmethod
    def read_query(cls, query: str) -> "Scenario":
        """Make a scenario from the query of an address, with or without its question mark."""
        return cls.read(dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True)))

    def values(self) -> dict[str, object]:
        """Return all parameters as JSON values."""
        return {name: getattr(self, name) for name in self.fields()}

    def spelled(self, **changes) -> dict[str, str]:
        """Return the parameters that differ from their defaults, as they are spelled in an address.

        Parameters
        ----------
        **changes
            Values in place of the scenario's own.
        """
        values = self.values() | changes
        return {name: spell(values[name]) for name, p in self.fields().items() if values[name] != p.default}

    def query(self, **changes) -> str:
        """Return the scenario as the query of an address, "" for the defaults; arguments as of `spelled`."""
        return urlencode(self.spelled(**changes), safe=",:")

    def key(self) -> str:
        """Return a hash of the complete scenario, in hexadecimal."""
        text = json.dumps([VERSION, self.scene, self.values()], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:24]

    def relevant(self) -> tuple[str, ...]:
        """Return the names of the parameters that matter at the present values of the others."""
        return tuple(self.fields())

    def choices(self, name: str) -> list:
        """Return the values of a Selector that can be chosen at the present values of the others."""
        return list(self.fields()[name].objects)

    def automatic(self, name: str) -> object:
        """Return what the engine takes for a parameter that is left to it, None where only a run can tell."""
        return None

    def check(self) -> None:
        """Refuse what the engine cannot or will not do: rules across parameters, and the size of the work.

        Raises
        ------
        ScenarioError
            Names the parameter, the rule and the value.
        """

    def title(self) -> Message:
        """Return the title of the run, as far as it is known before: what goes wrong in it is not."""
        raise TypeError(f"{type(self).__name__} does not say what it is about")

    def simulate(self, progress: Progress = lambda share: None) -> Run:
        """Run the scenario.

        Parameters
        ----------
        progress : callable
            Receives the finished share of the work in [0, 1]; raise `Cancelled` in it to stop.

        Returns
        -------
        Run
            A pure function of the scenario.
        """
        raise TypeError(f"{type(self).__name__} does not say how to simulate")


def unit_of(parameter: param.Parameter) -> str:
    """Return the unit at the end of a parameter's doc, "" where there is none.

    Examples
    --------
    >>> unit_of(param.Number(1.1, doc="Clock of the fabric [GHz]."))
    'GHz'
    """
    found = re.search(r"\[([^\]]+)\]\.?\s*$", parameter.doc or "")
    return found.group(1) if found else ""


def rule_of(parameter: param.Parameter) -> Message:
    """Return what a parameter accepts, as the end of a sentence that starts "must be".

    Examples
    --------
    >>> str(rule_of(param.Integer(8, bounds=(1, 64), doc="Columns [PE].")))
    'a whole number from 1 to 64 PEs'
    """
    rule = _rule(parameter)
    return message("rule_or_auto", rule=rule) if parameter.allow_None else rule


def _rule(parameter):
    if isinstance(parameter, param.Selector):
        kind = "list" if isinstance(parameter, param.ListSelector) else "choice"
        return message(f"rule_{kind}", choices=[spell(choice) for choice in parameter.objects if choice is not None])
    if isinstance(parameter, param.Boolean):
        return message("rule_switch")
    kind = "whole" if isinstance(parameter, param.Integer) else "number"
    low, high = parameter.bounds
    return message(f"rule_{kind}", low=Quantity(low, "", 12), high=Quantity(high, unit_of(parameter), 12))


def spell(value: object) -> str:
    """Return the value of a parameter as it stands in an address.

    Examples
    --------
    >>> spell(None), spell([1, True]), spell(0.1 + 0.2)
    ('auto', '1,true', '0.3')
    """
    if value is None:
        return "auto"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(map(spell, value))
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _value(key, parameter, value):
    """Turn a word or a JSON value into what the parameter holds, or say what it accepts."""
    problem = ScenarioError(message("must_be", name=key, rule=rule_of(parameter), got=shown(value)))
    if value is None or value == "auto":
        if parameter.allow_None:
            return None
        raise problem
    if isinstance(parameter, param.ListSelector):
        words = value.split(",") if isinstance(value, str) else value
        if not isinstance(words, list) or not words or len(set(map(str, words))) < len(words):
            raise problem
        return [_choice(parameter, word, problem) for word in words]
    if isinstance(parameter, param.Selector):
        return _choice(parameter, value, problem)
    if isinstance(parameter, param.Boolean):
        if str(value).lower() not in ("true", "false"):
            raise problem
        return str(value).lower() == "true"
    return _number(parameter, value, problem)


def _choice(parameter, word, problem):
    for choice in parameter.objects:
        if spell(choice) == spell(word):
            return choice
    raise problem


def _number(parameter, value, problem):
    # int() and float() also read "1_000", " 8 " and "٣": an address shall have one spelling only.
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,15}(\.\d*)?([eE][+-]?\d{1,3})?", str(value), re.ASCII):
        raise problem
    number = float(value)
    if isinstance(parameter, param.Integer):
        if not math.isfinite(number) or number != int(number):
            raise problem
        number = int(number)
    low, high = parameter.bounds or (None, None)
    if not math.isfinite(number) or (low is not None and number < low) or (high is not None and number > high):
        raise problem
    return number


def shown(value: object) -> str:
    """Return a refused value as a refusal repeats it, up to 60 characters."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
