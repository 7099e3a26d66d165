"""An office says yes to whom it is to send, or no, with words for each person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kernel.clock import now
from scheduling.access.publications import access_request, open_requests
from scheduling.errors import RequestNotOpen, UnknownPersonInAnswer, WordsMissing
from scheduling.models.dispatches import Confirmation, ConfirmationRequest
from scheduling.services.notices import tell
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_by
from tenancy.domain.roles import Permission

LONGEST_OBJECTION = 300


@transaction.atomic
def confirm_people(*, actor: Actor, number: int) -> Confirmation:
    """Say yes to the whole list of request `number`. Twice is once; the newest answer counts."""
    return _given(actor, access_request(actor, number, Permission.CONFIRM_PEOPLE), [])


@transaction.atomic
def object_to_people(*, actor: Actor, number: int, objections: Mapping[str, str]) -> Confirmation:
    """Say no to some of the list: the person's number, and why. The newest answer counts."""
    request = access_request(actor, number, Permission.CONFIRM_PEOPLE)
    if not objections:
        raise WordsMissing
    return _given(actor, request, _entries(request, objections))


def _given(
    actor: Actor, request: ConfirmationRequest, entries: list[dict[str, Any]]
) -> Confirmation:
    """A request that no longer stands is refused; by the database when two come at once."""
    not_open = RequestNotOpen(round=request.round_name)
    if request.pk not in open_requests():
        raise not_open
    newest = _newest(actor, request)
    if newest is not None and newest.objections == entries:
        return newest
    with refused_by("confirmation_of_an_open_request", not_open):
        given = _answer(actor, request, entries)
    _tell_city(actor, request, len(entries))
    action = "objected" if entries else "confirmed"
    audit.record(
        actor,
        f"scheduling.request.{action}",
        request,
        revision=request.revision,
        people=len(request.people),
        objections=len(entries),
    )
    return given


def _entries(request: ConfirmationRequest, objections: Mapping[str, str]) -> list[dict[str, Any]]:
    known = {person["number"] for person in request.people}
    for person, words in objections.items():
        if person not in known:
            raise UnknownPersonInAnswer(person=person)
        if not words.strip():
            raise WordsMissing().at(f"words.{person}")
    return [
        {
            "number": person["number"],
            "words": objections[person["number"]].strip()[:LONGEST_OBJECTION],
        }
        for person in request.people
        if person["number"] in objections
    ]


def _newest(actor: Actor, request: ConfirmationRequest) -> Confirmation | None:
    given = Confirmation.objects.sent_by(actor).filter(request_id=request.pk)
    return given.order_by("-pk").first()


def _answer(
    actor: Actor, request: ConfirmationRequest, entries: list[dict[str, Any]]
) -> Confirmation:
    return Confirmation.objects.create(
        tenant_id=request.sender_id,
        sender_id=actor.tenant_id,
        request_id=request.pk,
        plan_id=request.plan_id,
        revision=request.revision,
        is_confirmed=not entries,
        objections=entries,
        answered_by=actor.name,
        answered_at=now(),
    )


def _tell_city(actor: Actor, request: ConfirmationRequest, objections: int) -> None:
    about: dict[str, str | int] = {"people": objections} if objections else {}
    tell(
        actor=actor,
        office=request.sender_id,
        kind="people_objected" if objections else "people_confirmed",
        number=request.plan_id,
        office_name=actor.office_name,
        round=request.round_name,
        **about,
    )
