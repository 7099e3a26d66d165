"""The measure by which times of sign-ins are compared."""

from __future__ import annotations

import pytest

from scheduling.management.commands.bench_sign_in import apart, area_under_curve


@pytest.mark.parametrize(
    ("one", "other", "area"),
    [
        ([1, 2, 3], [4, 5, 6], 1.0),
        ([4, 5, 6], [1, 2, 3], 0.0),
        ([1, 2, 3], [1, 2, 3], 0.5),
        ([1, 3], [2, 4], 0.75),
    ],
)
def test_the_area_is_how_often_the_other_is_larger(
    one: list[float], other: list[float], area: float
) -> None:
    assert area_under_curve(one, other) == area
    assert apart(one, other) == apart(other, one) == max(area, 1 - area)
