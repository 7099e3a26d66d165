"""Emergency access: asked for, answered by somebody else, used, ended. The database writes, tells
the county and records; what is refused there is said here in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kernel.clock import now
from kernel.errors import NotVisible
from scheduling.access.emergencies import access_emergency
from scheduling.access.rounds import rounds_visible_to
from scheduling.domain.emergencies import State
from scheduling.errors import (
    EmergencyAnswered,
    EmergencyAsked,
    EmergencyConfirmedByAnother,
    EmergencyNotInForce,
    EmergencyOfNoRound,
)
from scheduling.models.emergencies import EmergencyAccess
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import ask, refused_as
from tenancy.domain.roles import Permission


@dataclass(frozen=True, slots=True)
class Career:
    body: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A person's released facts. Of relatives and interests: how many were declared."""

    number: str
    name: str
    post: str
    home_unit: str
    system: str
    native_place: str
    grew_up_place: str
    career: tuple[Career, ...]
    relatives: int
    interests: int


@transaction.atomic
def ask_emergency(*, actor: Actor, round_number: int, office: int, reason: str) -> EmergencyAccess:
    """Ask to read what is known of an office's people in a round. The office is told at once."""
    actor.must(Permission.ASK_EMERGENCY)
    if not rounds_visible_to(actor).filter(pk=round_number).exists():
        raise EmergencyOfNoRound
    refusals = {
        "emergency_of_a_round_of_theirs": EmergencyOfNoRound(),
        "emergency_one_open_per_round": EmergencyAsked(),
    }
    with refused_as(refusals):
        number = ask("SELECT sec.ask_emergency(%s, %s, %s)", round_number, office, reason)
    return EmergencyAccess.objects.get(pk=number)


@transaction.atomic
def decide_emergency(*, actor: Actor, number: int, is_confirmed: bool, reason: str = "") -> None:
    """Confirm, for half an hour from now, or refuse; never one's own request."""
    actor.must(Permission.CONFIRM_EMERGENCY)
    one = access_emergency(actor, number)
    if one.asked_by_id == actor.person_id:
        raise EmergencyConfirmedByAnother
    if not one.access.may_be_decided(actor.person_id, now()):
        raise EmergencyAnswered
    refusals = {
        "emergency_answered_once": EmergencyAnswered(),
        "emergency_answered_in_time": EmergencyAnswered(),
        "emergency_confirmed_by_another": EmergencyConfirmedByAnother(),
    }
    with refused_as(refusals):
        ask("SELECT sec.decide_emergency(%s, %s, %s)", number, is_confirmed, reason)
    if actor.tenant_id not in (one.tenant_id, one.sender_id):
        # Both offices' records have their line already; this is the platform's.
        word = "scheduling.emergency.confirmed" if is_confirmed else "scheduling.emergency.refused"
        audit.record(actor, word, one, round=one.round_id, office=one.tenant_id)


@transaction.atomic
def end_emergency(*, actor: Actor, number: int) -> None:
    """Before its term: by whoever asked, or by whoever may confirm."""
    one = access_emergency(actor, number)
    if not actor.may(Permission.CONFIRM_EMERGENCY) and one.asked_by_id != actor.person_id:
        raise NotVisible(what="emergency access", number=number)
    if one.access.state(now()) is not State.IN_FORCE:
        raise EmergencyNotInForce
    with refused_as({"emergency_in_force": EmergencyNotInForce()}):
        ask("SELECT sec.end_emergency(%s)", number)
    if actor.tenant_id not in (one.tenant_id, one.sender_id):
        audit.record(actor, "scheduling.emergency.ended", one, office=one.tenant_id)


@transaction.atomic
def open_record(*, actor: Actor, number: int, person: str) -> OpenedRecord:
    """What is known of one person. That it was opened is a row of their office, or nothing is read."""
    actor.must(Permission.ASK_EMERGENCY)
    one = access_emergency(actor, number)
    if not one.access.opens(actor.person_id, now()):
        raise EmergencyNotInForce
    refusals = {
        "emergency_in_force": EmergencyNotInForce(),
        "emergency_of_a_released_person": NotVisible(what="person", number=number),
    }
    with refused_as(refusals):
        told = ask("SELECT sec.open_in_emergency(%s, %s)", number, person)
    facts: dict[str, Any] = json.loads(told)
    return OpenedRecord(
        number=person,
        name=facts["name"],
        post=facts["post"],
        home_unit=facts["home_unit"] or "",
        system=facts["system"] or "",
        native_place=facts["native_place"] or "",
        grew_up_place=facts["grew_up_place"] or "",
        career=tuple(
            Career(post["body"], post["from"] or "", post["to"] or "")
            for post in facts["posts"] or ()
        ),
        relatives=facts["relatives"] or 0,
        interests=facts["interests"] or 0,
    )
