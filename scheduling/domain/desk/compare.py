"""Two plans of one round side by side: by team, by person, by unit and by measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from scheduling.domain import goals
from scheduling.domain.problem import Problem, Role, Schedule, Team


class SeatAt(NamedTuple):
    team: str
    role: Role


class VisitAt(NamedTuple):
    team: str
    start: date


@dataclass(frozen=True, slots=True)
class PersonMoved:
    """One person's seat in the two plans. None: in no team."""

    inspector: str
    before: SeatAt | None
    after: SeatAt | None


@dataclass(frozen=True, slots=True)
class UnitMoved:
    """One unit's visit in the two plans. None: not visited."""

    unit: str
    before: VisitAt | None
    after: VisitAt | None


@dataclass(frozen=True, slots=True)
class TeamChanged:
    """What differs in one team; ids in the order of the plan that has them."""

    team: str
    people_in: tuple[str, ...]
    people_out: tuple[str, ...]
    role_changes: tuple[PersonMoved, ...]  # in the team in both plans
    units_in: tuple[str, ...]
    units_out: tuple[str, ...]
    visits_moved: tuple[UnitMoved, ...]  # the team's in both plans, on other days


@dataclass(frozen=True, slots=True)
class MeasurePair:
    measure: str
    a: int
    b: int

    @property
    def delta(self) -> int:
        return self.b - self.a


@dataclass(frozen=True, slots=True)
class Difference:
    """From plan a to plan b. What is the same in both is not listed, measures apart.

    `changes` counts as the format's measure of that name: every person and every unit that
    differs once, which are the entries of `people` and `units`.
    """

    teams: tuple[TeamChanged, ...]
    people: tuple[PersonMoved, ...]
    units: tuple[UnitMoved, ...]
    measures: tuple[MeasurePair, ...]  # all, in the order of the format
    tiers: tuple[tuple[int, int], ...]  # (a, b), of the problem's objective
    changes: int

    @property
    def is_empty(self) -> bool:
        return not self.people and not self.units


def compare(problem: Problem, a: Schedule, b: Schedule) -> Difference:
    """What changes when plan `b` takes the place of plan `a`.

    The plans may break rules, but they name only what the problem has. Somebody with several
    seats, which no valid plan has, is shown at the first of them.
    """
    people = tuple(people_moved(a, b))
    units = tuple(units_moved(a, b))
    in_a, in_b = goals.measures(problem, a), goals.measures(problem, b)
    published = replace(problem, baseline=a.teams)
    return Difference(
        teams=tuple(_teams(problem, a, b)),
        people=people,
        units=units,
        measures=tuple(MeasurePair(name, in_a[name], in_b[name]) for name in in_a),
        tiers=tuple(
            zip(goals.tier_values(problem, in_a), goals.tier_values(problem, in_b), strict=True)
        ),
        changes=goals.changes(published, b),
    )


def people_moved(a: Schedule, b: Schedule) -> Iterator[PersonMoved]:
    """Needs no problem: the older plan may name who is in no question any more."""
    before, after = goals.seat_by_person(a), goals.seat_by_person(b)
    first = {True: _first_seats(a), False: _first_seats(b)}
    for person in dict.fromkeys((*first[True], *first[False])):
        if before.get(person) != after.get(person):
            yield PersonMoved(person, first[True].get(person), first[False].get(person))


def _first_seats(schedule: Schedule) -> dict[str, SeatAt]:
    seats: dict[str, SeatAt] = {}
    for team in schedule.teams:
        for person, role in goals.roles_in(team):
            seats.setdefault(person, SeatAt(team.id, role))
    return seats


def units_moved(a: Schedule, b: Schedule) -> Iterator[UnitMoved]:
    before, after = goals.visit_by_unit(a), goals.visit_by_unit(b)
    first = {True: _first_visits(a), False: _first_visits(b)}
    for unit in dict.fromkeys((*first[True], *first[False])):
        if before.get(unit) != after.get(unit):
            yield UnitMoved(unit, first[True].get(unit), first[False].get(unit))


def _first_visits(schedule: Schedule) -> dict[str, VisitAt]:
    visits: dict[str, VisitAt] = {}
    for team in schedule.teams:
        for visit in team.visits:
            visits.setdefault(visit.unit, VisitAt(team.id, visit.start))
    return visits


def _teams(problem: Problem, a: Schedule, b: Schedule) -> Iterator[TeamChanged]:
    before = {team.id: team for team in a.teams}
    after = {team.id: team for team in b.teams}
    for name in dict.fromkeys((*problem.team_by_id, *before, *after)):
        empty = Team(name, None, (), (), ())
        changed = _team(before.get(name, empty), after.get(name, empty))
        if changed is not None:
            yield changed


def _team(a: Team, b: Team) -> TeamChanged | None:
    roles_a, roles_b = dict(goals.roles_in(a)), dict(goals.roles_in(b))
    starts_a = {visit.unit: visit.start for visit in a.visits}
    starts_b = {visit.unit: visit.start for visit in b.visits}
    changed = TeamChanged(
        team=a.id,
        people_in=tuple(person for person in roles_b if person not in roles_a),
        people_out=tuple(person for person in roles_a if person not in roles_b),
        role_changes=tuple(
            PersonMoved(person, SeatAt(a.id, role), SeatAt(a.id, roles_b[person]))
            for person, role in roles_a.items()
            if roles_b.get(person, role) != role
        ),
        units_in=tuple(unit for unit in starts_b if unit not in starts_a),
        units_out=tuple(unit for unit in starts_a if unit not in starts_b),
        visits_moved=tuple(
            UnitMoved(unit, VisitAt(a.id, start), VisitAt(a.id, starts_b[unit]))
            for unit, start in starts_a.items()
            if starts_b.get(unit, start) != start
        ),
    )
    return changed if changed != TeamChanged(a.id, (), (), (), (), (), ()) else None
