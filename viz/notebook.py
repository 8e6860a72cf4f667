"""Runs show themselves in notebooks: `%load_ext viz.notebook`, then a Run at the end of a cell is its player.

The engine knows nothing of it: the notebook is told how to show a `Run`.
"""

import html

import panel as pn

from engine.run import Run
from engine.scenarios import scenario_class
from viz.documents.embed import embed_html

HEIGHT = 480  # of the frame [px]; its width follows at 16:9


def load_ipython_extension(ipython) -> None:
    """Let the notebook show a `Run` as its player: Jupyter, VS Code and whatever else asks IPython for HTML."""
    ipython.display_formatter.formatters["text/html"].for_type(Run, frame_html)


def unload_ipython_extension(ipython) -> None:
    """Show runs as text again."""
    ipython.display_formatter.formatters["text/html"].pop(Run)


def frame_html(run: Run, **view: str) -> str:
    """Return a frame that holds the page of a run, complete and offline.

    Parameters
    ----------
    run : Run
        Of a scene that is registered.
    **view : str
        As in an embed's address: theme="dark", controls="mini" and so on.

    Returns
    -------
    str
        HTML; what it shows stays in a saved notebook.
    """
    scenario = scenario_class(run.scene).read(run.scenario)
    page = embed_html(run.packed(), scenario, {"controls": "full", "keys": "self", "autoplay": "off", **view})
    # In ASCII it survives a page that does not name its encoding.
    content = html.escape(page).encode("ascii", "xmlcharrefreplace").decode()
    style = f"width:100%;max-width:{HEIGHT * 16 // 9}px;aspect-ratio:16/9;border:0"
    return (
        f'<iframe srcdoc="{content}" title="{html.escape(str(run.title))}" style="{style}" '
        'sandbox="allow-scripts allow-downloads"></iframe>'
    )


def pane(run: Run, **view: str) -> pn.pane.HTML:
    """Return the same as a Panel object, for layouts in a notebook; parameters as for `frame_html`."""
    return pn.pane.HTML(frame_html(run, **view), sizing_mode="stretch_width", max_width=HEIGHT * 16 // 9)
