"""Terms: the more days, the later; pauses move the end by the working days in them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharing.domain.due_dates import (
    CLOCK_TITLES,
    PROFILES,
    WITH_A_TERM,
    Clock,
    Pause,
    days_late,
    due_on,
    put_off,
)

STARTS = st.dates(date(2026, 1, 1), date(2028, 1, 1))
TERMS = st.integers(1, 130)


def weekdays(on: date) -> bool:
    return on.weekday() < 5


@st.composite
def pauses(draw: st.DrawFn, start: date) -> list[Pause]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        first = start + timedelta(days=draw(st.integers(-20, 90)))
        found.append(Pause(first, first + timedelta(days=draw(st.integers(0, 60)))))
    return found


@given(STARTS, TERMS, st.data())
def test_so_many_working_days_lie_in_the_term(start: date, days: int, data: st.DataObject) -> None:
    paused = data.draw(pauses(start))
    due = due_on(start, days, weekdays, paused)

    assert due is not None
    counted = [
        on
        for n in range(1, (due - start).days + 1)
        if weekdays(on := start + timedelta(days=n)) and not any(p.covers(on) for p in paused)
    ]
    assert len(counted) == days
    assert counted[-1] == due


@given(STARTS, TERMS, st.data())
def test_a_pause_never_brings_the_end_forward(start: date, days: int, data: st.DataObject) -> None:
    without = due_on(start, days, weekdays)
    with_pauses = due_on(start, days, weekdays, data.draw(pauses(start)))

    assert without is not None
    assert with_pauses is not None
    assert with_pauses >= without


@given(STARTS, TERMS)
def test_nothing_is_due_while_a_pause_has_no_end(start: date, days: int) -> None:
    assert due_on(start, days, weekdays, [Pause(start, None)]) is None


@given(STARTS, st.integers(0, 400))
def test_lateness_counts_from_the_day_after(due: date, days: int) -> None:
    assert days_late(due, due, weekdays) == 0
    assert days_late(None, due, weekdays) == 0
    today = due + timedelta(days=days)
    late = days_late(due, today, weekdays)
    assert late == sum(weekdays(due + timedelta(days=n)) for n in range(1, days + 1))


@given(STARTS, st.data())
def test_a_named_day_is_put_off_by_the_working_days_of_its_pauses(named: date, data: Any) -> None:
    assert put_off(named, weekdays) == named
    first = named - timedelta(days=data.draw(st.integers(0, 60)))
    until = first + timedelta(days=data.draw(st.integers(0, 90)))
    moved = put_off(named, weekdays, [Pause(first, until)])
    assert moved is not None
    ahead = [named + timedelta(days=n) for n in range(1, (moved - named).days + 1)]
    lost = [on for on in (first + timedelta(days=n) for n in range(61)) if on <= named]
    paused = sum(weekdays(on) and on < until for on in lost)
    assert sum(weekdays(on) and on >= until for on in ahead) == paused
    assert put_off(named, weekdays, [Pause(first, None)]) is None


def test_a_term_that_is_none_or_never_ends_is_said() -> None:
    with pytest.raises(ValueError, match="none"):
        due_on(date(2026, 9, 1), 0, weekdays)
    with pytest.raises(ValueError, match="twenty years"):
        due_on(date(2026, 9, 1), 1, lambda _: False)


def test_every_profile_has_every_clock_and_every_clock_a_title() -> None:
    assert set(CLOCK_TITLES) == set(Clock)
    for profile in PROFILES.values():
        assert set(profile.terms) == set(WITH_A_TERM)
