"""The pipes of engine/memory/simulate.py, written for reading: one event at a time, queues as lists."""

import heapq


def simulate(out_s, back_s, service_s, through_s, shared, compute_s, issue_s, outstanding):
    """Times of leaving, service, return, start and end of compute: lists of lists by unit and request."""
    n_units, n_requests = len(out_s), len(out_s[0])
    table = {
        name: [[None] * n_requests for _ in range(n_units)] for name in ("leave", "served", "back", "start", "done")
    }
    queues = {(pipe, unit): [] for pipe in range(len(service_s)) for unit in range(n_units)}
    busy = set()
    latest_arrival = [0.0] * n_units
    may_issue = [0.0] * n_units
    events = []

    def lane(pipe, unit):
        return (pipe, 0) if shared[pipe] else (pipe, unit)

    def happened(name, unit):
        return sum(time is not None for time in table[name][unit])

    def begin_service(t, where):
        if where in busy or not queues[where]:
            return
        pipe = where[0]
        unit, i = queues[where].pop(0)
        busy.add(where)
        if pipe == 0:
            table["served"][unit][i] = t
        heapq.heappush(events, (t + through_s[pipe], "leave pipe", unit, i, pipe))
        heapq.heappush(events, (t + service_s[pipe], "free pipe", unit, i, pipe))

    def issue(t, unit):
        while True:
            i = happened("leave", unit)
            in_flight = i - happened("back", unit)
            unused = i - happened("start", unit)
            if i == n_requests or in_flight == outstanding or unused == 2 * outstanding:
                return
            if t < may_issue[unit]:
                heapq.heappush(events, (may_issue[unit], "may issue", unit, i, 0))
                return
            table["leave"][unit][i] = t
            may_issue[unit] = t + issue_s
            latest_arrival[unit] = max(latest_arrival[unit], t + out_s[unit][i])
            heapq.heappush(events, (latest_arrival[unit], "reach pipe", unit, i, 0))

    def compute(t, unit):
        i = happened("start", unit)
        idle = i == 0 or table["done"][unit][i - 1] is not None
        if i < n_requests and idle and table["back"][unit][i] is not None:
            table["start"][unit][i] = t
            heapq.heappush(events, (t + compute_s, "computed", unit, i, 0))

    for unit in range(n_units):
        issue(0.0, unit)
    while events:
        t, what, unit, i, pipe = heapq.heappop(events)
        if what == "reach pipe":
            queues[lane(pipe, unit)].append((unit, i))
            begin_service(t, lane(pipe, unit))
        elif what == "free pipe":
            busy.discard(lane(pipe, unit))
            begin_service(t, lane(pipe, unit))
        elif what == "leave pipe":
            if pipe + 1 < len(service_s):
                heapq.heappush(events, (t, "reach pipe", unit, i, pipe + 1))
            else:
                heapq.heappush(events, (t + back_s, "return", unit, i, 0))
        elif what != "may issue":
            table["back" if what == "return" else "done"][unit][i] = t
        compute(t, unit)
        issue(t, unit)
    return table


def crossings(rows, depth, columns, tile):
    """Elements that cross into a memory that holds one square tile of each factor, counted tile by tile."""
    count = 0
    for top in range(0, rows, tile):
        for left in range(0, columns, tile):
            height, width = min(tile, rows - top), min(tile, columns - left)
            count += height * depth + depth * width + height * width
    return count
