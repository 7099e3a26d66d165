"""Authorisations of teams: of the city that proposes them, and of the office that answers."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import Q

from kernel.errors import NotAllowed, NotVisible
from sharing.models.authorisations import Authorisation, AuthorisationRequest
from sharing.models.rooms import Room
from tenancy.actor import Actor
from tenancy.domain.roles import PERMISSION_TITLES, Permission
from tenancy.visibility import DeliveredQuerySet, OfficeQuerySet


def requests_visible_to(actor: Actor) -> DeliveredQuerySet[AuthorisationRequest]:
    """What reached the office, and what it sent."""
    if not actor.may(Permission.VIEW_AUTHORISATIONS):
        return AuthorisationRequest.objects.none()
    return AuthorisationRequest.objects.filter(
        Q(tenant_id=actor.tenant_id) | Q(sender_id=actor.tenant_id)
    )


def access_request(actor: Actor, number: int) -> AuthorisationRequest:
    """The request, or a refusal in words that do not tell whether it exists."""
    found = requests_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="authorisation", number=number)
    return found


def access_request_to(actor: Actor, number: int, permission: Permission) -> AuthorisationRequest:
    """For an act. Whoever sees it and may not is told so; granting is the receiver's alone."""
    found = access_request(actor, number)
    actor.must(permission)
    is_of_owner = permission is Permission.GRANT_AUTHORISATION
    if is_of_owner and found.tenant_id != actor.tenant_id:
        raise NotAllowed(permission=PERMISSION_TITLES[permission])
    return found


def answers_visible_to(actor: Actor) -> DeliveredQuerySet[Authorisation]:
    if not actor.may(Permission.VIEW_AUTHORISATIONS):
        return Authorisation.objects.none()
    return Authorisation.objects.filter(Q(tenant_id=actor.tenant_id) | Q(sender_id=actor.tenant_id))


def rooms_of_office(actor: Actor) -> OfficeQuerySet[Room]:
    """The office's rooms as its directors see them: that they are there, and who sits in them."""
    return Room.objects.readable_by(actor, Permission.VIEW_AUTHORISATIONS)


def open_requests() -> Collection[int]:
    """Which of those that concern the office of now wait for an answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM sec.open_authorisations() AS number")
        return {number for (number,) in cursor.fetchall()}
