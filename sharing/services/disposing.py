"""What the discipline body does with a clue, and the office's asking after it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from scheduling.services.notices import tell
from sharing.access.office_clues import access_office_clue, hands_on_office_clue
from sharing.domain.clues import Disposal
from sharing.domain.news import CLUE_ASKED
from sharing.domain.outcomes import OUTCOMES_FAULTS, OutcomeCode, fault_of
from sharing.errors.clues import OutcomesDoNotHold
from sharing.models.office_clues import ClueOutcome, ClueTie, OfficeClue
from sharing.services.answering_hits import take_back_consents
from sharing.services.walking import walk
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@transaction.atomic
def return_clue(*, actor: Actor, number: int, reason: str) -> OfficeClue:
    """Back to the office, for more. It may be handed over again, on another list."""
    return _walked(actor, number, "returned", Permission.DISPOSE_CLUE, reason=reason)


@transaction.atomic
def choose_disposal(*, actor: Actor, number: int, disposal: Disposal) -> OfficeClue:
    clue = access_office_clue(actor, number, lock=True)
    actor.must(Permission.DISPOSE_CLUE)
    if clue.state == "acknowledged":
        clue.disposal = disposal
        clue.save(update_fields=["disposal"])
    walk(
        actor=actor,
        record=clue,
        act="disposal_chosen",
        hands=hands_on_office_clue(actor),
        holds=("disposal",),
        facts={"disposal": disposal},
    )
    return clue


@transaction.atomic
def begin_disposal(*, actor: Actor, number: int) -> OfficeClue:
    return _walked(actor, number, "begun", Permission.DISPOSE_CLUE)


@transaction.atomic
def tell_result(
    *, actor: Actor, number: int, outcomes: Sequence[tuple[int, OutcomeCode]]
) -> OfficeClue:
    """`outcomes`: (which person, code); the subject is person 1. `OutcomesDoNotHold`."""
    clue = access_office_clue(actor, number, lock=True)
    actor.must(Permission.DISPOSE_CLUE)
    fault = fault_of(outcomes)
    if fault is not None:
        raise OutcomesDoNotHold(fault=OUTCOMES_FAULTS[fault])
    if clue.state in clue.life.by_name["result_told"].since:
        for person, code in outcomes:
            ClueOutcome.objects.create(
                tenant_id=actor.tenant_id, clue=clue, person=person, code=code
            )
    persons = len({person for person, _ in outcomes})
    walk(
        actor=actor,
        record=clue,
        act="result_told",
        hands=hands_on_office_clue(actor),
        holds=("outcomes",),
        facts={"persons": persons},
    )
    return clue


@transaction.atomic
def urge_clue(*, actor: Actor, number: int, letter: str) -> OfficeClue:
    """`letter`: the number of the urging letter that was sent."""
    clue = access_office_clue(actor, number)
    actor.must(Permission.HANDLE_CLUE)
    walk(
        actor=actor,
        record=clue,
        act="urged",
        hands=hands_on_office_clue(actor),
        holds=("letter",) if letter.strip() else (),
        reason=letter,
    )
    tell(actor=actor, office=clue.tenant_id, kind=CLUE_ASKED, number=clue.pk)
    return clue


@transaction.atomic
def ask_clue_again(*, actor: Actor, number: int, reason: str) -> OfficeClue:
    return _walked(actor, number, "asked_again", Permission.HANDLE_CLUE, reason=reason)


@transaction.atomic
def close_clue(*, actor: Actor, number: int) -> OfficeClue:
    return _walked(actor, number, "closed", Permission.HANDLE_CLUE)


@transaction.atomic
def declare_tie(*, actor: Actor, number: int) -> None:
    """The actor has a tie to the subject: from now on they see and handle it no more. There is no
    way back; a colleague goes on."""
    clue = access_office_clue(actor, number)
    take_back_consents(actor=actor, clue=clue)
    ClueTie.objects.create(
        tenant_id=actor.tenant_id, clue=clue, user_id=actor.person_id, declared_at=None
    )
    audit.record(actor, "sharing.clue.tie_declared", clue)


def _walked(
    actor: Actor, number: int, act: str, permission: Permission, reason: str = ""
) -> OfficeClue:
    clue = access_office_clue(actor, number)
    actor.must(permission)
    walk(actor=actor, record=clue, act=act, hands=hands_on_office_clue(actor), reason=reason)
    return clue
