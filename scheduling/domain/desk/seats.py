"""People take, change and leave seats."""

from __future__ import annotations

from dataclasses import replace

from kernel.text import Text
from scheduling.domain.desk.named import (
    EditImpossible,
    name_of,
    replaced,
    slot_of,
    team_of_person,
)
from scheduling.domain.problem import Problem, Role, Schedule, Team
from scheduling.domain.vocabulary import TEAM_ROLES, said


def swapped(problem: Problem, schedule: Schedule, a: str, b: str) -> Schedule:
    names = {a: name_of(problem, a), b: name_of(problem, b)}
    seats = {person: _seats(schedule, person) for person in (a, b)}
    if not seats[a] and not seats[b]:
        raise EditImpossible(
            Text(
                zh="{a}和{b}都不在组内，无席位可换。",
                en="Neither {a} nor {b} is in a team; there is no seat to change.",
            ).format(a=names[a], b=names[b])
        )
    if a == b or seats[a] == seats[b]:
        raise EditImpossible(
            Text(
                zh="{a}和{b}的席位相同，调换后没有变化。",
                en="{a} and {b} hold the same seat; changing them changes nothing.",
            ).format(a=names[a], b=names[b])
        )
    other = {a: b, b: a}
    touched = {team for team, _ in (*seats[a], *seats[b])}
    changed = [
        replace(
            team,
            leader=None if team.leader is None else other.get(team.leader, team.leader),
            deputies=tuple(other.get(person, person) for person in team.deputies),
            members=tuple(other.get(person, person) for person in team.members),
        )
        for team in schedule.teams
        if team.id in touched
    ]
    return replaced(problem, schedule, changed)


def seated(problem: Problem, schedule: Schedule, person: str, team: str, role: Role) -> Schedule:
    name = name_of(problem, person)
    target = slot_of(problem, schedule, team)
    if target.role_of(person) == role:
        raise EditImpossible(
            Text(
                zh="{name}已是 {team} 组的{role}。", en="{name} is {role} of team {team} already."
            ).format(name=name, team=team, role=said(TEAM_ROLES, role))
        )
    if person in target.people and role == "leader":
        return promoted(problem, schedule, person, role)
    left = {changed.id: changed for changed in left_by(schedule, person)}
    target = left.pop(team, target)
    if role == "leader" and target.leader is not None:
        target = replace(target, members=(*target.members, target.leader), leader=None)
    return replaced(problem, schedule, [*left.values(), _with_seat(target, person, role)])


def promoted(problem: Problem, schedule: Schedule, person: str, role: Role) -> Schedule:
    team = team_of_person(problem, schedule, person)
    now = team.role_of(person)
    if now == role:
        raise EditImpossible(
            Text(zh="{name}已任{role}。", en="{name} is {role} already.").format(
                name=name_of(problem, person), role=said(TEAM_ROLES, role)
            )
        )
    before = team.leader
    team = _without_person(team, person)
    if role == "leader" and before is not None and now is not None:
        team = _with_seat(replace(team, leader=None), before, now)
    return replaced(problem, schedule, [_with_seat(team, person, role)])


def _with_seat(team: Team, person: str, role: Role) -> Team:
    if role == "leader":
        return replace(team, leader=person)
    if role == "deputy":
        return replace(team, deputies=(*team.deputies, person))
    return replace(team, members=(*team.members, person))


def left_by(schedule: Schedule, person: str) -> list[Team]:
    """The teams that the person leaves, as they are then."""
    return [_without_person(team, person) for team in schedule.teams if person in team.people]


def _without_person(team: Team, person: str) -> Team:
    return replace(
        team,
        leader=None if team.leader == person else team.leader,
        deputies=tuple(other for other in team.deputies if other != person),
        members=tuple(other for other in team.members if other != person),
    )


def _seats(schedule: Schedule, person: str) -> list[tuple[str, Role]]:
    held = ((team.id, team.role_of(person)) for team in schedule.teams)
    return [(team, role) for team, role in held if role is not None]
