"""Weeks, and findings by class as they are typed: pure."""

from __future__ import annotations

from datetime import date

import pytest

from sharing.domain.weekly import LineUnreadable, findings_of, monday_of, typed_of


def test_a_week_counts_from_monday() -> None:
    assert monday_of(date(2026, 11, 29)) == monday_of(date(2026, 11, 23)) == date(2026, 11, 23)
    assert monday_of(date(2026, 11, 30)) == date(2026, 11, 30)


def test_a_class_with_its_number_a_line_and_back() -> None:
    read = findings_of("党的建设 3\n\n 财务管理：12 个\n作风2")

    assert read == [("党的建设", 3), ("财务管理", 12), ("作风", 2)]
    assert findings_of(typed_of(read)) == read
    assert findings_of("") == []


@pytest.mark.parametrize("typed", ["党的建设", "3", "党的建设 3\n党的建设 4", "党的建设 -1x"])
def test_what_is_no_class_with_a_number_is_named(typed: str) -> None:
    with pytest.raises(LineUnreadable):
        findings_of(typed)
