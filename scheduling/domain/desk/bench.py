"""The desk at the largest size: 50 teams of 7, 150 visits, 900 candidates of 12 counties.

`./run bench desk` prints the figures. The round is random, seeded and fictional; its plan
breaks no rule by construction.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from scheduling.domain.desk.bars import bars_in
from scheduling.domain.problem import (
    Away,
    HostSeats,
    Inspector,
    Month,
    Office,
    Policy,
    Post,
    Problem,
    Relative,
    Role,
    Round,
    Schedule,
    Team,
    TeamSlot,
    Unit,
    Visit,
    Visited,
)
from scheduling.domain.verify import Verdicts

COUNTIES, PEOPLE, TEAMS, SEATS, VISITS_EACH = 12, 900, 50, 7, 3
SKILLS = ("discipline", "finance", "audit", "law", "engineering", "organisation")
SYSTEMS = ("education", "health", "finance", "construction", "agriculture", "party")
FIRST_DAY = date(2026, 3, 2)


def large_round(seed: int = 0) -> tuple[Problem, Schedule]:
    """A round with facts about everybody, and a plan for it."""
    rng = random.Random(seed)  # noqa: S311 - a benchmark's people, not a secret
    days = [FIRST_DAY + timedelta(days=k) for k in range(63)]
    calendar = tuple(day for day in days if day.weekday() < 5)
    offices = (
        Office("city", "City", "city", (122.0, 30.0)),
        *(
            Office(f"c{k}", f"County {k}", "county", (121.0 + k / 6, 29.0 + k % 4 / 3))
            for k in range(COUNTIES)
        ),
    )
    hosts = [f"c{k % COUNTIES}" for k in range(TEAMS)]
    units = tuple(
        _unit(rng, f"u{team}-{k}", host)
        for team, host in enumerate(hosts)
        for k in range(VISITS_EACH)
    )
    problem = Problem(
        round=Round("r", "Large round", days[0], days[-1]),
        calendar=calendar,
        offices=offices,
        units=units,
        inspectors=tuple(_person(rng, k, units, calendar) for k in range(PEOPLE)),
        teams=tuple(TeamSlot(f"t{k}", (SEATS - 2, SEATS), (1, 2)) for k in range(TEAMS)),
        policy=Policy(
            reciprocity="off", host_seats=HostSeats(), home_unit_quota=6, recent_days_cap=90
        ),
    )
    return problem, _plan(problem)


def _unit(rng: random.Random, name: str, county: str) -> Unit:
    return Unit(
        id=name,
        name=f"Body {name}",
        county=county,
        kind="department",
        risk=rng.randint(1, 5),
        days=5,
        mandatory=rng.random() < 0.5,
        priority=rng.randint(1, 100),
        system=rng.choice(SYSTEMS),
        wanted={rng.choice(SKILLS): 1},
    )


def _person(
    rng: random.Random, k: int, units: tuple[Unit, ...], calendar: tuple[date, ...]
) -> Inspector:
    away = rng.choice(calendar)
    return Inspector(
        id=f"p{k}",
        name=f"Person {k}",
        office=f"c{k % COUNTIES}",
        leader=k % 9 < 2,
        deputy=k % 3 == 0,
        skills=frozenset(rng.sample(SKILLS, 2)),
        rounds=rng.randint(1, 6),
        recent_days=rng.choice((0, 0, 20, 40)),
        home_unit=f"employer {k % COUNTIES}-{rng.randint(0, 14)}",
        system=rng.choice(SYSTEMS),
        native=f"c{rng.randrange(COUNTIES)}",
        grew_up=f"c{rng.randrange(COUNTIES)}",
        away=(Away(away, away + timedelta(days=2)),) if rng.random() < 0.2 else (),
        posts=tuple(
            Post(Month(2018, 1), Month(2024, 6), unit=rng.choice(units).id) for _ in range(2)
        ),
        relatives=(Relative("other", rng.choice(("staff", "head")), unit=rng.choice(units).id),),
        visited=(Visited(rng.choice(units).id, 1),),
    )


def _plan(problem: Problem) -> Schedule:
    free = list(problem.inspectors)
    quota: Counter[str | None] = Counter()
    verdicts = Verdicts(problem)
    teams = []
    for k, slot in enumerate(problem.teams):
        units = [unit for unit in problem.units if unit.id.startswith(f"u{k}-")]
        first = [problem.calendar[6 * n] for n in range(VISITS_EACH)]
        visits = tuple(
            Visit(unit.id, start, problem.calendar[6 * n + unit.days - 1])
            for n, (unit, start) in enumerate(zip(units, first, strict=True))
        )
        members: list[Role] = ["member"] * (SEATS - 2)
        people = []
        for role in ("leader", "deputy", *members):
            person = next(p for p in free if _fits(problem, verdicts, p, role, visits, quota))
            free.remove(person)
            quota[person.home_unit] += 1
            people.append(person.id)
        teams.append(Team(slot.id, people[0], (people[1],), tuple(people[2:]), visits))
    return Schedule(tuple(teams))


def _fits(
    problem: Problem,
    verdicts: Verdicts,
    person: Inspector,
    role: Role,
    visits: tuple[Visit, ...],
    quota: Counter[str | None],
) -> bool:
    return (
        person.may_hold(role)
        and not person.away
        and quota[person.home_unit] < problem.policy.home_unit_quota
        and not bars_in(problem, verdicts, Team("t0", None, (), (), visits), person.id, role)
    )
