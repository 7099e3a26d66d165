"""Past clues: the director's and the discipline body's, never of who bears the subject's name; their
imports: the director's in person."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import BooleanField, F, Func, QuerySet

from kernel.errors import NotVisible
from sharing.models.past_clues import ClueImport, PastClue
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


class SeesWhole(Func):
    """Whether the database shows every line of that import to whom the context names."""

    function = "sec.sees_whole_clue_import"
    output_field = BooleanField()


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


def sees_whole(actor: Actor, uploads: Collection[int]) -> frozenset[int]:
    """Of these imports the ones of which no line is about the actor: they alone are shown with rows and
    counts, confirmed and cancelled by the actor. A gap in the numbers of rows would tell."""
    rows = clue_imports_of(actor).filter(pk__in=uploads)
    whole = rows.filter(SeesWhole(F("tenant_id"), F("pk")))
    return frozenset(whole.values_list("pk", flat=True))


def access_clue_import(actor: Actor, number: int, *, lock: bool = False) -> ClueImport:
    rows = clue_imports_of(actor)
    found = (rows.select_for_update(no_key=True) if lock else rows).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="clue_import", number=number)
    return found
