"""The axes on which a curve of a lesson is drawn, on a screen and on paper."""

import math

from markupsafe import Markup, escape

from engine.language import Language
from engine.scenarios import Scenario
from lessons.ready import ReadyCurve
from viz.charts.axes import share, ticks

ABOVE_LINE, ABOVE_TRUTH = 1.15, 1.6  # how far a linear axis goes beyond what it has to hold
ROOM = 40  # on paper, between the names of two ticks


def axes_of(curve: ReadyCurve) -> dict[str, dict]:
    """Return the axes on which a curve is drawn, on a screen and on paper: wide enough not to give the answer away.

    Parameters
    ----------
    curve : ReadyCurve
        With the truth.

    Returns
    -------
    dict of str to dict
        For "x" and "y" `low` and `high`, whether it is a `log` axis, and the `ticks`.
    """
    (x_log, y_log), most = curve.log, max(curve.line or curve.y)
    if y_log:
        low, high = 10 ** math.floor(math.log10(min(curve.y) / 3)), 10 ** math.ceil(math.log10(most * 3))
    else:
        low, high = 0, most * (ABOVE_LINE if curve.line else ABOVE_TRUTH)
    return {
        "x": {"low": curve.x[0] if x_log else 0, "high": curve.x[-1], "log": x_log, "ticks": curve.x},
        "y": {"low": low, "high": high, "log": y_log, "ticks": ticks(low, high, y_log)},
    }


def paint_of(scenario: Scenario) -> str:
    """Return the colour in which the truth is drawn, by its role: that of the machine, where the scene has one."""
    return {"gpu": "gpu", "cs": "wafer"}.get(str(getattr(scenario, "cluster", "")), "compute")


def name_of_x(curve: ReadyCurve, t: Language) -> str:
    """Return the name of the x axis, with its unit where the name does not say it."""
    name, unit = t.said(curve.x_label), t.parts(2, curve.x_unit)[1]
    return f"{name} ({unit})" if unit and unit.casefold() != name.casefold() else name


def plot_on_paper(curve: ReadyCurve, t: Language, truth: bool = False) -> Markup:
    """Return the axes of a curve to draw on: those of the screen, with the given point and the straight line.

    With `truth`, the curve of the simulation is drawn on them.
    """
    axes = axes_of(curve)
    left, right, top, bottom = 100, 480, 34, 234

    def place(x, y):
        across, up = (
            share(value, axis["low"], axis["high"], axis["log"])
            for value, axis in zip((x, y), (axes["x"], axes["y"]), strict=True)
        )
        return f"{left + across * (right - left):.0f} {bottom - up * (bottom - top):.0f}".split()

    parts = [f'<path d="M{left} {top}V{bottom}H{right}"/>']
    for y in axes["y"]["ticks"]:
        _, at = place(curve.x[0], y)
        parts.append(f'<path class="thin" d="M{left} {at}H{right}"/>')
        parts.append(f'<text class="end" x="{left - 8}" y="{int(at) + 4}">{escape(t.quantity(y, curve.unit))}</text>')
    named = right + ROOM
    for x in reversed(curve.x):
        at, _ = place(x, curve.y[0])
        parts.append(f'<path d="M{at} {bottom}v6"/>')
        if named - int(at) >= ROOM:
            parts.append(f'<text x="{at}" y="{bottom + 22}">{t.number(x)}</text>')
            named = int(at)
    if curve.line:
        points = "L".join(" ".join(place(x, y)) for x, y in zip(curve.x, curve.line, strict=True))
        parts.append(f'<path class="dashed" d="M{points}"/><text class="end" x="{right}" y="{top}">')
        parts.append(f"{escape(t('scaling_linear'))}</text>")
    if truth:
        points = "L".join(" ".join(place(x, y)) for x, y in zip(curve.x, curve.y, strict=True))
        parts.append(f'<path class="truth" d="M{points}"/>')
    x, y = map(int, place(curve.x[0], curve.y[0]))
    parts.append(f'<path class="given" d="M{x - 5} {y - 5}h10v10h-10z"/>')
    parts.append(f'<text class="start" x="{left - 94}" y="14">{escape(t.said(curve.y_label))}</text>')
    parts.append(f'<text class="end" x="{right}" y="{bottom + 42}">{escape(name_of_x(curve, t))}</text>')
    return Markup(f'<svg viewBox="0 0 500 280" width="500" aria-hidden="true">{"".join(parts)}</svg>')
