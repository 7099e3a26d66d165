"""Clues in an office's register: the director's, and the discipline body's once handed over.

Never of whoever has a tie to the subject (R19), or bears their name.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.db.models import BooleanField, F, Func, Model, Q, QuerySet

from kernel.errors import NotVisible
from sharing.access.deadlines import clocked
from sharing.domain.clues import CLUE
from sharing.domain.life_cycle import Hand
from sharing.models.hand_over import HandOverEntry, HandOverList
from sharing.models.office_clues import ClueTie, OfficeClue
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

Row = TypeVar("Row", bound=Model)


class SeesClue(Func):
    """Whether the database shows that clue of the register to whom the context names."""

    function = "sec.sees_office_clue"
    output_field = BooleanField()


class ReadsList(Func):
    """The same of a list of hand-over."""

    function = "sec.reads_hand_over_list"
    output_field = BooleanField()


def _clocks(actor: Actor) -> Q:
    """As the database judges each: a worker that tells by mail reads no clue."""
    handles = {Permission.HANDLE_CLUE, Permission.DISPOSE_CLUE} & actor.permissions
    return Q(SeesClue(F("number"))) if handles else Q(pk__in=())


@clocked("clue", title=CLUE.title, page="ledger-clue", sieve=_clocks)
def office_clues_visible_to(actor: Actor) -> QuerySet[OfficeClue]:
    found = OfficeClue.objects.filter(tenant_id=actor.tenant_id)
    if not actor.may(Permission.HANDLE_CLUE):
        if not actor.may(Permission.DISPOSE_CLUE):
            return OfficeClue.objects.none()
        found = found.filter(handed_over_at__isnull=False)
    return found.exclude(subject_name=actor.name).exclude(pk__in=_tied(actor).values("clue_id"))


def access_office_clue(actor: Actor, number: int, *, lock: bool = False) -> OfficeClue:
    return _one(office_clues_visible_to(actor), "office_clue", number, lock=lock)


def lists_visible_to(actor: Actor) -> QuerySet[HandOverList]:
    """Without a list that holds one clue which the actor may not see."""
    if not {Permission.HANDLE_CLUE, Permission.DISPOSE_CLUE} & actor.permissions:
        return HandOverList.objects.none()
    entries = HandOverEntry.objects.filter(tenant_id=actor.tenant_id)
    by_tie = entries.filter(clue_id__in=_tied(actor).values("clue_id"))
    by_name = entries.filter(clue_id__in=_of_the_same_name(actor).values("pk"))
    found = HandOverList.objects.filter(tenant_id=actor.tenant_id)
    hidden = (by_tie.values("list_id"), by_name.values("list_id"))
    return found.exclude(pk__in=hidden[0]).exclude(pk__in=hidden[1])


def access_list(actor: Actor, number: int) -> HandOverList:
    return _one(lists_visible_to(actor), "hand_over_list", number)


def clues_on(actor: Actor, list_: HandOverList) -> QuerySet[OfficeClue]:
    """What stands on the list now, in its order; without what was returned."""
    rows = office_clues_visible_to(actor).filter(
        entries__list_id=list_.pk, entries__returned_at__isnull=True
    )
    return rows.order_by("entries__place")


def overdue_on(actor: Actor, list_: HandOverList, before: date) -> list[OfficeClue]:
    """What may be urged of the list: all of it while its receipt is missing, else what was due before
    that day."""
    rows = clues_on(actor, list_)
    if list_.acknowledged_at is not None:
        rows = rows.filter(next_due_on__lt=before)
    return list(rows)


def hands_on_office_clue(actor: Actor) -> frozenset[Hand]:
    """In person alone: no deputy has these permissions."""
    hands = set()
    if actor.may(Permission.HANDLE_CLUE):
        hands.add(Hand.OFFICE_DIRECTOR)
    if actor.may(Permission.DISPOSE_CLUE):
        hands.add(Hand.DISCIPLINE_BODY)
    return frozenset(hands)


def chosen(actor: Actor, numbers: Collection[int]) -> list[OfficeClue]:
    """Those of the numbers that the actor sees, in the order in which they were taken in."""
    rows = office_clues_visible_to(actor).filter(pk__in=set(numbers))
    return list(rows.order_by("year", "number", "pk"))


def _tied(actor: Actor) -> QuerySet[ClueTie]:
    return ClueTie.objects.filter(tenant_id=actor.tenant_id, user_id=actor.person_id)


def _of_the_same_name(actor: Actor) -> QuerySet[OfficeClue]:
    return OfficeClue.objects.filter(tenant_id=actor.tenant_id, subject_name=actor.name)


def _one(rows: QuerySet[Row], what: str, number: int, *, lock: bool = False) -> Row:
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=number).first()
    if found is None:
        raise NotVisible(what=what, number=number)
    return found
