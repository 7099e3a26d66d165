"""Registering who asked or interceded, and saying what the city does about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from kernel.clock import today
from sharing.access.interference import access_entry
from sharing.access.rooms import rooms_of_mine
from sharing.domain.interference import Approach, Outcome
from sharing.errors.clues import NoDirectRoom
from sharing.errors.informants import DealtWithAlready, HappenedInTheFuture
from sharing.models.interference import InterferenceEntry
from sharing.models.rooms import Room
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_by
from tenancy.domain.roles import Permission


@dataclass(frozen=True, slots=True)
class EntryDraft:
    who: str
    post: str
    approach: Approach
    happened_on: date
    how: str
    about: str
    past_leader: bool = False


@transaction.atomic
def register_interference(
    *, actor: Actor, draft: EntryDraft, room: int | None = None
) -> InterferenceEntry:
    """In the direct room of one's team. `NoDirectRoom`, `HappenedInTheFuture`."""
    actor.must(Permission.REPORT_INTERFERENCE)
    rooms = rooms_of_mine(actor, Room.Purpose.DIRECT)
    found = list(rooms[:2] if room is None else rooms.filter(pk=room))
    if len(found) != 1:
        raise NoDirectRoom
    if draft.happened_on > today():
        raise HappenedInTheFuture
    entry = InterferenceEntry.objects.create(
        tenant_id=actor.tenant_id, room=found[0], registered_by_id=actor.person_id, **asdict(draft)
    )
    entry.refresh_from_db()
    audit.record(actor, "sharing.interference.registered", entry)
    return entry


@transaction.atomic
def deal_with_interference(*, actor: Actor, number: int, outcome: Outcome) -> InterferenceEntry:
    """By the city's director or discipline body. `DealtWithAlready`."""
    entry = access_entry(actor, number)
    actor.must(Permission.DEAL_WITH_INTERFERENCE)
    entry.outcome = outcome
    with refused_by("interference_dealt_with_by_the_city", DealtWithAlready()):
        entry.save(update_fields=["outcome"])
    entry.refresh_from_db()
    audit.record(actor, "sharing.interference.dealt_with", entry, outcome=outcome)
    return entry
