"""From intake to the signed list: what the office's director does with a clue, and the receipt."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from kernel.clock import today
from sharing.access.office_clues import (
    access_list,
    access_office_clue,
    chosen,
    clues_on,
    hands_on_office_clue,
)
from sharing.domain import hand_over
from sharing.domain.news import HAND_OVER_RECEIVED, HAND_OVER_SENT
from sharing.errors.clues import (
    ClueNotToHandOver,
    ListAlreadyAcknowledged,
    ListIsEmpty,
    ListTooLong,
    NothingToReceive,
    NotOneOnBothSides,
)
from sharing.models.hand_over import HandOverEntry, HandOverList
from sharing.models.office_clues import OfficeClue
from sharing.services.telling import tell_of_list
from sharing.services.waiting import wait_for_the_body
from sharing.services.walking import walk
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import ask, refused_as, refused_by
from tenancy.domain.roles import Permission
from tenancy.services.reading import Sight, record_reading

MOST_ON_A_LIST = 200


@transaction.atomic
def take_in(*, actor: Actor, number: int) -> OfficeClue:
    """The office's own number is given here."""
    clue = access_office_clue(actor, number)
    actor.must(Permission.HANDLE_CLUE)
    walk(actor=actor, record=clue, act="taken_in", hands=hands_on_office_clue(actor))
    clue.refresh_from_db()
    return clue


@transaction.atomic
def seal_list(*, actor: Actor, clues: Collection[int]) -> HandOverList:
    """Sign a list of clues that were taken in, and hand them over. All of them, or none.

    `ListIsEmpty`, `ListTooLong`, `ClueNotToHandOver`.
    """
    actor.must(Permission.HANDLE_CLUE)
    if not clues:
        raise ListIsEmpty
    if len(set(clues)) > MOST_ON_A_LIST:
        raise ListTooLong(most=MOST_ON_A_LIST)
    rows = chosen(actor, clues)
    if len(rows) != len(set(clues)) or any(row.state != "taken_in" for row in rows):
        raise ClueNotToHandOver
    list_ = _signed(actor, rows)
    not_there = {
        name: ClueNotToHandOver()
        for name in ("hand_over_entry_of_a_clue_taken_in", "clue_on_one_list_at_a_time")
    }
    with refused_as(not_there):
        for place, row in enumerate(rows, start=1):
            HandOverEntry.objects.create(
                tenant_id=actor.tenant_id, list=list_, clue=row, place=place
            )
    for row in rows:
        walk(
            actor=actor,
            record=row,
            act="handed_over",
            hands=hands_on_office_clue(actor),
            holds=("hand_over_list", "number", "signed_by_sender"),
            facts={"list": list_.pk},
        )
    tell_of_list(actor, list_, HAND_OVER_SENT)
    audit.record(actor, "sharing.hand_over.signed", list_, number=list_.number, clues=len(rows))
    return list_


def _signed(actor: Actor, rows: list[OfficeClue]) -> HandOverList:
    on = today()
    number = ask("SELECT sec.next_hand_over_number(%s)", on.year)
    text = hand_over.document(
        office=actor.office_name,
        number=number,
        year=on.year,
        signed_by=actor.name,
        signed_on=on,
        entries=[_entry(row) for row in rows],
    )
    list_ = HandOverList.objects.create(
        tenant_id=actor.tenant_id,
        year=on.year,
        number=number,
        size=len(rows),
        document=text,
        sha256=hand_over.sealed_with(text),
    )
    list_.refresh_from_db()
    return list_


def _entry(row: OfficeClue) -> hand_over.Entry:
    return hand_over.Entry(
        number=row.number or 0,
        year=row.year or 0,
        subject_name=row.subject_name,
        subject_post=row.subject_post,
        subject_unit=row.subject_unit,
        management_level=row.management_level,
        source_kind=row.source_kind,
        is_urgent=row.is_urgent,
        gist=row.gist,
        evidence=row.evidence,
        round_name=row.round_name,
        team_name=row.team_name,
    )


@transaction.atomic
def acknowledge_list(*, actor: Actor, number: int) -> HandOverList:
    """Sign the receipt for what still stands on the list: from today on the terms run.

    `ListAlreadyAcknowledged`, `NotOneOnBothSides`, `NothingToReceive`.
    """
    list_ = access_list(actor, number)
    actor.must(Permission.DISPOSE_CLUE)
    if list_.acknowledged_at is not None:
        raise ListAlreadyAcknowledged
    if list_.signed_by_id == actor.user_id:
        raise NotOneOnBothSides
    rows = list(clues_on(actor, list_))
    if not rows:
        raise NothingToReceive
    list_.acknowledged_at = list_.signed_at
    with refused_by("hand_over_list_signed_by_both_sides", ListAlreadyAcknowledged()):
        list_.save(update_fields=["acknowledged_at"])
    list_.refresh_from_db()
    wait_for_the_body(actor, rows)
    for row in rows:
        walk(
            actor=actor,
            record=row,
            act="acknowledged",
            hands=hands_on_office_clue(actor),
            holds=("receipt_number", "signed_by_receiver"),
            facts={"list": list_.pk, "receipt": list_.receipt_number},
        )
    tell_of_list(actor, list_, HAND_OVER_RECEIVED)
    audit.record(
        actor,
        "sharing.hand_over.acknowledged",
        list_,
        number=list_.number,
        receipt=list_.receipt_number,
        clues=len(rows),
    )
    return list_


@transaction.atomic
def take_list_away(*, actor: Actor, number: int) -> HandOverList:
    """The text as it was signed. Who takes it away is on record."""
    list_ = access_list(actor, number)
    record_reading(actor, "sharing.hand_over.exported", Sight(obj=list_), number=list_.number)
    return list_
