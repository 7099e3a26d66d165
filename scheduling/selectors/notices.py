"""What an office was told, as its people see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.text import Text
from scheduling.access.notices import notices_visible_to, unread_by
from scheduling.domain.notices import KIND_BY_CODE
from scheduling.models.notices import Notice
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

NEWEST = 100
MOST_COUNTED = 100  # on the bell it says “99+”


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """`page` and `target`: what it leads to, and its number there."""

    number: int
    kind: str
    says: Text
    sender: str
    at: datetime
    page: str
    target: int | None
    is_new: bool


def notice_list(actor: Actor) -> Sequence[NoticeLine]:
    """The newest, those that are new marked."""
    actor.must(Permission.VIEW_NOTICES)
    told = notices_visible_to(actor).select_related("sender").order_by("-pk")[:NEWEST]
    new = set(unread_by(actor).order_by("-pk").values_list("pk", flat=True)[:NEWEST])
    return [_line(notice, is_new=notice.pk in new) for notice in told]


def notices_part(actor: Actor, window: Window, *, only_new: bool = False) -> Part[NoticeLine]:
    """All that the office was told, or what the actor has not seen, newest first."""
    actor.must(Permission.VIEW_NOTICES)
    told = unread_by(actor) if only_new else notices_visible_to(actor)
    part = part_of(told.select_related("sender"), window, "-pk")
    shown = [notice.pk for notice in part.lines]
    new = set(unread_by(actor).filter(pk__in=shown).values_list("pk", flat=True))
    return part.showing([_line(notice, is_new=notice.pk in new) for notice in part.lines])


def unread_count(actor: Actor) -> int:
    """At most `MOST_COUNTED`: nobody needs to know by how many it is more."""
    if not actor.may(Permission.VIEW_NOTICES):
        return 0
    return unread_by(actor).order_by("-pk")[:MOST_COUNTED].count()


def _line(notice: Notice, *, is_new: bool) -> NoticeLine:
    return NoticeLine(
        number=notice.pk,
        kind=notice.kind,
        says=KIND_BY_CODE[notice.kind].told(notice.about),
        sender=notice.sender.short_name,
        at=notice.at,
        page=notice.link,
        target=notice.number,
        is_new=is_new,
    )
