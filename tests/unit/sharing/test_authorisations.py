"""Terms, names and differences of an authorised team: pure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sharing.domain.authorisations import (
    LONGEST_DAYS,
    Post,
    TermFault,
    bears_the_name,
    difference,
    term_fault,
)

DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("starts", "until", "fault"),
    [
        (0, 1, None),
        (0, LONGEST_DAYS, None),
        (5, 6, None),
        (0, LONGEST_DAYS + 1, TermFault.TOO_LONG),
        (0, 0, TermFault.OUT_OF_ORDER),
        (3, 1, TermFault.OUT_OF_ORDER),
        (-1, 9, TermFault.BEFORE_PUBLICATION),
    ],
)
def test_a_term_begins_with_the_publication_and_lasts_a_year_at_most(
    starts: int, until: int, fault: TermFault | None
) -> None:
    found = term_fault(
        DAY + timedelta(days=starts), DAY + timedelta(days=until), published_on=DAY, on=DAY
    )

    assert found == fault


def test_a_term_that_is_over_is_none() -> None:
    week = timedelta(days=7)
    assert term_fault(DAY - week, DAY, published_on=DAY - week, on=DAY) is TermFault.OVER
    later = DAY + timedelta(days=1)
    assert term_fault(DAY - week, later, published_on=DAY - week, on=DAY) is None


def test_spaces_make_no_other_name() -> None:
    assert bears_the_name("唐 思远", "唐思远")
    assert not bears_the_name("唐思", "唐思远")


def _post(number: str, role: str = "member") -> Post:
    return Post(9005, number, f"某{number}", "", role, is_local=False)


def test_what_a_correction_changed_of_a_team() -> None:
    change = difference(
        [_post("1", "leader"), _post("2"), _post("3")], [_post("1"), _post("3"), _post("4")]
    )

    assert [post.number for post in change.joined] == ["4"]
    assert [post.number for post in change.left] == ["2"]
    assert [(a.role, b.role) for a, b in change.moved] == [("leader", "member")]
    assert difference([_post("1")], [_post("1")]).is_empty
