"""Days for tests that hold by any clock: reckoned from the real one, which the database asks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from kernel.clock import CHINA
from scheduling.domain.working_days import day_of
from scheduling.mapping.calendars import official_notices


def working_day_ahead(least: int = 30) -> date:
    """The first working day from then on: of a frozen clock of the past it is ahead, too."""
    on = datetime.now(UTC).astimezone(CHINA).date() + timedelta(days=least)
    while not day_of(on, official_notices(), {}).is_working_day:
        on += timedelta(days=1)
    return on
