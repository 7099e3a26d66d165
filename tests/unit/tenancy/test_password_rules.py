"""What a password is built on, and when it has served."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tenancy.domain.passwords import must_change, word_within

WORDS = ("林知远", "linzhiyuan", "定海区", "ding hai")
SET_AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "password",
    ["LinZhiYuan2026", "Ding-Hai 2026!!", "定海区2026", "2026d.i.n.g.h.a.i", "林知远林知远1"],
)
def test_own_words_are_found_however_they_are_dressed(password: str) -> None:
    assert word_within(password, WORDS) is not None


@pytest.mark.parametrize(
    "password", ["on-duty-at-the-harbour", "定 2026-0704-ab", "a boat leaves dinghai at dawn twice"]
)
def test_other_passwords_are_let_be(password: str) -> None:
    assert word_within(password, WORDS) is None


@pytest.mark.parametrize(
    ("days", "age", "is_asked_to", "is_due"),
    [
        (180, 179, False, False),
        (180, 180, False, True),
        (0, 9999, False, False),
        (0, 0, True, True),
        (180, 0, True, True),
    ],
)
def test_a_password_serves_so_long(days: int, age: int, is_asked_to: bool, is_due: bool) -> None:
    now = SET_AT + timedelta(days=age)

    assert must_change(SET_AT, days, now, is_asked_to=is_asked_to) is is_due
