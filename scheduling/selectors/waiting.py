"""What of plans on their way waits for somebody, as facts: the desk makes the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduling.access.plans import plans_visible_to
from scheduling.access.publications import extracts_visible_to
from scheduling.domain.publishing import STANDING
from scheduling.models.dispatches import PublishedExtract
from scheduling.models.plans import PlanState, PlanStep
from scheduling.models.rounds import InspectionRound
from scheduling.selectors.dispatch import RequestLine, request_list
from scheduling.selectors.handling import unhandled_rounds
from scheduling.selectors.requests import asked_about_each
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

DISPATCHES = 3  # newest first


@dataclass(frozen=True, slots=True)
class DecisionFact:
    """A plan that is being decided, and how far its confirmations are."""

    plan_number: int
    version: int
    round_name: str
    state: str
    offices: int
    confirmed: int
    objecting: int
    is_own_proposal: bool


@dataclass(frozen=True, slots=True)
class ReturnedFact:
    plan_number: int
    version: int
    round_name: str
    by: str


@dataclass(frozen=True, slots=True)
class DispatchFact:
    """A published round: what of it is the office's own."""

    number: int
    round_name: str
    going: int
    coming: int
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    requests: Sequence[RequestLine]  # those that are open
    decisions: Sequence[DecisionFact]
    returned: Sequence[ReturnedFact]
    dispatches: Sequence[DispatchFact]
    unhandled: Sequence[InspectionRound]


def waiting_for(actor: Actor) -> Waiting:
    """In a constant number of queries."""
    sees_own = actor.may(Permission.VIEW_DISPATCH)
    requests = request_list(actor) if sees_own else ()
    return Waiting(
        requests=[line for line in requests if line.is_open],
        decisions=_decisions(actor),
        returned=_returned(actor) if actor.may(Permission.PROPOSE_PLAN) else (),
        dispatches=_dispatches(actor) if sees_own else (),
        unhandled=unhandled_rounds(actor),
    )


def _decisions(actor: Actor) -> Sequence[DecisionFact]:
    plans = list(
        plans_visible_to(actor).filter(state__in=STANDING).select_related("round").order_by("-pk")
    )
    if not plans:
        return ()
    asked = {
        number: [one for one in offices.values() if one.request.people]
        for number, offices in asked_about_each(plans).items()
    }
    return [
        DecisionFact(
            plan.pk,
            plan.version,
            plan.round.name,
            plan.state,
            offices=len(asked[plan.pk]),
            confirmed=sum(one.is_confirmed for one in asked[plan.pk]),
            objecting=sum(bool(one.objections) for one in asked[plan.pk]),
            is_own_proposal=plan.proposed_by_id == actor.user_id,
        )
        for plan in plans
    ]


def _returned(actor: Actor) -> Sequence[ReturnedFact]:
    """Candidates whose last step is the director's return."""
    newest = (
        PlanStep.objects.filter(tenant_id=actor.tenant_id, plan__state=PlanState.CANDIDATE)
        .order_by("plan_id", "-pk")
        .distinct("plan_id")
        .select_related("plan__round")
    )
    return [
        ReturnedFact(step.plan_id, step.plan.version, step.plan.round.name, step.by)
        for step in newest
        if step.kind == PlanStep.Kind.RETURNED
    ]


def _dispatches(actor: Actor) -> Sequence[DispatchFact]:
    current = extracts_visible_to(actor).current().order_by("-starts_on", "-pk")[:DISPATCHES]
    return [
        DispatchFact(
            extract.pk,
            extract.round_name,
            going=len(extract.document["going_out"]),
            coming=len(extract.document["coming_in"]),
            is_withdrawn=extract.kind == PublishedExtract.Kind.WITHDRAWN,
        )
        for extract in current
    ]
