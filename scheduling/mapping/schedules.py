"""The engine's plan to rows, and rows back to a plan: what the verifier reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import cast

from scheduling.domain.duties import Duties
from scheduling.domain.problem import Role, Schedule, Team, Visit
from scheduling.mapping.decisions import person_id, person_named, unit_named
from scheduling.mapping.problems import RoundRows
from scheduling.models.plans import Plan, PlanSeat, PlanTeam, PlanVisit


def store_schedule(
    plan: Plan,
    schedule: Schedule,
    rows: RoundRows,
    duties: Duties | None = None,
    *,
    only: Collection[str] | None = None,
) -> None:
    """Replace the plan's teams, seats and visits. Within the caller's transaction.

    `only`: the codes of the teams to replace; the others stay untouched. A team without visits
    and people leaves no row. Raises IntegrityError (`plan_seat_not_barred`) where a bar or a
    declaration forbids a seat.
    """
    own = {"tenant_id": plan.tenant_id, "plan": plan}
    gone = PlanTeam.objects.filter(**own)
    if only is not None:
        gone = gone.filter(code__in=only)
    keys = list(gone.values_list("pk", flat=True))
    # Seats before visits: the database looks at who is left when a visit goes, and somebody who
    # is barred by now could never be taken out.
    PlanSeat.objects.filter(**own, team__in=keys).delete()
    PlanVisit.objects.filter(**own, team__in=keys).delete()
    gone.delete()
    slots = {slot.code: slot for slot in rows.slots}
    filled = [
        team
        for team in schedule.teams
        if (team.visits or team.people) and (only is None or team.id in only)
    ]
    carried = duties or {}
    teams = PlanTeam.objects.bulk_create(
        PlanTeam(**own, code=team.id, name=slots[team.id].name, position=slots[team.id].position)
        for team in filled
    )
    pairs = list(zip(filled, teams, strict=True))
    PlanSeat.objects.bulk_create(
        PlanSeat(
            **own,
            team=row,
            person=rows.person_by_id[person],
            role=team.role_of(person) or "",
            duties=list(carried.get(person, ())),
        )
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
    seated = PlanSeat.objects.filter(**own).order_by("pk")
    for team, role, office, number in seated.values_list(
        "team_id", "role", "person__sender__code", "person__number"
    ):
        seats[team][cast(Role, role)].append(person_named(office, number))
    visits: dict[int, list[Visit]] = defaultdict(list)
    visited = PlanVisit.objects.filter(**own).order_by("starts_on", "pk")
    for team, office, code, first, last in visited.values_list(
        "team_id", "unit__sender__code", "unit__code", "starts_on", "ends_on"
    ):
        visits[team].append(Visit(unit_named(office, code), first, last))
    return Schedule(
        tuple(
            _team(row, seats[row.pk], visits[row.pk])
            for row in PlanTeam.objects.filter(**own).order_by("position")
        )
    )


def duties_of(plan: Plan) -> Duties:
    """Who carries which duty, by the ids of the exchange format."""
    seats = PlanSeat.objects.filter(tenant_id=plan.tenant_id, plan=plan).exclude(duties=[])
    return {
        person_id(seat.person.sender, seat.person.number): tuple(seat.duties)
        for seat in seats.select_related("person__sender").order_by("pk")
    }


def _team(row: PlanTeam, seats: Mapping[Role, list[str]], visits: list[Visit]) -> Team:
    leader = seats.get("leader", [])
    return Team(
        id=row.code,
        leader=leader[0] if leader else None,
        deputies=tuple(seats.get("deputy", [])),
        members=tuple(seats.get("member", [])),
        visits=tuple(visits),
    )
