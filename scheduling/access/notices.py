"""Notices: those of the actor's own office that their roles are told."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Q, QuerySet

from kernel.errors import NotVisible
from scheduling.domain.notices import kinds_for
from scheduling.models.notices import Notice, NoticeRead
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import DeliveredQuerySet

# Of a limited kind a notice is shown to whom its number is among, or of whom a condition on it holds:
# `limited` says how to ask.
Numbers = Callable[[Actor], "QuerySet[Any, Any] | Q"]
_limits: dict[str, Numbers] = {}


def limited(kind: str) -> Callable[[Numbers], Numbers]:
    """Register which numbers of a kind somebody may be told of, beyond its permission. Judged when
    it is read, by the rights of then; the values are compared in the database."""

    def register(numbers: Numbers) -> Numbers:
        if kind in _limits:
            raise ValueError(f"Who is told {kind} is said twice.")
        _limits[kind] = numbers
        return numbers

    return register


def notices_visible_to(actor: Actor) -> DeliveredQuerySet[Notice]:
    """What others did: one's own act in one's own office is no news. What is for one person alone
    is nobody else's."""
    return _of_kinds(actor, kinds_for(frozenset(actor.permissions)))


def _of_kinds(actor: Actor, kinds: Collection[str]) -> DeliveredQuerySet[Notice]:
    told = Notice.objects.readable_by(actor, Permission.VIEW_NOTICES)
    shown = Q(kind__in=[kind for kind in kinds if kind not in _limits])
    for kind in kinds:
        if kind in _limits:
            limit = _limits[kind](actor)
            theirs = limit if isinstance(limit, Q) else Q(number__in=limit)
            shown |= Q(kind=kind) & theirs
    told = told.filter(shown)
    told = told.filter(Q(about__for_id__isnull=True) | Q(about__for_id=actor.user_id))
    # Where nobody is named, SQL knows no answer to whether it was them: that is asked first.
    own_act = Q(sender_id=actor.tenant_id, about__by_id=actor.user_id)
    return told.filter(Q(about__by_id__isnull=True) | ~own_act)


def unread_by(actor: Actor) -> DeliveredQuerySet[Notice]:
    """Every page asks for their number: who is told is asked of those kinds alone that wait."""
    seen = NoticeRead.objects.filter(tenant_id=actor.tenant_id, user_id=actor.user_id or 0)
    kinds = kinds_for(frozenset(actor.permissions))
    told = Notice.objects.readable_by(actor, Permission.VIEW_NOTICES).filter(kind__in=kinds)
    waiting = told.exclude(pk__in=seen.values("notice_id")).order_by()
    present = sorted(waiting.values_list("kind", flat=True).distinct())
    return _of_kinds(actor, present).exclude(pk__in=seen.values("notice_id"))


def access_notice(actor: Actor, number: int) -> Notice:
    """The notice, or a refusal in words that do not tell whether it exists."""
    notice = notices_visible_to(actor).filter(pk=number).first()
    if notice is None:
        raise NotVisible(what="notice", number=number)
    return notice
