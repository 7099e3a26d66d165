"""Talks after the feedback, in turn: recorded once, and then they stay."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Min

from kernel.errors import NotVisible
from sharing.access.rectification import must_steer
from sharing.errors.rectification import TalkHeldAlready
from sharing.models.rectification import RectificationItem, Talk
from sharing.services.typed_days import must_have_been
from tenancy import audit
from tenancy.actor import Actor


@transaction.atomic
def record_talk(
    *,
    actor: Actor,
    number: int,
    person: str,
    matter: str,
    held_on: date,
    held_by: str,
    commitment: str,
) -> Talk:
    must_steer(actor)
    talks = Talk.objects.select_for_update(no_key=True, of=("self",)).select_related("desk")
    talk = talks.filter(tenant_id=actor.tenant_id, pk=number).first()
    if talk is None:
        raise NotVisible(what="talk", number=number)
    if talk.held_on is not None:
        raise TalkHeldAlready
    must_have_been("held_on", held_on, _served_on(talk))
    talk.person, talk.matter, talk.held_on = person.strip(), matter.strip(), held_on
    talk.held_by, talk.commitment, talk.recorded_by = (
        held_by.strip(),
        commitment.strip(),
        actor.name,
    )
    talk.save(update_fields=["person", "matter", "held_on", "held_by", "commitment", "recorded_by"])
    audit.record(actor, "sharing.talk.recorded", talk)
    return talk


def _served_on(talk: Talk) -> date | None:
    """The first day on which the unit was fed what they are talked to about."""
    items = RectificationItem.objects.filter(
        tenant_id=talk.tenant_id, desk_id=talk.desk_id, round_name=talk.round_name
    )
    first: date | None = items.aggregate(first=Min("served_on"))["first"]
    return first
