"""What is preferred: the measures of a plan and the tiers in which they are minimised.

Every measure is a whole number ≥ 0, worked out from the raw problem and the plan alone; the
solver's model, the verifier and the pages all mean these numbers.

Source: docs/exchange-format.md, "Objective" and "Plan" (gap).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kernel.text import Text
from scheduling.domain.problem import (
    Declared,
    Inspector,
    PinUnit,
    Problem,
    Role,
    Schedule,
    Team,
    Unit,
)

HIGH_RISK = 4  # from this `risk` on a unit wants a seasoned leader
SEASONED = 3  # rounds served


@dataclass(frozen=True, slots=True)
class Goal:
    """One measure: its stable name, what people call it, and what it is counted in."""

    measure: str
    title: Text
    unit: Text
    value: Callable[[Problem, Schedule], int]


def measures(problem: Problem, schedule: Schedule) -> dict[str, int]:
    """Every measure of `schedule`, by name, in the order of the exchange format.

    The plan may break rules, but it names only what the problem has.
    """
    return {goal.measure: goal.value(problem, schedule) for goal in GOALS}


def tier_values(problem: Problem, measures: Mapping[str, int]) -> list[int]:
    """The weighted sum of each tier of the problem's objective."""
    return [
        sum(weight * measures[measure] for measure, weight in tier.items())
        for tier in problem.policy.objective
    ]


def gap(tiers: Iterable[tuple[int, int | None]]) -> float:
    """How much of the first unproven tier might still be saved: (value - bound) / value.

    `tiers` are pairs (value, bound); a bound of None counts as 0. 0.0 when all are proven.
    """
    for value, bound in tiers:
        proven = bound or 0
        if value > proven:
            return (value - proven) / value
    return 0.0


def uncovered_units(problem: Problem, schedule: Schedule) -> tuple[str, ...]:
    """The inspectable units that nobody visits and that are not pinned out, in order."""
    spoken_for = _visited_units(schedule) | _pinned_out(problem)
    return tuple(u.id for u in problem.units if u.inspectable and u.id not in spoken_for)


# --- The measures, one function each ---------------------------------------------------------


def uncovered(problem: Problem, schedule: Schedule) -> int:
    """Priorities of the units that could have been visited and are not. Those that must be
    visited are the `coverage` rule's business."""
    left = (problem.unit_by_id[unit_id] for unit_id in uncovered_units(problem, schedule))
    return sum(unit.priority for unit in left if not unit.mandatory)


def soft_conflict(problem: Problem, schedule: Schedule) -> int:
    """Weights of the soft conflicts between people and the units they visit."""
    declared = problem.soft_declared_of
    return sum(
        _declared_weight(declared.get(person.id, ()), role, unit) + _distant_relatives(person, unit)
        for team in schedule.teams
        for person, role in _seats(problem, team)
        if person.id in declared or person.relatives
        for unit in _units_of(problem, team)
    )


def peak_share(problem: Problem, schedule: Schedule) -> int:
    """The largest share of an office's people that is away in teams, in thousandths, up."""
    listed: dict[str, int] = defaultdict(int)
    for inspector in problem.inspectors:
        listed[inspector.office] += 1
    sent: dict[str, int] = defaultdict(int)
    for inspector in _people_in_teams(problem, schedule):
        sent[inspector.office] += 1
    counties = (office.id for office in problem.counties if sent[office.id])
    return max((-(-1000 * sent[county] // listed[county]) for county in counties), default=0)


def recent_load(problem: Problem, schedule: Schedule) -> int:
    """Working days that the people in teams have already served in the last twelve months."""
    return sum(inspector.recent_days for inspector in _people_in_teams(problem, schedule))


def skill_gap(problem: Problem, schedule: Schedule) -> int:
    """People with a wanted skill that a team lacks, times the risk of the unit."""
    total = 0
    for team in schedule.teams:
        people = [person for person, _ in _seats(problem, team)]
        for unit in _units_of(problem, team):
            for skill, wanted in unit.wanted.items():
                skilled = sum(skill in person.skills for person in people)
                total += unit.risk * max(0, wanted - skilled)
    return total


def green_leader(problem: Problem, schedule: Schedule) -> int:
    """Risk of the high-risk units whose team is led by somebody without long service."""
    return sum(
        unit.risk
        for team in schedule.teams
        if team.leader is not None and problem.inspector_by_id[team.leader].rounds < SEASONED
        for unit in _units_of(problem, team)
        if unit.risk >= HIGH_RISK
    )


def travel(problem: Problem, schedule: Schedule) -> int:
    """Kilometres from each person's office to each county that the person's team visits."""
    return sum(
        problem.distance_km(person.office, county)
        for team in schedule.teams
        for county in dict.fromkeys(unit.county for unit in _units_of(problem, team))
        for person, _ in _seats(problem, team)
    )


def changes(problem: Problem, schedule: Schedule) -> int:
    """How far the plan departs from the published one.

    A person counts once when their team or role differs, being in none included; a unit
    counts once when its team differs, or its start with the same team. What is gone by now,
    a person, a unit or a whole team, differs like what is in no team.
    """
    if problem.baseline is None:
        return 0
    published = Schedule(problem.baseline)
    return _differences(seat_by_person(published), seat_by_person(schedule)) + _differences(
        visit_by_unit(published), visit_by_unit(schedule)
    )


def _differences(before: Mapping[str, object], after: Mapping[str, object]) -> int:
    return sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())


def seat_by_person(schedule: Schedule) -> dict[str, frozenset[tuple[str, Role]]]:
    """Each person's teams and roles. More than one only in a plan that breaks `one_team`."""
    seats: dict[str, set[tuple[str, Role]]] = defaultdict(set)
    for team in schedule.teams:
        for person, role in roles_in(team):
            seats[person].add((team.id, role))
    return {person: frozenset(taken) for person, taken in seats.items()}


def visit_by_unit(schedule: Schedule) -> dict[str, frozenset[tuple[str, date]]]:
    """Each unit's teams and starts. More than one only in a plan that breaks `coverage`."""
    visits: dict[str, set[tuple[str, date]]] = defaultdict(set)
    for team in schedule.teams:
        for visit in team.visits:
            visits[visit.unit].add((team.id, visit.start))
    return {unit: frozenset(made) for unit, made in visits.items()}


# --- Readings of a plan that several measures share ------------------------------------------


def _declared_weight(entries: Sequence[Declared], role: Role, unit: Unit) -> int:
    return sum(
        entry.weight
        for entry in entries
        if role in entry.roles and (entry.unit == unit.id or entry.office == unit.county)
    )


def _distant_relatives(person: Inspector, unit: Unit) -> int:
    return sum(
        relative.relation == "other"
        and relative.position == "staff"
        and (relative.unit == unit.id or relative.office == unit.county)
        for relative in person.relatives
    )


def roles_in(team: Team) -> Iterator[tuple[str, Role]]:
    """Who sits where; somebody listed twice counts once, in the higher role."""
    taken: dict[str, Role] = {}
    if team.leader is not None:
        taken[team.leader] = "leader"
    for deputy in team.deputies:
        taken.setdefault(deputy, "deputy")
    for member in team.members:
        taken.setdefault(member, "member")
    yield from taken.items()


def _seats(problem: Problem, team: Team) -> list[tuple[Inspector, Role]]:
    return [(problem.inspector_by_id[person], role) for person, role in roles_in(team)]


def _units_of(problem: Problem, team: Team) -> list[Unit]:
    return [problem.unit_by_id[unit] for unit in dict.fromkeys(v.unit for v in team.visits)]


def _people_in_teams(problem: Problem, schedule: Schedule) -> list[Inspector]:
    people = dict.fromkeys(person for team in schedule.teams for person in team.people)
    return [problem.inspector_by_id[person] for person in people]


def _visited_units(schedule: Schedule) -> set[str]:
    return {visit.unit for team in schedule.teams for visit in team.visits}


def _pinned_out(problem: Problem) -> set[str]:
    return {pin.unit for pin in problem.pins if isinstance(pin, PinUnit) and pin.team is None}


# --- The list ---------------------------------------------------------------------------------

GOALS: tuple[Goal, ...] = (
    Goal(
        "uncovered",
        Text(zh="未巡察单位", en="Units left out"),
        Text(zh="优先级之和", en="sum of priorities"),
        uncovered,
    ),
    Goal(
        "soft_conflict",
        Text(zh="宜回避情形", en="Soft conflicts"),
        Text(zh="权重之和", en="sum of weights"),
        soft_conflict,
    ),
    Goal(
        "peak_share",
        Text(zh="单个县区抽调比例峰值", en="Largest share of one office's people"),
        Text(zh="千分比", en="per mille"),
        peak_share,
    ),
    Goal(
        "recent_load",
        Text(zh="近一年已参加巡察天数", en="Days served in the last twelve months"),
        Text(zh="工作日", en="working days"),
        recent_load,
    ),
    Goal(
        "skill_gap",
        Text(zh="专业力量缺口", en="Wanted skills missing"),
        Text(zh="人次×风险等级", en="people × risk"),
        skill_gap,
    ),
    Goal(
        "green_leader",
        Text(zh="高风险单位由经验不足的组长带队", en="High-risk units under a green leader"),
        Text(zh="风险等级之和", en="sum of risk"),
        green_leader,
    ),
    Goal(
        "travel",
        Text(zh="往返路程", en="Travel"),
        Text(zh="人·公里", en="person-kilometres"),
        travel,
    ),
    Goal(
        "changes",
        Text(zh="与已公布方案的差异", en="Changes against the published plan"),
        Text(zh="处", en="changes"),
        changes,
    ),
)
