"""Whoever can run SQL behind the web: what of second factors and of the policy they cannot do.

Every refusal stands beside what is allowed.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.tenancy.administrators import (
    PLATFORM,
    SECOND,
    SECURITY,
    SYSTEM,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw

DINGHAI, SHENGSI = 9002, 9005
LIN, JIANG = 9003, 9005
SECRET = b"sealed, as far as the database knows"
CODES = [bytes([number]) * 32 for number in range(10)]
POLICY = "SELECT sec.set_security_policy(%s, %s, %s, %s)"
THREE = ["system_administrator", "security_administrator", "audit_administrator"]
UNPROVEN = "fresh proof"
TABLES = ("tenancy_secondfactor", "tenancy_recoverycode")


@pytest.fixture
def web(anybody: Raw) -> Raw:
    """The web's role; everybody has signed in just now, and Lin has a factor."""
    anybody.become("owner")
    seat_administrators(anybody)
    for person in (LIN, JIANG, SYSTEM, SECURITY, SECOND):
        anybody.run(
            "INSERT INTO tenancy_signinsession (user_id, digest, network, browser, ended_because)"
            " VALUES (%s, %s, '', '', '')",
            person,
            bytes([person % 256]) * 32,
        )
    anybody.become("app")
    anybody.act_for(DINGHAI, LIN)
    assert anybody.one("SELECT sec.begin_second_factor(%s)", SECRET)
    assert anybody.one("SELECT sec.confirm_second_factor(%s, 100, %s)", SECRET, CODES)
    return anybody


def as_owner(web: Raw, sql: str, *values: Any) -> None:
    web.become("owner")
    web.run(sql, *values)
    web.become("app")


def old_proof(web: Raw) -> None:
    as_owner(web, "UPDATE tenancy_signinsession SET proved_at = now() - interval '12 minutes'")


@pytest.mark.parametrize("table", TABLES)
def test_no_role_reads_or_writes_the_tables(web: Raw, table: str) -> None:
    for role in ("app", "worker"):
        web.run("RESET ROLE")
        web.become(role)
        for sql in (
            f"SELECT * FROM {table}",
            f"DELETE FROM {table}",
            f"UPDATE {table} SET user_id = {JIANG}",
            f"INSERT INTO {table} (user_id) VALUES ({JIANG})",
        ):
            with web.refused("permission denied"):
                web.run(sql)


def test_one_sees_ones_own_and_nobody_elses(web: Raw) -> None:
    mine = "SELECT secret, codes_left FROM sec.own_second_factor()"
    assert [(bytes(secret), left) for secret, left in web.rows(mine)] == [(SECRET, 10)]

    web.act_for(SHENGSI, JIANG)
    assert web.rows(mine) == [(None, 0)]
    web.say("")
    assert web.rows(mine) == []


def test_a_step_and_a_recovery_code_are_used_once_and_by_their_owner(web: Raw) -> None:
    step, code = "SELECT sec.use_factor_step(%s)", "SELECT sec.use_recovery_code(%s)"
    web.act_for(SHENGSI, JIANG)
    assert not web.one(step, 101)
    assert not web.one(code, CODES[0])

    web.act_for(DINGHAI, LIN)
    assert not web.one(step, 100)
    assert [web.one(step, 101), web.one(step, 101), web.one(step, 99)] == [True, False, False]
    assert [web.one(code, CODES[0]), web.one(code, CODES[0])] == [True, False]


def test_one_in_force_is_not_begun_over(web: Raw) -> None:
    assert not web.one("SELECT sec.begin_second_factor(%s)", b"another")
    assert not web.one("SELECT sec.confirm_second_factor(%s, 1, %s)", b"another", CODES)


def test_a_secret_begun_meanwhile_is_not_confirmed(web: Raw) -> None:
    web.act_for(SHENGSI, JIANG)
    web.one("SELECT sec.begin_second_factor(%s)", b"first")
    web.one("SELECT sec.begin_second_factor(%s)", b"second")

    assert not web.one("SELECT sec.confirm_second_factor(%s, 1, %s)", b"first", CODES)
    assert web.one("SELECT sec.confirm_second_factor(%s, 1, %s)", b"second", CODES)


def test_what_changes_a_factor_needs_a_session_with_a_fresh_proof(web: Raw) -> None:
    assert web.one("SELECT sec.renew_recovery_codes(%s)", CODES)
    old_proof(web)

    for sql, values in (
        ("SELECT sec.renew_recovery_codes(%s)", (CODES,)),
        ("SELECT sec.give_up_second_factor()", ()),
        ("SELECT sec.begin_second_factor(%s)", (b"x",)),
        ("SELECT sec.confirm_second_factor(%s, 1, %s)", (b"x", CODES)),
    ):
        with web.refused(UNPROVEN):
            web.run(sql, *values)


def test_one_that_the_policy_asks_for_is_not_given_up(web: Raw) -> None:
    roles = "UPDATE tenancy_securitypolicy SET factor_roles = %s"
    as_owner(web, roles, ["county_director"])
    with web.refused("asks for a second factor"):
        web.run("SELECT sec.give_up_second_factor()")

    as_owner(web, roles, ["scheduler"])
    assert web.one("SELECT sec.give_up_second_factor()")


def test_without_a_policy_everybody_needs_one_and_no_session_is_open(web: Raw) -> None:
    look = "SELECT ending FROM sec.look_at_session(%s, %s, false)"
    assert web.one(look, LIN, bytes([LIN % 256]) * 32) == ""
    as_owner(web, "DELETE FROM tenancy_securitypolicy")

    assert web.one("SELECT is_needed FROM sec.own_second_factor()")
    assert web.one(look, LIN, bytes([LIN % 256]) * 32) == "idle"


def test_another_security_administrator_resets_one(web: Raw) -> None:
    reset = "SELECT sec.reset_second_factor(%s)"
    for office, person in ((DINGHAI, LIN), (SHENGSI, JIANG), (PLATFORM, SYSTEM)):
        web.act_for(office, person)
        with web.refused("holds no seat for this"):
            web.run(reset, LIN)
        assert web.rows("SELECT * FROM sec.second_factors_shown()") == []

    web.act_for(PLATFORM, SECURITY)
    with web.refused("Nobody resets their own"):
        web.run(reset, SECURITY)
    assert not web.one(reset, JIANG)
    assert web.one("SELECT count(*) FROM sec.second_factors_shown() WHERE account = %s", LIN) == 1
    assert web.one(reset, LIN)
    assert not web.one(reset, LIN)

    web.act_for(DINGHAI, LIN)
    assert web.rows("SELECT confirmed_at, codes_left, reset_by FROM sec.own_second_factor()") == [
        (None, 0, SECURITY)
    ]
    with web.refused(UNPROVEN):  # Their session is over, too.
        web.run("SELECT sec.begin_second_factor(%s)", b"x")


def test_a_reset_and_the_policy_need_a_fresh_proof(web: Raw) -> None:
    old_proof(web)
    web.act_for(PLATFORM, SECURITY)

    with web.refused(UNPROVEN):
        web.run("SELECT sec.reset_second_factor(%s)", LIN)
    with web.refused(UNPROVEN):
        web.run(POLICY, THREE, 15, 8, 10)


def test_the_policy_is_set_by_a_security_administrator_within_its_bounds(web: Raw) -> None:
    web.act_for(PLATFORM, SYSTEM)
    with web.refused("holds no seat for this"):
        web.run(POLICY, THREE, 15, 8, 10)
    with web.refused("permission denied"):
        web.run("UPDATE tenancy_securitypolicy SET idle_minutes = 30")

    web.act_for(PLATFORM, SECURITY)
    for figures in ((4, 8, 10), (31, 8, 10), (15, 0, 10), (15, 13, 10), (15, 8, 1), (15, 8, 31)):
        with web.refused("security_policy_"):
            web.run(POLICY, THREE, *figures)
    with web.refused("Administrators sign in with a second factor"):
        web.run(POLICY, THREE[:2], 15, 8, 10)

    web.run(POLICY, [*THREE, "scheduler"], 30, 12, 2)
    assert web.one("SELECT idle_minutes FROM tenancy_securitypolicy") == 30
