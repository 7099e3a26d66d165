"""Clues of a team: the leaders' all, a member's own."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kernel.errors import NotVisible
from sharing.access.posts import posts_for_outsiders
from sharing.access.rooms import hands_in, places_of, rooms_in_place, rooms_of_mine
from sharing.domain.hands import TEAM_HANDS
from sharing.domain.life_cycle import Hand
from sharing.domain.posts import Post
from sharing.models.clues import Clue, ClueRoute
from sharing.models.rooms import Room, RoomSeat
from tenancy.actor import Actor
from tenancy.domain.roles import Permission, Role

_LEADING = frozenset({Role.TEAM_LEADER, Role.DEPUTY_LEADER})
_LEADING_PLACES = (RoomSeat.Role.LEADER, RoomSeat.Role.DEPUTY)


def direct_rooms_of(actor: Actor) -> QuerySet[Room]:
    """Where the actor may register a clue."""
    if not actor.may(Permission.REGISTER_CLUE):
        return Room.objects.none()
    return rooms_of_mine(actor, Room.Purpose.DIRECT)


def clues_of_team(actor: Actor) -> QuerySet[Clue]:
    """All of the rooms where the actor leads or is deputy, their own of the others."""
    rooms = direct_rooms_of(actor)
    found = Clue.objects.filter(tenant_id=actor.tenant_id, room__in=rooms.order_by())
    mine = Q(registered_by_id=actor.user_id)
    if actor.roles & _LEADING:
        mine |= Q(room__in=_led_by(actor))
    return found.filter(mine)


def _led_by(actor: Actor) -> list[int]:
    """But for rooms whose other clues a deputy leader of the county inspected does not read."""
    local = RoomSeat.objects.filter(
        tenant_id=actor.tenant_id, user_id=actor.person_id, is_local=True
    )
    away = set(local.values_list("room_id", flat=True))
    away -= set(
        places_of(actor).filter(role=RoomSeat.Role.LEADER).values_list("room_id", flat=True)
    )
    led = rooms_in_place(actor, Room.Purpose.DIRECT, _LEADING_PLACES).order_by()
    return [
        room.pk
        for room in led
        if room.pk not in away or Post.CLUES not in posts_for_outsiders(room)
    ]


def access_clue(actor: Actor, number: int) -> Clue:
    """Of one's own team, and one's own or the leaders'; any other one is not there."""
    clue = clues_of_team(actor).select_related("room").filter(pk=number).first()
    if clue is None:
        raise NotVisible(what="clue", number=number)
    return clue


def hands_on_clue(actor: Actor, clue: Clue) -> frozenset[Hand]:
    hands = hands_in(actor, clue.room) & TEAM_HANDS
    if clue.registered_by_id != actor.user_id:
        hands -= {Hand.MEMBER, Hand.FINDER}
    return hands


def routes_watched_by(actor: Actor) -> QuerySet[ClueRoute]:
    """What the city knows of clues that counties have: office and state, no text."""
    return (
        ClueRoute.objects.readable_by(actor, Permission.WATCH_CLUES)
        .exclude(office_id=actor.tenant_id)
        .prefetch_related("office")
    )
