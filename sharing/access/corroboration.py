"""Mutual corroboration, as far as somebody handles the clue: their own side of it, and no other."""

from __future__ import annotations

from django.db.models import BooleanField, Func

from kernel.clock import now
from kernel.errors import NotAllowed, NotVisible
from kernel.text import Text
from sharing.access.office_clues import office_clues_visible_to
from sharing.models.corroboration import ClueParty, HitNotice, LedPartner, ProbingAlert
from sharing.models.office_clues import OfficeClue
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import OfficeQuerySet

ANSWERING = Text(
    zh="查看和答复互相印证：由本单位主任办理，线索移交后还有纪检监察机关",
    en="see and answer hits of mutual corroboration: the office's director's, and the discipline body's"
    " once the clue is handed over",
)


class SeesHit(Func):
    """Whether the database shows that notice of a hit to whom the context names."""

    function = "sec.sees_hit_notice"
    output_field = BooleanField()


class AnswersHit(Func):
    """Whether that notice waits for a decision, and for theirs."""

    function = "sec.answers_hit"
    output_field = BooleanField()


class SeesAlert(Func):
    """The same of an alert about guessing."""

    function = "sec.sees_probing_alert"
    output_field = BooleanField()


def parties_of(actor: Actor, clue: OfficeClue) -> OfficeQuerySet[ClueParty]:
    """In the order in which they were noted. `clue`: one that the actor sees."""
    found = ClueParty.objects.filter(tenant_id=actor.tenant_id, clue_id=clue.pk)
    return found.order_by("noted_at", "pk")


def access_party(actor: Actor, clue: OfficeClue, number: int) -> ClueParty:
    found = parties_of(actor, clue).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="clue_party", number=number)
    return found


def must_answer_hits(actor: Actor) -> None:
    if not {Permission.HANDLE_CLUE, Permission.DISPOSE_CLUE} & actor.permissions:
        raise NotAllowed(permission=ANSWERING)


def hit_notices_visible_to(actor: Actor) -> OfficeQuerySet[HitNotice]:
    """Of clues that the actor handles, once they are told."""
    return HitNotice.objects.filter(
        tenant_id=actor.tenant_id,
        told_at__lte=now(),
        clue__in=office_clues_visible_to(actor).order_by().values("pk"),
    ).select_related("clue")


def hit_notices_running(actor: Actor) -> OfficeQuerySet[HitNotice]:
    """Those that are neither over nor taken back by the own office."""
    return hit_notices_visible_to(actor).filter(withdrawn_at=None, answer_until__gt=now())


def access_hit_notice(actor: Actor, number: int) -> HitNotice:
    found = hit_notices_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible(what="hit_notice", number=number)
    return found


def partners_of(actor: Actor) -> OfficeQuerySet[LedPartner]:
    """Offices with which the actor's was led together, about clues that the actor handles."""
    return LedPartner.objects.filter(
        tenant_id=actor.tenant_id,
        led_at__lte=now(),
        clue__in=office_clues_visible_to(actor).order_by().values("pk"),
    ).select_related("partner")


def alerts_visible_to(actor: Actor) -> OfficeQuerySet[ProbingAlert]:
    """The director's, of their office, and of its counties; never one about themselves."""
    found = ProbingAlert.objects.readable_by(actor, Permission.HANDLE_CLUE)
    return found.exclude(person_id=actor.user_id).select_related("office")
