"""The address of a page: the scenario, and how to look at it."""

from urllib.parse import parse_qsl, urlencode

# How to look at a scenario; not part of it. v is the version of the engine in the address of a run; hide names controls
# that the form leaves out, as a lesson wants it; beside is the query of the run that is pinned beside this one; clock
# says how the two share their time.
VIEW = ("theme", "v", "hide", "beside", "clock")
CLOCKS = ("one", "ends")


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
