"""Whatever is tried, in whichever order: emergency access takes two people and ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduling.domain.emergencies import ANSWER_WITHIN, TERM, Access, State

START = datetime(2026, 9, 1, 9, tzinfo=UTC)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["confirm", "refuse", "end"]),
        st.integers(1, 3),
        st.integers(0, 60 * 30),
    ),
    max_size=12,
)


@given(st.integers(1, 3), STEPS)
def test_it_opens_for_whoever_asked_after_another_confirmed_and_for_half_an_hour(
    asker: int, steps: list[tuple[str, int, int]]
) -> None:
    access, at = Access(asker, START), START
    confirmed_at: datetime | None = None
    for what, person, minutes in steps:
        at += timedelta(minutes=minutes)
        try:
            if what == "confirm":
                access = access.confirmed(person, at)
                assert confirmed_at is None
                confirmed_at = at
            elif what == "refuse":
                access = access.refused(person, at)
            else:
                access = access.ended(at)
        except ValueError:
            continue

    for reader in (1, 2, 3):
        if access.opens(reader, at):
            assert reader == asker
            assert confirmed_at is not None
            assert access.decided_by not in (None, asker)
            assert confirmed_at <= at < confirmed_at + TERM
            assert confirmed_at < START + ANSWER_WITHIN


def test_each_state_is_told_from_the_clock() -> None:
    asked = Access(1, START)
    granted = asked.confirmed(2, START)

    assert asked.state(START) is State.OPEN
    assert asked.state(START + ANSWER_WITHIN) is State.UNANSWERED
    assert granted.state(START + TERM - timedelta(seconds=1)) is State.IN_FORCE
    assert granted.state(START + TERM) is State.EXPIRED
    assert granted.ended(START + TERM / 2).state(START + TERM / 2) is State.ENDED
    assert asked.refused(2, START).state(START) is State.REFUSED
    assert not asked.may_be_decided(1, START)
