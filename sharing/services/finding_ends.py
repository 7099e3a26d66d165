"""Findings end with the item that they were assigned as, and are open again with it.

The database lets no item be closed out or opened again without them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sharing.access.papers import hands_on
from sharing.domain.life_cycle import Hand
from sharing.models.papers import WorkingPaper
from sharing.models.rectification import RectificationItem
from sharing.services.walking import walk
from tenancy.actor import Actor


def close_findings(actor: Actor, item: RectificationItem) -> None:
    for finding in _of(item):
        walk(
            actor=actor, record=finding, act="closed", hands=hands_on(actor, finding),
            holds={"all_items_closed"}, facts={"rectification": item.pk},
        )  # fmt: skip


def reopen_findings(actor: Actor, item: RectificationItem, *, look_back: int, reason: str) -> None:
    """By the leader of the look-back, whose team is not the one that found it."""
    for finding in _of(item):
        walk(
            actor=actor, record=finding, act="reopened", hands={Hand.TEAM_LEADER},
            holds={"look_back"}, reason=reason,
            facts={"rectification": item.pk, "look_back": look_back},
        )  # fmt: skip


def _of(item: RectificationItem) -> Iterator[WorkingPaper]:
    """In the order of their numbers, so that nobody waits for another crosswise."""
    findings = WorkingPaper.objects.filter(tenant_id=item.tenant_id, item=item)
    yield from findings.select_related("room").order_by("pk")
