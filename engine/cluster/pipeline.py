"""The tasks of one training step on a pipeline of stages, in the order in which each stage works.

One replica stands for all: the one that the others wait for. Its stages run the one-forward-one-backward schedule, or
the interleaved one of Narayanan et al. 2021 (arXiv:2104.04473) where a stage holds several chunks of layers. Layers of
a stage are grouped into one task where nothing happens between them.
"""

import numpy as np

from engine._jit import kernel, step
from engine.cluster.schedule import (
    BACKWARD,
    COMPUTE_LANE,
    CONTEXT,
    CONTEXT_LANE,
    DP,
    DP_LANE,
    EXPERT,
    EXPERT_LANE,
    FORWARD,
    HOST,
    HOST_LANE,
    N_LANES,
    OPTIMISER,
    PP,
    PP_LANE,
    RECOMPUTE,
    TP,
    TP_LANE,
    columns,
    filled,
    put,
)

# Columns of the array of durations per (stage, chunk). After each pass its ranks exchange something, up to three times.
N_TIMES = 14
T_FORWARD, T_FORWARD_TP, T_FORWARD_EP, T_FORWARD_CP = range(4)
T_RECOMPUTE, T_RECOMPUTE_TP, T_RECOMPUTE_EP, T_RECOMPUTE_CP = range(4, 8)
T_BACKWARD, T_BACKWARD_TP, T_BACKWARD_EP, T_BACKWARD_CP = range(8, 12)
T_SEND, T_REDUCE = range(12, 14)
EXCHANGED = ((TP_LANE, TP), (EXPERT_LANE, EXPERT), (CONTEXT_LANE, CONTEXT))
MOST = 1 + len(EXCHANGED)  # tasks of a pass


def pipeline_tasks(
    times,
    n_stages,
    chunks,
    n_microbatches,
    buckets,
    reduce_every,
    blocking,
    gather_s,
    optimiser_s,
    late_gather_s,
    host_s,
):
    """Return the tasks of a step with whole weights on every stage (ZeRO 0, 1 and 2).

    Parameters
    ----------
    times : (n_stages * chunks, N_TIMES) float64 array
        Durations of a micro-batch on each chunk [s]; `T_REDUCE` is the reduction of the chunk's gradients.
    n_stages, chunks, n_microbatches : int
        Pipeline depth, chunks of layers per stage, micro-batches of a step.
    buckets : int
        Into how many reductions a chunk's gradients are cut; 0 reduces all of them after the last backward.
    reduce_every : bool
        Whether every micro-batch is reduced (ZeRO 2), or every run of them that a chunk takes, not only the last.
    blocking : bool
        Whether a stage waits until what it sends has left.
    gather_s, late_gather_s : float
        Gathering updated weights at the beginning of the step, beside the forward pass, or after the optimiser [s].
    optimiser_s, host_s : float
        Update of a stage's weights; work of the host before the first forward [s].

    Returns
    -------
    Tasks
        In the order of each lane.
    """
    parts = max(buckets, 1)
    # A pass forward with its message; one backward with its message and, for each part, two passes and a reduction.
    capacity = n_stages * (n_microbatches * chunks * (MOST + 2 + (2 * MOST + 1) * parts) + parts + chunks + 3)
    room = columns(capacity)
    n = _pipeline(
        times,
        n_stages,
        chunks,
        n_microbatches,
        buckets,
        reduce_every,
        blocking,
        gather_s,
        optimiser_s,
        late_gather_s,
        host_s,
        room,
    )
    return filled(room, n, n_stages)


@kernel
def _pipeline(
    times,
    n_stages,
    chunks,
    n_microbatches,
    buckets,
    reduce_every,
    blocking,
    gather_s,
    optimiser_s,
    late_gather_s,
    host_s,
    room,
):
    """Write all tasks into `room`. Return their number."""
    total = n_microbatches * chunks
    forward_in = np.full((n_stages, chunks, n_microbatches), -1, np.int32)  # the task that needs an activation
    backward_in = np.full((n_stages, chunks, n_microbatches), -1, np.int32)
    forward_out = np.full((n_stages, chunks, n_microbatches), -1, np.int32)  # the task that delivers it
    backward_out = np.full((n_stages, chunks, n_microbatches), -1, np.int32)
    n = 0
    for s in range(n_stages):
        lane = s * N_LANES
        host = -1
        if host_s > 0.0:
            host = put(room, n, lane + HOST_LANE, HOST, -1, -1, host_s, -1, -1, -1)
            n += 1
        gather = -1
        if gather_s > 0.0:
            parts = max(buckets, 1)
            for part in range(parts):
                t = put(room, n, lane + DP_LANE, DP, -1, part, gather_s / parts, -1, -1, -1)
                gather = t if part == 0 else gather
                n += 1
        if chunks == 1:
            warm = min(n_stages - s - 1, total)
        else:
            warm = min((n_stages - s - 1) * 2 + (chunks - 1) * n_stages, total)
        waits_tp = -1
        waits_pp = -1
        last_dp = -1
        n_forward = 0
        n_backward = 0
        while n_backward < total:
            is_forward = n_forward < total and (n_forward < warm or n_forward - warm == n_backward)
            c, mb = _place(n_forward if is_forward else n_backward, n_stages, chunks)
            if is_forward:
                edge = s == n_stages - 1 and c == chunks - 1
                row = times[s * chunks + c]
                wait = host if n_forward == 0 else waits_tp
                ready = max(waits_pp, gather) if n_forward == 0 else waits_pp
                forward_in[s, c, mb] = n
                out = put(room, n, lane + COMPUTE_LANE, FORWARD, mb, c, row[T_FORWARD], -1, wait, ready)
                n, last = _exchange(room, n + 1, lane, mb, c, row, T_FORWARD_TP, 1, out)
                if last != out:
                    out = last
                    waits_tp = out
                n_forward += 1
            else:
                c = chunks - 1 - c
                edge = s == 0 and c == 0
                row = times[s * chunks + c]
                # Several chunks take micro-batches in runs of as many as there are stages.
                run_ends = chunks == 1 or mb % n_stages == n_stages - 1
                reduces = (mb == n_microbatches - 1 or (reduce_every and run_ends)) and row[T_REDUCE] > 0.0
                parts = buckets if reduces else 0
                n, first, out, waits_tp, last_dp = _backward(
                    room, n, lane, c, mb, row, parts, waits_tp, waits_pp, last_dp
                )
                backward_in[s, c, mb] = first
                n_backward += 1
            if not edge and row[T_SEND] > 0.0:
                out = put(room, n, lane + PP_LANE, PP, mb, c, row[T_SEND], out, -1, -1)
                if blocking:
                    waits_pp = out
                n += 1
            if is_forward:
                forward_out[s, c, mb] = out
            else:
                backward_out[s, c, mb] = out
        tail = waits_tp
        if buckets == 0:
            for c in range(chunks):
                seconds = times[s * chunks + c, T_REDUCE]
                if seconds > 0.0:
                    last_dp = put(
                        room, n, lane + DP_LANE, DP, -1, c, seconds, backward_out[s, 0, n_microbatches - 1], tail, -1
                    )
                    n += 1
        update = put(room, n, lane + COMPUTE_LANE, OPTIMISER, -1, -1, optimiser_s, last_dp, tail, -1)
        n += 1
        if late_gather_s > 0.0:
            put(room, n, lane + DP_LANE, DP, -1, -1, late_gather_s, update, -1, -1)
            n += 1
    _connect(room[5], forward_in, forward_out, backward_in, backward_out)
    return n


@step
def _place(k, n_stages, chunks):
    """Return chunk and micro-batch of the forward pass that a stage does as number `k`."""
    if chunks == 1:
        return 0, k
    round_ = n_stages * chunks
    return (k % round_) // n_stages, (k // round_) * n_stages + k % n_stages


@step
def _exchange(room, n, lane, mb, c, row, first, parts, out):
    """Write what the ranks of a stage exchange after task `out`, whose times are those of `row` from `first` on.

    Returns
    -------
    tuple of int
        How many tasks there are now, and the last one of these, `out` where nothing is exchanged.
    """
    for i, (own, kind) in enumerate(EXCHANGED):
        seconds = row[first + i] / parts
        if seconds > 0.0:
            out = put(room, n, lane + own, kind, mb, c, seconds, out, -1, -1)
            n += 1
    return n, out


@step
def _backward(room, n, lane, c, mb, row, buckets, waits_tp, waits_pp, last_dp):
    """Write a backward pass, in as many parts as it has reductions, with its recomputation and communication.

    Returns
    -------
    tuple of int
        How many tasks there are now; the first and the last one that computes or communicates within the stage; what
        the next pass waits for; the last reduction.
    """
    parts = max(buckets, 1)
    first = -1
    out = -1
    for part in range(parts):
        if row[T_RECOMPUTE] > 0.0:
            t = put(room, n, lane + COMPUTE_LANE, RECOMPUTE, mb, c, row[T_RECOMPUTE] / parts, -1, waits_tp, waits_pp)
            n, last = _exchange(room, n + 1, lane, mb, c, row, T_RECOMPUTE_TP, parts, t)
            if last != t:
                waits_tp = last
        out = put(room, n, lane + COMPUTE_LANE, BACKWARD, mb, c, row[T_BACKWARD] / parts, -1, waits_tp, waits_pp)
        if part == 0:
            first = out
        n, last = _exchange(room, n + 1, lane, mb, c, row, T_BACKWARD_TP, parts, out)
        if last != out:
            out = last
            waits_tp = out
        if buckets > 0:
            last_dp = put(room, n, lane + DP_LANE, DP, mb, c, row[T_REDUCE] / parts, out, -1, -1)
            n += 1
    return n, first, out, waits_tp, last_dp


@step
def _connect(deps, forward_in, forward_out, backward_in, backward_out):
    """Have every pass wait for what the stage before it, or after it on the way back, delivers."""
    n_stages, chunks, n_microbatches = forward_in.shape
    for s in range(n_stages):
        for c in range(chunks):
            for mb in range(n_microbatches):
                if s > 0:
                    deps[forward_in[s, c, mb], 0] = forward_out[s - 1, c, mb]
                elif c > 0:
                    deps[forward_in[s, c, mb], 0] = forward_out[n_stages - 1, c - 1, mb]
                if s < n_stages - 1:
                    deps[backward_in[s, c, mb], 0] = backward_out[s + 1, c, mb]
                elif c < chunks - 1:
                    deps[backward_in[s, c, mb], 0] = backward_out[0, c + 1, mb]
                elif forward_out[s, c, mb] != forward_in[s, c, mb]:
                    deps[backward_in[s, c, mb], 0] = forward_out[s, c, mb]


def sharded_tasks(times, n_groups, n_microbatches, ahead, optimiser_s, host_s):
    """Return the tasks of a step with sharded weights (ZeRO 3): every group of layers is gathered before it is used.

    Parameters
    ----------
    times : (N_TIMES,) float64 array
        Durations of one group and micro-batch, in the columns of `pipeline_tasks`; `T_SEND` is gathering its weights,
        `T_REDUCE` scattering the sum of its gradients [s].
    n_groups, n_microbatches : int
        Groups of layers gathered together, micro-batches of a step.
    ahead : int
        How many groups may be gathered before the one that computes; 0 gathers only when the layer is reached.
    optimiser_s, host_s : float
        Update of the rank's shard; work of the host before the first forward [s].
    """
    capacity = n_microbatches * n_groups * (3 * MOST + 3) + 2  # two gathers and a reduction; host and optimiser
    room = columns(capacity)
    n = _sharded(times, n_groups, n_microbatches, ahead, optimiser_s, host_s, room)
    return filled(room, n, 1)


@kernel
def _sharded(times, n_groups, n_microbatches, ahead, optimiser_s, host_s, room):
    """Write all tasks into `room`. Return their number."""
    n = 0
    host = -1
    if host_s > 0.0:
        host = put(room, n, HOST_LANE, HOST, -1, -1, host_s, -1, -1, -1)
        n += 1
    done = np.full(2 * n_groups * n_microbatches, -1, np.int32)  # last task of a use of a group, in order of use
    n_uses = done.size
    gathered = np.full(n_uses, -1, np.int32)
    next_gather = 0
    waits_tp = host
    scatter = -1
    for use in range(n_uses):
        while next_gather < n_uses and next_gather <= use + ahead:
            before = next_gather - ahead - 1
            gathered[next_gather] = put(
                room,
                n,
                DP_LANE,
                DP,
                next_gather // (2 * n_groups),
                _group(next_gather, n_groups),
                times[T_SEND],
                done[before] if before >= 0 else -1,
                -1,
                -1,
            )
            n += 1
            next_gather += 1
        mb = use // (2 * n_groups)
        g = _group(use, n_groups)
        is_forward = use % (2 * n_groups) < n_groups
        if not is_forward and times[T_RECOMPUTE] > 0.0:
            out = put(room, n, COMPUTE_LANE, RECOMPUTE, mb, g, times[T_RECOMPUTE], gathered[use], waits_tp, -1)
            n, last = _exchange(room, n + 1, 0, mb, g, times, T_RECOMPUTE_TP, 1, out)
            if last != out:
                waits_tp = last
        kind, first = (FORWARD, T_FORWARD) if is_forward else (BACKWARD, T_BACKWARD)
        out = put(room, n, COMPUTE_LANE, kind, mb, g, times[first], gathered[use], waits_tp, -1)
        n, last = _exchange(room, n + 1, 0, mb, g, times, first + 1, 1, out)
        if last != out:
            out = last
            waits_tp = out
        done[use] = out
        if not is_forward and times[T_REDUCE] > 0.0:
            scatter = put(room, n, DP_LANE, DP, mb, g, times[T_REDUCE], out, -1, -1)
            n += 1
    put(room, n, COMPUTE_LANE, OPTIMISER, -1, -1, optimiser_s, scatter, waits_tp, -1)
    return n + 1


@kernel
def _group(use, n_groups):
    """Return the group of the given use: forward from the first to the last, backward from the last to the first."""
    k = use % (2 * n_groups)
    return k if k < n_groups else 2 * n_groups - 1 - k
