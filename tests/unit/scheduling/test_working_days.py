from __future__ import annotations

from datetime import date

import pytest

from kernel.text import Text
from scheduling.domain.working_days import DayKind, YearNotice, weeks, work_calendar

NATIONAL_DAY = Text(zh="国庆节", en="National Day")
NOTICE_2026 = YearNotice(
    holidays={date(2026, 10, day): NATIONAL_DAY for day in range(1, 8)},
    make_up_days={date(2026, 10, 10): NATIONAL_DAY},
)


def test_a_holiday_on_a_weekday_is_no_working_day_and_is_named() -> None:
    calendar = work_calendar(
        date(2026, 10, 1), date(2026, 10, 1), notices={2026: NOTICE_2026}, overrides={}
    )

    [day] = calendar.days
    assert (day.kind, day.occasion, day.is_working_day) == (
        DayKind.HOLIDAY,
        NATIONAL_DAY,
        False,
    )


def test_a_saturday_worked_in_exchange_is_a_working_day_and_names_its_holiday() -> None:
    calendar = work_calendar(
        date(2026, 10, 10), date(2026, 10, 11), notices={2026: NOTICE_2026}, overrides={}
    )

    saturday, sunday = calendar.days
    assert (saturday.kind, saturday.occasion) == (DayKind.MAKE_UP, NATIONAL_DAY)
    assert (sunday.kind, sunday.occasion) == (DayKind.WEEKEND, None)
    assert calendar.working_days == (date(2026, 10, 10),)


def test_a_year_without_a_notice_falls_back_to_monday_to_friday_and_says_so() -> None:
    calendar = work_calendar(
        date(2026, 12, 31), date(2027, 1, 4), notices={2026: NOTICE_2026}, overrides={}
    )

    assert calendar.working_days == (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4))
    assert calendar.years_without_notice == (2027,)
    assert [day.is_provisional for day in calendar.days] == [False, True, True, True, True]


def test_a_round_within_a_year_whose_notice_is_out_is_not_provisional() -> None:
    calendar = work_calendar(
        date(2026, 12, 1), date(2026, 12, 31), notices={2026: NOTICE_2026}, overrides={}
    )

    assert calendar.years_without_notice == ()


@pytest.mark.parametrize(
    ("day", "works", "kind"),
    [
        (date(2026, 10, 1), True, DayKind.SET_TO_WORK),  # a holiday that the office works
        (date(2026, 10, 10), False, DayKind.SET_TO_REST),  # a make-up day that it does not
        (date(2026, 10, 12), False, DayKind.SET_TO_REST),  # an ordinary Monday
        (date(2026, 10, 11), True, DayKind.SET_TO_WORK),  # an ordinary Sunday
    ],
)
def test_the_office_s_override_wins_over_every_notice(
    day: date, works: bool, kind: DayKind
) -> None:
    calendar = work_calendar(day, day, notices={2026: NOTICE_2026}, overrides={day: works})

    assert calendar.days[0].kind is kind
    assert calendar.working_days == ((day,) if works else ())


def test_an_override_keeps_the_name_of_the_holiday_it_overrides() -> None:
    day = date(2026, 10, 1)

    calendar = work_calendar(day, day, notices={2026: NOTICE_2026}, overrides={day: True})

    assert calendar.days[0].occasion == NATIONAL_DAY


def test_a_calendar_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot end on 2026-01-01 before it starts"):
        work_calendar(date(2026, 1, 2), date(2026, 1, 1), notices={}, overrides={})


def test_a_calendar_of_one_day_is_allowed() -> None:
    day = date(2026, 1, 5)

    assert len(work_calendar(day, day, notices={}, overrides={}).days) == 1


def test_weeks_run_from_monday_to_sunday_and_are_padded_at_both_ends() -> None:
    calendar = work_calendar(
        date(2026, 10, 7), date(2026, 10, 13), notices={2026: NOTICE_2026}, overrides={}
    )

    first, second = weeks(calendar.days)

    assert [cell and cell.on.day for cell in first] == [None, None, 7, 8, 9, 10, 11]
    assert [cell and cell.on.day for cell in second] == [12, 13, None, None, None, None, None]
