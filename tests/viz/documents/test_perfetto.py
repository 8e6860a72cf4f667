"""An exported trace, read with Perfetto's own classes, is what the run has recorded."""

import urllib.error
import urllib.request
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from perfetto.protos.perfetto.trace.perfetto_trace_pb2 import Trace, TrackEvent

from engine.language import language
from engine.run import Run
from engine.scenarios import ScenarioError, scenario_class
from engine.scenarios.fabric import FabricScenario
from viz.commands.bench import local_server
from viz.documents.export import export, perfetto_trace

LARGE = {"width": 66, "height": 64, "words": 1}
WINDOW = {**LARGE, "window": 4, "window_x": 30, "window_y": 20}
RUNS = {
    "sum": ("fabric", {}),
    "broadcast": ("fabric", FabricScenario.presets["one_to_all"]),
    "deadlock": ("fabric", FabricScenario.presets["circle_of_waits"]),
    "merging": ("fabric", FabricScenario.presets["streams_merge"]),
    "matrices": ("fabric", {"program": "gemm", "width": 4, "words": 2}),
    "window": ("fabric", WINDOW),
    "memory": ("memory", {}),
    "gpus": ("scaling", {}),
    "wafers": ("scaling", {"cluster": "cs", "n_devices": 16}),
    "planner": ("planner", {}),
}
SLICES = {
    "fabric": ("activity", "wavelets"),
    "memory": ("compute", "requests"),
    "scaling": ("tasks", "moves"),
    "planner": ("phases", "checkpoints"),
}
MESSAGES = {"fabric": "wavelets", "memory": "requests", "scaling": "moves"}
STEPS = {"north": (0, -1), "east": (1, 0), "south": (0, 1), "west": (-1, 0)}


@cache
def simulated(name):
    scene, settings = RUNS[name]
    return scenario_class(scene).read({key: str(value) for key, value in settings.items()}).simulate()


class Read:
    """A trace as Perfetto's classes read it."""

    def __init__(self, content):
        packets = Trace.FromString(content).packet
        first = packets[0].trace_attributes.attribute
        self.attributes = {one.key.removeprefix("waferscope."): one.string_value for one in first}
        names = packets[1].interned_data
        self.names = {one.iid: one.name for one in names.event_names}
        self.columns = {one.iid: one.name for one in names.debug_annotation_names}
        self.tracks = {}
        for packet in packets:
            if packet.HasField("track_descriptor"):
                track = packet.track_descriptor
                assert track.uuid not in self.tracks
                assert not track.parent_uuid or track.parent_uuid in self.tracks
                self.tracks[track.uuid] = track
        self.events = [(packet.timestamp, packet.track_event) for packet in packets if packet.HasField("track_event")]
        self.times = [time for time, _ in self.events]

    def path(self, uuid):
        """Return the names of a track and of those around it, from the outermost but one inwards."""
        track = self.tracks[uuid]
        return (*self.path(track.parent_uuid), track.name) if track.parent_uuid else ()

    def slices(self):
        """Return path, name, begin and end of all slices; each end belongs to what began last on its track."""
        found, open_ = [], defaultdict(list)
        for time, event in self.events:
            if event.type == TrackEvent.TYPE_SLICE_BEGIN:
                open_[event.track_uuid].append((time, self.names[event.name_iid]))
            elif event.type == TrackEvent.TYPE_SLICE_END:
                begin, name = open_[event.track_uuid].pop()
                found.append((self.path(event.track_uuid), name, begin, time))
        assert not any(open_.values())
        return found

    def flows(self):
        """Return number to the sent and the received end of each flow: place in the file, time, path."""
        ends = tuple(defaultdict(list) for _ in range(2))
        for place, (time, event) in enumerate(self.events):
            for end, numbers in zip(ends, (event.flow_ids, event.terminating_flow_ids), strict=True):
                for number in numbers:
                    end[number].append((place, time, self.path(event.track_uuid)))
        return ends


@cache
def read(name):
    return Read(perfetto_trace(simulated(name), language("en")))


@pytest.mark.parametrize("name", RUNS)
def test_times_ascend_and_all_tracks_are_described(name):
    trace = read(name)
    assert all(before <= after for before, after in pairwise(trace.times))
    assert {event.track_uuid for _, event in trace.events} <= set(trace.tracks)


@pytest.mark.parametrize("name", RUNS)
def test_every_row_of_what_is_done_and_sent_is_one_slice(name):
    run = simulated(name)
    slices = read(name).slices()
    assert len(slices) == sum(run.columns(table)["t0"].size for table in SLICES[run.scene])
    assert all(begin <= end for _, _, begin, end in slices)
    done = run.columns(SLICES[run.scene][0])
    tick_ns = run.trace.tick_s * 1e9 * int(read(name).attributes["stretch"])
    times = Counter((begin, end) for _, _, begin, end in slices)
    wanted = Counter(zip(*(np.rint(done[key] * tick_ns).astype(int).tolist() for key in ("t0", "t1")), strict=True))
    assert wanted <= times


@pytest.mark.parametrize("name", RUNS)
def test_slices_that_overlap_lie_on_parallel_tracks_of_one_name(name):
    last = {}
    for time, event in read(name).events:
        if event.type == TrackEvent.TYPE_SLICE_BEGIN:
            assert last.get(event.track_uuid) is None
            last[event.track_uuid] = time
        elif event.type == TrackEvent.TYPE_SLICE_END:
            last[event.track_uuid] = None


@pytest.mark.parametrize("name", RUNS)
def test_every_message_is_a_flow_with_one_sender_and_one_receiver(name):
    run = simulated(name)
    sent, received = read(name).flows()
    n = run.columns(MESSAGES[run.scene])["t0"].size if run.scene in MESSAGES else 0
    assert len(sent) == len(received) == n
    assert sent.keys() == received.keys()
    for number, [(place, begin, _)] in sent.items():
        [(later, end, _)] = received[number]
        assert begin <= end
        assert place < later  # a tool takes the first of both for the sender


@pytest.mark.parametrize("name", ["sum", "broadcast", "deadlock", "merging", "matrices", "window"])
def test_wavelets_go_from_a_pe_to_the_one_beside_it(name):
    run = simulated(name)
    sent, received = read(name).flows()
    hop_ns = run.trace.meta["hop_latency"] * run.trace.tick_s * 1e9
    for number, [(_, begin, (pe, port))] in sent.items():
        [(_, end, (other, _))] = received[number]
        x, y = (int(word) for word in pe.removeprefix("PE (").removesuffix(")").split(", "))
        if side := STEPS.get(port.removeprefix("to ")):
            assert other == f"PE ({x + side[0]}, {y + side[1]})"
            assert end - begin == pytest.approx(hop_ns, abs=1)
        else:
            assert other == pe


def test_each_pe_does_its_operations():
    run, activity = simulated("sum"), simulated("sum").columns("activity")
    cell = int(activity["cell"][-1])
    program = run.trace.meta["programs"][run.columns("programs")["program"][cell]]
    mine = np.flatnonzero(activity["cell"] == cell)
    words = ("", "receiving", "computing", "sending", "stalled")
    said = [
        f"{words[activity['kind'][row]]}: {language('en')(run.trace.meta['operations'][program[activity['op'][row]]])}"
        for row in mine
    ]
    path = (f"PE ({cell % 24}, {cell // 24})", "operations")
    assert [name for where, name, *_ in read("sum").slices() if where == path] == said


def test_where_a_pe_has_no_operation_its_router_may_stall():
    assert ("stalled", "operations") in {(name, path[-1]) for path, name, *_ in read("merging").slices()}


def test_a_window_shows_its_pes_where_they_are_on_the_wafer():
    operations = {path[0] for path, *_ in read("window").slices() if path[-1] == "operations"}
    assert "PE (30, 20)" in operations
    assert operations <= {f"PE ({x}, {y})" for x in range(29, 35) for y in range(19, 25)}


def test_a_planned_training_shows_its_failures_as_instants():
    run, trace = simulated("planner"), read("planner")
    instants = Counter(
        trace.path(event.track_uuid)[-1] for _, event in trace.events if event.type == TrackEvent.TYPE_INSTANT
    )
    assert instants == {"failures": run.columns("failures")["t0"].size, "marks": len(run.trace.marks)}
    lost = [path for path, name, *_ in trace.slices() if name == "lost work"]
    assert {path[-1] for path in lost} == {"calendar"}


def test_columns_without_a_track_are_notes():
    run, trace = simulated("gpus"), read("gpus")
    noted = Counter(trace.columns[note.name_iid] for _, event in trace.events for note in event.debug_annotations)
    assert noted["bytes"] == run.columns("moves")["bytes"].size
    assert noted["microbatch"] == np.count_nonzero(run.columns("tasks")["microbatch"] != 65535)


def test_the_top_track_says_what_a_nanosecond_is():
    assert read("memory").attributes["stretch"] == "1000"
    assert "A nanosecond here is a picosecond of the run" in read("memory").tracks[1].description
    assert "ticks of 1.176 ns" in read("sum").tracks[1].description
    assert float(read("sum").attributes["tick_s"]) == simulated("sum").trace.tick_s


@pytest.mark.parametrize("name", ["sum", "window", "memory", "wafers", "planner"])
def test_a_run_from_the_store_gives_the_same_bytes(name):
    run = simulated(name)
    assert perfetto_trace(Run.unpack(run.packed()), language("en")) == perfetto_trace(run, language("en"))


def test_names_are_in_the_language_asked_for():
    trace = Read(perfetto_trace(simulated("planner"), language("de")))
    names = {track.name for track in trace.tracks.values()}
    assert {"Marken", "Kalender"} <= names


def test_a_run_with_too_many_wavelets_is_refused_with_the_bound(tmp_path):
    scenario = scenario_class("fabric").read({key: str(value) for key, value in LARGE.items()})
    run = scenario.simulate()
    with pytest.raises(
        ScenarioError, match=r"up to 4,096 PEs and 1,048,576 hops, which these 4,224 PEs exceed: name a part"
    ):
        export(scenario, run, {}, tmp_path / "run.pftrace")
    assert not list(tmp_path.iterdir())


def test_the_server_hands_out_the_same_file_and_refuses_in_words():
    with local_server() as port:
        address = f"http://127.0.0.1:{port}/export"
        answer = urllib.request.urlopen(f"{address}/planner.pftrace", timeout=30)
        assert answer.headers["Content-Disposition"] == 'attachment; filename="waferscope-planner.pftrace"'
        assert answer.read() == perfetto_trace(simulated("planner"), language("en"))
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address}/fabric.pftrace?width=66&height=64&words=1", timeout=30)
        assert b"name a part of them with window" in refused.value.read()
