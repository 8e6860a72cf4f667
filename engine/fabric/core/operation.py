"""What an operation of a compute element does with its elements. Part of the kernel, see kernel.py."""

import numpy as np

from engine._jit import step
from engine.fabric.core import layout as L
from engine.fabric.core import log, tape
from engine.fabric.core.isa import ADD, MULTIPLY, RECEIVE, STORE
from engine.fabric.core.queues import alarm

# Bits of fp32 numbers: the smallest normal number of fp16, what rounds up beyond its largest, and infinity.
_SMALLEST_NORMAL, _TOO_LARGE, _INFINITY = 0x38800000, 0x47800000, 0x7F800000
# Infinity of fp16, and what the bits of a number of fp16, moved to their places in fp32, lack of its exponent.
_INFINITE_HALF, _REBIASED = 0x7C00, 0x38000000


@step
def word_of(cell, op, i, tables, state):
    """Return the memory word of element `i`."""
    period = tables.op[op, L.PERIOD]
    word = i if i < period else i % period
    if tables.op[op, L.RING]:
        width = tables.step[2]
        along = cell % width if tables.op[op, L.RING] == 1 else cell // width
        ranks = width if tables.op[op, L.RING] == 1 else state.pe.shape[0] // width
        word += (along + tables.op[op, L.SHIFT]) % ranks * tables.op[op, L.N]
    return (word * stride(tables) + tables.op[op, L.FIRST]) & L.INDEX


@step
def stride(tables):
    """Return how many words of memory an element is that a wavelet carries."""
    return 2 if tables.pairs else 1


@step
def room_for(op, i, tables):
    """Return how many elements from `i` on are words that follow each other in memory."""
    period = tables.op[op, L.PERIOD]
    return min(tables.op[op, L.N] - i, period - i % period)


@step
def half(value):
    """Round to fp16, to the nearest, ties to even."""
    bits = np.float32(value).view(np.int32)
    size = bits & 0x7FFFFFFF
    if size < _SMALLEST_NORMAL:
        grid = np.float32(0.75)  # numbers next to it in fp32 lie as far apart as the smallest ones of fp16
        rounded = np.float32(np.float32(abs(value)) + grid) - grid
        return np.float32(-rounded) if bits < 0 else np.float32(rounded)
    size = (size + 0xFFF + ((size >> 13) & 1)) & ~0x1FFF
    if size >= _TOO_LARGE:
        size = _INFINITY
    return np.int32(size | (bits & ~0x7FFFFFFF)).view(np.float32)


@step
def pair(a, b):
    """Return the wavelet that carries two numbers of fp16."""
    return np.int32(_bits(a) | _bits(b) << 16).view(np.float32)


@step
def _bits(value):
    """Return the 16 bits of a number, rounded to fp16."""
    rounded = np.float32(half(value))
    bits = rounded.view(np.int32)
    size = bits & 0x7FFFFFFF
    if size < _SMALLEST_NORMAL:
        size = np.int64(abs(rounded) * np.float32(1 << 24))
    else:
        size = min((size - _REBIASED) >> 13, _INFINITE_HALF)
    return size | (bits >> 16 & 0x8000)


@step
def number(value, which):
    """Return the first (0) or the second (1) number that a wavelet carries."""
    bits = np.float32(value).view(np.int32) >> (16 * which)
    size = bits & 0x7FFF
    if size < 1 << 10:
        found = np.float32(size) / np.float32(1 << 24)
    elif size == _INFINITE_HALF:
        found = np.int32(_INFINITY).view(np.float32)
    else:
        found = np.int32((size << 13) + _REBIASED).view(np.float32)
    return np.float32(-found) if bits & 0x8000 else np.float32(found)


@step
def load(cell, word, tables, state):
    """Return what a wavelet carries of memory, from a word on."""
    if tables.pairs:
        return pair(state.memory[cell, word], state.memory[cell, word + 1])
    return state.memory[cell, word]


@step
def keep(cell, word, value, tables, state):
    """Write into memory, from a word on, what a wavelet carries."""
    if tables.pairs:
        state.memory[cell, word] = number(value, 0)
        state.memory[cell, word + 1] = number(value, 1)
    else:
        state.memory[cell, word] = value


@step
def multiply(cell, op, i, value, tables, state):
    """Do element `i` of C = A B or C += A B; return the new element of C."""
    does = tables.op[op, L.DOES]
    columns = tables.op[op, L.COLUMNS]
    rows = tables.op[op, L.ROWS]
    a = tables.op[op, L.A] & L.INDEX
    place = i // columns
    column = i - place * columns
    if does & RECEIVE:
        if column == 0:
            bits = np.float32(value).view(np.int32)
            state.memory[cell, a] = np.int32(bits & ~0xFFFF).view(np.float32)
            state.memory[cell, a + 1] = bits & 0xFFFF
        factor = state.memory[cell, a]
        place = np.int64(state.memory[cell, a + 1])
    k = place // rows
    row = place - k * rows
    if not does & RECEIVE:
        factor = state.memory[cell, (a + row * tables.op[op, L.INNER] + k) & L.INDEX]
    word = (tables.op[op, L.C] + row * columns + column) & L.INDEX
    result = factor * state.memory[cell, (tables.op[op, L.B] + k * columns + column) & L.INDEX]
    if does & ADD:
        result += state.memory[cell, word]
    if tables.half:
        result = half(result)
    if does & STORE:
        state.memory[cell, word] = result
    return result


@step
def plus(a, b, tables, state):
    """Add two numbers; or, where they are symbols, write down which, and return the symbol of their sum."""
    if tables.symbols:
        n = state.n_sums[0]
        if n < state.sums.shape[0]:
            state.sums[n, 0] = np.float32(a).view(np.int32)
            state.sums[n, 1] = np.float32(b).view(np.int32)
        state.n_sums[0] = n + 1
        return np.int32(tables.symbols + n).view(np.float32)
    if tables.pairs:
        return pair(number(a, 0) + number(b, 0), number(a, 1) + number(b, 1))
    if tables.half:
        return half(a + b)
    return np.float32(a + b)


@step
def use(cell, op, i, value, tables, state):
    """Do what an operation does with element `i`; return the element it sends on."""
    does = tables.op[op, L.DOES]
    if does & MULTIPLY:
        return multiply(cell, op, i, value, tables, state)
    word = word_of(cell, op, i, tables, state)
    if not does & RECEIVE:
        value = load(cell, word, tables, state)
    elif does & ADD:
        value = plus(value, load(cell, word, tables, state), tables, state)
    if does & STORE:
        keep(cell, word, value, tables, state)
    return value


@step
def count_elements(cell, op, does, t, n, until, tables, state, rec):
    """Record that a CE issues `n` elements, one a cycle from `t` on, and works on them until `until`."""
    kind = 2 if does & (ADD | MULTIPLY) else (1 if does & RECEIVE else 3)
    number = op - tables.first[state.pe[cell, L.KIND], 0]
    tape.note(state, tape.ELEMENT, cell, kind, number, t, until)
    if n > 1:
        tape.tear(state)
    log.elements(rec, cell, kind, number, t, n, until)


@step
def end_op(cell, k, end, tables, state, rec):
    """Go on to the next operation of a thread at `end` of one, and let those go that waited for it."""
    tape.tear(state)
    kind = state.pe[cell, L.KIND]
    thread = (L.THREADS + L.THREAD_COLUMNS * k) & L.INDEX
    ready = end + tables.gap
    state.pe[cell, L.LIVE] |= L.CE_BIT
    if rec.mode:
        rec.cells[cell, log.ENDED] = end
    op = state.pe[cell, thread + L.OP] + 1
    state.pe[cell, thread + L.OP] = op
    state.pe[cell, thread + L.ELEMENT] = 0
    if op == tables.end[kind, k]:
        state.count[L.UNFINISHED] -= 1
        state.count[L.END] = max(state.count[L.END], end)
    else:
        state.pe[cell, thread + L.READY] = ready
        L.aim(cell, thread, tables, state)
        alarm(state, cell, ready)
    done = op - tables.first[kind, k]
    if k == 0 and rec.mode and rec.milestone[cell, 1] == done:
        rec.cells[cell, log.PASSED] = end
    for other in range(tables.n_threads):
        thread = (L.THREADS + L.THREAD_COLUMNS * other) & L.INDEX
        waits = state.pe[cell, thread + L.OP]
        if other != k and waits < tables.end[kind, other]:
            if tables.op[waits, L.AFTER] == done and tables.op[waits, L.OF] == k:
                state.pe[cell, thread + L.READY] = max(state.pe[cell, thread + L.READY], ready)
                alarm(state, cell, ready)
