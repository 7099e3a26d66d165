"""The shapes in which the rule book speaks. The model and the explanations read these."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.text import Text
from scheduling.domain.problem import Role


@dataclass(frozen=True, slots=True)
class Excluded:
    """`inspector` may hold none of `roles` in a team that visits `unit`.

    With `unless_host` a host seat is exempt: a seat of somebody whose own office is among
    the counties that the team visits.
    """

    rule: str  # the stable code
    inspector: str
    unit: str
    roles: frozenset[Role]
    unless_host: bool
    because: Text  # names the fact; for the person's own office and the recusal officer only
    kind: str | None = None  # of the declared entry behind it; in a masked round a rule's code


@dataclass(frozen=True, slots=True)
class Demand:
    """What one rule asks of one subject in this round, in words.

    `subjects` names a unit, a team, two offices or a pin; () is the whole round.
    """

    rule: str
    subjects: tuple[str, ...]
    says: Text
