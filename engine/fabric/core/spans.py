"""Spans of time in which a PE neither works nor can move what it has."""

from engine._jit import kernel


@kernel
def _uncovered(stall_cell, stall_t0, stall_t1, work_cell, work_op, work_t0, work_t1, out):
    """Join the stalls of each cell and cut out its work; both sorted by cell and start."""
    n = 0
    w = 0
    i = 0
    while i < stall_cell.size:
        cell = stall_cell[i]
        t0 = stall_t0[i]
        t1 = stall_t1[i]
        i += 1
        while i < stall_cell.size and stall_cell[i] == cell and stall_t0[i] <= t1:
            t1 = max(t1, stall_t1[i])
            i += 1
        while w < work_cell.size and (work_cell[w] < cell or (work_cell[w] == cell and work_t1[w] <= t0)):
            w += 1
        v = w
        while t0 < t1:
            inside = v < work_cell.size and work_cell[v] == cell
            stop = min(t1, work_t0[v]) if inside else t1
            if stop > t0:
                out[0, n] = cell
                before = v > 0 and work_cell[v - 1] == cell
                out[1, n] = work_op[v] if inside else (work_op[v - 1] if before else 0)
                out[2, n] = t0
                out[3, n] = stop
                n += 1
            t0 = max(t0, work_t1[v]) if inside else t1
            v += 1
    return n
