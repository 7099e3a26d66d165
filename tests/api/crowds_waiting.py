"""A crowd of deadlines; the triggers sleep, since only the paging is looked at."""

from __future__ import annotations

from datetime import timedelta

from sharing.domain.due_dates import Clock
from sharing.models.deadlines import Deadline
from tests.api.crowd_ground import COUNTY, FIRST, Crowd
from tests.api.crowds_on_the_way import asleep, many
from tests.deadlines import MATTER


@asleep
def deadlines(count: int) -> str:
    """Of one record, and over: of those that run there is one for each record."""
    many(
        Deadline,
        count,
        lambda n: {
            "tenant_id": COUNTY,
            "life": MATTER,
            "number": 9003,
            "clock": Clock.NOTIFICATION_REPLY,
            "title": f"事项{n}",
            "asked_unit": "某局",
            "days": 15,
            "started_on": FIRST,
            "due_on": FIRST + timedelta(days=n // 3 + 20),
            "ended_on": FIRST + timedelta(days=15),
            "known_until": 2026,
            "state": "kept",
        },
    )
    return "/deadlines?which=over"


WAITING: dict[str, tuple[str, Crowd]] = {"list_deadlines": ("lin", deadlines)}
