"""A team's rooms, as the team sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.clock import today
from kernel.errors import NotVisible
from sharing.access.rooms import access_room, rooms_of_mine
from sharing.models.rooms import Room, RoomSeat, RoomUnit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Membership
from tenancy.paging import Part, Window, part_of

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class RoomLine:
    room: Room
    days_left: int

    @property
    def is_direct(self) -> bool:
        return self.room.purpose == Room.Purpose.DIRECT

    @property
    def ends_soon(self) -> bool:
        return self.days_left <= SOON_DAYS


@dataclass(frozen=True, slots=True)
class RoomPage:
    """`other`: the seat by which one goes to the team's other room, where that is another office's;
    `beside`: that room, where it is this office's."""

    line: RoomLine
    seats: Sequence[RoomSeat]
    mine: RoomSeat | None
    units: Sequence[RoomUnit]
    other: Membership | None
    beside: Room | None

    @property
    def room(self) -> Room:
        return self.line.room


def room_list(actor: Actor) -> Sequence[RoomLine]:
    actor.must(Permission.WORK_IN_ROOM)
    return [_line(room) for room in rooms_of_mine(actor).select_related("host", "lead")]


def rooms_part(actor: Actor, window: Window) -> Part[RoomLine]:
    actor.must(Permission.WORK_IN_ROOM)
    part = part_of(rooms_of_mine(actor).select_related("host", "lead"), window, "-pk")
    return part.showing([_line(room) for room in part.lines])


def room_page(actor: Actor, number: int) -> RoomPage:
    """Everybody of the team, its units, and the way to the other room."""
    access_room(actor, number)
    room = Room.objects.select_related("host", "lead").get(tenant_id=actor.tenant_id, pk=number)
    seats = RoomSeat.objects.filter(tenant_id=actor.tenant_id, room=room, ended_on__isnull=True)
    everybody = list(seats.select_related("origin").order_by("pk"))
    units = RoomUnit.objects.filter(tenant_id=actor.tenant_id, room=room)
    return RoomPage(
        line=_line(room),
        seats=everybody,
        mine=next((seat for seat in everybody if seat.user_id == actor.user_id), None),
        units=list(units.order_by("starts_on", "code")),
        other=_other_seat(actor, room),
        beside=_room_beside(actor, room),
    )


def room_of_request(actor: Actor, number: int) -> Room:
    """The room of that authorisation in which the actor works, here."""
    room = rooms_of_mine(actor).filter(request_number=number).first()
    if room is None:
        raise NotVisible(what="authorisation", number=number)
    return room


def _line(room: Room) -> RoomLine:
    return RoomLine(room, (room.until_on - today()).days)


def _other_seat(actor: Actor, room: Room) -> Membership | None:
    """One sees one's own seats in whatever office, and nothing else of it."""
    is_direct = room.purpose == Room.Purpose.DIRECT
    office = room.host_id if is_direct else room.lead_id
    if room.request_number is None or office == actor.tenant_id or room.mode == "lifted":
        return None
    mine = Membership.objects.in_force(today()).filter(user_id=actor.person_id, is_guest=True)
    return mine.filter(tenant_id=office).select_related("tenant").order_by("pk").first()


def _room_beside(actor: Actor, room: Room) -> Room | None:
    if room.request_number is None:
        return None
    own = rooms_of_mine(actor).filter(request_number=room.request_number)
    return own.exclude(pk=room.pk).first()
