"""The board: how each unit, and each leader in charge, stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from sharing.access.due_days import days_of
from sharing.access.rectification import Items, items_led, items_of_office
from sharing.models.rectification import Outcome, Talk
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
    units: Sequence[Standing]
    leaders: Sequence[Standing]
    all: Standing
    rules_made: int
    cents: int
    accounted: int
    talks_left: int

    @property
    def ten_thousands(self) -> str:
        """In 10,000 yuan, as reports have it."""
        return f"{self.cents / 1_000_000:,.2f}"


_COUNTS = {
    "open": Count("pk", filter=~Q(state="closed_out")),
    "closed": Count("pk", filter=Q(state="closed_out")),
}


def board(actor: Actor) -> Board:
    actor.must(Permission.VIEW_RECTIFICATION)
    items = items_of_office(actor)
    counts = _COUNTS | {"overdue": Count("pk", filter=overdue(days_of(actor.tenant_id)))}
    total = items.aggregate(**counts)
    outcomes = Outcome.objects.filter(tenant_id=actor.tenant_id)
    money = outcomes.aggregate(cents=Coalesce(Sum("cents"), 0), people=Coalesce(Sum("people"), 0))
    return Board(
        units=_standings(items, counts, "desk__unit_code", "desk__name"),
        leaders=_standings(items.exclude(leader_name=""), counts, "leader_name", "leader_name"),
        all=Standing("", "", total["open"], total["overdue"], total["closed"]),
        rules_made=outcomes.filter(kind=Outcome.Kind.RULE_MADE).count(),
        cents=money["cents"],
        accounted=money["people"],
        talks_left=Talk.objects.filter(tenant_id=actor.tenant_id, held_on__isnull=True).count(),
    )


def standing_of_leader(actor: Actor) -> Standing:
    """How what a county leader has in charge stands: units and joint cases together."""
    actor.must(Permission.LEAD_JOINT_CASES)
    counts = _COUNTS | {"overdue": Count("pk", filter=overdue(days_of(actor.tenant_id)))}
    # A case is joined to an item at most once: no item counts twice.
    total = items_led(actor).aggregate(**counts)
    return Standing("", "", total["open"], total["overdue"], total["closed"])


def _standings(items: Items, counts: dict[str, Count], code: str, name: str) -> list[Standing]:
    """Those with most overdue first."""
    fields = dict.fromkeys((code, name))
    rows = items.values(*fields).annotate(**counts).order_by("-overdue", "-open", code)
    return [
        Standing(row[code], row[name], row["open"], row["overdue"], row["closed"]) for row in rows
    ]
