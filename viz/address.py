"""The address of a page: the scenario, and how to look at it."""

import re
from urllib.parse import parse_qsl, urlencode

from engine.run import RESULTS
from engine.scenarios import Scenario
from viz.client import source
from viz.runs import engine_version


def _names(what):
    listed = re.search(rf"export const {what} = \[(.*?)\]", source("kit/address.js"), re.S)
    return tuple(re.findall(r'"(\w+)"', listed[1]))


VIEW = _names("VIEW")
"""How to look at a scenario; not part of it, and listed once, in the browser's module.

v is the version: of the results in a link, so that it can be said where they have changed since, and of the engine in
the address of a run, against stale caches; hide names controls that the form leaves out, as a lesson wants it; chart
is the one that is seen; read, axes, against and bet say how a curve is read, on which axes, the query of what it is
compared with, and what somebody has guessed; years is the span of the ladder of models; over names what lies over the
picture; beside is the query of the run that is pinned beside this one, and clock how the two share their time;
task is the exercise of a lesson that is to be solved there (`viz.web.course.Task`).
"""
IN_BROWSER = ("v", *_names("IN_BROWSER"))
"""What the browser spells, without the session of its page."""
CLOCKS = ("one", "ends")
MADE_NOW = {"v": str(RESULTS)}  # what an address that leaves the app says beside its scenario


def made_before(view: dict[str, str]) -> bool:
    """Return whether an address was made with another version of the results.

    Parameters
    ----------
    view : dict of str to str
        What the address says about the view; an address without a version says nothing.

    Examples
    --------
    >>> made_before({"theme": "dark"}), made_before({"v": str(RESULTS)}), made_before({"v": "0"})
    (False, False, True)
    """
    return view.get("v", MADE_NOW["v"]) != MADE_NOW["v"]


def split_query(query: str) -> tuple[str, dict[str, str]]:
    """Part the query of an address into the scenario's and the view's.

    Parameters
    ----------
    query : str
        With or without its question mark.

    Returns
    -------
    scenario : str
        The query that `Scenario.read_query` takes.
    view : dict of str to str
        Those of `VIEW` that are given.

    Examples
    --------
    >>> split_query("?width=8&theme=dark")
    ('width=8', {'theme': 'dark'})
    """
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    scenario = [(key, value) for key, value in pairs if key not in VIEW]
    return urlencode(scenario, safe=",:"), {key: value for key, value in pairs if key in VIEW}


def run_address(scenario: Scenario) -> str:
    """Return where the packed run of a scenario is served.

    Parameters
    ----------
    scenario : Scenario
        Checked.

    Returns
    -------
    str
        Address on this server.
    """
    words = {**scenario.spelled(), "v": engine_version()}
    return f"/run/{scenario.scene}?{urlencode(words, safe=',:')}"
