"""Dates and ID numbers, for every value rather than for examples."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.domain.problem import Month
from scheduling.workbooks.dates import read_day, read_month
from scheduling.workbooks.identity import check_character, read_id_number
from scheduling.workbooks.words import Unreadable, clean, phrase

DAYS = st.dates(min_value=date(1940, 1, 1), max_value=date(2099, 12, 31))
WRITTEN = (
    "{0}年{1}月{2}日",
    "{0}.{1}.{2}",
    "{0}/{1:02d}/{2:02d}",
    "{0}-{1:02d}-{2:02d}",
    "{0}{1:02d}{2:02d}",
)


@given(DAYS, st.sampled_from(WRITTEN))
def test_every_day_is_read_back_in_every_writing(day: date, form: str) -> None:
    written = form.format(day.year, day.month, day.day)

    assert read_day(written) == day
    assert read_month(written) == Month.of(day)


@given(DAYS)
def test_every_day_is_read_back_from_its_serial_number(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days

    assert read_day(serial) == day
    assert read_day(serial - 1462, epoch_1904=True) == day if serial - 1462 > 14611 else True


@given(st.text(max_size=40))
def test_no_text_makes_the_readers_fall(text: str) -> None:
    for read in (read_month, read_day, read_id_number):
        with suppress(Unreadable):
            read(text)


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert phrase(phrase(text)) == phrase(text)


ID_BODIES = st.builds(
    lambda area, day, sequence: f"{area:06d}{day:%Y%m%d}{sequence:03d}",
    st.integers(0, 999999),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)),
    st.integers(0, 999),
)


@given(ID_BODIES, st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(first17: str, at: int, shift: int) -> None:
    number = first17 + check_character(first17)
    assert read_id_number(number).full == number

    wrong = number[:at] + str((int(number[at]) + shift) % 10) + number[at + 1 :]

    with pytest.raises(Unreadable):
        read_id_number(wrong)


@given(ID_BODIES, st.integers(0, 15))
def test_two_neighbouring_digits_exchanged_are_noticed(first17: str, at: int) -> None:
    number = first17 + check_character(first17)
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]

    if swapped != number:
        with pytest.raises(Unreadable):
            read_id_number(swapped)


@given(DAYS, st.integers(0, 400))
def test_spans_keep_their_order(day: date, days: int) -> None:
    later = day + timedelta(days=days)
    if later.year <= 2099:
        assert read_day(f"{day:%Y.%m.%d}") <= read_day(f"{later:%Y/%m/%d}")
