"""Keeping posts to outsiders, and naming people of a team to them."""

from __future__ import annotations

from django.db import transaction

from kernel.clock import now
from kernel.errors import NotVisible
from sharing.access.posts import named_in, posts_for_outsiders, seats_of, settings_of_office
from sharing.access.rooms import access_room
from sharing.domain.posts import BY_SEAT, ROOM_OF, STANDARD, Post, may_be_named
from sharing.errors.posts import (
    PostForOutsiders,
    PostHeldAlready,
    PostNamedByTheLeader,
    PostNotHeld,
    PostNotOfTheRoom,
)
from sharing.models.posts import PostSetting, RoomPost
from sharing.models.rooms import Room, RoomSeat
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import Permission


@transaction.atomic
def set_post(*, actor: Actor, post: Post, for_outsiders: bool) -> PostSetting | None:
    """The leading office's word on a post, from now on, in open rooms as well. None: it held so
    already."""
    said = settings_of_office(actor).filter(post=post).first()
    if for_outsiders is (said.for_outsiders if said is not None else post in STANDARD):
        return None
    setting = PostSetting.objects.create(
        tenant_id=actor.tenant_id, post=post, for_outsiders=for_outsiders
    )
    setting.refresh_from_db()
    audit.record(actor, "sharing.post.set", setting, kind=post.value)
    return setting


@transaction.atomic
def name_to_post(*, actor: Actor, number: int, post: Post, origin: int, person: str) -> RoomPost:
    """By the leader, in room `number`. `PostForOutsiders`, `PostNotOfTheRoom`, `PostHeldAlready`,
    `PostNamedByTheLeader`."""
    room = access_room(actor, number)
    actor.must(Permission.NAME_POSTS)
    seat = _seat(room, origin, person)
    if post in BY_SEAT or ROOM_OF[post] != room.purpose or seat.user_id is None or seat.ended_on:
        raise PostNotOfTheRoom
    is_local = seats_of(room).filter(user_id=seat.user_id, is_local=True).exists()
    kept = PostForOutsiders(name=seat.name)
    if not may_be_named(post, is_local=is_local, for_outsiders=post in posts_for_outsiders(room)):
        raise kept
    refusals = {
        "room_post_for_outsiders": kept,
        "room_post_named_once": PostHeldAlready(name=seat.name),
        "room_post_named_by_the_leader": PostNamedByTheLeader(),
        "room_post_of_its_room": PostNotOfTheRoom(),
    }
    with refused_as(refusals):
        named = RoomPost.objects.create(tenant_id=actor.tenant_id, room=room, seat=seat, post=post)
    named.refresh_from_db()
    audit.record(actor, "sharing.post.named", named, kind=post.value)
    return named


@transaction.atomic
def end_post(*, actor: Actor, number: int, post: Post, origin: int, person: str) -> RoomPost:
    """By the leader. `PostNotHeld`, `PostNamedByTheLeader`."""
    room = access_room(actor, number)
    actor.must(Permission.NAME_POSTS)
    seat = _seat(room, origin, person)
    named = named_in(room).filter(seat=seat, post=post).first()
    if named is None:
        raise PostNotHeld
    named.ended_at = now()
    refusals = {
        "room_post_named_by_the_leader": PostNamedByTheLeader(),
        "room_post_ends_once": PostNotHeld(),
    }
    with refused_as(refusals):
        named.save(update_fields=["ended_at"])
    named.refresh_from_db()
    audit.record(actor, "sharing.post.ended", named, kind=post.value)
    return named


def _seat(room: Room, origin: int, person: str) -> RoomSeat:
    seat = seats_of(room).filter(origin_id=origin, person_number=person).first()
    if seat is None:
        raise NotVisible(what="room_seat", number=person)
    return seat
