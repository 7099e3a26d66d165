"""Which findings become one item, and in whose words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharing.domain.assignments import (
    MOST_OF_AN_ISSUE,
    DifferentClasses,
    FedBack,
    TooLongTogether,
    heading_of,
    laid,
)

FIRST = FedBack(1, "往来款未清理", "17笔挂账。", "财务管理不规范")
SECOND = FedBack(2, "票据不合规", "3张白条。", "财务管理不规范")
OTHER = FedBack(3, "会议记录不全", "缺2次。", "党组议事决策不规范")
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
FINDINGS = st.lists(
    st.builds(FedBack, st.integers(1, 10**6), WORDS, WORDS, st.sampled_from("甲乙")),
    min_size=1,
    unique_by=lambda one: one.number,
)


def test_each_becomes_an_item_of_its_own() -> None:
    assert [(one.issue, one.findings) for one in laid([FIRST, OTHER])] == [
        ("往来款未清理\n17笔挂账。", (1,)),
        ("会议记录不全\n缺2次。", (3,)),
    ]


def test_of_one_class_they_become_one() -> None:
    [one] = laid([FIRST, SECOND], together=True)
    assert one.issue == "1. 往来款未清理\n17笔挂账。\n2. 票据不合规\n3张白条。"
    assert (one.category, one.findings) == ("财务管理不规范", (1, 2))
    assert heading_of(one.issue) == "1. 往来款未清理"


def test_of_several_classes_they_do_not() -> None:
    with pytest.raises(DifferentClasses):
        laid([FIRST, OTHER], together=True)


def test_one_item_holds_no_more_than_its_column() -> None:
    long = [FedBack(n, "x", "事" * (MOST_OF_AN_ISSUE // 2), "甲") for n in (1, 2)]
    assert len(laid(long)) == 2
    with pytest.raises(TooLongTogether):
        laid(long, together=True)


def test_the_longest_finding_fits() -> None:
    [one] = laid([FedBack(1, "题" * 200, "事" * 20_000, "甲")])
    assert len(one.issue) <= MOST_OF_AN_ISSUE


@given(FINDINGS, st.booleans())
def test_every_finding_is_in_one_item_word_for_word(
    findings: list[FedBack], together: bool
) -> None:
    try:
        items = laid(findings, together=together)
    except DifferentClasses:
        assert len({one.category for one in findings}) > 1
        return
    numbers = [number for item in items for number in item.findings]
    assert numbers == [one.number for one in findings]
    of = {number: item for item in items for number in item.findings}
    for one in findings:
        assert f"{one.title}\n{one.fact}" in of[one.number].issue
        assert of[one.number].category == one.category
