"""What moves in a period, written down so that it can be done again. Part of the kernel, see periods.py.

A row of `State.tape` is one of the steps below. They share one number, the wavelet that is in hand.
"""

from engine._jit import step

# LEAVE takes the head of a queue in hand (queue, wavelets in it before); ENTER puts what is in hand into an entry
# (index of its value). KEEP and USE do an element with it (cell, op, element), and USE takes in hand what comes of
# that. The others are what is counted: HOPS (how many, cycle, hops beyond the first, cell that is passed
# from link to link or -1), ELEMENT (cell, kind, op, cycle,
# end), STALL (cell, since, until).
LEAVE, ENTER, KEEP, USE, HOPS, ELEMENT, STALL = range(7)
WIDTH = 6
OFF = -1  # in `State.n_tape`: nothing is written down
TORN = 1 << 30  # more than is written down has happened


@step
def note(state, what, a, b, c, d, e):
    """Write down a step, where steps are."""
    n = state.n_tape[0]
    if n >= 0:
        if n < state.tape.shape[0]:
            state.tape[n, 0] = what
            state.tape[n, 1] = a
            state.tape[n, 2] = b
            state.tape[n, 3] = c
            state.tape[n, 4] = d
            state.tape[n, 5] = e
        state.n_tape[0] = n + 1


@step
def tear(state):
    """Note that something has happened that is no step."""
    if state.n_tape[0] >= 0:
        state.n_tape[0] = TORN
