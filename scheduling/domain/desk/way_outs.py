"""When too few may lead: ways out of a round that has no plan, each of them tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kernel.text import Text
from scheduling.domain.problem import Problem, Schedule

WayOutCode = Literal["borrow", "merge", "recombine"]


@dataclass(frozen=True)
class WayOut:
    """A change of the round that lets it have a plan. `schedule` is one, not the best."""

    code: WayOutCode
    title: Text
    says: Text
    problem: Problem  # the round with the change made
    schedule: Schedule


def way_outs(problem: Problem, *, seconds_each: float = 5.0) -> list[WayOut]:
    """Which of three changes would let the round have a plan: borrow a leader from the city
    pool, merge two teams, or choose the recombined mode.

    Each is tried by a quick solve of at most `seconds_each` wall-clock seconds; what finds no
    plan in that time is not suggested. Empty when nothing helps, or nothing needs to.
    """
    raise NotImplementedError
