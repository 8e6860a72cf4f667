"""The address of a page: the scenario, and how to look at it."""

from urllib.parse import parse_qsl, urlencode

# How to look at a scenario; not part of it. v is the version of the engine in the address of a run; hide names controls
# that the form leaves out, as a lesson wants it; chart is the one that is seen; read, axes and against say how the
# curve of scaling is read, on which axes, and the query of what it is compared with; years is the span of the ladder of
# models; beside is the query of the run that is pinned beside this one, and clock how the two share their time.
# viz/client/kit/address.js has the same.
VIEW = ("theme", "lang", "v", "hide", "chart", "read", "axes", "against", "years", "beside", "clock")
IN_BROWSER = ("theme", "v", "beside", "clock")  # what the browser spells, without its session
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
