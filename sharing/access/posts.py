"""Posts of a team: who reaches what a post keeps, by the same rule as the database's."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from kernel.errors import NotVisible
from sharing.access.rooms import access_room, works_in
from sharing.domain.posts import ROOM_OF, Post, reaches
from sharing.models.posts import PostSetting, RoomPost
from sharing.models.rooms import Room, RoomSeat
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import OfficeQuerySet


def posts_for_outsiders(room: Room) -> frozenset[Post]:
    """The leading office's word is in its own tenancy: the database is asked."""
    wanted = [post.value for post in Post]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT post FROM unnest(%s::text[]) AS post WHERE sec.for_outsiders(%s, post)",
            [wanted, room.pk],
        )
        return frozenset(Post(post) for (post,) in cursor.fetchall())


def seats_of(room: Room) -> OfficeQuerySet[RoomSeat]:
    return RoomSeat.objects.filter(tenant_id=room.tenant_id, room=room)


def named_in(room: Room) -> OfficeQuerySet[RoomPost]:
    """Who is named to a post of the room today."""
    return RoomPost.objects.filter(tenant_id=room.tenant_id, room=room, ended_at__isnull=True)


def reaches_post(actor: Actor, room: Room, post: Post) -> bool:
    """One local place in the room, also a past one, keeps somebody away."""
    if not works_in(actor, room) or room.purpose != ROOM_OF[post]:
        return False
    mine = list(seats_of(room).filter(user_id=actor.person_id))
    return seats_reach(room, mine, post, posts_for_outsiders(room))


def seats_reach(
    room: Room, seats: Collection[RoomSeat], post: Post, guarded: Collection[Post]
) -> bool:
    """`seats`: all places of one person in the room."""
    current = [seat for seat in seats if seat.ended_on is None and seat.user_id is not None]
    named = set(named_in(room).filter(seat__in=current).values_list("seat_id", "post"))
    is_local = any(seat.is_local for seat in seats)
    return any(
        reaches(
            post,
            role=seat.role,
            is_local=is_local,
            named_to={Post(one) for at, one in named if at == seat.pk},
            for_outsiders=post in guarded,
        )
        for seat in current
    )


def access_post(actor: Actor, number: int, post: Post) -> Room:
    """The room, for whoever reaches what the post keeps there. To all others it is not there."""
    room = access_room(actor, number, ROOM_OF[post])
    if not reaches_post(actor, room, post):
        raise NotVisible(what="room", number=number)
    return room


def settings_of_office(actor: Actor) -> OfficeQuerySet[PostSetting]:
    """What the own office has said, the newest word first."""
    actor.must(Permission.SET_POSTS)
    return PostSetting.objects.filter(tenant_id=actor.tenant_id).order_by("-pk")
