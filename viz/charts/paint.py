"""The colours of charts, by theme. The same values as in `viz/client/kit/theme.css`, which a test compares."""

from bokeh.models import FixedTicker, LabelSet, Title
from bokeh.plotting import figure

PAINT = {
    "light": {
        "card": "#FFFFFF", "ink": "#1F2933", "ink2": "#52606D", "line": "#E3E1DA", "compute": "#005AB5",
        "memory": "#C44E00", "fabric": "#009E73", "stall": "#5B616A", "linear": "#D97706", "pe": "#F1EFE9",
        "wafer": "#5B3DC4", "gpu": "#B8305F",
    },
    "dark": {
        "card": "#151C25", "ink": "#EEF2F6", "ink2": "#A9B4C0", "line": "#26303B", "compute": "#6CB2FF",
        "memory": "#FF9A52", "fabric": "#3FD6A6", "stall": "#A4ACB6", "linear": "#FFB347", "pe": "#1B242E",
        "wafer": "#A792FF", "gpu": "#FF82A8",
    },
    "projector": {
        "card": "#FFFFFF", "ink": "#0B1118", "ink2": "#36414C", "line": "#B9BDC2", "compute": "#004A99",
        "memory": "#A84000", "fabric": "#007A58", "stall": "#434952", "linear": "#C96F00", "pe": "#ECEBE7",
        "wafer": "#452A9E", "gpu": "#98204A",
    },
}  # fmt: skip


def plain_figure(**options) -> figure:
    """Return a figure without decoration: no toolbar, no frame, type of the page.

    Parameters
    ----------
    **options
        As for `bokeh.plotting.figure`.

    Returns
    -------
    bokeh.plotting.figure
        To be painted with `paint_figure`.
    """
    plot = figure(
        toolbar_location=None, tools="", min_border=0, outline_line_color=None, sizing_mode="stretch_width", **options
    )
    for axis in plot.axis:
        axis.axis_line_color = None
        axis.major_tick_line_color = None
        axis.minor_tick_line_color = None
        axis.major_label_text_font = axis.axis_label_text_font = "Inter"
        axis.axis_label_text_font_style = "normal"
    return plot


def ticked(plot: figure) -> None:
    """Give each axis of a figure, and its grid, ticks of its own: none until there is a run.

    What changes with a run are the ticks, not the ticker: with another model Bokeh would look through the whole page.
    """
    for axis, grid in ((plot.xaxis, plot.xgrid), (plot.yaxis, plot.ygrid)):
        axis.ticker = grid.ticker = FixedTicker(ticks=[])


def title(text: str) -> Title:
    """Return what an axis shows, to stand above it."""
    return Title(
        text=text, align="left", text_font="Inter", text_font_size="12px", text_font_style="normal", standoff=6
    )


def text_size(theme: str) -> str:
    """Return the size of the words in a chart: larger where they are read from the last row.

    Parameters
    ----------
    theme : str
        A key of `PAINT`.

    Returns
    -------
    str
        A size in CSS.
    """
    return "15px" if theme == "projector" else "12px"


def paint_figure(plot: figure, theme: str) -> dict[str, str]:
    """Give a figure the colours of a theme.

    Parameters
    ----------
    plot : bokeh.plotting.figure
        Changed in place.
    theme : str
        A key of `PAINT`.

    Returns
    -------
    dict of str to str
        Role to colour, for the glyphs.
    """
    paint = PAINT[theme]
    plot.background_fill_color = plot.border_fill_color = paint["card"]
    plot.background_fill_alpha = plot.border_fill_alpha = 0
    plot.grid.grid_line_color = paint["line"]
    for axis in plot.axis:
        axis.major_label_text_color = axis.axis_label_text_color = paint["ink2"]
        axis.major_label_text_font_size = axis.axis_label_text_font_size = text_size(theme)
    return paint


def paint_named(plot: figure, labels: LabelSet, theme: str) -> dict[str, str]:
    """Give a figure with a title above it, and names at its lines, the colours of a theme.

    Parameters
    ----------
    plot : bokeh.plotting.figure
        Changed in place.
    labels : bokeh.models.LabelSet
        The names, changed in place.
    theme : str
        A key of `PAINT`.

    Returns
    -------
    dict of str to str
        Role to colour, for the glyphs.
    """
    paint = paint_figure(plot, theme)
    plot.above[0].text_color = paint["ink2"]
    labels.background_fill_color = paint["card"]
    labels.text_font_size = "15px" if theme == "projector" else "12.5px"
    return paint


def paint_legend(plot: figure, paint: dict[str, str]) -> None:
    """Give the legend of a figure the type of the page and the colours that `paint_figure` returned."""
    plot.legend.update(
        background_fill_color=paint["card"], background_fill_alpha=0.85, border_line_color=None, padding=4, margin=4,
        label_text_color=paint["ink"], label_text_font="Inter", label_text_font_size="12px", spacing=0,
    )  # fmt: skip
