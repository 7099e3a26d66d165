"""What a scheduler does to a plan by hand, one act at a time.

`apply` refuses nonsense only: an id that nobody knows, a seat that the person already holds.
Whether the plan still obeys the rules afterwards is `price`'s to say. The same act on the
same plan always gives the same plan; teams that it does not touch are the same objects.

Sources: docs/exchange-format.md ("Plan": a visit of n days takes n consecutive entries of the
calendar).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduling.domain.desk.named import EditImpossible, replaced, team_of_person, team_of_unit
from scheduling.domain.desk.seats import left_by, promoted, seated, swapped
from scheduling.domain.desk.visits import added, dropped_by, moved
from scheduling.domain.problem import Problem, Role, Schedule

__all__ = [
    "AddVisit",
    "ChangeRole",
    "DropVisit",
    "Edit",
    "EditImpossible",
    "MoveUnit",
    "MoveVisit",
    "Seat",
    "Swap",
    "Unseat",
    "apply",
]


@dataclass(frozen=True, slots=True)
class Swap:
    """Two people change seats; the roles stay with the seats. One of the two may be outside
    every team: then they take the other's seat, and the other goes home."""

    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Put somebody into a team, from outside or from another team.

    A leader who is there already stays in the team, as a member.
    """

    inspector: str
    team: str
    role: Role


@dataclass(frozen=True, slots=True)
class Unseat:
    """Send somebody home."""

    inspector: str


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """Another role in the same team. Whoever becomes leader hands their own role to the
    leader before them."""

    inspector: str
    role: Role


@dataclass(frozen=True, slots=True)
class MoveUnit:
    """Give a visit to another team. `start` None: the earliest days on which it is free."""

    unit: str
    team: str
    start: date | None = None


@dataclass(frozen=True, slots=True)
class MoveVisit:
    """Let the same team come on other days."""

    unit: str
    start: date


@dataclass(frozen=True, slots=True)
class AddVisit:
    """Visit a unit that was left out. `start` None: the earliest days on which the team is
    free."""

    unit: str
    team: str
    start: date | None = None


@dataclass(frozen=True, slots=True)
class DropVisit:
    """Leave a unit out."""

    unit: str


Edit = Swap | Seat | Unseat | ChangeRole | MoveUnit | MoveVisit | AddVisit | DropVisit


def apply(problem: Problem, schedule: Schedule, edit: Edit) -> Schedule:
    """The plan after one act. Teams stand in the order of the problem's slots.

    Raises
    ------
    EditImpossible
        If an id is unknown, if nothing would change, or if the calendar does not hold the
        visit. Never for a broken rule.
    """
    match edit:
        case Swap(a, b):
            return swapped(problem, schedule, a, b)
        case Seat(inspector, team, role):
            return seated(problem, schedule, inspector, team, role)
        case Unseat(inspector):
            team_of_person(problem, schedule, inspector)
            return replaced(problem, schedule, left_by(schedule, inspector))
        case ChangeRole(inspector, role):
            return promoted(problem, schedule, inspector, role)
        case MoveUnit(unit, team, start):
            return moved(problem, schedule, unit, team, start)
        case MoveVisit(unit, start):
            now = team_of_unit(problem, schedule, unit)
            return moved(problem, schedule, unit, now.id, start)
        case AddVisit(unit, team, start):
            return added(problem, schedule, unit, team, start)
        case DropVisit(unit):
            team_of_unit(problem, schedule, unit)
            return replaced(problem, schedule, dropped_by(schedule, unit))
