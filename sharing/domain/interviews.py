"""A plan of interviews (个别谈话): strata with their targets, and how far each is covered. Pure.

What was said in an interview is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text

FEWEST_INTERVIEWERS = 2  # docs/field.md, R29
MOST_INTERVIEWERS = 6
MOST_ASKED = 999

# What a team begins with; each unit's are the team's to change.
STANDARD_STRATA: Sequence[tuple[str, int]] = (
    ("领导班子成员", 5),
    ("中层干部", 8),
    ("一般干部职工", 10),
    ("离退休干部", 3),
    ("下属单位负责人", 4),
    ("服务对象", 5),
)


class State(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    NOT_HELD = "not_held"


STATE_TITLES: Mapping[State, Text] = MappingProxyType(
    {
        State.PLANNED: Text(zh="待谈话", en="planned"),
        State.HELD: Text(zh="已谈话", en="held"),
        State.NOT_HELD: Text(zh="未谈成", en="not held"),
    }
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one stratum. What is planned beyond the target counts as it is, and fills no bar."""

    title: str
    target: int
    held: int
    planned: int

    @property
    def missing(self) -> int:
        """Interviews that nobody has planned yet."""
        return max(self.target - self.held - self.planned, 0)

    @property
    def share(self) -> float:
        """Held of the target, 1 at most."""
        return 1.0 if self.target == 0 else min(self.held / self.target, 1.0)


def covered(
    strata: Iterable[tuple[str, int]], interviews: Iterable[tuple[str, str]]
) -> list[Coverage]:
    """`interviews`: (stratum, state) of each. One that was not held counts for nothing."""
    there = list(interviews)
    return [
        Coverage(
            title,
            target,
            held=there.count((title, State.HELD)),
            planned=there.count((title, State.PLANNED)),
        )
        for title, target in strata
    ]
