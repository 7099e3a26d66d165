"""What every crowd stands on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kernel.clock import now
from scheduling.mapping.policies import profile_policy
from scheduling.models.rounds import InspectionRound

CITY, COUNTY = 9001, 9002
FIRST = date(2027, 3, 1)

# Makes `count` rows beyond those that are there; gives the address of the list.
Crowd = Callable[[int], str]


def a_round() -> InspectionRound:
    number = InspectionRound.objects.count()
    return InspectionRound.objects.create(
        tenant_id=CITY,
        name=f"轮次{number}",
        # Some begin on one day: their order is by number then.
        starts_on=FIRST + timedelta(days=number // 3),
        ends_on=FIRST + timedelta(days=number // 3 + 20),
        mode="ring",
        policy=profile_policy("ring"),
        created_at=now(),
        changed_at=now(),
    )


def the_round() -> InspectionRound:
    return InspectionRound.objects.first() or a_round()
