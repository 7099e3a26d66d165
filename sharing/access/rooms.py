"""Rooms: of the people who are named there, while the term lasts."""

from __future__ import annotations

from django.db.models import QuerySet

from kernel.clock import today
from kernel.errors import NotVisible
from sharing.domain.hands import TEAM_HANDS, hands_of_roles
from sharing.domain.life_cycle import Hand
from sharing.models.rooms import Room
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.object_permissions import handled_by, handles, seats_with


def rooms_of_mine(actor: Actor, purpose: str | None = None) -> QuerySet[Room]:
    """Open rooms of this office in which the actor is named, the newest first."""
    if actor.user_id is None or not actor.may(Permission.WORK_IN_ROOM):
        return Room.objects.none()
    seats = seats_with(Permission.WORK_IN_ROOM, actor.tenant_id, on=today())
    if not seats.filter(user_id=actor.user_id).exists():
        return Room.objects.none()
    found = Room.objects.filter(tenant_id=actor.tenant_id).open_on(today())
    if purpose is not None:
        found = found.filter(purpose=purpose)
    return handled_by(actor.user_id, found).order_by("-pk")


def access_room(actor: Actor, number: int, purpose: str | None = None) -> Room:
    """A room where the actor works today; any other one is not there."""
    room = rooms_of_mine(actor, purpose).filter(pk=number).first()
    if room is None:
        raise NotVisible(what="room", number=number)
    return room


def works_in(actor: Actor, room: Room) -> bool:
    """Whether the actor is of the team: named, with a seat in force, and the room still open."""
    return (
        actor.may(Permission.WORK_IN_ROOM)
        and room.tenant_id == actor.tenant_id
        and room.is_open_on(today())
        and handles(actor.user_id, room)
    )


def hands_in(actor: Actor, room: Room) -> frozenset[Hand]:
    """The actor's hands on what is kept in the room; a team's only to its members. The finder's and
    a unit's the subject narrows further."""
    hands = hands_of_roles(actor.roles)
    return hands if works_in(actor, room) else hands - TEAM_HANDS
