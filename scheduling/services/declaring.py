"""Declaring that somebody has to keep away, or cannot come, and taking it back.

What crosses to the leading office is a person, a target and a code; there is no place to write a
reason. "Cannot come" looks the same whoever says it, the clerk or the discipline body, to the
city and in the own office's list alike. So that nobody can tell by trying, the discipline body
alone takes one back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction

from kernel.clock import now
from scheduling.access.declarations import (
    access_call_to_declare_for,
    access_own_declaration,
    lock_declarations,
)
from scheduling.access.rounds import access_round
from scheduling.domain.vocabulary import HOME_TIES, LEADING_TIES
from scheduling.errors import DeclaredPersonUnknown, OnlyTheDisciplineBodyTakesItBack
from scheduling.models.declarations import Declaration, DeclarationWithdrawal
from scheduling.models.releases import ReleasedPerson
from scheduling.services.notices import tell
from scheduling.services.tie_drafts import (
    ROLES,
    WHOLE_ROUND,
    Target,
    Tie,
    check_tie,
    must_be_known_at_home,
    must_be_known_in_the_round,
    must_be_of_own_office,
    must_be_two_people,
)
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def may_only_stand(declaration: Declaration) -> bool:
    """Whether the discipline body alone takes it back: "cannot come", said at home."""
    return (
        declaration.target == Target.ROUND and declaration.person_office_id == declaration.sender_id
    )


@dataclass(frozen=True, slots=True)
class _About:
    """The round, as the office that leads it knows it, and the person."""

    leading: int
    round: int
    round_name: str
    office: int
    number: str


@transaction.atomic
def declare(*, actor: Actor, number: int, person: str, tie: Tie) -> Declaration:
    """Declare a tie of somebody of the own office, for the round of call `number`.

    Declaring the same twice declares it once.
    """
    call = access_call_to_declare_for(actor, number)
    actor.must(Permission.DECLARE_TIES)
    must_be_of_own_office(actor, person)
    check_tie(tie, HOME_TIES)
    must_be_known_at_home(actor, tie)
    about = _About(call.sender_id, call.round_id, call.name, actor.tenant_id, person)
    return _declared(actor, about, tie)


@transaction.atomic
def declare_unavailable(*, actor: Actor, number: int, person: str) -> Declaration:
    """Somebody of the own office cannot come to the round of call `number`. Nobody says why."""
    call = access_call_to_declare_for(actor, number)
    must_be_of_own_office(actor, person)
    about = _About(call.sender_id, call.round_id, call.name, actor.tenant_id, person)
    return _declared(actor, about, WHOLE_ROUND)


@transaction.atomic
def declare_for_round(
    *, actor: Actor, number: int, office: int, person: str, tie: Tie
) -> Declaration:
    """The leading office's own word on somebody in its round `number`: an upheld objection, say."""
    round_ = access_round(actor, number, Permission.DECLARE_TIES)
    released = ReleasedPerson.objects.filter(
        tenant_id=actor.tenant_id, round=round_, sender_id=office, number=person
    )
    if not released.exists():
        raise DeclaredPersonUnknown(number=person)
    if tie.target == Target.ROUND:
        tie = WHOLE_ROUND
    else:
        check_tie(tie, LEADING_TIES)
        must_be_known_in_the_round(actor, number, tie)
    return _declared(actor, _About(actor.tenant_id, round_.pk, round_.name, office, person), tie)


@transaction.atomic
def withdraw(*, actor: Actor, number: int) -> Declaration:
    """Take a declaration of the own office back. It gives no seat back by itself. Twice is once."""
    found = access_own_declaration(actor, number)
    if may_only_stand(found) and not actor.may(Permission.DECLARE_UNAVAILABLE):
        raise OnlyTheDisciplineBodyTakesItBack
    lock_declarations(found.round_id)
    _, is_new = DeclarationWithdrawal.objects.get_or_create(
        tenant_id=found.tenant_id,
        declaration=found,
        defaults={"sender_id": actor.tenant_id, "at": now()},
    )
    if is_new:
        audit.record(actor, "scheduling.declaration.withdrawn", found, round=found.round_id)
    return found


def _declared(actor: Actor, about: _About, tie: Tie) -> Declaration:
    must_be_two_people(tie, about.office, about.number)
    lock_declarations(about.round)
    content = {
        "tenant_id": about.leading,
        "sender_id": actor.tenant_id,
        "round_id": about.round,
        "person_office_id": about.office,
        "person_number": about.number,
        "target": tie.target,
        "target_office_id": tie.office,
        "target_code": tie.code,
        "kind": tie.kind,
        "severity": tie.severity,
        "weight": tie.weight,
        "roles": [role for role in ROLES if role in tie.roles and len(set(tie.roles)) < len(ROLES)],
    }
    made = Declaration.objects.filter(**content).standing().first()
    is_new = made is None
    if made is None:
        made = Declaration.objects.create(**content, declared_at=now())
        # Nor may the notice say who: it is the same for the clerk's word and the discipline body's.
        _tell_leading_office(replace(actor, user_id=None), about)
    # Neither the target nor the kind: the record is read by more people than the declaration.
    audit.record(
        actor,
        "scheduling.declaration.made",
        made,
        round=about.round,
        person=about.number,
        is_new=is_new,
    )
    return made


def _tell_leading_office(actor: Actor, about: _About) -> None:
    tell(
        actor=actor,
        office=about.leading,
        kind="declaration_received",
        number=about.round,
        round=about.round_name,
        office_name=actor.office_name,
    )
