"""An office's working days: the State Council's notices, under what the office says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scheduling.domain.working_days import Day, YearNotice, day_of
from scheduling.mapping.calendars import official_notices
from sharing.models.deadlines import OfficeDay


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """`known_until`: the last year whose notice is out; later ones are Monday to Friday."""

    notices: Mapping[int, YearNotice]
    overrides: Mapping[date, bool]

    @property
    def known_until(self) -> int:
        return max(self.notices)

    def day(self, on: date) -> Day:
        return day_of(on, self.notices, self.overrides)

    def is_worked(self, on: date) -> bool:
        return self.day(on).is_working_day


def calendar_of(tenant_id: int) -> OfficeCalendar:
    days = OfficeDay.objects.filter(tenant_id=tenant_id)
    return OfficeCalendar(official_notices(), dict(days.values_list("on", "is_worked")))
