"""Plans on their way, what is in force, and what of it was handed to an office."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from kernel.errors import NotVisible
from scheduling.access.plans import access_plan
from scheduling.access.releases import lock_releases
from scheduling.models.dispatches import (
    ConfirmationRequest,
    ExtractQuerySet,
    PublishedExtract,
)
from scheduling.models.plans import Plan
from scheduling.models.publications import Publication, PublicationQuerySet
from scheduling.models.rounds import InspectionRound
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import DeliveredQuerySet

STEPS_OF_A_ROUND = 0x57E9  # first key of the advisory lock; the second is the round's number


def lock_steps(round_number: int) -> None:
    """Wait until nobody else takes a step with a plan of this round.

    A lock of the round's row would do, but the worker that proposes may not lock it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [STEPS_OF_A_ROUND, round_number % 2**31]
        )


def access_plan_to_step(actor: Actor, number: int, permission: Permission) -> Plan:
    """The plan, locked, for its next step: no edit and no other step of its round comes between.

    The lock lets foreign keys pass: a declaration holds its person and points to the plan, a
    publication holds the plan and waits for its people.
    """
    plan = access_plan(actor, number, permission)
    lock_steps(plan.round_id)
    return (
        Plan.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round", "question", "run")
        .get(tenant_id=actor.tenant_id, pk=number)
    )


def hold_still(plan: Plan) -> None:
    """Until the end of the transaction nobody changes the round, releases to it or withdraws: what
    is looked at is what is approved or published. The round first, as whoever starts a run does."""
    list(
        InspectionRound.objects.select_for_update(no_key=True)
        .filter(tenant_id=plan.tenant_id, pk=plan.round_id)
        .values_list("pk")
    )
    lock_releases(plan.round_id)


def barred_people(plan: Plan) -> Collection[int]:
    """Whose seats in the plan a bar or a hard declaration forbids at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT person_id FROM sec.barred_seats(%s)", [plan.pk])
        return {person for (person,) in cursor.fetchall()}


def publications_visible_to(actor: Actor) -> PublicationQuerySet:
    return Publication.objects.readable_by(actor, Permission.VIEW_PLAN)


def access_publication(
    actor: Actor, number: int, permission: Permission, *, lock: bool = False
) -> Publication:
    """The publication, or a refusal in words that do not tell whether it exists."""
    found = publications_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="publication", number=number)
    actor.must(permission)
    if lock:
        lock_steps(found.round_id)
        found = Publication.objects.select_for_update(of=("self",), no_key=True).get(
            tenant_id=actor.tenant_id, pk=number
        )
    return found


# --- What was handed to an office -----------------------------------------------------------


def requests_visible_to(actor: Actor) -> DeliveredQuerySet[ConfirmationRequest]:
    return ConfirmationRequest.objects.readable_by(actor, Permission.VIEW_DISPATCH)


def access_request(actor: Actor, number: int, permission: Permission) -> ConfirmationRequest:
    """The request, or a refusal in words that do not tell whether it exists."""
    found = requests_visible_to(actor).exclude(people=[]).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="request", number=number)
    actor.must(permission)
    return found


def open_requests() -> Collection[int]:
    """Which of the requests to the office of now still stand. The plan itself is not its to see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM sec.open_requests() AS number")
        return {number for (number,) in cursor.fetchall()}


def extracts_visible_to(actor: Actor) -> ExtractQuerySet:
    return PublishedExtract.objects.readable_by(actor, Permission.VIEW_DISPATCH)


def access_extract(actor: Actor, number: int) -> PublishedExtract:
    """The extract, or a refusal in words that do not tell whether it exists."""
    found = extracts_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="extract", number=number)
    return found


def access_extract_to_take(actor: Actor, number: int) -> PublishedExtract:
    """One's own, or one that one's office sent: whoever may export the plan may export its parts."""
    found = extracts_visible_to(actor).filter(pk=number).first()
    if found is None and actor.may(Permission.EXPORT_PLAN):
        found = PublishedExtract.objects.sent_by(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="extract", number=number)
    return found
