"""When something is due, by the official working days. What an office's own clocks say joins here."""

from __future__ import annotations

from datetime import date

from scheduling.domain.working_days import work_calendar
from scheduling.mapping.calendars import official_notices
from sharing.domain.due_dates import PROFILES, Clock, days_late, due_on

STANDARD_PROFILE = "reg_2017"


def is_worked(on: date) -> bool:
    """By the State Council's notice of the year; Monday to Friday where it is not out."""
    [day] = work_calendar(on, on, notices=official_notices(), overrides={}).days
    return day.is_working_day


def due_after(start: date, days: int) -> date:
    """The last of so many working days after `start`."""
    due = due_on(start, days, is_worked)
    assert due is not None  # noqa: S101  (only a pause without an end leaves it open)
    return due


def term_of(clock: Clock, profile: str = STANDARD_PROFILE) -> int:
    """Working days, by the profile."""
    return PROFILES[profile].terms[clock]


def late_by(due: date | None, today: date) -> int:
    return days_late(due, today, is_worked)
