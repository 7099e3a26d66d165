"""Emergency accesses: those that one's office asked for, those that ask for one's own people, and
for a security administrator all of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from kernel.errors import NotVisible
from scheduling.models.emergencies import EmergencyAccess
from tenancy.actor import Actor
from tenancy.domain.roles import ADMINISTRATORS, Permission

MOST = 200


def emergencies_visible_to(actor: Actor) -> Sequence[EmergencyAccess]:
    """The newest first. Of one's own office only what one's permission is about."""
    if ADMINISTRATORS & actor.roles:
        if not actor.may(Permission.CONFIRM_EMERGENCY):
            return []
        found = list(EmergencyAccess.objects.raw("SELECT * FROM sec.emergencies()"))
        return sorted(found, key=lambda one: -one.pk)
    theirs = Q(pk__in=[])
    if actor.may(Permission.ASK_EMERGENCY):
        theirs |= Q(sender_id=actor.tenant_id)
    if actor.may(Permission.CONFIRM_EMERGENCY):
        theirs |= Q(tenant_id=actor.tenant_id)
    return list(EmergencyAccess.objects.filter(theirs).order_by("-pk")[:MOST])


def access_emergency(actor: Actor, number: int) -> EmergencyAccess:
    """The request, or a refusal in words that do not tell whether it exists."""
    for one in emergencies_visible_to(actor):
        if one.pk == number:
            return one
    raise NotVisible(what="emergency access", number=number)
