"""Look-backs: of the office, and of the team that visits."""

from __future__ import annotations

from django.db.models import QuerySet

from kernel.errors import NotVisible
from sharing.access.rooms import hands_in, rooms_of_mine
from sharing.domain.hands import TEAM_HANDS, hands_of_roles
from sharing.domain.life_cycle import Hand
from sharing.models.look_backs import LookBack
from sharing.models.rectification import RectificationItem
from sharing.models.rooms import Room
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import OfficeQuerySet


def look_backs_visible_to(actor: Actor) -> QuerySet[LookBack]:
    """The office's; a team's member sees those of the rooms where they work."""
    if actor.may(Permission.VIEW_RECTIFICATION):
        return LookBack.objects.filter(tenant_id=actor.tenant_id)
    mine = rooms_of_mine(actor, Room.Purpose.PAPERS)
    return LookBack.objects.filter(tenant_id=actor.tenant_id, room__in=mine.values("pk"))


def access_look_back(actor: Actor, number: int) -> LookBack:
    found = look_backs_visible_to(actor).select_related("room").filter(pk=number).first()
    if found is None:
        raise NotVisible(what="look_back", number=number)
    return found


def items_of(back: LookBack) -> OfficeQuerySet[RectificationItem]:
    """What its team may look at: closed items of the units that it covers. Any other is not there."""
    return RectificationItem.objects.filter(
        tenant_id=back.tenant_id, state="closed_out", desk__unit_code__in=back.unit_codes
    )


def hands_on(actor: Actor, back: LookBack) -> frozenset[Hand]:
    if back.room is None:
        return hands_of_roles(actor.roles) - TEAM_HANDS
    return hands_in(actor, back.room)


def rooms_to_visit(actor: Actor) -> QuerySet[Room]:
    """Rooms of teams of this office, of which one can be sent on a look-back."""
    rooms = Room.objects.filter(tenant_id=actor.tenant_id, purpose=Room.Purpose.PAPERS)
    return rooms.filter(closed_at__isnull=True).order_by("-pk")
