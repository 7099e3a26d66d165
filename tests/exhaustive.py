"""The best plan of a tiny round, found by trying them all. Knows no rule and no measure.

Only `verify.breaches` and `goals` judge. The search is cut in stages, each of which leaves out
plans that a rule about one team would refuse whatever the other teams do:

1. dates: what a team may visit and when, without people (window, overlap, team_counties);
2. people: who may sit where in a team with those visits, one person at a time;
3. staff: every set of people of the right size in every set of roles;
4. plans: one option a team, nobody and nothing twice; then all rules, then the measures.

Of the dates of a team only those are told apart that a pin or the baseline names: for
everything else it only matters that there are some.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

from scheduling.domain.goals import measures, tier_values
from scheduling.domain.problem import (
    ROLES,
    PinUnit,
    Problem,
    Role,
    Schedule,
    Team,
    TeamSlot,
    Unit,
    Visit,
)
from scheduling.domain.verify import breaches

OF_DATES = frozenset({"window", "overlap", "team_counties"})
OF_PEOPLE = frozenset(
    [
        "own_county",
        "own_unit",
        "system",
        "native_place",
        "former_post",
        "relative",
        "interest",
        "declared",
        "revisit",
    ]
)
OF_DAYS = frozenset({"availability", "recent_cap"})
OF_STAFF = OF_PEOPLE | frozenset(
    [
        "pair",
        "leader",
        "team_size",
        "home_offices",
        "per_office_max",
        "skills",
        "experienced",
        "repeat",
    ]
)

Seating = tuple[tuple[str, Role], ...]


class TooMany(Exception):
    """The round is not tiny: more plans than the caller wants to wait for."""


@dataclass(frozen=True)
class Best:
    """A best plan and the values of its tiers."""

    schedule: Schedule
    tiers: list[int]


def best_plan(problem: Problem, *, most: int = 200_000) -> Best | None:
    """The best of all plans, None when every one breaks a rule. TooMany above `most` plans."""
    best: Best | None = None
    for schedule in all_plans(problem, most=most):
        tiers = tier_values(problem, measures(problem, schedule))
        if best is None or tiers < best.tiers:
            best = Best(schedule, tiers)
    return best


def all_plans(problem: Problem, *, most: int = 200_000) -> Iterator[Schedule]:
    """Every plan that obeys all the rules, dates that make no difference counted as one."""
    options = [_options(problem, slot, most) for slot in problem.teams]
    for tried, teams in enumerate(_disjoint(options), start=1):
        if tried > most:
            raise TooMany
        schedule = Schedule(teams)
        if not breaches(problem, schedule):
            yield schedule


def _disjoint(options: list[list[Team]]) -> Iterator[tuple[Team, ...]]:
    if not options:
        yield ()
        return
    for first in options[0]:
        people, units = set(first.people), {visit.unit for visit in first.visits}
        rest = [
            [
                team
                for team in others
                if people.isdisjoint(team.people)
                and units.isdisjoint(visit.unit for visit in team.visits)
            ]
            for others in options[1:]
        ]
        for teams in _disjoint(rest):
            yield (first, *teams)


def _options(problem: Problem, slot: TeamSlot, most: int) -> list[Team]:
    """The slot left empty, and every way to fill it."""
    empty = Team(slot.id, None, (), (), ())
    options = [empty]
    named = _named_starts(problem)
    for units in _sets_of_units(problem):
        dates = _dates(problem, empty, units)
        if not dates:
            continue
        for seating in _seatings(problem, slot, units):
            options.extend(_dated(problem, _seated(empty, seating), dates, named))
            if len(options) > most:
                raise TooMany
    return options


def _sets_of_units(problem: Problem) -> Iterator[tuple[Unit, ...]]:
    units = [unit for unit in problem.units if unit.inspectable]
    for size in range(1, len(units) + 1):
        yield from combinations(units, size)


def _dates(problem: Problem, empty: Team, units: tuple[Unit, ...]) -> list[tuple[Visit, ...]]:
    possible = [
        [
            Visit(unit.id, day, problem.calendar[index + unit.days - 1])
            for index, day in enumerate(problem.calendar[: len(problem.calendar) - unit.days + 1])
        ]
        for unit in units
    ]
    return [
        visits
        for visits in product(*possible)
        if not _broken(problem, replace(empty, visits=visits)) & OF_DATES
    ]


def _seatings(problem: Problem, slot: TeamSlot, units: tuple[Unit, ...]) -> Iterator[Seating]:
    """Every staff that could visit the units, on some dates."""
    day = problem.calendar[0]
    visits = tuple(Visit(unit.id, day, day) for unit in units)
    empty = Team(slot.id, None, (), (), visits)
    roles = {
        person.id: [
            role
            for role in ROLES
            if not _broken(problem, _seated(empty, ((person.id, role),))) & OF_PEOPLE
        ]
        for person in problem.inspectors
    }
    able = [person for person, possible in roles.items() if possible]
    for size in range(slot.size[0], min(slot.size[1], len(able)) + 1):
        for people in combinations(able, size):
            for taken in product(*(roles[person] for person in people)):
                seating = tuple(zip(people, taken, strict=True))
                if taken.count("leader") == 1 and not (
                    _broken(problem, _seated(empty, seating)) & OF_STAFF
                ):
                    yield seating


def _dated(
    problem: Problem,
    staff: Team,
    dates: list[tuple[Visit, ...]],
    named: frozenset[tuple[str, date]],
) -> Iterator[Team]:
    """The staff with each choice of dates that it is free for and that is told apart."""
    alone = [replace(staff, leader=None, deputies=(), members=(name,)) for name in staff.people]
    seen: set[tuple[date | None, ...]] = set()
    for visits in dates:
        told_apart = tuple(
            visit.start if (visit.unit, visit.start) in named else None for visit in visits
        )
        if told_apart in seen:
            continue
        if any(_broken(problem, replace(one, visits=visits)) & OF_DAYS for one in alone):
            continue
        seen.add(told_apart)
        yield replace(staff, visits=visits)


def _named_starts(problem: Problem) -> frozenset[tuple[str, date]]:
    """The starts that somebody decided or published."""
    pinned = {
        (pin.unit, pin.start)
        for pin in problem.pins
        if isinstance(pin, PinUnit) and pin.start is not None
    }
    published = {
        (visit.unit, visit.start) for team in problem.baseline or () for visit in team.visits
    }
    return frozenset(pinned | published)


def _seated(team: Team, seating: Seating) -> Team:
    return replace(
        team,
        leader=next((name for name, role in seating if role == "leader"), None),
        deputies=tuple(name for name, role in seating if role == "deputy"),
        members=tuple(name for name, role in seating if role == "member"),
    )


def _broken(problem: Problem, team: Team) -> frozenset[str]:
    """The rules that a plan of this one team breaks."""
    return frozenset(breach.code for breach in breaches(problem, Schedule((team,))))
