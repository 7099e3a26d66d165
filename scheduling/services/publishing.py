"""Approving a plan, putting it in force, correcting what is in force, and withdrawing it.

A publication is one transaction: the frozen row, the end of the one before, what each office is
told of its own, the notices and the audit line stand together or not at all. The last word is the
database's: it admits an approved, verified revision without a barred seat, once a round, and books
nobody twice.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction

from kernel.clock import now, today
from kernel.text import day_text
from scheduling.access.publications import (
    access_plan_to_step,
    access_publication,
    hold_still,
)
from scheduling.domain.publishing import in_the_way_of_force, state_after
from scheduling.errors import (
    ProposerMayNotApprove,
    PublicationOver,
    RoundHasBegun,
    WordsMissing,
)
from scheduling.mapping.publications import (
    difference_between,
    document_of,
    hash_of,
)
from scheduling.models.dispatches import PublishedExtract
from scheduling.models.plans import Plan, PlanState, PlanStep
from scheduling.models.publications import Publication
from scheduling.selectors.in_the_way import facts_of
from scheduling.services.dispatching import extracts_of, hand_out
from scheduling.services.notices import tell
from scheduling.services.proposing import drop_requests
from scheduling.services.stepping import held_up, out_of_turn, take_step
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

# What the database refuses a publication by, when something came between the look and the act.
LATE = {
    "publication_of_an_approved_plan",
    "publication_of_a_verified_revision",
    "publication_without_barred_seats",
    "publication_of_an_unchanged_round",
    "publication_of_confirmed_people",
    "booking_books_nobody_twice",
}


@transaction.atomic
def approve_plan(*, actor: Actor, number: int, words: str = "") -> Plan:
    """Approve a proposed plan, by another person than proposed it. Twice is once."""
    plan = access_plan_to_step(actor, number, Permission.APPROVE_PLAN)
    if plan.state == PlanState.APPROVED:
        return plan
    _must_follow(plan, PlanStep.Kind.APPROVED)
    if plan.proposed_by_id == actor.user_id:
        raise ProposerMayNotApprove(version=plan.version)
    hold_still(plan)
    if obstacles := in_the_way_of_force(facts_of(plan)):
        raise held_up(plan, "approved", obstacles)
    take_step(actor, plan, PlanStep.Kind.APPROVED, words=words)
    _tell_city(actor, plan, "plan_approved")
    audit.record(actor, "scheduling.plan.approved", plan, revision=plan.revision)
    return plan


@transaction.atomic
def return_plan(*, actor: Actor, number: int, words: str) -> Plan:
    """The director sends a proposal back to the desk and says why."""
    plan = access_plan_to_step(actor, number, Permission.APPROVE_PLAN)
    _must_follow(plan, PlanStep.Kind.RETURNED)
    if not words.strip():
        raise WordsMissing
    drop_requests(actor, plan)
    take_step(actor, plan, PlanStep.Kind.RETURNED, words=words)
    _tell_city(actor, plan, "plan_returned")
    audit.record(actor, "scheduling.plan.returned", plan, revision=plan.revision)
    return plan


@transaction.atomic
def publish_plan(*, actor: Actor, number: int, words: str = "") -> Publication:
    """Put an approved plan in force; what is in force in its round is corrected by it.

    Publishing twice gives the publication of the first time.
    """
    plan = access_plan_to_step(actor, number, Permission.PUBLISH_PLAN)
    done = Publication.objects.filter(tenant_id=actor.tenant_id, plan=plan).first()
    if done is not None and plan.state == PlanState.PUBLISHED:
        return done
    _must_follow(plan, PlanStep.Kind.PUBLISHED)
    hold_still(plan)
    if obstacles := in_the_way_of_force(facts_of(plan)):
        raise held_up(plan, "published", obstacles)
    made, corrected = _in_force(actor, plan, words)
    take_step(actor, plan, PlanStep.Kind.PUBLISHED, words=words)
    kind = PublishedExtract.Kind.CORRECTED if corrected else PublishedExtract.Kind.PUBLISHED
    hand_out(actor, made, kind, extracts_of(plan))
    _tell_city(actor, plan, f"plan_{kind.value}", made)
    audit.record(
        actor,
        "scheduling.plan.published",
        made,
        plan=plan.pk,
        revision=plan.revision,
        number=made.number,
        plan_sha256=made.plan_sha256,
        input_sha256=made.input_sha256,
        corrects=None if corrected is None else corrected.number,
    )
    return made


@transaction.atomic
def withdraw_publication(*, actor: Actor, number: int, words: str) -> Publication:
    """Take a published plan out of force, before its round begins, and say why. Twice is once."""
    made = access_publication(actor, number, Permission.PUBLISH_PLAN, lock=True)
    if made.ending == Publication.Ending.WITHDRAWN:
        return made
    round_ = made.round
    if made.ended_at is not None:
        raise PublicationOver(round=round_.name, number=made.number)
    if today() >= round_.starts_on:
        raise RoundHasBegun(round=round_.name, starts_on=day_text(round_.starts_on))
    if not words.strip():
        raise WordsMissing
    plan = _locked(made.plan)
    _end(actor, made, Publication.Ending.WITHDRAWN, words)
    take_step(actor, plan, PlanStep.Kind.WITHDRAWN, words=words)
    hand_out(actor, made, PublishedExtract.Kind.WITHDRAWN, {})
    _tell_city(actor, plan, "plan_withdrawn", made)
    audit.record(actor, "scheduling.plan.withdrawn", made, plan=plan.pk, number=made.number)
    return made


def _must_follow(plan: Plan, step: PlanStep.Kind) -> None:
    if state_after(plan.state, step) is None:
        raise out_of_turn(plan, step)


def _in_force(actor: Actor, plan: Plan, words: str) -> tuple[Publication, Publication | None]:
    """The new publication, and the one that it corrects."""
    try:
        with transaction.atomic():
            before = _corrected(actor, plan, words)
            return _publication(actor, plan, before), before
    except IntegrityError as error:
        diagnostics = getattr(error.__cause__, "diag", None)
        if getattr(diagnostics, "constraint_name", None) not in LATE:
            raise
        # Somebody came between: by now their rows can be seen, and named.
        obstacles = in_the_way_of_force(facts_of(plan))
        if not obstacles:
            raise
        raise held_up(plan, "published", obstacles) from error


def _corrected(actor: Actor, plan: Plan, words: str) -> Publication | None:
    """End what is in force in the round, which also frees the days of its people."""
    before = (
        Publication.objects.in_force()
        .select_for_update(of=("self",), no_key=True)
        .filter(tenant_id=actor.tenant_id, round_id=plan.round_id)
        .first()
    )
    if before is not None:
        old = _locked(before.plan)
        _end(actor, before, Publication.Ending.SUPERSEDED, words)
        take_step(actor, old, PlanStep.Kind.SUPERSEDED, words=words)
    return before


def _publication(actor: Actor, plan: Plan, before: Publication | None) -> Publication:
    document = document_of(plan)
    question = plan.question
    if question is None:
        raise ValueError("A plan without a frozen question has no clean verdict.")
    earlier = Publication.objects.filter(tenant_id=actor.tenant_id, round_id=plan.round_id)
    return Publication.objects.create(
        tenant_id=actor.tenant_id,
        round_id=plan.round_id,
        plan=plan,
        number=earlier.count() + 1,
        input_sha256=question.sha256,
        rules_sha256=question.rules_sha256,
        engine=question.engine,
        plan_sha256=hash_of(document),
        document=document,
        difference=None if before is None else difference_between(before.plan, plan),
        published_by=actor.name,
        published_at=now(),
    )


def _end(actor: Actor, made: Publication, ending: Publication.Ending, words: str) -> None:
    made.ended_at, made.ending = now(), ending
    made.ended_by, made.ended_because = actor.name, words.strip()
    made.save(update_fields=["ended_at", "ending", "ended_by", "ended_because"])


def _locked(plan: Plan) -> Plan:
    return (
        Plan.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round")
        .get(tenant_id=plan.tenant_id, pk=plan.pk)
    )


def _tell_city(actor: Actor, plan: Plan, kind: str, made: Publication | None = None) -> None:
    about: dict[str, str | int] = {"round": plan.round.name}
    about |= {"version": plan.version} if made is None else {"edition": made.number}
    target = plan.pk if made is None else made.pk
    tell(actor=actor, office=actor.tenant_id, kind=kind, number=target, **about)
