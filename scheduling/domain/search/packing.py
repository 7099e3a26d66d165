"""When one team visits its units: the first dates that fit, or none."""

from __future__ import annotations

from collections.abc import Sequence

Job = tuple[tuple[int, ...], int]  # the days on which it may start, its length
MANY = 9  # jobs, from which on every order is no longer tried


def pack(jobs: Sequence[Job], blocked: int, days: int, concurrency: int) -> list[int] | None:
    """A start for each job so that at most `concurrency` run on a day and none on a blocked
    one. With concurrency 1 and few jobs the answer None is a proof."""
    if concurrency > 1:
        return _first_fit(jobs, blocked, days, concurrency)
    if len(jobs) >= MANY:
        return _first_fit(jobs, blocked, days, 1)
    return _best_order(jobs, blocked)


def _best_order(jobs: Sequence[Job], blocked: int) -> list[int] | None:
    """Depth first over the orders; each job starts as early as the one before allows."""
    starts = [0] * len(jobs)
    failed: dict[int, int] = {}  # jobs left -> earliest day from which they do not fit
    everything = (1 << len(jobs)) - 1

    def place(left: int, day: int) -> bool:
        if not left:
            return True
        if failed.get(left, day + 1) <= day:
            return False
        for index, (allowed, length) in enumerate(jobs):
            if left >> index & 1:
                start = _earliest(allowed, length, day, blocked)
                if start is not None and place(left & ~(1 << index), start + length):
                    starts[index] = start
                    return True
        failed[left] = day
        return False

    return starts if place(everything, 0) else None


def _earliest(allowed: tuple[int, ...], length: int, day: int, blocked: int) -> int | None:
    span = (1 << length) - 1
    for start in allowed:
        if start >= day and not blocked & (span << start):
            return start
    return None


def _first_fit(jobs: Sequence[Job], blocked: int, days: int, concurrency: int) -> list[int] | None:
    """Jobs with the fewest possible starts first, each on the first days with room."""
    room = [0 if blocked >> day & 1 else concurrency for day in range(days)]
    starts = [0] * len(jobs)
    for index in sorted(range(len(jobs)), key=lambda k: (len(jobs[k][0]), -jobs[k][1])):
        allowed, length = jobs[index]
        start = next(
            (s for s in allowed if all(room[day] > 0 for day in range(s, s + length))), None
        )
        if start is None:
            return None
        starts[index] = start
        for day in range(start, start + length):
            room[day] -= 1
    return starts
