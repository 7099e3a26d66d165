"""What a round's question rests on, as far as the web's role can see it.

The released facts are unreadable there, but they never change once they are inserted: the keys
of the standing releases stand for them, and a stale notice says that home has moved on.
"""

from __future__ import annotations

import json
from hashlib import sha256

from django.db.models import Max

from scheduling.mapping.calendars import calendar_of
from scheduling.mapping.decisions import bookings_elsewhere
from scheduling.models.declarations import Declaration
from scheduling.models.pins import RoundPin
from scheduling.models.releases import Release, StaleNotice
from scheduling.models.rounds import InspectionRound


def basis_of(round_: InspectionRound) -> str:
    """Differs as soon as the round, its working days, a standing release, a declaration, a pin
    or a booking of its people elsewhere are others.

    The working days by themselves: a new holiday notice changes them without anybody's doing.
    """
    releases = Release.objects.filter(tenant_id=round_.tenant_id, round=round_).standing()
    stale = StaleNotice.objects.filter(tenant_id=round_.tenant_id, person__release__in=releases)
    parts = {
        "round": [round_.pk, round_.changed_at.isoformat()],
        "days": [day.isoformat() for day in calendar_of(round_).working_days],
        "releases": list(releases.order_by("pk").values_list("pk", flat=True)),
        "stale": list(stale.order_by("pk").values_list("pk", flat=True)),
        "declared": list(
            Declaration.objects.filter(tenant_id=round_.tenant_id, round=round_)
            .standing()
            .order_by("pk")
            .values_list("pk", flat=True)
        ),
        "pins": list(
            RoundPin.objects.filter(tenant_id=round_.tenant_id, round=round_)
            .order_by("key")
            .values_list("key", flat=True)
        ),
        "booked": [booking.pk for booking in bookings_elsewhere(round_)],
    }
    return sha256(json.dumps(parts).encode()).hexdigest()


def newest_release(round_: InspectionRound) -> int | None:
    """The number of the last release or withdrawal; None where no office has answered."""
    releases = Release.objects.filter(tenant_id=round_.tenant_id, round=round_)
    newest: int | None = releases.aggregate(newest=Max("pk"))["newest"]
    return newest
