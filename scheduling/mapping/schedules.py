"""The engine's plan to rows, and rows back to a plan: what the verifier reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import cast

from scheduling.domain.problem import Role, Schedule, Team, Visit
from scheduling.mapping.problems import RoundRows, person_id, unit_id
from scheduling.models.plans import Plan, PlanSeat, PlanTeam, PlanVisit


def store_schedule(plan: Plan, schedule: Schedule, rows: RoundRows) -> None:
    """Replace the plan's teams, seats and visits. Within the caller's transaction."""
    own = {"tenant_id": plan.tenant_id, "plan": plan}
    for table in (PlanVisit, PlanSeat, PlanTeam):
        table.objects.filter(**own).delete()
    slots = {slot.code: slot for slot in rows.slots}
    filled = [team for team in schedule.teams if team.visits]
    teams = PlanTeam.objects.bulk_create(
        PlanTeam(**own, code=team.id, name=slots[team.id].name, position=slots[team.id].position)
        for team in filled
    )
    pairs = list(zip(filled, teams, strict=True))
    PlanSeat.objects.bulk_create(
        PlanSeat(**own, team=row, person=rows.person_by_id[person], role=team.role_of(person) or "")
        for team, row in pairs
        for person in team.people
    )
    PlanVisit.objects.bulk_create(
        PlanVisit(
            **own,
            team=row,
            unit=rows.unit_by_id[visit.unit],
            starts_on=visit.start,
            ends_on=visit.end,
        )
        for team, row in pairs
        for visit in team.visits
    )


def schedule_of(plan: Plan) -> Schedule:
    """The plan as its rows have it. Four queries, whatever its size."""
    own = {"tenant_id": plan.tenant_id, "plan": plan}
    seats: dict[int, dict[Role, list[str]]] = defaultdict(lambda: defaultdict(list))
    for seat in PlanSeat.objects.filter(**own).select_related("person__sender").order_by("pk"):
        person = person_id(seat.person.sender, seat.person.number)
        seats[seat.team_id][cast(Role, seat.role)].append(person)
    visits: dict[int, list[Visit]] = defaultdict(list)
    for visit in (
        PlanVisit.objects.filter(**own).select_related("unit__sender").order_by("starts_on", "pk")
    ):
        unit = unit_id(visit.unit.sender, visit.unit.code)
        visits[visit.team_id].append(Visit(unit, visit.starts_on, visit.ends_on))
    return Schedule(
        tuple(
            _team(row, seats[row.pk], visits[row.pk])
            for row in PlanTeam.objects.filter(**own).order_by("position")
        )
    )


def _team(row: PlanTeam, seats: Mapping[Role, list[str]], visits: list[Visit]) -> Team:
    leader = seats.get("leader", [])
    return Team(
        id=row.code,
        leader=leader[0] if leader else None,
        deputies=tuple(seats.get("deputy", [])),
        members=tuple(seats.get("member", [])),
        visits=tuple(visits),
    )
