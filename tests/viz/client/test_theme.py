"""The tokens of the look: contrast in every theme."""

import re

import pytest

from viz.charts.paint import PAINT
from viz.client import source

TEXT, GRAPHICS = 4.5, 3.0  # least contrast, WCAG 2.2 success criteria 1.4.3 (AA) and 1.4.11


def tokens(theme):
    """Colours by name: those of the light theme, overridden by the theme's own."""
    found = {}
    for selector, body in re.findall(r"([^{}]+)\{([^}]*)\}", source("kit/theme.css")):
        if ":root" in selector or f'"{theme}"' in selector:
            found |= dict(re.findall(r"--([\w-]+): (#\w{6})", body))
    return found


def luminance(colour):
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_words_and_marks_stand_out(theme):
    found = tokens(theme)
    pairs = [(ink, ground, TEXT) for ink in ("ink", "ink2", "ink3", "danger") for ground in ("paper", "card")]
    pairs += [(f"{role}-ink", f"{role}-soft", TEXT) for role in ("fabric", "memory", "compute")]
    roles = ("compute", "memory", "fabric", "stall", "linear", "flow2", "flow3", "flow4", "flow5", "wafer", "gpu")
    pairs += [(role, "card", GRAPHICS) for role in roles]
    weak = {
        (a, b): round(contrast(found[a], found[b]), 2) for a, b, least in pairs if contrast(found[a], found[b]) < least
    }
    assert not weak


@pytest.mark.parametrize("theme", PAINT)
def test_charts_are_painted_with_the_same_tokens(theme):
    found = tokens(theme)
    assert PAINT[theme] == {name: found[name] for name in PAINT[theme]}
