"""Trains: wavelets that follow each other one a cycle, and are moved together. A shortcut of the kernel.

A compute element (CE) that issues an element in every cycle sends a train. All its values are known when it starts, and
are put into a block. Where the first wavelet of a train comes to a router or a CE that is free to let one through in
every cycle, the train runs through from then on: the PE is not visited again before the train ends there, or something
comes in its way. What has moved meanwhile follows from the cycles in which it began and ended.

A train that runs through a router feeds the queues behind the outputs. For each of these it is noted since when a
wavelet comes in every cycle, where its value is, and until when: that is unknown until the train has ended upstream.

Where a train cannot run on, it is unloaded: its wavelets are put into the queue as they come, and the router or CE
upstream is told to stop, which it does a cycle later, as it would in front of a full queue. From then on every wavelet
moves by itself. The same happens where another color wants the link.

This changes nothing of what moves when: a train runs only where each of its wavelets would move in the cycle in which
it comes. Without trains (`Tables.longest` is 0) no other module of the core enters these. Routers use those of
trains_at_router.py, CEs those of trains_at_element.py.
"""

from engine._jit import step
from engine.fabric.core import layout as L
from engine.fabric.core import tape
from engine.fabric.core.queues import alarm


@step
def feed(state, words, at, queue, first, offset, block):
    """Have a train feed a queue from cycle `first` on; `words[at:]` are what is noted of it there."""
    tape.tear(state)
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
def most_left(words, at, tables):
    """Return how many wavelets a train can have at most, from its head on."""
    return (words[at + L.BLOCK] + 1) * tables.longest - (words[at + L.HEAD] + words[at + L.OFFSET])
