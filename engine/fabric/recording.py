"""stub"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NEVER = np.int32(2**31 - 1)
MODES = {"none": 0, "field": 1, "wavelets": 2}
N_VALUES = 65_536  # wavelets up to which their values are recorded


class Recorder(NamedTuple):
    """What the kernel writes down; overwritten by it.

    Three lists of rows grow together: moves (runs of wavelets), work (runs of elements), stalls.
    """

    mode: int
    reserve: int  # rows that a cycle can add to a list
    watched: NDArray[np.bool_]  # (n_pe,) PEs whose work and stalls are listed
    links: NDArray[np.int32]  # (n_cycles,) wavelets over links in each cycle
    elements: NDArray[np.int32]  # (n_cycles,) elements issued in each cycle
    stalled: NDArray[np.int32]  # (n_cycles,) change of the number of stalled heads
    reached: NDArray[np.int32]  # (n_pe,) first wavelet at the router
    started: NDArray[np.int32]  # (n_pe,) first element of the CE
    done: NDArray[np.int32]  # (n_pe,) end of the last operation
    open_move: NDArray[np.int32]  # (n_pe * n_colors * 6,) last run that left a port
    move_place: NDArray[np.int32]  # (room,) (cell * n_colors + color) * 6 + port
    move_t0: NDArray[np.int32]  # (room,)
    move_n: NDArray[np.int32]  # (room,)
    log_move: NDArray[np.int32]  # (N_VALUES,) run of each wavelet
    log_value: NDArray[np.float32]  # (N_VALUES,)
    open_work: NDArray[np.int32]  # (n_pe,) last run of each CE
    work_cell: NDArray[np.int32]  # (room,)
    work_kind: NDArray[np.uint8]  # (room,)
    work_op: NDArray[np.int32]  # (room,)
    work_t0: NDArray[np.int32]  # (room,)
    work_t1: NDArray[np.int32]  # (room,)
    stall_cell: NDArray[np.int32]  # (room,)
    stall_t0: NDArray[np.int32]  # (room,)
    stall_t1: NDArray[np.int32]  # (room,)
    used: NDArray[np.int64]  # (4,) rows of moves, of work, of stalls; wavelets seen

    def grown(self, n_cycles: int) -> "Recorder":
        """Return the recorder with twice the room where it is short of it."""
        changed = {}
        if n_cycles > self.links.size:
            for name in ("links", "elements", "stalled"):
                changed[name] = np.append(getattr(self, name), np.zeros(max(self.links.size, n_cycles), np.int32))
        room = self.move_t0.size
        if self.used[:3].max() + self.reserve > room:
            for name in self._fields:
                if name.startswith(("move_", "work_", "stall_")):
                    old = getattr(self, name)
                    changed[name] = np.concatenate([old, np.empty(room + self.reserve, old.dtype)])
        return self._replace(**changed)


def recorder(record: str, width: int, height: int, n_colors: int) -> Recorder:
    """Return an empty recorder.

    Parameters
    ----------
    record : str
        A key of `MODES`.
    width, height : int
        The rectangle [PE].
    n_colors : int
        Colors of the program.

    Returns
    -------
    Recorder
        With room for some thousand cycles.
    """
    mode = MODES[record]
    n_pe = width * height
    watched = np.zeros(n_pe, np.bool_)
    if mode == MODES["wavelets"]:
        watched[:] = True
    elif mode == MODES["field"]:
        watched.reshape(height, width)[height // 2] = True
    reserve = int(watched.sum()) * (5 * n_colors + 6)
    room = 2 * reserve + 1
    n_open = n_pe * n_colors * 6 if mode == MODES["wavelets"] else 1
    return Recorder(
        mode=mode,
        reserve=reserve,
        watched=watched,
        links=np.zeros(4096, np.int32),
        elements=np.zeros(4096, np.int32),
        stalled=np.zeros(4096, np.int32),
        reached=np.full(n_pe if mode else 1, NEVER),
        started=np.full(n_pe if mode else 1, NEVER),
        done=np.full(n_pe if mode else 1, NEVER),
        open_move=np.full(n_open, -1, np.int32),
        move_place=np.empty(room, np.int32),
        move_t0=np.empty(room, np.int32),
        move_n=np.empty(room, np.int32),
        log_move=np.empty(N_VALUES, np.int32),
        log_value=np.empty(N_VALUES, np.float32),
        open_work=np.full(n_pe, -1, np.int32),
        work_cell=np.empty(room, np.int32),
        work_kind=np.empty(room, np.uint8),
        work_op=np.empty(room, np.int32),
        work_t0=np.empty(room, np.int32),
        work_t1=np.empty(room, np.int32),
        stall_cell=np.empty(room, np.int32),
        stall_t0=np.empty(room, np.int32),
        stall_t1=np.empty(room, np.int32),
        used=np.zeros(4, np.int64),
    )
