"""Anybody draws the same again; nobody is drawn twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharing.domain.look_backs import drawn

VILLAGES = st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=60, unique=True)


@given(VILLAGES, st.text(min_size=1, max_size=20), st.data())
def test_the_draw_is_the_seed_s_and_not_the_order_s(
    villages: list[str], seed: str, data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, len(villages)))
    shuffled = data.draw(st.permutations(villages))

    found = drawn(villages, count, seed)

    assert found == drawn(shuffled, count, seed)
    assert len(set(found)) == count
    assert set(found) <= set(villages)


@given(VILLAGES, st.text(min_size=1, max_size=20))
def test_drawing_fewer_takes_the_first_of_more(villages: list[str], seed: str) -> None:
    everybody = drawn(villages, len(villages), seed)

    for count in range(1, len(villages)):
        assert drawn(villages, count, seed) == everybody[:count]


def test_what_cannot_be_drawn_is_refused() -> None:
    for population, count in (([], 1), (["a"], 0), (["a"], 2), (["a", "a"], 1)):
        with pytest.raises(ValueError, match=r"drawn|twice"):
            drawn(population, count, "s")


def test_eleven_of_twenty_villages() -> None:
    villages = [f"村{number:02}" for number in range(1, 21)]

    assert drawn(villages, 11, "2016") != drawn(villages, 11, "2017")
