"""What the kernel writes down while it runs: lists of rows, and a few columns. trace/tables.py makes a trace of it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine._jit import step
from engine.fabric.core import layout as L
from engine.fabric.core import tape
from engine.fabric.core.layout import INDEX

NEVER = np.int32(2**31 - 1)
MODES = {"none": 0, "field": 1, "wavelets": 2}
FIELD, WAVELETS = MODES["field"], MODES["wavelets"]
AHEAD = 64  # cycles ahead of which nothing is written
SHOWN_WORDS = 8  # of the memory of a PE, at most
N_VALUES = 65_536  # wavelets up to which their values are recorded
PAUSE = 16  # cycles: what a CE or a router does after no longer pause belongs to one spell
MOST_SPELLS, MOST_PASSES = 5, 3  # of a PE, one cache line
SPELLS = 2 * MOST_PASSES  # where they begin in a row of `spells`, after the passes
MOVES, COMPUTES = 1, 2  # what a CE does in a spell, as bits
N_PASSES, RUNNING = 8, 16  # bits of COUNTS from which on passes, and trains that pass, are counted; spells from 0 on

# Columns of the lists: runs of wavelets, runs of elements, stalls.
MOVE_PLACE, MOVE_T0, MOVE_N = range(3)
WORK_CELL, WORK_KIND, WORK_OP, WORK_T0, WORK_T1 = range(5)
STALL_CELL, STALL_T0, STALL_T1 = range(3)
# Columns of `cycles` and `cells`, entries of `used`.
HOPS, ELEMENTS, STALLS = range(3)
ENDED, PASSED, COUNTS, JOINED = range(4)
N_MOVES, N_WORK, N_STALLS, N_SEEN = range(4)


class Recorder(NamedTuple):
    """What the kernel writes down; overwritten by it.

    Three lists of rows grow together: moves (runs of wavelets), work (runs of elements), stalls.
    """

    mode: int
    reserve: int  # rows that a cycle can add to a list
    watched: NDArray[np.bool_]  # (n_pe,) PEs whose work and stalls are listed
    row: NDArray[np.int32]  # (n_pe,) number of a PE among those whose wavelets are listed, -1 for others
    cycles: NDArray[np.int32]  # (n_cycles, 3) changes of the wavelets over links, elements issued, heads stalled
    pause: int  # cycles up to which what is done before and after belongs to one spell
    cells: NDArray[np.int32]  # (n_pe, 4) end of the last operation, end of its part of the milestone, how many spells
    # and passes, longest pause left out for want of room
    spells: NDArray[np.int32]  # (n_pe, 16) passes of wavelets from link to link, then spells of work of the CE, each
    # as first cycle << 4 | what it did last << 2 | what it did, and the cycle after its last
    milestone: NDArray[np.int32]  # (n_pe, 2) the program's
    open_move: NDArray[np.int32]  # (n_listed * n_colors * 6,) last run that left a port
    moves: NDArray[np.int32]  # (room, 3) (row * n_colors + color) * 6 + port, first cycle, wavelets
    log_move: NDArray[np.int32]  # (N_VALUES,) run of each wavelet
    log_value: NDArray[np.float32]  # (N_VALUES,)
    open_work: NDArray[np.int32]  # (n_pe,) last run of each CE
    work: NDArray[np.int32]  # (room, 5) cell, kind, op, t0, t1
    stalls: NDArray[np.int32]  # (room, 3) cell, t0, t1
    used: NDArray[np.int64]  # (4,) rows of moves, of work, of stalls; wavelets seen

    def grown(self, t: int, n: int) -> "Recorder":
        """Return the recorder with room for `n` cycles from cycle `t` on, at least twice as much where it is short."""
        changed = {}
        if t + n + AHEAD > len(self.cycles):
            changed["cycles"] = np.concatenate([self.cycles, np.zeros((t + n + AHEAD, 3), np.int32)])
        for name, used in zip(("moves", "work", "stalls"), self.used, strict=False):
            rows = getattr(self, name)
            if used + n * self.reserve > len(rows):
                changed[name] = np.empty((2 * len(rows) + n * self.reserve, rows.shape[1]), np.int32)
                changed[name][:used] = rows[:used]
        return self._replace(**changed)

    def counted(self, n_cycles: int | None = None) -> NDArray[np.int64]:
        """Return wavelets over links, elements issued, heads stalled in each of the first cycles, (n_cycles, 3)."""
        return np.cumsum(self.cycles[:n_cycles], axis=0, dtype=np.int64)

    @property
    def listed_moves(self) -> NDArray[np.int32]:
        """The runs of wavelets so far."""
        return self.moves[: self.used[N_MOVES]]

    @property
    def listed_work(self) -> NDArray[np.int32]:
        """The runs of elements so far."""
        return self.work[: self.used[N_WORK]]

    @property
    def listed_stalls(self) -> NDArray[np.int32]:
        """The stalls so far."""
        return self.stalls[: self.used[N_STALLS]]


@step
def has_room(rec, t, n):
    """Return whether everything that `n` cycles can add fits."""
    rows = n * rec.reserve
    return (
        t + n + AHEAD <= rec.cycles.shape[0]
        and rec.used[N_MOVES] + rows <= rec.moves.shape[0]
        and rec.used[N_WORK] + rows <= rec.work.shape[0]
        and rec.used[N_STALLS] + rows <= rec.stalls.shape[0]
    )


@step
def stall(state, rec, cell, since, t):
    """Count the cycles for which the head of a queue, or a CE, could not move."""
    state.count[L.STALLED] += t - since
    tape.note(state, tape.STALL, cell, since, t, 0, 0)
    rec.cycles[since, STALLS] += 1
    rec.cycles[t, STALLS] -= 1
    if rec.watched[cell]:
        i = rec.used[N_STALLS]
        rec.stalls[i, STALL_CELL] = cell
        rec.stalls[i, STALL_T0] = since
        rec.stalls[i, STALL_T1] = t
        rec.used[N_STALLS] = i + 1


@step
def hops(rec, n, t0, t1):
    """Count `n` wavelets over links in each cycle from `t0` until before `t1`."""
    rec.cycles[t0, HOPS] += n
    rec.cycles[t1, HOPS] -= n


@step
def move(rec, cell, here, port, t, value, tables):
    """Record that a wavelet of a color, given as a bit, leaves a port."""
    i = _record_run(rec, cell, here, port, t, 1, tables)
    if i >= 0:
        _record_value(rec, i, value)


@step
def moves(rec, cell, here, port, t, n, values, first, tables):
    """Record that `n` wavelets leave a port, one a cycle from `t` on, with `values` from `first` on."""
    i = _record_run(rec, cell, here, port, t, n, tables)
    if i >= 0:
        for j in range(n):
            _record_value(rec, i, values[first + j])


@step
def _record_run(rec, cell, here, port, t, n, tables):
    """Prolong the run of wavelets that leave a port one a cycle, or start one; return its row, -1 for none."""
    if rec.mode != WAVELETS or rec.row[cell] < 0:
        return np.int32(-1)
    place = (rec.row[cell] * tables.n_colors + tables.color[here % 37]) * 6 + port
    i = rec.open_move[place]
    if i >= 0 and rec.moves[i, MOVE_T0] + rec.moves[i, MOVE_N] == t:
        rec.moves[i, MOVE_N] += n
        return i
    i = np.int32(rec.used[N_MOVES])
    rec.moves[i, MOVE_PLACE] = place
    rec.moves[i, MOVE_T0] = t
    rec.moves[i, MOVE_N] = n
    rec.open_move[place] = i
    rec.used[N_MOVES] = i + 1
    return i


@step
def _record_value(rec, i, value):
    n = rec.used[N_SEEN]
    if n < rec.log_value.size:
        rec.log_move[n] = i
        rec.log_value[n] = value
    rec.used[N_SEEN] = n + 1


@step
def elements(rec, cell, kind, op, t, n, until):
    """Count `n` elements that a CE issues, one a cycle from `t` on, and works on until `until`."""
    rec.cycles[t, ELEMENTS] += 1
    rec.cycles[t + n, ELEMENTS] -= 1
    if rec.mode:
        _record_spell(rec, cell, COMPUTES if kind == 2 else MOVES, t, until)
        if rec.watched[cell]:
            _record_work(rec, cell, kind, op, t, until)


@step
def _record_work(rec, cell, kind, op, t0, t1):
    i = rec.open_work[cell]
    if i >= 0 and rec.work[i, WORK_T1] == t0 and rec.work[i, WORK_OP] == op:
        rec.work[i, WORK_T1] = t1
        return
    i = np.int32(rec.used[N_WORK])
    rec.work[i, WORK_CELL] = cell
    rec.work[i, WORK_KIND] = kind
    rec.work[i, WORK_OP] = op
    rec.work[i, WORK_T0] = t0
    rec.work[i, WORK_T1] = t1
    rec.open_work[cell] = i
    rec.used[N_WORK] = i + 1


@step
def _record_spell(rec, cell, does, t0, t1):
    """Prolong the last spell of a CE, or start one."""
    n = rec.cells[cell, COUNTS] & 255
    if n:
        last = (SPELLS + 2 * n - 2) & INDEX
        if (rec.spells[cell, last] >> 2 & 3) == does and t0 - rec.spells[cell, last + 1] <= rec.pause:
            rec.spells[cell, last + 1] = t1
            return
        if n == (rec.spells.shape[1] - SPELLS) >> 1:
            if _join(rec, cell, SPELLS, last, t0):
                rec.spells[cell, last] = (rec.spells[cell, last] & ~12) | does << 2 | does
                rec.spells[cell, last + 1] = t1
                return
            n -= 1
    at = (SPELLS + 2 * n) & INDEX
    rec.spells[cell, at] = t0 << 4 | does << 2 | does
    rec.spells[cell, at + 1] = t1
    rec.cells[cell, COUNTS] += n + 1 - (rec.cells[cell, COUNTS] & 255)


@step
def passed(rec, cell, t0, t1):
    """Record that wavelets pass a router from link to link: prolong the last pass, or start one.

    Trains of several colors may pass at once, each of which is recorded when it begins and when it has ended.
    """
    n = rec.cells[cell, COUNTS] >> N_PASSES & 255
    if n:
        last = (2 * n - 2) & INDEX
        if rec.cells[cell, COUNTS] >> RUNNING or t0 - rec.spells[cell, last + 1] <= rec.pause:
            rec.spells[cell, last + 1] = max(t1, rec.spells[cell, last + 1])
            return
        if n == MOST_PASSES:
            if _join(rec, cell, 0, last, t0):
                rec.spells[cell, last + 1] = t1
                return
            n -= 1
    at = (2 * n) & INDEX
    rec.spells[cell, at] = t0 << 4
    rec.spells[cell, at + 1] = t1
    rec.cells[cell, COUNTS] += (n + 1 - (rec.cells[cell, COUNTS] >> N_PASSES & 255)) << N_PASSES


@step
def train_passes(rec, cell, t):
    """Record that a train begins to pass a router from link to link."""
    passed(rec, cell, t, t + 1)
    rec.cells[cell, COUNTS] += 1 << RUNNING


@step
def train_passed(rec, cell, t0, t1):
    """Record that a train has passed."""
    rec.cells[cell, COUNTS] -= 1 << RUNNING
    passed(rec, cell, t0, t1)


@step
def _join(rec, cell, first, last, t):
    """Make room for one more in a full list, which begins at cycle `t`: leave out the first of the shortest pauses.

    Returns
    -------
    bool
        Whether it is the one before `t`, so that the last of the list goes on.
    """
    found = last
    shortest = t - rec.spells[cell, last + 1]
    for at in range(last - 2, first - 2, -2):
        pause = (rec.spells[cell, at + 2] >> 4) - rec.spells[cell, at + 1]
        if pause <= shortest:
            shortest = pause
            found = at
    rec.cells[cell, JOINED] = max(rec.cells[cell, JOINED], shortest)
    if found == last:
        return True
    rec.spells[cell, found] |= rec.spells[cell, found + 2] & 3
    rec.spells[cell, found + 1] = rec.spells[cell, found + 3]
    for at in range(found + 2, last, 2):
        rec.spells[cell, at] = rec.spells[cell, at + 2]
        rec.spells[cell, at + 1] = rec.spells[cell, at + 3]
    return False
