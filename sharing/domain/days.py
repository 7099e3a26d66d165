"""Days that people type: what happened lies neither ahead nor before it can have been."""

from __future__ import annotations

from datetime import date, timedelta

# Inspection as it is recorded here began with the congress of November 2012: what is older is a slip
# of the pen (26 for 2026), and terms would be reckoned from it day by day.
EARLIEST = date(2012, 1, 1)
# Nothing is put right over a longer time: a day beyond is a slip of the pen.
FARTHEST_DUE = timedelta(days=3_653)
# Of the calendar of months: as far as anybody looks, back and ahead.
FIRST_YEAR, LAST_YEAR = 2000, 2100


def first_possible(*before: date | None) -> date:
    """The first day on which it can have been: not before what it follows, where that is known."""
    return max([EARLIEST, *(day for day in before if day is not None)])


def last_due(today: date) -> date:
    """The last day that a term can be given."""
    return today + FARTHEST_DUE


def is_reversed(first: date | None, until: date | None) -> bool:
    """Of a period that ends with the day before `until`: it is over before it begins."""
    return first is not None and until is not None and until <= first
