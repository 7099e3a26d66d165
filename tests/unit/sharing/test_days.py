"""Days that people type, and how far they are counted."""

from __future__ import annotations

from datetime import date

import pytest

from sharing.domain.days import EARLIEST, first_possible, is_reversed, last_due
from sharing.domain.due_dates import FARTHEST_DAYS, days_late, due_on
from sharing.domain.evaluations import MOST_FALSE_ITEMS, UnfitSheet, judged
from sharing.domain.look_backs import LONGEST_NAME, MOST_NAMES, drawn


def test_nothing_was_before_what_it_follows_nor_before_the_first_day() -> None:
    assert first_possible() == first_possible(None) == EARLIEST
    assert first_possible(date(26, 3, 2)) == EARLIEST
    assert first_possible(None, date(2026, 3, 2), date(2025, 1, 1)) == date(2026, 3, 2)


def test_a_period_of_one_day_stands_and_one_that_ends_before_it_begins_does_not() -> None:
    first = date(2026, 10, 10)
    assert not is_reversed(first, date(2026, 10, 11))
    assert is_reversed(first, first), "its last day is the day before"
    assert not is_reversed(None, first)
    assert not is_reversed(first, None)


def test_a_term_is_given_for_ten_years_at_most() -> None:
    assert last_due(date(2026, 2, 28)) == date(2036, 2, 29)


def test_lateness_is_counted_over_twenty_years_at_most() -> None:
    asked: list[date] = []

    def is_worked(on: date) -> bool:
        asked.append(on)
        return True

    assert days_late(date(26, 3, 2), date(2026, 3, 2), is_worked) == FARTHEST_DAYS
    assert len(asked) == FARTHEST_DAYS
    assert days_late(date.max, date(2026, 3, 2), is_worked) == 0
    assert days_late(date(2026, 3, 2), date(2026, 3, 4), is_worked) == 2


def test_a_term_after_the_last_day_of_all_never_ends() -> None:
    with pytest.raises(ValueError, match="twenty years"):
        due_on(date.max, 15, lambda _: True)


def test_false_items_are_as_many_as_can_be_kept() -> None:
    assert judged([], MOST_FALSE_ITEMS).score == 0
    for wrong in (-1, MOST_FALSE_ITEMS + 1):
        with pytest.raises(UnfitSheet, match="false_items"):
            judged([], wrong)


def test_a_population_holds_so_many_names_and_each_so_long() -> None:
    assert drawn(["甲" * LONGEST_NAME], 1, "7") == ["甲" * LONGEST_NAME]
    for wrong in (["甲" * (LONGEST_NAME + 1)], [str(n) for n in range(MOST_NAMES + 1)]):
        with pytest.raises(ValueError, match="too large"):
            drawn(wrong, 1, "7")
