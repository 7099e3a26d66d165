"""Other ways to split the units of a county over its teams."""

from __future__ import annotations

import random

from scheduling.domain.search.board import Board
from scheduling.domain.search.packing import pack

NODES = 3000  # looked at before a split is given up


def split(
    board: Board, units: list[int], groups: int, rng: random.Random
) -> list[list[int]] | None:
    """The units in at most `groups` groups that one team each can visit, absences apart.

    Randomised depth first search; None if none was found (which proves nothing).
    """
    facts = board.facts
    slot = board.slots[0]
    room = facts.calendar_days * slot.concurrency
    noise = rng.uniform(0.0, 6.0)
    order = sorted(units, key=lambda u: -facts.bodies[u].days + noise * rng.random())
    bins: list[list[int]] = [[] for _ in range(groups)]
    load = [0] * groups
    most = slot.max_units if slot.max_units is not None else len(units)
    left = NODES

    def place(position: int) -> bool:
        nonlocal left
        if position == len(order):
            return all(_fits(board, group) for group in bins)
        unit = order[position]
        days = facts.bodies[unit].days
        tried: set[tuple[int, int]] = set()
        choices = list(range(groups))
        rng.shuffle(choices)
        for k in choices:
            if (load[k], len(bins[k])) in tried and not bins[k]:
                continue
            tried.add((load[k], len(bins[k])))
            if load[k] + days > room or len(bins[k]) >= most:
                continue
            left -= 1
            if left < 0:
                return False
            bins[k].append(unit)
            load[k] += days
            if place(position + 1):
                return True
            bins[k].pop()
            load[k] -= days
        return False

    return [sorted(group) for group in bins if group] if place(0) else None


def _fits(board: Board, group: list[int]) -> bool:
    facts = board.facts
    jobs = [(facts.bodies[unit].starts, facts.bodies[unit].days) for unit in group]
    return pack(jobs, 0, facts.calendar_days, board.slots[0].concurrency) is not None
