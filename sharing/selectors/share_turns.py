"""Whose turn it is at shares: what waits for one person, not for their office."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from kernel.clock import today
from sharing.access.shares import shares_owned, shares_watched, shown_to
from sharing.domain.grants import APPROVERS, SHARE_GRANT
from sharing.domain.life_cycle import Hand
from sharing.models.share_grants import ShareGrantQuerySet, ShareGrantStep, ShownView
from sharing.selectors.counting import capped
from sharing.selectors.share_lists import MOST_ON_A_TAB
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

WAITING = ("prepared", "under_approval")


def to_prepare(actor: Actor) -> ShareGrantQuerySet:
    """Asked of us, or offered by us, and without a view."""
    if not _holds(actor, SHARE_GRANT.by_name["prepared"].hands):
        return shares_owned(actor).none()
    return shares_owned(actor).filter(state="asked")


def to_approve(actor: Actor) -> ShareGrantQuerySet:
    """Ours, as they stand not approved by the actor yet, and not asked for by them."""
    if not _holds(actor, set(APPROVERS) - {Hand.CITY_DIRECTOR}):
        return shares_owned(actor).none()
    rows = shares_owned(actor).filter(state__in=WAITING, until_on__gt=today())
    steps = ShareGrantStep.objects.filter(tenant_id=actor.tenant_id)
    anew = steps.filter(record=OuterRef("record"), act="prepared", number__gt=OuterRef("number"))
    mine = steps.filter(record=OuterRef("pk"), act="approved", by_id=actor.person_id)
    return rows.exclude(asked_by_id=actor.person_id).exclude(Exists(mine.exclude(Exists(anew))))


def to_watch(actor: Actor) -> ShareGrantQuerySet:
    """Of a county of ours, with clues: as they stand not approved by the actor yet. What the owner did
    is not told; since when its views are there to be looked at is."""
    shown = shown_to(actor, ShownView.Use.APPROVAL).filter(grant_number=OuterRef("pk"))
    approved = ShareGrantStep.objects.filter(
        tenant_id=OuterRef("sender_id"), record_id=OuterRef("grant_number"),
        sender_id=actor.tenant_id, act="approved", by_id=actor.person_id,
        at__gte=OuterRef("shown_from"),
    )  # fmt: skip
    waiting = shares_watched(actor).filter(state__in=WAITING)
    return waiting.filter(Exists(shown.exclude(Exists(approved))))


def waits_for(actor: Actor) -> int:
    """How many shares wait for the actor, no further than a tab shows."""
    parts = (to_prepare(actor), to_approve(actor))
    return min(sum(capped(rows, MOST_ON_A_TAB) for rows in parts), MOST_ON_A_TAB)


def waits_for_the_city(actor: Actor) -> int:
    return capped(to_watch(actor), MOST_ON_A_TAB)


def whose_turn(actor: Actor, numbers: Collection[int]) -> frozenset[int]:
    """Of these shares, those that wait for the actor."""
    if not numbers:
        return frozenset()
    among = Q(pk__in=numbers)
    parts = (to_prepare(actor), to_approve(actor), to_watch(actor))
    return frozenset(
        number for rows in parts for number in rows.filter(among).values_list("pk", flat=True)
    )


def _holds(actor: Actor, hands: Collection[Hand]) -> bool:
    return any(actor.may(Permission(SHARE_GRANT.permissions[hand])) for hand in hands)
