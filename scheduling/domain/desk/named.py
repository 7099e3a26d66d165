"""What an act names: people, units and teams of a plan, and the refusal when they are not there."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.text import Text
from scheduling.domain.problem import Problem, Schedule, Team, Unit


class EditImpossible(ValueError):
    """The act makes no sense for this plan. `says` tells people why."""

    def __init__(self, says: Text) -> None:
        super().__init__(says.en)
        self.says = says


def replaced(problem: Problem, schedule: Schedule, changed: Iterable[Team]) -> Schedule:
    """The plan with these teams in place of those of the same id, and the new ones put in."""
    new = {team.id: team for team in changed}
    teams = [new.pop(team.id, team) for team in schedule.teams]
    if new:
        place = {slot.id: k for k, slot in enumerate(problem.teams)}
        teams = sorted([*teams, *new.values()], key=lambda team: place.get(team.id, len(place)))
    return Schedule(tuple(teams))


def name_of(problem: Problem, person: str) -> str:
    if person not in problem.inspector_by_id:
        raise EditImpossible(
            Text(zh="本轮没有人员 {id}。", en="The round has no inspector {id}.").format(id=person)
        )
    return problem.inspector_by_id[person].name


def unit_of(problem: Problem, unit: str) -> Unit:
    body = problem.unit_by_id.get(unit)
    if body is None or not body.inspectable:
        raise EditImpossible(
            Text(
                zh="本轮可巡察的单位中没有 {id}。",
                en="No unit {id} is up for inspection in the round.",
            ).format(id=unit)
        )
    return body


def slot_of(problem: Problem, schedule: Schedule, team: str) -> Team:
    """The team as the plan has it; an empty one where the plan leaves the slot out."""
    if team not in problem.team_by_id:
        raise EditImpossible(
            Text(zh="本轮没有 {id} 组。", en="The round has no team {id}.").format(id=team)
        )
    given = (each for each in schedule.teams if each.id == team)
    return next(given, Team(team, None, (), (), ()))


def team_of_person(problem: Problem, schedule: Schedule, person: str) -> Team:
    name = name_of(problem, person)
    for team in schedule.teams:
        if person in team.people:
            return team
    raise EditImpossible(
        Text(zh="{name}不在任何组内。", en="{name} is in no team.").format(name=name)
    )


def team_of_unit(problem: Problem, schedule: Schedule, unit: str) -> Team:
    for team in schedule.teams:
        if any(visit.unit == unit for visit in team.visits):
            return team
    body = unit_of(problem, unit)
    raise EditImpossible(
        Text(zh="方案没有安排巡察{unit}。", en="The plan does not visit {unit}.").format(
            unit=body.name
        )
    )
