"""The trainings of engine/cluster/failures.py, written for reading: one stretch between checkpoints at a time."""


def train(start_s, work_s, interval_s, checkpoint_s, restart_s, gaps_s, notices_s):
    """Play one future; a list of (begin, end, checkpoints before, finished) for each attempt.

    `gaps_s` and `notices_s` are iterators: the time to each failure, and from it until somebody notices.
    """
    stretches = []
    left = work_s
    while left > 1e-9 * work_s:
        stretches.append(min(interval_s, left))
        left -= stretches[-1]
    attempts, now, done = [], start_s, 0
    while True:
        begin, fails_at, before = now, now + next(gaps_s), done
        for stretch in stretches[done:]:
            if now + stretch + checkpoint_s > fails_at:
                break
            now += stretch + checkpoint_s
            done += 1
        if done == len(stretches):
            return [*attempts, (begin, now, before, True)]
        attempts.append((begin, fails_at, before, False))
        now = fails_at + next(notices_s) + restart_s


def share_done(attempts, work_s, interval_s, checkpoint_s, time_s):
    """Share of the work done at a time, by walking through the attempts."""
    reached = 0.0
    for i, (begin, end, before, finished) in enumerate(attempts):
        if time_s < begin:
            break
        reached = before * interval_s
        if time_s >= end:
            reached = work_s if finished else attempts[i + 1][2] * interval_s
            continue
        clock = begin
        while clock + interval_s + checkpoint_s <= time_s:
            clock += interval_s + checkpoint_s
            reached += interval_s
        reached += min(time_s - clock, interval_s)
    return min(reached / work_s, 1.0)
