"""A small scene of the tests' own: values travel along a line of PEs, one hop a cycle."""

from pathlib import Path
from typing import ClassVar

import param
import pytest

from engine.run import Figure, Run
from engine.scenarios import SCENES, Scenario
from engine.trace import Mark, Trace


class Line(Scenario):
    """A PE sends wavelets along a line."""

    scene = "line"
    essential = ("hops", "wavelets")
    presets: ClassVar[dict[str, dict]] = {}

    hops = param.Integer(10, bounds=(1, 1000), label="Hops", doc="Links between sender and receiver [hop].")
    wavelets = param.Integer(1, bounds=(1, 1000), label="Wavelets", doc="Wavelets sent, one a cycle [wavelet].")
    route = param.Selector(default="straight", objects=["straight", "detour"], label="Route", doc="Way taken.")

    def simulate(self, progress=lambda share: None):
        hops = self.hops * (2 if self.route == "detour" else 1)
        cycles = hops + self.wavelets - 1
        figures = {
            "cycles": Figure(cycles, "cycles", "Cycles", "hops + wavelets - 1"),
            "rate": Figure(self.wavelets / cycles, "", "Wavelets per cycle", "wavelets / cycles"),
            "way": Figure(self.route, "", "Way", "the route"),
        }
        marks = (
            Mark(hops, "first_wavelet", "The first wavelet arrives."),
            Mark(cycles, "all_done", "The last arrives."),
        )
        return Run(self.scene, self.values(), "A line of PEs", figures, Trace(cycles, "cycle", 1e-9, {}, marks))


@pytest.fixture
def line(monkeypatch):
    monkeypatch.setitem(SCENES, "line", Line)
    return Line


LESSON = (Path(__file__).parent / "a-line.md").read_text(encoding="utf-8")


@pytest.fixture
def write(tmp_path, line):
    """Write the lesson of the tests, with some texts replaced, and return its path."""

    def _write(*changes, name="a-line.md"):
        text = LESSON
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} must occur once in the lesson, it occurs {text.count(old)} times"
            text = text.replace(old, new)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return _write
