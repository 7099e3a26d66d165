"""The evaluation sheet: a hundred points by deduction, four grades, nothing left after five false items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharing.domain.evaluations import (
    FULL,
    STANDARD,
    Deduction,
    Grade,
    Parameters,
    Part,
    UnfitSheet,
    judged,
)

DEDUCTIONS = st.lists(
    st.builds(Deduction, st.sampled_from(Part), st.integers(1, 100), st.just("x")), max_size=8
)


def test_nothing_deducted_is_a_hundred_and_good() -> None:
    assert judged([], 0) == judged([], 4)
    assert (judged([], 0).score, judged([], 0).grade) == (FULL, Grade.GOOD)


@pytest.mark.parametrize(
    ("points", "grade"),
    [(10, Grade.GOOD), (11, Grade.RATHER_GOOD), (20, Grade.RATHER_GOOD), (21, Grade.FAIR),
     (40, Grade.FAIR), (41, Grade.POOR)],
)  # fmt: skip
def test_a_grade_begins_at_its_score(points: int, grade: Grade) -> None:
    assert judged([Deduction(Part.TASKS, points, "x")], 0).grade == grade


def test_a_part_loses_no_more_than_it_weighs() -> None:
    assert judged([Deduction(Part.SATISFACTION, 90, "x")], 0).score == 90


@given(DEDUCTIONS, st.integers(5, 1000))
def test_five_false_items_leave_nothing(deductions: list[Deduction], false_items: int) -> None:
    assert judged(deductions, false_items).score == 0
    assert judged(deductions, false_items).grade == Grade.POOR


@given(DEDUCTIONS, st.integers(0, 4))
def test_more_deducted_is_never_better(deductions: list[Deduction], false_items: int) -> None:
    scores = [judged(deductions[:n], false_items).score for n in range(len(deductions) + 1)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= FULL for score in scores)


@pytest.mark.parametrize(
    "wrong",
    [
        {"parts": {Part.TASKS: 100}},
        {"parts": {**STANDARD.parts, Part.TASKS: 61}},
        {"good": 70},
        {"false_items": 0},
    ],
)
def test_parameters_that_do_not_hold_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UnfitSheet):
        Parameters(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "one",
    [Deduction(Part.TASKS, 0, "x"), Deduction(Part.TASKS, 5, " "), Deduction(Part.TASKS, -1, "x")],
)
def test_a_deduction_has_points_and_a_reason(one: Deduction) -> None:
    with pytest.raises(UnfitSheet):
        judged([one], 0)
