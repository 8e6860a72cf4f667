"""Queues of wavelets, and the alarms by which a PE is visited again. Part of the kernel, see kernel.py."""

from engine._jit import step
from engine.fabric.core import layout as L
from engine.fabric.core import tape

FREE, FREE_NEXT, FULL_QUEUE = range(3)  # what a queue says to a wavelet


@step
def alarm(state, cell, t):
    """Have a PE visited in cycle `t`, less than WHEEL cycles ahead."""
    i = t & (L.WHEEL - 1)
    flag = 1 << i
    if state.pe[cell, L.ALARMED] & flag == 0:
        state.pe[cell, L.ALARMED] |= flag
        band = state.pe[cell, L.BAND] & L.INDEX
        n = state.n_alarms[i, band] & L.INDEX
        state.alarms[i, band, n] = cell
        state.n_alarms[i, band] = n + 1


@step
def push(state, queue, time, value):
    """Append a wavelet; `time` as in the layout of a queue."""
    entry = queue + L.ENTRY + 2 * (state.slots[queue + L.COUNT] & L.INDEX)
    state.slots[entry] = time
    state.values[entry + 1] = value
    state.slots[queue + L.COUNT] += 1
    tape.note(state, tape.ENTER, entry + 1, 0, 0, 0, 0)


@step
def pop(state, queue, room, t):
    """Remove the head; return whether the queue was full, so that its feeder may be asleep."""
    count = state.slots[queue + L.COUNT]
    tape.note(state, tape.LEAVE, queue, count, 0, 0, 0)
    for i in range(1, count):
        entry = (queue + L.ENTRY + 2 * i) & L.INDEX
        state.slots[entry - 2] = state.slots[entry]
        state.slots[entry - 1] = state.slots[entry + 1]
    state.slots[queue + L.COUNT] = count - 1
    state.slots[queue + L.POPPED] = t
    return count >= room


@step
def room_in(state, queue, room, t):
    """Return whether a queue can take a wavelet, by its state at the start of the cycle."""
    count = state.slots[queue + L.COUNT]
    if count + (state.slots[queue + L.POPPED] == t) < room:
        return FREE
    return FREE_NEXT if count < room else FULL_QUEUE
