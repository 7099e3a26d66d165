"""Document requests: of the team in its room, and of who speaks for the unit that is asked."""

from __future__ import annotations

from kernel.errors import NotVisible
from sharing.access.contacts import of_units, units_spoken_for
from sharing.access.posts import reaches_post
from sharing.access.rooms import access_room, hands_in, rooms_of_mine, works_in
from sharing.domain.hands import TEAM_HANDS
from sharing.domain.life_cycle import Hand
from sharing.domain.posts import Post
from sharing.models.contacts import UnitDesk
from sharing.models.document_requests import DocumentRequest
from sharing.models.rooms import Room, RoomUnit
from tenancy.actor import Actor
from tenancy.visibility import OfficeQuerySet


def requests_of_room(actor: Actor, number: int) -> OfficeQuerySet[DocumentRequest]:
    """Of one's team; those for accounts are of the post."""
    room = access_room(actor, number, Room.Purpose.PAPERS)
    found = DocumentRequest.objects.filter(tenant_id=actor.tenant_id, room=room)
    return found if reaches_post(actor, room, Post.ACCOUNTS) else found.filter(is_accounts=False)


def requests_to(actor: Actor) -> OfficeQuerySet[DocumentRequest]:
    """To units that the actor speaks for. In a lifted round nobody of the city's registry answers."""
    to_mine = of_units(actor, units_spoken_for(actor))
    return DocumentRequest.objects.filter(to_mine, tenant_id=actor.tenant_id)


def access_document_request(actor: Actor, number: int) -> DocumentRequest:
    """As one of the team, or as who speaks for the unit."""
    for room in rooms_of_mine(actor, Room.Purpose.PAPERS).order_by():
        found = requests_of_room(actor, room.pk).select_related("room").filter(pk=number).first()
        if found is not None:
            return found
    asked = requests_to(actor).select_related("room").filter(pk=number).first()
    if asked is None:
        raise NotVisible(what="document_request", number=number)
    return asked


def hands_on_request(actor: Actor, request: DocumentRequest) -> frozenset[Hand]:
    """A member's only in the room, and for accounts by the post; the unit's by who speaks for it."""
    hands = hands_in(actor, request.room) & (TEAM_HANDS | {Hand.UNIT})
    if request.is_accounts and not reaches_post(actor, request.room, Post.ACCOUNTS):
        hands -= TEAM_HANDS
    if not works_in(actor, request.room):
        hands -= TEAM_HANDS
    if not requests_to(actor).filter(pk=request.pk).exists():
        hands -= {Hand.UNIT}
    return hands


def bodies_to_ask(room: Room) -> dict[str, str]:
    """Units of the room first, then the other bodies of the office's registry: name by code."""
    units = RoomUnit.objects.filter(tenant_id=room.tenant_id, room=room).order_by("code")
    desks = UnitDesk.objects.filter(tenant_id=room.tenant_id).order_by("unit_code")
    named = dict(units.values_list("code", "name"))
    others = dict(desks.values_list("unit_code", "name"))
    return named | {code: name for code, name in others.items() if code not in named}
