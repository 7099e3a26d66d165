"""On which days the terms of sharing run: China's working days, by the State Council's notices."""

from __future__ import annotations

from datetime import date

from scheduling.domain.working_days import work_calendar
from scheduling.mapping.calendars import official_notices


def is_worked(on: date) -> bool:
    calendar = work_calendar(on, on, notices=official_notices(), overrides={})
    return bool(calendar.working_days)
