"""Who waits for whom in a deadlock: the neighbour that a route comes from or leads to, whichever way that is."""

import numpy as np
import pytest

from engine.fabric.core.isa import EAST, NORTH, RAMP, RECEIVE, SEND, SOUTH, STORE, WEST
from engine.fabric.defects.spares import lay_around
from engine.fabric.machine.geometry import opposite
from engine.fabric.machine.program import Builder, Op
from engine.fabric.programs import stream
from engine.fabric.simulation.simulate import simulate
from engine.fabric.trace.deadlock import waits
from engine.fabric.trace.fault_marks import mark
from engine.fabric.trace.tables import trace_of
from tests.engine.fabric.simulation.test_simulate import WSE2

CENTRE = 4  # of 3 × 3 PEs
NEIGHBOURS = {NORTH: 1, EAST: 5, SOUTH: 7, WEST: 3}
EVERY_WAY = pytest.mark.parametrize("port", NEIGHBOURS)


def waits_of(builder):
    result = simulate(builder.build(np.ones((9, 40)), [], []), WSE2)
    assert result.deadlock
    return waits(result)


@EVERY_WAY
@pytest.mark.parametrize("sent", [0, 1])
def test_who_receives_waits_for_the_neighbour_that_the_route_comes_from(port, sent):
    b = Builder(3, 3)
    b.color("not used")
    color = b.color("one word too few")
    b.route([NEIGHBOURS[port]], color, (RAMP, 1 << opposite(port)))
    b.route([CENTRE], color, (port, 1 << RAMP))
    if sent:
        b.run([NEIGHBOURS[port]], Op("", SEND, sent, send=color))
    b.run([CENTRE], Op("", RECEIVE | STORE, sent + 1, receive=color))
    assert waits_of(b) == [[CENTRE, color, NEIGHBOURS[port]]]


@EVERY_WAY
def test_who_sends_waits_for_the_neighbour_that_the_route_leads_to(port):
    b = Builder(3, 3)
    color = b.color("nobody receives")
    b.route([CENTRE], color, (RAMP, 1 << port))
    b.route([NEIGHBOURS[port]], color, (opposite(port), 1 << RAMP))
    b.run([CENTRE], Op("", SEND, 40, send=color))
    assert waits_of(b) == [[CENTRE, color, NEIGHBOURS[port]]]


@pytest.mark.parametrize(("sent", "waits_for"), [(2, "behind"), (40, "ahead")])
def test_who_passes_on_waits_for_what_is_missing(sent, waits_for):
    b = Builder(3, 3)
    behind, ahead = b.color("from the west"), b.color("to the south")
    b.route([3], behind, (RAMP, 1 << EAST))
    b.route([CENTRE], behind, (WEST, 1 << RAMP))
    b.route([CENTRE], ahead, (RAMP, 1 << SOUTH))
    b.route([7], ahead, (NORTH, 1 << RAMP))
    b.run([3], Op("", SEND, sent, send=behind))
    b.run([CENTRE], Op("", RECEIVE | SEND, 40, receive=behind, send=ahead))
    found = {cell: (color, other) for cell, color, other in waits_of(b)}
    assert found[CENTRE] == {"behind": (behind, 3), "ahead": (ahead, 7)}[waits_for]
    assert found.get(3) == (None if waits_for == "behind" else (behind, CENTRE))


def test_who_has_only_a_control_wavelet_left_to_send_waits_ahead():
    b = Builder(3, 3)
    behind, ahead = b.color("from the west"), b.color("to the south")
    b.route([3], behind, (RAMP, 1 << EAST))
    b.route([CENTRE], behind, (WEST, 1 << RAMP))
    b.route([CENTRE], ahead, (RAMP, 1 << SOUTH))
    b.route([7], ahead, (NORTH, 1 << RAMP))
    b.run([3], Op("", SEND, 10, send=behind))
    b.run([CENTRE], Op("", RECEIVE | SEND, 10, receive=behind, send=ahead, advance=True))
    assert waits_of(b) == [[CENTRE, ahead, 7]]


def test_the_position_in_force_of_a_switch_decides():
    b = Builder(3, 3)
    sent, received = b.color("east, then south"), b.color("from the west, then from the north")
    b.route([CENTRE], sent, (RAMP, 1 << EAST), (RAMP, 1 << SOUTH))
    b.route([5], sent, (WEST, 1 << RAMP))
    b.route([7], sent, (NORTH, 1 << RAMP))
    b.route([CENTRE], received, (WEST, 1 << RAMP), (NORTH, 1 << RAMP))
    b.route([3], received, (RAMP, 1 << EAST))
    b.route([1], received, (RAMP, 1 << SOUTH))
    b.run([CENTRE], Op("", SEND, 3, send=sent, advance=True), Op("", SEND, 30, send=sent))
    b.run([5], Op("", RECEIVE, 3, receive=sent))
    b.run([3], Op("", SEND, 2, send=received, advance=True))
    b.run([CENTRE], Op("", RECEIVE, 3, receive=received), thread=1)
    assert waits_of(b) == [[CENTRE, sent, 7], [CENTRE, received, 1]]


def test_no_more_are_named_than_asked_for():
    b = Builder(3, 3)
    color = b.color("never sent")
    b.route([0, 3, 6], color, (RAMP, 1 << EAST))
    b.route([1, 4, 7], color, (WEST, 1 << RAMP))
    b.run([1, 4, 7], Op("", RECEIVE, 1, receive=color))
    result = simulate(b.build(np.ones((9, 1)), [], []), WSE2)
    assert waits(result) == [[1, color, 0], [4, color, 3], [7, color, 6]]
    assert waits(result, n_most=2) == [[1, color, 0], [4, color, 3]]


def test_on_a_wafer_with_a_defective_pe_both_ends_of_a_wait_are_named_by_their_places_there():
    defective = np.zeros((3, 5), np.bool_)
    defective[1, 0] = True
    mesh = lay_around(defective, 1)
    faults = mesh.faults()
    result = simulate(stream.circular(4, 3, 40, 0), WSE2, "wavelets", faults=faults)
    found = mark(trace_of(result, 1e-9, 40), mesh, faults).meta["deadlock"]
    ring = {0: 1, 1: 2, 2: 3, 3: 9, 9: 13, 13: 12, 12: 11, 11: 10, 10: 6, 6: 0}  # of 3 × 5 PEs; row 1 is moved by one
    assert {cell: other for cell, _, other in found} == ring
