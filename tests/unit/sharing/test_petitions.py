"""What a register of petitions may not hold: pure."""

from __future__ import annotations

import pytest

from sharing.domain.petitions import (
    HANDLING_TITLES,
    SUBJECT_TITLES,
    WAY_TITLES,
    Handling,
    Subject,
    Way,
    is_traceable,
)


@pytest.mark.parametrize(
    "text",
    [
        "联系电话13800001111",
        "手机 138 0000 1111。",
        "身份证330902199001011234，反映教育局",
        "33090219900101123X",
        "19912345678",
    ],
)
def test_a_number_that_leads_to_somebody_is_seen(text: str) -> None:
    assert is_traceable(text)


@pytest.mark.parametrize(
    "text",
    ["反映2024年采购未招标，金额1200000元", "来信共3页", "发票号12345678901234567890123", ""],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not is_traceable(text)


def test_everything_has_its_words() -> None:
    assert set(WAY_TITLES) == set(Way)
    assert set(SUBJECT_TITLES) == set(Subject)
    assert set(HANDLING_TITLES) == set(Handling)
