"""When a digest appears, what it counts, and which questions it answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice, pairwise

import pytest

from sharing.domain.digest.asking import REASONS, NotAnswered, Question, not_answered
from sharing.domain.digest.periods import REFUSALS, Calendar, Length, Period, Refused
from tests.unit.sharing.digests import (
    COUNTS,
    published_by_kind,
)

CALENDAR = Calendar(((2026, Length.QUARTER), (2027, Length.YEAR), (2028, Length.HALF_YEAR)))
Q1, Q2, Q3 = (Period(2026, number, Length.QUARTER) for number in (1, 2, 3))


def test_periods_follow_one_another_without_gap_or_overlap() -> None:
    periods = [*islice(CALENDAR.periods(), 9)]

    assert [one.name for one in periods[:6]] == [
        "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027", "2028-H1",
    ]  # fmt: skip
    assert all(one.until == after.begins_on for one, after in pairwise(periods))
    assert Q1.published_on == date(2026, 4, 15)
    with pytest.raises(ValueError, match="in order"):
        Calendar(((2027, Length.YEAR), (2026, Length.QUARTER)))


def test_a_record_counts_once_and_late_ones_count_later() -> None:
    assert CALENDAR.period_of(date(2026, 3, 31), date(2026, 3, 31)) == Q1
    assert CALENDAR.period_of(date(2026, 3, 31), date(2026, 4, 1)) == Q2
    assert CALENDAR.period_of(date(2025, 3, 31), date(2025, 4, 1)) == Q1


def test_what_became_of_them_is_told_once() -> None:
    told = [cohort for one in islice(CALENDAR.periods(), 9) for cohort in CALENDAR.cohorts_of(one)]

    assert CALENDAR.cohorts_of(Q3) == (Q1,)
    assert [one.name for one in told] == [
        "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027", "2028-H1", "2028-H2", "2029-H1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "frozen", "today", "expected"),
    [
        (Q1, [], date(2026, 4, 15), None),
        (Q1, [], date(2026, 4, 14), Refused.NOT_YET),
        (Q1, ["2026-Q1"], date(2026, 4, 15), Refused.FROZEN),
        (Q2, ["2026-Q1"], date(2026, 7, 15), None),
        (Q2, [], date(2026, 7, 15), Refused.EARLIER_ONE_MISSING),
        (Period(2026, 1, Length.HALF_YEAR), ["2026-Q1", "2026-Q2"], date(2027, 1, 1), Refused.NO_PERIOD),
        (Period(2026, 1, Length.YEAR), [], date(2027, 2, 1), Refused.NO_PERIOD),
        (Period(2025, 4, Length.QUARTER), [], date(2027, 2, 1), Refused.NO_PERIOD),
    ],
)  # fmt: skip
def test_a_digest_is_made_when_it_is_due_and_once(
    period: Period, frozen: list[str], today: date, expected: Refused | None
) -> None:
    assert CALENDAR.refusal(period, frozen, today) == expected
    assert set(REFUSALS) == set(Refused)


ASKED = Question(Q1.begins_on, Q1.until, "kinds", frozenset({"kind", "county"}), {"county": "east"})


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (ASKED, None),
        (replace(ASKED, as_of=date(2026, 4, 15)), None),
        (replace(ASKED, crossed_by=frozenset()), None),
        (replace(ASKED, until=date(2026, 3, 31)), NotAnswered.OTHER_DATES),
        (replace(ASKED, until=Q2.until), NotAnswered.OTHER_DATES),
        (replace(ASKED, begins_on=Q2.begins_on, until=Q2.until), NotAnswered.NOT_PUBLISHED),
        (replace(ASKED, as_of=date(2026, 5, 1)), NotAnswered.OTHER_DAY),
        (replace(ASKED, table="units"), NotAnswered.NO_SUCH_TABLE),
        (replace(ASKED, crossed_by=frozenset({"kind", "round"})), NotAnswered.OTHER_CROSSING),
        (replace(ASKED, only={"county": "south"}), NotAnswered.NO_SUCH_VALUE),
        (replace(ASKED, only={"round": "spring"}), NotAnswered.NO_SUCH_VALUE),
    ],
)
def test_only_what_was_published_is_answered(
    question: Question, expected: NotAnswered | None
) -> None:
    digest = published_by_kind(COUNTS).publication

    assert not_answered(question, CALENDAR, [digest]) == expected
    assert set(REASONS) == set(NotAnswered)
