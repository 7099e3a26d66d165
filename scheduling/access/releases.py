"""Release calls as their receivers see them, and the lock that orders release and solving."""

from __future__ import annotations

from django.db import connection

from kernel.errors import NotVisible
from scheduling.models.releases import CallNotice, ReleaseCall
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import DeliveredQuerySet

RELEASES_OF_A_ROUND = 0x5EED  # first key of the advisory lock; the second is the round's number


def calls_visible_to(actor: Actor) -> DeliveredQuerySet[ReleaseCall]:
    """The calls that reached the actor's office."""
    return ReleaseCall.objects.readable_by(actor, Permission.VIEW_RELEASES)


def access_call(actor: Actor, number: int, permission: Permission) -> ReleaseCall:
    """The call, or a refusal in words that do not tell whether it exists."""
    call = calls_visible_to(actor).filter(pk=number).first()
    if call is None:
        raise NotVisible(what="call", number=number)
    actor.must(permission)
    return call


def is_closed(call: ReleaseCall) -> bool:
    """Whether the leading office has closed the call and not opened it again."""
    newest = CallNotice.objects.filter(tenant_id=call.tenant_id, call=call).order_by("-pk").first()
    return newest is not None and newest.kind == CallNotice.Kind.CLOSED


def lock_releases(round_number: int) -> None:
    """Wait until nobody else releases to, withdraws from, closes or opens this round.

    The county and the city cannot see each other's rows, let alone lock them; an advisory lock
    until the end of the transaction is the one thing that both can hold.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)",
            [RELEASES_OF_A_ROUND, round_number % 2**31],
        )
