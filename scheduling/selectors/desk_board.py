"""The board of the desk: the teams of a plan as cards, with what is pinned and what is barred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scheduling.domain.duties import Duties, host_seats
from scheduling.domain.goals import roles_in, uncovered_units
from scheduling.domain.problem import PinPerson, PinUnit, Problem, Role, Schedule, Team, Visit


@dataclass(frozen=True, slots=True)
class BoardSeat:
    inspector: str
    name: str
    office: str
    role: Role
    duties: tuple[str, ...]
    is_host: bool
    is_pinned: bool
    is_barred: bool


@dataclass(frozen=True, slots=True)
class BoardVisit:
    unit: str
    name: str
    host_code: str
    host: str
    start: date
    end: date
    working_days: int
    risk: int
    is_mandatory: bool
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class BoardTeam:
    code: str
    name: str
    size: tuple[int, int]
    seats: tuple[BoardSeat, ...]
    visits: tuple[BoardVisit, ...]

    @property
    def lacks_leader(self) -> bool:
        return bool(self.visits) and all(seat.role != "leader" for seat in self.seats)

    @property
    def leader(self) -> BoardSeat | None:
        return next((seat for seat in self.seats if seat.role == "leader"), None)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A unit that nobody visits."""

    unit: str
    name: str
    host: str
    priority: int
    is_mandatory: bool


@dataclass(frozen=True)
class Board:
    teams: tuple[BoardTeam, ...]
    left_out: tuple[LeftOut, ...]
    people: int  # in teams
    reserve: int  # of the round, in no team


def board_of(
    problem: Problem,
    schedule: Schedule,
    duties: Duties,
    names: Mapping[str, str],
    barred: frozenset[str],
) -> Board:
    """Every slot of the round in its order, the empty ones too: a visit may be given to one."""
    filled = {team.id: team for team in schedule.teams}
    pinned = _Pinned.of(problem)
    people = {person for team in schedule.teams for person in team.people}
    teams = [
        _team(
            problem,
            filled.get(slot.id, Team(slot.id, None, (), (), ())),
            duties,
            names.get(slot.id, slot.id),
            barred,
            pinned,
        )
        for slot in problem.teams
    ]
    return Board(
        teams=tuple(teams),
        left_out=tuple(_left_out(problem, uncovered_units(problem, schedule))),
        people=len(people),
        reserve=len(problem.inspectors) - len(people),
    )


@dataclass(frozen=True)
class _Pinned:
    """Where people and units have been decided to be."""

    people: frozenset[tuple[str, str]]
    units: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, problem: Problem) -> _Pinned:
        people = (
            (pin.inspector, pin.team)
            for pin in problem.pins
            if isinstance(pin, PinPerson) and pin.team is not None and not pin.forbid
        )
        units = (
            (pin.unit, pin.team)
            for pin in problem.pins
            if isinstance(pin, PinUnit) and pin.team is not None
        )
        return cls(frozenset(people), frozenset(units))


def _team(
    problem: Problem,
    team: Team,
    duties: Duties,
    name: str,
    barred: frozenset[str],
    pinned: _Pinned,
) -> BoardTeam:
    hosts = host_seats(problem, team)
    seats = [
        BoardSeat(
            inspector=person,
            name=problem.inspector_by_id[person].name,
            office=office_name(problem, person),
            role=role,
            duties=tuple(duties.get(person, ())),
            is_host=person in hosts,
            is_pinned=(person, team.id) in pinned.people,
            is_barred=person in barred,
        )
        for person, role in roles_in(team)
    ]
    visits = tuple(_visit(problem, team, visit, pinned) for visit in team.visits)
    return BoardTeam(team.id, name, problem.team_by_id[team.id].size, tuple(seats), visits)


def _visit(problem: Problem, team: Team, visit: Visit, pinned: _Pinned) -> BoardVisit:
    unit = problem.unit_by_id[visit.unit]
    return BoardVisit(
        unit=unit.id,
        name=unit.name,
        host_code=unit.county,
        host=problem.office_by_id[unit.county].name,
        start=visit.start,
        end=visit.end,
        working_days=unit.days,
        risk=unit.risk,
        is_mandatory=unit.mandatory,
        is_pinned=(unit.id, team.id) in pinned.units,
    )


def _left_out(problem: Problem, units: Sequence[str]) -> list[LeftOut]:
    bodies = [problem.unit_by_id[unit] for unit in units]
    ordered = sorted(bodies, key=lambda unit: (not unit.mandatory, -unit.priority, unit.name))
    return [
        LeftOut(
            unit.id,
            unit.name,
            problem.office_by_id[unit.county].name,
            unit.priority,
            unit.mandatory,
        )
        for unit in ordered
    ]


def office_name(problem: Problem, person: str) -> str:
    return problem.office_by_id[problem.inspector_by_id[person].office].name
