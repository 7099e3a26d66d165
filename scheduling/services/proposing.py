"""Proposing a plan, asking the offices about their people, and taking a proposal back.

A proposal rests on a verdict of this very revision on the round as it stands. Where there is none
the worker looks first and, when nothing stands in the way, goes on by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from kernel.clock import now
from scheduling.access.publications import access_plan_to_step, lock_steps
from scheduling.domain.extracts import Row, people_to_confirm
from scheduling.domain.publishing import (
    STANDING,
    STATE_WORDS,
    in_the_way,
    is_same_list,
    needs_a_check,
    state_after,
)
from scheduling.errors import (
    AnotherPlanProposed,
    PlanStillBeingSolved,
    StepOutOfTurn,
)
from scheduling.mapping.publications import sheet_of
from scheduling.models.dispatches import ConfirmationRequest
from scheduling.models.plans import Plan, PlanState, PlanStep
from scheduling.selectors.in_the_way import facts_of
from scheduling.selectors.proposals import PROPOSE, proposal_under_way
from scheduling.selectors.requests import asked_about
from scheduling.services.notices import tell
from scheduling.services.stepping import STEP_WORDS, held_up, take_step
from scheduling.services.verifying import check_plan
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Job, Office
from tenancy.queue import enqueue

__all__ = ["Proposal", "check_and_propose", "propose_plan", "take_back_plan"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`job`: the worker looks first; the plan is proposed when it has found nothing."""

    plan: Plan
    job: Job | None = None


@transaction.atomic
def propose_plan(*, actor: Actor, number: int) -> Proposal:
    """Propose plan `number` for approval. Proposing twice does it once."""
    plan = access_plan_to_step(actor, number, Permission.PROPOSE_PLAN)
    if plan.state == PlanState.PROPOSED:
        return Proposal(plan)
    _must_be_proposable(plan)
    facts = facts_of(plan)
    if needs_a_check(facts):
        return Proposal(plan, _have_it_checked(actor, plan))
    if obstacles := in_the_way(facts):
        raise held_up(plan, "proposed", obstacles)
    return Proposal(_propose(actor, plan))


def check_and_propose(*, actor: Actor, number: int) -> Plan:
    """By the worker, within one transaction: the check, and the proposal where it finds nothing.

    What it finds stays as the plan's verdict; the page says what stands in the way.
    """
    actor.must(Permission.PROPOSE_PLAN)
    plan = Plan.objects.get(tenant_id=actor.tenant_id, pk=number)
    lock_steps(plan.round_id)
    plan = Plan.objects.select_for_update(no_key=True).get(tenant_id=actor.tenant_id, pk=number)
    if plan.state != PlanState.CANDIDATE:
        return plan  # proposed meanwhile, or a late delivery
    _must_be_proposable(plan)
    facts = facts_of(plan)
    if facts.gone:
        raise held_up(plan, "proposed", in_the_way(facts))
    if needs_a_check(facts):
        plan = check_plan(actor=actor, number=number)
        facts = facts_of(plan)
    if obstacles := in_the_way(facts):
        codes = sorted({obstacle.code for obstacle in obstacles})
        audit.record(actor, "scheduling.plan.held_up", plan, revision=plan.revision, by=codes)
        return plan
    return _propose(actor, plan)


@transaction.atomic
def take_back_plan(*, actor: Actor, number: int, words: str = "") -> Plan:
    """The scheduler takes a proposal back to the desk. Taking back twice does it once."""
    plan = access_plan_to_step(actor, number, Permission.PROPOSE_PLAN)
    if plan.state == PlanState.CANDIDATE:
        return plan
    drop_requests(actor, plan)
    take_step(actor, plan, PlanStep.Kind.TAKEN_BACK, words=words)
    tell(
        actor=actor,
        office=actor.tenant_id,
        kind="plan_taken_back",
        number=plan.pk,
        round=plan.round.name,
        version=plan.version,
    )
    audit.record(actor, "scheduling.plan.taken_back", plan, revision=plan.revision)
    return plan


def drop_requests(actor: Actor, plan: Plan) -> None:
    """Tell those who were asked that there is nothing to confirm at present."""
    for asked in asked_about(plan).values():
        if asked.request.people:
            _tell_office(actor, asked.request, "confirmation_dropped")


def _must_be_proposable(plan: Plan) -> None:
    if state_after(plan.state, PlanStep.Kind.PROPOSED) is None:
        raise StepOutOfTurn(
            version=plan.version, state=STATE_WORDS[plan.state], step=STEP_WORDS["proposed"]
        )
    other = Plan.objects.filter(
        tenant_id=plan.tenant_id, round_id=plan.round_id, state__in=STANDING
    ).first()
    if other is not None:
        raise AnotherPlanProposed(round=plan.round.name, version=other.version)
    if plan.run is not None and not plan.run.is_over:
        raise PlanStillBeingSolved(version=plan.version)


def _have_it_checked(actor: Actor, plan: Plan) -> Job:
    under_way = proposal_under_way(plan)
    if under_way is not None:
        return under_way
    audit.record(actor, "scheduling.plan.proposal_requested", plan, revision=plan.revision)
    return enqueue(actor, PROPOSE, plan_number=plan.pk)


def _propose(actor: Actor, plan: Plan) -> Plan:
    take_step(actor, plan, PlanStep.Kind.PROPOSED)
    asked = _ask_offices(actor, plan, people_to_confirm(sheet_of(plan)))
    tell(
        actor=actor,
        office=actor.tenant_id,
        kind="plan_proposed",
        number=plan.pk,
        round=plan.round.name,
        version=plan.version,
    )
    audit.record(
        actor, "scheduling.plan.proposed", plan, revision=plan.revision, offices_asked=asked
    )
    return plan


def _ask_offices(actor: Actor, plan: Plan, lists: Mapping[str, list[Row]]) -> int:
    """Ask each office whose list is not what it was asked about last; how many were asked.

    One that confirmed the very same list keeps its confirmation. One that sends nobody any more
    is sent an empty list, so that the earlier one no longer stands.
    """
    before = asked_about(plan)
    wanted = {
        office.pk: lists[office.code] for office in Office.objects.filter(code__in=list(lists))
    }
    count = 0
    for office in {**wanted, **dict.fromkeys(before)}:
        people, asked = wanted.get(office, []), before.get(office)
        is_same = asked is not None and is_same_list(asked.request.people, people)
        request = asked.request if asked and is_same else _ask(actor, plan, office, people)
        if people and not (asked and is_same and asked.is_confirmed):
            _tell_office(actor, request, "confirmation_asked")
            count += 1
        elif asked and asked.request.people and not people:
            _tell_office(actor, asked.request, "confirmation_dropped")
    return count


def _ask(actor: Actor, plan: Plan, office: int, people: list[Row]) -> ConfirmationRequest:
    return ConfirmationRequest.objects.create(
        tenant_id=office,
        sender_id=actor.tenant_id,
        round_id=plan.round_id,
        plan_id=plan.pk,
        revision=plan.revision,
        round_name=plan.round.name,
        people=people,
        asked_by=actor.name,
        asked_at=now(),
    )


def _tell_office(actor: Actor, request: ConfirmationRequest, kind: str) -> None:
    about = {"people": len(request.people)} if kind == "confirmation_asked" else {}
    tell(
        actor=actor,
        office=request.tenant_id,
        kind=kind,
        number=request.pk,
        round=request.round_name,
        **about,
    )
