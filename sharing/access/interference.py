"""The register of interference: of who registered, of the leader unless it goes past them, and of
the city's director and discipline body."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kernel.errors import NotVisible
from sharing.access.rooms import rooms_in_place, rooms_of_mine
from sharing.models.interference import InterferenceEntry
from sharing.models.rooms import Room
from tenancy.actor import Actor
from tenancy.domain.roles import Permission, Role


def entries_visible_to(actor: Actor) -> QuerySet[InterferenceEntry]:
    found = InterferenceEntry.objects.filter(tenant_id=actor.tenant_id).prefetch_related("room")
    if actor.may(Permission.DEAL_WITH_INTERFERENCE):
        return found
    if not actor.may(Permission.REPORT_INTERFERENCE):
        return found.none()
    mine = Q(registered_by_id=actor.user_id)
    if Role.TEAM_LEADER in actor.roles:
        led = rooms_in_place(actor, Room.Purpose.DIRECT).order_by()
        mine |= Q(past_leader=False, room__in=led)
    return found.filter(mine, room__in=rooms_of_mine(actor, Room.Purpose.DIRECT).order_by())


def access_entry(actor: Actor, number: int) -> InterferenceEntry:
    found = entries_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="interference", number=number)
    return found
