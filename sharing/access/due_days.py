"""When something is due in an office: its terms, on its working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kernel.clock import today
from sharing.access.deadlines import terms_of
from sharing.access.working_days import OfficeCalendar, calendar_of
from sharing.domain.due_dates import Clock, days_late, due_on
from sharing.domain.terms import OfficeTerms
from sharing.mapping.terms import terms_from


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """The terms in force and the calendar, read once for as many rows as there are."""

    terms: OfficeTerms
    calendar: OfficeCalendar

    def due_after(self, start: date, clock: Clock) -> date:
        """The last day of the office's term after `start`."""
        due = due_on(start, self.terms.days(clock), self.calendar.is_worked)
        assert due is not None  # noqa: S101  (only a pause without an end leaves it open)
        return due

    def days_after(self, start: date, days: int) -> date:
        """The last of so many working days after `start`."""
        due = due_on(start, days, self.calendar.is_worked)
        assert due is not None  # noqa: S101  (only a pause without an end leaves it open)
        return due

    def late_by(self, due: date | None) -> int:
        """Working days since then, until today."""
        return days_late(due, today(), self.calendar.is_worked)

    @property
    def overdue_before(self) -> date:
        """What was due before this day is late by a working day at least."""
        on = today()
        while not self.calendar.is_worked(on):
            on -= timedelta(days=1)
        return on


def days_of(tenant_id: int) -> OfficeDays:
    return OfficeDays(terms_from(terms_of(tenant_id)), calendar_of(tenant_id))
