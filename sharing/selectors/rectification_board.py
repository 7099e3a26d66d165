"""The board: how each unit, and each leader in charge, stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from sharing.access.due_days import days_of
from sharing.access.rectification import items_led, items_of_office
from sharing.models.contacts import UnitDesk
from sharing.models.rectification import Outcome, RectificationItem, Talk
from sharing.selectors.counting import capped, newest
from sharing.selectors.rectification import overdue
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@dataclass(frozen=True, slots=True)
class Standing:
    """`code`: of the unit, or the leader's name. `overdue` are among the open ones."""

    code: str
    name: str
    open: int
    overdue: int
    closed: int

    @property
    def total(self) -> int:
        return self.open + self.closed

    @property
    def in_time(self) -> int:
        return self.open - self.overdue

    @property
    def closed_or_in_time(self) -> int:
        return self.total - self.overdue


@dataclass(frozen=True, slots=True)
class Board:
    """`is_cut`: of what is older than the newest so many, nothing is counted."""

    units: Sequence[Standing]
    leaders: Sequence[Standing]
    all: Standing
    rules_made: int
    cents: int
    accounted: int
    talks_left: int
    is_cut: bool

    @property
    def ten_thousands(self) -> str:
        """In 10,000 yuan, as reports have it."""
        return f"{self.cents / 1_000_000:,.2f}"


def board(actor: Actor) -> Board:
    actor.must(Permission.VIEW_RECTIFICATION)
    items, is_cut = newest(items_of_office(actor))
    outcomes, is_more = newest(Outcome.objects.filter(tenant_id=actor.tenant_id))
    came_of_it = outcomes.aggregate(
        rules=Count("pk", filter=Q(kind=Outcome.Kind.RULE_MADE)),
        cents=Coalesce(Sum("cents"), 0),
        people=Coalesce(Sum("people"), 0),
    )
    groups = _groups(items, _counts(actor))
    talks = Talk.objects.filter(tenant_id=actor.tenant_id, held_on__isnull=True)
    return Board(
        units=_standings(groups, "code", "name"),
        leaders=_standings(groups, "leader_name", "leader_name"),
        all=_sum("", "", groups),
        rules_made=came_of_it["rules"],
        cents=came_of_it["cents"],
        accounted=came_of_it["people"],
        talks_left=capped(talks),
        is_cut=is_cut or is_more,
    )


def standing_of_leader(actor: Actor) -> Standing:
    """How what a county leader has in charge stands: units and joint cases together."""
    actor.must(Permission.LEAD_JOINT_CASES)
    items, _ = newest(items_led(actor))
    # A case is joined to an item at most once: no item counts twice.
    total = items.aggregate(**_counts(actor))
    return Standing("", "", total["open"], total["overdue"], total["closed"])


def _counts(actor: Actor) -> dict[str, Count]:
    return {
        "open": Count("pk", filter=~Q(state="closed_out")),
        "overdue": Count("pk", filter=overdue(days_of(actor.tenant_id))),
        "closed": Count("pk", filter=Q(state="closed_out")),
    }


def _groups(items: QuerySet[RectificationItem], counts: dict[str, Count]) -> list[dict[str, Any]]:
    """How many are open, overdue and closed of each unit and leader: looked through once."""
    rows = items.order_by().values("desk_id", "leader_name")
    found = list(rows.annotate(**counts))
    desks = UnitDesk.objects.in_bulk({group["desk_id"] for group in found})
    return [
        {**group, "code": desks[group["desk_id"]].unit_code, "name": desks[group["desk_id"]].name}
        for group in found
    ]


def _standings(groups: list[dict[str, Any]], code: str, name: str) -> list[Standing]:
    """Those with most overdue first."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for group in groups:
        parts.setdefault(group[code], []).append(group)
    found = [_sum(key, of_it[0][name], of_it) for key, of_it in parts.items() if key]
    return sorted(found, key=lambda one: (-one.overdue, -one.open, one.code))


def _sum(code: str, name: str, groups: list[dict[str, Any]]) -> Standing:
    counts = (sum(group[what] for group in groups) for what in ("open", "overdue", "closed"))
    return Standing(code, name, *counts)
