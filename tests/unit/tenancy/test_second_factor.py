"""Codes against the RFC's own table, and recovery codes however they are typed."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from tenancy.domain.roles import ADMINISTRATORS, Role
from tenancy.domain.second_factor import (
    MOST_RECOVERY_CODES,
    matching_step,
    new_recovery_codes,
    recovery_digest,
)
from tenancy.domain.security import SecurityRules, out_of_bounds

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("second", "code"),
    # RFC 6238, appendix B: the last six of its eight digits.
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (20000000000, "353130")],
)
def test_the_codes_are_those_of_the_rfc(second: int, code: str) -> None:
    at = datetime.fromtimestamp(second, UTC)

    assert matching_step(RFC_SECRET, code, at=at, after=None) == second // 30


def test_a_code_counts_one_step_early_or_late_and_no_more() -> None:
    begins = 1111111080
    found = [
        matching_step(RFC_SECRET, "081804", at=datetime.fromtimestamp(at, UTC), after=None)
        for at in (begins - 31, begins - 30, begins, begins + 59, begins + 60)
    ]

    step = begins // 30
    assert found == [None, step, step, step, None]


def test_a_step_that_was_used_counts_no_more_nor_does_one_before_it() -> None:
    at = datetime.fromtimestamp(59, UTC)

    assert matching_step(RFC_SECRET, "287082", at=at, after=0) == 1
    assert matching_step(RFC_SECRET, "287082", at=at, after=1) is None
    assert matching_step(RFC_SECRET, "287082", at=at, after=2) is None


@pytest.mark.parametrize("typed", ["287 082", " 287082 "])
def test_gaps_do_not_matter(typed: str) -> None:
    assert matching_step(RFC_SECRET, typed, at=datetime.fromtimestamp(59, UTC), after=None) == 1


@pytest.mark.parametrize("typed", ["", "28708", "2870822", "abcdef", "２８７０８２", "٢٨٧٠٨٢"])
def test_nothing_else_is_a_code(typed: str) -> None:
    at = datetime.fromtimestamp(59, UTC)

    assert matching_step(RFC_SECRET, typed, at=at, after=None) is None


def test_recovery_codes_differ_and_are_known_however_they_are_typed() -> None:
    codes = new_recovery_codes()

    assert len(set(codes)) == MOST_RECOVERY_CODES
    code = codes[0]
    assert recovery_digest(code.lower().replace("-", " ")) == recovery_digest(code)
    assert recovery_digest(code) != recovery_digest(codes[1])


def test_who_needs_a_second_factor_until_somebody_says_otherwise() -> None:
    rules = SecurityRules()
    needing = {role for role in Role if rules.needs_factor([role])}

    assert needing == ADMINISTRATORS | {
        Role.CITY_DIRECTOR,
        Role.COUNTY_DIRECTOR,
        Role.SCHEDULER,
    }
    assert rules.needs_factor([Role.COUNTY_CLERK, Role.SCHEDULER])
    assert not rules.needs_factor([])


def test_the_administrators_are_left_out_by_nobody() -> None:
    assert SecurityRules(factor_roles=ADMINISTRATORS).left_out == frozenset()
    assert SecurityRules(factor_roles=frozenset({Role.SCHEDULER})).left_out == ADMINISTRATORS


def test_the_bounds_of_the_policy() -> None:
    assert out_of_bounds(SecurityRules()) == []
    assert out_of_bounds(SecurityRules(idle_minutes=4, absolute_hours=13)) == [
        "idle_minutes",
        "absolute_hours",
    ]
    assert out_of_bounds(SecurityRules(idle_minutes=30, absolute_hours=12, step_up_minutes=2)) == []
