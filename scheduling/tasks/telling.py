"""What this house tells others: programs by webhooks, and offices what the house below has to say."""

from __future__ import annotations

from scheduling.access.notices import unread_by
from scheduling.domain.happenings import happenings
from scheduling.services import notices
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.events import Event, announce
from tenancy.news import news
from tenancy.telling import teller

for one in happenings():
    announce(Event(one.code, one.title, Permission(one.permission), one.address))


@teller
def by_notice(
    actor: Actor, kind: str, number: int | None, *, person: int | None, **about: str | int
) -> None:
    if person is not None:
        notices.tell_one(actor=actor, person=person, kind=kind, number=number, **about)
        return
    notices.tell(actor=actor, office=actor.tenant_id, kind=kind, number=number, **about)


@news
def by_the_bell(actor: Actor, since: int) -> bool:
    """Whether there is a notice that they may see and have not, from that one on."""
    return unread_by(actor).filter(pk__gte=since).exists()
