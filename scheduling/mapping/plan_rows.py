"""The rows behind a plan's ids. What the plan itself names stays the plan's own row.

So a seat keeps its row when somebody else's changes, and what is gone from the round in the
meantime can still be written, until it is taken out of the plan.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from scheduling.mapping.decisions import Decisions
from scheduling.mapping.problems import RoundRows, offices_of, rows_of
from scheduling.models.plans import Plan, PlanSeat, PlanTeam, PlanVisit
from scheduling.models.releases import Release, ReleasedPerson, ReportedUnit
from scheduling.models.rounds import TeamSlot


def rows_for(plan: Plan) -> RoundRows:
    """The whole round's, and the plan's own."""
    rows = rows_of(plan.round, with_facts=False)
    own = {"tenant_id": plan.tenant_id, "plan": plan}
    seats = PlanSeat.objects.filter(**own).select_related("person")
    visits = PlanVisit.objects.filter(**own).select_related("unit")
    return replace(
        rows,
        people=[*rows.people, *(seat.person for seat in seats)],
        units=[*rows.units, *(visit.unit for visit in visits)],
        slots=[*rows.slots, *_own_slots(plan)],
    )


def rows_named(
    plan: Plan, *, teams: Collection[str], people: Collection[str], units: Collection[str]
) -> RoundRows:
    """The few that an edit names: a round of 900 people is not read for two of them.

    Numbers of several offices may be alike; a few rows too many do no harm.
    """
    numbers = {tail for person in people for tail in _tails(person)}
    codes = {unit.partition(":")[2] for unit in units}
    own = {"tenant_id": plan.tenant_id, "plan": plan}
    of_round = {"tenant_id": plan.tenant_id, "round": plan.round}
    standing = Release.objects.filter(**of_round).standing()
    released = ReleasedPerson.objects.filter(**of_round, release__in=standing)
    reported = ReportedUnit.objects.filter(**of_round, release__in=standing)
    seats = PlanSeat.objects.filter(**own, person__number__in=numbers).select_related("person")
    visits = PlanVisit.objects.filter(**own, unit__code__in=codes).select_related("unit")
    return RoundRows(
        round=plan.round,
        offices=offices_of(plan.round),
        slots=[*TeamSlot.objects.filter(**of_round, code__in=teams), *_own_slots(plan)],
        people=[*released.filter(number__in=numbers), *(seat.person for seat in seats)],
        facts={},
        units=[*reported.filter(code__in=codes), *(visit.unit for visit in visits)],
        decisions={},
        declared=Decisions((), (), {}),
    )


def _tails(person: str) -> list[str]:
    """What may be the number in an id: offices' codes and numbers may both hold hyphens."""
    parts = person.split("-")
    return ["-".join(parts[k:]) for k in range(1, len(parts))]


def _own_slots(plan: Plan) -> list[TeamSlot]:
    return [
        TeamSlot(code=team.code, name=team.name, position=team.position)
        for team in PlanTeam.objects.filter(tenant_id=plan.tenant_id, plan=plan)
    ]
