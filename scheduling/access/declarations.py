"""Declarations: what an office said of its people, what reached the office that leads the round,
and the calls that say for which rounds there is something to declare."""

from __future__ import annotations

from django.db import connection

from kernel.errors import NotVisible
from scheduling.models.declarations import Declaration, DeclarationQuerySet
from scheduling.models.releases import ReleaseCall
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import DeliveredQuerySet

DECLARED_IN_A_ROUND = 0xDEC1  # first key of the advisory lock; the second is the round's number


def may_declare_at_home(actor: Actor) -> bool:
    """About the own office's people: whoever may see who they are, and the discipline body."""
    return actor.may(Permission.DECLARE_UNAVAILABLE) or (
        actor.may(Permission.DECLARE_TIES) and actor.may(Permission.VIEW_ROSTER)
    )


def calls_to_declare_for(actor: Actor) -> DeliveredQuerySet[ReleaseCall]:
    """The calls that reached the office, for whoever may declare about its people."""
    if not may_declare_at_home(actor):
        return ReleaseCall.objects.none()
    return ReleaseCall.objects.filter(tenant_id=actor.tenant_id)


def access_call_to_declare_for(actor: Actor, number: int) -> ReleaseCall:
    call = calls_to_declare_for(actor).filter(pk=number).first()
    if call is None:
        raise NotVisible(what="call", number=number)
    return call


def declared_by(actor: Actor) -> DeclarationQuerySet:
    """What the actor's office has declared, as far as the actor's role concerns it."""
    sent = Declaration.objects.sent_by(actor)
    if actor.may(Permission.DECLARE_TIES):
        return sent
    if actor.may(Permission.DECLARE_UNAVAILABLE):
        return sent.filter(target=Declaration.Target.ROUND)
    return sent.none()


def received_by(actor: Actor) -> DeclarationQuerySet:
    """What reached the office that leads the round."""
    return Declaration.objects.readable_by(actor, Permission.VIEW_ROUND)


def access_own_declaration(actor: Actor, number: int) -> Declaration:
    found = declared_by(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="declaration", number=number)
    return found


def lock_declarations(round_number: int) -> None:
    """Wait until nobody else declares for this round: the same tie, typed twice, stands once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [DECLARED_IN_A_ROUND, round_number % 2**31]
        )
