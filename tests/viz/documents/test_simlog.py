"""A log for wse-viz, read line by line as its parser does, is what the run has recorded."""

import re
from collections import Counter, defaultdict

import numpy as np
import pytest

from engine.scenarios import ScenarioError, scenario_class
from engine.scenarios.fabric import FabricScenario
from viz.documents.export import export, sim_log

WINDOW = {"width": 66, "height": 64, "words": 1, "window": 4, "window_x": 30, "window_y": 20}
RUNS = {
    "sum": {},
    "deadlock": FabricScenario.presets["circle_of_waits"],
    "merging": FabricScenario.presets["streams_merge"],
    "window": WINDOW,
}
DOES = ("", "RECEIVING", "COMPUTING", "SENDING", "stalled")
LANDING = re.compile(r"@(\d+) P(\d+)\.(\d+) \(hwtile\) landing C(\d+) from link ([NESWR]),")
EVENT = re.compile(r"@(\d+) P(\d+)\.(\d+): (?:\[EX OP\] (?:IDLE|\^ 0x[0-9a-f]{4}: T0 (\S+))|Pipe: 0, Msg: stall: (.+))")
SOURCES = {"N": (0, -1), "S": (0, 1), "W": (-1, 0), "E": (1, 0), "R": (0, 0)}  # y grows to the north


def simulated(settings, scene="fabric"):
    return scenario_class(scene).read({key: str(value) for key, value in settings.items()}).simulate()


@pytest.mark.parametrize("name", RUNS)
def test_every_wavelet_lands_at_its_cycle_from_its_neighbour(name):
    run = simulated(RUNS[name])
    first, *lines = sim_log(run).splitlines()
    width, height = (int(size) for size in re.fullmatch(r"@0 dimX=(\d+), dimY=(\d+)", first).groups())
    found = Counter()
    for time, x, y, color, link in (match.groups() for line in lines if (match := LANDING.fullmatch(line))):
        x, y = int(x), int(y)
        from_x, from_y = x + SOURCES[link][0], y + SOURCES[link][1]
        found[int(time), from_x, height - 1 - from_y, x, height - 1 - y, int(color)] += 1
    wanted = Counter()
    moves, meta = run.columns("wavelets"), run.trace.meta
    for cell, port, color, t0, n in zip(*(moves[key] for key in ("cell", "port", "color", "t0", "n")), strict=True):
        y, x = divmod(int(cell), width)
        to = ((x, y - 1), (x + 1, y), (x, y + 1), (x - 1, y), None, (x, y))[port]
        if to and 0 <= to[0] < width and 0 <= to[1] < height:
            after = meta["hop_latency"] if port < 4 else meta["ramp_latency"]
            wanted.update((int(t0) + after + i, x, y, *to, int(color)) for i in range(n))
    assert found == wanted


@pytest.mark.parametrize("name", RUNS)
def test_each_pe_does_at_each_cycle_what_it_did(name):
    run = simulated(RUNS[name])
    first, *lines = sim_log(run).splitlines()
    width, height = (int(size) for size in re.findall(r"=(\d+)", first))
    events = defaultdict(list)
    for line in lines:
        if match := EVENT.fullmatch(line):
            time, x, y, does, stall = match.groups()
            events[int(x) + (height - 1 - int(y)) * width].append((int(time), "stalled" if stall else does or "idle"))
        else:
            assert LANDING.fullmatch(line)
    found = defaultdict(list)
    for cell, mine in events.items():
        assert mine == sorted(mine, key=lambda event: event[0])
        for (t0, does), (t1, _) in zip(mine, [*mine[1:], (mine[-1][0], "")], strict=True):
            if does != "idle" and t0 < t1:
                found[cell].append((does, t0, t1))
    activity = run.columns("activity")
    wanted = defaultdict(list)
    for row in np.argsort(activity["t0"], kind="stable"):
        kind, t0, t1 = (int(activity[key][row]) for key in ("kind", "t0", "t1"))
        wanted[int(activity["cell"][row])].append((DOES[kind], t0, t1))
    assert found == wanted


def test_what_has_no_such_log_is_refused(tmp_path):
    scenario = scenario_class("planner").read({})
    with pytest.raises(ScenarioError, match=r"a \.log must be of the scene fabric, got 'planner'"):
        export(scenario, scenario.simulate(), {}, tmp_path / "sim.log")
    with pytest.raises(ScenarioError, match=r"up to 4,096 PEs .* exceed: name a part"):
        sim_log(simulated({"width": 66, "height": 64, "words": 1}))
