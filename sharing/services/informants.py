"""Who gave a hint: sealed when it is entered, opened by a custodian, destroyed for good.

Plain words are in memory for the length of one call; nothing of them is logged or recorded.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from kernel.clock import today
from kernel.errors import NotVisible
from sharing.access.clues import access_clue, hands_on_clue
from sharing.access.informants import access_custodian, access_informant
from sharing.domain.life_cycle import Hand
from sharing.errors.informants import (
    CustodianByTwo,
    InformantDestroyed,
    InformantEmpty,
    InformantKnown,
    NotByProgram,
    NotToBeCustodian,
    OpeningWantsAReason,
    ThreeCustodians,
)
from sharing.mapping.keys import key_service, record_cipher
from sharing.models.informants import Informant, InformantCustodian
from sharing.vault.ciphers import Cipher
from sharing.vault.envelopes import Envelope, Place, seal, unseal
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import ask, refused_as, refused_by
from tenancy.domain.roles import Permission, Role
from tenancy.models import Membership, User

FIELDS = ("name", "phone", "id_number", "address", "remarks")
LEAST_REASON = 4
# Without what is taken for something else.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Opened:
    """What was sealed, by the names of `FIELDS`. For one answer, kept nowhere."""

    informant: Informant
    identity: Mapping[str, str]


@sensitive_variables("identity", "content", "told")
@transaction.atomic
def enter_informant(*, actor: Actor, number: int, identity: Mapping[str, str]) -> Informant:
    """By whoever registered clue `number`, once. `InformantEmpty`, `InformantKnown`."""
    clue = access_clue(actor, number)
    actor.must(Permission.REGISTER_CLUE)
    if Hand.MEMBER not in hands_on_clue(actor, clue):
        raise NotVisible(what="clue", number=number)
    told = {name: identity.get(name, "").strip() for name in FIELDS}
    if not any(told.values()):
        raise InformantEmpty
    code = "".join(secrets.choice(_LETTERS) for _ in range(8))
    content = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    place = _place(actor.tenant_id, code)
    envelope = seal(key_service(), place, content, record_cipher())
    known = {"informant_once_a_clue": InformantKnown()}
    with refused_as(known):
        informant = Informant.objects.create(
            tenant_id=actor.tenant_id,
            clue=clue,
            code=code,
            cipher=envelope.cipher,
            key=envelope.key,
            wrapped=envelope.wrapped,
            sealed=envelope.sealed,
        )
    audit.record(actor, "sharing.informant.entered", informant)
    return informant


@sensitive_variables("identity", "content")
@transaction.atomic
def open_informant(*, actor: Actor, number: int, reason: str) -> Opened:
    """By a custodian in person, who says why. Each opening is an event, and a line of the record.

    `OpeningWantsAReason`, `InformantDestroyed`, those of the vault.
    """
    informant = access_informant(actor, number)
    _in_person(actor, reason)
    if informant.destroyed_at is not None:
        raise InformantDestroyed
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.open_informant(%s, %s)", [informant.pk, reason])
        ((cipher, key, wrapped, sealed),) = cursor.fetchall()
    envelope = Envelope(Cipher(cipher), key, bytes(wrapped), bytes(sealed))
    content = unseal(key_service(), _place(informant.tenant_id, informant.code), envelope)
    audit.record(actor, "sharing.informant.opened", informant)
    identity = json.loads(content)
    return Opened(informant, {name: identity.get(name, "") for name in FIELDS})


@transaction.atomic
def destroy_informant(*, actor: Actor, number: int, reason: str) -> None:
    """Its own key and its text go; the event stays. `OpeningWantsAReason`, `InformantDestroyed`."""
    informant = access_informant(actor, number)
    _in_person(actor, reason)
    if ask("SELECT sec.destroy_informant(%s, %s)", informant.pk, reason) is not True:
        raise InformantDestroyed
    audit.record(actor, "sharing.informant.destroyed", informant)


def nameable_custodians(actor: Actor) -> Mapping[int, str]:
    """Who holds a seat for it in person today, and is none yet."""
    roles = (Role.DISCIPLINE_BODY, Role.PETITION_OFFICE)
    seats = Membership.objects.in_force(today()).own().filter(tenant_id=actor.tenant_id)
    taken = InformantCustodian.objects.filter(tenant_id=actor.tenant_id, ended_at__isnull=True)
    people = User.objects.filter(
        pk__in=seats.filter(role__in=roles).values("user_id"), is_active=True
    )
    people = people.exclude(pk__in=taken.values("user_id")).exclude(pk=actor.person_id)
    return dict(people.order_by("display_name", "pk").values_list("pk", "display_name"))


@transaction.atomic
def name_custodian(*, actor: Actor, person: int) -> InformantCustodian:
    """By the director of the city; in force once the leading group confirms.

    `NotToBeCustodian`, `ThreeCustodians`."""
    actor.must(Permission.NAME_CUSTODIANS)
    if person not in nameable_custodians(actor):
        raise NotToBeCustodian
    refusals = {
        "custodian_named_by_the_director": NotToBeCustodian(),
        "custodian_named_once": NotToBeCustodian(),
        "three_custodians_at_most": ThreeCustodians(),
    }
    with refused_as(refusals):
        named = InformantCustodian.objects.create(tenant_id=actor.tenant_id, user_id=person)
    audit.record(actor, "sharing.custodian.named", named, person=person)
    return named


@transaction.atomic
def confirm_custodian(*, actor: Actor, number: int) -> None:
    named = access_custodian(actor, number)
    actor.must(Permission.CONFIRM_CUSTODIANS)
    named.confirmed_at = named.named_at
    with refused_by("custodian_in_force_by_two", CustodianByTwo()):
        named.save(update_fields=["confirmed_at"])
    audit.record(actor, "sharing.custodian.confirmed", named, person=named.user_id)


@transaction.atomic
def end_custodian(*, actor: Actor, number: int) -> None:
    named = access_custodian(actor, number)
    named.ended_at = named.named_at
    with refused_by("custodian_in_force_by_two", CustodianByTwo()):
        named.save(update_fields=["ended_at"])
    audit.record(actor, "sharing.custodian.ended", named, person=named.user_id)


def _in_person(actor: Actor, reason: str) -> None:
    if actor.token_number is not None:
        raise NotByProgram
    if len(reason.strip()) < LEAST_REASON:
        raise OpeningWantsAReason


def _place(office: int, code: str) -> Place:
    return Place(office, "informant", code)
