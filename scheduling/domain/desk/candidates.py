"""Who else could take a seat, where else somebody could sit, who else could visit a unit.

Everything offered breaks no rule that is not broken already, and is ranked by its price.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduling.domain.desk.edits import Edit
from scheduling.domain.desk.price import Price
from scheduling.domain.problem import Problem, Role, Schedule


@dataclass(frozen=True)
class Candidate:
    """`inspector` could sit in `team` as `role`; `edit` makes it so, at `price`.

    `instead_of` is whose seat it is now, None for a free one. `leaves` is the team they sit
    in now; with a swap the other person goes there.
    """

    inspector: str
    team: str
    role: Role
    instead_of: str | None
    leaves: str | None
    edit: Edit
    price: Price


@dataclass(frozen=True)
class Visitor:
    """`team` could visit the unit from `start` on; `edit` makes it so, at `price`."""

    team: str
    start: date
    edit: Edit
    price: Price


def who_else(
    problem: Problem, schedule: Schedule, seat: str | tuple[str, Role], limit: int = 20
) -> list[Candidate]:
    """Everybody who could take a seat, the cheapest first, at most `limit`.

    `seat` is the inspector who holds it, or (team, role) for one more seat of a team; the
    leader's seat of a team that has a leader is that person's. People elsewhere are offered
    only where the whole change, their own team included, breaks nothing.

    Raises
    ------
    EditImpossible
        If the seat names nobody in a team, or no team of the round.
    """
    raise NotImplementedError


def where_else(
    problem: Problem, schedule: Schedule, inspector: str, limit: int = 20
) -> list[Candidate]:
    """Every other seat that `inspector` could take, free or by a swap, the cheapest first."""
    raise NotImplementedError


def who_could_visit(
    problem: Problem, schedule: Schedule, unit: str, limit: int = 20
) -> list[Visitor]:
    """Every other team that could visit `unit`, on the earliest days that it is free, the
    cheapest first."""
    raise NotImplementedError
