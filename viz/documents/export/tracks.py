"""What the tables of a trace mean to a tool that shows tracks, slices and flows.

For each scene, one function turns the rows of its tables into slices of tracks, and moves into messages between two.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from numpy.typing import ArrayLike

from engine.cluster.recording import NONE
from engine.fabric.machine.geometry import LINKS, PORT_NAMES, beside
from engine.language import Language, Quantity, message
from engine.run import Run
from engine.scenarios import ScenarioError
from engine.scenarios.fabric import MOST_RECORDED_HOPS, MOST_RECORDED_PE

Track = tuple[tuple[int, str], ...]
"""A track within others: from the outermost inwards, its place among its neighbours, and its name."""

WORK, SENT, RECEIVED = range(100, 103)  # places of tracks; lanes and ports come before
DOES = ("", "receiving", "computing", "sending", "stalled")  # kinds of activity


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of one table.

    Attributes
    ----------
    where : list of Track
        Of each row.
    what : list of str
        Its name.
    begin : (n,) array or list
        When it begins [tick].
    end : (n,) array or None
        When it ends [tick]; None for what takes no time.
    to : list of Track or None
        Where a message is received; None for what is none.
    arrive : (n,) array or None
        When it is [tick].
    notes : dict of str to (n,) array or list
        More columns of whole numbers, by name; None where one has no meaning.
    """

    where: Sequence[Track]
    what: Sequence[str]
    begin: ArrayLike
    end: ArrayLike | None = None
    to: Sequence[Track] | None = None
    arrive: ArrayLike | None = None
    notes: dict[str, Sequence] = field(default_factory=dict)


def has_each_message(run: Run) -> bool:
    """Return whether the run has recorded each of its messages, which is too much for the wavelets of a large one."""
    return run.scene != "fabric" or "wavelets" in run.trace.tables


def refuse_too_large(run: Run) -> None:
    """Raise ScenarioError, which says the bound, if the run has too many wavelets for a recording of each."""
    if not has_each_message(run):
        n_pe = Quantity(run.trace.meta["width"] * run.trace.meta["height"], "PE")
        most = Quantity(MOST_RECORDED_PE, "PE")
        raise ScenarioError(message("export_too_large", most=most, hops=MOST_RECORDED_HOPS, got=n_pe))


def region(run: Run) -> dict[str, int]:
    """Return west, north, columns and rows of the PEs of which each wavelet is recorded: all, or those of a window."""
    meta = run.trace.meta
    return meta.get("window", {"west": 0, "north": 0, "columns": meta["width"], "rows": meta["height"]})


def rows(run: Run, t: Language) -> Iterator[Rows]:
    """Return what a trace tool shows of a run: its marks, then the tables of its scene.

    Parameters
    ----------
    run : Run
        Of any scene.
    t : Language
        Of all names.

    Yields
    ------
    Rows
        In no order of time.

    Raises
    ------
    ScenarioError
        If the run has too many wavelets for a recording of each.
    """
    refuse_too_large(run)
    marks = run.trace.marks
    yield Rows([((-1, t("pftrace_marks")),)] * len(marks), [t(mark.text) for mark in marks], [mark.t for mark in marks])
    yield from _SCENES[run.scene](run, t)


def _fabric(run, t):
    meta = run.trace.meta
    width = meta["width"]
    part = region(run)

    def place(cell):
        return part["west"] + cell % part["columns"], part["north"] + cell // part["columns"]

    @cache
    def track(x, y, rank, name):
        return (y * width + x, t("fabric_stage_pe", at=f"({x}, {y})")), (rank, name)

    sides = [t(f"fabric_stage_{name}.to") for name in PORT_NAMES] + [t("fabric_stage_ramp.from")]
    programs = run.columns("programs")["program"].tolist()
    operations = [t(said) for said in meta["operations"]]

    @cache
    def doing(kind, program, op):
        said, does = meta["programs"][program], t(f"fabric_stage_{DOES[kind]}")
        # A router may stall where the PE has no operation.
        return t("pftrace_doing", doing=does, operation=operations[said[op]]) if said else does

    done = run.columns("activity")
    cells = done["cell"].tolist()
    yield Rows(
        [track(*place(cell), -1, t("pftrace_operations")) for cell in cells],
        [
            doing(kind, programs[cell], op)
            for cell, kind, op in zip(cells, done["kind"].tolist(), done["op"].tolist(), strict=True)
        ],
        done["t0"],
        done["t1"],
    )
    moves = run.columns("wavelets")
    from_to = [
        (place(cell), port, beside(*place(cell), port) if port in LINKS else place(cell))
        for cell, port in zip(moves["cell"].tolist(), moves["port"].tolist(), strict=True)
    ]
    colors = [t(color["name"]) for color in meta["colors"]]
    latency = [meta["hop_latency" if port in LINKS else "ramp_latency"] for _, port, _ in from_to]
    yield Rows(
        [track(*here, port, sides[port]) for here, port, _ in from_to],
        [colors[color] for color in moves["color"].tolist()],
        moves["t0"],
        moves["t0"] + moves["n"],
        [track(*there, RECEIVED, t("pftrace_received")) for _, _, there in from_to],
        moves["t0"] + latency,
        {"color": moves["color"], "wavelets": moves["n"]},
    )


def _memory(run, t):
    machines = run.trace.meta["machines"]

    def machine(m):
        return m, machines[m]["label"]

    @cache
    def unit(m, u, rank, name):
        named = t("memory_unit_of", unit=machines[m]["unit"], n=u + 1, machine=machines[m]["label"])
        return machine(m), (u, named), (rank, t(name))

    @cache
    def level(m, i):
        return machine(m), (WORK + i, t("memory_level", level=machines[m]["levels"][i]["label"]))

    work, asked = run.columns("compute"), run.columns("requests")
    names = {2: t("memory_computing_key"), 4: t("memory_starved")}
    yield Rows(
        [unit(*row, WORK, "pftrace_operations") for row in _zip(work, "machine", "unit")],
        [names[kind] for kind in work["kind"].tolist()],
        work["t0"],
        work["t1"],
    )
    yield Rows(
        [unit(*row, SENT, "memory_requests") for row in _zip(asked, "machine", "unit")],
        [level(*row)[-1][1] for row in _zip(asked, "machine", "level")],
        asked["t0"],
        asked["t1"],
        [level(*row) for row in _zip(asked, "machine", "level")],
        asked["tp"],
        {"bytes": asked["bytes"], "requests": asked["n"]},
    )


def _scaling(run, t):
    meta = run.trace.meta
    lanes, nodes, kinds = meta["lanes"], meta["nodes"], meta["kinds"]
    drawn = sorted({lane["stage"] for lane in lanes})
    if any(node["kind"] == "wafer" for node in nodes):
        n = meta["shown"]["of_replicas"]
        whose = {0: (-1, t("scaling_each_wafer", n=n) if n > 1 else t("scaling_the_wafer"))}
    else:
        whose = {stage: (i, t(nodes[i]["name"])) for i, stage in enumerate(drawn)}
    tracks = [
        (whose[lane["stage"]], (i, t(f"scaling_lane_{lane['name']}"))) if lane["name"] else ()
        for i, lane in enumerate(lanes)
    ]
    tasks, moves = run.columns("tasks"), run.columns("moves")
    names = {
        kind: t("scaling_waits") if kinds[kind] == "wait" else t(f"scaling_does_{kinds[kind]}")
        for kind in set(tasks["kind"].tolist())
    }
    carried = {kind: t(f"scaling_lane_{kinds[kind]}") for kind in set(moves["kind"].tolist())}
    yield Rows(
        [tracks[lane] for lane in tasks["lane"].tolist()],
        [names[kind] for kind in tasks["kind"].tolist()],
        tasks["t0"],
        tasks["t1"],
        notes={"microbatch": _known(tasks["microbatch"]), "layer": _known(tasks["layer"])},
    )
    sent, received = (
        [((i, t.said(node["name"])), (rank, t(name))) for i, node in enumerate(nodes)]
        for rank, name in ((SENT, "pftrace_sent"), (RECEIVED, "pftrace_received"))
    )
    yield Rows(
        [sent[node] for node in moves["from"].tolist()],
        [carried[kind] for kind in moves["kind"].tolist()],
        moves["t0"],
        moves["t1"],
        [received[node] for node in moves["to"].tolist()],
        moves["t1"],
        {"bytes": moves["bytes"].astype(int)},
    )


def _planner(run, t):
    lanes = [(i, t.quantity(lane["n_devices"], lane["device"])) for i, lane in enumerate(run.trace.meta["lanes"])]
    phases, written, failed = (run.columns(name) for name in ("phases", "checkpoints", "failures"))
    names = [t(f"planner_phase_{kind}") for kind in run.trace.meta["kinds"]]

    def tracks(columns, rank, name):
        return [(lanes[lane], (rank, name)) for lane in columns["lane"].tolist()]

    yield Rows(
        tracks(phases, 0, t("pftrace_calendar")),
        [names[kind] for kind in phases["kind"].tolist()],
        phases["t0"],
        phases["t1"],
    )
    for rank, columns, name, end in (
        (1, written, t("planner_checkpoints"), written["t1"]),
        (2, failed, t("planner_failures"), None),
    ):
        yield Rows(tracks(columns, rank, name), [name] * columns["lane"].size, columns["t0"], end)


def _inference(run, t):
    tokens = run.columns("tokens")
    names = [t.quantity(system["n"], system["device"]) for system in run.trace.meta["systems"]]
    written = t("inference_key_token")
    yield Rows(
        [((i, names[i]), (WORK, written)) for i in tokens["system"].tolist()],
        [written] * tokens["system"].size,
        tokens["t0"],
        tokens["t1"],
    )


def _zip(columns, *names):
    return zip(*(columns[name].tolist() for name in names), strict=True)


def _known(column):
    """Return whole numbers, None where one has no meaning."""
    return [None if value == NONE else value for value in column.tolist()]


_SCENES: dict[str, Callable[[Run, Language], Iterator[Rows]]] = {
    "fabric": _fabric,
    "memory": _memory,
    "scaling": _scaling,
    "planner": _planner,
    "inference": _inference,
}
