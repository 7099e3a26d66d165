"""Terms of an office: what is told when, once for each stage, and on working days alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharing.domain.due_dates import PROFILES, Clock
from sharing.domain.terms import (
    NOTHING,
    OVERDUE,
    SOON,
    STANDARD_TERMS,
    URGING_STEPS,
    Change,
    OfficeTerms,
    UnfitTerms,
    changes,
    next_tell_day,
    soon_from,
    stage,
    tell_days,
)

DUES = st.dates(date(2026, 1, 1), date(2028, 1, 1))
TERMS = st.builds(
    OfficeTerms,
    soon_days=st.integers(1, 30),
    steps=st.sets(st.sampled_from(URGING_STEPS)).map(sorted),
)


def weekdays(on: date) -> bool:
    return on.weekday() < 5


@given(DUES, TERMS, st.integers(-120, 200))
def test_the_stage_is_the_last_one_that_was_to_be_told(
    due: date, terms: OfficeTerms, ahead: int
) -> None:
    today = due + timedelta(days=ahead)
    reached = [told for on, told in tell_days(due, weekdays, terms) if on <= today]

    assert stage(due, today, weekdays, terms) == (reached[-1] if reached else NOTHING)


@given(DUES, TERMS)
def test_stages_only_rise_and_are_told_on_working_days(due: date, terms: OfficeTerms) -> None:
    told = list(tell_days(due, weekdays, terms))

    days, stages = zip(*told, strict=True)
    assert all(map(weekdays, days))
    assert list(days) == sorted(set(days))
    assert list(stages) == sorted(stages)
    assert stages[0] == SOON
    assert stages[1] >= OVERDUE
    assert stages[-1] == OVERDUE + len(terms.steps)


@given(DUES, TERMS, st.integers(-60, 120))
def test_once_told_there_is_nothing_to_tell_until_it_is_worse(
    due: date, terms: OfficeTerms, ahead: int
) -> None:
    today = due + timedelta(days=ahead)
    told = stage(due, today, weekdays, terms)
    after = next_tell_day(due, told, weekdays, terms)

    assert after is None or after > today
    assert (after is None) == (told == OVERDUE + len(terms.steps) and told > SOON)


@given(DUES, st.integers(1, 30))
def test_soon_is_so_many_working_days_before(due: date, days: int) -> None:
    first = soon_from(due, days, weekdays)

    between = [first + timedelta(days=n) for n in range((due - first).days)]
    assert sum(map(weekdays, between)) == days


def test_nothing_is_told_of_what_is_paused() -> None:
    assert stage(None, date(2026, 9, 1), weekdays, STANDARD_TERMS) == NOTHING
    assert next_tell_day(None, NOTHING, weekdays, STANDARD_TERMS) is None


def test_an_own_term_stands_over_the_profile_s() -> None:
    own = OfficeTerms("concentrated_2024", {Clock.CLUE_RESULT: 30})

    assert own.days(Clock.CLUE_RESULT) == 30
    assert own.days(Clock.CONCENTRATED_PERIOD) == 126
    assert changes(STANDARD_TERMS, own) == [
        Change(Clock.CONCENTRATED_PERIOD, 42, 126),
        Change(Clock.CLUE_RESULT, PROFILES["reg_2017"].terms[Clock.CLUE_RESULT], 30),
    ]
    assert changes(own, own) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"profile": "of_nobody"}, "profile"),
        ({"own": {Clock.CLUE_RESULT: 0}}, "own.clue_result"),
        ({"own": {Clock.CLUE_RESULT: 501}}, "own.clue_result"),
        ({"soon_days": 0}, "soon_days"),
        ({"soon_days": 31}, "soon_days"),
        ({"steps": (2,)}, "steps"),
        ({"steps": (5, 1)}, "steps"),
        ({"steps": (5, 5)}, "steps"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(given: dict[str, object], field: str) -> None:
    with pytest.raises(UnfitTerms) as refused:
        OfficeTerms(**given)  # type: ignore[arg-type]

    assert refused.value.field == field
    assert OfficeTerms(steps=()).steps_owed(40) == 0
