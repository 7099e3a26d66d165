"""Rooms: of the people who are named there, while the term lasts."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from kernel.clock import today
from kernel.errors import NotVisible
from sharing.domain.hands import TEAM_HANDS, hands_of_roles
from sharing.domain.life_cycle import Hand
from sharing.models.rooms import Room, RoomSeat
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.object_permissions import handled_by, handles, seats_with
from tenancy.visibility import OfficeQuerySet


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


def places_of(actor: Actor) -> OfficeQuerySet[RoomSeat]:
    """The actor's own places of now, in whatever rooms of the office."""
    if actor.user_id is None:
        return RoomSeat.objects.none()
    return RoomSeat.objects.filter(
        tenant_id=actor.tenant_id, user_id=actor.user_id, ended_on__isnull=True
    )


def rooms_in_place(
    actor: Actor, purpose: str, roles: Collection[str] = (RoomSeat.Role.LEADER,)
) -> QuerySet[Room]:
    """Of one's rooms those where one has such a place. A leader's seat in the office is of each team
    that they are in, and says nothing of which one they lead."""
    places = places_of(actor).filter(role__in=roles)
    return rooms_of_mine(actor, purpose).filter(pk__in=places.values("room_id"))


def leads(actor: Actor, room: Room) -> bool:
    return places_of(actor).filter(room=room, role=RoomSeat.Role.LEADER).exists()


def hands_in(actor: Actor, room: Room) -> frozenset[Hand]:
    """The actor's hands on what is kept in the room; a team's only to its members, its leader's only
    to who leads it. The finder's and a unit's the subject narrows further."""
    hands = hands_of_roles(actor.roles)
    if not works_in(actor, room):
        return hands - TEAM_HANDS
    if Hand.TEAM_LEADER in hands and not leads(actor, room):
        return hands - {Hand.TEAM_LEADER}
    return hands
