"""Asking a unit for documents, answering, signing for them, giving them back."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from kernel.clock import today
from sharing.access.document_requests import (
    access_document_request,
    bodies_to_ask,
    hands_on_request,
)
from sharing.access.due_days import days_of
from sharing.access.posts import reaches_post
from sharing.access.rooms import access_room
from sharing.domain.document_requests import DOCUMENT_REQUEST
from sharing.domain.posts import Post
from sharing.errors.document_requests import AccountsOfThePost, BodyNotThere
from sharing.errors.walking import StepUnknown
from sharing.models.document_requests import DocumentRequest
from sharing.models.rooms import Room
from sharing.services.walking import walk
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_by


@dataclass(frozen=True, slots=True)
class Asked:
    """`days`: working days until it is due."""

    unit: str
    what: str
    why: str
    days: int
    handed_to: str
    is_accounts: bool = False


@transaction.atomic
def ask_for_documents(*, actor: Actor, number: int, asked: Asked) -> DocumentRequest:
    """In the papers' room `number`; the unit's liaison sees it at once. `BodyNotThere`,
    `AccountsOfThePost`."""
    room = access_room(actor, number, Room.Purpose.PAPERS)
    if asked.is_accounts and not reaches_post(actor, room, Post.ACCOUNTS):
        raise AccountsOfThePost
    if asked.unit not in bodies_to_ask(room):
        raise BodyNotThere
    with refused_by("document_request_of_its_room", AccountsOfThePost()):
        request = DocumentRequest.objects.create(
            tenant_id=actor.tenant_id,
            room=room,
            unit_code=asked.unit,
            what=asked.what.strip(),
            why=asked.why.strip(),
            handed_to=asked.handed_to.strip(),
            is_accounts=asked.is_accounts,
            asked_on=today(),
            due_on=days_of(actor.tenant_id).days_after(today(), asked.days),
        )
    request.refresh_from_db()
    audit.record(actor, "sharing.document_request.asked", request)
    return request


@transaction.atomic
def act_on_request(
    *, actor: Actor, request: int, act: str, reason: str = "", person: str = "", pieces: int = 0
) -> DocumentRequest:
    """One of the acts of its life. `person`: who of the unit handed it over, or took it back.

    `StepUnknown` and those of `walk`."""
    found = access_document_request(actor, request)
    if act not in DOCUMENT_REQUEST.by_name:
        raise StepUnknown
    told: dict[str, object] = {"person": person.strip(), "pieces": pieces}
    asked = DOCUMENT_REQUEST.by_name[act].needs
    facts = {name: told[name] for name in asked}
    walk(
        actor=actor,
        record=found,
        act=act,
        hands=hands_on_request(actor, found),
        holds=[name for name in asked if told[name]],
        reason=reason,
        facts=facts,
    )
    return found
