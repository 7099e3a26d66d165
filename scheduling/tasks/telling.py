"""What this house tells others: programs by webhooks, and offices what the house below has to say."""

from __future__ import annotations

from scheduling.domain.happenings import happenings
from scheduling.services import notices
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.events import Event, announce
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
