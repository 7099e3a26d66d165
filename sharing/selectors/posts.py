"""The posts of a team as its room shows them, and as the leading office sets them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.text import Text
from sharing.access.posts import named_in, posts_for_outsiders, seats_of, settings_of_office
from sharing.access.rooms import access_room
from sharing.domain.posts import (
    BY_SEAT,
    POST_KEEPS,
    POST_TITLES,
    ROOM_OF,
    STANDARD,
    Post,
    may_be_named,
)
from sharing.models.posts import PostSetting, RoomPost
from sharing.models.rooms import RoomSeat
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

MOST_WORDS = 50


@dataclass(frozen=True, slots=True)
class HolderLine:
    """`is_kept_away`: named before the office kept the post to outsiders; it gives them nothing."""

    named: RoomPost
    seat: RoomSeat
    is_kept_away: bool


@dataclass(frozen=True, slots=True)
class PostLine:
    """`may_name`: people of the team who can be named yet; empty for all but the leader."""

    post: Post
    title: Text
    keeps: Text
    for_outsiders: bool
    holders: Sequence[HolderLine]
    may_name: Sequence[RoomSeat]


@dataclass(frozen=True, slots=True)
class SettingLine:
    """`said` None: nobody has said anything, and the standard holds."""

    post: Post
    title: Text
    keeps: Text
    for_outsiders: bool
    standard: bool
    said: PostSetting | None


def room_posts(actor: Actor, number: int) -> Sequence[PostLine]:
    """Posts that somebody is named to in this room."""
    room = access_room(actor, number)
    seats = list(seats_of(room).filter(user_id__isnull=False).order_by("pk"))
    sitting = [seat for seat in seats if seat.ended_on is None]
    local = {seat.user_id for seat in seats if seat.is_local}
    named = list(named_in(room).order_by("pk"))
    guarded = posts_for_outsiders(room)
    names = _leads(actor, sitting)
    return [
        _line(post, sitting, local, [one for one in named if one.post == post], guarded, names)
        for post in Post
        if ROOM_OF[post] == room.purpose and post not in BY_SEAT
    ]


def names_posts(actor: Actor, number: int) -> bool:
    """Whether the actor leads the team of that room."""
    seats = seats_of(access_room(actor, number)).filter(ended_on__isnull=True)
    return _leads(actor, list(seats))


def post_settings(actor: Actor) -> Sequence[SettingLine]:
    """What holds for each post in the rounds of the own office."""
    newest: dict[str, PostSetting] = {}
    for one in settings_of_office(actor)[:MOST_WORDS]:
        newest.setdefault(one.post, one)
    return [
        SettingLine(
            post,
            POST_TITLES[post],
            POST_KEEPS[post],
            said.for_outsiders if (said := newest.get(post)) else post in STANDARD,
            post in STANDARD,
            said,
        )
        for post in Post
    ]


def _leads(actor: Actor, sitting: Sequence[RoomSeat]) -> bool:
    return actor.may(Permission.NAME_POSTS) and any(
        seat.user_id == actor.user_id and seat.role == RoomSeat.Role.LEADER for seat in sitting
    )


def _line(
    post: Post,
    sitting: Sequence[RoomSeat],
    local: set[int | None],
    named: Sequence[RoomPost],
    guarded: frozenset[Post],
    names: bool,
) -> PostLine:
    by_key = {seat.pk: seat for seat in sitting}
    is_guarded = post in guarded
    holders = [
        HolderLine(one, by_key[one.seat_id], is_guarded and by_key[one.seat_id].user_id in local)
        for one in named
        if one.seat_id in by_key
    ]
    held = {one.seat.pk for one in holders}
    fits = [
        seat
        for seat in sitting
        if seat.pk not in held
        and may_be_named(post, is_local=seat.user_id in local, for_outsiders=is_guarded)
    ]
    return PostLine(
        post, POST_TITLES[post], POST_KEEPS[post], is_guarded, holders, fits if names else ()
    )
