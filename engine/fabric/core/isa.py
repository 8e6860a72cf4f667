"""The numbers in which programs are written: ports, route codes, and what an operation does.

A router has five ports: four links and the ramp to its own compute element. A route is one 32-bit code per router and
color: four switch positions of eight bits, the first in the lowest byte. A position is its input port (3 bits) and,
above it, a mask of output ports (5 bits); a position without outputs is none.
"""

NORTH, EAST, SOUTH, WEST, RAMP = range(5)

N_COLORS = 24
N_POSITIONS = 4

# What a vector operation does with each element. "Receive and add" is RECEIVE | ADD | STORE.
RECEIVE, ADD, STORE, SEND, MULTIPLY = 1, 2, 4, 8, 16
