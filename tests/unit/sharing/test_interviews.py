"""How far each stratum of a plan of interviews is covered: pure."""

from __future__ import annotations

from sharing.domain.interviews import STANDARD_STRATA, STATE_TITLES, Coverage, State, covered
from sharing.domain.weekly import findings_of, typed_of


def test_what_was_not_held_counts_for_nothing() -> None:
    there = [
        ("班子", State.HELD),
        ("班子", State.PLANNED),
        ("班子", State.NOT_HELD),
        ("中层", State.HELD),
        ("没有的层次", State.HELD),
    ]

    first, second, third = covered([("班子", 4), ("中层", 1), ("群众", 0)], there)

    assert first == Coverage("班子", target=4, held=1, planned=1)
    assert (first.missing, first.share) == (2, 0.25)
    assert (second.missing, second.share) == (0, 1.0)
    assert (third.missing, third.share) == (0, 1.0)


def test_more_than_the_target_fills_the_bar_and_no_more() -> None:
    [one] = covered([("班子", 1)], [("班子", State.HELD)] * 3)

    assert (one.held, one.share, one.missing) == (3, 1.0, 0)


def test_the_standard_strata_are_read_as_they_are_typed() -> None:
    assert findings_of(typed_of(STANDARD_STRATA)) == list(STANDARD_STRATA)
    assert set(STATE_TITLES) == set(State)
