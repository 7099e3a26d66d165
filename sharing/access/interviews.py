"""The plan of interviews: of those who hold the post in the papers' room, and of who leads from outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kernel.errors import NotVisible
from sharing.access.posts import access_post, posts_for_outsiders, seats_of, seats_reach
from sharing.domain.posts import Post
from sharing.models.interviews import Interview, InterviewStratum
from sharing.models.rooms import Room, RoomSeat, RoomUnit
from tenancy.actor import Actor
from tenancy.visibility import OfficeQuerySet


def plan_room(actor: Actor, number: int) -> Room:
    return access_post(actor, number, Post.INTERVIEWS)


def strata_of(room: Room) -> OfficeQuerySet[InterviewStratum]:
    return InterviewStratum.objects.filter(tenant_id=room.tenant_id, room=room).order_by(
        "unit_code", "position", "pk"
    )


def interviews_of(room: Room) -> OfficeQuerySet[Interview]:
    found = Interview.objects.filter(tenant_id=room.tenant_id, room=room)
    return found.select_related("stratum")


def access_interview(actor: Actor, number: int, nth: int) -> Interview:
    """The `nth` of room `number`."""
    found = interviews_of(plan_room(actor, number)).filter(number=nth).first()
    if found is None:
        raise NotVisible(what="interview", number=nth)
    return found


def access_unit(room: Room, code: str) -> RoomUnit:
    unit = RoomUnit.objects.filter(tenant_id=room.tenant_id, room=room, code=code).first()
    if unit is None:
        raise NotVisible(what="room_unit", number=code)
    return unit


def interviewers_of(room: Room) -> Sequence[RoomSeat]:
    """Seats of those who may interview."""
    by_person: dict[int, list[RoomSeat]] = defaultdict(list)
    for seat in seats_of(room).filter(user_id__isnull=False).order_by("pk"):
        by_person[seat.user_id or 0].append(seat)
    guarded = posts_for_outsiders(room)
    return [
        next(seat for seat in seats if seat.ended_on is None)
        for seats in by_person.values()
        if seats_reach(room, seats, Post.INTERVIEWS, guarded)
    ]
