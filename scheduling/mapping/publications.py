"""A plan's rows to what is said of it: the sheet of names, the frozen document, the difference."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from scheduling.domain.desk.compare import people_moved, units_moved
from scheduling.domain.document import PlanDocument, TierValue, plan_as_json
from scheduling.domain.document.plan import Status
from scheduling.domain.extracts import SeatRow, Sheet, VisitRow
from scheduling.mapping.decisions import person_id, unit_id
from scheduling.mapping.schedules import schedule_of
from scheduling.models.plans import Plan, PlanSeat, PlanTeam, PlanVisit
from scheduling.models.releases import ReportedUnit
from scheduling.models.runs import RunStatus

Document = dict[str, Any]


def sheet_of(plan: Plan) -> Sheet:
    """Three queries, whatever its size."""
    own = {"tenant_id": plan.tenant_id, "plan": plan}
    seats = PlanSeat.objects.filter(**own).select_related("person__sender", "team").order_by("pk")
    visits = PlanVisit.objects.filter(**own).select_related("unit__sender", "team")
    return Sheet(
        teams={
            team.code: team.name for team in PlanTeam.objects.filter(**own).order_by("position")
        },
        seats=[
            SeatRow(
                office=seat.person.sender.code,
                number=seat.person.number,
                name=seat.person.name,
                post=seat.person.post,
                role=seat.role,
                team=seat.team.code,
                duties=tuple(seat.duties),
            )
            for seat in seats
        ],
        visits=[
            VisitRow(
                office=visit.unit.sender.code,
                county=visit.unit.sender.short_name,
                code=visit.unit.code,
                unit=visit.unit.name,
                team=visit.team.code,
                starts_on=visit.starts_on,
                ends_on=visit.ends_on,
            )
            for visit in visits.order_by("starts_on", "pk")
        ],
    )


def document_of(plan: Plan) -> str:
    """The plan as `round-plan/1`, as it is published. Its question has been frozen."""
    if plan.question is None:
        raise ValueError("A plan without a frozen question is not published.")
    run = plan.run
    status: Status = "optimal" if run and run.status == RunStatus.OPTIMAL else "feasible"
    bounds = [tier["bound"] for tier in run.tiers] if run else []
    uncovered = ReportedUnit.objects.filter(tenant_id=plan.tenant_id, pk__in=plan.uncovered)
    written = PlanDocument(
        round=str(plan.round_id),
        problem_sha256=plan.question.sha256,
        status=status,
        seconds=run.elapsed_s if run else 0.0,
        engine=plan.question.engine,
        schedule=schedule_of(plan),
        tiers=tuple(
            TierValue(value, bounds[k] if k < len(bounds) else None)
            for k, value in enumerate(plan.tiers)
        ),
        measures=plan.measures,
        uncovered=tuple(
            unit_id(unit.sender, unit.code)
            for unit in uncovered.select_related("sender").order_by("sender_id", "code")
        ),
    )
    return json.dumps(plan_as_json(written), ensure_ascii=False, indent=1)


def hash_of(document: str) -> str:
    return sha256(document.encode()).hexdigest()


def written(extract: Mapping[str, Any]) -> str:
    """The bytes that an extract's hash is of."""
    return json.dumps(extract, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def difference_between(before: Plan, after: Plan) -> Document:
    """What `after` changes of `before`: people, units and measures, with the names of both."""
    a, b = schedule_of(before), schedule_of(after)
    people, units = _people_by_id(before, after), _units_by_id(before, after)
    teams = {
        team.code: team.name
        for team in PlanTeam.objects.filter(
            tenant_id=after.tenant_id, plan_id__in=[before.pk, after.pk]
        ).order_by("plan_id")
    }
    return {
        "people": [
            {
                **people[moved.inspector],
                "before": moved.before
                and {"team": teams[moved.before.team], "role": moved.before.role},
                "after": moved.after
                and {"team": teams[moved.after.team], "role": moved.after.role},
            }
            for moved in people_moved(a, b)
        ],
        "units": [
            {
                **units[moved.unit],
                "before": moved.before
                and {"team": teams[moved.before.team], "start": moved.before.start.isoformat()},
                "after": moved.after
                and {"team": teams[moved.after.team], "start": moved.after.start.isoformat()},
            }
            for moved in units_moved(a, b)
        ],
        "measures": [
            [name, before.measures[name], after.measures[name]]
            for name in after.measures
            if name in before.measures and before.measures[name] != after.measures[name]
        ],
    }


def _people_by_id(*plans: Plan) -> dict[str, Document]:
    seats = PlanSeat.objects.filter(tenant_id=plans[0].tenant_id, plan__in=plans)
    return {
        person_id(seat.person.sender, seat.person.number): {
            "name": seat.person.name,
            "office": seat.person.sender.short_name,
        }
        for seat in seats.select_related("person__sender").order_by("pk")
    }


def _units_by_id(*plans: Plan) -> dict[str, Document]:
    visits = PlanVisit.objects.filter(tenant_id=plans[0].tenant_id, plan__in=plans)
    return {
        unit_id(visit.unit.sender, visit.unit.code): {
            "name": visit.unit.name,
            "county": visit.unit.sender.short_name,
        }
        for visit in visits.select_related("unit__sender").order_by("pk")
    }
