"""Past clues: the director's and the discipline body's, never of who bears the subject's name; their
imports: the director's in person."""

from __future__ import annotations

from django.db.models import QuerySet

from kernel.errors import NotVisible
from sharing.models.past_clues import ClueImport, PastClue
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def past_clues_visible_to(actor: Actor) -> QuerySet[PastClue]:
    if not {Permission.HANDLE_CLUE, Permission.DISPOSE_CLUE} & actor.permissions:
        return PastClue.objects.none()
    return PastClue.objects.filter(tenant_id=actor.tenant_id).exclude(subject_name=actor.name)


def access_past_clue(actor: Actor, number: int) -> PastClue:
    found = past_clues_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="past_clue", number=number)
    return found


def clue_imports_of(actor: Actor) -> QuerySet[ClueImport]:
    return ClueImport.objects.readable_by(actor, Permission.HANDLE_CLUE)


def access_clue_import(actor: Actor, number: int, *, lock: bool = False) -> ClueImport:
    rows = clue_imports_of(actor)
    found = (rows.select_for_update(no_key=True) if lock else rows).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="clue_import", number=number)
    return found
