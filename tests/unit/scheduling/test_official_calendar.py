"""China's own calendar, as far as its notices are out."""

from __future__ import annotations

from datetime import date

import pytest

from scheduling.domain.working_days import DayKind
from scheduling.mapping.calendars import calendar_of, official_notices
from scheduling.models.rounds import InspectionRound


def a_round(first: date, last: date, **overrides: str) -> InspectionRound:
    return InspectionRound(
        name="轮次",
        starts_on=first,
        ends_on=last,
        calendar_overrides={day.replace("_", "-")[1:]: choice for day, choice in overrides.items()},
    )


@pytest.mark.parametrize(
    ("day", "kind", "occasion"),
    [
        (date(2026, 10, 1), DayKind.HOLIDAY, "国庆节"),
        (date(2026, 2, 17), DayKind.HOLIDAY, "春节"),
        (date(2026, 10, 10), DayKind.MAKE_UP, "国庆节"),  # a Saturday
        (date(2026, 9, 19), DayKind.WEEKEND, None),
        (date(2026, 9, 21), DayKind.WEEKDAY, None),
    ],
)
def test_a_day_of_2026_is_what_the_notice_says(
    day: date, kind: DayKind, occasion: str | None
) -> None:
    [judged] = calendar_of(a_round(day, day)).days

    assert judged.kind is kind
    assert (judged.occasion and judged.occasion.zh) == occasion


def test_the_year_after_the_last_notice_is_flagged_and_works_monday_to_friday() -> None:
    after = max(official_notices()) + 1

    calendar = calendar_of(a_round(date(after, 1, 1), date(after, 1, 14)))

    assert calendar.years_without_notice == (after,)
    assert len(calendar.working_days) == 10


def test_an_override_of_the_office_reaches_its_calendar() -> None:
    first, last = date(2026, 9, 21), date(2026, 9, 22)

    calendar = calendar_of(a_round(first, last, _2026_09_21="rest"))

    assert calendar.working_days == (last,)
