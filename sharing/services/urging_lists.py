"""Asking the discipline body after a list of hand-over, by a letter that both sides see and nobody else."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from sharing.access.due_days import days_of
from sharing.access.office_clues import access_list, hands_on_office_clue, overdue_on
from sharing.domain import hand_over
from sharing.domain.news import HAND_OVER_URGED
from sharing.errors.clues import ListUrgedToday, NothingToUrge
from sharing.models.hand_over import HandOverList, HandOverUrging
from sharing.models.office_clues import OfficeClue
from sharing.services.telling import tell_of_list
from sharing.services.walking import walk
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import Permission


@transaction.atomic
def urge_list(*, actor: Actor, number: int) -> HandOverUrging:
    """Number, sign and send an urging letter: for the receipt that is missing, or
    for every clue of the list that is overdue. Each of these gets its act.

    `NothingToUrge`, `ListUrgedToday`.
    """
    list_ = access_list(actor, number)
    actor.must(Permission.HANDLE_CLUE)
    clues = overdue_on(actor, list_, days_of(actor.tenant_id).overdue_before)
    if not clues:
        raise NothingToUrge
    urging = HandOverUrging(
        tenant_id=actor.tenant_id, list=list_, document=_text(actor, list_, clues)
    )
    refusals = {
        "hand_over_urged_once_a_day": ListUrgedToday(),
        "hand_over_urged_when_it_is_owed": NothingToUrge(),
    }
    with refused_as(refusals):
        urging.save(force_insert=True)
    urging.refresh_from_db()
    for clue in clues:
        walk(
            actor=actor,
            record=clue,
            act="urged",
            hands=hands_on_office_clue(actor),
            holds=("letter",),
            reason=urging.reference,
        )
    tell_of_list(actor, list_, HAND_OVER_URGED)
    audit.record(actor, "sharing.hand_over.urged", list_, number=list_.number, letter=urging.number)
    return urging


def _text(actor: Actor, list_: HandOverList, clues: Sequence[OfficeClue]) -> str:
    numbers = [(one.year or 0, one.number or 0) for one in clues]
    return hand_over.urging(
        office=actor.office_name,
        year=list_.year,
        number=list_.number,
        is_received=list_.acknowledged_at is not None,
        clues=numbers,
    )
