"""Training clusters, written for reading: an event queue, dicts and sets, and formulas that need no schedule."""

import heapq


def schedule(tasks):
    """Run tasks and return {name: (start, end)} of those that can run.

    `tasks` maps a name to (lane, duration, names it depends on). A lane works through its tasks in the order in
    which the dict lists them.
    """
    waiting = {}
    for name, (lane, _, _) in tasks.items():
        waiting.setdefault(lane, []).append(name)
    running, times, done, busy = [], {}, set(), set()
    now = 0.0
    while True:
        for lane, queue in waiting.items():
            while queue and lane not in busy and set(tasks[queue[0]][2]) <= done:
                name = queue.pop(0)
                end = now + tasks[name][1]
                times[name] = (now, end)
                if end == now:
                    done.add(name)
                else:
                    busy.add(lane)
                    heapq.heappush(running, (end, str(name), name))
        instant = [name for name in times if name in done]
        if (
            any(queue and lane not in busy and set(tasks[queue[0]][2]) <= done for lane, queue in waiting.items())
            and instant
        ):
            continue
        if not running:
            return times
        now = running[0][0]
        while running and running[0][0] == now:
            _, _, name = heapq.heappop(running)
            done.add(name)
            busy.discard(tasks[name][0])


def one_forward_one_backward(n_stages, n_microbatches, forward, backward):
    """Return the length of a 1F1B step with equal stages and free communication."""
    tasks = {}
    for stage in range(n_stages):
        warm = min(n_stages - 1 - stage, n_microbatches)
        order = [("F", i) for i in range(warm)]
        for i in range(n_microbatches):
            if warm + i < n_microbatches:
                order.append(("F", warm + i))
            order.append(("B", i))
        for kind, i in order:
            if kind == "F":
                before = [("F", stage - 1, i)] if stage else []
            else:
                before = [("B", stage + 1, i)] if stage < n_stages - 1 else [("F", stage, i)]
            tasks[kind, stage, i] = (stage, forward if kind == "F" else backward, before)
    return max(end for _, end in schedule(tasks).values())


def ring_all_reduce(buffers):
    """Add up buffers (lists of equal length) on a ring, chunk by chunk; return sums and what each link carried."""
    n = len(buffers)
    size = len(buffers[0]) // n
    chunks = [[list(buffer[i * size : (i + 1) * size]) for i in range(n)] for buffer in buffers]
    carried = [0] * n
    for step in range(2 * (n - 1)):
        moving = []
        for rank in range(n):
            index = (rank - step) % n if step < n - 1 else (rank + 1 - (step - n + 1)) % n
            moving.append((rank, index, list(chunks[rank][index])))
            carried[rank] += size
        for rank, index, chunk in moving:
            target = chunks[(rank + 1) % n]
            target[index] = [a + b for a, b in zip(target[index], chunk, strict=True)] if step < n - 1 else chunk
    return [[value for chunk in rank for value in chunk] for rank in chunks], carried


def gpt_parameters(layers, hidden, vocab, positions):
    """Count the parameters of a GPT, matrix by matrix."""
    layer = {
        "qkv": hidden * 3 * hidden + 3 * hidden,
        "output": hidden * hidden + hidden,
        "up": hidden * 4 * hidden + 4 * hidden,
        "down": 4 * hidden * hidden + hidden,
        "norms": 2 * 2 * hidden,
    }
    return layers * sum(layer.values()) + vocab * hidden + positions * hidden + 2 * hidden


def all_to_all_s(n_ranks, ranks_per_node, message_bytes, link, nic, link_hop_s, nic_hop_s):
    """Return when the last message of an all-to-all arrives, each sent for itself [s].

    A rank sends first to the next one, then to the one after that; messages to its own node wait for its link and for
    that of the rank that they go to, others for the two network ports. A message occupies both while it is sent, and
    arrives a hop later.
    """
    part = message_bytes / n_ranks
    out, into = {}, {}
    last = 0.0
    for away in range(1, n_ranks):
        for rank in range(n_ranks):
            # Ranks of a node that are `away` apart round the node first, then those of other nodes.
            node, place = divmod(rank, ranks_per_node)
            if away < ranks_per_node:
                to, port, rate, hop = node * ranks_per_node + (place + away) % ranks_per_node, "link", link, link_hop_s
            else:
                port, rate, hop = "nic", nic, nic_hop_s
                shift, turn = divmod(away - ranks_per_node, ranks_per_node)
                other = (node + 1 + shift) % (n_ranks // ranks_per_node)
                to = other * ranks_per_node + (place + turn) % ranks_per_node
            begin = max(out.get((rank, port), 0.0), into.get((to, port), 0.0))
            out[rank, port] = into[to, port] = begin + part / rate
            last = max(last, begin + part / rate + hop)
    return last
