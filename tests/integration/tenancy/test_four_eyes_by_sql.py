"""Whoever can run SQL behind the web, as one administrator or director: what they cannot do alone.

Every refusal stands beside what is allowed.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.tenancy.administrators import (
    AUDIT,
    PLATFORM,
    SECOND,
    SECURITY,
    SYSTEM,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw

DINGHAI, SHENGSI = 9002, 9005
CHEN, LIN, WU, JIANG = 9001, 9003, 9004, 9005
PROPOSE = "SELECT sec.propose_seat(%s, %s, %s, %s, current_date, NULL, %s, 'x')"
DENIED = "holds no seat for this"


@pytest.fixture
def web(anybody: Raw) -> Raw:
    """The web's role, in an installation with its administrators."""
    anybody.become("owner")
    seat_administrators(anybody)
    anybody.become("app")
    return anybody


def as_person(web: Raw, person: int, office: int = PLATFORM) -> Raw:
    web.act_for(office, person)
    return web


def proposed(
    web: Raw, by: int, person: int, role: str = "county_clerk", office: int = DINGHAI
) -> Any:
    return as_person(web, by).one(PROPOSE, "grant", office, person, role, None)


def seat_of(web: Raw, person: int, office: int = PLATFORM) -> Any:
    web.act_for(office, person)
    return web.one(
        "SELECT max(id) FROM tenancy_membership WHERE user_id = %s AND tenant_id = %s",
        person,
        office,
    )


def decide(web: Raw, by: int, change: Any, yes: bool = True) -> None:
    as_person(web, by).run("SELECT sec.decide_seat(%s, %s, '')", change, yes)


def test_a_seat_is_given_by_two_people_and_by_no_statement(web: Raw) -> None:
    as_person(web, SECURITY)
    with web.refused("permission denied"):
        web.run(
            "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
            " VALUES (%s, %s, 'audit_administrator', current_date)",
            PLATFORM,
            SECURITY,
        )
    with web.refused("permission denied"):
        web.run("UPDATE tenancy_seatchange SET state = 'in_force'")

    change = proposed(web, SYSTEM, JIANG)
    decide(web, SECURITY, change)

    assert seat_of(web, JIANG, DINGHAI) is not None
    as_person(web, JIANG, DINGHAI)
    assert web.one("SELECT count(*) FROM tenancy_auditentry WHERE action = 'tenancy.seat.given'")


def test_whoever_proposed_does_not_decide(web: Raw) -> None:
    change = proposed(web, SECURITY, JIANG)

    with web.refused("seat_change_decided_by_another"):
        decide(web, SECURITY, change)
    decide(web, SECOND, change)


def test_nobody_proposes_or_decides_for_themselves(web: Raw) -> None:
    with web.refused("seat_change_not_for_oneself"):
        proposed(web, SECURITY, SECURITY, "security_administrator", PLATFORM)
    seat = seat_of(web, SECOND)
    change = as_person(web, SYSTEM).one(PROPOSE, "end", PLATFORM, 0, "", seat)
    with web.refused("seat_change_decided_by_another"):
        decide(web, SECOND, change)
    decide(web, SECURITY, change)


@pytest.mark.parametrize(("person", "office"), [(AUDIT, PLATFORM), (WU, DINGHAI), (CHEN, 9001)])
def test_others_propose_nothing(web: Raw, person: int, office: int) -> None:
    with web.refused(DENIED):
        as_person(web, person, office).run(PROPOSE, "grant", DINGHAI, JIANG, "county_clerk", None)


@pytest.mark.parametrize("person", [SYSTEM, AUDIT])
def test_no_other_administrator_decides(web: Raw, person: int) -> None:
    change = proposed(web, SECURITY, JIANG)

    with web.refused(DENIED):
        decide(web, person, change)
    decide(web, SECOND, change, yes=False)
    with web.refused("seat_change_decided_once|decided already"):
        decide(web, SECOND, change)


def test_a_director_proposes_at_home_and_no_administrator(web: Raw) -> None:
    as_person(web, LIN, DINGHAI)
    with web.refused(DENIED):
        web.run(PROPOSE, "grant", SHENGSI, WU, "county_clerk", None)
    with web.refused(DENIED):
        web.run(PROPOSE, "grant", PLATFORM, WU, "system_administrator", None)
    with web.refused("Administrators sit on the platform"):
        web.run(PROPOSE, "grant", DINGHAI, WU, "system_administrator", None)

    change = web.one(PROPOSE, "grant", DINGHAI, JIANG, "county_clerk", None)
    assert web.one("SELECT count(*) FROM tenancy_seatchange WHERE id = %s", change) == 1
    as_person(web, JIANG, SHENGSI)
    assert web.one("SELECT count(*) FROM tenancy_seatchange WHERE id = %s", change) == 0


def test_an_administrator_holds_no_other_seat(web: Raw) -> None:
    for person, role, office in [
        (SYSTEM, "county_clerk", DINGHAI),
        (AUDIT, "system_administrator", PLATFORM),
        (WU, "audit_administrator", PLATFORM),
    ]:
        change = proposed(web, SECURITY, person, role, office)
        with web.refused("holds no other seat"):
            decide(web, SECOND, change)


def test_the_last_of_a_kind_stays(web: Raw) -> None:
    seat = seat_of(web, AUDIT)
    change = as_person(web, SYSTEM).one(PROPOSE, "end", PLATFORM, 0, "", seat)
    with web.refused("last administrator"):
        decide(web, SECURITY, change)
    as_person(web, SYSTEM)
    for is_open, ends in ((False, None), (True, "2099-01-01")):
        with web.refused("last administrator"):
            web.run("SELECT sec.set_account(%s, %s, %s)", AUDIT, is_open, ends)

    web.run("SELECT sec.set_account(%s, false, NULL)", SECOND)
    with web.refused("last administrator"):
        web.run("SELECT sec.set_account(%s, false, NULL)", SECURITY)


def test_a_successor_without_an_end_frees_the_last_one(web: Raw) -> None:
    person = as_person(web, SYSTEM).one("SELECT sec.make_account('heir', '继任者', NULL)")
    decide(web, SECURITY, proposed(web, SYSTEM, person, "audit_administrator", PLATFORM))
    seat = seat_of(web, AUDIT)
    change = as_person(web, SYSTEM).one(PROPOSE, "end", PLATFORM, 0, "", seat)

    decide(web, SECURITY, change)

    as_person(web, AUDIT)
    assert web.one("SELECT until_on IS NOT NULL FROM tenancy_membership WHERE id = %s", seat)


def test_also_the_owner_seats_no_administrator_twice(web: Raw) -> None:
    web.become("owner")
    insert = (
        "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
        " VALUES (%s, %s, %s, '2021-01-01')"
    )
    with web.refused("holds no other seat"):
        web.run(insert, DINGHAI, SYSTEM, "county_clerk")
    with web.refused("Administrators sit on the platform"):
        web.run(insert, DINGHAI, WU, "system_administrator")
    with web.refused("keeps its office"):
        web.run("UPDATE tenancy_membership SET user_id = %s WHERE user_id = %s", SYSTEM, WU)
    web.run(insert, DINGHAI, JIANG, "county_clerk")


@pytest.mark.parametrize("person", [SECURITY, AUDIT])
def test_accounts_and_offices_are_the_system_administrators(web: Raw, person: int) -> None:
    acts: list[tuple[str, tuple[Any, ...]]] = [
        ("SELECT sec.make_account(%s, 'x', NULL)", (f"new{person}",)),
        ("SELECT sec.set_account(%s, true, '2099-01-01')", (WU,)),
        ("SELECT sec.make_office('isle', 'x', 'x', 'county', 9001, 'x')", ()),
        ("SELECT sec.rename_office(%s, 'x', 'x', 'x')", (DINGHAI,)),
        ("SELECT sec.close_office(%s, NULL)", (SHENGSI,)),
    ]
    for sql, values in acts:
        with web.refused(DENIED):
            as_person(web, person).run(sql, *values)
        as_person(web, SYSTEM).run(sql, *values)


def test_nobody_manages_their_own_account(web: Raw) -> None:
    with web.refused("their own account"):
        as_person(web, SYSTEM).run("SELECT sec.set_account(%s, true, NULL)", SYSTEM)


def test_an_invitation_is_for_a_new_account_and_once(web: Raw) -> None:
    as_person(web, SYSTEM)
    with web.refused("Only an account without a password"):
        web.run("SELECT sec.invite(%s, '\\x01', 72)", WU)
    person = web.one("SELECT sec.make_account('new', '新人', NULL)")
    web.run("SELECT sec.invite(%s, '\\x01', 72)", person)
    web.run("SELECT sec.invite(%s, '\\x02', 72)", person)

    with web.refused("invitation is over"):
        web.run("SELECT sec.accept_invitation('\\x01', 'hash')")
    assert web.one("SELECT sec.accept_invitation('\\x02', 'hash')") == person
    with web.refused("invitation is over"):
        web.run("SELECT sec.accept_invitation('\\x02', 'other')")


def test_no_statement_writes_a_password(web: Raw) -> None:
    for person in (LIN, WU):
        as_person(web, LIN, DINGHAI)
        with web.refused("permission denied"):
            web.run("UPDATE tenancy_user SET password = 'mine' WHERE id = %s", person)
    assert web.run("UPDATE tenancy_user SET language = 'en' WHERE id = %s", LIN) == 1


def test_a_password_is_renewed_by_its_own_account(web: Raw) -> None:
    """Whose it is, the signed context says; the hash of before shows that nobody was quicker."""
    renew, kept = "SELECT sec.renew_password(%s, %s)", "SELECT password FROM tenancy_user"
    (wu, lin) = (web.one(f"{kept} WHERE id = %s", person) for person in (WU, LIN))
    web.say("")
    with web.refused("Only the account itself"):
        web.run(renew, wu, "new")
    as_person(web, LIN, DINGHAI)
    assert web.one(renew, wu, "new") is False
    for before, after in ((lin, ""), (lin, "!"), ("!", "new")):
        with web.refused("Only the account itself"):
            web.run(renew, before, after)

    assert web.one(renew, lin, "new") is True
    assert web.one(renew, lin, "newer") is False

    assert web.one(f"{kept} WHERE id = %s", LIN) == "new"
    assert web.one(f"{kept} WHERE id = %s", WU) == wu
    web.become("owner")
    line = "SELECT object_id FROM tenancy_auditentry WHERE action = 'tenancy.password.renewed'"
    assert web.rows(line) == [(LIN,)]


def test_a_closed_account_renews_nothing(web: Raw) -> None:
    hashed = web.one("SELECT password FROM tenancy_user WHERE id = %s", WU)
    as_person(web, SYSTEM).run("SELECT sec.set_account(%s, false, NULL)", WU)

    as_person(web, WU, DINGHAI)
    assert web.one("SELECT sec.renew_password(%s, 'new')", hashed) is False


def test_an_abolished_office_keeps_no_seat_and_gets_none(web: Raw) -> None:
    as_person(web, SYSTEM)
    with web.refused("Offices hang under it"):
        web.run("SELECT sec.close_office(9001, NULL)")
    with web.refused("another open office"):
        web.run("SELECT sec.close_office(%s, %s)", SHENGSI, SHENGSI)
    web.run("SELECT sec.close_office(%s, %s)", SHENGSI, DINGHAI)

    in_force = "SELECT count(*) FROM sec.seats_in_force() WHERE office = %s"
    assert web.one(in_force, SHENGSI) == 0
    assert web.one(in_force, DINGHAI) > 0
    with web.refused("abolished office has no seats"):
        proposed(web, SECURITY, JIANG, "county_clerk", SHENGSI)


def test_seats_of_all_offices_are_for_those_who_deal_with_seats(web: Raw) -> None:
    count = "SELECT count(*) FROM sec.seats_in_force()"

    assert as_person(web, SYSTEM).one(count) > 5
    assert as_person(web, SECURITY).one(count) > 5
    assert as_person(web, AUDIT).one(count) == 0
    assert as_person(web, LIN, DINGHAI).one(count) == 0
