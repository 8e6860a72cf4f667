"""The numbers in which programs are written: ports, route codes, and what an operation does.

A router has five ports: four links and the ramp to its own compute element. A route is one 32-bit code per router and
color: four switch positions of eight bits, the first in the lowest byte. A position is its input port (3 bits) and,
above it, a mask of output ports (5 bits); a position without outputs is none.
"""

from engine._jit import popcount, step

NORTH, EAST, SOUTH, WEST, RAMP = range(5)
CE = 5  # what leaves the compute element for its router; what leaves the router for it, RAMP
LINK_PORTS, OUTPUTS = 15, 31  # masks of ports: the four links, and these with the ramp

N_COLORS = 24
N_POSITIONS = 4

# What a vector operation does with each element. "Receive and add" is RECEIVE | ADD | STORE.
RECEIVE, ADD, STORE, SEND, MULTIPLY = 1, 2, 4, 8, 16


@step
def ports_with_queues(code):
    """Return the mask of ports that need a queue: the inputs of a route code, and CE where it has RAMP as output."""
    ports = 0
    while code:
        outputs = (code >> 3) & OUTPUTS
        if outputs:
            ports |= 1 << (code & 7)
            if outputs >> RAMP & 1:
                ports |= 1 << CE
        code >>= 8
    return ports


@step
def first_port(ports):
    """Return the lowest port of a mask that is not empty."""
    return popcount((ports & -ports) - 1)
