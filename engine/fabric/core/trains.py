"""Trains: wavelets that follow each other one a cycle, advanced by their heads and tails. Part of the kernel.

A compute element that issues an element every cycle sends a train. Its values are known when it starts, and are put
into a block. Where its head reaches a router or a compute element that is free to let a wavelet through every cycle,
the train runs through it from then on: nothing is done there until the train ends, or something comes in its way.
What moved in between follows from the cycles.

Feeding. A train that runs through a router feeds the queues its outputs lead to: wavelets come to them one a cycle,
until the one upstream says when they end. Where a train feeds a queue but does not run on from there, its wavelets are
put into the queue as they come, and the one upstream is told to stop: it learns that a cycle later, as from a full one.
From then on every wavelet moves by itself. The same happens where another color wants the link.

Nothing of this changes what moves when: a train runs only where each of its wavelets would move in the cycle in which
it comes. What trains do at routers is in trains_router.py, and what they do at compute elements in
trains_element.py.
"""

from engine._jit import step
from engine.fabric.core import layout as L
from engine.fabric.core.queues import alarm


@step
def feed(state, words, at, queue, first, offset, block):
    """Have a train feed a queue from cycle `first` on; `words[at:]` are what is kept of it there."""
    words[at + L.FED] = queue
    words[at + L.HEAD] = first
    words[at + L.UNTIL] = L.FOREVER
    words[at + L.OFFSET] = offset
    words[at + L.BLOCK] = block
    state.users[block] += 1


@step
def unload(state, words, at, stop, older, cell, here, t):
    """Put the wavelets that can be used before `stop` into the queue, behind `older` ones; forget a train that ends."""
    queue = words[at + L.FED] & L.INDEX
    first = words[at + L.HEAD]
    n = stop - first
    if n > 0:
        count = state.slots[queue + L.COUNT]
        for j in range(count - 1, older - 1, -1):
            entry = (queue + L.ENTRY + 2 * j) & L.INDEX
            state.slots[entry + 2 * n] = state.slots[entry]
            state.slots[entry + 2 * n + 1] = state.slots[entry + 1]
        entry = (queue + L.ENTRY + 2 * older) & L.INDEX
        offset = words[at + L.OFFSET]
        for time in range(first, stop):
            state.slots[entry] = time << 1
            state.values[entry + 1] = state.blocks[(time + offset) & L.INDEX]
            entry += 2
            if time > t:
                alarm(state, cell, time)
        state.slots[queue + L.COUNT] = count + n
        words[at + L.HEAD] = stop
        state.pe[cell, L.LIVE] |= here
    if words[at + L.HEAD] >= words[at + L.UNTIL]:
        words[at + L.FED] = 0
        block = words[at + L.BLOCK]
        state.users[block] -= 1
        if state.users[block] == 0:
            band = state.home[block]
            state.free[band, state.n_free[band]] = block
            state.n_free[band] += 1


@step
def left_of(words, at, tables):
    """Return how many wavelets a train can have at most from its head on."""
    return (words[at + L.BLOCK] + 1) * tables.longest - (words[at + L.HEAD] + words[at + L.OFFSET])
