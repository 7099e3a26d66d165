"""Telling offices what happened, and remembering who has looked.

A notice is part of the act that it tells of: it is inserted in the act's transaction, whose own
audit line says who did what. Looking at one changes nothing and leaves no line.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from kernel.clock import now
from scheduling.access.notices import access_notice, unread_by
from scheduling.domain.notices import KIND_BY_CODE
from scheduling.models.notices import Notice, NoticeRead
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def tell(*, actor: Actor, office: int, kind: str, number: int | None, **about: str | int) -> Notice:
    """Tell `office` (itself, its parent or a child of the actor's) that something happened.

    `number` is the *receiver's* own number of what the kind leads to. `about` fills the kind's
    words: names of rounds and offices, and figures; never content. Within the caller's transaction.
    """
    # Who did it is told to their own office alone: to them it is no news.
    own = {"by_id": actor.user_id} if office == actor.tenant_id else {}
    return _told(actor, office, kind, number, about, own)


def tell_one(
    *, actor: Actor, person: int, kind: str, number: int | None, **about: str | int
) -> Notice:
    """Tell one person of the actor's own office, and nobody else there."""
    return _told(actor, actor.tenant_id, kind, number, about, {"for_id": person})


def _told(
    actor: Actor,
    office: int,
    kind: str,
    number: int | None,
    about: Mapping[str, str | int],
    whose: Mapping[str, int | None],
) -> Notice:
    words = KIND_BY_CODE[kind]
    if about.keys() != words.names:
        raise ValueError(f"{kind} is about {sorted(words.names)}, not {sorted(about)}.")
    return Notice.objects.create(
        tenant_id=office,
        sender_id=actor.tenant_id,
        kind=kind,
        about={**about, **whose},
        link=words.page,
        number=number,
        at=now(),
    )


@transaction.atomic
def read_notice(*, actor: Actor, number: int) -> Notice:
    """The actor has seen it. Twice is once."""
    notice = access_notice(actor, number)
    _seen(actor, [notice.pk])
    return notice


@transaction.atomic
def read_all_notices(*, actor: Actor) -> int:
    """Everything that the actor is told at this moment. Returns how many were new."""
    actor.must(Permission.VIEW_NOTICES)
    keys = list(unread_by(actor).values_list("pk", flat=True))
    _seen(actor, keys)
    return len(keys)


def _seen(actor: Actor, notices: list[int]) -> None:
    if actor.user_id is None:
        return
    NoticeRead.objects.bulk_create(
        (
            NoticeRead(tenant_id=actor.tenant_id, notice_id=number, user_id=actor.user_id, at=now())
            for number in notices
        ),
        ignore_conflicts=True,
    )
