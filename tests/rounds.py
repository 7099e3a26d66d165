"""A small round with people one can remember, and a plan for it that breaks nothing.

Three counties, East, West and North, and the city office above them. Team *red* inspects
East's school and tax bureau with people of West and the city; team *blue* inspects West's
hospital and clinic with people of North. Nobody of East travels in the plan.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from scheduling.domain.problem import (
    Inspector,
    Office,
    Problem,
    Round,
    Schedule,
    Team,
    TeamSlot,
    Unit,
    Visit,
)

CITY = Office("city", "City office", "city", (122.1, 30.0))
EAST = Office("east", "East office", "county", (122.3, 29.95))
WEST = Office("west", "West office", "county", (122.0, 30.1))
NORTH = Office("north", "North office", "county", (122.45, 30.72))

# Two working weeks; the 7th and 8th of March are a weekend.
CALENDAR = tuple(date(2026, 3, day) for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13))


def day(number: int) -> date:
    """The working day of that number in the round, counting from 1."""
    return CALENDAR[number - 1]


def person(name: str, office: Office, **facts: Any) -> Inspector:
    """Somebody who may be a member and has served before, unless `facts` say otherwise."""
    usual = {
        "leader": False,
        "deputy": False,
        "skills": frozenset({"audit"}),
        "rounds": 1,
        "recent_days": 0,
    }
    return Inspector(id=name, name=name.title(), office=office.id, **{**usual, **facts})


def unit(name: str, county: Office, **facts: Any) -> Unit:
    """A bureau of three days that should, but need not, be visited."""
    usual = {"kind": "bureau", "risk": 3, "days": 3, "mandatory": False, "priority": 10}
    return Unit(id=name, name=name.title(), county=county.id, **{**usual, **facts})


def tiny_round(**changes: Any) -> Problem:
    """The round; `changes` replace fields of `Problem`."""
    usual: dict[str, Any] = {
        "round": Round("r1", "Spring round", date(2026, 3, 1), date(2026, 3, 15)),
        "calendar": CALENDAR,
        "offices": (CITY, EAST, WEST, NORTH),
        "units": (
            unit("school", EAST, mandatory=True, risk=4, system="education"),
            unit("tax", EAST, system="finance", skills={"finance": 1}),
            unit("hospital", WEST, mandatory=True, system="health"),
            unit("clinic", WEST, parent="hospital", system="health", wanted={"law": 1}),
            unit("harbour", NORTH, priority=25, days=5),
        ),
        "inspectors": (
            person("chen", CITY, leader=True, rounds=5, recent_days=30),
            person("cai", CITY),
            person("lin", EAST, leader=True, rounds=4),
            person("lei", EAST, deputy=True),
            person("wu", WEST, leader=True, rounds=3, recent_days=10),
            person("wang", WEST, deputy=True, skills=frozenset({"audit", "finance"})),
            person("wen", WEST, rounds=0),
            person("nie", NORTH, leader=True, rounds=2),
            person("ning", NORTH, deputy=True, recent_days=5),
            person("nan", NORTH, rounds=0, skills=frozenset({"law"})),
        ),
        "teams": (TeamSlot("red", (3, 4), (1, 1)), TeamSlot("blue", (2, 4), (0, 1))),
    }
    return Problem(**{**usual, **changes})


def tiny_plan() -> Schedule:
    """A plan of `tiny_round()` that obeys every rule; the harbour stays unvisited."""
    red = Team(
        "red",
        leader="wu",
        deputies=("wang",),
        members=("cai",),
        visits=(Visit("school", day(1), day(3)), Visit("tax", day(4), day(6))),
    )
    blue = Team(
        "blue",
        leader="nie",
        deputies=("ning",),
        members=("nan",),
        visits=(Visit("hospital", day(2), day(4)), Visit("clinic", day(5), day(7))),
    )
    return Schedule((red, blue))


def with_policy(problem: Problem, **changes: Any) -> Problem:
    return replace(problem, policy=replace(problem.policy, **changes))


def with_person(problem: Problem, name: str, **changes: Any) -> Problem:
    people = (replace(i, **changes) if i.id == name else i for i in problem.inspectors)
    return replace(problem, inspectors=tuple(people))


def with_unit(problem: Problem, name: str, **changes: Any) -> Problem:
    units = (replace(u, **changes) if u.id == name else u for u in problem.units)
    return replace(problem, units=tuple(units))


def with_slot(problem: Problem, name: str, **changes: Any) -> Problem:
    slots = (replace(t, **changes) if t.id == name else t for t in problem.teams)
    return replace(problem, teams=tuple(slots))


def with_team(schedule: Schedule, name: str, **changes: Any) -> Schedule:
    teams = (replace(t, **changes) if t.id == name else t for t in schedule.teams)
    return Schedule(tuple(teams))
