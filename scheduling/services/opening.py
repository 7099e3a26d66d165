"""Opening a draft: a plan's copy that people work on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from kernel.clock import now
from scheduling.access.desk import BarredNow, barred_now, next_version
from scheduling.access.plans import access_plan
from scheduling.domain import goals
from scheduling.domain.problem import Schedule, Team
from scheduling.errors import PlanNeverAsked
from scheduling.mapping.desk_questions import desk_question
from scheduling.mapping.histories import OPENED
from scheduling.mapping.plan_rows import rows_for
from scheduling.mapping.schedules import duties_of, schedule_of, store_schedule
from scheduling.models.plans import Plan, PlanEdit, PlanState
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@transaction.atomic
def open_draft(*, actor: Actor, number: int) -> Plan:
    """A draft of plan `number` to work on. Seats that are barred by now are left out and named
    in the draft's history. Doing it twice, with nothing done in between, gives the same draft."""
    source = access_plan(actor, number, Permission.EDIT_PLAN)
    if source.question is None:
        raise PlanNeverAsked(version=source.version)
    version = next_version(actor.tenant_id, source.round_id)
    untouched = _untouched(actor, source)
    if untouched is not None:
        return untouched
    draft = Plan(
        tenant_id=actor.tenant_id,
        round=source.round,
        origin=Plan.Origin.DESK,
        question=source.question,
        based_on=source,
        version=version,
        made_by=actor.name,
        created_at=now(),
        found_at=now(),
    )
    barred = barred_now(source)
    _fill(draft, source, barred)
    _note_opening(actor, draft, source, barred)
    audit.record(
        actor,
        "scheduling.draft.opened",
        draft,
        based_on=source.pk,
        version=draft.version,
        left_out=len({one.person for one in barred}),
    )
    return draft


def _untouched(actor: Actor, source: Plan) -> Plan | None:
    return (
        Plan.objects.filter(
            tenant_id=actor.tenant_id,
            based_on=source,
            origin=Plan.Origin.DESK,
            state=PlanState.CANDIDATE,
            revision=1,
            made_by=actor.name,
        )
        .order_by("-pk")
        .first()
    )


def _fill(draft: Plan, source: Plan, barred: Sequence[BarredNow]) -> None:
    problem, rows = desk_question(source).problem, rows_for(source)
    key_of = {person: row.pk for person, row in rows.person_by_id.items()}
    gone = {one.person for one in barred}
    schedule = Schedule(tuple(_without(team, key_of, gone) for team in schedule_of(source).teams))
    draft.measures = goals.measures(problem, schedule)
    draft.tiers = goals.tier_values(problem, draft.measures)
    draft.uncovered = [
        rows.unit_by_id[unit].pk
        for unit in goals.uncovered_units(problem, schedule)
        if unit in rows.unit_by_id
    ]
    draft.save()
    store_schedule(draft, schedule, rows, duties_of(source))


def _without(team: Team, key_of: Mapping[str, int], gone: set[int]) -> Team:
    def stays(person: str) -> bool:
        return key_of[person] not in gone

    return Team(
        team.id,
        team.leader if team.leader is not None and stays(team.leader) else None,
        tuple(filter(stays, team.deputies)),
        tuple(filter(stays, team.members)),
        team.visits,
    )


def _note_opening(actor: Actor, draft: Plan, source: Plan, barred: Sequence[BarredNow]) -> None:
    """The first line of the draft's history."""
    rows = rows_for(source)
    name_of = {row.pk: row.name for row in rows.people}
    left_out = {one.person: {"name": name_of[one.person], "rule": one.rule} for one in barred}
    PlanEdit.objects.create(
        tenant_id=draft.tenant_id,
        plan=draft,
        revision=draft.revision,
        content={"edit": OPENED, "version": source.version, "left_out": list(left_out.values())},
        words={
            "zh": f"由方案第 {source.version} 版建立草案",
            "en": f"Draft opened from plan version {source.version}",
        },
        price={
            "measures": {
                measure: [source.measures.get(measure, value), value]
                for measure, value in draft.measures.items()
            }
        },
        before=[],
        after=[],
        made_by_id=actor.user_id,
        made_by=actor.name,
        made_at=now(),
    )
