"""Registering what a team receives, and saying what becomes of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from kernel.clock import today
from sharing.access.clues import clues_of_team
from sharing.access.petitions import access_petition
from sharing.access.posts import access_post
from sharing.domain.petitions import OPEN, Handling, Subject, Way, is_traceable
from sharing.domain.posts import Post
from sharing.errors.petitions import (
    PetitionClueMissing,
    PetitionHandledAlready,
    PetitionOfTheFuture,
    PetitionTraceable,
)
from sharing.models.petitions import Petition
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as


@dataclass(frozen=True, slots=True)
class PetitionDraft:
    received_on: date
    way: Way
    unit_name: str
    subject: Subject
    gist: str


@transaction.atomic
def register_petition(*, actor: Actor, number: int, draft: PetitionDraft) -> Petition:
    """In the direct room `number`. `PetitionOfTheFuture`, `PetitionTraceable`."""
    room = access_post(actor, number, Post.PETITIONS)
    if draft.received_on > today():
        raise PetitionOfTheFuture
    for name in ("unit_name", "gist"):
        if is_traceable(getattr(draft, name)):
            raise PetitionTraceable().at(name)
    refusals = {
        "petition_names_nobody": PetitionTraceable(),
        "petition_of_the_past": PetitionOfTheFuture(),
    }
    with refused_as(refusals):
        petition = Petition.objects.create(tenant_id=actor.tenant_id, room=room, **asdict(draft))
    petition.refresh_from_db()
    audit.record(actor, "sharing.petition.registered", petition)
    return petition


@transaction.atomic
def handle_petition(
    *,
    actor: Actor,
    number: int,
    nth: int,
    handling: Handling,
    note: str = "",
    clue: int | None = None,
) -> Petition:
    """What becomes of the `nth`. `clue`: one of the room that the actor sees.

    `PetitionHandledAlready`, `PetitionClueMissing`, `PetitionTraceable`."""
    petition = access_petition(actor, number, nth)
    if petition.handling not in OPEN:
        raise PetitionHandledAlready
    if is_traceable(note):
        raise PetitionTraceable().at("note")
    if handling is Handling.CLUE:
        linked = clues_of_team(actor).filter(room_id=petition.room_id, pk=clue or 0)
        petition.clue = linked.first()
        if petition.clue is None:
            raise PetitionClueMissing
    petition.handling, petition.note = handling, note.strip()
    refusals = {
        "petition_handled_once": PetitionHandledAlready(),
        "petition_clue_of_its_room": PetitionClueMissing(),
        "petition_names_nobody": PetitionTraceable().at("note"),
    }
    with refused_as(refusals):
        petition.save(update_fields=["handling", "note", "clue"])
    petition.refresh_from_db()
    audit.record(actor, "sharing.petition.handled", petition)
    return petition
