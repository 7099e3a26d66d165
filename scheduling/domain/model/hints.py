"""A known plan as a hint: where the search begins, never what it must keep."""

from __future__ import annotations

from scheduling.domain.model.build import equal_neighbours
from scheduling.domain.model.variables import Model
from scheduling.domain.problem import Problem, Schedule, Team


def hint(model: Model, schedule: Schedule) -> None:
    """Hint every decision about the model's own teams; auxiliary variables follow."""
    teams = {team.id: team for team in in_slot_order(model.problem, schedule).teams}
    if model.scope is not None:
        teams = {team.id: team for team in schedule.teams}
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for (person, team), seat in model.seat.items():
        role = teams[team].role_of(person) if team in teams else None
        model.cp.add_hint(seat, role is not None)
        if (person, team) in model.lead:
            model.cp.add_hint(model.lead[person, team], role == "leader")
        if (person, team) in model.deputy:
            model.cp.add_hint(model.deputy[person, team], role == "deputy")
    _hint_visits(model, teams)


def _hint_visits(model: Model, teams: dict[str, Team]) -> None:
    starts = {
        (visit.unit, team.id): visit.start for team in teams.values() for visit in team.visits
    }
    counties = {(team, model.problem.unit_by_id[unit].county) for unit, team in starts}
    for (unit, team), visit in model.visit.items():
        start = starts.get((unit, team))
        model.cp.add_hint(visit, start is not None)
        if start is not None:
            model.cp.add_hint(model.start[unit], model.problem.day_index[start])
    hinted: set[int] = set()
    for (team, county), at in model.at.items():
        model.cp.add_hint(at, (team, county) in counties)
        hinted.add(at.index)
    for team, used in model.used.items():
        if used.index not in hinted:
            model.cp.add_hint(used, any(where == team for where, _ in counties))


def in_slot_order(problem: Problem, schedule: Schedule) -> Schedule:
    """The same plan with equal slots permuted to the order that the whole model demands."""
    runs: list[list[str]] = []
    for a, b in equal_neighbours(problem):
        if runs and runs[-1][-1] == a:
            runs[-1].append(b)
        else:
            runs.append([a, b])
    position = {office.id: k for k, office in enumerate(problem.counties)}
    by_id = {team.id: team for team in schedule.teams if team.visits}

    def county(team: Team) -> int:
        return min(position[problem.unit_by_id[visit.unit].county] for visit in team.visits)

    renamed: dict[str, Team] = dict(by_id)
    for run in runs:
        filled = sorted((by_id[slot] for slot in run if slot in by_id), key=county)
        for slot in run:
            renamed.pop(slot, None)
        for slot, team in zip(run, filled, strict=False):
            renamed[slot] = Team(slot, team.leader, team.deputies, team.members, team.visits)
    return Schedule(tuple(renamed[slot.id] for slot in problem.teams if slot.id in renamed))
