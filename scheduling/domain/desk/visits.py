"""Visits come, go and move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kernel.text import Text
from scheduling.domain.desk.days import earliest_free, visit_from
from scheduling.domain.desk.named import (
    EditImpossible,
    replaced,
    slot_of,
    team_of_unit,
    unit_of,
)
from scheduling.domain.problem import Problem, Schedule, Team


def moved(
    problem: Problem, schedule: Schedule, unit: str, team: str, start: date | None
) -> Schedule:
    now, body = team_of_unit(problem, schedule, unit), unit_of(problem, unit)
    target = slot_of(problem, schedule, team)
    if now.id == team and start in (None, *(v.start for v in now.visits if v.unit == unit)):
        raise EditImpossible(
            Text(
                zh="{unit}已由 {team} 组在这些日期巡察。",
                en="Team {team} visits {unit} on these days already.",
            ).format(unit=body.name, team=team)
        )
    left = {changed.id: changed for changed in dropped_by(schedule, unit)}
    target = left.pop(team, target)
    return replaced(problem, schedule, [*left.values(), _with_visit(problem, target, unit, start)])


def added(
    problem: Problem, schedule: Schedule, unit: str, team: str, start: date | None
) -> Schedule:
    body = unit_of(problem, unit)
    target = slot_of(problem, schedule, team)
    visitors = [t.id for t in schedule.teams if any(v.unit == unit for v in t.visits)]
    if visitors:
        raise EditImpossible(
            Text(zh="{unit}已由 {team} 组巡察。", en="Team {team} visits {unit} already.").format(
                unit=body.name, team=visitors[0]
            )
        )
    return replaced(problem, schedule, [_with_visit(problem, target, unit, start)])


def _with_visit(problem: Problem, team: Team, unit: str, start: date | None) -> Team:
    body = unit_of(problem, unit)
    visit = (
        earliest_free(problem, team, body) if start is None else visit_from(problem, body, start)
    )
    if visit is None:
        raise EditImpossible(
            Text(
                zh="{unit}需要连续 {days} 个工作日，日历上从该日起排不下。",
                en="{unit} needs {days} working days on end; the calendar has no room for them"
                " from that day.",
            ).format(unit=body.name, days=body.days)
        )
    visits = sorted((*team.visits, visit), key=lambda each: (each.start, each.unit))
    return replace(team, visits=tuple(visits))


def dropped_by(schedule: Schedule, unit: str) -> list[Team]:
    return [
        replace(team, visits=tuple(visit for visit in team.visits if visit.unit != unit))
        for team in schedule.teams
        if any(visit.unit == unit for visit in team.visits)
    ]
