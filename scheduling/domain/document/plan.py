"""What a plan document says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from scheduling.domain.problem import Schedule

Status = Literal["optimal", "feasible", "infeasible", "unknown"]

# The hard rules by their stable codes, in the order of the contract.
RULE_CODES: tuple[str, ...] = (
    "coverage",
    "own_county",
    "own_unit",
    "system",
    "home_unit_quota",
    "native_place",
    "former_post",
    "relative",
    "interest",
    "declared",
    "revisit",
    "pair",
    "one_team",
    "leader",
    "team_size",
    "home_offices",
    "team_counties",
    "office_targets",
    "office_sources",
    "per_office_max",
    "reciprocity",
    "repeat",
    "skills",
    "experienced",
    "availability",
    "recent_cap",
    "window",
    "overlap",
    "pin",
)


class TierValue(NamedTuple):
    """The value that a tier takes and a proven lower bound of it; None: nothing is proven."""

    value: int
    bound: int | None


class ConflictEntry(NamedTuple):
    """One rule for one subject, of those that cannot hold together."""

    rule: str
    subjects: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class PlanDocument:
    """`round-plan/1`. `schedule` is None exactly when the status is infeasible or unknown;
    `conflict` and `minimal` are given exactly when it is infeasible."""

    round: str
    problem_sha256: str
    status: Status
    seconds: float
    engine: str
    schedule: Schedule | None = None
    tiers: tuple[TierValue, ...] = ()
    measures: Mapping[str, int] = field(default_factory=dict)
    uncovered: tuple[str, ...] = ()
    conflict: tuple[ConflictEntry, ...] = ()
    minimal: bool | None = None
