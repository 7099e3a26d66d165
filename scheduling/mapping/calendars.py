"""China's holiday notices, from the `chinesecalendar` package, and a round's own calendar.

The package carries the notices up to the newest that was out when it was released; for a later
year it raises. We ask its tables instead, so that a missing year is a fact, not an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from chinese_calendar import constants

from kernel.text import Text
from scheduling.domain.working_days import WorkCalendar, YearNotice, work_calendar
from scheduling.models.rounds import InspectionRound

REST, WORK = "rest", "work"  # as stored in `InspectionRound.calendar_overrides`


@cache
def official_notices() -> Mapping[int, YearNotice]:
    """Every year for which a notice is known."""
    years = {day.year for day in constants.holidays}
    return {
        year: YearNotice(
            holidays=_named(constants.holidays, year),
            make_up_days=_named(constants.workdays, year),
        )
        for year in years
    }


def _named(days: Mapping[date, str], year: int) -> dict[date, Text]:
    return {
        day: Text(zh=constants.Holiday(name).chinese, en=name)
        for day, name in days.items()
        if day.year == year
    }


def overrides_of(round_: InspectionRound) -> dict[date, bool]:
    return {
        date.fromisoformat(day): choice == WORK for day, choice in round_.calendar_overrides.items()
    }


def calendar_of(round_: InspectionRound) -> WorkCalendar:
    """The round's calendar: the official notices, under the office's own overrides."""
    return work_calendar(
        round_.starts_on,
        round_.ends_on,
        notices=official_notices(),
        overrides=overrides_of(round_),
    )
