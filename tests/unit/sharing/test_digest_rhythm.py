"""Another length of periods: for which years it may be set, and which digests follow of it."""

from __future__ import annotations

from datetime import date

from sharing.domain.digest.periods import Calendar, Length
from sharing.domain.digest.rhythm import first_outlook, first_years, outlook, span_of, years_open

HALVES = Calendar(((2025, Length.HALF_YEAR),))
PUBLISHED = ["2025-H1", "2025-H2", "2026-H1"]


def test_a_change_leaves_the_digests_before_its_year_as_they_are() -> None:
    ahead = outlook(HALVES, 2027, Length.QUARTER, PUBLISHED)

    assert (ahead.before, ahead.first.name, ahead.next.name) == (
        Length.HALF_YEAR, "2027-Q1", "2026-H2",
    )  # fmt: skip
    assert ahead.first.begins_on == date(2027, 1, 1)
    assert (ahead.is_next, ahead.open_again_in) == (False, 2028)


def test_after_the_last_of_the_old_length_the_next_is_the_first_of_the_new() -> None:
    ahead = outlook(HALVES, 2027, Length.YEAR, [*PUBLISHED, "2026-H2"])

    assert ahead.next == ahead.first
    assert ahead.is_next


def test_the_first_rule_says_the_first_digest() -> None:
    ahead = first_outlook(2025, Length.QUARTER)

    assert (ahead.next.name, ahead.is_next, ahead.before) == ("2025-Q1", True, None)


def test_years_that_are_set_or_have_begun_stand() -> None:
    assert [*years_open(HALVES, 2026)] == [2027, 2028, 2029, 2030, 2031]
    further = Calendar((*HALVES.lengths, (2030, Length.YEAR)))
    assert [*years_open(further, 2026)] == [2031]
    last = Calendar((*HALVES.lengths, (2031, Length.YEAR)))
    assert span_of(years_open(last, 2026))["zh"] == "暂无"
    assert (first_years(2026)[0], first_years(2026)[-1]) == (2012, 2027)
