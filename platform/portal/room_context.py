"""What is where in a team's room: each subject adds its entry, with what the reader may know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sharing.access.posts import reaches_post
from sharing.domain.posts import Post
from sharing.selectors.document_requests import outstanding
from sharing.selectors.rooms import RoomPage
from tenancy.actor import Actor

MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class RoomEntry:
    """One place of the room. `count`: of rows that the reader may see, by `capped`; None: not told."""

    title: str | Promise
    text: str | Promise
    url_name: str
    icon: str
    room: int
    count: str | None = None
    needs_care: bool = False

    @property
    def href(self) -> str:
        return reverse(self.url_name, args=[self.room])


# A subject looks at the reader and the room; None: it has no place there, or none for them.
Subject = Callable[[Actor, RoomPage], RoomEntry | None]


def _weekly(actor: Actor, page: RoomPage) -> RoomEntry | None:
    if page.line.is_direct:
        return None
    return RoomEntry(
        _("Weekly progress"),
        _("Talks, files, letters, visits and findings of the week; the leader signs."),
        "portal:room-weekly",
        "calendar",
        page.room.pk,
    )


def _document_requests(actor: Actor, page: RoomPage) -> RoomEntry | None:
    if page.line.is_direct:
        return None
    waiting = outstanding(actor, page.room.pk)
    return RoomEntry(
        _("Document requests"),
        _("What the team asks units for, what is outstanding, receipts and returns."),
        "portal:room-document-requests",
        "file",
        page.room.pk,
        str(min(waiting.asked, MOST_COUNTED)),
        needs_care=waiting.overdue > 0,
    )


def _interviews(actor: Actor, page: RoomPage) -> RoomEntry | None:
    if page.line.is_direct or not reaches_post(actor, page.room, Post.INTERVIEWS):
        return None
    return RoomEntry(
        _("Plan of interviews"),
        _("Strata and targets by unit, who is to be heard, and what is covered."),
        "portal:room-interviews",
        "people",
        page.room.pk,
    )


def _petitions(actor: Actor, page: RoomPage) -> RoomEntry | None:
    if not page.line.is_direct or not reaches_post(actor, page.room, Post.PETITIONS):
        return None
    return RoomEntry(
        _("Petitions"),
        _("Letters, calls and visits received, past the county; what becomes of each."),
        "portal:room-petitions",
        "inbox",
        page.room.pk,
    )


def _posts(actor: Actor, page: RoomPage) -> RoomEntry | None:
    return RoomEntry(
        _("Posts of the team"),
        _("Who interviews, receives petitions, reads accounts; named by the leader."),
        "portal:room-posts",
        "shield",
        page.room.pk,
    )


# In the order of the page. A subject adds its line here.
SUBJECTS: tuple[Subject, ...] = (_weekly, _document_requests, _interviews, _petitions, _posts)


def entries_of(actor: Actor, page: RoomPage) -> Iterator[RoomEntry]:
    for subject in SUBJECTS:
        entry = subject(actor, page)
        if entry is not None:
            yield entry


def capped(rows: QuerySet[Model]) -> str:
    """How many, as far as anybody needs to know it."""
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)
